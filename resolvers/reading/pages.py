"""The walk through a connection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphql import GraphQLField, GraphQLObjectType, get_named_type
from graphql.execution.collect_fields import FieldDetailsList

from resolvers.reading.connections import COUNTED
from resolvers.reading.declare import Joined
from resolvers.reading.rows import At, Row, Value, required

if TYPE_CHECKING:
    from resolvers.reading.compiler import Compiler


def connection(c: Compiler, field: GraphQLField, nodes: FieldDetailsList, reading: Joined, at: At, row: Row) -> Value:
    """A page of edges, and how many there are: two subqueries, each only if it is asked for."""
    type_, page = get_named_type(field.type), c.binder.inputs_of(reading, field, nodes).page
    assert isinstance(type_, GraphQLObjectType)
    assert page
    (bound,) = c.binder.bind(reading, field, nodes, at)
    there = c.binder.at(c.catalogue.edge(type_), bound, at)
    seen, there = c.binder.seeing.seen(there), c.binder.seeing.shown(there)
    there = replace(there, keys=f"[{', '.join(key for key, _ in bound.order)}]", tag=page.tag)
    edges, fields = Row(c.names), c.fields(type_, nodes)
    named = {key: found[0].node.name.value for key, found in fields.items()}
    whole: dict[str, Value] = {}  # by response key, and made first: all lists of edges fill one row
    for key, name in named.items():
        if name == "edges":
            with c.below(key):
                edge = c.catalogue.edge(type_)
                whole[key] = c.answer(edge, c.fields(edge, fields[key]), there, edges)
    for key, name in named.items():
        if name == "pageInfo":
            whole[key] = info(c, type_, fields[key], edges, there)
    cut, columns = "([], False, False)", {"v": "None"}
    if whole:
        wheres, order = page.clauses(bound)
        columns["v"] = row.add(c.binder.collected(bound, [*seen, *wheres], order, edges.cypher, lets=there.lets))
        c.python[page.limit] = page
        cut = f"{page.limit}.cut(v, run.parameters)"
    tests, items = [], []
    for key, name in named.items():
        c.names.number()
        match name:
            case "edges":
                value = listing(whole[key], edges, c.slow)
            case "pageInfo":
                value = whole[key]
            case "totalCount":
                count = c.binder.collected(bound, seen, f" LIMIT {COUNTED + 1}", "1 AS one", "COUNT")
                value = counted(c, fields[key], count, row)
                columns[f"w{len(columns)}"] = value.source
                value = Value(f"w{len(columns) - 1}", value.null)
            case _:
                value = Value(repr(type_.name))
        if value.null and not c.slow:
            test, value = required(value, edges)
            tests.append(test)
        items.append(f"{key!r}: {value.source}")
    answer = c.object(tests, items, repr(type_.name))
    return Value(c.function([f"rows, earlier, later = {cut}", f"return {answer.source}"], columns), answer.null)


def listing(edge: Value, edges: Row, slow: bool) -> Value:
    source = f"[{edge.source} for {edges.pattern} in rows]"
    return Value(f"run.whole({source})", null=True) if edge.null and not slow else Value(source)


def counted(c: Compiler, nodes: FieldDetailsList, count: str, row: Row) -> Value:
    """A Count, whose number is a column of the connection's owner."""
    type_ = c.catalogue.count()
    return c.answer(type_, c.fields(type_, nodes), At(c.catalogue.scope(type_), {"count": count}), row)


def info(c: Compiler, type_: GraphQLObjectType, nodes: FieldDetailsList, edges: Row, at: At) -> Value:
    """Where the page begins and ends, and whether there are others."""
    info_type = get_named_type(type_.fields["pageInfo"].type)
    assert isinstance(info_type, GraphQLObjectType)
    items = []
    for key, found in c.fields(info_type, nodes).items():
        c.names.number()
        match found[0].node.name.value:
            case "hasNextPage":
                source = "later"
            case "hasPreviousPage":
                source = "earlier"
            case "startCursor" | "endCursor" as name:
                edges.add(at.keys)
                place = f"rows[{0 if name == 'startCursor' else -1}][{list(edges.columns).index(at.keys)}]"
                source = f"(encode({at.tag!r}, {place}) if rows else None)"
            case _:
                source = repr(info_type.name)
        items.append(f"{key!r}: {source}")
    return c.object([], items, repr(info_type.name))
