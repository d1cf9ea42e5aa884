"""Undoing a merge: what it moved and collapsed is given back, what was changed since is kept (SPEC 7.5)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.giving_back import Given
from domain.idempotency import digest
from domain.ids import CaseId, ConsentId, OperationId, RelationshipId
from domain.leaving import settlement, taken_once
from domain.ledgers import Ledger
from domain.merging import said
from domain.neighbours import Neighbours
from domain.parties import Party, PartyKind
from domain.refusals import (
    CannotBeRestored,
    LaterMerge,
    NotInOneHousehold,
    Refusal,
    Refused,
)
from domain.relating import plan_relate
from domain.relationship_types import Category
from domain.relationships import Made, Relationship
from domain.restoring import Deed, Done, Record, draft_of, lenient, placed
from domain.unmerge_facts import UnmergeFacts
from domain.within import Places

KIND = "merge"


@dataclass(frozen=True, kw_only=True)
class Unmerging:
    """What undoing a merge would do, or what is in its way; nothing of it is done where anything is.

    `moved` and `changed` are relationships as they are and will be, `restored` those that come back, `taken` those made
    within a household that go since an end is no member any more (SPEC 4.2); `ledgers` are the survivor's and the
    merged one's, none where no points go back.
    """

    operation: OperationId
    survivor: Party
    merged: Party
    moved: tuple[tuple[Relationship, Relationship], ...] = ()
    changed: tuple[tuple[Relationship, Relationship], ...] = ()
    restored: tuple[tuple[Relationship, Made], ...] = ()
    taken: tuple[Relationship, ...] = ()
    cases: tuple[CaseId, ...] = ()
    consents: tuple[ConsentId, ...] = ()
    ledgers: tuple[Ledger, Ledger] | None = None
    external_ids: tuple[str, ...] = ()
    problems: tuple[Refusal, ...] = ()
    can_leave_out: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()

    @property
    def token(self) -> str:
        """The same for the same plan."""
        parts = [
            said(self.survivor),
            said(self.merged),
            self.moved,
            self.changed,
            self.restored,
            self.taken,
            self.cases,
            self.consents,
            self.ledgers,
        ]
        told = [repr(part) for part in (*parts, self.external_ids, self.problems)]
        return f"{self.operation}.{digest(told)}"


def cannot_undo(done: Done, operation: OperationId | None, later: OperationId | None) -> list[Refusal]:
    """Why a merge can't be undone at all now."""
    reason = None
    if done.kind != KIND:
        reason = "is no merge"
    elif done.restored_by:
        reason = "has been undone already"
    elif operation != done.id:
        reason = "is over: the customer has left the survivor since, or is gone"
    if reason:
        return [CannotBeRestored(path=("operation",), reason=reason)]
    return [LaterMerge(path=("operation",), operation=later)] if later else []


def plan_unmerge(facts: UnmergeFacts, leave_out: Collection[str] = ()) -> Unmerging:
    """What undoing a merge would do, without some of its records. The place of a problem begins with the record."""
    given = Given.of(facts, leave_out)
    moved = tuple(given.moved())
    changed = tuple(given.changed())
    away = {before.id for before, _ in (*moved, *changed)}
    beside = Beside(facts, away, [after for _, after in moved])
    kept_changed, problems = beside.fitting(changed)
    restored, more = beside.restored(list(given.gone()), [after for _, after in kept_changed])
    problems += more
    again = [after for _, after in (*moved, *kept_changed)]
    taken, outside = left_behind(given, again, restored) if not more else ((), [])
    cases = tuple(CaseId(id) for id in given.of_prefix("case_") if facts.customers.get(CaseId(id)) == facts.survivor.id)
    consents = tuple(
        ConsentId(id) for id in given.of_prefix("consent_") if facts.consenters.get(ConsentId(id)) == facts.survivor.id
    )
    keys, wrong_keys = given.external_ids()
    ledgers, wrong_points = given.ledgers()
    survivor = given.survivor(keys)
    merged = given.merged(keys)
    others = [*cases, *consents, *sorted({line.type for line in ledgers[1].lines} if ledgers else ()), *keys]
    return Unmerging(
        operation=facts.done.id,
        survivor=survivor,
        merged=merged,
        moved=moved,
        changed=kept_changed,
        restored=restored,
        taken=taken,
        cases=cases,
        consents=consents,
        ledgers=ledgers,
        external_ids=keys,
        problems=(*problems, *outside, *wrong_keys, *wrong_points),
        can_leave_out=tuple(given.can_leave_out()),
        records=tuple(records(facts, again, restored, taken, others)),
    )


def left_behind(
    given: Given, again: Sequence[Relationship], restored: Sequence[tuple[Relationship, Made]]
) -> tuple[tuple[Relationship, ...], list[Refusal]]:
    """What was made within households and goes, since the one of the two whose it is is no member there any more.

    What the merge had moved is not lost so, but in the way: it has to stay where its place stays, and go where it goes.
    """
    facts, types = given.facts, given.facts.known.types
    joined = [tie for tie, _ in restored if tie.type in types and types[tie.type].category is Category.GROUP]
    taken = taken_once(facts.housed, facts.places, {tie.id: tie for tie in again}, joined)
    over = {tie.id for tie in settlement(facts.housed, facts.places).over}
    moved = {tie.id for tie in taken if given.has_moved(tie.id)} - over
    return tuple(tie for tie in taken if tie.id not in moved), [
        NotInOneHousehold(path=(id, "household")) for id in sorted(moved)
    ]


def records(
    facts: UnmergeFacts,
    again: Sequence[Relationship],
    restored: Sequence[tuple[Relationship, Made]],
    taken: Sequence[Relationship],
    others: Sequence[str],
) -> Iterator[Record]:
    """What a plan shows, in order: relationships as they are `again` or come back, and the others' ids."""
    going = {tie.id for tie in taken}
    every = [(tie, Deed.CHANGED) for tie in again if tie.id not in going] + [(tie, Deed.REMOVED) for tie, _ in restored]
    for tie, deed in sorted(every, key=lambda one: one[0].id):
        type = facts.known.types.get(tie.type)
        yield Record(tie.id, deed, type.id if type else None, tie.source, tie.target)
    for id in others:
        yield Record(id, Deed.CHANGED, None, None, None)


class Beside:
    """What relationships that are given back must go together with: all that there is, once those that were moved are
    the merged one's again."""

    def __init__(self, facts: UnmergeFacts, away: Collection[str], moved: Sequence[Relationship]) -> None:
        known, self.facts, self.moved = facts.known, facts, moved
        self.existing = [tie for tie in known.existing if tie.id not in away]
        self.lineage = [tie for tie in known.lineage if tie.id not in away]
        self.types = {code: lenient(type) for code, type in known.types.items()}

    def fitting(
        self, changed: Sequence[tuple[Relationship, Relationship]]
    ) -> tuple[tuple[tuple[Relationship, Relationship], ...], list[Refusal]]:
        """Those that are to be as they were, and what is in their way since."""
        exclusive = {one.code for one in self.facts.known.responsibilities if one.exclusive}
        planned = [(after.type, after.source, after.target) for _, after in changed]
        beside = Neighbours(self.types, [*self.existing, *self.moved], [*self.lineage, *self.moved], planned, exclusive)
        problems: list[Refusal] = []
        for _, after in changed:
            problems += (refusal.under(after.id) for refusal in beside.in_the_way(after))
            beside.add(after)
        return tuple(changed), problems

    def restored(
        self, gone: Sequence[tuple[RelationshipId, Mapping[str, Any]]], changed: Sequence[Relationship]
    ) -> tuple[tuple[tuple[Relationship, Made], ...], list[Refusal]]:
        """Those that come back, under the rules for new ones, and what is in their way."""
        known = self.facts.known
        drafts = [(id, draft_of(old), old) for id, old in gone]
        # memberships first: what was made within a household rests on them
        drafts.sort(key=lambda one: (PartyKind.of(one[1].target) is not PartyKind.HOUSEHOLD, one[0]))
        ends = {
            id: replace(end, survivor=None) if id == self.facts.merged.id else end for id, end in known.ends.items()
        }
        beside = replace(
            known,
            types=self.types,
            ends=ends,
            existing=[*self.existing, *self.moved, *changed],
            lineage=[*self.lineage, *self.moved, *changed],
            places=self.places(changed),
        )
        try:
            made = plan_relate([draft for _, draft, _ in drafts], [id for id, *_ in drafts], beside)
        except Refused as refused:
            return (), [placed(refusal, drafts[int(refusal.path[0])][0]) for refusal in refused.refusals]
        return tuple(
            (replace(tie, version=old["version"]), Made(datetime.fromisoformat(old["created_at"]), old["created_by"]))
            for tie, (_, _, old) in zip(made, drafts, strict=True)
        ), []

    def places(self, changed: Sequence[Relationship]) -> Places:
        """Who is a member when, once memberships are the merged one's again."""
        again = {tie.id: tie for tie in (*self.moved, *changed)}
        places = self.facts.known.places
        rows = [
            replace(row, member=again[row.id].source, period=again[row.id].period) if row.id in again else row
            for row in places.rows
        ]
        return Places(places.today, rows)
