"""A plan: a statement, what it needs, and the function that makes its row the answer."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from functools import cached_property
from typing import Any, Final

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    Node,
    Visitor,
    get_argument_values,
    get_named_type,
    visit,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.values import VariableValues

from resolvers.reading.cursors import Page
from resolvers.reading.statement import Statement

Asked = tuple[int, tuple[Hashable, ...]]
BYTES_A_CHARACTER: Final = 20


def plain(value: Any, type_: GraphQLInputType) -> Any:
    """A coerced argument as the driver takes it: an enum's value, a datetime in UTC, an input as a map by the names
    that it has in Python."""
    named = get_named_type(type_)
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC) if value.tzinfo else value
        case list():
            return [plain(item, type_) for item in value]
        case dict() if isinstance(named, GraphQLInputObjectType):
            return {
                str(field.extensions["strawberry-definition"].python_name): plain(
                    value.get(field.out_name or name), field.type
                )
                for name, field in named.fields.items()
            }
        case _:
            return value


@dataclass(frozen=True)
class Argument:
    """Where a parameter stands among a field's coerced arguments, and what is made of it."""

    keys: tuple[str, ...]
    type: GraphQLInputType
    prepare: Callable[[Any], Any] | None = None

    def of(self, values: Any) -> Any:
        for key in self.keys:
            values = values.get(key) if values else None
        value = plain(values, self.type)
        if self.prepare is None or value is None:
            return value
        try:
            return self.prepare(value)
        except ValueError as error:
            raise GraphQLError(f"{self.keys[-1]}: {error}") from error


class Varying(Visitor):
    """Finds out whether variables stand in what it visits."""

    found = False

    def enter_variable(self, *_: object) -> None:
        self.found = True

    @classmethod
    def stands(cls, *nodes: Node) -> bool:
        """Whether a variable stands in these."""
        looking = cls()
        for node in nodes:
            visit(node, looking)
        return looking.found


@dataclass(frozen=True)
class Inputs:
    """The arguments of one field in the document, and the parameters that they become."""

    field: GraphQLField
    node: FieldNode
    names: Mapping[str, str]  # argument in Python -> parameter
    arguments: Mapping[str, Argument]
    page: Page | None
    path: tuple[str | int, ...]

    def parameters(self, variables: VariableValues) -> Mapping[str, object]:
        """The parameters; an argument that cannot be is the client's error, at the path of the field."""
        return self.made(variables) if self.varies else self.fixed

    @cached_property
    def varies(self) -> bool:
        """Whether a variable stands in an argument."""
        return Varying.stands(*(self.node.arguments or ()))

    @cached_property
    def fixed(self) -> Mapping[str, object]:
        """The parameters, where they are always the same."""
        return self.made(VariableValues({}, {}))

    def made(self, variables: VariableValues) -> dict[str, object]:
        try:
            values = get_argument_values(self.field, self.node, variables)
            found: dict[str, object] = {name: self.arguments[python].of(values) for python, name in self.names.items()}
            return found | self.page.parameters(values) if self.page else found
        except GraphQLError as error:
            code = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
            raise GraphQLError(error.message, self.node, path=self.path, extensions=code) from error


class Changed(Exception):
    """Raised where a viewer is not what he or she was; tells what he or she is now."""

    def __init__(self, standing: object) -> None:
        super().__init__("The viewer has changed.")
        self.standing = standing


@dataclass(frozen=True)
class Need:
    """A stored field that a resolver uses, and what Python makes of the value that the row has."""

    name: str
    native: Callable[[Any], Any] | None

    def of(self, value: Any) -> Any:
        if value is None or self.native is None:
            return value
        return tuple(map(self.native, value)) if isinstance(value, tuple) else self.native(value)


@dataclass(frozen=True)
class Hole:
    """A computed field in the plan: the executor resolves it, once for each object that has it."""

    parent: GraphQLObjectType
    cls: type | None
    needs: tuple[Need, ...]
    key: str
    nodes: FieldDetailsList

    def source(self, values: Sequence[Hashable]) -> Any:
        """The `self` of the resolver."""
        if self.cls is None:
            return None
        source: Any = object.__new__(self.cls)
        vars(source).update({need.name: need.of(value) for need, value in zip(self.needs, values, strict=True)})
        return source


@dataclass(frozen=True)
class Done:
    """A value that is finished, with the errors in it; their paths begin at its own key.

    The last error stands for the value where it failed as a whole.
    """

    value: Any
    errors: tuple[GraphQLError, ...] = ()
    failed: bool = False


@dataclass
class Run:
    """What a shaper needs beside the row, and what it finds.

    `faulty` is set where something is missing: the answer is then made again the slow way, which tells what and where.
    """

    parameters: Mapping[str, Any]
    hide: Callable[[str], str]
    filled: Mapping[Asked, Done] = field(default_factory=dict)
    asked: dict[Asked, None] = field(default_factory=dict)
    tables: dict[int, Mapping[Hashable, Sequence[Any]]] = field(default_factory=dict)
    faulty: bool = False
    standing: object = None

    def stands(self, found: object) -> None:
        """Raises Changed where the viewer is no longer what the class was chosen by, which was not known before."""
        if self.standing is not None and found != self.standing:
            raise Changed(found)

    def null(self) -> None:
        """Nothing, where there must be something."""
        self.faulty = True

    def whole(self, items: list[Any] | None) -> list[Any] | None:
        """The list, if nothing in it is missing."""
        if items is None or None in items:
            self.faulty = True
            return None
        return items

    def absent(self) -> Any:
        """Nothing, where an id was given that must be known."""
        self.faulty = True

    def looked_up(self, table: int, place: Any) -> Any:
        """What a table has at a key, and a place in its list; None where it has not the key."""
        key, index = place
        found = self.tables[table].get(key)
        return None if found is None else found[index]

    def hole(self, number: int, *needs: Hashable) -> Any:
        return self.filled[number, needs].value


class Slow(Run):
    """A run that keeps everything in its place: failures, and nulls where none may be."""

    def hole(self, number: int, *needs: Hashable) -> Any:
        self.asked[number, needs] = None
        return self.filled.get((number, needs))

    def absent(self) -> Any:
        return GraphQLError("Nothing is known by this id.", extensions={"code": "NOT_FOUND"})

    def tried(self, function: Callable[..., Any], *values: Any) -> Any:
        try:
            return function(*values)
        except Exception as error:  # whatever it is, it belongs to this one place in the answer
            return error


@dataclass
class Plan:
    """What answers a selection. `again` compiles the same plan with the slow shaper."""

    statement: Statement
    inputs: list[Inputs]
    holes: list[Hole]
    source: str
    names: dict[str, Any]
    again: Callable[[], "Plan"]
    nodes: object = None  # keeps alive the nodes that a cache key names by identity
    held: int = 0  # how many bytes these and their document take
    shape: Callable[[Any, Run], Any] = field(init=False)

    def __post_init__(self) -> None:
        exec(self.source, self.names)  # our own source: names from clients stand in it by repr()
        self.shape = self.names["shape"]

    @cached_property
    def slow(self) -> "Plan":
        """The plan whose shaper gives the tree as it was read: objects with their type's name under ''."""
        return self.again()

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes: its document, and its functions with what they name."""
        return self.held + len(self.statement.text or "") + BYTES_A_CHARACTER * len(self.source)

    def parameters(self, variables: VariableValues) -> dict[str, object]:
        found: dict[str, object] = {}
        for inputs in self.inputs:
            found |= inputs.parameters(variables)
        return found
