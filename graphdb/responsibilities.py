"""Responsibilities in the graph."""

from domain.parties import PartyKind
from domain.responsibilities import Responsibility
from graphdb.graph import Transaction


async def stored(tx: Transaction) -> list[Responsibility]:
    """Every responsibility, by code."""
    nodes = [row["responsibility"] for row in await tx.rows("responsibilities/stored")]
    return [
        Responsibility(
            node["id"],
            node["code"],
            node["name"],
            tuple(PartyKind(kind) for kind in node["holder_kinds"]),
            tuple(PartyKind(kind) for kind in node["subject_kinds"]),
        )
        for node in nodes
    ]
