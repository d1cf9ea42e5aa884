"""What leaving a household takes, shown before (SPEC 4.2)."""

from datetime import date

import strawberry

from domain.ids import RelationshipId
from resolvers.households import plan_leaving
from resolvers.reading.declare import ref, refs
from schema.info import Info
from schema.memberships import Membership
from schema.relationships import Relationship

MOST_SHOWN = 1_000


@strawberry.type(
    description="What the end of a membership takes: relationships made within a household, deleted at once "
    f"or when the day has come. `count` are all, `relationships` the first {MOST_SHOWN:,} of them."
)
class LeavingPlan:
    membership: Membership
    on: date = strawberry.field(description="The day from which it no longer holds.")
    relationships: list[Relationship]
    count: int


async def root_leaving(info: Info, membership: strawberry.ID, on: date | None = strawberry.UNSET) -> LeavingPlan | None:
    """The plan of ending a membership on a day, today if null. What ending it would be refused for is an error beside
    null."""
    plan = await plan_leaving(info.context, RelationshipId(membership), on or None)
    return LeavingPlan(
        membership=ref(Membership, plan.membership),
        on=plan.on,
        relationships=refs(Relationship, plan.relationships[:MOST_SHOWN]),
        count=len(plan.relationships),
    )
