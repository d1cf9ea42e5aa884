"""Teams (SPEC 5.5): who of the staff serves a customer or a household, by himself, herself or through others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graphdb.graph import Graph
from graphdb.migrations import known
from tests.client import Client

TEAM = "team { relationship { id } party { name } via { id } }"
OF_CUSTOMER, OF_HOUSEHOLD = f"... on Customer {{ {TEAM} }}", f"... on Household {{ {TEAM} }}"
AT = """query($location: String!, $first: Int, $after: String, $last: Int, $before: String) {
    team(location: $location, first: $first, after: $after, last: $last, before: $before) {
        totalCount { value } pageInfo { hasNextPage endCursor }
        edges { label direction party { id } node { id source { id name } } } } }"""
MANAGER = {"responsibility": "RELATIONSHIP_MANAGER"}
TODAY = datetime.now(UTC).date()
YESTERDAY, TOMORROW = ((TODAY + timedelta(days)).isoformat() for days in (-1, 1))


async def staff(client: Client, name: str, location: str | None = None) -> str:
    """The id of somebody of the staff."""
    return await client.user(f"{name.lower()}@kith.example", name=name, location=location)


async def team(client: Client, id: str) -> list[tuple[str, str, str | None]]:
    """A party's team: relationship, name, and through whom."""
    found = (await client.node(id, f"{OF_CUSTOMER} {OF_HOUSEHOLD}"))["team"]
    return [(one["relationship"]["id"], one["party"]["name"], one["via"] and one["via"]["id"]) for one in found]


async def at(client: Client, location: str, **paging: Any) -> dict[str, Any]:
    """What the staff at a location do."""
    return dict((await client.ask(AT, location=location, **paging))["team"])


async def test_a_team_is_whoever_serves_today(client: Client) -> None:
    """5.5: neither who served before, nor who will, nor who is only related."""
    ann, ost, home = await client.consumer(), await client.account(), await client.household()
    sam, kim, lee = [await staff(client, name) for name in ("Sam", "Kim", "Lee")]
    assert [await team(client, id) for id in (ann, ost, home)] == [[], [], []]
    served = await client.relate("CONSUMER_TEAM", sam, ann, **MANAGER, validFrom=TODAY.isoformat())
    other = await client.relate("CONSUMER_TEAM", kim, ann, **MANAGER, validTo=TOMORROW)
    await client.relate("CONSUMER_TEAM", lee, ann, **MANAGER, validFrom=YESTERDAY, validTo=TODAY.isoformat())
    await client.relate("CONSUMER_TEAM", lee, ann, **MANAGER, validFrom=TOMORROW)
    managed = await client.relate("ACCOUNT_TEAM", sam, ost, responsibility="ACCOUNT_MANAGER")
    kept = await client.relate("HOUSEHOLD_TEAM", lee, home, **MANAGER)
    await client.relate("REPRESENTATIVE", await client.consumer(), ann, responsibility="AUTHORIZED_REPRESENTATIVE")
    assert await team(client, ann) == [(other, "Kim", None), (served, "Sam", None)]
    assert await team(client, ost) == [(managed, "Sam", None)]
    assert await team(client, home) == [(kept, "Lee", None)]
    await client.do("endRelationship", {"id": managed})
    assert await team(client, ost) == []


async def test_a_consumer_has_the_teams_of_the_accounts_and_households_that_he_or_she_is_at(client: Client) -> None:
    """5.5: his or her own first, then by the name of who is between; each as long as the way holds."""
    ann, ost, west = await client.consumer(), await client.account("Ost"), await client.account("West")
    home, sam, kim = await client.household("Haus"), await staff(client, "Sam"), await staff(client, "Kim")
    own = await client.relate("CONSUMER_TEAM", sam, ann, **MANAGER)
    managed = await client.relate("ACCOUNT_TEAM", kim, ost, responsibility="ACCOUNT_MANAGER")
    both = await client.relate("ACCOUNT_TEAM", sam, ost, responsibility="ACCOUNT_MANAGER")
    far = await client.relate("ACCOUNT_TEAM", sam, west, responsibility="ACCOUNT_MANAGER")
    kept = await client.relate("HOUSEHOLD_TEAM", kim, home, **MANAGER)
    await client.relate("INVESTOR", ann, west)
    await client.relate("HEAD_OFFICE", ost, west)
    assert await team(client, ann) == [(own, "Sam", None)]
    contact = await client.relate("CONTACT", ann, ost)
    member = await client.member(home, ann)
    through_home, through_ost = [(kept, "Kim", home)], [(managed, "Kim", ost), (both, "Sam", ost)]
    assert await team(client, ann) == [(own, "Sam", None), *through_home, *through_ost]
    assert await team(client, ost) == [(managed, "Kim", None), (both, "Sam", None)]
    await client.do("endRelationship", {"id": contact})
    assert await team(client, ann) == [(own, "Sam", None), *through_home]
    await client.do("endMembership", {"membership": member})
    assert await team(client, ann) == [(own, "Sam", None)]
    await client.relate("CONTACT", ann, west, validFrom=TOMORROW)
    await client.do("endRelationship", {"id": own})
    assert await team(client, ann) == []
    await client.relate("CONTACT", ann, west, validTo=TOMORROW)
    assert await team(client, ann) == [(far, "Sam", west)]


async def test_who_is_a_member_in_two_ways_has_the_team_once(client: Client) -> None:
    """5.5"""
    await client.define("LODGER", category="GROUP", sourceKinds=["CONSUMER"], targetKinds=["HOUSEHOLD"])
    ann, home, sam = await client.consumer(), await client.household(), await staff(client, "Sam")
    kept = await client.relate("HOUSEHOLD_TEAM", sam, home, **MANAGER)
    await client.member(home, ann)
    await client.relate("LODGER", ann, home)
    assert await team(client, ann) == [(kept, "Sam", home)]


async def test_the_staff_relationships_of_a_location_are_listed(client: Client) -> None:
    """5.5: compared without accents and case, of today, by the names of the staff, as seen from them."""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    zoe, sam = await staff(client, "Zoe", " Zürich "), await staff(client, "Sam", "ZURICH")
    kim = await staff(client, "Kim", "Bern")
    ids = [await client.relate("CONSUMER_TEAM", who, ann, **MANAGER) for who in (zoe, sam, kim)]
    ended = await client.relate("CONSUMER_TEAM", zoe, bea, **MANAGER)
    await client.do("endRelationship", {"id": ended})
    served = {"label": "serves", "direction": "OUTGOING", "party": {"id": ann}}
    zurich = [
        {**served, "node": {"id": ids[1], "source": {"id": sam, "name": "Sam"}}},
        {**served, "node": {"id": ids[0], "source": {"id": zoe, "name": "Zoe"}}},
    ]
    for spelling in ("zurich", "Zürich", " ZÜRICH"):
        found = await at(client, spelling)
        assert (found["edges"], found["totalCount"]) == (zurich, {"value": 2})
    first = await at(client, "Zürich", first=1)
    assert (first["edges"], first["pageInfo"]["hasNextPage"]) == (zurich[:1], True)
    second = await at(client, "Zürich", first=1, after=first["pageInfo"]["endCursor"])
    assert (second["edges"], second["pageInfo"]["hasNextPage"]) == (zurich[1:], False)
    assert [edge["node"]["id"] for edge in (await at(client, "bern"))["edges"]] == ids[2:]
    await client.do("updateInternalUser", {"id": kim, "location": None})
    await client.do("updateInternalUser", {"id": zoe, "location": "Bern"})
    assert [edge["node"]["id"] for edge in (await at(client, "bern"))["edges"]] == ids[:1]


async def test_staff_who_were_there_before_are_found_by_their_locations(client: Client, graph: Graph) -> None:
    """5.5: the migration folds as Kith does, and can be run again."""
    ann, names = await client.consumer(), ["Sam", "Kim", "Lee"]
    users = [await staff(client, *each) for each in zip(names, ["Zürich", "Évry", "ΑΘΉΝΑ"], strict=True)]
    ids = [await client.relate("CONSUMER_TEAM", user, ann, **MANAGER) for user in users]
    await graph.apply("CYPHER 25 MATCH (user:InternalUser) REMOVE user.folded_location")
    (text,) = next(migration.statements for migration in known() if migration.name == "0014_locations")
    for _ in range(2):
        await graph.apply(text)
    found = [await at(client, location) for location in ("ZURICH", "evry", "αθηνα", "Zürich")]
    assert [[edge["node"]["id"] for edge in each["edges"]] for each in found] == [[id] for id in (*ids, ids[0])]


@pytest.mark.parametrize(
    "location", ["", " ", "\u0000", "Nowhere", "' OR true //", "x" * 10_000], ids=lambda it: it[:9]
)
async def test_at_a_location_that_nobody_is_at_there_is_no_team(client: Client, location: str) -> None:
    """5.5"""
    sam = await staff(client, "Sam")
    await client.relate("CONSUMER_TEAM", sam, await client.consumer(), **MANAGER)
    found = await at(client, location)
    assert (found["edges"], found["totalCount"]) == ([], {"value": 0})
