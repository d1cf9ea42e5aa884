"""Deleting and erasing: asked for by a record, done by the token of the plan (SPEC 8.1, 8.2)."""

from typing import Annotated

import strawberry

from domain.delete_tokens import Asked, OpenCaseChoice
from resolvers.deleting import plan_deleting
from resolvers.operations import Done
from resolvers.reading.declare import ref
from schema.delete_plans import DeletePlan
from schema.idempotency import Once
from schema.info import Info
from schema.jobs import Job
from schema.operations import Operation
from schema.refusals import Refused, delete_plan


@strawberry.input
class DeletePlanInput:
    id: strawberry.ID = strawberry.field(
        description="Of a customer, household, group, internal user, relationship type, responsibility or relationship."
    )
    erase: bool | None = strawberry.field(
        default=False, description="For good, also of what was deleted before: nothing of it is kept but that it was."
    )
    open_cases: OpenCaseChoice | None = strawberry.UNSET
    take_relationships: bool | None = strawberry.field(
        default=False, description="Of a responsibility: also the relationships that carry it."
    )

    def asked(self) -> Asked:
        """As the rules take it."""
        return Asked(str(self.id), bool(self.erase), self.open_cases or None, bool(self.take_relationships))


DeletePlanResult = Annotated[DeletePlan | Refused, strawberry.union("DeletePlanResult")]


async def root_delete_plan(info: Info, input: DeletePlanInput) -> DeletePlanResult:
    """What deleting a record takes; nothing is done. Raises Refused."""
    return delete_plan(await plan_deleting(info.context, input.asked()))


@strawberry.input
class DeleteInput(Once):
    token: str = strawberry.field(
        description="Of a `deletePlan`, which is done exactly so, or refused with the new one."
    )


@strawberry.type(description="What was to be deleted is; restoring `operation` brings it back, unless it was erased.")
class Deleted:
    id: strawberry.ID
    operation: Operation
    job: Job | None = strawberry.field(
        description="What does it, where it takes many records; they are out of sight. Of erasing what goes on with "
        "it, where many records that were deleted before are to be looked through."
    )

    @classmethod
    def of(cls, done: Done) -> "Deleted":
        (id, *jobs) = done.ids
        job = ref(Job, jobs[0]) if jobs else None
        return cls(id=strawberry.ID(id), operation=ref(Operation, done.operation), job=job)
