"""Head of a household and a consumer's primary household, as they are given and given up (SPEC 4.1, 4.3)."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from graphdb.graph import Graph
from kith.app import app
from kith.context import Contexts
from kith.http import Endpoint
from kith.settings import Settings
from kith.signin import SignIn
from kith.tokens import Tokens, secret_of
from resolvers.reading.seam import Schema
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.unchanged import Unchanged

ROWS = """query($id: ID!) { node(id: $id) { ... on MemberGroup { members(period: ALL) { edges { node {
    member { id } role isHead isPrimary relationship { id validFrom validTo version } } } } } } }"""
HEAD = "query($id: ID!, $asOf: Date) { node(id: $id) { ... on Household { head(asOf: $asOf) { id } } } }"
CHANGED = """... on MembershipChanged { membership { role isHead isPrimary relationship {
    id validFrom validTo note version } } }"""
Row = tuple[str, str | None, str | None, bool, bool]


async def rows(client: Client, group: str) -> list[Row]:
    """All rows of a household: who, from when until when, whether head, and whether primary; by day, then by who."""
    edges = (await client.ask(ROWS, id=group))["node"]["members"]["edges"]
    found = [
        (
            row["node"]["member"]["id"],
            row["node"]["relationship"]["validFrom"],
            row["node"]["relationship"]["validTo"],
            row["node"]["isHead"],
            row["node"]["isPrimary"],
        )
        for row in edges
    ]
    return sorted(found, key=lambda row: (row[1] or "", row[0], row[2] or "9999"))


async def head(client: Client, household: str, day: str | None = None) -> str | None:
    """Who is head of a household on a day, today without one."""
    found = (await client.ask(HEAD, id=household, asOf=day))["node"]["head"]
    return None if found is None else str(found["id"])


async def change(client: Client, membership: str, **given: Any) -> Any:
    """The row that holds after a membership was changed."""
    made = await client.do("changeMembership", {"membership": membership, **given}, CHANGED)
    assert made["__typename"] == "MembershipChanged", made
    return made["membership"]


def today() -> date:
    """Today where the tests' service is."""
    return datetime.now(UTC).date()


def day(from_today: int) -> str:
    """A day so many days from today."""
    return (today() + timedelta(days=from_today)).isoformat()


def too_many(mark: str, existing: str) -> list[dict[str, Any]]:
    """The refusal of a second one, which names the first."""
    return [{"__typename": "TooMany", "path": [mark], "limit": 1, "present": [{"id": existing}]}]


async def test_a_household_has_a_head_as_of_any_day(client: Client) -> None:
    """3.2, 4.3: the last day is excluded."""
    ann, bea, home = await client.consumer(), await client.consumer(), await client.household()
    await client.member(home, ann, head=True, validFrom="2001-01-01", validTo="2020-01-01")
    await client.member(home, bea, head=True, validFrom="2020-01-01", validTo="2021-01-01")
    days = ("2000-12-31", "2001-01-01", "2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01", None)
    assert [await head(client, home, day) for day in days] == [None, ann, ann, bea, bea, None, None]


async def test_a_consumers_first_household_becomes_primary(client: Client) -> None:
    """4.1: and a later one where the first has been left; otherwise what is given counts."""
    ann = await client.consumer()
    one, two, three, four = [await client.household() for _ in range(4)]
    await client.member(one, ann, validFrom="2001-01-01", validTo="2010-01-01")
    await client.member(two, ann, validFrom="2005-01-01")
    await client.member(three, ann, validFrom="2010-01-01", primary=False)
    await client.member(four, ann, validFrom="2010-01-01")
    found = [await rows(client, home) for home in (one, two, three, four)]
    assert found == [
        [(ann, "2001-01-01", "2010-01-01", False, True)],
        [(ann, "2005-01-01", None, False, False)],
        [(ann, "2010-01-01", None, False, False)],
        [(ann, "2010-01-01", None, False, True)],
    ]


async def test_a_membership_made_by_relating_is_primary_if_it_is_the_first(client: Client) -> None:
    """4.1: however it is made."""
    ann, home, other = await client.consumer(), await client.household(), await client.household()
    await client.relate_all(
        [{"type": "HOUSEHOLD_MEMBER", "source": ann, "target": household} for household in (home, other)]
    )
    assert await rows(client, home) + await rows(client, other) == [
        (ann, None, None, False, True),
        (ann, None, None, False, False),
    ]


async def test_a_second_head_is_refused_on_any_day(client: Client, unchanged: Unchanged) -> None:
    """3.3, 4.1: by addMember, by changeMembership, and by moving dates."""
    ann, bea, home = await client.consumer(), await client.consumer(), await client.household()
    first = await client.member(home, ann, head=True, validFrom="2990-01-01")
    second = await client.member(home, bea, head=True, validFrom="2001-01-01", validTo="2990-01-01")
    plain = await client.member(home, await client.consumer())
    cat = await client.consumer()
    async with unchanged.during():
        for dates, existing in (
            ({"validFrom": "2999-01-01"}, first),
            ({"validTo": "2001-01-02"}, second),
            ({"validFrom": "2989-12-31", "validTo": "2990-01-01"}, second),
        ):
            given = {"group": home, "party": cat, "head": True, **dates}
            assert await client.refusals("addMember", given) == too_many("head", existing)
        given = {"membership": plain, "head": True, "on": "2990-01-01"}
        assert await client.refusals("changeMembership", given) == too_many("head", first)
        assert await client.refusals("updateRelationship", {"id": first, "validFrom": "2989-12-31"}) == too_many(
            "head", second
        )
    await client.member(home, cat, head=True, validTo="2001-01-01")


async def test_a_second_primary_household_is_refused_on_any_day(client: Client, unchanged: Unchanged) -> None:
    """3.3, 4.1"""
    ann, one, two = await client.consumer(), await client.household(), await client.household()
    first = await client.member(one, ann, validFrom="2990-01-01")
    second = await client.member(two, ann, validFrom="2001-01-01", validTo="2990-01-01")
    three = await client.household()
    async with unchanged.during():
        for dates, existing in (({"validFrom": "2999-01-01"}, first), ({"validTo": "2001-01-02"}, second)):
            given = {"group": three, "party": ann, "primary": True, **dates}
            assert await client.refusals("addMember", given) == too_many("primary", existing)
        assert await client.refusals("updateRelationship", {"id": second, "validTo": None}) == too_many(
            "primary", first
        )
    other = await client.member(three, ann, validFrom="2001-01-01")
    async with unchanged.during():
        refusals = await client.refusals("changeMembership", {"membership": other, "primary": True})
    assert refusals == too_many("primary", second)


async def test_only_consumers_in_households_are_head_or_primary(client: Client, unchanged: Unchanged) -> None:
    """4.1, 4.4"""
    ann, ost = await client.consumer(), await client.account()
    group = await client.group([{"party": ann}, {"party": ost}])
    club = await client.define("CLUB", category="GROUP", sourceKinds=["ACCOUNT"], targetKinds=["HOUSEHOLD", "GROUP"])
    home = await client.household()
    lodger = await client.relate(club, ost, home)
    assert await rows(client, home) == [(ost, None, None, False, False)]
    assert [row[3:] for row in await rows(client, group)] == [(False, False), (False, False)]
    invalid = [{"__typename": "InvalidValue", "path": [mark]} for mark in ("head", "primary")]
    bea = await client.consumer()
    async with unchanged.during():
        for more in ({}, {"takeOver": True}):
            given = {"group": group, "party": bea, "head": True, "primary": True, **more}
            assert await client.refusals("addMember", given) == invalid
            given = {"membership": lodger, "head": True, "primary": True, **more}
            assert await client.refusals("changeMembership", given) == invalid


async def test_a_head_of_another_type_counts_too(client: Client, unchanged: Unchanged) -> None:
    """4.1: a household has one head, not one of each type of members."""
    guest = await client.define("GUEST", category="GROUP", sourceKinds=["CONSUMER"], targetKinds=["HOUSEHOLD"])
    ann, bea, home = await client.consumer(), await client.consumer(), await client.household()
    id = await client.relate(guest, ann, home)
    await change(client, id, head=True)
    async with unchanged.during():
        refusals = await client.refusals("addMember", {"group": home, "party": bea, "head": True})
    assert refusals[0]["path"] == ["head"]
    await client.member(home, bea, head=True, validTo=day(0))
    assert [await head(client, home, when) for when in (day(-1), day(0))] == [bea, ann]


async def test_a_change_closes_the_row_and_opens_another_on_the_same_day(client: Client) -> None:
    """4.1: type, ends, note and the old end stay."""
    ann, home = await client.consumer(), await client.household()
    id = await client.member(home, ann, role="CHILD", validFrom="2001-01-01", validTo="2999-01-01", note="n")
    opened = await change(client, id, role="PARTNER", head=True, primary=False)
    new = opened["relationship"].pop("id")
    assert opened == {
        "role": "PARTNER",
        "isHead": True,
        "isPrimary": False,
        "relationship": {"validFrom": day(0), "validTo": "2999-01-01", "note": "n", "version": 1},
    }
    assert new != id
    assert await rows(client, home) == [
        (ann, "2001-01-01", day(0), False, True),
        (ann, day(0), "2999-01-01", True, False),
    ]
    assert [await head(client, home, when) for when in (day(-1), None, day(0), "2999-01-01")] == [None, ann, ann, None]


async def test_what_is_not_given_stays_and_a_null_role_is_none(client: Client) -> None:
    """4.1"""
    ann, home = await client.consumer(), await client.household()
    id = await client.member(home, ann, role="CHILD", head=True, validFrom="2001-01-01")
    opened = await change(client, id, role=None, head=None, primary=None, on="2020-01-01")
    assert (opened["role"], opened["isHead"], opened["isPrimary"]) == (None, True, True)
    assert await rows(client, home) == [
        (ann, "2001-01-01", "2020-01-01", True, True),
        (ann, "2020-01-01", None, True, True),
    ]


@pytest.mark.parametrize("start", [0, 1, 400])
async def test_a_row_that_starts_that_day_or_later_is_changed_itself(client: Client, start: int) -> None:
    """4.1: rather than leaving one that never held."""
    ann, home = await client.consumer(), await client.household()
    id = await client.member(home, ann, role="CHILD", validFrom=day(start))
    assert await change(client, id, role="OTHER", head=True) == {
        "role": "OTHER",
        "isHead": True,
        "isPrimary": True,
        "relationship": {"id": id, "validFrom": day(start), "validTo": None, "note": None, "version": 2},
    }
    assert await rows(client, home) == [(ann, day(start), None, True, True)]


async def test_where_nothing_changes_nothing_is_written_but_the_operation(client: Client, graph: Graph) -> None:
    """4.1"""
    ann, home = await client.consumer(), await client.household()
    id = await client.member(home, ann, role="CHILD", validFrom="2001-01-01")
    for given in ({}, {"role": "CHILD"}, {"head": False, "primary": True, "takeOver": True}):
        found = await change(client, id, **given)
        assert found["relationship"] == {
            "id": id,
            "validFrom": "2001-01-01",
            "validTo": None,
            "note": None,
            "version": 1,
        }
    (row,) = await graph.run("CYPHER 25 MATCH (n:Operation {kind: 'changeMembership'}) RETURN count(n) AS n", {}, "t")
    assert row["n"] == 3


async def test_a_change_that_is_sent_again_is_answered_by_the_same_row(client: Client, unchanged: Unchanged) -> None:
    """11.2: though the membership that it names has been closed, and another would be head now."""
    ann, home = await client.consumer(), await client.household()
    id = await client.member(home, ann, validFrom="2001-01-01")
    given = {"head": True, "takeOver": True, "on": "2020-01-01", "idempotencyKey": "k"}
    opened = await change(client, id, **given)
    await client.member(home, await client.consumer(), head=True, takeOver=True, validFrom="2021-01-01")
    async with unchanged.during():
        again = await change(client, id, **given)
    closed = {**opened["relationship"], "validTo": "2021-01-01", "version": 2}
    assert again == {**opened, "relationship": closed}


async def test_a_membership_changes_only_on_a_day_on_which_it_holds(client: Client, unchanged: Unchanged) -> None:
    """4.1"""
    home = await client.household()
    over = await client.member(home, await client.consumer(), validFrom="2001-01-01", validTo=day(0))
    to_end = await client.member(home, await client.consumer(), validFrom="2001-01-01", validTo=day(1))
    never = await client.member(home, await client.consumer(), validFrom=day(9), validTo=day(9))
    async with unchanged.during():
        for id, on in (
            *((over, on) for on in (None, "2001-01-01", day(-1), day(0))),
            *((to_end, on) for on in ("2000-12-31", day(1), "9999-12-31")),
            *((never, on) for on in (None, day(8), day(9))),
        ):
            refusals = await client.refusals("changeMembership", {"membership": id, "head": True, "on": on})
            assert refusals == [{"__typename": "InvalidValue", "path": ["on"]}], (id, on)
    await change(client, to_end, head=True)


async def test_a_role_that_the_type_has_not_and_a_stale_version_are_refused(
    client: Client, unchanged: Unchanged
) -> None:
    """1.2, 4.1"""
    ann, home = await client.consumer(), await client.household()
    id = await client.member(home, ann, validFrom="2001-01-01")
    friend = await client.relate("FRIEND", ann, await client.consumer())
    async with unchanged.during():
        assert await client.refusals("changeMembership", {"membership": id, "role": "OWNER"}) == [
            {"__typename": "InvalidValue", "path": ["role"]}
        ]
        assert await client.refusals("changeMembership", {"membership": id, "expectedVersion": 2}) == [
            {"__typename": "StaleVersion", "path": ["expectedVersion"], "currentVersion": 1, "current": None}
        ]
        for other in (friend, ann, "nothing"):
            assert await client.refusals("changeMembership", {"membership": other, "role": None}) == [
                {"__typename": "NotFound", "path": ["membership"]}
            ]


async def test_roles_in_a_group_change_in_the_same_way_within_its_types_limits(client: Client) -> None:
    """2.1, 4.4: closed and opened on one day, they are never two at a time."""
    pair = await client.define(
        "PAIR",
        category="GROUP",
        sourceKinds=["CONSUMER", "ACCOUNT"],
        targetKinds=["GROUP"],
        roles=["FIRST", "SECOND"],
        maxPerSource=1,
        maxPerTarget=2,
    )
    ann, ost = await client.consumer(), await client.account()
    group = await client.group([{"party": ann, "role": "FIRST"}, {"party": ost, "role": "SECOND"}], type=pair)
    edges = (await client.ask(ROWS, id=group))["node"]["members"]["edges"]
    for edge, role in zip(edges, ("SECOND", "FIRST"), strict=True):
        await change(client, edge["node"]["relationship"]["id"], role=role)
    assert await rows(client, group) == [
        *((who, None, day(0), False, False) for who in sorted([ann, ost])),
        *((who, day(0), None, False, False) for who in sorted([ann, ost])),
    ]


async def test_whoever_takes_over_is_head_from_the_day_on_which_the_other_gives_it_up(client: Client) -> None:
    """4.1: by changing, by adding; the one before keeps the place and its end."""
    ann, bea, cat, home = *[await client.consumer() for _ in range(3)], await client.household()
    await client.member(home, ann, role="PARTNER", head=True, validFrom="2001-01-01", validTo="2999-01-01")
    id = await client.member(home, bea, validFrom="2002-01-01")
    await change(client, id, head=True, takeOver=True, on="2020-01-01")
    await client.member(home, cat, head=True, takeOver=True, validFrom="2021-01-01")
    assert await rows(client, home) == [
        (ann, "2001-01-01", "2020-01-01", True, True),
        (bea, "2002-01-01", "2020-01-01", False, True),
        (ann, "2020-01-01", "2999-01-01", False, True),
        (bea, "2020-01-01", "2021-01-01", True, True),
        (bea, "2021-01-01", None, False, True),
        (cat, "2021-01-01", None, True, True),
    ]
    days = ("2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01", None)
    assert [await head(client, home, day) for day in days] == [ann, bea, bea, cat, cat]


async def test_a_primary_household_is_taken_over_from_another(client: Client) -> None:
    """4.1: the one before may be headed all the same."""
    ann, one, two, three = await client.consumer(), *[await client.household() for _ in range(3)]
    await client.member(one, ann, head=True, validFrom="2001-01-01")
    id = await client.member(two, ann, validFrom="2002-01-01")
    await change(client, id, primary=True, takeOver=True, on="2020-01-01")
    await client.member(three, ann, primary=True, takeOver=True, validFrom="2021-01-01")
    assert await rows(client, one) + await rows(client, two) + await rows(client, three) == [
        (ann, "2001-01-01", "2020-01-01", True, True),
        (ann, "2020-01-01", None, True, False),
        (ann, "2002-01-01", "2020-01-01", False, False),
        (ann, "2020-01-01", "2021-01-01", False, True),
        (ann, "2021-01-01", None, False, False),
        (ann, "2021-01-01", None, False, True),
    ]


async def test_one_row_may_give_up_both_and_one_that_starts_that_day_gives_up_all(client: Client) -> None:
    """4.1: two rows of one consumer in one household, of two types."""
    guest = await client.define("GUEST", category="GROUP", sourceKinds=["CONSUMER"], targetKinds=["HOUSEHOLD"])
    ann, home = await client.consumer(), await client.household()
    await client.member(home, ann, head=True, validFrom="2001-01-01")
    visiting = await client.relate(guest, ann, home, validFrom="2001-01-01")
    await change(client, visiting, head=True, primary=True, takeOver=True, on="2001-01-01")
    assert await rows(client, home) == [
        (ann, "2001-01-01", None, False, False),
        (ann, "2001-01-01", None, True, True),
    ]


async def test_who_becomes_head_on_a_later_day_is_not_taken_over_from(client: Client, unchanged: Unchanged) -> None:
    """4.1: only who is head on the first day gives it up; and what is refused leaves all as it was."""
    ann, bea, cat, home = *[await client.consumer() for _ in range(3)], await client.household()
    await client.member(home, ann, head=True, validFrom="2001-01-01", validTo="2990-01-01")
    later = await client.member(home, bea, head=True, validFrom="2990-01-01")
    id = await client.member(home, cat)
    async with unchanged.during():
        given = {"membership": id, "head": True, "takeOver": True}
        assert await client.refusals("changeMembership", given) == too_many("head", later)
        given = {"group": home, "party": cat, "head": True, "takeOver": True, "validFrom": "2001-01-01"}
        refusals = await client.refusals("addMember", given)
        assert [refusal["path"] for refusal in refusals] == [["group"], ["head"]]


async def test_whoever_holds_since_ever_gives_up_all_to_one_since_ever(client: Client) -> None:
    """3.2, 4.1: without a start, the first day is before all others."""
    ann, bea, home = await client.consumer(), await client.consumer(), await client.household()
    await client.member(home, ann, head=True)
    await client.member(home, bea, head=True, takeOver=True)
    assert await rows(client, home) == [(ann, None, None, False, True), (bea, None, None, True, True)]


Zoned = Callable[[str], AbstractAsyncContextManager[Client]]


@pytest.fixture
def zoned(schema: Schema, graph: Graph, settings: Settings) -> Zoned:
    """Makes an administrator's client of a service in another time zone."""

    @asynccontextmanager
    async def made(zone: str) -> AsyncIterator[Client]:
        tokens = Tokens(secret_of(settings))
        contexts = Contexts(graph, settings.model_copy(update={"time_zone": zone}))
        transport = httpx.ASGITransport(app(Endpoint(schema, contexts), SignIn(tokens), []))
        async with httpx.AsyncClient(transport=transport, base_url="http://kith.test") as http:
            yield Client(http, tokens.new(ADMINISTRATOR.id, datetime.now(UTC)))

    return made


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_the_day_of_a_change_is_the_business_day(zoned: Zoned, zone: str) -> None:
    """3.2: one of the two zones, 25 hours apart, always has another day than UTC."""
    async with zoned(zone) as client:
        ann, bea, home = await client.consumer(), await client.consumer(), await client.household()
        await client.member(home, ann, head=True, validFrom="2001-01-01")
        id = await client.member(home, bea, validFrom="2001-01-01")
        await change(client, id, head=True, takeOver=True)
        here = datetime.now(ZoneInfo(zone)).date()
        before = here - timedelta(days=1)
        assert [await head(client, home, when) for when in (before.isoformat(), here.isoformat(), None)] == [
            ann,
            bea,
            bea,
        ]
        assert await rows(client, home) == [
            (ann, "2001-01-01", here.isoformat(), True, True),
            (bea, "2001-01-01", here.isoformat(), False, True),
            (ann, here.isoformat(), None, False, True),
            (bea, here.isoformat(), None, True, True),
        ]
