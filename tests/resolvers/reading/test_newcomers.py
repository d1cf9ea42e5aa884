"""Documents that come for the first time: many at once take nothing from those that are known, and no memory."""

import asyncio

import pytest
from graphql import GraphQLError

from resolvers.reading.newcomers import AT_ONCE, MOST_WAITING, Newcomers
from tests.resolvers.reading.conftest import Served


async def test_a_few_of_each_viewer_are_taken_at_once_in_their_order() -> None:
    newcomers, done, most, there = Newcomers(), list[int](), 0, 0

    async def come(number: int) -> None:
        nonlocal most, there
        async with newcomers.turn("ann"):
            there += 1
            most = max(most, there)
            await asyncio.sleep(0)
            there -= 1
            done.append(number)

    await asyncio.gather(*map(come, range(20)))
    assert (most, done) == (AT_ONCE, list(range(20)))
    assert newcomers._queues == {}


async def test_too_many_are_turned_away_and_another_viewer_is_not() -> None:
    newcomers, let = Newcomers(), asyncio.Event()

    async def come(viewer: str) -> str:
        async with newcomers.turn(viewer):
            await let.wait()
            return viewer

    tasks = [asyncio.create_task(come("ann")) for _ in range(AT_ONCE + MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(GraphQLError) as refused:
        await come("ann")
    assert refused.value.extensions == {"code": "TOO_MANY_NEW_DOCUMENTS"}
    bea = asyncio.create_task(come("bea"))
    for task in tasks[3:]:
        task.cancel()
    let.set()
    assert await asyncio.gather(bea, *tasks[:3]) == ["bea", "ann", "ann", "ann"]
    assert newcomers._queues == {}


async def test_a_thousand_new_shapes_leave_others_their_time_and_the_store_its_bounds(served: Served) -> None:
    known = '{ party(id: "p3") { id } }'
    await served.ask(known)
    served.schema.documents.most = served.schema.planner.plans.most = 50

    async def new(number: int) -> str | None:
        text = f'{{ party(id: "p3") {{ {" ".join(f"a{bit}: id" for bit in range(12) if number >> bit & 1)} name }} }}'
        found = await served.schema.execute(text, None, served.context("all"))
        return None if not found.errors else str((found.errors[0].extensions or {}).get("code"))

    asked = [asyncio.create_task(new(number)) for number in range(1_000)]
    await asyncio.sleep(0)
    for _ in range(20):  # while they wait, or are planned
        found = await served.schema.execute(known, None, served.context("all"))
        assert found.data == {"party": {"id": "p3"}}
    assert sum(not task.done() for task in asked) > 10, "the known one waited for the new ones"
    told = await asyncio.gather(*asked)
    assert set(told) == {None, "TOO_MANY_NEW_DOCUMENTS"}
    assert told.count(None) == AT_ONCE + MOST_WAITING
    assert len(served.schema.documents) <= 50
    assert len(served.schema.planner.plans) <= 50


async def test_those_who_bring_the_same_new_document_plan_it_once(served: Served) -> None:
    text = '{ party(id: "p3") { one: __typename name } }'
    before = len(served.schema.planner.plans)
    found = await asyncio.gather(*(served.schema.execute(text, None, served.context("all")) for _ in range(30)))
    name = found[0].data["party"]["name"]
    assert [each.data for each in found] == [{"party": {"one": "Consumer", "name": name}}] * 30
    assert len(served.schema.planner.plans) <= before + AT_ONCE
