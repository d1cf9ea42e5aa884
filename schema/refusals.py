"""Refusals: one GraphQL type for each of the rules' (DESIGN 6); what they name is read like everything else."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import strawberry
from strawberry.extensions import FieldExtension

from domain import refusals
from domain.deleting import Deletion
from domain.ids import RelationshipId
from domain.internal_users import Role as StaffRole
from domain.lifecycle import CustomerAction as Action
from domain.merging import MergePlan as Merging
from domain.merging import MergeWarning
from domain.parties import PartyKind as Kind
from domain.restoring import Record, Restoration
from domain.unmerging import Unmerging
from resolvers.reading.declare import ref, refs
from schema.cases import Case
from schema.consents import Consent
from schema.delete_plans import DeleteCount, DeletePlan
from schema.enums import CaseStatus, CustomerAction, JobState, PartyKind, Role
from schema.merge_plans import MergePlan, merge_plan
from schema.operations import Operation
from schema.parties import Party, PartyRecord
from schema.plans import MOST_SHOWN, Plan, UndoPlan, UndoRecord
from schema.points_types import PointsType
from schema.relationship_types import RelationshipType
from schema.relationships import Relationship
from schema.responsibilities import Responsibility


@strawberry.interface(
    description='Something that is wrong; `path` is its place in the input: ["relationships", "2", "target"].'
)
class Refusal:
    message: str
    path: list[str]


@strawberry.type(description="A value that its field cannot take.")
class InvalidValue(Refusal):
    pass


@strawberry.type(description="A custom property that is missing, unknown or not of its type.")
class InvalidProperty(Refusal):
    pass


@strawberry.type(description="Nothing is known by this id.")
class NotFound(Refusal):
    pass


@strawberry.type(description="The viewer may not do this.")
class NotAllowed(Refusal):
    missing: list[str]


@strawberry.type(description="The record was changed meanwhile. `current` is the record where it is a party.")
class StaleVersion(Refusal):
    current_version: int
    current: PartyRecord | None


@strawberry.type(description="Something else was done under this idempotency key.")
class IdempotencyKeyReused(Refusal):
    pass


@strawberry.type(description="A value that must be unique is another's.")
class AlreadyTaken(Refusal):
    by: PartyRecord | None


@strawberry.type
class UnknownRelationshipType(Refusal):
    code: str


@strawberry.type
class InactiveRelationshipType(Refusal):
    type: RelationshipType


@strawberry.type(description="A party of a kind that cannot stand there.")
class WrongKind(Refusal):
    allowed: list[PartyKind]


@strawberry.type
class SelfRelationship(Refusal):
    pass


@strawberry.type(
    description="The same relationship in the same period; `existing` is null if it stands in the same input."
)
class DuplicateRelationship(Refusal):
    existing: Relationship | None


@strawberry.type(description="`cycle`: each is related to the next, and the last to the first.")
class WouldMakeCycle(Refusal):
    cycle: list[Party]


@strawberry.type(description="`existing` are those that are stored; others may stand in the same input.")
class TooMany(Refusal):
    limit: int
    existing: list[Relationship]


@strawberry.type(description="An end is no member of the household, on the first day or since.")
class NotInOneHousehold(Refusal):
    pass


@strawberry.type
class MissingResponsibility(Refusal):
    pass


@strawberry.type(description="`allowed` has codes of responsibilities; empty: this type takes none.")
class WrongResponsibility(Refusal):
    allowed: list[str]


@strawberry.type(description="It takes no new relationships.")
class InactiveResponsibility(Refusal):
    responsibility: Responsibility


@strawberry.type(description="Somebody of the staff who has not the role that this takes.")
class MissingRole(Refusal):
    role: Role


@strawberry.type
class EndBeforeStart(Refusal):
    pass


@strawberry.type(
    description="Relationships that are there and that the change would not allow; `examples` are some of them."
)
class WouldNotFit(Refusal):
    count: int
    examples: list[Relationship]


@strawberry.type(description="What the customer's status does not allow; `available` are the actions that it does.")
class ActionNotAvailable(Refusal):
    action: CustomerAction
    available: list[CustomerAction]


@strawberry.type(description="A customer who was merged into another, and takes part in nothing more.")
class MergedAway(Refusal):
    survivor: Party


@strawberry.type(description="Two customers who can't be merged this way round, by their statuses.")
class WrongSurvivor(Refusal):
    pass


@strawberry.type(description="Two customers of whom somebody has said that they are not the same.")
class NotTheSame(Refusal):
    pass


@strawberry.type(description="More records than can be changed at once; there are at least `count`.")
class TooManyRecords(Refusal):
    count: int
    limit: int


@strawberry.type(description="Warnings of a plan that were not confirmed.")
class NotConfirmed(Refusal):
    warnings: list[MergeWarning]


@strawberry.type(description="A merge followed by another, `operation`, which has to be undone first.")
class LaterMerge(Refusal):
    operation: Operation


@strawberry.type(description="An operation, or one of its records, that cannot be brought back at all.")
class CannotBeRestored(Refusal):
    pass


@strawberry.type(description="A record that was changed after the operation that is to be undone.")
class ChangedSince(Refusal):
    pass


@strawberry.type(description="What a plan rests on was changed since it was made; `plan` is the new one.")
class PlanChanged(Refusal):
    plan: Plan


@strawberry.type(description="A job that has ended, or is of a kind that cannot be taken back.")
class NotUnderWay(Refusal):
    state: JobState


@strawberry.type(description="Somebody who has no login has no password either.")
class MissingLogin(Refusal):
    pass


@strawberry.type(description="A new password is on its way; another can be sent at `until`, at the latest.")
class ResetUnderWay(Refusal):
    until: datetime


@strawberry.type(description="This needs a mail server, and the service has none.")
class MailNotSetUp(Refusal):
    pass


@strawberry.type(description="What deleting a record takes was changed since it was planned; `plan` is the new one.")
class DeletePlanChanged(Refusal):
    delete_plan: DeletePlan = strawberry.field(name="plan")


@strawberry.type(description="A record that is never deleted, or not so.")
class CannotBeDeleted(Refusal):
    pass


@strawberry.type(
    description="Open cases, for which must be chosen whether they are closed or deleted; `cases` are some."
)
class OpenCases(Refusal):
    count: int
    cases: list[Case]


@strawberry.type(description="Relationships that carry a responsibility to be deleted; `examples` are some of them.")
class StillUsed(Refusal):
    count: int
    examples: list[Relationship]


@strawberry.type
class UnknownPointsType(Refusal):
    code: str


@strawberry.type(description="It takes no adjustments.")
class InactivePointsType(Refusal):
    type: PointsType


@strawberry.type(description="A balance would come below zero; `balance` is what there is.")
class NotEnoughPoints(Refusal):
    balance: int


@strawberry.type(description="What the case's status, which is this one, does not allow.")
class WrongCaseStatus(Refusal):
    status: CaseStatus


@strawberry.type(description="It is not the viewer's password.")
class WrongPassword(Refusal):
    pass


@strawberry.type(description="The viewer has signed in elsewhere, where alone that can be ended.")
class NoSession(Refusal):
    pass


@strawberry.type(description="Somebody who is not known to be of the age at which consents are given so.")
class WrongAge(Refusal):
    pass


@strawberry.type(description="There is a consent to this app already.")
class AlreadyConsented(Refusal):
    existing: Consent


@strawberry.type(description="There is no consent to this app.")
class NotConsented(Refusal):
    pass


@strawberry.type(description="Nothing was done; all that is wrong.")
class Refused:
    refusals: list[Refusal]


Shown = Callable[[Any], Mapping[str, Any]]


def nothing(_: Any) -> Mapping[str, Any]:
    return {}


SHOWN: Mapping[type[refusals.Refusal], tuple[type[Refusal], Shown]] = {
    refusals.InvalidValue: (InvalidValue, nothing),
    refusals.InvalidProperty: (InvalidProperty, nothing),
    refusals.NotFound: (NotFound, nothing),
    refusals.NotAllowed: (NotAllowed, lambda r: {"missing": list(r.missing)}),
    refusals.StaleVersion: (
        StaleVersion,
        lambda r: {"current_version": r.current_version, "current": party(r.record)},
    ),
    refusals.IdempotencyKeyReused: (IdempotencyKeyReused, nothing),
    refusals.AlreadyTaken: (AlreadyTaken, lambda r: {"by": party(r.by)}),
    refusals.UnknownRelationshipType: (UnknownRelationshipType, lambda r: {"code": r.code}),
    refusals.InactiveRelationshipType: (InactiveRelationshipType, lambda r: {"type": ref(RelationshipType, r.type)}),
    refusals.WrongKind: (WrongKind, lambda r: {"allowed": [Kind[name] for name in r.allowed]}),
    refusals.SelfRelationship: (SelfRelationship, nothing),
    refusals.DuplicateRelationship: (DuplicateRelationship, lambda r: {"existing": relationship(r.existing)}),
    refusals.WouldMakeCycle: (WouldMakeCycle, lambda r: {"cycle": refs(Party, r.cycle)}),
    refusals.TooMany: (TooMany, lambda r: {"limit": r.limit, "existing": refs(Relationship, r.existing)}),
    refusals.NotInOneHousehold: (NotInOneHousehold, nothing),
    refusals.MissingResponsibility: (MissingResponsibility, nothing),
    refusals.WrongResponsibility: (WrongResponsibility, lambda r: {"allowed": list(r.allowed)}),
    refusals.InactiveResponsibility: (
        InactiveResponsibility,
        lambda r: {"responsibility": ref(Responsibility, r.responsibility)},
    ),
    refusals.MissingRole: (MissingRole, lambda r: {"role": StaffRole[r.role]}),
    refusals.EndBeforeStart: (EndBeforeStart, nothing),
    refusals.WouldNotFit: (WouldNotFit, lambda r: {"count": r.count, "examples": refs(Relationship, r.examples)}),
    refusals.ActionNotAvailable: (
        ActionNotAvailable,
        lambda r: {"action": Action[r.action], "available": [Action[name] for name in r.available]},
    ),
    refusals.MergedAway: (MergedAway, lambda r: {"survivor": ref(Party, r.survivor)}),
    refusals.WrongSurvivor: (WrongSurvivor, nothing),
    refusals.NotTheSame: (NotTheSame, nothing),
    refusals.TooManyRecords: (TooManyRecords, lambda r: {"count": r.count, "limit": r.limit}),
    refusals.NotConfirmed: (NotConfirmed, lambda r: {"warnings": [MergeWarning[name] for name in r.warnings]}),
    refusals.LaterMerge: (LaterMerge, lambda r: {"operation": ref(Operation, r.operation)}),
    refusals.CannotBeRestored: (CannotBeRestored, nothing),
    refusals.ChangedSince: (ChangedSince, nothing),
    refusals.PlanChanged: (PlanChanged, lambda r: {"plan": new_plan(r.plan)}),
    refusals.NotUnderWay: (NotUnderWay, lambda r: {"state": JobState(r.state)}),
    refusals.MissingLogin: (MissingLogin, nothing),
    refusals.ResetUnderWay: (ResetUnderWay, lambda r: {"until": r.until}),
    refusals.MailNotSetUp: (MailNotSetUp, nothing),
    refusals.DeletePlanChanged: (DeletePlanChanged, lambda r: {"delete_plan": delete_plan(r.plan)}),
    refusals.CannotBeDeleted: (CannotBeDeleted, nothing),
    refusals.OpenCases: (OpenCases, lambda r: {"count": r.count, "cases": refs(Case, r.cases)}),
    refusals.StillUsed: (StillUsed, lambda r: {"count": r.count, "examples": refs(Relationship, r.examples)}),
    refusals.UnknownPointsType: (UnknownPointsType, lambda r: {"code": r.code}),
    refusals.InactivePointsType: (InactivePointsType, lambda r: {"type": ref(PointsType, r.type)}),
    refusals.NotEnoughPoints: (NotEnoughPoints, lambda r: {"balance": r.balance}),
    refusals.WrongPassword: (WrongPassword, nothing),
    refusals.NoSession: (NoSession, nothing),
    refusals.WrongCaseStatus: (WrongCaseStatus, lambda r: {"status": CaseStatus(r.status)}),
    refusals.WrongAge: (WrongAge, nothing),
    refusals.AlreadyConsented: (AlreadyConsented, lambda r: {"existing": ref(Consent, r.existing)}),
    refusals.NotConsented: (NotConsented, nothing),
}


class Refusable(FieldExtension):
    """The one place that turns what rules raise into `Refused`."""

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: Any, info: strawberry.Info, **arguments: Any
    ) -> Any:
        try:
            await info.context.look_again()
            return await next_(source, info, **arguments)
        except refusals.Refused as raised:
            return refused(raised)


def refused(raised: refusals.Refused) -> Refused:
    """What a rule raised, as the answer of a mutation."""
    return Refused(refusals=[shown(refusal) for refusal in raised.refusals])


def shown(refusal: refusals.Refusal) -> Refusal:
    """One refusal as the schema has it."""
    cls, more = SHOWN[type(refusal)]
    return cls(message=refusal.message, path=list(refusal.path), **more(refusal))


def party(id: str | None) -> PartyRecord | None:
    """The party of an id; None for none, and for what is no party."""
    return ref(PartyRecord, id) if id and Kind.of(id) else None


def relationship(id: RelationshipId | None) -> Relationship | None:
    """The relationship of an id, None for none."""
    return ref(Relationship, id) if id else None


def new_plan(plan: Any) -> Plan:
    """A plan that has changed, as its own kind shows it; each kind of plan has a line here."""
    return merging_plan(plan) if isinstance(plan, Merging) else undo_plan(plan)


def merging_plan(plan: Merging) -> MergePlan:
    """A plan of merging as the schema has it, with the refusals that it holds."""
    return merge_plan(plan, [shown(blocker) for blocker in plan.blockers])


def undo_plan(plan: Restoration | Unmerging) -> UndoPlan:
    """A plan of restoring, or of undoing a merge, as the schema has it, with the refusals that it holds."""
    return UndoPlan(
        token=plan.token,
        operation=ref(Operation, plan.operation),
        count=plan.count if isinstance(plan, Restoration) else len(plan.records),
        is_many=isinstance(plan, Restoration) and plan.many is not None,
        records=[undo_record(record) for record in plan.records[:MOST_SHOWN]],
        taken=refs(Relationship, [tie.id for tie in plan.taken[:MOST_SHOWN]]),
        taken_count=len(plan.taken),
        problems=[shown(problem) for problem in plan.problems],
        can_leave_out=[strawberry.ID(id) for id in plan.can_leave_out],
    )


def undo_record(record: Record) -> UndoRecord:
    """A record of a plan."""
    return UndoRecord(
        id=strawberry.ID(record.id),
        deed=record.deed,
        type=ref(RelationshipType, record.type) if record.type else None,
        source=ref(Party, record.source) if record.source else None,
        target=ref(Party, record.target) if record.target else None,
    )


def delete_plan(plan: Deletion) -> DeletePlan:
    """A plan of deleting as the schema has it, with the refusals that it holds."""
    return DeletePlan(
        token=plan.token,
        id=strawberry.ID(plan.root.id),
        name=plan.root.name,
        erases=plan.asked.erase,
        is_many=plan.many,
        count=len(plan.items),
        counts=[DeleteCount(rule=rule, count=count) for rule, count in plan.counts.items()],
        blockers=[shown(blocker) for blocker in plan.blockers],
        plan=plan,
    )
