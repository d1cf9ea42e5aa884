"""Resetting passwords (SPEC 6.4)."""

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import ref
from schema.consumers import Consumer
from schema.idempotency import Once
from schema.operations import Operation


@strawberry.input
class ResetPasswordInput(Once):
    id: strawberry.ID


@strawberry.type(
    description=(
        "The old password is void, and all sessions have ended. The new one goes to the login by mail; the consumer's "
        "history tells by `passwordSent` or `passwordNotSent` what became of it."
    )
)
class PasswordReset:
    consumer: Consumer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "PasswordReset":
        return cls(consumer=ref(Consumer, done.id), operation=ref(Operation, done.operation))
