"""The history of parties, and what an operation changed (SPEC 6.5)."""

from datetime import datetime
from typing import Any

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.kinds import KINDS, Kind

HISTORY = """query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { node(id: $id) {
    ... on PartyRecord { history(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id kind createdAt createdBy { id } } ownChanges { edges { node { record old new } } } }
        pageInfo { hasNextPage hasPreviousPage } totalCount { value } } } } }"""
CHANGES = """query($id: ID!, $first: Int, $after: String) { operation(id: $id) { kind
    changes(first: $first, after: $after) { edges { cursor node { record party { id } old new } }
        pageInfo { hasNextPage } totalCount { value } } } }"""


async def history(client: Client, id: str, **arguments: Any) -> Any:
    """A page of a party's history."""
    return (await client.ask(HISTORY, id=id, **arguments))["node"]["history"]


async def kinds(client: Client, id: str, **arguments: Any) -> list[str]:
    """What was done on a page of a party's history."""
    return [edge["node"]["kind"] for edge in (await history(client, id, **arguments))["edges"]]


async def changes(client: Client, id: str) -> list[tuple[str, Any, Any]]:
    """What stands in a party's history, the latest first: the record, old and new."""
    edges = (await history(client, id))["edges"]
    return [tuple(one["node"].values()) for edge in edges for one in edge["ownChanges"]["edges"]]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.type)
async def test_a_party_has_a_history_the_latest_first(client: Client, kind: Kind) -> None:
    """6.5: old value, new value, when; who is told where Kith keeps them."""
    id = await kind.new(client)
    (name,) = kind.renamed
    await client.do(f"update{kind.type}", {"id": id, name: "Bea"})
    assert await kinds(client, id) == [f"update{kind.type}", f"create{kind.type}"]
    latest, *_ = (await history(client, id))["edges"]
    ((_, old, new),) = [tuple(one["node"].values()) for one in latest["ownChanges"]["edges"]]
    assert (old["name"], new["name"]) == ("Ann", "Bea")
    assert latest["node"]["createdBy"] is None


async def test_the_lifecycle_stands_in_the_history_with_old_and_new_values(client: Client) -> None:
    """6.1, 6.5"""
    id = await client.consumer()
    for deed in ("enroll", "deactivate", "reactivate", "unenroll"):
        await client.do(deed, {"id": id})
    active, enrolled, inactive = ({"status": status} for status in ("ACTIVE", "ENROLLED", "INACTIVE"))
    reason, before = {"inactive_reason": "DEACTIVATED"}, {"status_before": "ENROLLED"}
    none, nothing = {"inactive_reason": None}, {"status_before": None}
    assert (await changes(client, id))[:4] == [
        (id, {**enrolled, **none}, {**inactive, "inactive_reason": "UNENROLLED"}),
        (id, {**inactive, **reason, **before}, {**enrolled, **none, **nothing}),
        (id, {**enrolled, **none, **nothing}, {**inactive, **reason, **before}),
        (id, active, enrolled),
    ]


async def test_email_preferences_and_points_stand_in_the_history(client: Client) -> None:
    """6.3, 6.4, 6.5"""
    id = await client.consumer()
    await client.points_type()
    await client.do("setEmailPreference", {"id": id, "optedIn": True, "origin": "web form"})
    entry = await client.points(id, 5)
    adjusted, (record, old, new), _ = await changes(client, id)
    assert adjusted == (entry, None, {"type": "BONUS", "amount": 5, "balance": 5, "reason": "a gift"})
    when = (await history(client, id))["edges"][1]["node"]["createdAt"]
    moments = [datetime.fromisoformat(text) for text in (new.pop("email_opt_in_at"), when)]
    assert (record, moments[0]) == (id, moments[1])
    said = ("email_opt_in_at", "email_opt_in_by", "email_opt_in_origin")
    assert old == {"email_opt_in": False, **dict.fromkeys(said)}
    assert new == {"email_opt_in": True, "email_opt_in_by": "administrator", "email_opt_in_origin": "web form"}


async def test_a_relationship_stands_in_the_history_of_both_its_ends_and_nothing_of_others(client: Client) -> None:
    """6.5: what else an operation did is told by the operation."""
    ann, bea, cat = [await client.consumer() for _ in range(3)]
    drafts = [{"type": "FRIEND", "source": ann, "target": other} for other in (bea, cat)]
    one, other = await client.relate_all(drafts)
    assert await kinds(client, ann) == ["relate", "createConsumer"]
    assert sorted(record for record, *_ in (await changes(client, ann))[:2]) == sorted([one, other])
    assert [record for record, *_ in await changes(client, bea)] == [one, bea]
    assert [record for record, *_ in await changes(client, cat)] == [other, cat]
    latest, *_ = (await history(client, bea))["edges"]
    whole = (await client.ask(CHANGES, id=latest["node"]["id"]))["operation"]
    assert whole["kind"] == "relate"
    told = [(edge["node"]["record"], edge["node"]["party"]["id"]) for edge in whole["changes"]["edges"]]
    assert told == sorted([(one, ann), (one, bea), (other, ann), (other, cat)])


async def test_histories_and_changes_are_paged(client: Client) -> None:
    """6.5: an operation that changed a party many times stands in its history once."""
    ann, *others = [await client.consumer() for _ in range(4)]
    await client.relate_all([{"type": "FRIEND", "source": ann, "target": other} for other in others])
    await client.do("enroll", {"id": ann})
    first = await history(client, ann, first=1)
    assert [edge["node"]["kind"] for edge in first["edges"]] == ["enroll"]
    assert (first["totalCount"], first["pageInfo"]) == (
        {"value": 3},
        {"hasNextPage": True, "hasPreviousPage": False},
    )
    rest = await history(client, ann, first=5, after=first["edges"][0]["cursor"])
    assert [edge["node"]["kind"] for edge in rest["edges"]] == ["relate", "createConsumer"]
    assert await kinds(client, ann, last=2, before=rest["edges"][-1]["cursor"]) == ["enroll", "relate"]
    relate = rest["edges"][0]["node"]["id"]
    seen, after = [], None
    while True:
        page = (await client.ask(CHANGES, id=relate, first=4, after=after))["operation"]["changes"]
        assert page["totalCount"] == {"value": 6}
        seen += [(edge["node"]["record"], edge["node"]["party"]["id"]) for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["edges"][-1]["cursor"]
    assert seen == sorted(set(seen))
    assert len(seen) == 6


async def test_what_is_no_partys_stands_in_an_operation_alone(client: Client) -> None:
    """6.5"""
    given = {"code": "BONUS", "name": "Bonus"}
    made = await client.do("definePointsType", given, "... on PointsTypeDefined { pointsType { id } operation { id } }")
    found = (await client.ask(CHANGES, id=made["operation"]["id"]))["operation"]
    (edge,) = found["changes"]["edges"]
    id = made["pointsType"]["id"]
    whole = {"id": id, **given, "description": None, "active": True}
    assert edge["node"] == {"record": id, "party": None, "old": None, "new": whole}


async def test_who_did_an_operation_is_a_party_where_kith_keeps_one(client: Client, graph: Graph) -> None:
    """6.5"""
    sam, ann = await client.user(), await client.consumer()
    await graph.apply(f"CYPHER 25 MATCH (o:Operation {{kind: 'createConsumer'}}) SET o.created_by = '{sam}'")
    (edge,) = (await history(client, ann))["edges"]
    assert edge["node"]["createdBy"] == {"id": sam}
