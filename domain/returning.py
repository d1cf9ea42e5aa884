"""Restoring what a job has deleted: part by part, out of sight until all of it is back, or what is back goes again
(SPEC 8.2, 8.5)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from domain.doomed import DEFINITIONS, Thing
from domain.ids import PartyId
from domain.jobs import CANCELLED, Job, JobKind, Part
from domain.leaving import memberships
from domain.parties import PartyKind
from domain.refusals import Refusal, Refused
from domain.relating import wrong_answering, wrong_ends, wrong_type
from domain.relationships import Known, NewRelationship
from domain.restoring import Done, Wanted, lenient, placed, wanted

Records = Mapping[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]
MOST_NAMED = 10
"""So many of what no longer fits a job names."""


class Phase(Enum):
    """What a job that brings records back is at, in this order; with `AWAY` it has turned round."""

    MEMBERS = "MEMBERS"
    TIES = "TIES"
    CASES = "CASES"
    ALL = "ALL"
    TELL = "TELL"
    FORGET = "FORGET"
    AWAY = "AWAY"
    RELEASE = "RELEASE"


OUT_OF_SIGHT = frozenset({Phase.MEMBERS, Phase.TIES, Phase.CASES, Phase.ALL})
"""Until all is back it can go again."""


@dataclass(frozen=True)
class Stage:
    """Up to where a job has come: in what phase, after which part or case of it; once it has turned round, why."""

    phase: Phase = Phase.MEMBERS
    after: str = ""
    why: str | None = None

    @classmethod
    def of(cls, cursor: str) -> "Stage":
        """The stage that a job's cursor tells of."""
        if not cursor:
            return cls()
        phase, after, why = json.loads(cursor)
        return cls(Phase(phase), after, why)

    @property
    def cursor(self) -> str:
        """The stage as a job keeps it."""
        return json.dumps([self.phase.value, self.after, self.why])

    @property
    def place(self) -> int:
        """The number of the part after which it goes on."""
        return int(self.after or 0)

    def at(self, after: str | int) -> "Stage":
        """The same phase, further on."""
        return replace(self, after=str(after))

    def then(self, phase: Phase) -> "Stage":
        """The next phase, from its beginning."""
        return replace(self, phase=phase, after="")


def turned(job: Job, why: str) -> Part | None:
    """The part of a job that has it turn round, since something no longer fits, or it was cancelled; None where it
    cannot."""
    if Stage.of(job.cursor).phase not in OUT_OF_SIGHT:
        return None
    return Part(0, Stage(Phase.AWAY, why=why).cursor, why=why)


def cancelled(job: Job) -> Part | None:
    """The part of a job that cancels it, None where it cannot be: one that looks for duplicates ends, one that brings
    something back turns round, as long as nobody sees it. What is deleted is out of sight once there is a job of it,
    and restored by whoever wants it back; what is erased is gone for good."""
    match job.kind:
        case JobKind.FIND_DUPLICATES:
            return Part(0, job.cursor, over=True, why=CANCELLED)
        case JobKind.RESTORE:
            return turned(job, CANCELLED)
        case JobKind.DELETE | JobKind.ERASE:
            return None


def told(error: Exception) -> str:
    """What no longer fits, each by its record's id and place, as a job keeps it."""
    if not isinstance(error, Refused):
        return str(error)
    named = [f"{' '.join(refusal.path)}: {refusal.message}" for refusal in error.refusals]
    more = [f"and {len(named) - MOST_NAMED:,} more"] if len(named) > MOST_NAMED else []
    return "\n".join([*named[:MOST_NAMED], *more])


def of_phase(records: Records, phase: Phase) -> Records:
    """Those relationships of a part that come back in a phase: places in households before all else, since what was
    made within a household rests on them."""
    return {id: row for id, row in records.items() if (phase is Phase.MEMBERS) == is_place(row[0] or {})}


def is_place(old: Mapping[str, Any]) -> bool:
    """Whether a relationship as it was recorded is a consumer's place in a household."""
    ends = NewRelationship(type="", source=PartyId(old.get("source", "")), target=PartyId(old.get("target", "")))
    return bool(memberships([ends]))


def back_with(answer: Sequence[str]) -> list[str]:
    """The definition that comes back with its relationships, of what a deletion was asked for."""
    return [id for id in answer[:1] if Thing.of(id) in DEFINITIONS]


def gone_with(records: Records) -> tuple[list[PartyId], list[str]]:
    """The parties, and the other records, of what a deletion has removed beside relationships."""
    parties = [PartyId(id) for id in records if PartyKind.of(id)]
    return parties, [id for id in records if not PartyKind.of(id)]


def part_of(done: Done, records: Records) -> Done:
    """An operation as if it had removed these records only."""
    return replace(done, records=records)


def ends_of(records: Records) -> set[PartyId]:
    """All ends of relationships as they were recorded, and the households that they were made within."""
    places = ("source", "target", "household")
    return {PartyId(old[place]) for old, _ in records.values() if old for place in places if old.get(place)}


def misfits(done: Done, known: Known) -> tuple[list[Wanted], list[Refusal]]:
    """An operation's relationships, and which of them no longer fit their types and ends, whatever else there is."""
    found, problems = wanted(done, {})
    types = {code: lenient(type) for code, type in known.types.items()}
    for one in found:
        assert one.draft
        type = types.get(one.draft.type)
        wrong = [*wrong_type(one.draft, type), *wrong_ends(one.draft, type, known)]
        if type and not wrong:
            wrong = wrong_answering(one.draft, type, known)
        problems += [placed(refusal, one.id) for refusal in wrong]
    return found, problems
