"""Deleting whoever is being merged, and merging whoever is being deleted: one is done (SPEC 7.3, 8.2, 8.6)."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.test_deleting import delete, errors, gone, plan, restore
from tests.schema.test_races import count, rounds
from tests.schema.test_restoring import dump
from tests.schema.test_within_households import ANSWERS, TYPE
from tests.unchanged import Unchanged

LATER = 0.02
"""So many seconds later in each round comes the second of two, so that either is first in some."""
PROBLEMS = "query($id: ID!) { restorePlan(operation: $id) { problems { __typename path } } }"
both = pytest.mark.parametrize("who", ["survivor", "merged"])


@dataclass(frozen=True)
class Pair:
    """Two customers with something of their own, who are to become one."""

    survivor: str
    merged: str

    @classmethod
    async def of(cls, client: Client) -> "Pair":
        """Two members of a household, of whom either acts for a third within it, with friends and a case."""
        home, third = await client.household(), await client.consumer("Cat")
        pair = cls(await client.consumer("Ann"), await client.consumer("Bea"))
        for who in (pair.survivor, pair.merged, third):
            await client.member(home, who)
        for who in (pair.survivor, pair.merged):
            await client.relate(TYPE, who, third, household=home, **ANSWERS)
            await client.relate("FRIEND", who, await client.consumer("Dan"))
        await client.do("closeCase", {"case": await client.open_case(pair.merged)})
        return pair

    def of_name(self, who: str) -> str:
        """One of the two."""
        return self.survivor if who == "survivor" else self.merged


@both
async def test_a_deletion_that_was_planned_before_a_merge_is_refused_with_the_new_plan(
    client: Client, graph: Graph, unchanged: Unchanged, who: str
) -> None:
    """8.2, 7.3: of the survivor, who takes the other along now, and of the other, who has nothing any more."""
    pair = await Pair.of(client)
    id = pair.of_name(who)
    token = (await plan(client, id))["token"]
    merge = await client.merge(pair.survivor, pair.merged)
    async with unchanged.during():
        (refusal,) = await client.refusals("delete", {"token": token})
        now = (await plan(client, id))["token"]
        assert refusal == {"__typename": "DeletePlanChanged", "path": ["token"], "deletePlan": {"token": now}}
    assert now != token
    before = await dump(graph)
    done = await client.do("delete", {"token": now}, "... on Deleted { id operation { id } }")
    assert done["id"] == id
    assert await gone(client, pair.merged)
    assert await gone(client, pair.survivor) is (who == "survivor")
    assert await errors(client) == []
    async with unchanged.during():
        (refusal,) = await client.refusals("undoMerge", {"operation": merge})
        assert refusal["__typename"] == "CannotBeRestored"
    await restore(client, done["operation"]["id"])
    assert await dump(graph) == before
    assert (await client.do("undoMerge", {"operation": merge}))["__typename"] == "MergeUndone"


@both
async def test_a_merge_that_was_planned_before_a_deletion_is_refused(
    client: Client, graph: Graph, unchanged: Unchanged, who: str
) -> None:
    """7.3, 8.2: whichever of the two is gone is named; the plan holds again once he or she is back as before."""
    pair = await Pair.of(client)
    token = (await client.merge_plan(pair.survivor, pair.merged))["token"]
    operation = await delete(client, pair.of_name(who))
    async with unchanged.during():
        assert await client.refusals("merge", {"token": token}) == [{"__typename": "NotFound", "path": [who]}]
    await restore(client, operation)
    assert (await client.merge_plan(pair.survivor, pair.merged))["token"] == token
    assert (await client.do("merge", {"token": token}))["__typename"] == "CustomersMerged"


@both
async def test_a_merge_that_is_undone_lets_a_deletion_go_on_that_was_planned_since(
    client: Client, unchanged: Unchanged, who: str
) -> None:
    """7.5, 8.2: not as it was planned meanwhile, when the survivor would have taken the other along."""
    pair = await Pair.of(client)
    merge = await client.merge(pair.survivor, pair.merged)
    id = pair.of_name(who)
    token = (await plan(client, id))["token"]
    await client.do("undoMerge", {"operation": merge})
    async with unchanged.during():
        (refusal,) = await client.refusals("delete", {"token": token})
    assert refusal["__typename"] == "DeletePlanChanged"
    assert (await client.do("delete", {"token": refusal["deletePlan"]["token"]}))["__typename"] == "Deleted"
    assert not await gone(client, pair.merged if who == "survivor" else pair.survivor)


async def test_who_was_merged_away_comes_back_only_beside_the_survivor(
    client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """8.5, 7.4: who was merged away is nobody without the survivor, who has to be restored before."""
    pair = await Pair.of(client)
    await client.merge(pair.survivor, pair.merged)
    before = await dump(graph)
    first, then = await delete(client, pair.merged), await delete(client, pair.survivor)
    wrong = [{"__typename": "CannotBeRestored", "path": [pair.merged]}]
    async with unchanged.during():
        assert await client.refusals("restore", {"operation": first}) == wrong
        assert (await client.ask(PROBLEMS, id=first))["restorePlan"]["problems"] == wrong
    await restore(client, then)
    await restore(client, first)
    assert await dump(graph) == before


@rounds
async def test_of_restoring_who_was_merged_away_and_deleting_the_survivor_neither_spoils_the_other(
    client: Client, round: int
) -> None:
    """8.5, 3.7: the one is back before, and goes along, or learns that the survivor is gone."""
    pair = await Pair.of(client)
    await client.merge(pair.survivor, pair.merged)
    first = await delete(client, pair.merged)
    token = (await plan(client, pair.survivor))["token"]
    restored, deleted = await asyncio.gather(
        after(round % 2, client, "restore", {"operation": first}), client.do("delete", {"token": token})
    )
    if restored["__typename"] == "Restored":
        assert [refusal["__typename"] for refusal in deleted["refusals"]] == ["DeletePlanChanged"]
    else:
        assert [refusal["__typename"] for refusal in restored["refusals"]] == ["CannotBeRestored"]
        assert deleted["__typename"] == "Deleted"
    assert await errors(client) == []


async def after(round: int, client: Client, deed: str, given: dict[str, str]) -> Any:
    """What a mutation answers that is sent a moment later than others, a longer one in each round."""
    await asyncio.sleep(LATER * round)
    return await client.do(deed, given)


@both
@pytest.mark.parametrize("later", ["merge", "delete"])
@rounds
async def test_of_a_merge_and_a_deletion_at_once_one_is_done(
    client: Client, graph: Graph, who: str, later: str, round: int
) -> None:
    """7.3, 8.2, 3.7: either; the other learns what has happened; the report after the test finds nothing damaged."""
    pair = await Pair.of(client)
    id = pair.of_name(who)
    merging = {"token": (await client.merge_plan(pair.survivor, pair.merged))["token"]}
    deleting = {"token": (await plan(client, id))["token"]}
    merged, deleted = await asyncio.gather(
        after(round if later == "merge" else 0, client, "merge", merging),
        after(round if later == "delete" else 0, client, "delete", deleting),
    )
    if merged["__typename"] == "CustomersMerged":
        assert [refusal["__typename"] for refusal in deleted["refusals"]] == ["DeletePlanChanged"]
        assert await count(graph, f"(:Consumer {{id: '{pair.merged}'}})-[x:MERGED_INTO]->(:Consumer)") == 1
    else:
        assert [(one["__typename"], one["path"]) for one in merged["refusals"]] == [("NotFound", [who])]
        assert deleted["__typename"] == "Deleted"
        assert await gone(client, id)
        assert await count(graph, "()-[x:MERGED_INTO]->()") == 0


@rounds
async def test_of_undoing_a_merge_and_deleting_at_once_one_is_done(client: Client, graph: Graph, round: int) -> None:
    """7.5, 8.2: the survivor is deleted with the other, or both are customers again."""
    pair = await Pair.of(client)
    undoing = {"operation": await client.merge(pair.survivor, pair.merged)}
    deleting = {"token": (await plan(client, pair.survivor))["token"]}
    undone, deleted = await asyncio.gather(client.do("undoMerge", undoing), after(round, client, "delete", deleting))
    if undone["__typename"] == "MergeUndone":
        assert [refusal["__typename"] for refusal in deleted["refusals"]] == ["DeletePlanChanged"]
        assert await count(graph, "(x:Consumer {status: 'ACTIVE'})") == 5
    else:
        assert [refusal["__typename"] for refusal in undone["refusals"]] == ["CannotBeRestored"]
        assert deleted["__typename"] == "Deleted"
        assert await gone(client, pair.survivor, pair.merged)
