"""What is defined, as it is read for rules."""

from collections.abc import Collection

from domain.definitions import Definitions
from graphdb.graph import Transaction
from graphdb.relationship_types import as_type
from graphdb.responsibilities import as_responsibility


async def stored(tx: Transaction, codes: Collection[str] | None = None) -> Definitions:
    """What is defined at this moment: types with these codes and all acyclic ones, or all; and every responsibility."""
    (row,) = await tx.rows("definitions/stored", codes=None if codes is None else list(codes))
    types = [as_type(node) for node in row["types"]]
    return Definitions({type.code: type for type in types}, [as_responsibility(r) for r in row["responsibilities"]])
