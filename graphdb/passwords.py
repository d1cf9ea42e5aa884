"""Passwords in the graph: hashes alone, beside the parties whose they are, so that no reading of a party has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.ids import PartyId
from graphdb.graph import Graph, Row, Transaction


@dataclass(frozen=True)
class Known:
    """What a login leads to: who has it, what `Viewers` take of it, and the hash of its password; each may be none."""

    party: PartyId | None
    standing: Sequence[Any]
    hash: str | None


async def of_login(graph: Graph, login: str | None) -> Known:
    """What a login leads to; None leads nowhere, which is found in the same way."""
    return as_known((await graph.rows("passwords/of_login", login=login))[0])


async def of_login_in(tx: Transaction, login: str | None) -> Known:
    """The same within a transaction."""
    return as_known((await tx.rows("passwords/of_login", login=login))[0])


async def hash_of(tx: Transaction, party: PartyId) -> str | None:
    """The hash of a party's password, None where it has none."""
    rows = await tx.rows("passwords/of_party", party=party)
    return str(rows[0]["hash"]) if rows else None


def put(tx: Transaction, party: PartyId, hash: str, at: datetime) -> None:
    """Sets the password of a locked party. It goes out with what the transaction does next."""
    tx.does("passwords/put", party=party, hash=hash, at=at)


def as_known(row: Row) -> Known:
    """A row as the use cases take it."""
    return Known(row["party"], row["standing"], row["hash"])
