"""Clients that race: whoever comes second is refused, and the rules hold afterwards (SPEC 3.7, DESIGN 2)."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.kinds import KINDS

ROUNDS = 3
rounds = pytest.mark.parametrize("round", range(ROUNDS))
RACERS = 4


async def race(client: Client, mutation: str, given: Sequence[dict[str, Any]]) -> Counter[str]:
    """How often each answer came when all were sent at once: the type of what happened, or of the refusal."""
    answers = await asyncio.gather(*(client.do(mutation, each) for each in given))
    return Counter(
        ",".join(refusal["__typename"] for refusal in answer.get("refusals", [])) or answer["__typename"]
        for answer in answers
    )


def related(*pairs: tuple[str, str, str]) -> list[dict[str, Any]]:
    """An input for each client, who relates one pair by a type."""
    return [{"relationships": [{"type": type, "source": a, "target": b}]} for type, a, b in pairs]


async def count(graph: Graph, pattern: str) -> int:
    """How many there are of a pattern `x`."""
    (row,) = await graph.run(f"CYPHER 25 MATCH {pattern} RETURN count(x) AS count", {}, "tests")
    return int(row["count"])


@rounds
async def test_one_gets_an_external_id(client: Client, graph: Graph, round: int) -> None:
    """1.2"""
    given = [{"externalIds": [{"system": "crm", "value": "7"}]} for _ in range(RACERS)]
    assert await race(client, "createConsumer", given) == {"ConsumerCreated": 1, "AlreadyTaken": RACERS - 1}
    assert await count(graph, "(:Party)<-[:IDENTIFIES]-(x:ExternalId)") == await count(graph, "(x:Party)") == 1


@rounds
async def test_one_gets_an_external_id_by_an_update(client: Client, graph: Graph, round: int) -> None:
    """1.2"""
    ids = [await client.consumer() for _ in range(RACERS)]
    given = [{"id": id, "externalIds": [{"system": "crm", "value": "7"}]} for id in ids]
    assert await race(client, "updateConsumer", given) == {"ConsumerUpdated": 1, "AlreadyTaken": RACERS - 1}
    assert await count(graph, "(x:ExternalId)") == 1


@rounds
async def test_one_gets_a_login(client: Client, graph: Graph, round: int) -> None:
    """1.4"""
    given = [{"name": "Sam", "login": login} for login in ("sam@kith.example", "SAM@kith.example")]
    assert await race(client, "createInternalUser", given) == {"InternalUserCreated": 1, "AlreadyTaken": 1}
    assert await count(graph, "(x:InternalUser)") == 1


@rounds
async def test_one_gets_the_code_of_a_type(client: Client, graph: Graph, round: int) -> None:
    """2.1"""
    given = {
        "code": "COACH",
        "name": "Coach",
        "label": "trains",
        "reverseLabel": "is trained by",
        "category": "LOOSE",
        "sourceKinds": ["CONSUMER"],
        "targetKinds": ["CONSUMER"],
    }
    told = await race(client, "defineRelationshipType", [given] * RACERS)
    assert told == {"RelationshipTypeDefined": 1, "AlreadyTaken": RACERS - 1}
    assert await count(graph, "(x:RelationshipType {code: 'COACH'})") == 1


@rounds
async def test_one_update_of_a_version_is_made(client: Client, round: int) -> None:
    """1.2"""
    id = await client.consumer()
    given = [{"id": id, "expectedVersion": 1, "givenName": name} for name in ("Bea", "Cat", "Dan", "Eve")]
    assert await race(client, "updateConsumer", given) == {"ConsumerUpdated": 1, "StaleVersion": 3}
    assert await client.node(id, "... on Consumer { version }") == {"version": 2}


@rounds
async def test_no_update_without_a_version_is_lost(client: Client, round: int) -> None:
    """1.2"""
    id = await client.consumer("Ann")
    given = [{"id": id, name: "Ost"} for name in ("familyName", "prefix", "suffix")]
    assert await race(client, "updateConsumer", given) == {"ConsumerUpdated": 3}
    found = await KINDS[0].update(client, id, "name version")
    assert found == {"name": "Ost Ann Ost Ost", "version": 4}


@rounds
async def test_one_gets_the_last_place(client: Client, graph: Graph, round: int) -> None:
    """3.7"""
    branch, *offices = [await client.account() for _ in range(RACERS + 1)]
    told = await race(client, "relate", related(*(("HEAD_OFFICE", office, branch) for office in offices)))
    assert told == {"Related": 1, "TooMany": RACERS - 1}
    assert await count(graph, "()-[x:OVERSEES]->()") == 1


@rounds
async def test_one_of_two_who_are_the_same_is_made(client: Client, graph: Graph, round: int) -> None:
    """2.4, 3.7: and one of a pair and its mirror."""
    ann, bea = await client.consumer(), await client.consumer()
    told = await race(client, "relate", related(("FRIEND", ann, bea), ("FRIEND", bea, ann), ("FRIEND", ann, bea)))
    assert told == {"Related": 1, "DuplicateRelationship": 2}
    assert await count(graph, "()-[x:LINKED_TO]->()") == 1


@rounds
async def test_one_member_is_added(client: Client, graph: Graph, round: int) -> None:
    """3.7"""
    given = {"group": await client.household(), "party": await client.consumer()}
    assert await race(client, "addMember", [given] * RACERS) == {"MemberAdded": 1, "DuplicateRelationship": RACERS - 1}
    assert await count(graph, "()-[x:MEMBER_OF]->()") == 1


@rounds
@pytest.mark.parametrize("length", [2, 4])
@pytest.mark.parametrize("type", ["PARENT", "HEAD_OFFICE"])
async def test_all_but_one_of_the_edges_of_a_cycle_are_made(
    client: Client, graph: Graph, type: str, length: int, round: int
) -> None:
    """3.7: two ends locked would still let four clients close a cycle of four."""
    make = client.consumer if type == "PARENT" else client.account
    ring = [await make() for _ in range(length)]
    pairs = [(type, ring[place], ring[(place + 1) % length]) for place in range(length)]
    assert await race(client, "relate", related(*pairs)) == {"Related": length - 1, "WouldMakeCycle": 1}
    assert await count(graph, "(p:Party)-[x:PARENT_OF|OVERSEES]->()") == length - 1
    assert await count(graph, "(x:Party)-[:PARENT_OF|OVERSEES]->{1,4}(x)") == 0


@rounds
async def test_a_place_given_up_is_taken_by_one(client: Client, graph: Graph, round: int) -> None:
    """3.7: those who wait for a lock decide on what they find under it."""
    branch, old, *offices = [await client.account() for _ in range(4)]
    held = await client.relate("HEAD_OFFICE", old, branch)
    removing = client.do("removeRelationship", {"id": held})
    taking = race(client, "relate", related(*(("HEAD_OFFICE", office, branch) for office in offices)))
    removed, told = await asyncio.gather(removing, taking)
    assert removed["__typename"] == "RelationshipRemoved"
    assert told["Related"] + told["TooMany"] == 2
    assert told["Related"] <= 1
    assert await count(graph, "()-[x:OVERSEES]->()") == told["Related"]


@rounds
async def test_a_relationship_is_removed_once(client: Client, graph: Graph, round: int) -> None:
    """3.6"""
    id = await client.relate("FRIEND", await client.consumer(), await client.consumer())
    told = await race(client, "removeRelationship", [{"id": id}] * RACERS)
    assert told == {"RelationshipRemoved": 1, "NotFound": RACERS - 1}
    assert await count(graph, "(x:Operation {kind: 'removeRelationship'})") == 1
