"""Groups, such as family accounts (SPEC 4.4)."""

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import joined, ref
from schema.idempotency import Once
from schema.memberships import MemberGroup, NewMemberInput
from schema.operations import Operation
from schema.parties import ExternalIdInput
from schema.relationship_types import RelationshipType


@strawberry.type(description="Customers around one node, of a relationship type of category GROUP.")
class Group(MemberGroup):
    type: RelationshipType = joined("relationship_types/of_group")


@strawberry.input
class CreateGroupInput(Once):
    type: str = strawberry.field(description="The code of a type of category GROUP.")
    name: str
    members: list[NewMemberInput]
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET


@strawberry.input(description="Only the fields given change; null empties one, a list given replaces the whole list.")
class UpdateGroupInput(Once):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET


@strawberry.type
class GroupCreated:
    group: Group
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "GroupCreated":
        return cls(group=ref(Group, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class GroupUpdated:
    group: Group
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "GroupUpdated":
        return cls(group=ref(Group, done.id), operation=ref(Operation, done.operation))
