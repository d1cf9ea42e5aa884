"""Jobs: long work that can be watched (SPEC 11.7)."""

from datetime import datetime
from typing import ClassVar

import strawberry

from resolvers.operations import Done
from resolvers.reading.connections import Connection, Paging
from resolvers.reading.declare import Scope, cursor, joined, ref, scope
from schema.enums import JobKind, JobState
from schema.idempotency import Once
from schema.nodes import Node
from schema.operations import Operation
from schema.parties import Party


@strawberry.type(description="Long work, done in parts: whoever serves goes on with one that another has left.")
class Job(Node):
    scope: ClassVar[Scope] = scope("job", refs="jobs/by_ids")

    kind: JobKind
    state: JobState
    record: strawberry.ID | None = strawberry.field(
        description="What it is about; of a restoration the operation that it undoes."
    )
    done: int = strawberry.field(description="How many records it has done so far.")
    total: int | None = strawberry.field(description="How many there are to do, where that is known beforehand.")
    found: int | None = strawberry.field(description="Its result: how many pairs a run over duplicates has noted.")
    refusal: str | None = strawberry.field(
        description="Why it failed, or why its last part did, if it is still under way; of a restoration what no "
        "longer fits, each by its record: then all that has come back goes again."
    )
    created_at: datetime
    updated_at: datetime
    created_by: Party | None = joined("jobs/created_by")
    operation: Operation | None = joined("jobs/operation")


@strawberry.type
class JobEdge:
    scope: ClassVar[Scope] = scope("job")

    cursor: str = cursor()
    node: Job


@strawberry.type
class JobConnection(Connection[JobEdge]):
    pass


class JobArguments(Paging):
    states: list[JobState] | None = None


@strawberry.input
class CancelJobInput(Once):
    job: strawberry.ID


@strawberry.type(description="No more of it is done: what was found stays, what was coming back goes again.")
class JobCancelled:
    job: Job
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "JobCancelled":
        return cls(job=ref(Job, done.id), operation=ref(Operation, done.operation))


@strawberry.input
class FindDuplicatesInput(Once):
    pass


@strawberry.type(description="A run over all customers is under way, whose pairs `duplicates` lists as they are noted.")
class DuplicatesSought:
    job: Job
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "DuplicatesSought":
        return cls(job=ref(Job, done.id), operation=ref(Operation, done.operation))
