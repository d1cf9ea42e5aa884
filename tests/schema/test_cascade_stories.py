"""What goes along with what, each as one story: it is planned, looked at, done, and undone (SPEC 2.5, 4.2, 8.1 to 8.6).

Four things take relationships with them: a definition, a customer, a household, and whoever leaves one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.test_deleting import delete, errors, gone, restore, taken
from tests.schema.test_restoring import did, dump
from tests.schema.test_restoring import plan as restore_plan
from tests.schema.test_within_households import ANSWERS, TYPE, day
from tests.schema.test_within_households import PLAN as LEAVING
from tests.unchanged import Unchanged

LISTS = """query($ids: [ID!]!) { nodes(ids: $ids) { id ... on PartyRecord { relationships(period: ALL, first: 100) {
    edges { node { id } } } } } }"""
CASE = "... on Case { status customer { id } household { id } assignee { id } }"
STAFF = {"responsibility": "RELATIONSHIP_MANAGER"}


@dataclass(frozen=True)
class Street:
    """Ann, Bea and Cat live on the hill, Cat and Dan by the lake; what they are to one another, and who serves them.

    `ids` are parties and cases, `ties` relationships, `places` memberships, all by what the stories call them.
    """

    client: Client
    ids: Mapping[str, str]
    ties: Mapping[str, str]
    places: Mapping[str, str]

    def of(self, *names: str) -> set[str]:
        """The ids of relationships and memberships."""
        return {(self.ties | self.places)[name] for name in names}

    async def lists(self, without: Collection[str] = ()) -> dict[str, set[str]]:
        """The relationships of each party at any time, but of some parties, as its profile has them."""
        parties = [id for name, id in self.ids.items() if "case" not in name and id not in without]
        found = (await self.client.ask(LISTS, ids=parties))["nodes"]
        return {one["id"]: {edge["node"]["id"] for edge in one["relationships"]["edges"]} for one in found}

    async def members(self, household: str) -> set[str]:
        """The current members of a household, by name."""
        selection = "... on Household { members { edges { node { member { name } } } } }"
        found = await self.client.node(self.ids[household], selection)
        return {edge["node"]["member"]["name"] for edge in found["members"]["edges"]}


@pytest.fixture
async def street(client: Client) -> Street:
    """The street as each story finds it."""
    ids = {name: await client.consumer(name.capitalize()) for name in ("ann", "bea", "cat", "dan")}
    ids |= {name: await client.household(name.capitalize()) for name in ("hill", "lake")}
    ids |= {"firm": await client.account("Glass Ltd"), "sam": await client.user()}
    await client.define("MENTOR", category="LOOSE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"])
    homes = {"hill": ("ann", "bea", "cat"), "lake": ("cat", "dan")}
    places = {
        f"{who} in {home}": await client.member(ids[home], ids[who], validFrom="2010-01-01", head=who in ("ann", "dan"))
        for home, members in homes.items()
        for who in members
    }
    hill, lake = ({"household": ids[home], **ANSWERS} for home in homes)
    made: dict[str, tuple[str, str, str, dict[str, Any]]] = {
        "ann for bea": (TYPE, "ann", "bea", hill),
        "cat for ann": (TYPE, "cat", "ann", {**hill, "validFrom": "2015-01-01", "validTo": "2018-01-01"}),
        "bea for cat": (TYPE, "bea", "cat", hill),
        "dan for cat": (TYPE, "dan", "cat", lake),
        "bea for ann anywhere": ("REPRESENTATIVE", "bea", "ann", ANSWERS),
        "ann mentors dan": ("MENTOR", "ann", "dan", {"note": "on Mondays"}),
        "bea mentored dan": ("MENTOR", "bea", "dan", {"validTo": "2012-01-01"}),
        "cat will mentor ann": ("MENTOR", "cat", "ann", {"validFrom": day(30)}),
        "ann and dan": ("FRIEND", "ann", "dan", {"validFrom": "2001-05-01"}),
        "bea and dan": ("FRIEND", "bea", "dan", {}),
        "bea and cat": ("PARENT", "bea", "cat", {"validFrom": "1999~"}),
        "ann at firm": ("CONTACT", "ann", "firm", {"validTo": "2020-01-01"}),
        "sam for ann": ("CONSUMER_TEAM", "sam", "ann", STAFF),
        "sam for bea": ("CONSUMER_TEAM", "sam", "bea", STAFF),
        "sam for hill": ("HOUSEHOLD_TEAM", "sam", "hill", STAFF),
    }
    ties = {
        name: await client.relate(type, ids[source], ids[target], **more)
        for name, (type, source, target, more) in made.items()
    }
    for whose in ("ann", "bea"):
        ids[f"{whose}'s case"] = await client.open_case(ids[whose], household=ids["hill"], assignee=ids["sam"])
    await client.do("closeCase", {"case": ids["ann's case"]})
    return Street(client, ids, ties, places)


async def without(street: Street, before: Mapping[str, set[str]], gone: Collection[str]) -> None:
    """Asserts that every list has lost these records and nothing else, and that nothing is damaged."""
    expected = {id: ties - set(gone) for id, ties in before.items() if id not in gone}
    assert await street.lists(without=gone) == expected
    assert await errors(street.client) == []


async def returns(street: Street, operation: str, named: Collection[str]) -> None:
    """Undoes an operation, whose plan of that names just these records and nothing in the way."""
    shown = await restore_plan(street.client, operation)
    assert ({record["id"] for record in shown["records"]}, shown["problems"]) == (set(named), [])
    await restore(street.client, operation)
    assert await errors(street.client) == []


async def test_a_definition_goes_with_every_relationship_that_uses_it(
    street: Street, client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """2.5, 8.1, 8.3: of any period and between whomever; what else these are to one another stays, and nobody is
    related so any more. All comes back with the definition."""
    types = {one["code"]: one["id"] for one in (await client.ask(TYPES))["relationshipTypes"]}
    mentor, mentoring = types["MENTOR"], street.of("ann mentors dan", "bea mentored dan", "cat will mentor ann")
    stored, listed = await dump(graph), await street.lists()
    async with unchanged.during():
        assert await taken(client, mentor) == {"ASKED": {mentor}, "RELATIONSHIP_OF_TYPE": mentoring}
    operation = await delete(client, mentor)
    assert await gone(client, mentor, *mentoring)
    await without(street, listed, {mentor, *mentoring})
    assert "MENTOR" not in {one["code"] for one in (await client.ask(TYPES))["relationshipTypes"]}
    assert street.ties["ann and dan"] in (await street.lists())[street.ids["dan"]]
    draft = {"type": "MENTOR", "source": street.ids["cat"], "target": street.ids["dan"]}
    async with unchanged.during():
        (refusal,) = await client.refusals("relate", {"relationships": [draft]})
    assert (refusal["__typename"], refusal["code"]) == ("UnknownRelationshipType", "MENTOR")
    await returns(street, operation, {mentor, *mentoring})
    assert (await dump(graph), await street.lists()) == (stored, listed)


TYPES = "{ relationshipTypes { id code } }"


async def test_a_customer_goes_with_every_relationship_of_his_or_hers(
    street: Street, client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """8.1, 8.3: at either end, of any type and period, within households and anywhere; her places and closed cases
    too. Those to whom she was related stay as they are to one another. All comes back with her."""
    ann, case = street.ids["ann"], street.ids["ann's case"]
    rules = {
        "ASKED": {ann},
        "RELATIONSHIP_OF_PARTY": street.of(
            *("ann for bea", "cat for ann", "bea for ann anywhere", "ann mentors dan", "cat will mentor ann"),
            *("ann and dan", "ann at firm", "sam for ann"),
        ),
        "MEMBERSHIP": street.of("ann in hill"),
        "CLOSED_CASE": {case},
    }
    going = set().union(*rules.values())
    stored, listed = await dump(graph), await street.lists()
    async with unchanged.during():
        assert await taken(client, ann) == rules
    operation = await delete(client, ann)
    assert await gone(client, *going)
    await without(street, listed, going)
    assert await street.members("hill") == {"Bea", "Cat"}
    assert await client.node(street.ids["hill"], "... on Household { head { id } }") == {"head": None}
    staying = street.of("bea for cat", "bea mentored dan", "bea and cat", "bea and dan", "sam for bea", "bea in hill")
    assert (await street.lists(without=going))[street.ids["bea"]] == staying
    await returns(street, operation, going)
    assert (await dump(graph), await street.lists()) == (stored, listed)
    assert await street.members("hill") == {"Ann", "Bea", "Cat"}


async def test_a_household_goes_with_what_was_made_within_it_and_its_members_stay(
    street: Street, client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """8.1, 8.3, 4.2: with its memberships and its team, and the cases lose it. What the members are to one another
    anywhere, and within another household, stays. All comes back with it."""
    hill, cases = street.ids["hill"], {street.ids["ann's case"], street.ids["bea's case"]}
    rules = {
        "ASKED": {hill},
        "WITHIN_HOUSEHOLD": street.of("ann for bea", "cat for ann", "bea for cat"),
        "MEMBERSHIP": street.of("ann in hill", "bea in hill", "cat in hill"),
        "RELATIONSHIP_OF_PARTY": street.of("sam for hill"),
        "CASE_LEAVES_HOUSEHOLD": cases,
    }
    going = set().union(*rules.values()) - cases
    stored, listed = await dump(graph), await street.lists()
    async with unchanged.during():
        assert await taken(client, hill) == rules
    operation = await delete(client, hill)
    assert await gone(client, *going)
    await without(street, listed, going)
    assert (await street.lists(without=going))[street.ids["cat"]] == street.of(
        "dan for cat", "cat will mentor ann", "bea and cat", "cat in lake"
    )
    assert await street.members("lake") == {"Cat", "Dan"}
    assert await client.node(street.ids["bea's case"], CASE) == {
        "status": "OPEN",
        "customer": {"id": street.ids["bea"]},
        "household": None,
        "assignee": {"id": street.ids["sam"]},
    }
    await returns(street, operation, going | cases)
    assert (await dump(graph), await street.lists()) == (stored, listed)
    assert (await client.node(street.ids["bea's case"], CASE))["household"] == {"id": hill}


async def test_whoever_leaves_a_household_leaves_behind_nothing_that_was_made_within_it(
    street: Street, client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """4.2, 8.1, 8.3: Cat, who leaves the hill, by an end, by a removal and by deleting the place: what was made for her
    within it goes, over or not; what is within the lake, between others, and anywhere stays. It all comes back."""
    place, within = street.places["cat in hill"], street.of("cat for ann", "bea for cat")
    stored, listed = await dump(graph), await street.lists()
    async with unchanged.during():
        leaving = (await client.ask(LEAVING, id=place, on=None))["leavingPlan"]
        assert {one["id"] for one in leaving["relationships"]} == within
        assert (leaving["count"], leaving["on"]) == (len(within), day(0))
        assert await taken(client, place) == {"ASKED": {place}, "END_LEFT_HOUSEHOLD": within}

    async def left(operation: str, going: set[str]) -> None:
        assert await gone(client, *going)
        await without(street, listed, going)
        assert await street.members("hill") == {"Ann", "Bea"}
        assert await street.members("lake") == {"Cat", "Dan"}
        await returns(street, operation, {place, *within})
        assert (await dump(graph), await street.lists()) == (stored, listed)
        assert await street.members("hill") == {"Ann", "Bea", "Cat"}

    await left(await did(client, "endMembership", membership=place), within)
    await left(await did(client, "removeRelationship", id=place), {place, *within})
    await left(await delete(client, place), {place, *within})
