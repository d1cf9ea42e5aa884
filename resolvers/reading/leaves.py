"""The ends of the walk: values that the graph has, and places that the executor fills."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLEnumType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import FieldDetailsList

from resolvers.reading.catalogue import definition, python_name
from resolvers.reading.declare import Computed, Stored
from resolvers.reading.plan import Hole, Need, plain
from resolvers.reading.rows import At, Row, Value
from resolvers.reading.scalars import PLAIN, SCALARS

if TYPE_CHECKING:
    from resolvers.reading.compiler import Compiler


def leaf(c: Compiler, type_: GraphQLOutputType, expression: str, row: Row) -> Value:
    """A value that the graph has, as the answer shows it."""
    named, inner = get_named_type(type_), get_nullable_type(type_)
    scalar = SCALARS.get(named.name, PLAIN)
    source = row.add(scalar.given(expression, is_list_type(inner)))
    if isinstance(named, GraphQLEnumType):
        shape = shown(c, named)
    elif scalar.shape:
        shape = scalar.shape
    else:
        return Value(source, null=True)
    if not is_list_type(inner):
        return Value(f"(None if {source} is None else {c.called(shape, source)})", null=True)
    items = f"[{c.called(shape, 'x')} for x in {source}]"
    if is_non_null_type(inner.of_type) and not c.slow:
        items = f"run.whole({items})"
    return Value(f"(None if {source} is None else {items})", null=True)


def shown(c: Compiler, type_: GraphQLEnumType) -> Callable[[Any], Any]:
    """What tells the name of an enum's value; None for a value that it hasn't."""
    if type_.name not in c.enums:
        c.enums[type_.name] = {plain(value.value, type_): name for name, value in type_.values.items()}.get
    return c.enums[type_.name]


def hole(
    c: Compiler,
    type_: GraphQLObjectType,
    reading: Computed | None,
    key: str,
    nodes: FieldDetailsList,
    at: At,
    row: Row,
) -> Value:
    """A place that the executor fills; what its resolver needs are columns of the row."""
    found, needs, columns = definition(type_), [], []
    fields = {python_name(field): name for name, field in type_.fields.items()} if reading else {}
    for need in reading.needs if reading else ():
        name = fields[need]
        named, listed = (
            get_named_type(type_.fields[name].type),
            is_list_type(get_nullable_type(type_.fields[name].type)),
        )
        scalar, stored = SCALARS.get(named.name, PLAIN), c.catalogue.readings[type_.name, name]
        assert isinstance(stored, Stored)
        column = row.add(scalar.given(at.stored(stored.property), listed))
        columns.append(f"(None if {column} is None else (*{column},))" if listed else column)
        needs.append(Need(need, member(named) or scalar.native))
    origin = found.origin if found and reading else None
    c.holes.append(Hole(type_, origin, tuple(needs), key, nodes))
    return Value(f"run.hole({', '.join([str(len(c.holes) - 1), *columns])})", null=True)


def member(type_: GraphQLNamedType) -> Callable[[Any], Any] | None:
    """What makes the member of an enum of a stored value, where the type is one."""
    if not isinstance(type_, GraphQLEnumType):
        return None
    enum: Callable[[Any], Any] = type_.extensions["strawberry-definition"].wrapped_cls
    return enum
