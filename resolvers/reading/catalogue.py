"""What the planner knows of a schema, worked out and checked once at start-up."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
)
from graphql.type import GraphQLAbstractType
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from resolvers.reading.connections import Connection, Count
from resolvers.reading.declare import READING, Joined, Moved, Opaque, Reading, Scope, Stored
from resolvers.reading.document import Telling
from resolvers.reading.fragments import Fragment
from resolvers.reading.inlining import Inlined
from resolvers.reading.plan import Argument
from resolvers.reading.viewers import ViewerClass

PAGING = frozenset({"first", "after", "last", "before"})


def definition(type_: GraphQLNamedType) -> StrawberryObjectDefinition | None:
    found = type_.extensions.get("strawberry-definition")
    return found if isinstance(found, StrawberryObjectDefinition) else None


def python_name(field: Any) -> str:
    return str(field.extensions["strawberry-definition"].python_name)


class Catalogue:
    """Where each field of each object type comes from. `constants` are the parameters that every request gives."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, Fragment],
        viewers: Iterable[ViewerClass],
        constants: Collection[str],
    ) -> None:
        self.schema, self.fragments, self.constants = schema, fragments, frozenset(constants)
        self.viewers = {viewer.name: viewer for viewer in viewers}
        self.seen_by: dict[str, dict[str, Fragment]] = {}
        self.types: dict[type, GraphQLNamedType] = {}
        self.readings: dict[tuple[str, str], Reading | None] = {}
        deciding, self.telling = set(PAGING), dict[str, Telling]()
        for type_ in schema.type_map.values():
            if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) or not (found := definition(type_)):
                continue
            self.types[found.origin] = type_
            if self.is_connection(type_):
                continue
            for name, field in type_.fields.items():
                reading = self.reading(type_, field)
                if isinstance(reading, Joined):
                    chosen = {argument for argument, _ in reading.given}
                    deciding |= {name for name, argument in field.args.items() if python_name(argument) in chosen}
                    telling = dict(reading.telling)
                    self.telling |= {
                        given: telling[python_name(argument)]
                        for given, argument in field.args.items()
                        if python_name(argument) in telling
                    }
                    self.describe(field, reading)
                if isinstance(type_, GraphQLObjectType):
                    self.readings[type_.name, name] = reading
        self.deciding = frozenset(deciding)

    def fragments_of(self, viewer: ViewerClass) -> Mapping[str, Fragment]:
        """The fragments as a class of viewers reads them."""
        if viewer.name not in self.seen_by:
            self.seen_by[viewer.name] = Inlined(viewer, self.fragments).fragments()
        return self.seen_by[viewer.name]

    def reading(self, type_: GraphQLObjectType | GraphQLInterfaceType, field: GraphQLField) -> Reading | None:
        """Where a field comes from; None: a resolver, or nobody knows (which `faults` tells apart)."""
        declared: StrawberryField = field.extensions["strawberry-definition"]
        reading: Reading | None = declared.metadata.get(READING)
        scope = self.scope(type_)
        if reading is not None or scope is None or declared.base_resolver is not None:
            return reading
        target = get_named_type(field.type)
        if is_leaf_type(target):
            return Stored(python_name(field))
        there = self.scope(target)
        stands = there is not None and set(there.names) <= set(scope.names)
        return Moved() if stands and not is_list_type(get_nullable_type(field.type)) else None

    def describe(self, field: GraphQLField, reading: Joined) -> None:
        """A field that has no description has its fragment's."""
        if field.description is None and len(reading.every) == 1 and reading.fragments[0] in self.fragments:
            field.description = self.fragments[reading.fragments[0]].purpose or None

    def scope(self, type_: GraphQLNamedType) -> Scope | None:
        return getattr(getattr(definition(type_), "origin", None), "scope", None)

    def is_connection(self, type_: GraphQLNamedType) -> bool:
        origin = getattr(definition(type_), "origin", None)
        return isinstance(origin, type) and issubclass(origin, Connection)

    @staticmethod
    def edge(type_: GraphQLNamedType) -> GraphQLObjectType:
        """The type of a connection's edges."""
        assert isinstance(type_, GraphQLObjectType)
        edge = get_named_type(type_.fields["edges"].type)
        assert isinstance(edge, GraphQLObjectType)
        return edge

    def count(self) -> GraphQLObjectType:
        found = self.types[Count]
        assert isinstance(found, GraphQLObjectType)
        return found

    def target(self, type_: GraphQLNamedType) -> GraphQLNamedType:
        """The type that a field's fragments give: of a connection, that of its edges."""
        return self.edge(type_) if self.is_connection(type_) else type_

    def possible(self, type_: GraphQLNamedType) -> list[GraphQLObjectType]:
        if is_abstract_type(type_):
            abstract: GraphQLAbstractType = type_
            return sorted(self.schema.get_possible_types(abstract), key=lambda t: t.name)
        return [type_] if isinstance(type_, GraphQLObjectType) else []

    def scopes(self, type_: GraphQLNamedType) -> list[Scope]:
        """The scopes that an object of this type may have."""
        return list(dict.fromkeys(scope for t in self.possible(type_) if (scope := self.scope(t))))

    def finders(self, cls: type) -> tuple[str, ...]:
        """The fragments that find objects of a class by their ids."""
        return tuple(dict.fromkeys(s.refs for s in self.scopes(self.types[cls]) if s.refs))

    def is_placeholder(self, type_: GraphQLObjectType) -> bool:
        """Whether it stands for somebody hidden: it is the type with an opaque id."""
        return any(isinstance(self.readings.get((type_.name, name)), Opaque) for name in type_.fields)

    def hides(self, type_: GraphQLNamedType) -> bool:
        """Whether somebody hidden has a placeholder of this type."""
        return is_abstract_type(type_) and any(map(self.is_placeholder, self.possible(type_)))

    @staticmethod
    def arguments(field: GraphQLField) -> dict[str, Argument]:
        """The parameters that a field's arguments give, by their names in Python.

        Of a @oneOf input each alternative is a parameter; those not chosen are null, and a search for null finds
        nothing. Any other input is one parameter, a map.
        """
        found: dict[str, Argument] = {}
        for name, argument in field.args.items():
            key, type_ = argument.out_name or name, get_nullable_type(argument.type)
            declared = definition(type_) if isinstance(type_, GraphQLInputObjectType) else None
            # Strawberry's own flag: graphql-core's `is_one_of` stays False.
            if isinstance(type_, GraphQLInputObjectType) and declared and declared.is_one_of:
                for inner, alternative in type_.fields.items():
                    keys = (key, alternative.out_name or inner)
                    found[python_name(alternative)] = Argument(keys, alternative.type)
            else:
                found[python_name(argument)] = Argument((key,), argument.type)
        return found
