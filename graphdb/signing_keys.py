"""The numbers of signing keys in the graph; the keys themselves are nowhere."""

from collections.abc import Sequence

from domain.signing_keys import SigningKey, known
from graphdb.graph import Graph, Transaction


async def stored(graph: Graph) -> list[SigningKey]:
    """All keys, as `domain.signing_keys.known` has them."""
    return known([SigningKey(**row) for row in await graph.rows("signing_keys/all")])


async def locked(tx: Transaction) -> list[SigningKey]:
    """The same, once nobody else rotates them."""
    tx.does("signing_keys/lock")
    return known([SigningKey(**row) for row in await tx.rows("signing_keys/all")])


def put(tx: Transaction, keys: Sequence[SigningKey]) -> None:
    """Writes the keys. It goes out with what the transaction does next."""
    tx.does("signing_keys/put", keys=[{"number": key.number, "until": key.until} for key in keys])
