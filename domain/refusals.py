"""Refusals: what a rule says no to, as plain data with its place in the input (DESIGN 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from domain.ids import (
    CaseId,
    ConsentId,
    OperationId,
    PartyId,
    PointsTypeId,
    RelationshipId,
    RelationshipTypeId,
    ResponsibilityId,
)

Place = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One thing that is wrong; `path` is its place in the input, such as ("relationships", "2", "target")."""

    path: Place = ()

    @property
    def message(self) -> str:
        """The reason in a sentence for people, without anything of the store's inside."""
        return "This is not possible."

    def under(self, *outer: str) -> Self:
        """The same refusal, its place seen from further out."""
        return replace(self, path=(*outer, *self.path))

    def renamed(self, names: Mapping[str, str]) -> Self:
        """The same refusal, the steps of its place as another input calls them."""
        return replace(self, path=tuple(names.get(step, step) for step in self.path))


class Refused(Exception):
    """Raised by rules; carries all that is wrong at once."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(r.message for r in refusals))
        self.refusals: tuple[Refusal, ...] = refusals


def demand(refusals: Sequence[Refusal]) -> None:
    """Raises Refused if there is anything to refuse."""
    if refusals:
        raise Refused(*refusals)


@dataclass(frozen=True, kw_only=True)
class InvalidValue(Refusal):
    reason: str

    @property
    def message(self) -> str:
        return f"{self.path[-1] if self.path else 'The value'}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class InvalidProperty(InvalidValue):
    """A custom property that is missing, unknown, or not of its type."""


@dataclass(frozen=True, kw_only=True)
class NotFound(Refusal):
    @property
    def message(self) -> str:
        return "Nothing is known by this id."


@dataclass(frozen=True, kw_only=True)
class NotAllowed(Refusal):
    missing: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"This needs {' or '.join(self.missing)}."


@dataclass(frozen=True, kw_only=True)
class StaleVersion(Refusal):
    record: str
    current_version: int

    @property
    def message(self) -> str:
        return f"This was changed meanwhile; its version is now {self.current_version}."


@dataclass(frozen=True, kw_only=True)
class IdempotencyKeyReused(Refusal):
    @property
    def message(self) -> str:
        return "Something else was done under this idempotency key."


@dataclass(frozen=True, kw_only=True)
class AlreadyTaken(Refusal):
    """A value that must be unique is another's; `by` is the party that has it, where it is a party's."""

    by: PartyId | None = None

    @property
    def message(self) -> str:
        return f"{self.path[-1] if self.path else 'This'} is already taken."


@dataclass(frozen=True, kw_only=True)
class UnknownRelationshipType(Refusal):
    code: str

    @property
    def message(self) -> str:
        return "There is no relationship type of this code."


@dataclass(frozen=True, kw_only=True)
class InactiveRelationshipType(Refusal):
    type: RelationshipTypeId
    name: str

    @property
    def message(self) -> str:
        return f"The type {self.name} takes no new relationships."


@dataclass(frozen=True, kw_only=True)
class WrongKind(Refusal):
    allowed: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"Only {' or '.join(self.allowed)} can stand here."


@dataclass(frozen=True, kw_only=True)
class SelfRelationship(Refusal):
    @property
    def message(self) -> str:
        return "Nobody can be related to themself."


@dataclass(frozen=True, kw_only=True)
class DuplicateRelationship(Refusal):
    existing: RelationshipId | None

    @property
    def message(self) -> str:
        where = "already" if self.existing else "twice in this input"
        return f"The two are related by this type in this period {where}."


@dataclass(frozen=True, kw_only=True)
class WouldMakeCycle(Refusal):
    """`cycle` holds each party once, each related to the next and the last to the first."""

    cycle: tuple[PartyId, ...]

    @property
    def message(self) -> str:
        return f"This would make a cycle of {len(self.cycle)} parties."


@dataclass(frozen=True, kw_only=True)
class TooMany(Refusal):
    limit: int
    existing: tuple[RelationshipId, ...]

    @property
    def message(self) -> str:
        besides = {"head": "head", "primary": "primary household", "responsibility": "with this responsibility"}
        what = besides.get(self.path[-1] if self.path else "", "of this type")
        return f"At most {self.limit} {what} at a time."


@dataclass(frozen=True, kw_only=True)
class NotInOneHousehold(Refusal):
    """An end is no member of the household, on the first day or since."""

    @property
    def message(self) -> str:
        return "Both must be members of this household on the first day, and must not have left since."


@dataclass(frozen=True, kw_only=True)
class MissingResponsibility(Refusal):
    @property
    def message(self) -> str:
        return "A relationship of this type needs a responsibility."


@dataclass(frozen=True, kw_only=True)
class WrongResponsibility(Refusal):
    allowed: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"The responsibility must be {' or '.join(self.allowed)}." if self.allowed else "No responsibility here."


@dataclass(frozen=True, kw_only=True)
class InactiveResponsibility(Refusal):
    responsibility: ResponsibilityId
    name: str

    @property
    def message(self) -> str:
        return f"The responsibility {self.name} takes no new relationships."


@dataclass(frozen=True, kw_only=True)
class MissingRole(Refusal):
    """Staff need a role to be given a responsibility (SPEC 5.3)."""

    role: str

    @property
    def message(self) -> str:
        return f"This needs somebody who is {self.role}."


@dataclass(frozen=True, kw_only=True)
class EndBeforeStart(Refusal):
    @property
    def message(self) -> str:
        return "The end lies before the start."


@dataclass(frozen=True, kw_only=True)
class WouldNotFit(Refusal):
    """Relationships that are stored and that a change of their type, or of their responsibility, would not allow;
    `examples` are some of them."""

    count: int
    examples: tuple[RelationshipId, ...]

    @property
    def message(self) -> str:
        return f"{self.count:,} relationship{'s' if self.count > 1 else ''} would not fit."


@dataclass(frozen=True, kw_only=True)
class CannotBeRestored(Refusal):
    """An operation, or one of its records, that cannot be brought back at all."""

    reason: str

    @property
    def message(self) -> str:
        return f"This {self.reason}."


@dataclass(frozen=True, kw_only=True)
class ChangedSince(Refusal):
    """A record that was changed after the operation that is to be undone."""

    @property
    def message(self) -> str:
        return "This was changed since."


@dataclass(frozen=True, kw_only=True)
class PlanChanged(Refusal):
    """What a plan rests on was changed since it was made; `plan` is the new one, which its own kind shows."""

    plan: object

    @property
    def message(self) -> str:
        return "The plan has changed; look at the new one."


@dataclass(frozen=True, kw_only=True)
class MergedAway(Refusal):
    """A customer who was merged into another, the `survivor`, and takes part in nothing more."""

    survivor: PartyId

    @property
    def message(self) -> str:
        return "This customer was merged into another."


@dataclass(frozen=True, kw_only=True)
class WrongSurvivor(Refusal):
    """Two customers whose statuses don't let them be merged this way round; `status` is that of the one named."""

    status: str

    @property
    def message(self) -> str:
        return f"A survivor is ENROLLED, or ACTIVE where the other is not ENROLLED; this one is {self.status}."


@dataclass(frozen=True, kw_only=True)
class NotTheSame(Refusal):
    """Two customers of whom somebody has said that they are not the same."""

    @property
    def message(self) -> str:
        return "The two, or others merged into them, are marked as not the same."


@dataclass(frozen=True, kw_only=True)
class TooManyRecords(Refusal):
    """What would change is more than can be done at once; at least `count` records."""

    count: int
    limit: int

    @property
    def message(self) -> str:
        return f"This concerns {self.count:,} records; at most {self.limit:,} can be done at once."


@dataclass(frozen=True, kw_only=True)
class NotConfirmed(Refusal):
    """A plan has warnings that were not confirmed; `warnings` are their names."""

    warnings: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"These warnings must be confirmed: {', '.join(self.warnings)}."


@dataclass(frozen=True, kw_only=True)
class LaterMerge(Refusal):
    """A merge that is followed by another of its survivor, `operation`, which has to be undone first."""

    operation: OperationId

    @property
    def message(self) -> str:
        return "A later merge of the same customer has to be undone first."


@dataclass(frozen=True, kw_only=True)
class DeletePlanChanged(PlanChanged):
    """The same of a plan of deleting."""


@dataclass(frozen=True, kw_only=True)
class CannotBeDeleted(Refusal):
    """A record that is never deleted, or not so."""

    reason: str

    @property
    def message(self) -> str:
        return f"This {self.reason}."


@dataclass(frozen=True, kw_only=True)
class OpenCases(Refusal):
    """A customer has open cases, for which must be chosen whether they are closed or deleted; `cases` are some."""

    count: int
    cases: tuple[CaseId, ...]

    @property
    def message(self) -> str:
        return f"{self.count:,} open case{'s' if self.count > 1 else ''} must be closed or deleted."


@dataclass(frozen=True, kw_only=True)
class StillUsed(Refusal):
    """Relationships carry a responsibility that is to be deleted without them; `examples` are some of them."""

    count: int
    examples: tuple[RelationshipId, ...]

    @property
    def message(self) -> str:
        return f"{self.count:,} {'relationships still use' if self.count > 1 else 'relationship still uses'} this."


@dataclass(frozen=True, kw_only=True)
class NotUnderWay(Refusal):
    """A job that has ended, or is of a kind that cannot be taken back; `state` is where it stands."""

    state: str

    @property
    def message(self) -> str:
        return f"This job is {self.state}; it cannot be cancelled."


@dataclass(frozen=True, kw_only=True)
class ActionNotAvailable(Refusal):
    """What a customer's status does not allow; `available` are the actions that it does."""

    action: str
    status: str
    available: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"{self.action} is not possible for a customer who is {self.status}."


@dataclass(frozen=True, kw_only=True)
class MissingLogin(Refusal):
    """Somebody who has no login has no password either."""

    @property
    def message(self) -> str:
        return "This needs somebody who has a login."


@dataclass(frozen=True, kw_only=True)
class ResetUnderWay(Refusal):
    """The mail with a new password is on its way; at the latest then another can be sent."""

    until: datetime

    @property
    def message(self) -> str:
        return "A new password is on its way; wait until what becomes of it stands in the history."


@dataclass(frozen=True, kw_only=True)
class MailNotSetUp(Refusal):
    @property
    def message(self) -> str:
        return "This needs a mail server, which is not set up."


@dataclass(frozen=True, kw_only=True)
class UnknownPointsType(Refusal):
    code: str

    @property
    def message(self) -> str:
        return "There is no points type of this code."


@dataclass(frozen=True, kw_only=True)
class InactivePointsType(Refusal):
    type: PointsTypeId
    name: str

    @property
    def message(self) -> str:
        return f"The points type {self.name} takes no more adjustments."


@dataclass(frozen=True, kw_only=True)
class NotEnoughPoints(Refusal):
    """An adjustment would bring a balance below zero; `balance` is what there is."""

    balance: int

    @property
    def message(self) -> str:
        return f"There are {self.balance:,} points of this type, which cannot become fewer than none."


@dataclass(frozen=True, kw_only=True)
class WrongCaseStatus(Refusal):
    """What a case's status, which is this one, does not allow: to close what is closed, to reopen what is open."""

    status: str

    @property
    def message(self) -> str:
        return f"This case is {self.status} already."


@dataclass(frozen=True, kw_only=True)
class WrongPassword(Refusal):
    @property
    def message(self) -> str:
        return "This is not the password."


@dataclass(frozen=True, kw_only=True)
class NoSession(Refusal):
    """Whoever asks shows what Kith cannot end: a token of an issuer, or a key."""

    @property
    def message(self) -> str:
        return "There is no session of Kith's to end; end it where it began."


@dataclass(frozen=True, kw_only=True)
class WrongAge(Refusal):
    """Somebody who, by what is known of the birth date, is not surely of the age at which consents are given so."""

    by_guardian: bool

    @property
    def message(self) -> str:
        if self.by_guardian:
            return "Only for who is known to be under 16 a parent or an Authorized Representative consents."
        return "Only who is known to be 16 consents; for a child a parent or an Authorized Representative does."


@dataclass(frozen=True, kw_only=True)
class AlreadyConsented(Refusal):
    """There is a consent to this app already, which must be withdrawn before another is given."""

    existing: ConsentId

    @property
    def message(self) -> str:
        return "There is a consent to this app; withdraw it first."


@dataclass(frozen=True, kw_only=True)
class NotConsented(Refusal):
    """There is no consent to this app that could be withdrawn."""

    @property
    def message(self) -> str:
        return "There is no consent to this app."
