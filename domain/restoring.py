"""Restoring: what an operation removed or changed is brought back as it was, or what no longer fits (SPEC 8.5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Self

from domain.idempotency import digest
from domain.ids import OperationId, PartyId, RelationshipId, RelationshipTypeId
from domain.leaving import taken_once
from domain.parties import PartyKind
from domain.refusals import AlreadyTaken, CannotBeRestored, ChangedSince, NotFound, Refusal, Refused
from domain.relating import plan_relate
from domain.relationship_types import Category, RelationshipType
from domain.relationships import Known, Made, NewRelationship, Relationship
from domain.within import Places

KINDS = frozenset(
    {
        *("endRelationship", "endMembership", "updateRelationship", "changeMembership", "removeRelationship"),
        *("daily", "delete"),
    }
)
"""Operations that can be undone so."""

GIVEN = frozenset(field.name for field in fields(NewRelationship))


class Deed(Enum):
    """What an operation did to a relationship, which restoring undoes."""

    REMOVED = "REMOVED"
    CHANGED = "CHANGED"
    MADE = "MADE"


@dataclass(frozen=True)
class Done:
    """An operation as it was written down; `records` are old and new of what it changed, by id, `by` is who did it.

    What is done `in_parts` a job does, and is `going` until it is over.
    """

    id: OperationId
    kind: str
    at: datetime
    answer: Sequence[str]
    restored_by: str | None
    records: Mapping[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]
    by: str = ""
    in_parts: bool = False
    going: bool = False


@dataclass(frozen=True)
class Now:
    """A relationship as it is stored now, beside what an operation would record of it."""

    relationship: Relationship
    recorded: Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """A record that was kept out of sight when it was deleted: what it was, and the names of those of its values that
    must be unique and that another has now; `alone`: it was merged into a customer who is not there, and does not come
    back with it."""

    labels: frozenset[str]
    taken: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class Back:
    """What comes back beside relationships: records by their ids, and of cases that stayed what is to be set."""

    records: tuple[str, ...] = ()
    cases: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """A relationship that is to be as it was before: what was done to it, and what it is to become.

    `draft` is None for one that was made, and is to be no more; `made` is of one that was removed.
    """

    id: RelationshipId
    deed: Deed
    draft: NewRelationship | None
    version: int = 1
    made: Made | None = None


@dataclass(frozen=True)
class Record:
    """A relationship as a plan shows it, its type and ends None where they are gone; or another record, without."""

    id: str
    deed: Deed
    type: RelationshipTypeId | None
    source: PartyId | None
    target: PartyId | None


@dataclass(frozen=True)
class Restoration:
    """What restoring an operation would do, or what is in its way; nothing of it is done where anything is.

    `become` are the relationships that were removed or changed as they will be, in the order of `wanted` without those
    that go again; `records` shows all of them. `can_leave_out` are those that the operation was not asked for by name.
    `taken` were made within a household since, and go since an end is no member any more (SPEC 4.2). Of so `many` as a
    job brings back, nothing is `wanted` yet, and `records` and `can_leave_out` are some of them.
    """

    operation: OperationId
    wanted: tuple[Wanted, ...]
    become: tuple[Relationship, ...]
    problems: tuple[Refusal, ...]
    can_leave_out: tuple[str, ...]
    records: tuple[Record, ...] = ()
    back: Back = field(default_factory=Back)
    taken: tuple[Relationship, ...] = ()
    many: int | None = None

    @property
    def count(self) -> int:
        """How many records it is about."""
        return len(self.records) if self.many is None else self.many

    @property
    def token(self) -> str:
        """The same for the same plan: whoever names it gets what was shown, or is told that it has changed."""
        beside = [list(self.back.records), {id: dict(case) for id, case in self.back.cases.items()}]
        told = [repr(part) for part in (self.wanted, self.become, self.taken, self.problems)]
        return f"{self.operation}.{digest([*told, beside, self.many])}"

    def settled(self, housed: Sequence[Relationship], places: Places, types: Mapping[str, RelationshipType]) -> Self:
        """The same with what goes of relationships made within households, where `places` has who is a member now."""
        again = {one.id for one in self.wanted if one.deed is Deed.REMOVED}
        going = [one.id for one in self.wanted if one.deed is Deed.MADE]
        joined = [tie for tie in self.become if tie.id in again and types[tie.type].category is Category.GROUP]
        after = {tie.id: tie for tie in self.become if tie.id not in again}
        return replace(self, taken=taken_once(housed, places.but(going), after, joined))


def is_relationship(record: str) -> bool:
    """Whether a record that an operation changed is a relationship, by its id."""
    return record.rpartition("_")[0] == "relationship"


def named(token: str) -> OperationId:
    """The operation whose plan a token names."""
    return OperationId(token.partition(".")[0])


def unrestorable(done: Done, now: datetime, days: int) -> list[Refusal]:
    """Why an operation can't be restored at all, whatever it did."""
    reason = None
    if done.kind not in KINDS:
        reason = "is of a kind that is not undone so"
    elif done.restored_by:
        reason = "has been undone already"
    elif done.going:
        reason = "is still under way; it can be undone once its job is done"
    elif done.at < now - timedelta(days=days):
        reason = f"was done more than {days:,} days ago"
    return [CannotBeRestored(path=("operation",), reason=reason)] if reason else []


def wanted(done: Done, now: Mapping[str, Now]) -> tuple[list[Wanted], list[Refusal]]:
    """What an operation's relationships are to be again, and what of them is gone or has changed since."""
    found: list[Wanted] = []
    problems: list[Refusal] = []
    for record, (old, new) in done.records.items():
        id, current, here = RelationshipId(record), now.get(record), (record,)
        if not is_relationship(record):
            continue
        if new is None:
            if old is None:
                problems.append(CannotBeRestored(path=here, reason="was erased"))
            elif "created_at" not in old:
                problems.append(CannotBeRestored(path=here, reason="was not kept whole when it was removed"))
            else:
                made = Made(datetime.fromisoformat(old["created_at"]), old["created_by"])
                found.append(Wanted(id, Deed.REMOVED, draft_of(old), old["version"], made))
        elif current is None:
            problems.append(NotFound(path=here))
        elif any(current.recorded.get(name) != value for name, value in new.items()):
            problems.append(ChangedSince(path=here))
        elif old is None:
            found.append(Wanted(id, Deed.MADE, None, current.relationship.version))
        elif old:
            within = current.relationship.within
            first = {"first": within.first.isoformat()} if within else {}
            draft = draft_of({**current.recorded, **first, **old})
            found.append(Wanted(id, Deed.CHANGED, draft, current.relationship.version))
    # memberships first: what was made within a household rests on them
    found.sort(key=lambda one: (not (one.draft and PartyKind.of(one.draft.target) is PartyKind.HOUSEHOLD), one.id))
    return found, problems


def draft_of(recorded: Mapping[str, Any]) -> NewRelationship:
    """A relationship as it was recorded, as one that is to be made."""
    given = {name: value for name, value in recorded.items() if name in GIVEN}
    if "first" in given:
        given["first"] = date.fromisoformat(given["first"])
    return NewRelationship(**{"primary": False, **given})  # as it was, not as a first household would be


def returning(
    done: Done, kept: Mapping[str, Kept], cases: Mapping[str, Mapping[str, Any]], leave_out: Collection[str] = ()
) -> tuple[Back, list[Refusal]]:
    """What beside relationships comes back of an operation, and what of it is erased, is another's by now, or has been
    changed since. `kept` is what was kept of records, `cases` the fields of the cases that stayed, as they are now."""
    records, again, problems = list[str](), dict[str, Mapping[str, Any]](), list[Refusal]()
    for record, (old, new) in done.records.items():
        if is_relationship(record) or record in leave_out:
            continue
        if new is None:
            if record not in kept:
                problems.append(CannotBeRestored(path=(record,), reason="was erased"))
            elif kept[record].alone:
                problems.append(CannotBeRestored(path=(record,), reason="was merged into a customer who is deleted"))
            problems += [AlreadyTaken(path=(record, name)) for name in (kept[record].taken if record in kept else ())]
            records.append(record)
        elif record not in cases:
            problems.append(NotFound(path=(record,)))
        elif any(cases[record].get(name) != value for name, value in new.items()):
            problems.append(ChangedSince(path=(record,)))
        elif old:
            again[record] = old
    return Back(tuple(records), again), problems


def plan_restore(
    done: Done,
    now: Mapping[str, Now],
    known: Known,
    leave_out: Collection[str] = (),
    back: tuple[Back, Sequence[Refusal]] = (Back(), ()),
) -> Restoration:
    """What restoring an operation would do beside what is known, without some of its records; `back` is what
    `returning` says of those that are no relationships, which `known` knows as if they were back.

    It goes under the rules for new ones, but that its types may be deactivated and a property required since. The place
    of a problem begins with the record's id.
    """
    all_of_it, problems = wanted(done, now)
    problems += back[1]
    left = [one for one in all_of_it if one.id not in leave_out]
    problems = [problem for problem in problems if problem.path[0] not in leave_out]
    drafts = [(one, one.draft) for one in left if one.draft]
    away = {one.id for one in left if one.deed is not Deed.REMOVED}
    beside = replace(
        known,
        types={code: lenient(type) for code, type in known.types.items()},
        existing=[tie for tie in known.existing if tie.id not in away],
        lineage=[tie for tie in known.lineage if tie.id not in away],
        places=known.places.but(away),
    )
    become: tuple[Relationship, ...] = ()
    try:
        made = plan_relate([draft for _, draft in drafts], [one.id for one, _ in drafts], beside)
        become = tuple(replace(r, version=one.version) for r, (one, _) in zip(made, drafts, strict=True))
    except Refused as refused:
        problems += [placed(refusal, drafts[int(refusal.path[0])][0].id) for refusal in refused.refusals]
    if not (left or problems or back[0].records or back[0].cases):
        problems.append(CannotBeRestored(path=("operation",), reason="has nothing left to be undone"))
    own = [record for record in done.records if record not in done.answer]
    beside_them = [Record(id, Deed.REMOVED, None, None, None) for id in back[0].records]
    beside_them += [Record(id, Deed.CHANGED, None, None, None) for id in back[0].cases]
    records = (*beside_them, *(shown(one, now, known, back[0].records) for one in left))
    return Restoration(done.id, tuple(left), become, tuple(problems), tuple(own), records, back[0])


def shown(one: Wanted, now: Mapping[str, Now], known: Known, back: Collection[str]) -> Record:
    """A relationship as a plan shows it; what is only back with it is not there yet."""
    tie = one.draft or now[one.id].relationship
    type = known.types.get(tie.type)
    source, target = (end if end in known.ends and end not in back else None for end in (tie.source, tie.target))
    return Record(one.id, one.deed, type.id if type and type.id not in back else None, source, target)


def placed(refusal: Refusal, id: str) -> Refusal:
    """A refusal of a draft, its place beginning with the relationship instead of the draft's number."""
    return replace(refusal, path=(id, *refusal.path[1:]))


def lenient(type: RelationshipType) -> RelationshipType:
    """A type as it takes back what it had."""
    properties = tuple(replace(definition, required=False) for definition in type.properties)
    return replace(type, active=True, properties=properties)
