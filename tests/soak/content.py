"""What the graph holds, and what it should hold after the mutations that were answered."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from graphdb.graph import Graph
from tests.soak.clients import Settled

STATEMENTS = (
    """CYPHER 25 MATCH (n:Party)
    RETURN n.id AS id, [n.kind, n.name, n.status, n.version, COLLECT {
        MATCH (x:ExternalId)-->(n) RETURN x.key ORDER BY x.key
    }, COLLECT { MATCH (n)-[:MERGED_INTO]->(into) RETURN into.id }] AS holds""",
    """CYPHER 25 MATCH (a:Party)-[r]->(b:Party) WHERE r.type IS NOT NULL
    RETURN r.id AS id, [r.type, a.id, b.id, r.valid_to, r.version] AS holds""",
    "CYPHER 25 MATCH (t:RelationshipType) WHERE NOT coalesce(t.built_in, FALSE) RETURN t.id AS id, [t.code] AS holds",
    """CYPHER 25 MATCH (d:Deleted) RETURN d.id AS id, ['deleted', d.deleted_by, COLLECT {
        MATCH (x:ExternalId)-->(d) RETURN x.key
    }] AS holds""",
    "CYPHER 25 MATCH (o:Operation) RETURN o.id AS id, [o.kind, o.answer, o.restored_by] AS holds",
    "CYPHER 25 MATCH (c:Change) RETURN 'changes by ' + c.operation AS id, [count(c)] AS holds",
    "CYPHER 25 MATCH (j:Job) WHERE j.id IS NOT NULL RETURN j.id AS id, [j.kind] AS holds",
)

Content: TypeAlias = dict[str, list[Any]]
"""All that mutations leave, by id: of each record as much as tells whether the whole of it is there."""

Before: TypeAlias = dict[str, Content]
"""What merges and deletions have touched, as it was before them, by their operation."""


async def found(graph: Graph) -> Content:
    """What there is."""
    rows = [row for text in STATEMENTS for row in await graph.run(text, {}, "soak", 60)]
    content = {row["id"]: row["holds"] for row in rows}
    assert len(content) == len(rows), "the same id twice"
    return content


def expected(done: Iterable[Settled]) -> Content:
    """What there should be, and nothing else."""
    content: Content = {}
    before: Before = {}
    for settled in done:
        apply(settled, content, before)
    return content


def apply(settled: Settled, content: Content, before: Before) -> None:
    """Does a mutation to the content, as it should have been done: once, and all of it."""
    given, ids, operation = settled.given, settled.answer.ids, settled.answer.operation
    answer, changes = list(ids), len(ids)
    match settled.mutation:
        case "createConsumer":
            keys = [f"{each['system']}|{each['value']}" for each in given["externalIds"]]
            content[ids[0]] = ["Consumer", given["givenName"], "ACTIVE", 1, keys, []]
        case "createAccount":
            content[ids[0]] = ["Account", given["legalName"], "ACTIVE", 1, [], []]
        case "createHousehold":
            content[ids[0]] = ["Household", given["name"], None, 1, [], []]
        case "updateConsumer":
            kind, _, status, version, *others = content[ids[0]]
            content[ids[0]] = [kind, given["givenName"], status, version + 1, *others]
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
        case "findDuplicates":
            content[ids[0]], changes = ["FIND_DUPLICATES"], 0
        case "merge":
            answer = list(settled.about)
            before[operation] = merged(content, *answer)
            changes = changes_of(before[operation])
        case "delete":
            before[operation] = deleted(content, ids[0], operation)
            changes = changes_of(before[operation])
        case "undoMerge":
            (undone,) = settled.about
            changes = changes_of(before[undone])
            # what had moved has moved twice, what had collapsed is made again as it was
            content |= {id: later(held) if id in content else held for id, held in before.pop(undone).items()}
            content[undone][-1] = operation
        case "restore":
            (undone,) = settled.about
            changes = changes_of(before[undone])
            content |= before.pop(undone)
            content[undone][-1] = operation
    content[operation] = [settled.mutation, answer, None]
    if changes:
        content[f"changes by {operation}"] = [changes]


def merged(content: Content, survivor: str, gone: str) -> Content:
    """Merges one customer into another; answers what it has touched, as that was."""
    ties = ties_of(content, gone)
    ours = {tuple(content[id][:3]): id for id in ties_of(content, survivor)}
    was = {id: content[id] for id in (survivor, gone, *ties)}
    kind, name, status, version, keys, _ = content[survivor]
    content[survivor] = [kind, name, status, version + 1, sorted([*keys, *content[gone][4]]), []]
    kind, name, status, version, _, _ = content[gone]
    content[gone] = [kind, name, "MERGED", version + 1, [], [survivor]]
    for id in ties:
        type, *ends, until, version = content.pop(id)
        ends = [survivor if end == gone else end for end in ends]
        if (type, *ends) not in ours:
            content[id] = [type, *ends, until, version + 1]
    return was


def deleted(content: Content, gone: str, operation: str) -> Content:
    """Deletes a party or a type with its relationships; answers what it has touched, as that was."""
    was = {id: content.pop(id) for id in [gone, *ties_of(content, gone, *content[gone][:1])]}
    content[gone] = ["deleted", operation, was[gone][4] if len(was[gone]) > 1 else []]
    return was


def ties_of(content: Content, party: str, type: str = "") -> list[str]:
    """The relationships in which a party is an end, or of a type."""
    ties = [(id, held) for id, held in content.items() if id.startswith("relationship_") and len(held) == 5]
    return [id for id, held in ties if party in held[1:3] or type == held[0]]


def changes_of(touched: Content) -> int:
    """How many changes the histories keep: of a relationship one at either end."""
    return sum(2 if len(held) == 5 else 1 for held in touched.values())


def later(held: list[Any]) -> list[Any]:
    """A party or a relationship as it is once it was changed and changed back: two versions later."""
    place = 4 if len(held) == 5 else 3
    return [*held[:place], held[place] + 2, *held[place + 1 :]]


def differences(found: Content, expected: Content) -> list[tuple[str, Any, Any]]:
    """Id, what is there and what should be, of all that differs."""
    ids = sorted(found.keys() | expected.keys())
    return [(id, found.get(id), expected.get(id)) for id in ids if found.get(id) != expected.get(id)]
