"""What is wrong with a schema's declarations: all of it at once, at start-up."""

from collections.abc import Iterator

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

from resolvers.reading.catalogue import PAGING, Catalogue, definition, python_name
from resolvers.reading.declare import Computed, Constant, Joined, Moved
from resolvers.reading.fragments import split


class Undeclared(Exception):
    """A schema whose declarations don't hold; all of its faults, one a line."""


def check(catalogue: Catalogue) -> None:
    """Raises Undeclared where the declarations, the files and the types don't fit one another."""
    if faults := list(found(catalogue)):
        raise Undeclared("\n".join(faults))


def found(catalogue: Catalogue) -> Iterator[str]:
    for type_ in catalogue.schema.type_map.values():
        if isinstance(type_, GraphQLObjectType) and definition(type_) and not catalogue.is_connection(type_):
            for name, field in type_.fields.items():
                yield from of_field(catalogue, type_, name, field)
    named = {s.typename for t in catalogue.types.values() for s in catalogue.scopes(t)}
    finders = {s.refs for t in catalogue.types.values() for s in catalogue.scopes(t)}
    predicates = {name for viewer in catalogue.viewers.values() for name in viewer.named}
    missing = {name for name in named | finders | predicates if name} - set(catalogue.fragments)
    yield from (f"there is no cypher/{name}.cypher" for name in sorted(missing))
    for type_ in filter(is_abstract_type, catalogue.schema.type_map.values()):
        yield from of_abstract(catalogue, type_)
    for viewer in catalogue.viewers.values():
        yield from (
            f"{viewer.name} loses {f}, which may not be null"
            for f in viewer.redacted
            if required(catalogue, f) and f not in viewer.neutral
        )
        yield from (
            f"there is no {f}, which {viewer.name} gets"
            for f in sorted(viewer.shows or ())
            if not is_field(catalogue, f)
        )


def of_abstract(catalogue: Catalogue, type_: GraphQLNamedType) -> Iterator[str]:
    """Of several types on the same variables somebody must tell which it is."""
    for scope in catalogue.scopes(type_):
        types = [t for t in catalogue.possible(type_) if (s := catalogue.scope(t)) and s.names == scope.names]
        shown = [t.name for t in types if not catalogue.is_placeholder(t)]
        if len(shown) > 1 and scope.typename is None:
            yield f"{type_.name} may be {' or '.join(shown)}, and no typename tells which"


def of_field(catalogue: Catalogue, type_: GraphQLObjectType, name: str, field: GraphQLField) -> Iterator[str]:
    reading, scope = catalogue.readings[type_.name, name], catalogue.scope(type_)
    where, resolver = f"{type_.name}.{name}", field.extensions["strawberry-definition"].base_resolver
    target = get_named_type(field.type)
    if isinstance(reading, Joined):
        yield from of_joined(catalogue, where, reading, field, scope.names if scope else ())
    elif isinstance(reading, Moved) and scope and scope.names[:1] != catalogue.scopes(target)[0].names[:1]:
        yield from of_hidden(catalogue, where, field)
    elif isinstance(reading, Computed):
        leaves = {python_name(f) for f in type_.fields.values() if is_leaf_type(get_named_type(f.type))}
        yield from (f"{where} needs {need}, which {type_.name} hasn't" for need in reading.needs if need not in leaves)
    elif isinstance(reading, Constant) and catalogue.is_connection(target):
        yield f"{where} is a connection, which cannot be constant"
    elif reading is None and scope is not None and resolver is None:
        yield f"{where} is neither stored, joined nor computed"
    elif reading is None and scope is not None:
        yield f"{where} has a resolver but doesn't say what it needs: use @computed"
    elif reading is None and resolver is None and type_ is catalogue.schema.query_type:
        yield f"{where} is neither joined nor computed"


def of_joined(
    catalogue: Catalogue, where: str, reading: Joined, field: GraphQLField, owner: tuple[str, ...]
) -> Iterator[str]:
    arguments, given = set(catalogue.arguments(field)), get_named_type(field.type)
    target = catalogue.target(given)
    scopes = [("value",)] if is_leaf_type(target) else [s.names for s in catalogue.scopes(target)]
    used: set[str] = {argument for argument, _ in reading.given} | {reading.each or ""}
    for name in reading.every:
        fragment = catalogue.fragments.get(name)
        if fragment is None:
            yield f"{where}: there is no cypher/{name}.cypher"
            continue
        used |= fragment.parameters
        if unknown := fragment.parameters - arguments - catalogue.constants:
            yield f"{where} has no argument for {sorted(unknown)} of {name}"
        ordering = set(fragment.columns) & set(split(fragment.parts["order"].replace(" DESC", "")))
        if not any(set(names) <= set(fragment.columns) <= {*names, *ordering} for names in scopes):
            yield f"{where}: {name} gives {fragment.columns}, wanted {sorted(scopes)}"
        if catalogue.is_connection(given) and not fragment.parts["order"]:
            yield f"{where}: {name} has no order to page by"
    table = catalogue.fragments.get(reading.table) if reading.table else None
    if reading.table and (table is None or set(table.columns) != {"key", "value"} or table.parameters):
        yield f"{where}: {reading.table} is no table of keys and values"
    if unused := arguments - PAGING - used:
        yield f"{where}: nothing uses {sorted(unused)}"
    chosen = {argument for argument, _ in (*reading.given, *reading.prepared, *reading.telling)} | {reading.each or ""}
    yield from (f"{where} has no argument {name}" for name in sorted(chosen - arguments - {""}))
    listed = is_list_type(get_nullable_type(field.type))
    if reading.required and (is_non_null_type(field.type) or listed) and not reading.each:
        yield f"{where} is required, so it must be a nullable object"
    if reading.known and (listed or is_leaf_type(target)):
        yield f"{where} is no single object, so nothing of it is known"
    if reading.each and not listed:
        yield f"{where} has one entry for each of {reading.each}, so it must be a list"
    moves = {name for name in reading.every if stands(catalogue, name, owner)}
    if set(reading.every) - moves and not listed and not catalogue.is_connection(given):
        yield from of_hidden(catalogue, where, field)


def stands(catalogue: Catalogue, name: str, owner: tuple[str, ...]) -> bool:
    """Whether a fragment's object is its owner's own subject, which the viewer then sees already."""
    fragment = catalogue.fragments.get(name)
    if fragment is None or not owner:
        return False
    return fragment.bind({owner[0]: owner[0]}, {}, 0).columns.get(owner[0]) == owner[0]


def of_hidden(catalogue: Catalogue, where: str, field: GraphQLField) -> Iterator[str]:
    target = get_named_type(field.type)
    guarded = {s for viewer in catalogue.viewers.values() if viewer.gets(where) for s in viewer.predicates}
    hidden = guarded & {scope.subject for scope in catalogue.scopes(target)}
    if is_non_null_type(field.type) and hidden and not catalogue.hides(target):
        yield f"{where} must not be null, but may lead to someone hidden for whom {target.name} has no placeholder"


def is_field(catalogue: Catalogue, field: str) -> bool:
    """Whether an object type has such a field."""
    type_, _, name = field.partition(".")
    found = catalogue.schema.type_map.get(type_)
    return isinstance(found, GraphQLObjectType) and name in found.fields


def required(catalogue: Catalogue, field: str) -> bool:
    type_, name = field.split(".")
    found = catalogue.schema.type_map.get(type_)
    if not isinstance(found, GraphQLObjectType):
        return False
    shown = found.fields[name].type
    return is_non_null_type(shown) and not is_list_type(get_nullable_type(shown))
