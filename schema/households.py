"""Households (SPEC 1.3, 4)."""

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import joined, ref
from schema.arguments import CaseArguments
from schema.cases import CaseConnection
from schema.idempotency import Once
from schema.memberships import MemberGroup
from schema.operations import Operation
from schema.parties import Address, AddressInput, ExternalIdInput


@strawberry.type(description="People who live together.")
class Household(MemberGroup):
    address: Address | None = joined("parties/address")
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
