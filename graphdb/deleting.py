"""What a deletion takes, in the graph: read for its plan, kept out of sight, brought back, erased."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.cases import Case
from domain.doomed import Doomed, Root, Thing
from domain.ids import OperationId, PartyId, RelationshipId
from domain.relationship_types import EDGES, Category
from domain.relationships import Made, Relationship, Removed
from domain.restoring import Kept
from graphdb.cases import as_case
from graphdb.graph import Row, Transaction
from graphdb.relationships import as_relationship, stored

KEPT = "Deleted"


async def root(tx: Transaction, id: str) -> Root | None:
    """What is to be deleted, as it is stored; what was deleted before, as it was kept; None if there is neither."""
    thing = Thing.of(id)
    if thing is None:
        return None
    if thing is Thing.RELATIONSHIP:
        found = await stored(tx, RelationshipId(id))
        return Root(id, thing, found.version) if found else None
    rows = await tx.rows("deleting/root", id=id)
    return as_root(thing, rows[0]) if rows else None


def as_root(thing: Thing, row: Row) -> Root:
    """A row as the rules take it; of a definition on trial the rule before counts, which changes nothing here."""
    node = row["properties"]
    return Root(
        id=node["id"],
        thing=thing,
        version=node["version"],
        name=node["name"],
        status=node.get("status"),
        code=node.get("code"),
        edge=EDGES[Category(node["category"])] if thing is Thing.RELATIONSHIP_TYPE else None,
        built_in=bool(node.get("built_in")),
        kept=KEPT in row["labels"],
        deleted_by=node.get("deleted_by"),
    )


async def of_parties(tx: Transaction, ids: Collection[PartyId], most: int) -> list[Relationship]:
    """Relationships in which one of some parties is an end, at most so many."""
    return found(await tx.rows("deleting/relationships_of_parties", ids=list(ids), most=most))


async def of_type(tx: Transaction, edge: str, code: str, most: int) -> list[Relationship]:
    """Relationships of a type, at most so many."""
    return found(await tx.rows("deleting/relationships_of_type", edge=edge, type=code, most=most))


async def with_responsibility(tx: Transaction, code: str, most: int) -> list[Relationship]:
    """Relationships that carry a responsibility, at most so many."""
    return found(await tx.rows("deleting/relationships_with_responsibility", code=code, most=most))


async def within(tx: Transaction, households: Collection[PartyId], most: int) -> list[Relationship]:
    """Relationships made within households, at most so many."""
    return found(await tx.rows("deleting/relationships_within", households=list(households), most=most))


def found(rows: Sequence[Row]) -> list[Relationship]:
    """Rows of relationships as the domain has them, without those that went while they were read."""
    return [as_relationship(r["relationship"], r["source"], r["target"]) for r in rows if "id" in r["relationship"]]


async def merged_into(tx: Transaction, id: PartyId, most: int) -> list[Doomed]:
    """Customers who were merged into one, at most so many."""
    rows = await tx.rows("deleting/merged_into", id=id, most=most)
    return [Doomed(row["id"], row["version"], row["name"]) for row in rows]


async def groups(tx: Transaction, code: str, most: int) -> list[Doomed]:
    """Groups that are of a type, at most so many."""
    rows = await tx.rows("deleting/groups_of_type", type=code, most=most)
    return [Doomed(row["id"], row["version"], row["name"]) for row in rows]


async def cases(tx: Transaction, ids: Collection[PartyId], most: int) -> list[Case]:
    """Cases that name one of some parties, at most so many."""
    return [as_case(row["properties"]) for row in await tx.rows("deleting/cases", ids=list(ids), most=most)]


async def kept_with(tx: Transaction, party: str) -> list[str]:
    """The ids of what is kept that is a party's: cases, and customers who were merged into it, with theirs."""
    return [row["id"] for row in await tx.rows("deleting/kept_with", party=party)]


async def release(tx: Transaction, cases: Mapping[str, Mapping[str, Any]], at: datetime) -> None:
    """Changes whom cases name, by the id of the case."""
    if cases:
        rows = [{"id": id, "properties": dict(properties)} for id, properties in cases.items()]
        await tx.rows("deleting/release_cases", cases=rows, at=at)


async def keep(tx: Transaction, parties: Collection[str], cases: Collection[str], by: OperationId) -> int:
    """Takes parties, whose relationships are gone, and cases out of sight, and keeps all that was stored of them.

    Answers how many there were. A party that somebody relates at the same moment makes the transaction fail as Gone.
    """
    count = 0
    if cases:
        (row,) = await tx.rows("deleting/keep_cases", ids=list(cases), operation=by)
        count += int(row["count"])
    if parties:
        (row,) = await tx.rows("deleting/keep_parties", ids=list(parties), operation=by)
        count += int(row["count"])
    return count


async def keep_definition(tx: Transaction, thing: Thing, id: str, by: OperationId) -> int:
    """The same of a relationship type or a responsibility."""
    if thing is Thing.RELATIONSHIP_TYPE:
        (row,) = await tx.rows("deleting/keep_relationship_types", ids=[id], operation=by)
    else:
        (row,) = await tx.rows("deleting/keep_responsibilities", ids=[id], operation=by)
    return int(row["count"])


async def lock_survivors(tx: Transaction, ids: Collection[str], by: OperationId) -> None:
    """Takes the locks of customers into whom some were merged that an operation deleted, until the transaction ends."""
    if ids:
        await tx.rows("deleting/lock_survivors", ids=list(ids), operation=by)


async def kept(tx: Transaction, ids: Collection[str], by: OperationId) -> dict[str, Kept]:
    """What was kept of records when an operation deleted them, of those of which something was."""
    rows = await tx.rows("deleting/kept", ids=list(ids), operation=by) if ids else []
    return {row["id"]: Kept(frozenset(row["labels"]), tuple(row["taken"]), row["alone"]) for row in rows}


async def bring_back(tx: Transaction, ids: Collection[str], by: OperationId) -> int:
    """Brings records back that an operation deleted, as they were; answers how many."""
    if not ids:
        return 0
    (row,) = await tx.rows("deleting/bring_back", ids=list(ids), operation=by)
    return int(row["count"])


async def erase(tx: Transaction, ids: Collection[str]) -> int:
    """Removes for good what was kept of records, and what is found by their ids; answers how many there were."""
    (row,) = await tx.rows("deleting/erase", ids=list(ids))
    return int(row["count"])


async def erase_changes(tx: Transaction, parties: Collection[PartyId], relationships: Collection[Relationship]) -> None:
    """Empties what operations keep of some parties, and of some relationships."""
    ends = [{"party": r.source, "id": r.id} for r in relationships]
    await tx.rows("deleting/erase_changes", parties=list(parties), relationships=ends)


async def hide(tx: Transaction, ids: Collection[PartyId], by: OperationId) -> None:
    """Takes parties out of sight whose relationships are not gone yet."""
    if ids:
        await tx.rows("deleting/hide_parties", ids=list(ids), operation=by)


async def left(tx: Transaction, by: OperationId) -> int:
    """How many relationships are left of parties that an operation deletes."""
    (row,) = await tx.rows("deleting/left", operation=by)
    return int(row["count"])


async def take_of_definition(
    tx: Transaction, edge: str, type: str | None, responsibility: str | None, after: str, size: int
) -> list[Removed]:
    """Removes some relationships of an edge type that are of a type, or carry a responsibility, in the order of ids."""
    asked = {"edge": edge, "type": type, "responsibility": responsibility, "after": after, "size": size}
    return whole(await tx.rows("deleting/take_of_definition", **asked))


async def take_of_deleted(tx: Transaction, by: OperationId, size: int) -> list[Removed]:
    """Removes some relationships of parties that an operation deletes."""
    return whole(await tx.rows("deleting/take_of_deleted", operation=by, size=size))


async def take_within(tx: Transaction, by: OperationId, size: int) -> list[Removed]:
    """Removes some relationships made within households that an operation deletes."""
    return whole(await tx.rows("deleting/take_within", operation=by, size=size))


def whole(rows: Sequence[Row]) -> list[Removed]:
    """Relationships with what brings them back, of the one row that has all: many rows take the driver longer."""
    (row,) = rows
    return [
        Removed(
            as_relationship(tie, source, target), Made(datetime.fromisoformat(tie["created_at"]), tie["created_by"])
        )
        for tie, source, target in row["removed"]
    ]


async def next_cases(tx: Transaction, by: OperationId, size: int) -> list[tuple[Case, str]]:
    """Some cases that name a household or somebody of the staff, whom an operation deletes, and whom."""
    rows = await tx.rows("deleting/next_cases", operation=by, size=size)
    return [(as_case(row["properties"]), row["gone"]) for row in rows]
