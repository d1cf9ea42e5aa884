"""Accounts (SPEC 1.3)."""

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import ref
from schema.customers import Customer
from schema.idempotency import Once
from schema.operations import Operation
from schema.parties import AddressInput, ExternalIdInput


@strawberry.type(description="An organisation.")
class Account(Customer):
    legal_name: str
    registration_number: str | None
    industry: str | None


@strawberry.input
class AccountFields(Once):
    registration_number: str | None = strawberry.UNSET
    industry: str | None = strawberry.UNSET
    email: str | None = strawberry.UNSET
    phone: str | None = strawberry.UNSET
    address: AddressInput | None = strawberry.UNSET
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET


@strawberry.input
class CreateAccountInput(AccountFields):
    legal_name: str


@strawberry.input(description="Only the fields given change; null empties one, a list given replaces the whole list.")
class UpdateAccountInput(AccountFields):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    legal_name: str | None = strawberry.UNSET


@strawberry.type
class AccountCreated:
    account: Account
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "AccountCreated":
        return cls(account=ref(Account, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class AccountUpdated:
    account: Account
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "AccountUpdated":
        return cls(account=ref(Account, done.id), operation=ref(Operation, done.operation))
