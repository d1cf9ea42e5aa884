"""Partner apps in the graph."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.ids import PartnerAppId, PartyId
from domain.partner_apps import AppScope, PartnerApp
from graphdb.graph import Graph, Row, Transaction


@dataclass(frozen=True)
class Shown:
    """Of some parties those whom an app is `seen`; who let it read their `family`; and these with the dead among their
    relatives, whose ties it is told, the `kin`."""

    seen: frozenset[PartyId] = frozenset()
    family: frozenset[PartyId] = frozenset()
    kin: frozenset[PartyId] = frozenset()


async def every(graph: Graph) -> list[str]:
    """The ids of all apps, by name."""
    return [row["id"] for row in await graph.rows("partner_apps/all")]


async def create(tx: Transaction, app: PartnerApp, at: datetime) -> None:
    """Makes an app."""
    await tx.rows("partner_apps/create", properties=as_properties(app), at=at)


async def locked(tx: Transaction, id: PartnerAppId) -> PartnerApp | None:
    """The app of an id once nobody else changes it, None if there is none."""
    rows = await tx.rows("partner_apps/lock", id=id)
    return as_app(rows[0]["app"]) if rows else None


async def update(tx: Transaction, app: PartnerApp, at: datetime) -> None:
    """Writes what a locked app has become, its next version."""
    await tx.rows("partner_apps/update", id=app.id, properties=as_properties(app), at=at)


async def shown(tx: Transaction, app: str, session: str | None, parties: Sequence[str], today: date) -> Shown:
    """What of some parties an app is shown that signed in with a key."""
    rows = await tx.rows("partner_apps/shown", viewer=app, session=session, ids=list(parties), today=today)
    seen, family, kin = (
        frozenset(PartyId(row["id"]) for row in rows if row[column]) for column in ("seen", "family", "kin")
    )
    return Shown(seen, family, kin)


def as_properties(app: PartnerApp) -> dict[str, Any]:
    """An app as its node keeps it, but for its version."""
    return {"id": app.id, "name": app.name, "scopes": [scope.value for scope in app.scopes], "active": app.active}


def as_app(node: Row) -> PartnerApp:
    """A node's properties as the domain has it."""
    return PartnerApp(
        id=node["id"],
        name=node["name"],
        scopes=tuple(map(AppScope, node["scopes"])),
        active=node["active"],
        version=node["version"],
    )
