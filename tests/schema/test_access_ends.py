"""Each ending of access (SPEC 5.4), on its boundary days, wherever the business is."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from graphdb.graph import Graph
from kith.settings import Settings
from tests.client import Client

AsParty = Callable[[str], Client]
ZONES = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
"""Kiritimati is 14 hours before UTC, Pago Pago 11 behind it: always one of them has another day than UTC."""


@pytest.fixture(params=ZONES)
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """The settings of a business somewhere."""
    return settings.model_copy(update={"time_zone": request.param})


class Story:
    """Somebody who sees somebody else by one chain of relationships; each link begins today."""

    def __init__(self, client: Client, settings: Settings) -> None:
        self.client, self.settings = client, settings
        self.viewer = self.target = ""
        self.links: list[str] = []

    def day(self, days: int) -> str:
        """So many days from today, as the business has it."""
        return (self.settings.today(datetime.now(UTC)) + timedelta(days)).isoformat()

    async def relate(self, type: str, source: str, target: str, **more: str) -> None:
        """Adds a link."""
        self.links.append(await self.client.relate(type, source, target, validFrom=self.day(0), **more))

    async def join(self, group: str, party: str, **more: object) -> None:
        """Adds a place in a household as a link."""
        self.links.append(await self.client.member(group, party, validFrom=self.day(0), **more))


async def served(s: Story) -> None:
    s.viewer, s.target = await s.client.user(), await s.client.consumer()
    await s.relate("CONSUMER_TEAM", s.viewer, s.target, responsibility="RELATIONSHIP_MANAGER")


async def served_as_a_member(s: Story) -> None:
    home, s.viewer, s.target = await s.client.household(), await s.client.user(), await s.client.consumer()
    await s.relate("HOUSEHOLD_TEAM", s.viewer, home, responsibility="RELATIONSHIP_MANAGER")
    await s.join(home, s.target)


async def served_as_a_contact(s: Story) -> None:
    account, s.viewer, s.target = await s.client.account(), await s.client.user(), await s.client.consumer()
    await s.relate("ACCOUNT_TEAM", s.viewer, account, responsibility="ACCOUNT_MANAGER")
    await s.relate("CONTACT", s.target, account)


async def served_as_a_branch(s: Story) -> None:
    head, middle, s.target = [await s.client.account(name) for name in ("Head", "Middle", "Branch")]
    s.viewer = await s.client.user()
    await s.relate("ACCOUNT_TEAM", s.viewer, head, responsibility="ACCOUNT_MANAGER")
    await s.relate("HEAD_OFFICE", head, middle)
    await s.relate("HEAD_OFFICE", middle, s.target)


async def represented(s: Story) -> None:
    s.viewer, s.target = await s.client.consumer("Ann"), await s.client.consumer("Bea")
    await s.relate("REPRESENTATIVE", s.viewer, s.target, responsibility="AUTHORIZED_REPRESENTATIVE")


async def headed(s: Story) -> None:
    home, s.viewer, s.target = (
        await s.client.household(),
        await s.client.consumer("Ann"),
        await s.client.consumer("Bea"),
    )
    await s.join(home, s.viewer, head=True)
    await s.join(home, s.target)


STORIES: list[Callable[[Story], Awaitable[None]]] = [
    *(served, served_as_a_member, served_as_a_contact, served_as_a_branch, represented, headed)
]
SEES = "query($id: ID!) { node(id: $id) { id } }"


@pytest.mark.parametrize("story", STORIES)
async def test_the_moment_a_relationship_ends_so_does_the_access(
    story: Callable[[Story], Awaitable[None]], client: Client, settings: Settings, as_party: AsParty
) -> None:
    """5.4: for each link of each way: it holds until the day on which it ends, that day excluded."""
    s = Story(client, settings)
    await story(s)
    seen, unknown = as_party(s.viewer), [("NOT_FOUND", ["node"])]
    for link in s.links:
        assert await seen.codes(SEES, id=s.target) == []
        await client.do("endRelationship", {"id": link, "on": s.day(1)})
        assert await seen.codes(SEES, id=s.target) == []
        await client.do("endRelationship", {"id": link, "on": s.day(0)})
        assert await seen.codes(SEES, id=s.target) == unknown
        assert await seen.codes("{ viewer { roles } }") == []
        await client.do("updateRelationship", {"id": link, "validTo": None})
    assert await seen.codes(SEES, id=s.target) == []
    await client.do("updateRelationship", {"id": s.links[0], "validFrom": s.day(1)})
    assert await seen.codes(SEES, id=s.target) == unknown


async def test_death_ends_access(client: Client, settings: Settings, as_party: AsParty) -> None:
    """5.2: for the dead there is nothing, and they do not sign in."""
    s = Story(client, settings)
    await represented(s)
    seen = as_party(s.viewer)
    assert await seen.codes(SEES, id=s.target) == []
    await client.do("updateConsumer", {"id": s.target, "deceased": True})
    assert await seen.codes(SEES, id=s.target) == [("NOT_FOUND", ["node"])]
    await client.do("updateConsumer", {"id": s.target, "deceased": False})
    await client.do("updateConsumer", {"id": s.viewer, "deceased": True})
    assert (await seen.send(SEES, id=s.target)).status_code == 401


HOUSEHOLDS = "CYPHER 25 MATCH (type:RelationshipType {code: 'HOUSEHOLD_MEMBER'})"


@pytest_asyncio.fixture(loop_scope="session")
async def household_member(graph: Graph) -> AsyncIterator[dict[str, Any]]:
    """The built-in type of places in households, as it was afterwards too: its roles can only be added to."""
    (row,) = await graph.run(f"{HOUSEHOLDS} RETURN type {{.id, .roles, .version}} AS type", {}, "tests")
    yield row["type"]
    roles = str(list(row["type"]["roles"]))
    await graph.apply(f"{HOUSEHOLDS} SET type.roles = {roles}, type.role_grants = [], type.version = 1")


async def test_a_responsibility_of_ones_own_works_as_the_built_in_ones_do(client: Client, as_party: AsParty) -> None:
    """5.1: a School Contact, as a manager makes it, and as he or she changes it."""
    manager = as_party(await client.user("manager@kith.example", roles=["MANAGER"]))
    contact = await manager.responsibility(
        "SCHOOL_CONTACT", subjectKinds=["CONSUMER"], grants=["VIEW_PROFILE", "CREATE_CASES"]
    )
    pupil, agent = await client.consumer("Pip"), await client.user()
    await manager.relate("CONSUMER_TEAM", agent, pupil, responsibility="SCHOOL_CONTACT")
    seen = as_party(agent)
    assert await seen.codes(SEES, id=pupil) == []
    assert (await seen.do("createCase", {"customer": pupil, "subject": "Lamp"}))["__typename"] == "CaseCreated"
    await manager.do("updateResponsibility", {"id": contact, "grants": ["VIEW_CASES"]})
    assert await seen.codes(SEES, id=pupil) == [("NOT_FOUND", ["node"])]


async def test_a_role_of_ones_own_works_as_the_head_does(
    client: Client, household_member: dict[str, Any], as_party: AsParty
) -> None:
    """5.1: a role in a household may carry grants, too; a manager adds one."""
    manager = as_party(await client.user("manager@kith.example", roles=["MANAGER"]))
    given = {
        "id": household_member["id"],
        "roles": [*household_member["roles"], "HELPER"],
        "roleGrants": [{"role": "HELPER", "grants": ["VIEW_PROFILE"]}],
    }
    changed = await manager.do("updateRelationshipType", given)
    assert changed["__typename"] == "RelationshipTypeUpdated", changed
    home, helper, pupil = await client.household(), await client.consumer("Hal"), await client.consumer("Pip")
    place = await client.member(home, helper, role="HELPER")
    await client.member(home, pupil)
    seen = as_party(helper)
    assert await seen.codes(SEES, id=pupil) == await seen.codes(SEES, id=home) == []
    assert await as_party(pupil).codes(SEES, id=helper) == [("NOT_FOUND", ["node"])]
    await client.do("changeMembership", {"membership": place, "role": "OTHER"})
    assert await seen.codes(SEES, id=pupil) == [("NOT_FOUND", ["node"])]
    await client.do("removeRelationship", {"id": place})
