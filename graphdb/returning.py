"""What a job has deleted and brings back, in the graph: shown, read part by part, forgotten."""

import json
from collections.abc import Collection, Sequence

from domain.cases import Case
from domain.ids import OperationId, PartyId
from domain.operations import Change, as_values
from graphdb.cases import as_case
from graphdb.graph import Transaction
from graphdb.operations import Records

FORGOTTEN = 10
"""So many nodes of what was packed go at a time: each has thousands of records."""


async def show(tx: Transaction, ids: Collection[PartyId], by: OperationId) -> list[PartyId]:
    """Those of some parties whom an operation has taken out of sight are parties again. Raises NotUnique."""
    rows = await tx.rows("returning/show", ids=sorted(ids), operation=by) if ids else []
    return [row["id"] for row in rows]


async def next_pack(tx: Transaction, by: OperationId, after: int, naming: str = "") -> tuple[int, Records] | None:
    """The next part of what an operation's job has removed, in which something is named: its place and its records."""
    rows = await tx.rows("returning/next_pack", operation=by, after=after, naming=naming)
    if not rows:
        return None
    return rows[0]["place"], {record: (old, new) for record, old, new in json.loads(rows[0]["records"])}


async def leave_out(tx: Transaction, by: OperationId, ids: Sequence[str]) -> None:
    """Notes which relationships do not come back with the others, by an operation that hides them already."""
    if ids:
        await tx.rows("returning/leave_out", operation=by, ids=list(ids))


async def left_out(tx: Transaction, by: OperationId) -> frozenset[str]:
    """The relationships that do not come back with the others."""
    rows = await tx.rows("returning/left_out", operation=by)
    return frozenset(id for row in rows for id in row["left_out"])


async def next_cases(tx: Transaction, by: OperationId, after: str, size: int) -> list[Change]:
    """The next cases that an operation has changed."""
    rows = await tx.rows("returning/next_cases", operation=by, after=after, size=size)
    return [Change(row["record"], row["party"], as_values(row["old"]), as_values(row["new"])) for row in rows]


async def cases(tx: Transaction, ids: Sequence[str]) -> list[Case]:
    """Cases once nobody else changes them, of those that there are."""
    return [as_case(row["properties"]) for row in await tx.rows("returning/cases", ids=sorted(ids))]


async def removed(tx: Transaction, by: OperationId) -> list[Change]:
    """What an operation has removed beside what its job has packed."""
    rows = await tx.rows("returning/removed", operation=by)
    return [Change(row["record"], row["party"], as_values(row["old"]), None) for row in rows]


async def extent(tx: Transaction, by: OperationId) -> int:
    """How many records an operation and its job have removed or changed."""
    (row,) = await tx.rows("returning/extent", operation=by)
    return int(row["count"])


async def forget(tx: Transaction, by: OperationId) -> int:
    """Forgets some of what an operation's job had removed; answers how many parts of it there were."""
    (row,) = await tx.rows("returning/forget", operation=by, size=FORGOTTEN)
    return int(row["count"])


async def not_restored(tx: Transaction, id: OperationId) -> None:
    """Notes that an operation was not undone after all."""
    tx.does("returning/not_restored", id=id)
