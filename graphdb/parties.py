"""Parties in the graph: made, changed, locked, and read for rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from domain.ids import PartyId
from domain.internal_users import Role
from domain.parties import ExternalId, Party, PartyKind
from domain.relationships import End
from domain.values import Property
from graphdb.graph import Row, Transaction

BOOKKEEPING = frozenset({"id", "kind", "version", "created_at", "updated_at", "_lock"})


async def create(tx: Transaction, parties: Sequence[Party], at: datetime) -> None:
    """Makes parties with their external ids. Raises NotUnique where an id, number or login is taken."""
    rows = [
        {
            "id": party.id,
            "kind": party.kind.value,
            "properties": dict(party.properties),
            "external_ids": [external_row(e) for e in party.external_ids],
        }
        for party in parties
    ]
    await tx.rows("parties/create", parties=rows, at=at)


async def update(tx: Transaction, id: PartyId, changes: Mapping[str, Property], at: datetime) -> int:
    """Sets properties of a party, None removing one; answers the new version."""
    rows = await tx.rows("parties/update", id=id, properties=dict(changes), at=at)
    return int(rows[0]["version"])


async def identify(tx: Transaction, id: PartyId, external_ids: Sequence[ExternalId]) -> None:
    """Gives a party exactly these external ids. Raises NotUnique where one is another's."""
    await tx.rows("parties/identify", id=id, external_ids=[external_row(e) for e in external_ids])


async def lock(tx: Transaction, ids: Sequence[PartyId]) -> None:
    """Takes the locks of parties, in the order given, until the transaction ends."""
    await tx.rows("parties/lock", ids=list(ids))


async def stored(tx: Transaction, ids: Sequence[PartyId]) -> dict[PartyId, Party]:
    """All that is stored of parties, those that there are."""
    return {row["id"]: as_party(row) for row in await tx.rows("parties/stored", ids=list(ids))}


async def holders(tx: Transaction, keys: Sequence[str]) -> dict[str, PartyId]:
    """Whose external ids are, by their keys, of those that there are."""
    rows = await tx.rows("parties/holders", keys=list(keys), login=None)
    return {row["key"]: row["party"] for row in rows if row["key"]}


async def ends(tx: Transaction, ids: Sequence[PartyId]) -> dict[PartyId, End]:
    """What rules ask of parties, of those that there are."""
    rows = await tx.rows("parties/ends", ids=list(dict.fromkeys(ids)))
    return {row["id"]: as_end(row["kind"], row["group_type"], row["roles"], row["survivor"]) for row in rows}


def as_end(kind: str, group_type: str | None, roles: Iterable[str] | None, survivor: PartyId | None) -> End:
    """What rules ask of a party as the domain has it."""
    return End(PartyKind(kind), group_type, frozenset(Role(role) for role in roles or ()), survivor)


def as_party(row: Row) -> Party:
    """A row as the domain has it."""
    properties = {name: value for name, value in row["properties"].items() if name not in BOOKKEEPING}
    external_ids = tuple(ExternalId(**external) for external in row["external_ids"])
    return Party(row["id"], PartyKind(row["kind"]), properties, external_ids, row["version"], row["survivor"])


def external_row(external_id: ExternalId) -> dict[str, str]:
    """An external id as statements take it."""
    return {"key": external_id.key, "system": external_id.system, "value": external_id.value}
