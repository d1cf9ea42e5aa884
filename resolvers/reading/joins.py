"""The walk through joined fields: subqueries, moves of the scope, abstract types, placeholders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import FieldDetailsList

from resolvers.reading.declare import Joined, Stored
from resolvers.reading.fragments import Bound
from resolvers.reading.leaves import leaf
from resolvers.reading.rows import At, Case, Element, Row, Value

if TYPE_CHECKING:
    from resolvers.reading.compiler import Compiler


def joined(c: Compiler, reading: Joined, field: GraphQLField, nodes: FieldDetailsList, at: At, row: Row) -> Value:
    """One object, or a list of them, or of leaves."""
    target, type_ = get_named_type(field.type), get_nullable_type(field.type)
    if reading.known and isinstance(target, GraphQLObjectType) and (there := known(c, reading, target, nodes, at)):
        return c.answer(target, c.fields(target, nodes), there, row)
    bounds, listed = c.binder.bind(reading, field, nodes, at), is_list_type(type_)
    if is_leaf_type(target):
        found = c.binder.scalar(bounds[0], listed)
        if reading.table:
            return Value(f"run.looked_up({c.table(reading.table)!r}, {row.add(found)})", null=True)
        return leaf(c, field.type, found, row)
    hide = at.scope is not None and c.catalogue.hides(target)
    if len(bounds) == 1 and not bounds[0].match and all(e.isidentifier() for e in bounds[0].columns.values()):
        there = At(
            c.binder.scope(target, bounds[0]), bounds[0].columns, at.seen, level=at.level, lets=at.lets, ties=at.ties
        )
        return moved(c, field, nodes, there, row, hide)
    missing = "run.absent()" if reading.required else "None"
    if reading.each:
        found, ids = by_id(c, bounds, target, nodes, at, row, hide), c.binder.inputs_of(reading, field, nodes).names
        items = f"[v[i] if i in v else {missing} for i in run.parameters[{ids[reading.each]!r}] or ()]"
        return Value(c.function(returned(c, field, items), {"v": found}), null=True)
    element = elements(c, bounds, target, nodes, at, hide)
    if not listed:
        return one(c, element, f"({element.cypher})[0]", row, missing)
    return Value(
        c.function(returned(c, field, listing(c, element)), {"v": row.add(element.cypher)}),
        null=element.null and not c.slow,
    )


def known(c: Compiler, reading: Joined, target: GraphQLObjectType, nodes: FieldDetailsList, at: At) -> At | None:
    """Where an object stands of which only what its owner knows is selected, None if more is."""
    scope, owned = c.catalogue.scope(target), dict(reading.known)
    selected = {details[0].node.name.value for details in c.fields(target, nodes).values()} - {"__typename"}
    stored = [c.catalogue.readings.get((target.name, name)) for name in selected]
    if not scope or not all(isinstance(one, Stored) and one.property in owned for one in stored):
        return None
    return replace(at, scope=scope, names={name: at.stored(there) for name, there in owned.items()}, keys="")


def returned(c: Compiler, field: GraphQLField, items: str) -> list[str]:
    """The statement that returns a list, none where an item is missing that must not be."""
    type_ = get_nullable_type(field.type)
    whole = is_list_type(type_) and is_non_null_type(type_.of_type) and not c.slow
    return [f"return run.whole({items})" if whole else f"return {items}"]


def listing(c: Compiler, element: Element) -> str:
    """The source of a list of objects, whose rows are `v`."""
    first, *others = element.cases
    if others:
        return f"[{c.function(element.shaped(), {'v': 'item'})} for item in v]"
    return f"[{first.value.source} for {first.row.pattern} in v]"


def elements(
    c: Compiler, bounds: Sequence[Bound], target: GraphQLNamedType, nodes: FieldDetailsList, at: At, hide: bool
) -> Element:
    """The lists of several fragments, one behind the other."""
    texts: list[str] = []
    cases: list[Case] = []
    for bound in bounds:
        there, element, seen = among(c, bound, target, nodes, at, hide)
        texts.append(c.binder.collected(bound, seen, bound.by, element.cypher, lets=there.lets))
        cases += element.cases
    return Element(" + ".join(texts), cases)


def by_id(
    c: Compiler,
    bounds: Sequence[Bound],
    target: GraphQLNamedType,
    nodes: FieldDetailsList,
    at: At,
    row: Row,
    hide: bool,
) -> str:
    """The source of a dictionary of objects by their ids."""
    parts = []
    for bound in bounds:
        there, element, seen = among(c, bound, target, nodes, at, hide)
        text = c.binder.collected(bound, seen, "", f"[{there.stored('id')}, {element.cypher}]", lets=there.lets)
        parts.append(f"**{{i: {c.function(element.shaped(), {'v': 'item'})} for [i, item] in {row.add(text)}}}")
    return f"{{{', '.join(parts)}}}"


def among(
    c: Compiler, bound: Bound, target: GraphQLNamedType, nodes: FieldDetailsList, at: At, hide: bool
) -> tuple[At, Element, list[str]]:
    """Where the rows of a fragment stand, one of its objects, and the test for it where only those stay whom the viewer
    sees; with `hide` the others have placeholders."""
    there = c.binder.at(target, bound, at)
    if hide:
        return there, element_of(c, target, nodes, there, hide), []
    element = element_of(c, target, nodes, c.binder.seeing.shown(there))
    return there, element, c.binder.seeing.seen(there) if bound.order else c.binder.seeing.found(there)


def element_of(c: Compiler, target: GraphQLNamedType, nodes: FieldDetailsList, at: At, hide: bool = False) -> Element:
    """One object in a row of its own; whom the viewer may not see as the placeholder, where `hide`."""
    assert at.scope
    types = [t for t in c.catalogue.possible(target) if (s := c.catalogue.scope(t)) and s.names == at.scope.names]
    shown, row, kind = [t for t in types if not c.catalogue.is_placeholder(t)], Row(c.names), None
    predicates = c.binder.seeing.kept(at) if hide else []
    if is_abstract_type(target):
        name = at.scope.typename if at.scope else None
        told = c.binder.fragments[name].bind(at.names, {}, c.names.number()).columns["value"] if name else ""
        kind = row.add(told or f"'{shown[0].name}'")
    value = any_of(c, shown, nodes, c.binder.seeing.shown(at), row, kind)
    cases, cypher = [Case(tuple(t.name for t in shown), row, value)], row.cypher
    for predicate in predicates:
        (placeholder,) = (t for t in types if c.catalogue.is_placeholder(t))
        other = Row(c.names, {f"'{placeholder.name}'": "_"})
        value = c.answer(placeholder, c.fields(placeholder, nodes), at, other)
        cases.append(Case((placeholder.name,), other, value))
        cypher = f"CASE WHEN {predicate} THEN {cypher} ELSE {other.cypher} END"
    return Element(cypher, cases)


def any_of(
    c: Compiler,
    types: Sequence[GraphQLObjectType],
    nodes: FieldDetailsList,
    at: At,
    row: Row,
    kind: str | None,
) -> Value:
    """The object as whichever of these types it is; types that look the same share their source."""
    shapes: dict[Value, list[str]] = {}
    for type_ in types:
        shapes.setdefault(c.answer(type_, c.fields(type_, nodes), at, row, kind), []).append(type_.name)
    *others, last = shapes
    tests = [f"{value.source} if {kind} in {tuple(shapes[value])!r} else " for value in others]
    return Value(f"({''.join(tests)}{last.source})" if tests else last.source, any(value.null for value in shapes))


def moved(c: Compiler, field: GraphQLField, nodes: FieldDetailsList, at: At, row: Row, hide: bool) -> Value:
    """An object that the row at hand already stands on; whom the viewer may not see is a placeholder or null."""
    target, tests = get_named_type(field.type), [] if hide else c.binder.seeing.seen(at)
    if not is_non_null_type(field.type):
        tests.insert(0, f"{at.subject} IS NOT NULL")
    at = at if hide else c.binder.seeing.shown(at)
    if not tests and isinstance(target, GraphQLObjectType):
        return c.answer(target, c.fields(target, nodes), at, row)
    element = element_of(c, target, nodes, at, hide)
    if not tests:
        return Value(c.function(element.shaped(), {"v": row.add(element.cypher)}), element.null)
    return one(c, element, f"CASE WHEN {' AND '.join(tests)} THEN {element.cypher} END", row, "None")


def one(c: Compiler, element: Element, cypher: str, row: Row, missing: str) -> Value:
    column = row.add(cypher)
    return Value(f"({missing} if {column} is None else {c.function(element.shaped(), {'v': column})})", null=True)
