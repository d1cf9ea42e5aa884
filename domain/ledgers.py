"""Ledgers of points that become one, and are parted again (SPEC 6.3, 7.2, 7.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.ids import PointsEntryId


@dataclass(frozen=True)
class Line:
    """An entry of a ledger: its place there, from 1, and the balance of its type that it left."""

    id: PointsEntryId
    type: str
    amount: int
    at: datetime
    place: int = 0
    balance: int = 0


@dataclass(frozen=True)
class Ledger:
    """Lines in their places, and what they leave of each type, the type that was adjusted last at the end."""

    lines: tuple[Line, ...]

    @property
    def balances(self) -> dict[str, int]:
        """What there is of each type."""
        found = dict[str, int]()
        for line in self.lines:
            found.pop(line.type, None)
            found[line.type] = line.balance
        return found

    @property
    def lowest(self) -> dict[str, int]:
        """The least that there was of each type at any time."""
        found = dict[str, int]()
        for line in self.lines:
            found[line.type] = min(found.get(line.type, line.balance), line.balance)
        return found


def ledger(lines: Iterable[Line]) -> Ledger:
    """Lines in this order, each in its place with the balance that it leaves."""
    found, balances = list[Line](), dict[str, int]()
    for place, line in enumerate(lines, start=1):
        balances[line.type] = balances.get(line.type, 0) + line.amount
        found.append(replace(line, place=place, balance=balances[line.type]))
    return Ledger(tuple(found))


def joined(ours: Sequence[Line], theirs: Sequence[Line]) -> Ledger:
    """Two ledgers as one, by time; what stood in one before the other stays before it.

    So no balance is ever below zero: it is the sum of two that were not. The clocks of two services may differ, so the
    times in one ledger need not rise; a line counts as made no earlier than those before it.
    """
    merged: list[tuple[datetime, int, int, Line]] = []
    for side, lines in enumerate((ours, theirs)):
        latest: datetime | None = None
        for place, line in enumerate(lines):
            latest = line.at if latest is None else max(latest, line.at)
            merged.append((latest, side, place, line))
    return ledger(line for *_, line in sorted(merged, key=lambda one: one[:3]))
