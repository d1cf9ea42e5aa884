"""Partner apps (SPEC 5.6, 5.7)."""

from datetime import datetime
from typing import ClassVar

import strawberry

from resolvers.api_keys import keys_of
from resolvers.operations import Done
from resolvers.partner_apps import every_app
from resolvers.reading.declare import Scope, computed, ref, refs, scope
from schema.api_keys import ApiKey
from schema.enums import AppScope
from schema.idempotency import Once
from schema.info import Info
from schema.nodes import Node
from schema.operations import Operation


@strawberry.type(
    description="A program of others, which reads what consumers have consented to, of that what its scopes allow."
)
class PartnerApp(Node):
    scope: ClassVar[Scope] = scope("app", refs="partner_apps/by_ids")

    name: str
    scopes: list[AppScope]
    active: bool = strawberry.field(description="Whether it may sign in, and takes consents.")
    version: int
    created_at: datetime
    updated_at: datetime

    @computed("id")
    async def keys(self, info: Info) -> list[ApiKey] | None:
        """Its keys, the first first; null for whoever is no administrator."""
        found = await keys_of(info.context, self.id)
        return None if found is None else refs(ApiKey, found)


async def root_apps(info: Info) -> list[PartnerApp]:
    """All partner apps, by name; for administrators."""
    return refs(PartnerApp, await every_app(info.context))


@strawberry.input
class CreatePartnerAppInput(Once):
    name: str
    scopes: list[AppScope]


@strawberry.input(description="Only the fields given change.")
class UpdatePartnerAppInput(Once):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    scopes: list[AppScope] | None = strawberry.UNSET
    active: bool | None = strawberry.UNSET


@strawberry.type
class PartnerAppCreated:
    app: PartnerApp
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "PartnerAppCreated":
        return cls(app=ref(PartnerApp, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class PartnerAppUpdated:
    app: PartnerApp
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "PartnerAppUpdated":
        return cls(app=ref(PartnerApp, done.id), operation=ref(Operation, done.operation))
