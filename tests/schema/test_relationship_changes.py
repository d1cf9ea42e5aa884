"""Changes of relationships: updated, ended, removed (SPEC 3.2, 3.5, 3.6)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client import Client
from tests.unchanged import Unchanged

WHOLE = """... on Relationship { type { code } source { id } target { id } responsibility { code } pedigree
    properties { code value } validFrom validFromInWords validTo validToInWords isCurrent note version
    createdBy { id } }"""
LIST = """query($id: ID!, $period: Period, $asOf: Date) { node(id: $id) { ... on PartyRecord {
    relationships(period: $period, asOf: $asOf) { edges { node { id } } } } } }"""


async def listed(client: Client, id: str, **arguments: Any) -> list[str]:
    """The ids of the relationships of a party."""
    found = (await client.ask(LIST, id=id, **arguments))["node"]["relationships"]
    return [edge["node"]["id"] for edge in found["edges"]]


def day(from_today: int) -> str:
    """A day so many days from today, where the tests' service is."""
    return (datetime.now(UTC).date() + timedelta(days=from_today)).isoformat()


async def test_an_update_changes_only_what_it_gives(client: Client) -> None:
    """3.5: null empties."""
    sam, ost = await client.user(), await client.account()
    given = {"responsibility": "ACCOUNT_MANAGER", "validFrom": "2001-01-01", "validTo": "2999-01-01", "note": "n"}
    id = await client.relate("ACCOUNT_TEAM", sam, ost, **given)
    before = await client.node(id, WHOLE)
    changed = await client.do(
        "updateRelationship",
        {"id": id, "validTo": None, "note": "m"},
        f"... on RelationshipUpdated {{ relationship {{ {WHOLE} }} }}",
    )
    assert changed["relationship"] == {**before, "validTo": None, "validToInWords": None, "note": "m", "version": 2}


async def test_an_update_can_replace_the_properties(client: Client) -> None:
    """3.5"""
    id = await client.relate("PARENT", await client.consumer(), await client.consumer())
    await client.do("updateRelationship", {"id": id, "properties": {"pedigree": "ADOPTIVE"}})
    selection = "... on Relationship { pedigree properties { value } version }"
    assert await client.node(id, selection) == {
        "pedigree": "ADOPTIVE",
        "properties": [{"value": "ADOPTIVE"}],
        "version": 2,
    }


async def test_an_update_to_what_it_was_is_no_change(client: Client) -> None:
    """1.2, 3.5"""
    id = await client.relate("FRIEND", await client.consumer(), await client.consumer(), note="n")
    before = await client.node(id, WHOLE)
    await client.do("updateRelationship", {"id": id, "note": "n", "validTo": None, "expectedVersion": 1})
    assert await client.node(id, WHOLE) == before


async def test_an_update_that_names_a_stale_version_is_refused(client: Client, unchanged: Unchanged) -> None:
    """1.2, 3.5"""
    id = await client.relate("FRIEND", await client.consumer(), await client.consumer())
    await client.do("updateRelationship", {"id": id, "note": "n"})
    async with unchanged.during():
        refusals = await client.refusals("updateRelationship", {"id": id, "note": "m", "expectedVersion": 1})
    assert refusals == [
        {"__typename": "StaleVersion", "path": ["expectedVersion"], "currentVersion": 2, "current": None}
    ]


async def test_a_relationship_ends_today_unless_told_otherwise_and_is_over_at_once(client: Client) -> None:
    """3.2"""
    ann, bea = await client.consumer(), await client.consumer()
    id = await client.relate("FRIEND", ann, bea)
    ended = await client.do(
        "endRelationship",
        {"id": id},
        "... on RelationshipEnded { relationship { id validTo isCurrent version } }",
    )
    assert ended["relationship"] == {"id": id, "validTo": day(0), "isCurrent": False, "version": 2}
    assert await listed(client, ann) == []
    assert await listed(client, ann, asOf=day(-1)) == [id]


@pytest.mark.parametrize(
    ("given", "on", "valid_to"),
    [
        ({}, "2001-01-01", "2001-01-01"),
        ({"validFrom": "2001-01-01"}, "2001-01-01", "2001-01-01"),
        ({"validTo": "2999-01-01"}, "2001-01-01", "2001-01-01"),
        ({"validFrom": "2999-01-01"}, None, "2999-01-01"),
        ({"validTo": "2001-01-01"}, None, "2001-01-01"),
        ({}, "2999-01-01", "2999-01-01"),
    ],
    ids=str,
)
async def test_a_relationship_ends_on_the_day_that_is_told(
    client: Client, given: dict[str, str], on: str | None, valid_to: str
) -> None:
    """3.2, 3.6: one that starts later ends on its first day, one that has ended stays so."""
    id = await client.relate("FRIEND", await client.consumer(), await client.consumer(), **given)
    ended = await client.do(
        "endRelationship", {"id": id, "on": on}, "... on RelationshipEnded { relationship { validTo } }"
    )
    assert ended["relationship"] == {"validTo": valid_to}


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        ("2000-12-31", {"__typename": "EndBeforeStart", "path": ["on"]}),
        ("2010-01-02", {"__typename": "InvalidValue", "path": ["on"]}),
    ],
)
async def test_ending_makes_nothing_last_longer_or_start_later(
    client: Client, unchanged: Unchanged, on: str, refusal: dict[str, Any]
) -> None:
    """3.5, 3.6"""
    dates = {"validFrom": "2001-01-01", "validTo": "2010-01-01"}
    id = await client.relate("FRIEND", await client.consumer(), await client.consumer(), **dates)
    async with unchanged.during():
        assert await client.refusals("endRelationship", {"id": id, "on": on}) == [refusal]


async def test_removing_deletes(client: Client) -> None:
    """3.6"""
    ann, bea = await client.consumer(), await client.consumer()
    id = await client.relate("FRIEND", ann, bea)
    assert await client.do("removeRelationship", {"id": id}, "... on RelationshipRemoved { id }") == {
        "__typename": "RelationshipRemoved",
        "id": id,
    }
    assert await listed(client, ann, period="ALL") == await listed(client, bea, period="ALL") == []
    assert await client.codes("query($id: ID!) { node(id: $id) { id } }", id=id) == [("NOT_FOUND", ["node"])]
    assert await client.relate("FRIEND", ann, bea) != id


@pytest.mark.parametrize("mutation", ["updateRelationship", "endRelationship", "removeRelationship"])
async def test_what_is_no_relationship_cannot_be_changed(client: Client, unchanged: Unchanged, mutation: str) -> None:
    """3.5: an id that nothing has, none at all, and one of another type."""
    removed = await client.relate("FRIEND", await client.consumer(), await client.consumer())
    await client.do("removeRelationship", {"id": removed})
    for id in (removed, "nothing", await client.consumer()):
        async with unchanged.during():
            assert await client.refusals(mutation, {"id": id}) == [{"__typename": "NotFound", "path": ["id"]}]


async def test_a_day_within_an_imprecise_end_must_not_run_into_what_came_after(
    client: Client, unchanged: Unchanged
) -> None:
    """3.1, 3.3: "2016" and a second marriage from June may go together; an end in October of that year doesn't."""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    first = await client.relate("SPOUSE", ann, bea, validFrom="2001", validTo="2016")
    second = await client.relate("SPOUSE", ann, bea, validFrom="2016-06-01")
    refusal = {"__typename": "DuplicateRelationship", "path": ["on"], "existing": {"id": second}}
    async with unchanged.during():
        assert await client.refusals("endRelationship", {"id": first, "on": "2016-10-01"}) == [refusal]
    ended = await client.do(
        "endRelationship",
        {"id": first, "on": "2016-03-01"},
        "... on RelationshipEnded { relationship { validTo } }",
    )
    assert ended["relationship"] == {"validTo": "2016-03-01"}
