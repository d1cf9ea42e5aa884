"""Operations: what was done, by whom, when, and what it changed (DESIGN 2)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.ids import OperationId


@dataclass(frozen=True)
class Change:
    """One record changed: its properties before and after; a record made has no `old`, one removed no `new`.

    `party` is the party in whose history it stands, None for a type's. A relationship's change stands in two; where it
    stands in one alone, `other` is the party at the other end, by which erasing finds it.
    """

    record: str
    party: str | None
    old: Mapping[str, object] | None
    new: Mapping[str, object] | None
    other: str | None = None


@dataclass(frozen=True)
class Operation:
    """One mutation, or one import: `kind` is the mutation's name, `by` who did it, `answer` the ids that it told."""

    id: OperationId
    kind: str
    by: str
    at: datetime
    changes: tuple[Change, ...]
    answer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """An operation that was done under an idempotency key: what stands for its input, and the ids that it told."""

    operation: OperationId
    input: str
    ids: tuple[str, ...]


def as_values(text: str | None) -> dict[str, Any] | None:
    """Properties of what a change keeps; dates and moments stay texts."""
    return None if text is None else json.loads(text)


def iso(value: date) -> str:
    """A day, or a moment, in ISO form."""
    return value.isoformat()


JSON = json.JSONEncoder(default=iso, ensure_ascii=False)


def differing(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Of the properties of a record before and after those that differ: what a change keeps of one that was changed."""
    names = [name for name in new if old[name] != new[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}


def as_text(values: Mapping[str, object] | None) -> str | None:
    """Properties as a change keeps them: JSON, dates and moments in ISO form."""
    return None if values is None else JSON.encode(values)
