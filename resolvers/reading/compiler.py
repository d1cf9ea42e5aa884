"""From a selection to a plan: one walk that grows the statement and the shaper side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet, collect_fields, collect_subfields

from resolvers.reading.binding import Binder
from resolvers.reading.catalogue import Catalogue
from resolvers.reading.cursors import encode
from resolvers.reading.declare import (
    Computed,
    Constant,
    Cursor,
    Derived,
    Joined,
    Moved,
    Opaque,
    Reading,
    Stored,
)
from resolvers.reading.document import Document
from resolvers.reading.joins import by_id, joined, moved
from resolvers.reading.leaves import hole, leaf
from resolvers.reading.pages import connection
from resolvers.reading.plan import Hole, Plan
from resolvers.reading.rows import DEEPEST, At, Names, Row, Value, required, too_complex
from resolvers.reading.statement import Prologue, Statement
from resolvers.reading.viewers import ViewerClass

Wanted = tuple[tuple[str, ...], GraphQLNamedType, FieldDetailsList]


class Compiler:
    """Compiles one selection. The slow shaper is made by the same walk over the same columns, so that it takes the
    same row; it tests nothing and keeps the name of every object's type under ''."""

    def __init__(self, catalogue: Catalogue, viewer: ViewerClass, document: Document, slow: bool = False) -> None:
        self.catalogue, self.viewer, self.document, self.slow = catalogue, viewer, document, slow
        self.names = Names()
        self.binder = Binder(catalogue, viewer, document, self.names)
        self.holes: list[Hole] = []
        self.functions: list[str] = []
        self.tables: list[str] = []
        self.enums: dict[str, Callable[[Any], Any]] = {}
        self.python: dict[str, object] = {"__builtins__": {}, "encode": encode}

    # -- roots

    def query(self) -> Plan:
        """The plan of a whole query; its shaper gives the data."""
        type_, d, row = self.catalogue.schema.query_type, self.document, Row(self.names)
        assert type_
        fields = collect_fields(self.catalogue.schema, d.fragments, d.variables, type_, d.operation)
        value = self.answer(type_, fields.grouped_field_set, At(None, {}), row)
        return self.plan(row, value.source, Compiler.query)

    def refs(self, wanted: Sequence[Wanted]) -> Plan:
        """Reads what is selected of the ids $ids_0, $ids_1, ...; the answer: for each of them id -> object."""
        row, shapes = Row(self.names), []
        for index, (finders, target, nodes) in enumerate(wanted):
            fragments = [self.binder.fragments[name] for name in finders]
            bounds = [f.bind({}, {"ids": f"ids_{index}"}, self.names.number()) for f in fragments]
            self.binder.own.add(f"ids_{index}")
            with self.below(index):
                shapes.append(by_id(self, bounds, target, nodes, At(None, {}), row, self.catalogue.hides(target)))
        return self.plan(row, f"[{', '.join(shapes)}]", lambda compiler: compiler.refs(wanted))

    def plan(self, row: Row, source: str, again: Callable[["Compiler"], Plan]) -> Plan:
        prologue = self.prologue()
        stands = f"run.stands({row.add('viewer_standing')})" if prologue else ""
        columns, tables = list(row.columns), [row.add(self.binder.table(name)) for name in self.tables]
        shaper = "\n    ".join(
            [
                "def shape(row, run):",
                f"{row.pattern} = row",
                *([stands] if stands else []),
                *(
                    f"run.tables[{number}] = {{key: value for key, value in {name}}}"
                    for number, name in enumerate(tables)
                ),
                f"return {source}",
            ]
        )
        return Plan(
            Statement(
                columns,
                list(row.columns)[len(columns) :],
                frozenset({*self.binder.own, *self.viewer.parameters}),
                prologue,
            ),
            list(self.binder.inputs.values()),
            self.holes,
            "\n\n".join([*self.functions, shaper]),
            self.python,
            lambda: again(self.slowly()),
        )

    def prologue(self) -> Prologue | None:
        """What a statement for this class begins with."""
        if self.viewer.prologue is None:
            return None
        bound = self.binder.fragments[self.viewer.prologue].bind({}, {}, self.names.number())
        return Prologue(bound.match, tuple(f"{expression} AS {name}" for name, expression in bound.columns.items()))

    def table(self, fragment: str) -> int:
        """The number of a table, which is read at the end of the whole row."""
        if fragment not in self.tables:
            self.tables.append(fragment)
        return self.tables.index(fragment)

    def slowly(self) -> "Compiler":
        return Compiler(self.catalogue, self.viewer, self.document, slow=True)

    def function(self, body: Sequence[str], given: Mapping[str, str]) -> str:
        """The shaper of a subquery is a function, so that types which share a field share its source.

        `given`: what the body calls a value -> its source where the function is called.
        """
        name = f"shape{self.names.function()}"
        self.functions.append("\n    ".join([f"def {name}({', '.join([*given, 'run'])}):", *body]))
        return f"{name}({', '.join([*given.values(), 'run'])})"

    def called(self, function: Callable[..., Any], *values: str) -> str:
        """A call of Python's in the shaper; slowly, what it raises stands in its place."""
        name = next((n for n, f in self.python.items() if f is function), f"python{len(self.python)}")
        self.python[name] = function
        return f"run.tried({', '.join([name, *values])})" if self.slow else f"{name}({', '.join(values)})"

    # -- objects

    def fields(self, type_: GraphQLObjectType, nodes: FieldDetailsList) -> GroupedFieldSet:
        d = self.document
        found = collect_subfields(self.catalogue.schema, d.fragments, d.variables, d.operation, type_, nodes)
        return found.grouped_field_set

    def answer(
        self, type_: GraphQLObjectType, fields: GroupedFieldSet, at: At, row: Row, typename: str | None = None
    ) -> Value:
        """An object of a type; `typename` is the name that holds its type where the position is abstract."""
        typename, tests, items = typename or repr(type_.name), [], []
        self.names.number()
        for key, nodes in fields.items():
            self.names.number()  # not only names: all that a plan may spend
            if nodes[0].node.name.value == "__typename":
                items.append(f"{key!r}: {typename}")
                continue
            with self.below(key):
                field = self.catalogue.schema.get_field(type_, nodes[0].node.name.value)
                assert field
                value = self.field(type_, key, field, nodes, at, row)
                if is_non_null_type(field.type) and not self.slow and value.null:
                    test, value = required(value, row)
                    tests.append(test)
                items.append(f"{key!r}: {value.source}")
        return self.object(tests, items, typename)

    @contextmanager
    def below(self, key: str | int) -> Iterator[None]:
        self.binder.path.append(key)
        if len(self.binder.path) > DEEPEST:
            raise too_complex()
        yield
        self.binder.path.pop()

    def object(self, tests: Sequence[str], items: Sequence[str], typename: str) -> Value:
        if self.slow:
            return Value(f"{{'': {typename}, {', '.join(items)}}}")
        source = f"{{{', '.join(items)}}}"
        return Value(f"(None if {' or '.join(tests)} else {source})", null=True) if tests else Value(source)

    def field(
        self, type_: GraphQLObjectType, key: str, field: GraphQLField, nodes: FieldDetailsList, at: At, row: Row
    ) -> Value:
        where = f"{type_.name}.{nodes[0].node.name.value}"
        nothing = self.nothing(where, field)
        if not self.viewer.gets(where):  # of a type that the class is not shown: the document was looked at before
            return Value(nothing, null=nothing == "None")
        if where not in self.viewer.redacted:
            return self.shown(type_, key, field, nodes, at, row)
        test = self.binder.seeing.redacted(where, at)
        if test is None:
            return Value(nothing, null=nothing == "None")
        value = self.shown(type_, key, field, nodes, at, row)
        return Value(f"({value.source} if {row.add(test)} else {nothing})", null=True)

    def nothing(self, where: str, field: GraphQLField) -> str:
        """What stands in the place of a field that is not shown."""
        if where in self.viewer.neutral:
            return repr(self.viewer.neutral[where])
        return "[]" if is_list_type(get_nullable_type(field.type)) and is_non_null_type(field.type) else "None"

    def shown(
        self, type_: GraphQLObjectType, key: str, field: GraphQLField, nodes: FieldDetailsList, at: At, row: Row
    ) -> Value:
        """A field as it is, for whoever may have it."""
        reading: Reading | None = self.catalogue.readings.get((type_.name, nodes[0].node.name.value))
        match reading:
            case Stored(property):
                return leaf(self, field.type, at.stored(property), row)
            case Derived(function, needs):
                values = [row.add(at.stored(need)) for need in needs]
                return Value(self.called(function, *values), null=True)
            case Opaque(property):
                return Value(f"run.hide({row.add(at.stored(property))})")
            case Constant(value):
                return Value(repr(list(value) if isinstance(value, tuple) else value), null=value is None)
            case Cursor():
                assert at.keys, "only the edges of a connection have a cursor"
                return Value(f"encode({at.tag!r}, {row.add(at.keys)})")
            case Joined() | Moved():
                memo = (reading, str(field.type), tuple(id(d.node) for d in nodes), tuple(at.names.items()))
                if memo not in row.memo:
                    row.memo[memo] = self.leading(reading, field, nodes, at, row)
                return row.memo[memo]
            case Computed() | None:
                return hole(self, type_, reading, key, nodes, at, row)

    def leading(self, reading: Joined | Moved, field: GraphQLField, nodes: FieldDetailsList, at: At, row: Row) -> Value:
        """A field that leads to another object."""
        target = get_named_type(field.type)
        if isinstance(reading, Moved):
            there = replace(at, scope=self.catalogue.scope(target), keys="")
            return moved(self, field, nodes, there, row, self.catalogue.hides(target))
        if self.catalogue.is_connection(target):
            return connection(self, field, nodes, reading, at, row)
        return joined(self, reading, field, nodes, at, row)
