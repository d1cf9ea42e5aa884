"""What is asked: the documents, each of many customers found in the store, always the same ones of the same store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import neo4j

from bench import search
from graphdb.local import Endpoint

FOLDER = Path(__file__).parent / "documents"
Variables = Mapping[str, Any]
CONSUMERS = "MATCH (party:Consumer) RETURN party.id AS id"
HUBS = """MATCH (party:Account)
WHERE COUNT { (party)<-[:LINKED_TO]-() } >= 100
  AND COUNT { MATCH (party)<-[link:LINKED_TO]-() WHERE link.valid_to IS NULL } >= 100
RETURN party.id AS id"""
FAMILIES = """MATCH (party:Consumer)
WHERE COUNT { (party)-[:PARENT_OF]->() } >= 3
WITH party, COUNT { (party)-[:PARENT_OF]->{1,3}() } + COUNT { (party)-[:PARENT_OF]->{0,2}()-[:PARTNER_OF]-() } AS size
WHERE 70 <= size <= 90
RETURN party.id AS id LIMIT 1000"""
LIVING = """MATCH (party:Consumer)
WHERE NOT coalesce(party.deceased, FALSE) AND party.birth_date_latest > date() - duration({years: 100})
RETURN party.id AS id LIMIT 20000"""
ELDERS = """MATCH (party:Consumer)
WHERE NOT coalesce(party.deceased, FALSE) AND party.birth_date_latest > date() - duration({years: 100})
  AND COUNT { (party)-[:PARENT_OF]->{1,3}() } >= 10
RETURN party.id AS id LIMIT 5000"""
ANCESTORS = """MATCH (party:Consumer)
WHERE NOT EXISTS { (party)<-[:PARENT_OF]-() } AND EXISTS { (party)-[:PARENT_OF]->{8}() }
WITH party LIMIT 1000
CALL (party) { MATCH (party)-[:PARENT_OF]->{1,8}(below) RETURN count(DISTINCT below) AS size }
WITH party, size WHERE 200 <= size <= 600
RETURN party.id AS id"""
RELATED = """UNWIND $pairs AS pair
MATCH (one:Party {id: pair[0]})
MATCH (other:Party {id: pair[1]})
MATCH way = SHORTEST 1 (one)-[:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS|MEMBER_OF]-{1,12}(other)
RETURN one.id AS id, other.id AS other"""
REACHABLE = """MATCH (party:Consumer) WHERE party.phone IS NOT NULL
RETURN party.id AS id, party {.given_name, .family_name, .phone, .email} AS known"""


@dataclass(frozen=True)
class Question:
    """A document, with the variables of many requests, which are sent over and over in this order."""

    document: str
    variables: Sequence[Variables]

    @property
    def text(self) -> str:
        """The document as it is sent: without its comment."""
        return (FOLDER / f"{self.document}.graphql").read_text().partition("\n")[2]

    @property
    def holds(self) -> bytes:
        """What every answer has; nobody may be found by a search, and two may be strangers."""
        return {"search": b'"edges"', "path": b'"paths"'}.get(self.document, b'"name"')

    @property
    def least(self) -> int:
        """How many requests are measured at least in a run; searches are of many sorts, each of which is to be."""
        return len(self.variables) if self.document == "search" else 0


class TooSmall(Exception):
    """A store has nobody whom a document asks for."""


def question(document: str, at: Endpoint) -> Question:
    """A document, and whom it asks for in a store. Raises TooSmall."""
    variables = CHOSEN[document](at)
    if not variables:
        raise TooSmall(f"There is nobody in so small a store whom {document} asks for.")
    return Question(document, variables)


def question_of_living(document: str, at: Endpoint) -> Question:
    """The same of those alone who live, where it is asked for one person: of the dead not everybody is told. Those who
    live have fewer descendants. Raises TooSmall."""
    among = {"tiny": LIVING, "hop3": ELDERS}
    if document not in among:
        return question(document, at)
    found = [{"id": id} for id in some(at, among[document], 300)]
    if not found:
        raise TooSmall(f"There is nobody in so small a store whom {document} asks for.")
    return Question(document, found)


def rows(at: Endpoint, text: str, **parameters: Any) -> list[dict[str, Any]]:
    """What a statement finds, in an order of its own."""
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as opened:
        found = [record.data() for record in opened.execute_query(f"CYPHER 25 {text}", parameters).records]
    return sorted(found, key=lambda row: str(row["id"]))


def some(at: Endpoint, text: str, most: int) -> list[str]:
    """The ids that a statement finds, mixed, at most so many."""
    found = [row["id"] for row in rows(at, text)]
    return Random(0).sample(found, min(most, len(found)))


def tiny(at: Endpoint) -> Sequence[Variables]:
    """A thousand people."""
    return [{"id": id} for id in some(at, CONSUMERS, 1000)]


def hop1(at: Endpoint) -> Sequence[Variables]:
    """Those who have a hundred current relationships."""
    return [{"id": id} for id in some(at, HUBS, 500)]


def n1000(at: Endpoint) -> Sequence[Variables]:
    """Ten of those at a time."""
    hubs, random = some(at, HUBS, 500), Random(1)
    return [{"ids": random.sample(hubs, min(10, len(hubs)))} for _ in range(50 if hubs else 0)]


def hop3(at: Endpoint) -> Sequence[Variables]:
    """People with about eighty descendants and partners of these, three levels down."""
    return [{"id": id} for id in some(at, FAMILIES, 300)]


def tree(at: Endpoint) -> Sequence[Variables]:
    """Those with whom families begin that have eight generations more."""
    return [{"root": id} for id in some(at, ANCESTORS, 20)]


def path(at: Endpoint) -> Sequence[Variables]:
    """Any two people who are related somehow."""
    people = some(at, CONSUMERS, 100)
    related = rows(at, RELATED, pairs=[*zip(people[::2], people[1::2], strict=False)])
    return [{"from": row["id"], "to": row["other"]} for row in related]


def searches(at: Endpoint) -> Sequence[search.Typed]:
    """What people type to find others."""
    return search.typed([row["known"] for row in rows(at, REACHABLE)], Random(0))


CHOSEN: Mapping[str, Callable[[Endpoint], Sequence[Variables]]] = {
    "tiny": tiny,
    "hop1": hop1,
    "hop3": hop3,
    "n1000": n1000,
    "search": lambda at: [{"search": one.text} for one in searches(at)],
    "tree": tree,
    "path": path,
}
