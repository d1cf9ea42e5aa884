"""The same as Strawberry's guide leads to: types, and on each field that leads on a resolver that runs a statement.

`python -m bench.naive`. It has what the documents ask for, for anybody, answers by Strawberry's own view, and keeps
what it parsed and validated.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import neo4j
import strawberry
import uvloop
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from bench.endpoint import serve
from schema.enums import Direction, PartyKind

PARTY = "MATCH (party:Party {id: $id}) RETURN properties(party) AS party"
RELATIONSHIPS = """MATCH (near:Party {id: $id})
MATCH (near)-[edge:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(party)
WHERE coalesce(edge.valid_from_day <= $today, TRUE) AND coalesce(edge.valid_to_day > $today, TRUE)
RETURN properties(edge) AS edge, startNode(edge) = near AS outgoing, party.id AS far
ORDER BY edge.type, coalesce(toString(edge.valid_from_day), ''), edge.id LIMIT $first"""
PARTNERS = """MATCH (:Party {id: $id})-[edge:PARTNER_OF]-(party)
RETURN properties(edge) AS edge, party.id AS far
ORDER BY coalesce(toString(edge.valid_from_day), ''), edge.id"""
CHILDREN = """MATCH (:Party {id: $id})-[edge:PARENT_OF]->(party)
RETURN properties(edge) AS edge, party.id AS far
ORDER BY party.birth_date_earliest, party.id, edge.id"""

Info = strawberry.Info[dict[str, neo4j.AsyncDriver], None]


async def rows(info: Info, text: str, **parameters: object) -> list[dict[str, Any]]:
    """What a statement finds."""
    async with info.context["driver"].session(database="neo4j", default_access_mode=neo4j.READ_ACCESS) as session:
        result = await session.run(f"CYPHER 25 {text}", parameters)
        return await result.data()


async def party_of(info: Info, id: str) -> "Consumer | Account | None":
    """A party by its id, None if there is none of it."""
    found = await rows(info, PARTY, id=id)
    return made(found[0]["party"]) if found else None


@strawberry.interface
class Node:
    id: strawberry.ID


@strawberry.interface
class Party(Node):
    kind: PartyKind
    name: str


@strawberry.type
class RelationshipType:
    code: str


@strawberry.type
class Relationship:
    id: strawberry.ID
    type: RelationshipType
    valid_from: str | None
    valid_to: str | None


@strawberry.type
class Relation:
    relationship: Relationship
    to: strawberry.Private[str]

    @strawberry.field
    async def party(self, info: Info) -> Party | None:
        return await party_of(info, self.to)


@strawberry.type
class RelationshipEdge:
    node: Relationship
    direction: Direction | None
    to: strawberry.Private[str]

    @strawberry.field
    async def party(self, info: Info) -> Party | None:
        return await party_of(info, self.to)


@strawberry.type
class RelationshipConnection:
    edges: list[RelationshipEdge]


@strawberry.type
class Customer(Party):
    number: str

    @strawberry.field
    async def relationships(self, info: Info, first: int = 20) -> RelationshipConnection:
        found = await rows(info, RELATIONSHIPS, id=self.id, first=first, today=datetime.now(UTC).date())
        return RelationshipConnection(
            edges=[
                RelationshipEdge(node=related(row["edge"]), direction=direction(row), to=row["far"]) for row in found
            ]
        )


@strawberry.type
class Consumer(Customer):
    email: str | None
    birth_date: str | None

    @strawberry.field
    async def partners(self, info: Info) -> list[Relation]:
        found = await rows(info, PARTNERS, id=self.id)
        return [Relation(relationship=related(row["edge"]), to=row["far"]) for row in found]

    @strawberry.field
    async def children(self, info: Info) -> list[Relation]:
        found = await rows(info, CHILDREN, id=self.id)
        return [Relation(relationship=related(row["edge"]), to=row["far"]) for row in found]


@strawberry.type
class Account(Customer):
    pass


def made(found: Mapping[str, Any]) -> Consumer | Account:
    """A customer of its properties."""
    kind = PartyKind(found["kind"])
    common: dict[str, Any] = {"id": found["id"], "kind": kind, "name": found["name"], "number": found["number"]}
    if kind is PartyKind.ACCOUNT:
        return Account(**common)
    return Consumer(**common, email=found.get("email"), birth_date=found.get("birth_date"))


def related(edge: Mapping[str, Any]) -> Relationship:
    """A relationship of an edge's properties."""
    return Relationship(
        id=strawberry.ID(edge["id"]),
        type=RelationshipType(code=edge["type"]),
        valid_from=edge.get("valid_from"),
        valid_to=edge.get("valid_to"),
    )


def direction(row: Mapping[str, Any]) -> Direction | None:
    """The direction of a relationship as seen from the near side."""
    if row["edge"]["symmetric"]:
        return None
    return Direction.OUTGOING if row["outgoing"] else Direction.INCOMING


@strawberry.type
class Query:
    @strawberry.field
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        return await party_of(info, id)

    @strawberry.field
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        return [await party_of(info, id) for id in ids]


class View(GraphQL[Any, Any]):
    """Strawberry's view, with the driver for the resolvers."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        super().__init__(strawberry.Schema(Query, types=[Consumer, Account], extensions=[ParserCache, ValidationCache]))
        self._driver = driver

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Any:
        return {"driver": self._driver}


def app(driver: neo4j.AsyncDriver) -> ASGIApp:
    """The application."""
    return View(driver)


if __name__ == "__main__":
    uvloop.run(serve(app))
