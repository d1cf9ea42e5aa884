"""Documents that between them select every field of every type of the graph."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    REMOVE,
    FieldNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    InlineFragmentNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_leaf_type,
    parse,
    print_ast,
    visit,
)

from resolvers.reading.seam import Schema
from resolvers.reading.shows import Naming


def documents(schema: Schema) -> Iterator[str]:
    """A document for each type that `node` finds, and one for each other root that the planner reads."""
    types = schema.planner.catalogue.schema.type_map
    node = types["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    for type_ in schema.planner.catalogue.schema.get_possible_types(node):
        for name, field in type_.fields.items():
            inner = selection(get_named_type(field.type), 2)
            if inner is not None:
                yield f'{{ node(id: "x") {{ ... on {type_.name} {{ {name} {inner} }} }} }}'
    party = selection(types["PartyRecord"], 1)
    yield f'{{ party(by: {{id: "x"}}) {party} }}'
    yield f'{{ party(by: {{number: "x"}}) {party} }}'
    yield f'{{ party(by: {{externalId: {{system: "x", value: "y"}}}}) {party} }}'
    yield f"{{ parties(kinds: [CONSUMER]) {selection(types['PartyConnection'], 2)} }}"
    yield f'{{ parties(search: "x") {selection(types["PartyConnection"], 2)} }}'
    yield f'{{ nodes(ids: ["x"]) {{ id {" ".join(f"... on {n} {{ id }}" for n in ("Consumer", "Relationship"))} }} }}'
    yield f"{{ relationshipTypes {selection(types['RelationshipType'], 1)} }}"
    yield f"{{ responsibilities {selection(types['Responsibility'], 1)} }}"
    yield f'{{ team(location: "x") {selection(types["RelationshipConnection"], 2)} }}'
    yield f"{{ pointsTypes {selection(types['PointsType'], 1)} }}"
    for filter in ("", "(status: OPEN)", '(customer: "x")', '(assignee: "x")', '(search: "x")'):
        yield f"{{ cases{filter} {selection(types['CaseConnection'], 2)} }}"
    yield f'{{ operation(id: "x") {selection(types["Operation"], 2)} }}'


def selection(type_: GraphQLNamedType, depth: int) -> str | None:
    """All fields of a type, to a depth; "" for a leaf, None for what is too deep or computed."""
    if is_leaf_type(type_):
        return ""
    if depth < 0:
        return None
    parts = ["__typename"]
    for name, field in getattr(type_, "fields", {}).items():
        inner = selection(get_named_type(field.type), depth - 1)
        if inner is not None and name != "familyTree":
            parts.append(f"{name} {inner}")
    return f"{{ {' '.join(parts)} }}"


def documents_for(schema: Schema, viewer: str) -> Iterator[str]:
    """The same of the fields that a class of viewers gets at all."""
    catalogue = schema.planner.catalogue
    for document in documents(schema):
        types = TypeInfo(catalogue.schema)
        pruning = Pruning(Naming(catalogue, catalogue.viewers[viewer], types), types)
        left = visit(parse(document), TypeInfoVisitor(types, pruning))
        if left.definitions[0].selection_set.selections:
            yield print_ast(left)


class Pruning(Visitor):
    """Takes fields out of a document that a class does not get, and what has nothing left in it."""

    def __init__(self, naming: Naming, types: TypeInfo) -> None:
        super().__init__()
        self.naming, self.types = naming, types

    def enter_field(self, node: FieldNode, *_: object) -> Any:
        parent = self.types.get_parent_type()
        return None if parent is None or self.naming.gets(parent, node.name.value) else REMOVE

    def leave_inline_fragment(self, node: InlineFragmentNode, *_: object) -> Any:
        return None if node.selection_set.selections else REMOVE

    def leave_field(self, node: FieldNode, *_: object) -> Any:
        return REMOVE if node.selection_set and not node.selection_set.selections else None
