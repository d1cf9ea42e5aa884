"""SPEC 2.1, 8.6, 9.6: narrower rules on trial whose end nobody sees to, since the process was killed or stood still."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from domain.refusals import Refusal, WouldNotFit
from graphdb import trials
from graphdb.errors import Unavailable
from graphdb.graph import Graph
from resolvers import relationship_types, withdrawing
from resolvers.context import Context
from resolvers.jobs import work_on
from resolvers.misfits import would_not_fit
from resolvers.operations import Done, earlier
from resolvers.trials import Trial, Upkeep, judged, lapse
from tests.client import Client
from tests.schema.test_deleting import DELETED, errors, plan, restore
from tests.unchanged import Unchanged

LATER = """CYPHER 25 MATCH (n:RelationshipType|Responsibility) WHERE n.tightening IS NOT NULL
    SET n.tightening_until = datetime()"""
ON_TRIAL = "CYPHER 25 MATCH (n:RelationshipType|Responsibility) RETURN count(n.tightening) AS count"
TYPES = "{ relationshipTypes { id code version active maxPerSource sourceKinds } }"
Ids = dict[str, str]
DEEDS = ("type deleted", "carer deleted", "type narrowed", "carer narrowed")


@pytest.fixture
async def ids(client: Client) -> Ids:
    """A type and a responsibility, by the names that deeds below call them by, and whom they relate."""
    kinds = ["CONSUMER", "ACCOUNT"]
    await client.define("GUIDE", sourceKinds=kinds, targetKinds=kinds, category="LOOSE")
    carer = await client.responsibility("CARER", subjectKinds=kinds)
    found = {"carer": carer, "type": (await guide(client))["id"]}
    found |= {
        "ann": await client.consumer(),
        "ost": await client.account(),
        "sam": await client.user("sam@kith.example"),
    }
    return found


async def relate(client: Client, ids: Ids) -> None:
    """Uses both, with the ends that a change below wants to take no more."""
    other = await client.account("Other")
    await client.relate("GUIDE", ids["ost"], other)
    await client.relate("ACCOUNT_TEAM", ids["sam"], other, responsibility="CARER")


async def guide(client: Client) -> dict[str, Any]:
    """The type."""
    return next(dict(t) for t in (await client.ask(TYPES))["relationshipTypes"] if t["code"] == "GUIDE")


async def asked(client: Client, deed: str, ids: Ids) -> tuple[str, dict[str, Any]]:
    """A mutation that puts one of the two on trial, and what it is given."""
    what, _, how = deed.partition(" ")
    if how == "deleted":
        given = {
            "token": (await plan(client, ids[what], **({} if what == "type" else {"takeRelationships": True})))["token"]
        }
        return "delete", given
    if what == "type":
        return "updateRelationshipType", {"id": ids["type"], "sourceKinds": ["CONSUMER"]}
    return "updateResponsibility", {"id": ids["carer"], "subjectKinds": ["CONSUMER"]}


async def codes(client: Client, mutation: str, given: dict[str, Any]) -> list[str]:
    """The errors of a mutation, those aside that it answers with."""
    document = (
        f"mutation($input: {mutation[0].upper()}{mutation[1:]}Input!) {{ {mutation}(input: $input) {{ __typename }} }}"
    )
    return [code for code, _ in await client.codes(document, input=given)]


async def on_trial(graph: Graph) -> int:
    """How many definitions are on trial."""
    (row,) = await graph.run(ON_TRIAL, {}, "tests")
    return int(row["count"])


class Kills:
    """Lets the process write so often, and then no more, as if it had been killed; its answer is nobody's."""

    def __init__(self) -> None:
        self.left, self.made = float("inf"), 0

    def after(self, writes: float) -> None:
        """From now on."""
        self.left, self.made = writes, 0


@pytest.fixture
def kills(monkeypatch: pytest.MonkeyPatch) -> Kills:
    """Kills the process of the service."""
    write, kills = Graph.write, Kills()

    async def cut(self: Graph, *given: Any, **named: Any) -> Any:
        kills.made += 1
        if kills.made > kills.left:
            raise Unavailable("The process is gone.")
        return await write(self, *given, **named)

    monkeypatch.setattr(Graph, "write", cut)
    return kills


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_trial_whose_process_was_killed_damages_nothing_and_lapses(
    client: Client, context: Context, graph: Graph, ids: Ids, unchanged: Unchanged, kills: Kills, deed: str
) -> None:
    """8.6, 9.6: whichever of its writes was the last; what is stored is judged by the rule before."""
    await relate(client, ids)
    writes = left = 0
    while True:
        mutation, given = await asked(client, deed, ids)
        there = await unchanged.look()
        kills.after(writes)
        await codes(client, mutation, given)
        whole = kills.made <= writes
        kills.after(float("inf"))
        assert await errors(client) == []
        if whole:
            break
        standing = await on_trial(graph)
        await work_on(lambda: context)
        assert await on_trial(graph) == standing, "lapsed before its time"
        await graph.apply(LATER)
        await work_on(lambda: context)
        assert await unchanged.look() == there
        await relate(client, ids)
        writes, left = writes + 1, left + standing
    assert left > 1
    assert await on_trial(graph) == 0


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_trial_that_lapsed_is_not_confirmed(
    client: Client, context: Context, graph: Graph, ids: Ids, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    """2.1, 8.2: what was related after it lapsed would be against the rule."""

    async def left(trial: Trial, upkeep: Upkeep) -> Sequence[Refusal]:
        found = await judged(trial, upkeep)
        await graph.apply(LATER)
        await lapse(context)
        if deed.endswith("narrowed"):
            await relate(client, ids)
        return found

    mutation, given = await asked(client, deed, ids)
    with monkeypatch.context() as patched:
        patched.setattr("resolvers.trials.judged", left)
        assert await codes(client, mutation, given) == ["TOO_SLOW"]
    assert await on_trial(graph) == 0
    assert await errors(client) == []
    await relate(client, ids)


async def test_a_trial_that_may_have_lapsed_and_been_put_up_again_is_not_confirmed(
    client: Client, graph: Graph, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2.1, 11.2: the same request sent twice is one trial, so its token alone does not tell that it was always up."""
    before = await guide(client)

    async def stood_still(trial: Trial, upkeep: Upkeep) -> Sequence[Refusal]:
        found = await judged(trial, upkeep)
        await asyncio.sleep(trials.STANDS_SECONDS)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(trials, "STANDS_SECONDS", 1)
        patched.setattr("resolvers.trials.judged", stood_still)
        mutation, given = await asked(client, "type narrowed", ids)
        assert await codes(client, mutation, given) == ["TOO_SLOW"]
    assert await on_trial(graph) == 0
    assert await guide(client) == before


async def test_a_trial_is_kept_up_while_what_is_stored_is_judged(
    client: Client, context: Context, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2.1: however long that takes."""

    async def slowly(*given: Any) -> list[WouldNotFit]:
        for _ in range(25):
            await asyncio.sleep(0.2)
            await lapse(context)
        return await would_not_fit(*given)

    monkeypatch.setattr(trials, "STANDS_SECONDS", 3)
    monkeypatch.setattr(relationship_types, "would_not_fit", slowly)
    mutation, given = await asked(client, "type narrowed", ids)
    assert await client.do(mutation, given) == {"__typename": "RelationshipTypeUpdated"}
    assert (await guide(client))["sourceKinds"] == ["CONSUMER"]


@pytest.mark.parametrize("what", ["type", "carer"])
async def test_a_deletion_sent_twice_at_once_leaves_in_use_what_was_restored_between(
    client: Client, graph: Graph, ids: Ids, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """8.5, 11.2: the second looked at its key before the first was done, and is answered as the first was."""
    looked, go_on = asyncio.Event(), asyncio.Event()

    async def look(context: Context, deed: str) -> Done | None:
        found = await earlier(context, deed)
        looked.set()
        await go_on.wait()
        return found

    mutation, given = await asked(client, f"{what} deleted", ids)
    given["idempotencyKey"] = "once"
    with monkeypatch.context() as patched:
        patched.setattr(withdrawing, "earlier", look)
        second = asyncio.create_task(client.do(mutation, given, DELETED))
        await looked.wait()
    first = await client.do(mutation, given, DELETED)
    await restore(client, first["operation"]["id"])
    go_on.set()
    assert await second == first
    assert await on_trial(graph) == 0
    await relate(client, ids)
    assert await errors(client) == []
