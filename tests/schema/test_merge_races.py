"""Merges that race with one another and with everything else: each happens whole or not at all (SPEC 3.7, 7.3)."""

import asyncio
from typing import Any

import pytest

from graphdb.errors import Unavailable
from graphdb.graph import Graph, Transaction
from tests.client import Client
from tests.schema.test_merge_undoing import UNDONE
from tests.schema.test_merging import MERGED, Two, plan
from tests.schema.test_races import count, race, rounds
from tests.schema.test_restoring import dump
from tests.unchanged import Unchanged


@rounds
async def test_a_plan_is_merged_once(client: Client, round: int) -> None:
    """7.3: of eight who say yes to the same plan one merges, the others learn that it has happened."""
    ann, bea = await client.consumer(), await client.consumer()
    token = (await client.merge_plan(ann, bea))["token"]
    assert await race(client, "merge", [{"token": token}] * 8) == {"CustomersMerged": 1, "MergedAway": 7}


@rounds
async def test_of_two_that_cross_one_is_done(client: Client, graph: Graph, round: int) -> None:
    """7.3: A into B while B into A; nobody waits for ever."""
    ann, bea = await client.consumer(), await client.consumer()
    await client.relate("FRIEND", ann, bea)
    tokens = [(await client.merge_plan(*pair))["token"] for pair in ((ann, bea), (bea, ann))]
    told = await race(client, "merge", [{"token": token} for token in tokens * 4])
    assert told["CustomersMerged"] == 1
    assert told.total() == 8
    assert set(told) <= {"CustomersMerged", "MergedAway", "MergedAway,MergedAway"}
    assert await count(graph, "()-[x:MERGED_INTO]->()") == 1


@rounds
async def test_a_chain_of_merges_at_once_never_closes(client: Client, graph: Graph, round: int) -> None:
    """9.6: three in a ring: each step alone would do, all of them would be a loop."""
    ids = [await client.consumer() for _ in range(3)]
    tokens = [(await client.merge_plan(ids[n], ids[(n + 1) % 3]))["token"] for n in range(3)]
    told = await race(client, "merge", [{"token": token} for token in tokens])
    assert told["CustomersMerged"] >= 1
    assert await count(graph, "(:Party {status: 'MERGED'})-[x:MERGED_INTO]->()") == told["CustomersMerged"]


@rounds
async def test_nothing_is_given_to_whom_is_being_merged_away(client: Client, graph: Graph, round: int) -> None:
    """7.3, 7.4: relating, ending, points and a case beside a merge: before it, and the plan has changed, or after it,
    and they are refused; the report after the test finds nothing left behind."""
    ann, bea, cid = [await client.consumer() for _ in range(3)]
    await client.points_type()
    friends = await client.relate("FRIEND", bea, cid)
    token = (await client.merge_plan(ann, bea))["token"]
    others: list[tuple[str, dict[str, Any]]] = [
        ("relate", {"relationships": [{"type": "OTHER", "source": bea, "target": cid}]}),
        ("endRelationship", {"id": friends}),
        ("adjustPoints", {"customer": bea, "pointsType": "BONUS", "amount": 1, "reason": "x"}),
        ("createCase", {"customer": bea, "subject": "x"}),
        ("enroll", {"id": cid}),
    ]
    merged, *answers = await asyncio.gather(
        client.do("merge", {"token": token}), *(client.do(deed, given) for deed, given in others)
    )
    refused = {refusal["__typename"] for answer in (merged, *answers) for refusal in answer.get("refusals", ())}
    assert refused <= {"PlanChanged", "MergedAway"}
    assert (merged["__typename"] == "CustomersMerged") or merged["refusals"][0]["__typename"] == "PlanChanged"
    assert await count(graph, "(:Party {status: 'MERGED'})-[x:LINKED_TO]-()") == 0


@rounds
async def test_a_merge_is_undone_once(client: Client, graph: Graph, round: int) -> None:
    """7.5"""
    ann, bea = await client.consumer(), await client.consumer()
    await client.relate("FRIEND", bea, await client.consumer())
    before = await dump(graph)
    operation = await client.merge(ann, bea)
    told = await race(client, "undoMerge", [{"operation": operation}] * 8)
    assert told == {"MergeUndone": 1, "CannotBeRestored": 7}
    assert await dump(graph) == before


class Failing:
    """Lets the n-th statement of transactions fail, as if the connection was lost there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        rows, does = Transaction.rows, Transaction.does

        async def failing_rows(tx: Transaction, name: str, /, **parameters: Any) -> Any:
            self.count()
            return await rows(tx, name, **parameters)

        def failing_does(tx: Transaction, name: str, /, **parameters: Any) -> None:
            self.count()
            does(tx, name, **parameters)

        monkeypatch.setattr(Transaction, "rows", failing_rows)
        monkeypatch.setattr(Transaction, "does", failing_does)

    def count(self) -> None:
        """Counts a statement. Raises Unavailable at the one that is to fail."""
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Unavailable("The database cannot be reached now; try again.")


async def fails_everywhere(
    client: Client, failing: Failing, unchanged: Unchanged, deed: str, given: dict[str, Any], selection: str
) -> tuple[int, Any]:
    """Does something once it has failed at each of its statements, each time without a trace; answers how many these
    were, and what it answered in the end."""
    name = deed[0].upper() + deed[1:]
    text = f"mutation($input: {name}Input!) {{ {deed}(input: $input) {{ __typename {selection} }} }}"
    before, failed = await unchanged.look(), 0
    while True:
        failing.left = failed
        answer = await client.answer(text, input=given)
        failing.left = None
        if "errors" not in answer:
            return failed, answer["data"][deed]
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAVAILABLE"]
        assert await unchanged.look() == before, failed
        failed += 1


async def test_a_merge_and_its_undoing_happen_whole_or_not_at_all(
    client: Client, graph: Graph, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """7.3, 7.5, 11.2: whichever statement fails nothing is written; the same key settles it, and then tells."""
    two, failing = await Two.of(client), Failing(monkeypatch)
    before = await dump(graph)
    given: dict[str, Any] = {"token": (await plan(client, two.ann, two.bea))["token"]}
    for deed, selection in (("merge", MERGED), ("undoMerge", UNDONE)):
        keyed = {**given, "idempotencyKey": "k"}
        statements, done = await fails_everywhere(client, failing, unchanged, deed, keyed, selection)
        assert statements > 20
        async with unchanged.during():
            told = await client.do(deed, keyed, selection)
        assert told == done
        given = {"operation": told["operation"]["id"]}
    assert await dump(graph) == before
