"""Members of households and groups (SPEC 4)."""

from datetime import date
from typing import Any, ClassVar

import strawberry

from domain.ids import PartyId
from domain.memberships import MARKS
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

TAKE_OVER = (
    "Whoever else is head, or whatever else is the primary household, on the first day gives that up on that day."
)


@strawberry.type(description="A membership seen from either side; the same edge as its relationship.")
class Membership:
    scope: ClassVar[Scope] = scope("membership", "group", "member", refs="memberships/by_ids")

    relationship: Relationship = joined("memberships/relationship")
    group: Party = joined("memberships/group")
    member: Party = joined("memberships/member")
    role: str | None
    is_head: bool = strawberry.field(description="Of the household, in this row.")
    is_primary: bool = strawberry.field(description="Whether it is the customer's primary household, in this row.")


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
    head: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Head of the household, of which there is one at a time."
    )
    primary: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="The customer's primary household, of which there is one at a time. "
        "If null, it is so where no other is meanwhile.",
    )
    take_over: bool | None = strawberry.field(default=strawberry.UNSET, description=TAKE_OVER)
    valid_from: PartialDate | None = strawberry.UNSET
    valid_to: PartialDate | None = strawberry.UNSET
    note: str | None = strawberry.UNSET

    def draft(self) -> NewRelationship:
        """As the rules take it; the group tells the type."""
        rest = given(self, without=("group", "party", "head", "take_over", "idempotency_key"))
        source, target = PartyId(self.party), PartyId(self.group)
        return NewRelationship(type="", source=source, target=target, head=bool(self.head), **rest)


@strawberry.input(description="Only what is given changes, from a day on; a null role is none.")
class ChangeMembershipInput(Once):
    membership: strawberry.ID
    role: str | None = strawberry.UNSET
    head: bool | None = strawberry.UNSET
    primary: bool | None = strawberry.UNSET
    on: date | None = strawberry.field(
        default=strawberry.UNSET, description="The day from which it is so; today if null, or the first day to come."
    )
    take_over: bool | None = strawberry.field(default=strawberry.UNSET, description=TAKE_OVER)
    expected_version: int | None = strawberry.UNSET

    def changes(self) -> dict[str, Any]:
        """What is to be otherwise; head and primary are never nothing, so null leaves them as they are."""
        asked = {name: value for name in MARKS if (value := getattr(self, name)) not in (None, strawberry.UNSET)}
        return asked if self.role is strawberry.UNSET else {"role": self.role, **asked}


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


@strawberry.type(description="`membership` is the row that holds from the day on.")
class MembershipChanged:
    membership: Membership
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "MembershipChanged":
        return cls(membership=ref(Membership, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class MembershipEnded:
    membership: Membership
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "MembershipEnded":
        return cls(membership=ref(Membership, done.id), operation=ref(Operation, done.operation))
