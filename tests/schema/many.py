"""What is deleted with more records than go at once, of every kind."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from domain import deleting
from domain import doomed as facts
from graphdb.graph import Graph
from resolvers import doomed, erasing, returning, sweeping
from tests.client import Client
from tests.schema.test_within_households import ANSWERS, TYPE, Home

SERVES = {"type": "CONSUMER_TEAM", "responsibility": "RELATIONSHIP_MANAGER"}
EVERY = "KITH_ROUNDS" in os.environ
"""Two kinds stand for all, unless it is a soak."""
KINDS = ["type", "group type", "responsibility", "user", "household", "consumer"] if EVERY else ["type", "household"]


def made_few(monkeypatch: pytest.MonkeyPatch, graph: Graph) -> None:
    """Five records are many from here on, of which two go, and come back, at a time; nothing is read warily yet."""
    monkeypatch.setattr(deleting, "MOST", 5)
    monkeypatch.setattr(facts, "MOST", 5)
    monkeypatch.setattr(doomed, "READ", 6)
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    monkeypatch.setattr(returning, "AT_ONCE", 2)
    monkeypatch.setattr(erasing, "AT_ONCE", 2)
    monkeypatch.setattr(graph, "_wary_until", 0.0)


@dataclass
class Many:
    """What is deleted with many records: by which choices, with which relationships, at which far ends; and a case that
    stays and loses what it names."""

    id: str
    ties: Sequence[str]
    far: Sequence[str]
    choices: dict[str, Any] = field(default_factory=dict)
    count: int = 0
    case: str | None = None


async def many(client: Client, what: str) -> Many:
    """Something with more records than go at once."""
    people = [await client.consumer(f"C{number}") for number in range(6)]
    made = {
        "type": of_type,
        "group type": of_group_type,
        "responsibility": of_responsibility,
        "user": of_user,
        "household": of_household,
        "consumer": of_consumer,
    }
    return await made[what](client, people)


async def of_type(client: Client, people: list[str]) -> Many:
    """A type of which five relationships are, acyclic and with a limit."""
    await client.define(
        "GUIDE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE", acyclic=True, maxPerTarget=9
    )
    ties = await client.relate_all(
        [
            {"type": "GUIDE", "source": c, "target": people[0], "note": "n", "validFrom": "2001-01-01"}
            for c in people[1:]
        ]
    )
    return Many(await type_of(client, "GUIDE"), ties, people, count=6)


async def type_of(client: Client, code: str) -> str:
    """The id of a type."""
    types = (await client.ask("{ relationshipTypes { id code } }"))["relationshipTypes"]
    return str(next(type["id"] for type in types if type["code"] == code))


async def of_group_type(client: Client, people: list[str]) -> Many:
    """A type of which three groups of two are."""
    kinds = {"sourceKinds": ["CONSUMER"], "targetKinds": ["GROUP"]}
    await client.define("CLUB", **kinds, category="GROUP", roles=["OWNER", "MEMBER"])
    groups, ties = list[str](), list[str]()
    for one, other in (people[:2], people[2:4], people[4:]):
        members = [{"party": one, "role": "OWNER"}, {"party": other, "role": "MEMBER"}]
        groups.append(await client.group(members, type="CLUB"))
    for group in groups:
        members = "... on Group { members { edges { node { relationship { id } } } } }"
        found = (await client.node(group, members))["members"]["edges"]
        ties += [edge["node"]["relationship"]["id"] for edge in found]
    return Many(await type_of(client, "CLUB"), ties, people, count=10)


async def of_responsibility(client: Client, people: list[str]) -> Many:
    """A responsibility that somebody of the staff has for six, for whom only one may."""
    id = await client.responsibility("ADVISER", subjectKinds=["CONSUMER"], exclusive=True)
    user = await client.user("adviser@kith.example")
    ties = await client.relate_all(
        [{"type": "CONSUMER_TEAM", "responsibility": "ADVISER", "source": user, "target": c} for c in people]
    )
    return Many(id, ties, people, {"takeRelationships": True}, count=7)


async def of_user(client: Client, people: list[str]) -> Many:
    """Somebody of the staff who serves six, and looks after the cases of three."""
    user = await client.user(externalIds=[{"system": "hr", "value": "1"}])
    ties = await client.relate_all([{**SERVES, "source": user, "target": c} for c in people])
    for person in people[:3]:
        case = await client.open_case(person, assignee=user)
    return Many(user, ties, people, count=10, case=case)


async def of_household(client: Client, people: list[str]) -> Many:
    """A household of six members, who represent each other within it, with a case and somebody who serves it."""
    home = await Home.of(client)
    ties = [home.represents, *home.rows.values()]
    for number, person in enumerate(people[:4]):
        ties.append(await client.member(home.id, person, head=number == 0, validFrom="2002-01-01"))
        ties.append(await client.relate(TYPE, person, home.ann, household=home.id, **ANSWERS))
    team = {"type": "HOUSEHOLD_TEAM", "responsibility": "RELATIONSHIP_MANAGER"}
    user = await client.user("h@kith.example")
    ties += await client.relate_all([{**team, "source": user, "target": home.id}])
    case = await client.open_case(home.ann, household=home.id)
    return Many(home.id, ties, [user, home.ann, home.bea, *people[:4]], count=14, case=case)


async def of_consumer(client: Client, people: list[str]) -> Many:
    """Somebody with friends and a child, who is a member of a household and represents another within it."""
    home = await Home.of(client)
    friends = await client.relate_all([{"type": "FRIEND", "source": home.ann, "target": c} for c in people])
    parent = await client.relate_all([{"type": "PARENT", "source": home.ann, "target": people[0]}])
    await client.open_case(home.ann)
    ties = [home.represents, home.rows[home.ann], *friends, *parent]
    return Many(home.ann, ties, [home.id, home.bea, *people], {"openCases": "DELETE"}, count=11)
