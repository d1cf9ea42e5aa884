"""Consents in the graph: edges from consumers to partner apps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.consents import Consent, Consenter
from domain.ids import PartnerAppId, PartyId
from domain.parties import CustomerStatus
from domain.partner_apps import AppScope, PartnerApp
from graphdb.graph import Row, Transaction
from graphdb.partner_apps import as_app


@dataclass(frozen=True)
class Setting:
    """What a consent is judged by: by which pedigrees whoever asks is a parent today, the app, None where there is
    none, and the consents to it that were not withdrawn."""

    consenter: Consenter
    pedigrees: Sequence[str]
    app: PartnerApp | None
    open: Sequence[Consent]


async def setting(tx: Transaction, consumer: PartyId, app: PartnerAppId, viewer: str, today: date) -> Setting | None:
    """What a consent of a consumer to an app is judged by; None if there is no such consumer, who must be locked."""
    rows = await tx.rows("consents/setting", consumer=consumer, app=app, viewer=viewer, today=today)
    if not rows:
        return None
    (row,) = rows
    return Setting(
        Consenter(row["earliest"], row["latest"], CustomerStatus(row["status"]), row["deceased"]),
        row["pedigrees"],
        as_app(row["app"]) if row["app"] else None,
        [as_consent(found, consumer, app) for found in row["open"]],
    )


async def create(tx: Transaction, consent: Consent, at: datetime, by: str) -> bool:
    """Writes a consent; whether the app was still there."""
    properties = as_properties(consent)
    return bool(
        await tx.rows(
            "consents/create", consumer=consent.consumer, app=consent.app, properties=properties, at=at, by=by
        )
    )


def close(tx: Transaction, consents: Sequence[Consent], at: datetime, by: str) -> None:
    """Writes the ends of consents. It goes out with what the transaction does next."""
    rows = [{"id": consent.id, "valid_to_day": consent.valid_to} for consent in consents]
    tx.does("consents/close", consents=rows, at=at, by=by)


def as_properties(consent: Consent) -> dict[str, Any]:
    """A consent as its edge keeps it."""
    return {
        "id": consent.id,
        "scopes": [scope.value for scope in consent.scopes],
        "by_guardian": consent.by_guardian,
        "valid_from_day": consent.valid_from,
        "valid_to_day": consent.valid_to,
    }


def as_consent(edge: Row, consumer: PartyId, app: PartnerAppId) -> Consent:
    """An edge's properties as the domain has it."""
    return Consent(
        id=edge["id"],
        consumer=consumer,
        app=app,
        scopes=tuple(map(AppScope, edge["scopes"])),
        by_guardian=edge["by_guardian"],
        valid_from=edge["valid_from_day"],
        valid_to=edge.get("valid_to_day"),
    )
