"""Points: balances, the ledger, and adjusting (SPEC 6.3)."""

from datetime import datetime
from typing import Annotated, ClassVar

import strawberry

from domain.ids import PartyId
from domain.points import Adjustment
from resolvers.operations import Done
from resolvers.points import preview_points
from resolvers.reading.connections import Connection
from resolvers.reading.declare import Scope, cursor, joined, ref, scope
from schema.customers import Customer
from schema.idempotency import Once
from schema.info import Info
from schema.nodes import Node
from schema.operations import Operation
from schema.parties import Party
from schema.points_types import PointsType
from schema.refusals import Refused


@strawberry.type(description="How many points of a type there are.")
class PointsBalance:
    scope: ClassVar[Scope] = scope("points_type", "balance")

    type: PointsType
    balance: int


@strawberry.type(description="An adjustment of a customer's points.")
class PointsEntry(Node):
    scope: ClassVar[Scope] = scope("entry", refs="points/by_ids")

    customer: Party = joined("points/customer")
    type: PointsType = joined("points_types/of_entry")
    amount: int = strawberry.field(description="How many were added; below zero: taken away.")
    balance: int = strawberry.field(description="How many of the type there were then.")
    reason: str
    created_at: datetime
    created_by: Party | None = joined("points/created_by")


@strawberry.type
class PointsEntryEdge:
    scope: ClassVar[Scope] = scope("entry")

    cursor: str = cursor()
    node: PointsEntry


@strawberry.type
class PointsEntryConnection(Connection[PointsEntryEdge]):
    pass


@strawberry.input
class AdjustPointsInput(Once):
    customer: strawberry.ID
    points_type: str = strawberry.field(description="The code of the type.")
    amount: int = strawberry.field(description="How many to add; below zero: to take away.")
    reason: str

    def adjustment(self) -> Adjustment:
        """As the rules take it."""
        return Adjustment(PartyId(self.customer), self.points_type, self.amount)


@strawberry.type
class PointsAdjusted:
    entry: PointsEntry
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "PointsAdjusted":
        return cls(entry=ref(PointsEntry, done.id), operation=ref(Operation, done.operation))


@strawberry.input
class PointsPreviewInput:
    customer: strawberry.ID
    points_type: str = strawberry.field(description="The code of the type.")
    amount: int = strawberry.field(description="How many to add; below zero: to take away.")

    def adjustment(self) -> Adjustment:
        """As the rules take it."""
        return Adjustment(PartyId(self.customer), self.points_type, self.amount)


@strawberry.type(description="What an adjustment would leave.")
class PointsPreview:
    customer: Customer
    type: PointsType
    amount: int
    before: int
    after: int


PointsPreviewResult = Annotated[PointsPreview | Refused, strawberry.union("PointsPreviewResult")]


async def root_preview(info: Info, input: PointsPreviewInput) -> PointsPreviewResult:
    """The balance before and after an adjustment, which is not made. Raises Refused."""
    adjustment = input.adjustment()
    customer, balance = await preview_points(info.context, adjustment)
    return PointsPreview(
        customer=ref(Customer, customer),
        type=ref(PointsType, balance.type),
        amount=adjustment.amount,
        before=balance.before,
        after=balance.after,
    )
