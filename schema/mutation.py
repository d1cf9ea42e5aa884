"""Mutations: each is wiring; what it answers is what happened, or all that was wrong."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry
from strawberry.extensions import FieldExtension

from domain import refusals
from domain.ids import PartyId, RelationshipId, RelationshipTypeId
from domain.parties import PartyKind
from resolvers.memberships import add_member, create_group, end_membership
from resolvers.parties import create_party, update_party
from resolvers.relationship_types import define_relationship_type, update_relationship_type
from resolvers.relationships import end_relationship, relate, remove_relationship, update_relationship
from schema.accounts import AccountCreated, AccountUpdated, CreateAccountInput, UpdateAccountInput
from schema.consumers import ConsumerCreated, ConsumerUpdated, CreateConsumerInput, UpdateConsumerInput
from schema.given import given
from schema.groups import CreateGroupInput, GroupCreated, GroupUpdated, UpdateGroupInput
from schema.households import CreateHouseholdInput, HouseholdCreated, HouseholdUpdated, UpdateHouseholdInput
from schema.idempotency import asked
from schema.info import Info
from schema.internal_users import (
    CreateInternalUserInput,
    InternalUserCreated,
    InternalUserUpdated,
    UpdateInternalUserInput,
)
from schema.memberships import AddMemberInput, EndMembershipInput, MemberAdded, MembershipEnded
from schema.refusals import Refused, refused
from schema.relationship_types import (
    DefineRelationshipTypeInput,
    RelationshipTypeDefined,
    RelationshipTypeUpdated,
    UpdateRelationshipTypeInput,
)
from schema.relationships import (
    EndRelationshipInput,
    Related,
    RelateInput,
    RelationshipEnded,
    RelationshipRemoved,
    RelationshipUpdated,
    RemoveRelationshipInput,
    UpdateRelationshipInput,
)


class Refusable(FieldExtension):
    """The one place that turns what rules raise into `Refused`."""

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: Any, info: strawberry.Info, **arguments: Any
    ) -> Any:
        try:
            return await next_(source, info, **arguments)
        except refusals.Refused as raised:
            return refused(raised)


def mutation(resolver: Callable[..., Any]) -> Any:
    """A mutation whose refusals are part of its answer."""
    return strawberry.mutation(resolver, extensions=[Refusable()])


def version(input: Any) -> int | None:
    """The version that an update expects, None if it names none."""
    return None if input.expected_version is strawberry.UNSET else input.expected_version


def update(input: Any) -> tuple[PartyId, int | None, dict[str, Any]]:
    """Of an update: which party, the version expected, and the fields to change."""
    return PartyId(input.id), version(input), fields(input)


def fields(input: Any) -> dict[str, Any]:
    """What an input gives beside the record that it is about."""
    return given(input, without=("idempotency_key", "id", "expected_version", "type", "members"))


CreateConsumerResult = Annotated[ConsumerCreated | Refused, strawberry.union("CreateConsumerResult")]
UpdateConsumerResult = Annotated[ConsumerUpdated | Refused, strawberry.union("UpdateConsumerResult")]
CreateAccountResult = Annotated[AccountCreated | Refused, strawberry.union("CreateAccountResult")]
UpdateAccountResult = Annotated[AccountUpdated | Refused, strawberry.union("UpdateAccountResult")]
CreateInternalUserResult = Annotated[InternalUserCreated | Refused, strawberry.union("CreateInternalUserResult")]
UpdateInternalUserResult = Annotated[InternalUserUpdated | Refused, strawberry.union("UpdateInternalUserResult")]
CreateHouseholdResult = Annotated[HouseholdCreated | Refused, strawberry.union("CreateHouseholdResult")]
UpdateHouseholdResult = Annotated[HouseholdUpdated | Refused, strawberry.union("UpdateHouseholdResult")]
CreateGroupResult = Annotated[GroupCreated | Refused, strawberry.union("CreateGroupResult")]
UpdateGroupResult = Annotated[GroupUpdated | Refused, strawberry.union("UpdateGroupResult")]
DefineRelationshipTypeResult = Annotated[
    RelationshipTypeDefined | Refused, strawberry.union("DefineRelationshipTypeResult")
]
UpdateRelationshipTypeResult = Annotated[
    RelationshipTypeUpdated | Refused, strawberry.union("UpdateRelationshipTypeResult")
]
RelateResult = Annotated[Related | Refused, strawberry.union("RelateResult")]
UpdateRelationshipResult = Annotated[RelationshipUpdated | Refused, strawberry.union("UpdateRelationshipResult")]
EndRelationshipResult = Annotated[RelationshipEnded | Refused, strawberry.union("EndRelationshipResult")]
RemoveRelationshipResult = Annotated[RelationshipRemoved | Refused, strawberry.union("RemoveRelationshipResult")]
AddMemberResult = Annotated[MemberAdded | Refused, strawberry.union("AddMemberResult")]
EndMembershipResult = Annotated[MembershipEnded | Refused, strawberry.union("EndMembershipResult")]


@strawberry.type
class Mutation:
    @mutation
    async def create_consumer(self, info: Info, input: CreateConsumerInput) -> CreateConsumerResult:
        return ConsumerCreated.of(await create_party(asked(info, input), PartyKind.CONSUMER, fields(input)))

    @mutation
    async def update_consumer(self, info: Info, input: UpdateConsumerInput) -> UpdateConsumerResult:
        return ConsumerUpdated.of(await update_party(asked(info, input), PartyKind.CONSUMER, *update(input)))

    @mutation
    async def create_account(self, info: Info, input: CreateAccountInput) -> CreateAccountResult:
        return AccountCreated.of(await create_party(asked(info, input), PartyKind.ACCOUNT, fields(input)))

    @mutation
    async def update_account(self, info: Info, input: UpdateAccountInput) -> UpdateAccountResult:
        return AccountUpdated.of(await update_party(asked(info, input), PartyKind.ACCOUNT, *update(input)))

    @mutation
    async def create_internal_user(self, info: Info, input: CreateInternalUserInput) -> CreateInternalUserResult:
        return InternalUserCreated.of(await create_party(asked(info, input), PartyKind.INTERNAL_USER, fields(input)))

    @mutation
    async def update_internal_user(self, info: Info, input: UpdateInternalUserInput) -> UpdateInternalUserResult:
        return InternalUserUpdated.of(await update_party(asked(info, input), PartyKind.INTERNAL_USER, *update(input)))

    @mutation
    async def create_household(self, info: Info, input: CreateHouseholdInput) -> CreateHouseholdResult:
        return HouseholdCreated.of(await create_party(asked(info, input), PartyKind.HOUSEHOLD, fields(input)))

    @mutation
    async def update_household(self, info: Info, input: UpdateHouseholdInput) -> UpdateHouseholdResult:
        return HouseholdUpdated.of(await update_party(asked(info, input), PartyKind.HOUSEHOLD, *update(input)))

    @mutation
    async def create_group(self, info: Info, input: CreateGroupInput) -> CreateGroupResult:
        members = [member.member() for member in input.members]
        return GroupCreated.of(await create_group(asked(info, input), input.type, fields(input), members))

    @mutation
    async def update_group(self, info: Info, input: UpdateGroupInput) -> UpdateGroupResult:
        return GroupUpdated.of(await update_party(asked(info, input), PartyKind.GROUP, *update(input)))

    @mutation
    async def define_relationship_type(
        self, info: Info, input: DefineRelationshipTypeInput
    ) -> DefineRelationshipTypeResult:
        return RelationshipTypeDefined.of(await define_relationship_type(asked(info, input), input.draft()))

    @mutation
    async def update_relationship_type(
        self, info: Info, input: UpdateRelationshipTypeInput
    ) -> UpdateRelationshipTypeResult:
        id = RelationshipTypeId(input.id)
        return RelationshipTypeUpdated.of(
            await update_relationship_type(asked(info, input), id, version(input), input.changes())
        )

    @mutation
    async def relate(self, info: Info, input: RelateInput) -> RelateResult:
        return Related.of(await relate(asked(info, input), [new.draft() for new in input.relationships]))

    @mutation
    async def update_relationship(self, info: Info, input: UpdateRelationshipInput) -> UpdateRelationshipResult:
        id = RelationshipId(input.id)
        return RelationshipUpdated.of(await update_relationship(asked(info, input), id, version(input), fields(input)))

    @mutation
    async def end_relationship(self, info: Info, input: EndRelationshipInput) -> EndRelationshipResult:
        id = RelationshipId(input.id)
        return RelationshipEnded.of(await end_relationship(asked(info, input), id, input.on or None))

    @mutation
    async def remove_relationship(self, info: Info, input: RemoveRelationshipInput) -> RemoveRelationshipResult:
        return RelationshipRemoved.of(await remove_relationship(asked(info, input), RelationshipId(input.id)))

    @mutation
    async def add_member(self, info: Info, input: AddMemberInput) -> AddMemberResult:
        return MemberAdded.of(await add_member(asked(info, input), PartyId(input.group), input.draft()))

    @mutation
    async def end_membership(self, info: Info, input: EndMembershipInput) -> EndMembershipResult:
        return MembershipEnded.of(
            await end_membership(asked(info, input), RelationshipId(input.membership), input.on or None)
        )
