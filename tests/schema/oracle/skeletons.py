"""Which fields a document selects: trees of names, some of them hypothesis-graphql's, most by our own weights.

Hypothesis-graphql takes every field for as likely as another, and so seldom gets to a page of relationships; where its
trees are broad and flat, ours are deep.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import hypothesis_graphql
from graphql import (
    REMOVE,
    DocumentNode,
    FieldDefinitionNode,
    FieldNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    VisitorAction,
    get_named_type,
    is_leaf_type,
    parse,
    print_ast,
    print_schema,
    visit,
)
from hypothesis import strategies as st

ROOTS = [
    *("node", "nodes", "party", "parties", "relationshipTypes", "responsibilities", "familyTree", "paths"),
    *("pointsTypes", "operation", "team", "cases"),
]
"""But what is a resolver's whole answer, as `integrityReport` is: the planner has no part in it."""
OF_RESOLVERS = {"duplicates"}
"""Nor has it in these fields of parties."""
FAVOURITES = [
    *("relationships", "edges", "node", "party", "parties", "members", "households", "pageInfo", "cursor"),
    *("hasNextPage", "hasPreviousPage", "label", "direction", "history", "pointsLedger", "changes", "head"),
    *("memberCounts", "cases", "comments", "team"),
]
DEEPEST, MOST_FIELDS = 9, 30


@dataclass(frozen=True)
class Skeleton:
    """A field by its name, of the type on which it is selected, with what is selected of it."""

    name: str
    on: str
    below: tuple["Skeleton", ...] = ()


def skeletons(schema: GraphQLSchema) -> st.SearchStrategy[tuple[Skeleton, ...]]:
    """What is selected of Query."""
    ours, theirs = deep(schema), of_the_library(schema)
    return st.integers(0, 3).flatmap(lambda n: theirs if n == 3 else ours)


def of_the_library(schema: GraphQLSchema) -> st.SearchStrategy[tuple[Skeleton, ...]]:
    """Hypothesis-graphql's, of the schema without its arguments: those are given later."""
    bare = print_ast(visit(parse(print_schema(schema)), Bare()))

    def read(document: DocumentNode) -> tuple[Skeleton, ...]:
        (operation,) = document.definitions
        assert isinstance(operation, OperationDefinitionNode)
        assert schema.query_type
        return tuple(of_nodes(schema, schema.query_type, operation.selection_set))

    return hypothesis_graphql.queries(bare, fields=ROOTS, print_ast=read)


class Bare(Visitor):
    """Takes the arguments off the fields of a schema."""

    def enter_field_definition(self, node: FieldDefinitionNode, *_: object) -> FieldDefinitionNode | VisitorAction:
        if node.name.value in OF_RESOLVERS:
            return REMOVE
        return FieldDefinitionNode(name=node.name, type=node.type, arguments=(), directives=())


def of_nodes(schema: GraphQLSchema, type: GraphQLNamedType, nodes: SelectionSetNode | None) -> list[Skeleton]:
    """A selection without its aliases and fragments."""
    found: list[Skeleton] = []
    for node in nodes.selections if nodes else ():
        if isinstance(node, InlineFragmentNode):
            assert node.type_condition
            found += of_nodes(schema, schema.type_map[node.type_condition.name.value], node.selection_set)
        if isinstance(node, FieldNode):
            target = get_named_type(fields_of(type)[node.name.value].type)
            below = of_nodes(schema, target, node.selection_set)
            found.append(Skeleton(node.name.value, type.name, tuple(below)))
    return found


def fields_of(type: GraphQLNamedType) -> dict[str, GraphQLField]:
    return type.fields if isinstance(type, GraphQLObjectType | GraphQLInterfaceType) else {}


@st.composite
def deep(draw: st.DrawFn, schema: GraphQLSchema) -> tuple[Skeleton, ...]:
    """Few fields of each object, of interfaces and types alike, down many levels."""
    left = MOST_FIELDS

    def selected(type: GraphQLNamedType, depth: int, names: Sequence[str]) -> tuple[Skeleton, ...]:
        nonlocal left
        found: list[Skeleton] = []
        for _ in range(draw(st.integers(1, 4))):
            on = draw(st.sampled_from(beside(schema, type)))
            fields = {name: field for name, field in fields_of(on).items() if not names or name in names}
            fields = {name: field for name, field in fields.items() if name not in OF_RESOLVERS}
            likely = [name for name in FAVOURITES if name in fields]
            name = draw(st.sampled_from([*fields, *likely * 2]))
            target = get_named_type(fields[name].type)
            left -= 1
            if is_leaf_type(target):
                found.append(Skeleton(name, on.name))
            elif depth < DEEPEST and left > 0:
                found.append(Skeleton(name, on.name, selected(target, depth + 1, ())))
        return tuple(found) or (Skeleton("__typename", type.name),)

    assert schema.query_type
    return selected(schema.query_type, 0, ROOTS)


def beside(schema: GraphQLSchema, type: GraphQLNamedType) -> list[GraphQLNamedType]:
    """Types that an object in this place may be selected as; what several are most of all, so that much is found."""
    if isinstance(type, GraphQLInterfaceType):
        concrete = schema.get_possible_types(type)
        wider = {face.name: face for each in concrete for face in each.interfaces if face.fields}
        return [type, type, type, *concrete, *[*wider.values()] * 4]
    return [type]
