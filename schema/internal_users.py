"""Staff (SPEC 1.3)."""

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import ref
from schema.enums import Role
from schema.idempotency import Once
from schema.operations import Operation
from schema.parties import ExternalIdInput, PartyRecord


@strawberry.type(description="Somebody of the staff.")
class InternalUser(PartyRecord):
    login: str
    roles: list[Role]
    location: str | None


@strawberry.input
class CreateInternalUserInput(Once):
    name: str
    login: str = strawberry.field(description="An email address, nobody else's.")
    roles: list[Role] | None = strawberry.UNSET
    location: str | None = strawberry.UNSET
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET


@strawberry.input(description="Only the fields given change; null empties one, a list given replaces the whole list.")
class UpdateInternalUserInput(Once):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    login: str | None = strawberry.UNSET
    roles: list[Role] | None = strawberry.UNSET
    location: str | None = strawberry.UNSET
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET


@strawberry.type
class InternalUserCreated:
    internal_user: InternalUser
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "InternalUserCreated":
        return cls(internal_user=ref(InternalUser, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class InternalUserUpdated:
    internal_user: InternalUser
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "InternalUserUpdated":
        return cls(internal_user=ref(InternalUser, done.id), operation=ref(Operation, done.operation))
