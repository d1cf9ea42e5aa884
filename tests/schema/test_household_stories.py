"""Members who come, leave, return and relate within their household, as a plain reading has it (SPEC 4.1, 4.2, 8.5).

Also where it is another day than in UTC.
"""

import random
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kith.context import Contexts
from kith.settings import Settings
from resolvers.daily import run_daily
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.schema.test_within_households import ANSWERS, TYPE, Home, ended

FAR, DAYS, STEPS = 40, range(-6, 8), 25
MEMBERS = range(3)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a business where it is yesterday, or tomorrow, at this moment."""
    zone = "Etc/GMT-14" if datetime.now(UTC).hour >= 12 else "Etc/GMT+12"
    found = Settings(_env_file=None, data=tmp_path, secret=SecretStr("s" * 32), time_zone=zone, country="US")
    assert found.today(datetime.now(UTC)) != datetime.now(UTC).date()
    return found


@dataclass
class Told:
    """What was told: memberships as (who, start, end) and relationships as (source, target, first day, end), by id."""

    rows: dict[str, tuple[int, int | None, int | None]] = field(default_factory=dict)
    ties: dict[str, tuple[int, int, int, int | None]] = field(default_factory=dict)

    def member_on(self, who: int, day: int) -> bool:
        """Whether somebody is a member on a day."""
        mine = [row[1:] for row in self.rows.values() if row[0] == who]
        return any((start is None or start <= day) and (end is None or day < end) for start, end in mine)

    def stay(self, who: int, first: int) -> range:
        """The days of the stay that covers a day, or the first one after it; none: empty."""
        start = next((day for day in range(first, FAR) if self.member_on(who, day)), FAR)
        return range(start, next((day for day in range(start, FAR) if not self.member_on(who, day)), FAR))

    def fits(self, source: int, target: int, first: int) -> bool:
        """Whether two may be related from a day on: both are members then, and have not left since."""
        stays = [self.stay(who, first) for who in (source, target)]
        return all(stay and stay.start == first and stay.stop > 0 for stay in stays)

    def settle(self) -> None:
        """Those of which an end has left are gone."""
        for id, (source, target, first, _) in list(self.ties.items()):
            stays = [self.stay(who, first) for who in (source, target)]
            if not all(stay and stay.start <= max(0, first) and stay.stop > 0 for stay in stays):
                del self.ties[id]

    def holding(self, who: int, day: int) -> set[str]:
        """The relationships of somebody that hold on a day."""
        found = set[str]()
        for id, (source, target, first, end) in self.ties.items():
            on = first <= day and (end is None or day < end)
            if who in (source, target) and on and all(day in self.stay(end, first) for end in (source, target)):
                found.add(id)
        return found


class Story:
    """Random deeds upon three people and their household, and what a plain reading makes of them."""

    def __init__(self, client: Client, r: random.Random, settings: Settings) -> None:
        self.client, self.r, self.settings, self.told = client, r, settings, Told()
        self.done = set[str]()

    async def begin(self) -> None:
        """Three people and their household."""
        self.home = await self.client.household()
        self.people = [await self.client.consumer() for _ in MEMBERS]
        for who in MEMBERS:
            await self.join(who, -5, None)

    def day(self, number: int | None) -> str | None:
        """A day by its number, 0 being the business's today."""
        today = self.settings.today(datetime.now(UTC))
        return None if number is None else (today + timedelta(days=number)).isoformat()

    def some_day(self) -> int | None:
        return self.r.choice([None, *range(-5, 6)])

    async def join(self, who: int, start: int | None, end: int | None) -> str:
        given = {"group": self.home, "party": self.people[who], "validFrom": self.day(start), "validTo": self.day(end)}
        made = await self.client.do(
            "addMember", given, "... on MemberAdded { membership { relationship { id } } operation { id } }"
        )
        if made["__typename"] == "MemberAdded":
            self.told.rows[made["membership"]["relationship"]["id"]] = (who, start, end)
        return str(made["__typename"])

    async def leave(self, id: str) -> Any:
        on = self.r.randrange(-5, 6)
        done = await self.client.do(
            "endMembership", {"membership": id, "on": self.day(on)}, "... on MembershipEnded { operation { id } }"
        )
        who, start, end = self.told.rows[id]
        if done["__typename"] == "MembershipEnded":
            self.told.rows[id] = (who, start, on if end is None else min(on, end))
        return done

    async def move(self, id: str) -> Any:
        start, end = self.some_day(), self.some_day()
        given = {"id": id, "validFrom": self.day(start), "validTo": self.day(end)}
        done = await self.client.do("updateRelationship", given, "... on RelationshipUpdated { operation { id } }")
        if done["__typename"] == "RelationshipUpdated":
            self.told.rows[id] = (self.told.rows[id][0], start, end)
        return done

    async def remove(self, id: str) -> Any:
        done = await self.client.do("removeRelationship", {"id": id}, "... on RelationshipRemoved { operation { id } }")
        del self.told.rows[id]
        return done

    async def relate(self) -> str:
        source, target = self.r.sample(MEMBERS, 2)
        start, end = self.r.choice([None, *range(-5, 6)]), self.r.choice([None, None, 3, 5])
        first = 0 if start is None else start
        draft = {"type": TYPE, "source": self.people[source], "target": self.people[target], "household": self.home}
        draft |= {**ANSWERS, "validFrom": self.day(start), "validTo": self.day(end)}
        made = await self.client.do("relate", {"relationships": [draft]}, "... on Related { relationships { id } }")
        told = {refusal["__typename"] for refusal in made.get("refusals", [])}
        if "EndBeforeStart" not in told:
            assert self.told.fits(source, target, first) is ("NotInOneHousehold" not in told)
        if made["__typename"] == "Related":
            self.told.ties[made["relationships"][0]["id"]] = (source, target, first, end)
        return ",".join(told) or "Related"

    async def step(self) -> str:
        """Does something; a leaving may be undone at once."""
        deed = self.r.choice(["join", "leave", "move", "remove", "relate", "relate", "relate"])
        if deed == "relate":
            return await self.relate()
        if deed == "join" or not self.told.rows:
            found = await self.join(self.r.choice(MEMBERS), self.some_day(), self.some_day())
            self.told.settle()
            return found
        before = deepcopy(self.told)
        done = await getattr(self, deed)(self.r.choice(sorted(self.told.rows)))
        self.told.settle()
        if done["__typename"] != "Refused" and self.r.random() < 0.5:
            undone = await self.client.do("restore", {"operation": done["operation"]["id"]})
            if undone["__typename"] == "Restored":
                self.told = before
                return "Restored"
            assert {refusal["__typename"] for refusal in undone["refusals"]} == {"CannotBeRestored"}
        return str(done["__typename"])

    async def compare(self) -> None:
        """Every list on every day has what the plain reading has."""
        fields = " ".join(
            f'd{number}: relationships(asOf: "{self.day(day)}", categories: [REPRESENTATION]) '
            "{ edges { node { id } } }"
            for number, day in enumerate(DAYS)
        )
        for who in MEMBERS:
            found = await self.client.node(self.people[who], f"... on Consumer {{ {fields} all: {ALL} }}")
            stored = {edge["node"]["id"] for edge in found.pop("all")["edges"]}
            assert stored == {id for id, tie in self.told.ties.items() if who in tie[:2]}
            lists = [{edge["node"]["id"] for edge in listed["edges"]} for listed in found.values()]
            assert lists == [self.told.holding(who, day) for day in DAYS]


ALL = "relationships(period: ALL, categories: [REPRESENTATION]) { edges { node { id } } }"


@pytest.mark.parametrize("seed", range(4))
async def test_every_list_on_every_day_is_as_the_plain_reading_has_it(
    client: Client, settings: Settings, seed: int
) -> None:
    """4.1, 4.2, 8.5"""
    story = Story(client, random.Random(seed), settings)
    await story.begin()
    for _ in range(STEPS):
        story.done.add(await story.step())
        await story.compare()
    assert {"Related", "Restored"} <= story.done


async def test_the_business_tells_what_day_it_is(client: Client, contexts: Contexts, settings: Settings) -> None:
    """3.2, 4.2: who leaves, leaves on its day; what is over is over when its day has come."""
    story = Story(client, random.Random(0), settings)
    home = await Home.of(client)
    assert await home.listed() == await home.listed(asOf=story.day(0)) == [home.represents]
    assert await home.listed(asOf=story.day(-1)) == []
    await ended(client, home.rows[home.bea], story.day(1))
    assert await run_daily(contexts.of(ADMINISTRATOR)) == 0
    assert await home.listed() == [home.represents]
    tomorrow = contexts.of(ADMINISTRATOR)
    tomorrow = replace(tomorrow, today=tomorrow.today + timedelta(days=1))
    assert await run_daily(tomorrow) == 1
    other = await Home.of(client)
    await ended(client, other.rows[other.ann])
    shown = await client.node(other.rows[other.ann], "... on Relationship { validTo isCurrent }")
    assert shown == {"validTo": story.day(0), "isCurrent": False}
    assert not await other.is_there()
