"""What resolvers hand over, made an answer without the executor: plain objects, and ids in them.

Where all that is selected of an object is what it is made of, down to leaves and ids, there is nothing to resolve. A
shape, compiled once for a selection, makes of such a value an answer with gaps where ids stand, which are closed once
the ids are read. A shape knows the ordinary alone. At whatever else it raises something, and the executor does all of
it again: only that tells errors and their places.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple, NoReturn

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLLeafType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    OperationType,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet, collect_subfields

from resolvers.reading.catalogue import Catalogue, definition, python_name
from resolvers.reading.declare import Refs
from resolvers.reading.document import Document

VALUES = frozenset({str, int, float, bool, date, datetime, dict, list})
"""What scalars are made of; in their place may be exceptions and awaitables, which some would show as text."""
SHOWN: Final = {GraphQLString.name: str, GraphQLID.name: str, GraphQLBoolean.name: bool}
"""Of these, values that are shown as they are."""


class Unusual(Exception):
    """A value that a shape does not know."""


@dataclass(frozen=True)
class Spot:
    """Where ids may stand, and what is selected of them.

    `key`: the same for the same selection. `told`: the fields, by their keys, where they can be told without reading;
    None where they cannot.
    """

    type: GraphQLNamedType
    nodes: FieldDetailsList
    key: str
    told: Mapping[str, str] | None

    @classmethod
    def of(cls, schema: GraphQLSchema, document: Document, type_: GraphQLNamedType, nodes: FieldDetailsList) -> "Spot":
        """A place in a document.

        What a mutation did can be told where no more than ids is asked for. Not what a query leads to, for the viewer
        may not see it; what a mutation names has been made, changed or found in its way by this viewer's own request.
        """
        key, told = " ".join([type_.name, *(str(id(details.node)) for details in nodes)]), None
        if document.operation.operation is OperationType.MUTATION and isinstance(type_, GraphQLObjectType):
            found = selected(schema, document, type_, nodes)
            told = {key: fields[0].node.name.value for key, fields in found.items()}
        return cls(type_, nodes, key, told if told and set(told.values()) <= {"id", "__typename"} else None)

    def tell(self, refs: Refs, told: Mapping[str, str]) -> Any:
        """The objects of ids, of which so much can be told."""
        name = self.type.name
        objects = [{key: id if field == "id" else name for key, field in told.items()} for id in refs.ids]
        return objects if refs.many else objects[0]


def selected(
    schema: GraphQLSchema, document: Document, type_: GraphQLObjectType, nodes: FieldDetailsList
) -> GroupedFieldSet:
    """What is selected of a type below some nodes."""
    d = document
    return collect_subfields(schema, d.fragments, d.variables, d.operation, type_, nodes).grouped_field_set


class Gap(NamedTuple):
    """Where the objects of some ids belong, once they are read: in a dictionary, or a list."""

    spot: Spot
    refs: Refs
    holder: Any
    key: Any

    def close(self, found: dict[str, Any]) -> None:
        """Puts them there. Raises KeyError where one is gone."""
        ids = self.refs.ids
        self.holder[self.key] = [found[id] for id in ids] if self.refs.many else found[ids[0]]


Shape = Callable[[Any, list[Gap], Any, Any], Any]
"""Makes of a value what the answer has; of ids a gap in this place of this holder, and None for now."""


class Forming:
    """Compiles shapes for one document; None where something is to be resolved."""

    def __init__(self, catalogue: Catalogue, document: Document) -> None:
        self._catalogue, self._schema, self._document = catalogue, catalogue.schema, document

    def value(self, type_: GraphQLOutputType, nodes: FieldDetailsList) -> Shape | None:
        """A value of any type. No other shape knows None, so it is unusual where it may not be."""
        if is_non_null_type(type_):
            return self.present(type_.of_type, nodes)
        inner = self.present(type_, nodes)
        if inner is None:
            return None

        def shape(value: Any, gaps: list[Gap], holder: Any, key: Any) -> Any:
            return None if value is None else inner(value, gaps, holder, key)

        return shape

    def present(self, type_: GraphQLOutputType, nodes: FieldDetailsList) -> Shape | None:
        """A value that is not null."""
        if is_leaf_type(type_):
            return leaf(type_)
        named = get_named_type(type_)
        inner = self.items(type_.of_type, nodes) if is_list_type(type_) else self.object(named, nodes)
        return self.ids(named, nodes, inner or unknown) if self._catalogue.scopes(named) else inner

    def ids(self, type_: GraphQLNamedType, nodes: FieldDetailsList, inner: Shape) -> Shape:
        """Ids of objects, or what `inner` knows."""
        spot = Spot.of(self._schema, self._document, type_, nodes)

        def shape(value: Any, gaps: list[Gap], holder: Any, key: Any) -> Any:
            if type(value) is not Refs:
                return inner(value, gaps, holder, key)
            if spot.told is not None:
                return spot.tell(value, spot.told)
            gaps.append(Gap(spot, value, holder, key))
            return None

        return shape

    def items(self, type_: GraphQLOutputType, nodes: FieldDetailsList) -> Shape | None:
        """A list."""
        item = self.value(type_, nodes)
        if item is None:
            return None

        def shape(value: Any, gaps: list[Gap], holder: Any, key: Any) -> Any:
            if type(value) is not list and type(value) is not tuple:
                raise Unusual
            found: list[Any] = [None] * len(value)
            for index, each in enumerate(value):
                found[index] = item(each, gaps, found, index)
            return found

        return shape

    def object(self, type_: GraphQLNamedType, nodes: FieldDetailsList) -> Shape | None:
        """An object: in an abstract position of whichever type its class is, else whatever has the attributes."""
        if isinstance(type_, GraphQLObjectType) and type_.is_type_of is None:
            return self.plain(type_, nodes)
        shapes = {
            known.origin: plain
            for possible in self._catalogue.possible(type_)
            if (known := definition(possible)) and not known.concrete_of and (plain := self.plain(possible, nodes))
        }
        if not shapes:
            return None

        def shape(value: Any, gaps: list[Gap], holder: Any, key: Any) -> Any:
            return shapes[type(value)](value, gaps, holder, key)

        return shape

    def plain(self, type_: GraphQLObjectType, nodes: FieldDetailsList) -> Shape | None:
        """An object of a type whose selected fields are all attributes; of those that are in the graph ids are handed
        over."""
        if definition(type_) is None or self._catalogue.scope(type_):
            return None
        fields: list[tuple[str, str, Shape]] = []
        empty: dict[str, Any] = {}
        for key, below in selected(self._schema, self._document, type_, nodes).items():
            name = below[0].node.name.value
            empty[key] = type_.name if name == "__typename" else None
            if name != "__typename":
                field = type_.fields[name]
                inner = self.value(field.type, below) if is_attribute(field) else None
                if inner is None:
                    return None
                fields.append((key, python_name(field), inner))

        def shape(value: Any, gaps: list[Gap], holder: Any, key: Any) -> Any:
            if value is None or isinstance(value, Exception):
                raise Unusual
            found = empty.copy()
            for key, name, inner in fields:
                found[key] = inner(getattr(value, name), gaps, found, key)
            return found

        return shape


def unknown(value: Any, gaps: list[Gap], holder: Any, key: Any) -> NoReturn:
    """No value is known but ids."""
    raise Unusual


def is_attribute(field: GraphQLField) -> bool:
    """Whether a field has no resolver but its object's attribute of that name."""
    return bool(field.extensions["strawberry-definition"].is_basic_field) and not field.args


def leaf(type_: GraphQLLeafType) -> Shape | None:
    """A member of an enum, or the value of a scalar; None of those that only introspection has."""
    convert: Callable[[Any], Any] = type_.coerce_output_value
    if isinstance(type_, GraphQLEnumType):
        declared = type_.extensions.get("strawberry-definition")
        if declared is None:
            return None
        names = {member: convert(member) for member in declared.wrapped_cls}
        return lambda value, gaps, holder, key: names[value]
    same = SHOWN.get(type_.name)

    def shape(value: Any, gaps: list[Gap], holder: Any, key: Any) -> Any:
        if type(value) is same:
            return value
        if type(value) not in VALUES or (found := convert(value)) is None:
            raise Unusual
        return found

    return shape
