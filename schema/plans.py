"""Plans: what an operation would do, shown before it is done (SPEC 7.5, 8.5)."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.restoring import Deed
from schema.operations import Operation
from schema.parties import Party
from schema.relationship_types import RelationshipType
from schema.relationships import Relationship

if TYPE_CHECKING:
    from schema.refusals import Refusal

MOST_SHOWN = 1_000
Refusals = list[Annotated["Refusal", strawberry.lazy("schema.refusals")]]
strawberry.enum(Deed, name="UndoneDeed", description="What an operation did to a record, which undoing it takes back.")


@strawberry.interface(description="What something would do, shown before. A token names it: it is done exactly so.")
class Plan:
    token: str = strawberry.field(description="Names this plan: what rests on something else meanwhile is refused.")


@strawberry.type(
    description="A record that is to be as it was: a relationship, whose type and ends are null where gone, or "
    "another, named as `canLeaveOut` does: a case, a consent, the points of a type by its code, an id elsewhere."
)
class UndoRecord:
    id: strawberry.ID
    deed: Deed
    type: RelationshipType | None
    source: Party | None
    target: Party | None


@strawberry.type(
    description="What undoing an operation would do. `problems` are what no longer fits, each with a path that begins "
    f"with the record's id; nothing is done while there are any. `records` are {MOST_SHOWN:,} of them at most."
)
class UndoPlan(Plan):
    operation: Operation
    count: int
    is_many: bool = strawberry.field(
        description="Whether a job does it, all of it. Then `problems` are what can be known at once: whether what was "
        "deleted by name fits, and of the first 100,000 relationships the types and ends. The job finds the rest, and "
        "fails by it; any relationship can be left out."
    )
    records: list[UndoRecord]
    taken: list[Relationship] = strawberry.field(
        description="Relationships made within households that go, since an end is no member any more; "
        f"{MOST_SHOWN:,} of them at most."
    )
    taken_count: int
    problems: Refusals
    can_leave_out: list[strawberry.ID] = strawberry.field(description="Records that can be left as they are.")
