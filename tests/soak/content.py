"""What the graph holds, and what it should hold after the mutations that were answered."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from graphdb.graph import Graph
from tests.soak.clients import Settled

STATEMENTS = (
    """CYPHER 25 MATCH (n:Party)
    RETURN n.id AS id, [n.kind, n.name, n.version, COLLECT { MATCH (x:ExternalId)-->(n) RETURN x.key }] AS holds""",
    "CYPHER 25 MATCH (a:Party)-[r]->(b:Party) RETURN r.id AS id, [r.type, a.id, b.id, r.valid_to, r.version] AS holds",
    "CYPHER 25 MATCH (t:RelationshipType) WHERE NOT coalesce(t.built_in, FALSE) RETURN t.id AS id, [t.code] AS holds",
    "CYPHER 25 MATCH (o:Operation) RETURN o.id AS id, [o.kind, o.answer] AS holds",
    "CYPHER 25 MATCH (c:Change) RETURN 'changes by ' + c.operation AS id, [count(c)] AS holds",
)

Content: TypeAlias = dict[str, list[Any]]
"""All that mutations leave, by id: of each record as much as tells whether the whole of it is there."""


async def found(graph: Graph) -> Content:
    """What there is."""
    rows = [row for text in STATEMENTS for row in await graph.run(text, {}, "soak", 60)]
    content = {row["id"]: row["holds"] for row in rows}
    assert len(content) == len(rows), "the same id twice"
    return content


def expected(done: Iterable[Settled]) -> Content:
    """What there should be, and nothing else."""
    content: Content = {}
    for settled in done:
        apply(settled, content)
    return content


def apply(settled: Settled, content: Content) -> None:
    """Does a mutation to the content, as it should have been done: once, and all of it."""
    given, ids = settled.given, settled.answer.ids
    changes = len(ids)
    match settled.mutation:
        case "createConsumer":
            keys = [f"{each['system']}|{each['value']}" for each in given["externalIds"]]
            content[ids[0]] = ["Consumer", given["givenName"], 1, keys]
        case "createAccount":
            content[ids[0]] = ["Account", given["legalName"], 1, []]
        case "createHousehold":
            content[ids[0]] = ["Household", given["name"], 1, []]
        case "updateConsumer":
            kind, _, version, keys = content[ids[0]]
            content[ids[0]] = [kind, given["givenName"], version + 1, keys]
        case "relate":
            for id, draft in zip(ids, given["relationships"], strict=True):
                content[id] = [draft["type"], draft["source"], draft["target"], None, 1]
            changes *= 2  # one in the history of either end
        case "addMember":
            content[ids[0]] = ["HOUSEHOLD_MEMBER", given["party"], given["group"], None, 1]
            changes *= 2
        case "endRelationship":
            type, source, target, _, version = content[ids[0]]
            content[ids[0]] = [type, source, target, given["on"], version + 1]
            changes *= 2
        case "defineRelationshipType":
            content[ids[0]] = [given["code"]]
    content[settled.answer.operation] = [settled.mutation, list(ids)]
    content[f"changes by {settled.answer.operation}"] = [changes]


def differences(found: Content, expected: Content) -> list[tuple[str, Any, Any]]:
    """Id, what is there and what should be, of all that differs."""
    ids = sorted(found.keys() | expected.keys())
    return [(id, found.get(id), expected.get(id)) for id in ids if found.get(id) != expected.get(id)]
