"""What is defined, as it is read for rules."""

from collections.abc import Sequence
from typing import cast

from domain.definitions import Definitions
from graphdb.graph import Row, Transaction
from graphdb.relationship_types import as_type
from graphdb.responsibilities import as_responsibility

GUESS = "definitions"


async def stored(tx: Transaction) -> Definitions:
    """All that is defined at this moment."""
    (row,) = await tx.rows("definitions/stored")
    return defined(tx, row["types"], row["responsibilities"])


def defined(tx: Transaction, types: Sequence[Row], responsibilities: Sequence[Row]) -> Definitions:
    """What was read of definitions; whoever guesses next will guess that it is still so."""
    found = Definitions({t["code"]: as_type(t) for t in types}, [as_responsibility(r) for r in responsibilities])
    tx.guesses[GUESS] = Definitions({**guess(tx).types, **found.types}, found.responsibilities)
    return found


def guess(tx: Transaction) -> Definitions:
    """What this process last read, which may have changed since; nothing at first."""
    return cast(Definitions, tx.guesses.get(GUESS, Definitions({}, ())))
