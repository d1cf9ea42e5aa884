"""Merging in the graph: what two customers have is read, and given to one of them, or back."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from domain.definitions import Definitions
from domain.ids import CaseId, ConsentId, OperationId, PartyId, RelationshipId
from domain.ledgers import Ledger, Line
from domain.merge_facts import MovedCase, MovedConsent
from domain.relationship_types import RelationshipType
from domain.relationships import Made, Relationship
from graphdb.errors import Gone
from graphdb.graph import Row, Transaction
from graphdb.relationships import as_properties, as_relationship

BATCH = 5_000
UNITS = {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
SIZE = re.compile(rf"([0-9.]+)({'|'.join(UNITS)})")
T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """How many records a merge would concern, and whether the two are marked as not the same."""

    records: int
    not_same: bool


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Rows as statements take them, so many at a time."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


async def scope(tx: Transaction, survivor: PartyId, merged: PartyId) -> Scope:
    """How much a merge of two customers would concern. Raises Gone where one of them is not there any more."""
    rows = await tx.rows("merging/scope", survivor=survivor, merged=merged)
    if not rows:
        raise Gone("A customer was deleted meanwhile.")
    (row,) = rows
    return Scope(
        row["relationships"] + row["cases"] + row["entries"] + row["external_ids"] + row["consents"], row["not_same"]
    )


async def relationships(tx: Transaction, merged: PartyId) -> list[Relationship]:
    """All relationships of a customer."""
    return found(await tx.rows("merging/relationships", merged=merged))


async def lockable(tx: Transaction, merged: PartyId, defined: Definitions, most: int) -> list[Relationship]:
    """At most so many of those relationships of a customer whose other ends may have to be locked for a merge."""
    types = [code for code, type in defined.types.items() if type.acyclic or type.max_per_source or type.max_per_target]
    exclusive = [responsibility.code for responsibility in defined.responsibilities if responsibility.exclusive]
    rows = await tx.rows("merging/lockable", merged=merged, types=types, exclusive=exclusive, most=most)
    return found(rows)


async def beside(
    tx: Transaction, survivor: PartyId, far: Collection[PartyId], types: Collection[str]
) -> list[Relationship]:
    """The relationships of a customer of some types with some parties."""
    return found(await tx.rows("merging/beside", survivor=survivor, far=list(far), types=list(types)))


async def room(tx: Transaction) -> int | None:
    """How many bytes of memory the database lets a transaction take, None: it does not tell, or any."""
    rows = await tx.rows("merging/room")
    size = SIZE.fullmatch(rows[0]["size"]) if rows else None
    return int(float(size[1]) * UNITS[size[2]]) or None if size else None


def found(rows: Sequence[Row]) -> list[Relationship]:
    """Rows of relationships as the domain has them, without those that went while they were read."""
    there = [row for row in rows if "id" in row["relationship"]]
    return [as_relationship(row["relationship"], row["source"], row["target"]) for row in there]


async def remove(
    tx: Transaction, parties: Sequence[PartyId], gone: Sequence[Relationship]
) -> dict[RelationshipId, Made]:
    """Deletes relationships of two customers; answers of each that there was when and by whom it was made."""
    rows = [
        row
        for some in batches([tie.id for tie in gone])
        for row in await tx.rows("merging/remove", parties=list(parties), ids=list(some))
    ]
    return {row["id"]: Made(datetime.fromisoformat(row["created_at"]), row["created_by"]) for row in rows}


async def cases(tx: Transaction, customer: PartyId) -> list[MovedCase]:
    """All cases of a customer."""
    return [MovedCase(row["id"], row["version"]) for row in await tx.rows("merging/cases", customer=customer)]


async def customers(tx: Transaction, ids: Sequence[CaseId]) -> dict[CaseId, PartyId]:
    """Whose cases are, of those that there are."""
    rows = [row for some in batches(ids) for row in await tx.rows("merging/customers", ids=list(some))]
    return {row["id"]: row["customer"] for row in rows}


async def consents(tx: Transaction, customer: PartyId) -> list[MovedConsent]:
    """All consents of a customer to partner apps."""
    rows = await tx.rows("merging/consents", customer=customer)
    return [MovedConsent(row["id"], row["app"], row["open"]) for row in rows]


async def consenters(tx: Transaction, ids: Sequence[ConsentId]) -> dict[ConsentId, PartyId]:
    """Whose consents are, of those that there are."""
    return {row["id"]: row["customer"] for row in await tx.rows("merging/consenters", ids=list(ids))}


async def move_consents(tx: Transaction, ids: Sequence[ConsentId], customer: PartyId) -> None:
    """Gives consents to another customer."""
    await tx.rows("merging/move_consents", ids=list(ids), customer=customer)


async def lines(tx: Transaction, customer: PartyId) -> list[Line]:
    """A customer's ledger, in its order."""
    rows = await tx.rows("merging/lines", customer=customer)
    return [
        Line(row["id"], row["type"], row["amount"], row["created_at"], row["place"], row["balance"]) for row in rows
    ]


async def move(
    tx: Transaction,
    giver: PartyId,
    taker: PartyId,
    moved: Sequence[tuple[Relationship, Relationship]],
    types: Mapping[str, RelationshipType],
    at: datetime,
) -> int:
    """Gives relationships of a customer, each as it was and will be, to another; answers how many there were."""
    count = 0
    for some in batches(moved):
        ids = [after.id for _, after in some]
        others = {after.id: found for before, after in some if (found := differing((before, after), types))}
        rows = await tx.rows("merging/move", giver=giver, taker=taker, ids=ids, differing=others, at=at)
        count += int(rows[0]["moved"])
    return count


async def change(
    tx: Transaction,
    party: PartyId,
    changed: Sequence[tuple[Relationship, Relationship]],
    types: Mapping[str, RelationshipType],
    at: datetime,
) -> None:
    """Writes what relationships of a party, each as it was and will be, have become."""
    for some in batches(changed):
        rows = {pair[1].id: differing(pair, types) for pair in some}
        await tx.rows("merging/change", party=party, differing=rows, at=at)


def differing(pair: tuple[Relationship, Relationship], types: Mapping[str, RelationshipType]) -> dict[str, Any]:
    """The properties of an edge that a change of its relationship changes; its ends are none."""
    before, after = (as_properties(one, types[one.type]) for one in pair)
    return {name: value for name, value in after.items() if before.get(name) != value}


async def move_cases(tx: Transaction, ids: Sequence[CaseId], customer: PartyId, at: datetime) -> None:
    """Gives cases to another customer."""
    for some in batches(ids):
        await tx.rows("merging/move_cases", ids=list(some), customer=customer, at=at)


async def place(tx: Transaction, ledgers: Mapping[PartyId, Ledger]) -> None:
    """Writes ledgers whose lines have come from one another, each in its new place."""
    for some in batches([line.id for ledger in ledgers.values() for line in ledger.lines]):
        await tx.rows("merging/release_lines", ids=list(some))
    for customer, ledger in ledgers.items():
        for page in batches(ledger.lines):
            rows = [{"id": line.id, "place": line.place, "balance": line.balance} for line in page]
            await tx.rows("merging/place_lines", customer=customer, lines=rows)


def held(ledger: Ledger) -> dict[str, Any]:
    """What a ledger leaves on its customer."""
    return {
        "points_types": list(ledger.balances) or None,
        "points_balances": list(ledger.balances.values()) or None,
        "points_entries": len(ledger.lines) or None,
    }


NO_POINTS: Mapping[str, None] = dict.fromkeys(("points_types", "points_balances", "points_entries"))
"""What a customer has left whose ledger is another's."""


async def move_external_ids(tx: Transaction, keys: Sequence[str], party: PartyId) -> None:
    """Has external ids identify another party."""
    await tx.rows("merging/move_external_ids", keys=list(keys), party=party)


async def join(tx: Transaction, merged: PartyId, survivor: PartyId, operation: OperationId) -> None:
    """Notes that a customer was merged into another."""
    await tx.rows("merging/join", merged=merged, survivor=survivor, operation=operation)


async def part(tx: Transaction, merged: PartyId) -> None:
    """Notes that a customer is merged into nobody any more."""
    await tx.rows("merging/part", merged=merged)


@dataclass(frozen=True)
class Since:
    """By which operation a customer is merged now, None: not into this survivor; and a later merge, None: none."""

    operation: OperationId | None
    later: OperationId | None


async def since(tx: Transaction, survivor: PartyId, merged: PartyId) -> Since | None:
    """Whether a merge stands, and what came after it; None where one of the two is gone."""
    rows = await tx.rows("merging/since", survivor=survivor, merged=merged)
    return Since(rows[0]["operation"], rows[0]["later"]) if rows else None


async def survivors(tx: Transaction, ids: Sequence[PartyId]) -> dict[PartyId, PartyId]:
    """Into whom parties are merged in the end, of those that are."""
    return {row["id"]: row["survivor"] for row in await tx.rows("merging/survivors", ids=list(ids))}
