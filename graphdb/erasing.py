"""What operations have packed, in the graph, as whoever erases somebody looks through it."""

import json
from collections.abc import Sequence
from typing import Any

from domain.erasing import Sweep
from domain.operations import JSON
from graphdb.graph import Transaction


async def is_packed(tx: Transaction) -> bool:
    """Whether operations have packed anything."""
    (row,) = await tx.rows("erasing/packed")
    return bool(row["any"])


async def next_packs(tx: Transaction, sweep: Sweep, size: int) -> list[tuple[str, int, list[Any]]]:
    """The next of what was packed, so many at most: each of which operation, where it stands, and its rows, none where
    it names none of the parties."""
    where = {"ids": list(sweep.parties), "operation": sweep.operation, "place": sweep.place}
    rows = await tx.rows("erasing/next", **where, size=size)
    return [(row["operation"], row["place"], json.loads(row["records"] or "[]")) for row in rows]


async def repack(tx: Transaction, operation: str, place: int, rows: Sequence[Any]) -> None:
    """Writes what is left of something packed."""
    await tx.rows("erasing/empty", operation=operation, place=place, records=JSON.encode(rows))
