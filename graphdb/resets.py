"""Resets of passwords in the graph: those whose mail is under way."""

from datetime import datetime

from domain.ids import PartyId
from domain.resets import Reset
from graphdb.graph import Graph, Transaction


def begin(tx: Transaction, reset: Reset) -> None:
    """Writes down a reset of a locked consumer's. It goes out with what the transaction does next."""
    tx.does("resets/begin", id=reset.id, consumer=reset.consumer, until=reset.until)


async def under_way(tx: Transaction, consumer: PartyId) -> Reset | None:
    """The reset of a consumer's that nobody has ended, None if there is none."""
    rows = await tx.rows("resets/under_way", consumer=consumer)
    return Reset(rows[0]["id"], consumer, rows[0]["until"]) if rows else None


async def end(tx: Transaction, id: str) -> bool:
    """Takes a reset of a locked consumer's away; whether it was there."""
    return bool(await tx.rows("resets/end", id=id))


async def overdue(graph: Graph, before: datetime, most: int) -> list[Reset]:
    """Some of the resets that were under way until then, the earliest first."""
    rows = await graph.rows("resets/overdue", before=before, most=most)
    return [Reset(row["id"], PartyId(row["consumer"]), row["until"]) for row in rows]
