"""Sessions, and passwords (SPEC 6.4, 11.3): what of signing in is asked of GraphQL."""

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import ref
from schema.idempotency import Once
from schema.operations import Operation
from schema.parties import PartyRecord


@strawberry.input
class SignOutInput(Once):
    everywhere: bool = strawberry.field(
        default=False, description="All sessions of the viewer, not only the one that is asked in."
    )


@strawberry.input
class EndSessionsInput(Once):
    party: strawberry.ID


@strawberry.input
class ChangePasswordInput(Once):
    current: str
    new: str = strawberry.field(description="12 characters or more, at most 1,000 bytes.")


@strawberry.input
class SetPasswordInput(Once):
    party: strawberry.ID
    password: str = strawberry.field(description="12 characters or more, at most 1,000 bytes.")


@strawberry.type(description="These sessions have ended, whichever server is asked.")
class SignedOut:
    sessions: int
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "SignedOut":
        return cls(sessions=len(done.ids), operation=ref(Operation, done.operation))


@strawberry.type
class SessionsEnded:
    party: PartyRecord
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "SessionsEnded":
        return cls(party=ref(PartyRecord, done.id), operation=ref(Operation, done.operation))


@strawberry.type(description="The viewer's other sessions have ended.")
class PasswordChanged:
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "PasswordChanged":
        return cls(operation=ref(Operation, done.operation))


@strawberry.type(description="The party's sessions have ended.")
class PasswordSet:
    party: PartyRecord
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "PasswordSet":
        return cls(party=ref(PartyRecord, done.id), operation=ref(Operation, done.operation))
