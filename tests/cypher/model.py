"""The names that cypher/README.md documents, as tokens of a store: a name that is not documented is then a warning."""

import re

from graphdb.graph import Graph
from graphdb.statements import FOLDER

NAME = re.compile(r"`(\w+)`")
LABEL = re.compile(r"[A-Z][a-z]\w*")
EDGE = re.compile(r"[A-Z][A-Z_]+")


def names() -> set[str]:
    """All names in backquotes of the document."""
    return set(NAME.findall((FOLDER / "README.md").read_text()))


async def make_tokens(graph: Graph) -> None:
    """Makes the labels, edge types and properties of the model known to a store."""
    for name in sorted(names()):
        kind = "Label" if LABEL.fullmatch(name) else "RelationshipType" if EDGE.fullmatch(name) else "Property"
        await graph.apply(f"CYPHER 25 CALL db.create{kind}('{name}')")
