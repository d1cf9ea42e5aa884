"""What is emptied of what operations have packed, once somebody is erased (SPEC 8.5)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.ids import PartyId

Row = Sequence[Any]
"""A record's id, and what it was before and after."""


@dataclass(frozen=True)
class Sweep:
    """Whose values are erased, and up to where: after which place of which operation."""

    parties: Sequence[PartyId]
    operation: str = ""
    place: int = 0

    @classmethod
    def of(cls, cursor: str) -> "Sweep":
        """What a job's cursor tells of."""
        return cls(*json.loads(cursor))

    @property
    def cursor(self) -> str:
        """This as a job keeps it."""
        return json.dumps([list(self.parties), self.operation, self.place])

    def emptied(self, rows: Sequence[Row]) -> tuple[list[Row], int]:
        """Rows of what was removed without the values of relationships of the parties; how many these were. That they
        were there stays, so that restoring says why they do not come back."""
        theirs = [new is None and bool(old) and is_of(old, self.parties) for _, old, new in rows]
        return [(row[0], None, None) if his else row for row, his in zip(rows, theirs, strict=True)], sum(theirs)


def is_of(old: Mapping[str, Any], parties: Collection[PartyId]) -> bool:
    """Whether a relationship as it was recorded is of one of some parties."""
    return old.get("source") in parties or old.get("target") in parties
