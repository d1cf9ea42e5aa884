"""Households (SPEC 1.3, 4)."""

from typing import ClassVar

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import Scope, joined, ref, scope
from schema.arguments import AsOf, CaseArguments
from schema.cases import CaseConnection
from schema.enums import CustomerStatus
from schema.idempotency import Once
from schema.memberships import MemberGroup
from schema.operations import Operation
from schema.parties import Address, AddressInput, ExternalIdInput, Party
from schema.points import PointsBalance
from schema.teams import TeamMember


@strawberry.type(description="How many current members of a status there are whose primary household it is.")
class StatusCount:
    scope: ClassVar[Scope] = scope("status", "count")

    status: CustomerStatus
    count: int


@strawberry.type(description="People who live together.")
class Household(MemberGroup):
    head: Party | None = joined("households/head", arguments=AsOf)
    address: Address | None = joined("parties/address")
    team: list[TeamMember] = joined("teams/of_party")
    points: list[PointsBalance] = joined("households/points")
    member_counts: list[StatusCount] = joined("households/member_counts")
    cases: CaseConnection = joined("cases/of_household", arguments=CaseArguments)
    open_case_count: int = joined("cases/open_count")


@strawberry.input
class CreateHouseholdInput(Once):
    name: str
    address: AddressInput | None = strawberry.UNSET
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET


@strawberry.input(description="Only the fields given change; null empties one, a list given replaces the whole list.")
class UpdateHouseholdInput(Once):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    address: AddressInput | None = strawberry.UNSET
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET


@strawberry.type
class HouseholdCreated:
    household: Household
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "HouseholdCreated":
        return cls(household=ref(Household, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class HouseholdUpdated:
    household: Household
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "HouseholdUpdated":
        return cls(household=ref(Household, done.id), operation=ref(Operation, done.operation))
