"""Operations as they are written down, in the transaction whose work they tell of."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from domain.idempotency import KEPT, Key
from domain.ids import OperationId
from domain.operations import JSON, Change, Earlier, Operation, as_text, as_values
from domain.restoring import KINDS, Done
from graphdb.graph import Transaction

Records = dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]]
"""What an operation changed, by record: before and after."""
BATCH = 5_000
"""Changes that a statement takes at a time."""


async def claim(tx: Transaction, key: Key, id: OperationId, at: datetime) -> Earlier | None:
    """Claims a key for an operation; answers the one that was done under it before, None if it is free."""
    (row,) = await tx.rows("operations/claim", key=key.claim, id=id, input=key.input, at=at, expired=at - KEPT)
    return None if row["ids"] is None else Earlier(row["operation"], row["input"], tuple(row["ids"]))


async def lock(tx: Transaction, id: OperationId) -> None:
    """Takes the lock of an operation until the transaction ends."""
    await tx.rows("operations/lock", id=id)


async def done(tx: Transaction, id: OperationId, kinds: Collection[str] = KINDS) -> Done | None:
    """An operation for undoing it, None if there is none; its records are read only where it is of one of the
    kinds, and no job did it."""
    rows = await tx.rows("operations/restorable", id=id)
    if not rows:
        return None
    (row,) = rows
    records: Records = {}
    if row["kind"] in kinds and not row["in_parts"]:
        told = await tx.rows("operations/records", id=id)
        records = {one["record"]: (as_values(one["old"]), as_values(one["new"])) for one in told}
        records |= await packed(tx, id)
    return Done(
        id=id,
        kind=row["kind"],
        at=row["created_at"],
        answer=row["answer"] or (),
        restored_by=row["restored_by"],
        by=row["created_by"],
        in_parts=row["in_parts"],
        going=row["going"],
        records=records,
    )


async def packed(tx: Transaction, id: OperationId) -> Records:
    """What an operation changed of records that were many, before and after."""
    rows = await tx.rows("operations/packed", id=id)
    return {record: (old, new) for row in rows for record, old, new in json.loads(row["records"])}


async def restored(tx: Transaction, id: OperationId, by: OperationId) -> None:
    """Notes that an operation was undone, by another."""
    await tx.rows("operations/restore", id=id, by=by)


def record(tx: Transaction, operation: Operation) -> None:
    """Writes an operation and its changes; of one that is written already, only these changes are added to it.

    It goes out with what the transaction does next, which mostly is its end.
    """
    for start in range(0, max(1, len(operation.changes)), BATCH):
        tx.does(
            "operations/record",
            id=operation.id,
            kind=operation.kind,
            by=operation.by,
            at=operation.at,
            answer=list(operation.answer),
            changes=as_rows(operation.changes[start : start + BATCH]),
        )


def pack(tx: Transaction, id: OperationId, changes: Sequence[Change], first: int = 1) -> None:
    """Writes down changes of so many records that a transaction cannot hold a node for each: each record once, as JSON,
    in nobody's history. Where values are personal, erasing must find them by the operation. `first` is the first place
    that is free."""
    for place, start in enumerate(range(0, len(changes), BATCH), start=first):
        rows = [(change.record, change.old, change.new) for change in changes[start : start + BATCH]]
        tx.does("operations/pack", operation=id, place=place, records=JSON.encode(rows), count=len(rows))


def add(tx: Transaction, id: OperationId, changes: Iterable[Change]) -> None:
    """Adds changes to an operation that is written already."""
    tx.does("operations/add", id=id, changes=as_rows(changes))


def as_rows(changes: Iterable[Change]) -> list[dict[str, str | None]]:
    """Changes as statements take them; what those of a relationship's two ends share is made into text once."""
    rows = list[dict[str, str | None]]()
    before: Change | None = None
    for change in changes:
        if before is None or change.old is not before.old or change.new is not before.new:
            old, new = as_text(change.old), as_text(change.new)
        rows.append({"party": change.party, "record": change.record, "old": old, "new": new, "other": change.other})
        before = change
    return rows
