"""Passwords in the graph: hashes alone, beside the parties whose they are, so that no reading of a party has one."""

from datetime import datetime

from domain.ids import PartyId
from graphdb.graph import Transaction


async def hash_of(tx: Transaction, party: PartyId) -> str | None:
    """The hash of a party's password, None where it has none."""
    rows = await tx.rows("passwords/of_party", party=party)
    return str(rows[0]["hash"]) if rows else None


def put(tx: Transaction, party: PartyId, hash: str, at: datetime) -> None:
    """Sets the password of a locked party. It goes out with what the transaction does next."""
    tx.does("passwords/put", party=party, hash=hash, at=at)
