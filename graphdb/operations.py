"""Operations as they are written down, in the transaction whose work they tell of."""

from domain.operations import Operation, as_text
from graphdb.graph import Transaction


async def record(tx: Transaction, operation: Operation) -> None:
    """Writes an operation and its changes; of one that is written already, only these changes are added to it."""
    rows = [
        {"party": c.party, "record": c.record, "old": as_text(c.old), "new": as_text(c.new)} for c in operation.changes
    ]
    await tx.rows(
        "operations/record", id=operation.id, kind=operation.kind, by=operation.by, at=operation.at, changes=rows
    )
