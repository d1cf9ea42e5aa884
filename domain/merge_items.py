"""What a plan of a merge lists: each record that is moved, and what becomes of it (SPEC 7.2)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.collapsing import Fate, MergeOutcome, Reason
from domain.merging import MergePlan
from domain.relationship_types import Category
from domain.winners import Field

ADDED = "They are added to the survivor's."
CONSENTED = "The survivor has consented to this app."


class MergeItemKind(Enum):
    """What is moved. What is yet to come, messages, gets a kind here and its rows in `items`."""

    RELATIONSHIP = "RELATIONSHIP"
    MEMBERSHIP = "MEMBERSHIP"
    CASE = "CASE"
    POINTS = "POINTS"
    EXTERNAL_ID = "EXTERNAL_ID"
    CONSENT = "CONSENT"


@dataclass(frozen=True)
class Item:
    """A record and what becomes of it: `record` is its id, of points the code of their type, of an external id its key.

    `amount` are points; `fate` is a relationship's.
    """

    kind: MergeItemKind
    record: str
    outcome: MergeOutcome
    reason: str
    fate: Fate | None = None
    amount: int | None = None

    @property
    def fields(self) -> Sequence[Field]:
        """The fields in which two relationships that become one differ."""
        return self.fate.fields if self.fate else ()


def items(plan: MergePlan) -> Iterator[Item]:
    """All that a merge moves or changes, in a fixed order."""
    types, fates = plan.facts.types, plan.fates
    into = {fate.into for fate in fates.fates}
    others = [(before, after) for before, after in fates.changed if after.id not in into]
    beside = [Fate(MergeOutcome.CHANGED, Reason.SECOND_PRIMARY, *pair) for pair in others]
    for fate in (*fates.fates, *beside):
        member = types[fate.before.type].category is Category.GROUP
        kind = MergeItemKind.MEMBERSHIP if member else MergeItemKind.RELATIONSHIP
        yield Item(kind, fate.before.id, fate.outcome, fate.reason.value, fate)
    moved = MergeOutcome.MOVED, Reason.MOVED.value
    for this_case in plan.facts.cases:
        yield Item(MergeItemKind.CASE, this_case.id, *moved)
    totals = Counter[str]()
    for line in plan.facts.their_lines:
        totals[line.type] += line.amount
    for code, amount in sorted(totals.items()):
        yield Item(MergeItemKind.POINTS, code, MergeOutcome.MOVED, ADDED, amount=amount)
    for external_id in plan.facts.merged.external_ids:
        yield Item(MergeItemKind.EXTERNAL_ID, external_id.key, *moved)
    for consent in plan.facts.their_consents:
        goes = moved if consent in plan.consents else (MergeOutcome.DROPPED, CONSENTED)
        yield Item(MergeItemKind.CONSENT, consent.id, *goes)


def counts(found: Sequence[Item]) -> list[tuple[MergeItemKind, MergeOutcome, int]]:
    """How many there are of each kind with each outcome."""
    counted = Counter((item.kind, item.outcome) for item in found)
    return [
        (kind, outcome, counted[kind, outcome])
        for kind in MergeItemKind
        for outcome in MergeOutcome
        if counted[kind, outcome]
    ]
