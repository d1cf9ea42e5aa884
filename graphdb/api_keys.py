"""API keys in the graph."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.api_keys import ApiKey
from domain.ids import ApiKeyId, PartnerAppId
from graphdb.graph import Graph, Transaction


async def found(graph: Graph, hash: str) -> tuple[PartnerAppId, ApiKeyId] | None:
    """Whose key has this hash, and which it is, be it good or not; None where there is none."""
    rows = await graph.rows("api_keys/by_hash", hash=hash)
    return (rows[0]["app"], rows[0]["id"]) if rows else None


async def of_app(graph: Graph, app: str) -> list[str]:
    """The ids of an app's keys, the first first."""
    return [row["id"] for row in await graph.rows("api_keys/of_app", app=app)]


async def create(tx: Transaction, key: ApiKey, at: datetime, by: str) -> None:
    """Makes a key."""
    await tx.rows("api_keys/create", properties=as_properties(key), at=at, by=by)


async def revoke(tx: Transaction, id: ApiKeyId, at: datetime) -> tuple[PartnerAppId, datetime | None] | None:
    """Revokes a key; tells its app, and since when it was revoked already, None for never; None for no such key."""
    rows = await tx.rows("api_keys/revoke", id=id, at=at)
    return (rows[0]["app"], rows[0]["since"]) if rows else None


async def used(graph: Graph, uses: Mapping[str, datetime]) -> None:
    """Notes when keys, by their ids, were last used."""
    rows = [{"id": id, "at": at} for id, at in sorted(uses.items())]

    async def work(tx: Transaction) -> None:
        await tx.rows("api_keys/used", uses=rows)

    await graph.write(work, "keysUsed")


def as_properties(key: ApiKey) -> dict[str, Any]:
    """A key as its node keeps it."""
    return {
        "id": key.id,
        "app": key.app,
        "name": key.name,
        "hash": key.hash,
        "hint": key.hint,
        "expires_at": key.expires_at,
    }
