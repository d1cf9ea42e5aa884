"""Undoing a merge: what it moved and collapsed is given back, what was changed since is kept (SPEC 7.5)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from domain import consumers
from domain.collapsing import ended
from domain.idempotency import digest
from domain.ids import CaseId, ConsentId, OperationId, PartyId, RelationshipId
from domain.leaving import settlement, taken_once
from domain.ledgers import Ledger, Line, ledger
from domain.merging import said
from domain.neighbours import Neighbours
from domain.operations import as_text, as_values
from domain.parties import FIELDS, ExternalId, Party, PartyKind, complete
from domain.refusals import (
    AlreadyTaken,
    CannotBeRestored,
    LaterMerge,
    NotEnoughPoints,
    NotInOneHousehold,
    Refusal,
    Refused,
)
from domain.relating import described, plan_relate
from domain.relationship_types import Category
from domain.relationships import Known, Made, Relationship
from domain.restoring import Deed, Done, Now, Record, draft_of, lenient, placed
from domain.values import Property
from domain.winners import blanks
from domain.within import Places

KIND = "merge"
OPT_IN = ("email_opt_in", "email_opt_in_at", "email_opt_in_by", "email_opt_in_origin")


@dataclass(frozen=True, kw_only=True)
class UnmergeFacts:
    """What undoing a merge rests on: the operation, the two as they are, and of all that it moved what there is now.

    `now` are relationships, `customers` whose the cases are, `consenters` whose the consents, `lines` the survivor's
    ledger, `holders` whose the external ids are.
    `known` is what giving back those that collapsed or were dropped is judged by. `housed` are what either has within
    the households of which a membership is given back, `places` who is a member of these.
    """

    done: Done
    survivor: Party
    merged: Party
    now: Mapping[str, Now]
    known: Known
    customers: Mapping[CaseId, PartyId]
    consenters: Mapping[ConsentId, PartyId]
    lines: Sequence[Line]
    holders: Mapping[str, PartyId]
    housed: Sequence[Relationship] = ()
    places: Places


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
    given: "Given", again: Sequence[Relationship], restored: Sequence[tuple[Relationship, Made]]
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


@dataclass(frozen=True)
class Given:
    """What a merge did to each record, but those that are left out; and what of it is to be given back."""

    facts: UnmergeFacts
    records: Mapping[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]
    left_out: frozenset[str]

    @classmethod
    def of(cls, facts: UnmergeFacts, leave_out: Collection[str]) -> "Given":
        """Those of an operation."""
        left = {record: told for record, told in facts.done.records.items() if record not in leave_out}
        return cls(facts, left, frozenset(leave_out))

    def of_prefix(self, prefix: str) -> list[str]:
        """Records by the beginning of their ids, in order."""
        return sorted(record for record in self.records if record.startswith(prefix))

    def has_moved(self, record: str) -> bool:
        """Whether a relationship got another end, be it left out or not."""
        old, new = self.facts.done.records.get(record, (None, None))
        return bool(old and new and {"source", "target"} & set(new))

    def moved(self) -> Iterator[tuple[Relationship, Relationship]]:
        """Relationships that got another end, as they are and with the one they had; whether they are primary, too,
        where nobody has changed that. One that was removed since stays so."""
        survivor, merged = self.facts.survivor.id, self.facts.merged.id
        for record in self.of_prefix("relationship_"):
            old, new = self.records[record]
            now = self.facts.now.get(record)
            if old and new and now and {"source", "target"} & set(new):
                before = now.relationship
                primary = old.get("primary", before.primary)
                primary = primary if before.primary == new.get("primary", before.primary) else before.primary
                yield before, replace(ended(before, survivor, merged), primary=primary)

    def changed(self) -> Iterator[tuple[Relationship, Relationship]]:
        """Relationships of the survivor's that took others in, as they are and as they were in all that nobody has
        changed since."""
        for record in self.of_prefix("relationship_"):
            old, new = self.records[record]
            now = self.facts.now.get(record)
            if old and new and now and not {"source", "target"} & set(new):
                before = now.relationship
                there = {**now.recorded, **({"first": before.within.first.isoformat()} if before.within else {})}
                back = {name: value for name, value in old.items() if there.get(name) == new[name]}
                after = rebuilt(before, {**there, **back}, self.facts.known)
                if after and after != before:
                    yield before, after

    def gone(self) -> Iterator[tuple[RelationshipId, Mapping[str, Any]]]:
        """Relationships that collapsed or were dropped, and what was kept of them; not those of which what they became
        was removed since."""
        for record in self.of_prefix("relationship_"):
            old, new = self.records[record]
            if new is None and old and (old.get("into") is None or old["into"] in self.facts.now):
                yield RelationshipId(record), old

    def external_ids(self) -> tuple[tuple[str, ...], list[Refusal]]:
        """The ids elsewhere that are given back, and those that are another's now. Who was given none keeps none."""
        old, _ = self.records.get(self.facts.merged.id, (None, None))
        keys = [str(key) for key in (old or {}).get("external_ids", ()) if key not in self.left_out]
        holders = {key: self.facts.holders[key] for key in keys if key in self.facts.holders}
        taken = [AlreadyTaken(path=(key,), by=by) for key, by in holders.items() if by != self.facts.survivor.id]
        return tuple(key for key, by in holders.items() if by == self.facts.survivor.id), [*taken]

    def ledgers(self) -> tuple[tuple[Ledger, Ledger] | None, list[Refusal]]:
        """The two ledgers parted again, and of which types the survivor has spent what would go back."""
        ids = set(self.of_prefix("points_entry_"))
        lines = self.facts.lines
        theirs = [line for line in lines if line.id in ids and line.type not in self.left_out]
        if not theirs:
            return None, []
        back = {line.id for line in theirs}
        ours = ledger(line for line in lines if line.id not in back)
        now = ledger(lines).balances
        spent = [code for code, lowest in ours.lowest.items() if lowest < 0]
        return (ours, ledger(theirs)), [NotEnoughPoints(path=(code,), balance=now[code]) for code in spent]

    def survivor(self, keys: Collection[str]) -> Party:
        """The survivor with the fields that it had, but those that somebody has changed since."""
        party = self.facts.survivor
        old, new = (side or {} for side in self.records.get(party.id, (None, None)))
        properties = dict(party.properties)
        now = as_values(as_text(properties)) or {}
        for name, blank in (*blanks(party.kind).items(), ("email_opt_in", dict.fromkeys(OPT_IN))):
            here = [part for part in blank if part in old]
            if here and all(now.get(part) == new.get(part) for part in here):
                properties |= as_stored(party.kind, name, {**properties, **{part: old[part] for part in here}}, blank)
        if party.kind is PartyKind.CONSUMER and consumers.completed(properties, {})[1]:  # with what was changed since
            days = [f"{day}_date{end}" for day in ("birth", "death") for end in ("", "_earliest", "_latest")]
            properties |= {name: party.properties.get(name) for name in (*days, "deceased")}
        left = tuple(external for external in party.external_ids if external.key not in keys)
        return complete(replace(party, properties=properties, external_ids=left))

    def merged(self, keys: Collection[str]) -> Party:
        """The merged one as a customer of its own again."""
        party = self.facts.merged
        old, _ = self.records[party.id]
        standing = {name: (old or {}).get(name) for name in ("status", "inactive_reason", "status_before")}
        ids = tuple(ExternalId(*key.split("|", 1)) for key in sorted(keys))
        return complete(replace(party, properties={**party.properties, **standing}, external_ids=ids, survivor=None))

    def can_leave_out(self) -> Iterator[str]:
        """Records that can stay with the survivor: all but the two themselves; of points whole types."""
        parties = {self.facts.survivor.id, self.facts.merged.id}
        for record, (old, _) in sorted(self.facts.done.records.items()):
            if record == self.facts.merged.id:
                yield from (str(key) for key in (old or {}).get("external_ids", ()))
            elif record not in parties and not record.startswith("points_entry_"):
                yield record
        moved = set(self.facts.done.records)
        yield from sorted({line.type for line in self.facts.lines if line.id in moved})


def as_stored(
    kind: PartyKind, name: str, properties: Mapping[str, Property], blank: Mapping[str, Property]
) -> dict[str, Property]:
    """The properties of a field that was kept as JSON, as they are stored: dates are no texts."""
    if name in properties and f"{name}_earliest" in blank:
        return dict(FIELDS[kind][name](name, properties[name]))
    found = {part: properties.get(part) for part in blank}
    at = found.get("email_opt_in_at")
    return {**found, "email_opt_in_at": datetime.fromisoformat(at)} if isinstance(at, str) else found


def rebuilt(before: Relationship, recorded: Mapping[str, Any], known: Known) -> Relationship | None:
    """A relationship as it was recorded, None where that cannot be: an end that was changed since may lie before the
    start that it had."""
    type = known.types.get(before.type)
    if type is None:
        return None
    draft = draft_of(recorded)
    found, _ = described(draft, before.id, lenient(type))
    if found is None:
        return None
    within = replace(before.within, first=draft.first) if before.within and isinstance(draft.first, date) else None
    return replace(found, within=within or before.within, version=before.version)


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
