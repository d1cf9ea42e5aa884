"""Consents to partner apps (SPEC 5.6)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

import strawberry

from domain.ids import PartnerAppId, PartyId
from domain.partner_apps import AppScope as Scopes
from resolvers.operations import Done
from resolvers.reading.declare import Scope, joined, ref, scope, stored
from schema.enums import AppScope
from schema.idempotency import Once
from schema.operations import Operation
from schema.parties import Party
from schema.partner_apps import PartnerApp


@strawberry.type(
    description="That a consumer lets a partner app read something. `scopes` are what was consented to, "
    "`shown` what of that the app may read now."
)
class Consent:
    scope: ClassVar[Scope] = scope("consent", "consenter", "app", refs="consents/by_ids")

    id: strawberry.ID
    consumer: Party = joined("consents/consumer")
    app: PartnerApp
    scopes: list[AppScope]
    shown: list[AppScope] = joined("consents/shown")
    by_guardian: bool = strawberry.field(
        description="Given by a parent or representative: it ends when the consumer becomes 16."
    )
    valid_from: date = stored("valid_from_day")
    valid_to: date | None = strawberry.field(
        metadata=stored("valid_to_day").metadata, description="The day from which it no longer holds."
    )
    given_at: datetime
    given_by: Party | None = joined("consents/given_by")
    withdrawn_at: datetime | None
    withdrawn_by: Party | None = joined("consents/withdrawn_by")


@strawberry.input
class GiveConsentInput(Once):
    consumer: strawberry.ID = strawberry.field(
        description="The viewer, or a child under 16 of whom the viewer is a parent or an Authorized Representative."
    )
    app: strawberry.ID
    scopes: list[AppScope] | None = strawberry.field(
        default=strawberry.UNSET, description="Of the app's; if null, all that it has now."
    )

    def asked(self) -> tuple[PartyId, PartnerAppId, Sequence[Scopes] | None]:
        """As the use case takes it."""
        scopes = None if self.scopes is strawberry.UNSET else self.scopes
        return PartyId(self.consumer), PartnerAppId(self.app), scopes


@strawberry.input
class WithdrawConsentInput(Once):
    consumer: strawberry.ID
    app: strawberry.ID


@strawberry.type
class ConsentGiven:
    consent: Consent
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "ConsentGiven":
        return cls(consent=ref(Consent, done.id), operation=ref(Operation, done.operation))


@strawberry.type(description="The app is shown nothing more by it from its next request on.")
class ConsentWithdrawn:
    consent: Consent
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "ConsentWithdrawn":
        return cls(consent=ref(Consent, done.id), operation=ref(Operation, done.operation))
