"""Requests that go together: each gets its own answer, whoever else is under way, and whatever fails for others."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from graphdb.errors import TooSlow, Unavailable
from resolvers.reading.batches import Batches, frozen
from resolvers.reading.context import ReadingContext
from tests.resolvers.reading.conftest import Context, Served, normal
from tests.resolvers.reading.documents import MANY
from tests.resolvers.reading.world import TODAY

PAGE = """query($id: ID!, $n: Int) { party(id: $id) { ... on PartyRecord { relationships(first: $n) { edges { cursor }
  } } } }"""
NAME = "query($id: ID!) { party(id: $id) { id name } }"


async def data(served: Served, context: Context, text: str, variables: Any = None) -> Any:
    found = await served.schema.execute(text, variables, context)
    return normal(found.data)


@pytest.mark.parametrize("viewer", ["all", "reach", "consent"])
async def test_everybody_gets_the_answer_that_he_or_she_gets_alone(served: Served, viewer: str) -> None:
    for text, variables in MANY:
        alone, _ = await served.ask(text, variables, viewer)
        context = [served.context(viewer) for _ in range(6)]
        assert await asyncio.gather(*(data(served, each, text, variables) for each in context)) == [alone] * 6


async def test_those_who_come_while_one_is_under_way_go_together(served: Served) -> None:
    ids = [f"p{n}" for n in range(30)] * 3
    await served.ask(NAME, {"id": "p1"})
    served.statements.clear()
    found = await asyncio.gather(*(data(served, served.context("all"), NAME, {"id": id}) for id in ids))
    assert [each["party"]["id"] for each in found] == ids
    assert len(served.statements) == 3  # one alone, the 89 others 64 at most a time
    assert len(served.statements[1][1]["batch"]) == 30  # type: ignore[arg-type]  # who want the same share a row


async def test_what_all_share_does_not_mix_with_what_others_share(served: Served) -> None:
    wanted = [(f"p{n % 5}", n % 3 + 1) for n in range(30)]
    alone = [(await served.ask(PAGE, {"id": id, "n": n}))[0] for id, n in wanted]
    asked = (data(served, served.context("all"), PAGE, {"id": id, "n": n}) for id, n in wanted)
    assert await asyncio.gather(*asked) == alone


async def test_each_viewer_of_a_class_sees_what_is_his_or_hers(served: Served) -> None:
    """An app that nobody consented to sees nobody in the same statement in which another sees those who did."""
    id = served.data["consents"][0]
    await data(served, served.context("consent"), NAME, {"id": id})
    served.statements.clear()
    viewers = ["app", "another"] * 10
    found = await asyncio.gather(*(data(served, served.context("consent", who), NAME, {"id": id}) for who in viewers))
    assert [each["party"] and each["party"]["id"] for each in found] == [id, None] * 10
    assert len(served.statements) == 2


class Failing:
    """Reads as the graph does, but fails where it is told to; keeps what was asked."""

    def __init__(self, served: Served, error: Exception, together: bool, ids: set[str]) -> None:
        self.served, self.error, self.together, self.ids = served, error, together, ids
        self.asked = 0

    async def fetch(self, statement: str, parameters: Mapping[str, object]) -> list[Any]:
        self.asked += 1
        if ("batch" in parameters and self.together) or self.ids & set(map(str, parameters.values())):
            raise self.error
        return await self.served.fetch(statement, parameters)


async def errors(served: Served, failing: Failing, ids: list[str]) -> list[Any]:
    """Of each id what its request was told: the exception, or None."""
    context = Context(
        ReadingContext("all", {"today": TODAY, "reach": [], "viewer": None}, Batches(failing.fetch), str), failing.fetch
    )
    found = await asyncio.gather(*(served.schema.execute(NAME, {"id": id}, context) for id in ids))
    return [each.errors and each.errors[0].original_error for each in found]


async def test_where_they_fail_together_each_is_read_alone(served: Served) -> None:
    ids, error = [f"p{n}" for n in range(9)], TooSlow("slow")
    await served.ask(NAME, {"id": "p1"})
    failing = Failing(served, error, together=True, ids={"p3", "p7"})
    assert await errors(served, failing, ids) == [error if id in failing.ids else None for id in ids]
    assert failing.asked == 1 + 1 + 8


async def test_where_the_database_is_away_nobody_asks_again(served: Served) -> None:
    error = Unavailable("away")
    await served.ask(NAME, {"id": "p1"})
    failing = Failing(served, error, together=True, ids=set())
    assert await errors(served, failing, [f"p{n}" for n in range(9)]) == [None, *[error] * 8]
    assert failing.asked == 2


class Held:
    """Answers when it is let."""

    def __init__(self) -> None:
        self.let, self.asked, self.ended = asyncio.Event(), 0, 0

    async def fetch(self, statement: str, parameters: Mapping[str, object]) -> list[Any]:
        self.asked += 1
        try:
            await self.let.wait()
        finally:
            self.ended += 1
        if "batch" in parameters:
            return [[place, [["Consumer", "p", "n"]]] for place in range(len(parameters["batch"]))]  # type: ignore[arg-type]
        return [["Consumer", "p", "n"]]


async def four(served: Served, held: Held) -> tuple[Context, list[asyncio.Task[Any]]]:
    """Four requests that wait for what is held: the first alone, the others together."""
    await served.ask(NAME, {"id": "p1"})
    reading = ReadingContext("all", {"today": TODAY, "reach": [], "viewer": None}, Batches(held.fetch), str)
    context = Context(reading, held.fetch)
    ask = [asyncio.create_task(data(served, context, NAME, {"id": f"p{n}"})) for n in range(4)]
    await turns()
    return context, ask


async def test_a_reading_ends_when_the_last_who_waits_for_it_gives_up(served: Served) -> None:
    held = Held()
    context, ask = await four(served, held)
    ask[0].cancel()  # the one who was alone; the three others go
    await turns()
    assert (held.asked, held.ended) == (2, 1)
    for task in ask[1:3]:
        task.cancel()
    await turns()
    assert held.ended == 1
    ask[3].cancel()
    await turns()
    assert (held.asked, held.ended) == (2, 2)
    assert context.reading.batches._lanes == {}


async def test_one_who_gives_up_takes_nothing_from_the_others(served: Served) -> None:
    held = Held()
    _, ask = await four(served, held)
    ask[2].cancel()
    held.let.set()
    assert await asyncio.gather(ask[0], ask[1], ask[3]) == [{"party": {"id": "p", "name": "n"}}] * 3


async def turns() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_large_answers_wait_for_nobody(served: Served) -> None:
    text = "{ parties(first: 40) { edges { node { id relationships(first: 40) { edges { party { id name } } } } } } }"
    await served.ask(text)
    plan = next(reversed(served.schema.planner.plans.values()))
    plan.statement.rows = 5_000
    served.statements.clear()
    await asyncio.gather(*(data(served, served.context("all"), text) for _ in range(5)))
    assert len(served.statements) == 5


def test_values_that_are_equal_in_python_only_are_told_apart() -> None:
    different = [1, 1.0, True, "1", [1], [True], {"a": 1}, {"a": 1.0}, None]
    assert len({frozen(value) for value in different}) == len(different)
    assert frozen({"a": [1, 2], "b": 3}) == frozen({"b": 3, "a": [1, 2]})
