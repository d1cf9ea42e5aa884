"""Operations as they are written down, in the transaction whose work they tell of."""

from collections.abc import Collection, Iterable
from datetime import datetime

from domain.idempotency import KEPT, Key
from domain.ids import OperationId
from domain.operations import Change, Earlier, Operation, as_text, as_values
from domain.restoring import KINDS, Done
from graphdb.graph import Transaction

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
    """An operation for undoing it, None if there is none; its records are read only where it is of one of the kinds."""
    rows = await tx.rows("operations/restorable", id=id)
    if not rows:
        return None
    (row,) = rows
    records = await tx.rows("operations/records", id=id) if row["kind"] in kinds else ()
    return Done(
        id=id,
        kind=row["kind"],
        at=row["created_at"],
        answer=row["answer"] or (),
        restored_by=row["restored_by"],
        by=row["created_by"],
        in_parts=row["in_parts"],
        records={r["record"]: (as_values(r["old"]), as_values(r["new"])) for r in records},
    )


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
        rows.append({"party": change.party, "record": change.record, "old": old, "new": new})
        before = change
    return rows
