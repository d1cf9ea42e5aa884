"""What is defined, as it is read for rules."""

from collections.abc import Sequence
from typing import cast

from domain.definitions import Definitions
from domain.relationship_types import RelationshipType
from graphdb.graph import Row, Transaction
from graphdb.relationship_types import as_type
from graphdb.responsibilities import as_responsibility

SEEN = "relationship types"
Seen = dict[str, tuple[Row, RelationshipType]]


async def stored(tx: Transaction) -> Definitions:
    """All that is defined at this moment."""
    (row,) = await tx.rows("definitions/stored")
    return defined(tx, row["types"], row["responsibilities"])


def defined(tx: Transaction, types: Sequence[Row], responsibilities: Sequence[Row]) -> Definitions:
    """What was read of definitions; whoever guesses next will guess that it is still so."""
    seen = seen_types(tx)
    for row in types:
        if row["code"] not in seen or seen[row["code"]][0] != row:
            seen[row["code"]] = (row, as_type(row))
    found = {row["code"]: seen[row["code"]][1] for row in types}
    return Definitions(found, [as_responsibility(row) for row in responsibilities])


def guess(tx: Transaction) -> dict[str, RelationshipType]:
    """Types by their codes as this process last saw them; they may have changed since."""
    return {code: type for code, (_, type) in seen_types(tx).items()}


def seen_types(tx: Transaction) -> Seen:
    """Each type as it was last read, beside its row, which tells whether it is still so."""
    return cast(Seen, tx.guesses.setdefault(SEEN, {}))
