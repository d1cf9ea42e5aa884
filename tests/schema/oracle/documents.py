"""Random documents with their variables, over all of the language: aliases, fragments inline and by name, fields
selected twice, directives, variables anywhere with defaults or without."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    parse,
    validate,
)
from hypothesis import assume
from hypothesis import strategies as st

from tests.schema.oracle.refusals import COMPUTED
from tests.schema.oracle.skeletons import Skeleton
from tests.schema.oracle.values import Arguments, Values

MOST_RUNS = 3
SHARED = {"Boolean!", "Int", "Date", "ID!", "Period"}
"""Types of variables of which one may stand in several places."""
PAGINGS = [
    *((), (), (), ("first",), ("last",), ("first",), ("last",), ("after",), ("before",)),
    *(("first", "after"), ("last", "before"), ("first", "after", "before"), ("last", "after"), ("first", "last")),
]
"""Which arguments of a page are given; both sizes are one too many."""
ABSENT = object()


@dataclass(frozen=True)
class Asked:
    """A valid document, and the variables that it is sent with, one time after the other."""

    text: str
    runs: list[dict[str, Any]]


@dataclass(frozen=True)
class Variable:
    name: str
    type: str
    default: str | None
    values: Values
    null: bool

    def __str__(self) -> str:
        return f"${self.name}: {self.type}{f' = {self.default}' if self.default else ''}"

    @property
    def drawn(self) -> Values:
        """Its values; left out or null where it may be."""
        left_out = [] if self.type.endswith("!") and not self.default else [st.just(ABSENT)]
        null = [] if not self.null or self.type.endswith("!") else [st.none()]
        return st.one_of(self.values, self.values, *left_out, *null)


@st.composite
def documents(
    draw: st.DrawFn,
    schema: GraphQLSchema,
    selections: st.SearchStrategy[tuple[Skeleton, ...]],
    arguments: Arguments,
) -> Asked:
    """A valid document of the schema, of some selections of Query. It may be over the limits."""
    assert schema.query_type
    writer = Writer(draw, schema, arguments)
    selection = writer.selection(schema.query_type, draw(selections))
    variables = ", ".join(map(str, writer.variables.values()))
    head = f"query Q({variables}) " if variables else draw(st.sampled_from(["", "query Named "]))
    text = "\n".join([head + selection, *writer.fragments.values()])
    assume(not validate(schema, parse(text)))
    runs = []
    for _ in range(draw(st.integers(1, MOST_RUNS)) if variables else 1):
        drawn = {variable.name: draw(variable.drawn) for variable in writer.variables.values()}
        runs.append({name: value for name, value in drawn.items() if value is not ABSENT})
    return Asked(text, runs)


@dataclass
class Writer:
    """Writes a skeleton out, and decides all that it leaves open."""

    draw: st.DrawFn
    schema: GraphQLSchema
    arguments: Arguments
    variables: dict[str, Variable] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    trees: int = 0  # how many computed fields the place at hand is below

    def chance(self, percent: int) -> bool:
        """True so often; what shrinks becomes plain."""
        return self.draw(st.integers(0, 99)) >= 100 - percent

    def selection(self, type: GraphQLNamedType, skeletons: Sequence[Skeleton]) -> str:
        """A selection set on a type; it may become a named fragment."""
        parts = [part for skeleton in skeletons for part in self.parts(type, skeleton)]
        if self.chance(8):
            parts.insert(self.draw(st.integers(0, len(parts))), "__typename")
        known = [name for name, text in self.fragments.items() if f" on {type.name} " in text.partition("{")[0]]
        if known and self.chance(15):
            parts.append(f"...{self.draw(st.sampled_from(known))}{self.directive()}")
        if type is not self.schema.query_type and self.chance(10):
            name = f"F{len(self.fragments)}"
            self.fragments[name] = f"fragment {name} on {type.name} {{ {' '.join(parts)} }}"
            return f"{{ ...{name}{self.directive()} }}"
        return f"{{ {' '.join(parts)} }}"

    def parts(self, type: GraphQLNamedType, skeleton: Skeleton) -> list[str]:
        """A field, within a fragment where it is not of the type, or by chance; below it in one piece or two."""
        on = self.schema.type_map[skeleton.on]
        if skeleton.name == "__typename":
            return ["__typename"]
        assert isinstance(on, GraphQLObjectType | GraphQLInterfaceType)
        found = on.fields[skeleton.name]
        given = self.given(skeleton.name, found.args)
        head = f"{self.alias(skeleton.name, bool(given))}{given}{self.directive()}"
        target, pieces = get_named_type(found.type), [skeleton.below]
        if len(skeleton.below) > 1 and self.chance(15):
            cut = self.draw(st.integers(1, len(skeleton.below) - 1))
            pieces = [skeleton.below[:cut], skeleton.below[cut:]]
        self.trees += skeleton.name in COMPUTED
        written = [f"{head} {self.selection(target, piece)}" if piece else head for piece in pieces]
        self.trees -= skeleton.name in COMPUTED
        return [self.within(type, on, skeleton.name, text) for text in written]

    def alias(self, name: str, given: bool) -> str:
        """A field under its own name, or another: where it has arguments mostly one of its own."""
        if given and self.chance(70):
            return f"{name}{len(self.variables)}{self.draw(st.integers(0, 99))}: {name}"
        return f"{self.draw(st.sampled_from(['a', 'b', 'id', 'name', 'edges']))}: {name}" if self.chance(8) else name

    def within(self, type: GraphQLNamedType, on: GraphQLNamedType, name: str, text: str) -> str:
        """A field within the fragment that it needs, or one that it could do without."""
        if on is not type:
            return f"... on {on.name}{self.directive()} {{ {text} }}"
        if not self.chance(15):
            return text
        faces = type.interfaces if isinstance(type, GraphQLObjectType | GraphQLInterfaceType) else ()
        wider = ["", f"on {type.name}", *(f"on {face.name}" for face in faces if name in face.fields)]
        return f"... {self.draw(st.sampled_from(wider))}{self.directive()} {{ {text} }}"

    def directive(self) -> str:
        """None mostly."""
        if not self.chance(6):
            return ""
        condition = self.draw(st.sampled_from(["true", "false"]))
        if self.chance(60):
            condition = self.variable(GraphQLNonNull(GraphQLBoolean), st.booleans(), null=False)
        return f" @{self.draw(st.sampled_from(['include', 'skip']))}(if: {condition})"

    def given(self, field: str, arguments: Mapping[str, GraphQLArgument]) -> str:
        """The arguments of a field: those that it needs, and some others, not so many that nothing is found."""
        often = 100 // (4 + len(arguments))
        paging, found = self.draw(st.sampled_from(PAGINGS)) if "first" in arguments else (), []
        for name, argument in arguments.items():
            values = self.arguments.of(field, name, sound=self.trees > 0)
            wanted = name in paging if name in ("first", "after", "last", "before") else self.chance(often)
            if values is not None and (is_required_argument(argument) or wanted):
                found.append(f"{name}: {self.value(argument.type, values, null=True)}")
        return f"({', '.join(found)})" if found else ""

    def value(self, type: GraphQLInputType, values: Values, null: bool) -> str:
        """A value, a variable, or null where it may be."""
        if self.chance(35):
            return self.variable(type, values, null)
        if not is_non_null_type(type) and self.chance(8):
            return "null"
        return self.literal(type, self.draw(values))

    def literal(self, type: GraphQLInputType, value: Any, variables: bool = True) -> str:
        """A value as it stands in a document, with variables within it by chance."""
        inner = get_nullable_type(type)
        if value is None:
            return "null"
        if is_list_type(inner):
            items = (self.inside(inner.of_type, item, variables, among=value, sure=False) for item in value)
            return f"[{', '.join(items)}]"
        if isinstance(inner, GraphQLInputObjectType):
            types = {name: inner.fields[name].type for name in value}
            sure = inner.is_one_of
            items = (
                f"{name}: {self.inside(types[name], value[name], variables, [value[name]], sure)}" for name in value
            )
            return f"{{{', '.join(items)}}}"
        return str(value) if isinstance(inner, GraphQLEnumType) else json.dumps(value, ensure_ascii=False)

    def inside(self, type: GraphQLInputType, value: Any, variables: bool, among: Sequence[Any], sure: bool) -> str:
        """A value within another, or a variable that is one among several; `sure`: it may not be null."""
        if variables and self.chance(15):
            return self.variable(type, st.sampled_from(among), sure=sure)
        return self.literal(type, value, variables)

    def variable(self, type: GraphQLInputType, values: Values, null: bool = True, sure: bool = False) -> str:
        """A variable of a type: one that is there already, or a new one, which may promise more than it must.

        Without `null` none is given, whatever its type; `sure`: its type says so.
        """
        known = [variable.name for variable in self.variables.values() if variable.type == str(type)]
        if known and str(type) in SHARED and not self.trees and self.chance(30):
            return f"${self.draw(st.sampled_from(known))}"
        name, default = f"v{len(self.variables)}", None
        told, bare = str(type), str(get_nullable_type(type))
        if not sure and self.chance(25):
            default, told = (
                self.literal(type, self.draw(values), variables=False),
                self.draw(st.sampled_from([bare, told])),
            )
        elif sure or self.chance(15):
            told = f"{bare}!"
        self.variables[name] = Variable(name, told, default, values, null)
        return f"${name}"
