"""What a field costs, and how many objects it leads to, as far as a document tells before it is run (SPEC 11.4)."""

from collections.abc import Mapping
from typing import Final

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    get_nullable_type,
    is_list_type,
)

from resolvers.reading.cursors import LARGEST, PAGE

# What a field costs by the type that it leads to; any other costs 1. A count may look at 10,000 edges, a tree walks
# the family first, paths may take their seconds, the report reads the whole store.
PRICES: Final[Mapping[str, int]] = {
    "Count": 100,
    "FamilyTree": 2_000,
    "Paths": 20_000,
    "DuplicateConnection": 5_000,
    "IntegrityReport": 50_000,
}

# How many a list that has no pages is taken to hold, by the type that it belongs to.
LISTED: Final[Mapping[str, int]] = {"FamilyTree": 100, "Related": 500, "Paths": 25, "Path": 13}
LISTED_ELSEWHERE, LISTED_OF_THE_SCHEMA = 2, 10


def price(target: GraphQLNamedType | None) -> int:
    """What a field costs that leads to a type, each time that it is answered."""
    return PRICES.get(target.name, 1) if target else 1


def is_edges(parent: GraphQLNamedType | None, node: FieldNode) -> bool:
    """Whether a field is the edges of a connection, which are as many as its page; Relay keeps the name for these."""
    return node.name.value == "edges" and parent is not None and parent.name.endswith("Connection")


def page(node: FieldNode) -> int:
    """How many edges a connection's page may have; by a variable it may be the largest, since a text is measured once
    and then runs with any variables."""
    for argument in node.arguments or ():
        if argument.name.value in ("first", "last"):
            match argument.value:
                case IntValueNode(value=text):
                    return min(abs(int(text[:4])), LARGEST)
                case NullValueNode():
                    continue
                case _:
                    return LARGEST
    return PAGE


def size(parent: GraphQLNamedType | None, known: GraphQLField | None, node: FieldNode) -> int:
    """How many objects a field leads to: 1, unless it is a list without pages; as many as ids where it takes these."""
    if known is None or parent is None or not is_list_type(get_nullable_type(known.type)) or is_edges(parent, node):
        return 1
    for argument in node.arguments or ():
        if argument.name.value == "ids":
            return min(len(argument.value.values), LARGEST) if isinstance(argument.value, ListValueNode) else LARGEST
    if parent.name.startswith("__"):
        return LISTED_OF_THE_SCHEMA
    return LISTED.get(parent.name, LISTED_ELSEWHERE)
