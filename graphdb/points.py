"""Points in the graph: the ledger's entries, and the balances that stand on customers."""

from datetime import datetime

from domain.ids import PartyId
from domain.lifecycle import Standing
from domain.points import Entry, Held
from domain.points_types import PointsType
from graphdb.graph import Row, Transaction
from graphdb.points_types import as_type


async def held(tx: Transaction, customer: PartyId, code: str) -> tuple[Held, PointsType | None] | None:
    """What an adjustment of a customer's points is judged by, and the type of the code, None if there is none.

    None if there is no such customer. Where it is to be made the customer must be locked before.
    """
    rows = await tx.rows("points/held", customer=customer, code=code)
    if not rows:
        return None
    (row,) = rows
    return as_held(row), as_type(row["type"]) if row["type"] else None


def record(tx: Transaction, entry: Entry, at: datetime, by: str) -> None:
    """Writes an entry into a locked customer's ledger, and the balance that it leaves.

    It goes out with what the transaction does next.
    """
    tx.does(
        "points/record",
        customer=entry.customer,
        entry={
            "id": entry.id,
            "party": entry.customer,
            "place": entry.place,
            "type": entry.type,
            "amount": entry.amount,
            "balance": entry.balance,
            "reason": entry.reason,
        },
        at=at,
        by=by,
    )


def as_held(row: Row) -> Held:
    """A row as the domain has it."""
    balances = zip(row["types"] or (), row["balances"] or (), strict=True)
    return Held(Standing.of(row["standing"]), dict(balances), row["entries"] or 0, row["survivor"])
