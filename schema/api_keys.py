"""API keys of partner apps (SPEC 11.3)."""

from datetime import datetime
from typing import ClassVar

import strawberry

from resolvers.api_keys import Issued
from resolvers.operations import Done
from resolvers.reading.declare import Scope, joined, ref, scope
from schema.idempotency import Once
from schema.operations import Operation
from schema.parties import Party


@strawberry.type(description="What a partner app signs in with; of the key itself only its last characters are kept.")
class ApiKey:
    scope: ClassVar[Scope] = scope("key", refs="api_keys/by_ids")

    id: strawberry.ID
    name: str
    hint: str = strawberry.field(description="Its last characters.")
    created_at: datetime
    created_by: Party | None = joined("api_keys/created_by")
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None = strawberry.field(description="To the minute.")


@strawberry.input
class IssueApiKeyInput(Once):
    app: strawberry.ID
    name: str = strawberry.field(description="What it is for.")
    expires_at: datetime | None = strawberry.UNSET


@strawberry.input
class RevokeApiKeyInput(Once):
    id: strawberry.ID


@strawberry.type(
    description="`secret` is what the app sends as its bearer token. It is told this once and not kept: "
    "null where the same request was answered before."
)
class ApiKeyIssued:
    key: ApiKey
    secret: str | None
    operation: Operation

    @classmethod
    def of(cls, issued: Issued) -> "ApiKeyIssued":
        done = issued.done
        return cls(key=ref(ApiKey, done.id), secret=issued.secret, operation=ref(Operation, done.operation))


@strawberry.type
class ApiKeyRevoked:
    key: ApiKey
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "ApiKeyRevoked":
        return cls(key=ref(ApiKey, done.id), operation=ref(Operation, done.operation))
