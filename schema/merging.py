"""Merging two customers, and undoing it (SPEC 7)."""

from typing import Annotated

import strawberry

from domain.ids import OperationId, PartyId
from domain.merge_tokens import Asked
from domain.merging import MergeWarning
from domain.winners import MergeSide
from resolvers.merging import plan_merging
from resolvers.operations import Done
from resolvers.reading.declare import ref
from resolvers.unmerging import plan_unmerging
from schema.customers import Customer
from schema.idempotency import Once
from schema.info import Info
from schema.merge_plans import MergePlan
from schema.operations import Operation
from schema.plans import UndoPlan
from schema.refusals import Refused, merging_plan, undo_plan
from schema.restoring import RestoreInput


@strawberry.input(description="Whose value of a field stays: the survivor's, where that is not empty, if nobody says.")
class Winner:
    field: str
    side: MergeSide = strawberry.field(name="from")


@strawberry.input
class MergePlanInput:
    survivor: strawberry.ID
    merged: strawberry.ID
    winners: list[Winner] | None = strawberry.UNSET

    def asked(self) -> Asked:
        """As the rules take it."""
        chosen = tuple((winner.field, winner.side) for winner in self.winners or ())
        return Asked(PartyId(self.survivor), PartyId(self.merged), chosen)


MergePlanResult = Annotated[MergePlan | Refused, strawberry.union("MergePlanResult")]


async def root_merge_plan(info: Info, input: MergePlanInput) -> MergePlanResult:
    """What merging two customers would do; nothing is done. Raises Refused."""
    return merging_plan(await plan_merging(info.context, input.asked()))


async def root_undo_merge_plan(info: Info, operation: strawberry.ID) -> UndoPlan | None:
    """What undoing a merge would do; what can't be undone at all is an error beside null."""
    return undo_plan(await plan_unmerging(info.context, OperationId(operation)))


@strawberry.input
class MergeInput(Once):
    token: str = strawberry.field(description="That of a `mergePlan`, which is then done exactly so.")
    confirmed: list[MergeWarning] | None = strawberry.field(
        default=strawberry.UNSET, description="The plan's warnings, each of which must be confirmed."
    )


@strawberry.input(
    description="Either the operation, or the token of its `undoMergePlan`, which then is done exactly so."
)
class UndoMergeInput(RestoreInput):
    pass


@strawberry.type(
    description="The merged customer stays as MERGED; reading by its id, number or ids leads to `survivor`."
)
class CustomersMerged:
    survivor: Customer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CustomersMerged":
        return cls(survivor=ref(Customer, done.ids[0]), operation=ref(Operation, done.operation))


@strawberry.type(description="The two are customers of their own again.")
class MergeUndone:
    survivor: Customer
    merged: Customer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "MergeUndone":
        survivor, merged = done.ids
        return cls(
            survivor=ref(Customer, survivor), merged=ref(Customer, merged), operation=ref(Operation, done.operation)
        )
