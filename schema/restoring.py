"""Restoring what an operation removed or changed (SPEC 8.5)."""

import strawberry

from domain.ids import OperationId, prefix_of
from domain.refusals import InvalidValue, Refused
from domain.restoring import named
from resolvers.operations import Done
from resolvers.reading.declare import ref, refs
from resolvers.restoring import plan_restoring
from schema.idempotency import Once
from schema.info import Info
from schema.jobs import Job
from schema.operations import Operation
from schema.plans import UndoPlan
from schema.refusals import undo_plan
from schema.relationships import Relationship


async def root_restore_plan(info: Info, operation: strawberry.ID) -> UndoPlan | None:
    """What restoring an operation would do; one that is not known is an error beside null."""
    return undo_plan(await plan_restoring(info.context, OperationId(operation)))


@strawberry.input(description="Either the operation, or the token of its `restorePlan`, which then is done exactly so.")
class RestoreInput(Once):
    operation: strawberry.ID | None = strawberry.UNSET
    token: str | None = strawberry.UNSET
    leave_out: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Records, of those that can be, that stay as they are; relationships, where a job does it.",
    )

    def asked(self) -> tuple[OperationId, str | None, list[str]]:
        """Operation, token and what to leave out, as the use case takes them. Raises Refused."""
        left_out = [str(id) for id in self.leave_out or ()]
        if self.operation and not self.token:
            return OperationId(self.operation), None, left_out
        if self.token and not self.operation:
            return named(self.token), self.token, left_out
        raise Refused(InvalidValue(path=("operation",), reason="either the operation or the token of its plan"))


@strawberry.type(
    description="What was removed or changed is as it was; `relationships` are the first 1,000 of it. Where a job does "
    "it, there are none yet: all of it is seen once the job is done, or nothing, where the job fails."
)
class Restored:
    relationships: list[Relationship]
    operation: Operation
    job: Job | None = strawberry.field(description="What does it, where a job has deleted it.")

    @classmethod
    def of(cls, done: Done) -> "Restored":
        jobs = [id for id in done.ids if prefix_of(id) == "job"]
        ties = [id for id in done.ids if id not in jobs]
        job = ref(Job, jobs[0]) if jobs else None
        return cls(relationships=refs(Relationship, ties), operation=ref(Operation, done.operation), job=job)
