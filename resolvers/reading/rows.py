"""The two halves of a plan as they grow together: columns of a row in Cypher, expressions over them in Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graphql import GraphQLError

from resolvers.reading.declare import Scope

# A document spends one for each field, object and fragment of its plan, counted once for every type that shows it.
MOST_NAMES = 4000
# Nested keys: deeper ones would exhaust the stack of the walk and of Python's parser.
DEEPEST = 60
# Reads within reads: a root, and seven below it. For each Neo4j takes some 60 ms longer to plan a statement.
MOST_LEVELS = 8


@dataclass
class Lets:
    """Tests of one subquery's rows, each made once and behind the row's limit: expressions by what they are kept as.

    `known`: what columns of the row tell already, each by its column. `sooner`: expressions that spare others, by what
    these are kept as, each with the key of the test that it is made of. `where`: what must hold of the rows, of what is
    kept of them.
    """

    names: "Names"
    known: Mapping[object, str] = field(default_factory=dict)
    made: dict[object, tuple[str, str]] = field(default_factory=dict)
    sooner: dict[object, tuple[object, Callable[[str], str]]] = field(default_factory=dict)
    where: str = ""

    def name(self, key: object, expression: str) -> str:
        """The variable that keeps the value of an expression; the same for the same key."""
        return self.known.get(key) or self.made.setdefault(key, (f"let_{self.names.number()}", expression))[0]

    def at_hand(self, key: object) -> str | None:
        """The variable that keeps what a test is made of sooner, where that one is made."""
        of, _ = self.sooner.get(key, (None, None))
        return self.known.get(of) or (self.made[of][0] if of in self.made else None)

    @property
    def cypher(self) -> str:
        """What stands before the rows are returned."""
        first, then = list[str](), list[str]()
        for key, (name, expression) in self.made.items():
            if at_hand := self.at_hand(key):
                then.append(f"{self.sooner[key][1](at_hand)} AS {name}")
            else:
                first.append(f"{expression} AS {name}")
        where = f" WHERE {self.where}" if self.where else ""
        return "".join(f" WITH *, {', '.join(given)}" for given in (first, then) if given) + where


@dataclass(frozen=True)
class At:
    """Where in the statement an object stands: what each name of its scope is called there."""

    scope: Scope | None
    names: Mapping[str, str]
    seen: frozenset[str] = frozenset()  # what the viewer is already known to see
    keys: str = ""  # of an edge: what its cursor is made of
    tag: str = ""
    level: int = 0  # within how many reads it stands
    lets: Lets | None = None  # of the subquery that it stands in
    ties: Mapping[str, "Tie"] = field(default_factory=dict)  # by what the far party is called

    def stored(self, property: str) -> str:
        assert self.scope
        return self.names.get(property) or f"{self.names[self.scope.subject]}.{property}"

    @property
    def subject(self) -> str:
        assert self.scope
        return self.names[self.scope.subject]


@dataclass(frozen=True)
class Tie:
    """What a row of relationships has, by the names of its columns, and where its near party stands."""

    names: Mapping[str, str]
    near: At


@dataclass(frozen=True)
class Value:
    """Python source of a value; `null` where it may be None."""

    source: str
    null: bool = False


def too_complex() -> GraphQLError:
    return GraphQLError("This document asks for too much at once.", extensions={"code": "TOO_COMPLEX"})


@dataclass
class Names:
    """Numbers that make every name in a plan its own. They are what a plan may spend, so that none grows too large."""

    last: int = 0
    functions: int = 0
    most: int = MOST_NAMES

    def number(self) -> int:
        self.last += 1
        if self.last > self.most:
            raise too_complex()
        return self.last

    def function(self) -> int:
        self.functions += 1
        return self.functions


@dataclass
class Row:
    """Columns, each once, and the Python names that they're unpacked to."""

    names: Names
    columns: dict[str, str] = field(default_factory=dict)
    memo: dict[object, Value] = field(default_factory=dict)  # what is already compiled over this row
    kept: dict[str, str] = field(default_factory=dict)  # source of a value -> the name that keeps it

    def add(self, expression: str) -> str:
        if expression not in self.columns:
            self.columns[expression] = f"v{self.names.number()}"
        return self.columns[expression]

    def keep(self, source: str) -> str:
        return self.kept.setdefault(source, f"x{len(self.kept)}_{self.names.function()}")

    @property
    def cypher(self) -> str:
        return f"[{', '.join(self.columns)}]"

    @property
    def pattern(self) -> str:
        return f"[{', '.join(self.columns.values())}]"


@dataclass(frozen=True)
class Case:
    """How the rows of some types are shaped; their first column tells the type."""

    types: tuple[str, ...]
    row: Row
    value: Value


@dataclass(frozen=True)
class Element:
    """One object in a column of its own."""

    cypher: str
    cases: Sequence[Case]

    @property
    def null(self) -> bool:
        return any(case.value.null for case in self.cases)

    def shaped(self) -> list[str]:
        """Statements that return the object in row `v`."""
        *others, last = self.cases
        lines = []
        for case in others:
            lines += [f"if v[0] in {case.types!r}:", f"    {case.row.pattern} = v", f"    return {case.value.source}"]
        return [*lines, f"{last.row.pattern} = v", f"return {last.value.source}"]


def required(value: Value, row: Row) -> tuple[str, Value]:
    """The test that a value is missing where it must not be, and the value once it has passed."""
    kept = value.source if value.source.isidentifier() else row.keep(value.source)
    test = f"{kept} is None" if kept == value.source else f"({kept} := {value.source}) is None"
    return f"({test} and run.null() is None)", Value(kept)
