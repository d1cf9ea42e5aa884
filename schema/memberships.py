"""Members of households and groups (SPEC 4)."""

from datetime import date
from typing import ClassVar

import strawberry

from domain.ids import PartyId
from domain.relationships import NewRelationship
from resolvers.memberships import NewMember
from resolvers.operations import Done
from resolvers.reading.connections import Connection
from resolvers.reading.declare import Scope, cursor, joined, ref, scope
from schema.arguments import DuringPaged
from schema.given import given
from schema.idempotency import Once
from schema.operations import Operation
from schema.parties import Party, PartyRecord
from schema.relationships import Relationship
from schema.scalars import PartialDate


@strawberry.type(description="A membership seen from either side; the same edge as its relationship.")
class Membership:
    scope: ClassVar[Scope] = scope("membership", "group", "member", refs="memberships/by_ids")

    relationship: Relationship = joined("memberships/relationship")
    group: Party = joined("memberships/group")
    member: Party = joined("memberships/member")
    role: str | None


@strawberry.type
class MembershipEdge:
    scope: ClassVar[Scope] = scope("membership", "group", "member")

    cursor: str = cursor()
    node: Membership


@strawberry.type
class MembershipConnection(Connection[MembershipEdge]):
    pass


@strawberry.interface(description="Customers around one node: a household or another group.")
class MemberGroup(PartyRecord):
    members: MembershipConnection = joined("memberships/of_group", arguments=DuringPaged)


@strawberry.input
class NewMemberInput:
    party: strawberry.ID
    role: str | None = strawberry.UNSET

    def member(self) -> NewMember:
        """As the use case takes it."""
        return NewMember(PartyId(self.party), self.role or None)


@strawberry.input
class AddMemberInput(Once):
    group: strawberry.ID
    party: strawberry.ID
    role: str | None = strawberry.UNSET
    valid_from: PartialDate | None = strawberry.UNSET
    valid_to: PartialDate | None = strawberry.UNSET
    note: str | None = strawberry.UNSET

    def draft(self) -> NewRelationship:
        """As the rules take it; the group tells the type."""
        rest = given(self, without=("group", "party", "idempotency_key"))
        return NewRelationship(type="", source=PartyId(self.party), target=PartyId(self.group), **rest)


@strawberry.input
class EndMembershipInput(Once):
    membership: strawberry.ID
    on: date | None = strawberry.field(
        default=strawberry.UNSET, description="The day from which it no longer holds; today if null."
    )


@strawberry.type
class MemberAdded:
    membership: Membership
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "MemberAdded":
        return cls(membership=ref(Membership, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class MembershipEnded:
    membership: Membership
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "MembershipEnded":
        return cls(membership=ref(Membership, done.id), operation=ref(Operation, done.operation))
