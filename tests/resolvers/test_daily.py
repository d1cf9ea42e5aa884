"""The daily run: what dates that came take, whoever runs it and however often (SPEC 4.2)."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from graphdb.graph import Graph
from resolvers import daily
from resolvers.context import Context
from resolvers.daily import run_daily
from tests.client import Client
from tests.schema.test_within_households import ANSWERS, TYPE, Home, day, ended
from tests.unchanged import Unchanged

CHANGED = """CYPHER 25 MATCH (o:Operation {kind: 'daily'})
OPTIONAL MATCH (c:Change {operation: o.id}) WHERE c.new IS NULL AND c.old IS NOT NULL
RETURN o.id AS id, collect(DISTINCT c.record) AS records"""


def on(context: Context, days: int) -> Context:
    """The context of a day so many days from today."""
    return replace(context, today=context.today + timedelta(days=days))


async def runs(graph: Graph) -> list[list[str]]:
    """What each daily run that did something has deleted."""
    return [sorted(row["records"]) for row in await graph.run(CHANGED, {}, "tests")]


async def test_what_is_over_is_deleted_when_the_day_has_come(
    client: Client, context: Context, graph: Graph, unchanged: Unchanged
) -> None:
    """4.2: not the day before; once; the operation keeps it."""
    home, other = await Home.of(client), await Home.of(client)
    await ended(client, home.rows[home.bea], day(2))
    async with unchanged.during():
        assert await run_daily(context) == await run_daily(on(context, 1)) == 0
    assert await home.is_there()
    assert await run_daily(on(context, 2)) == 1
    assert await home.listed(period="ALL") == []
    assert await runs(graph) == [[home.represents]]
    assert await other.is_there()
    async with unchanged.during():
        assert await run_daily(on(context, 2)) == await run_daily(on(context, 1000)) == 0


async def test_its_own_end_deletes_nothing(client: Client, context: Context) -> None:
    """3.2, 4.2: what has ended is past, as everywhere."""
    home = await Home.of(client, {"validTo": day(2)})
    assert await run_daily(on(context, 10)) == 0
    assert await home.is_there()


async def test_whoever_comes_back_before_a_late_run_does_not_keep_it(client: Client, context: Context) -> None:
    """4.2: how late a run is makes no difference."""
    home = await Home.of(client)
    await ended(client, home.rows[home.ann], day(2))
    await client.member(home.id, home.ann, validFrom=day(4))
    assert await home.listed(asOf=day(5)) == []
    assert await run_daily(on(context, 10)) == 1
    assert not await home.is_there()


async def test_an_end_that_was_moved_keeps_it(client: Client, context: Context) -> None:
    """4.2: as long as the day has not come."""
    home = await Home.of(client)
    await ended(client, home.rows[home.ann], day(2))
    await client.do("updateRelationship", {"id": home.rows[home.ann], "validTo": None})
    assert await run_daily(on(context, 10)) == 0
    assert await home.listed(asOf=day(10)) == [home.represents]


async def test_two_at_once_do_together_what_one_does(
    client: Client, context: Context, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """4.2: in batches, each an operation; none deletes what another has deleted."""
    monkeypatch.setattr(daily, "BATCH", 3)
    home, ann, *others = await client.household(), *[await client.consumer() for _ in range(9)]
    rows = [await client.member(home, who) for who in (ann, *others)]
    drafts = [{"type": TYPE, "source": ann, "target": other, "household": home, **ANSWERS} for other in others]
    made = await client.relate_all(drafts)
    await ended(client, rows[0], day(1))
    counts = await asyncio.gather(*(run_daily(on(context, 1)) for _ in range(3)))
    assert sum(counts) == len(made) == 8
    told = await runs(graph)
    assert sorted(record for records in told for record in records) == sorted(made)
    assert all(1 <= len(records) <= 3 for records in told)
