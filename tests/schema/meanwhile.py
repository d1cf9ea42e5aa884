"""Something that somebody else does between two statements of a transaction, whole, or waiting for its locks."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest

from graphdb.graph import Graph, Transaction
from tests.client import Client
from tests.schema.test_deleting import delete

WAITS = "CYPHER 25 SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status"
PLANS = {
    "merge": """query($a: ID!, $b: ID!) { plan: mergePlan(input: {survivor: $a, merged: $b}) {
        ... on MergePlan { token warnings items { totalCount { value } } } } }""",
    "undoMerge": "query($a: ID!) { plan: undoMergePlan(operation: $a) { token } }",
    "delete": """query($a: ID!) { plan: deletePlan(input: {id: $a, openCases: CLOSE}) {
        ... on DeletePlan { token items { totalCount } } } }""",
    "erase": """query($a: ID!) { plan: deletePlan(input: {id: $a, openCases: CLOSE, erase: true}) {
        ... on DeletePlan { token items { totalCount } } } }""",
    "restore": "query($a: ID!) { plan: restorePlan(operation: $a) { token } }",
}
PATIENCE = 3.0
"""Seconds within which the other is done, or waits: for locks, or for whom has begun before."""
REFUSED = {"BAD_USER_INPUT", "NOT_FOUND"}


@dataclass(frozen=True)
class Request:
    """A document with its variables."""

    text: str
    variables: Mapping[str, Any]

    async def send(self, client: Client) -> list[str]:
        """The codes of what went wrong, without those of plans that are refused."""
        return [code for code, _ in await client.codes(self.text, **self.variables) if code not in REFUSED]


World: TypeAlias = Mapping[str, str]
"""Ids of Ann, Bea and Dan, who train Cid by a type of their own, of the first two's home with Cid, and of Eve, who
was merged into Ann and is deleted."""
Prepared: TypeAlias = tuple[Request, ...]
"""What does something, where it is planned after its plan."""
Deed: TypeAlias = Callable[[Client, World], Awaitable[Prepared]]
"""Prepares what is to be done by one request. Raises KeyError where that cannot be planned."""


class Meanwhile:
    """Before the n-th statement of a transaction something else is done."""

    def __init__(self, client: Client, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
        self._client, self._graph = client, graph
        self._other: Request | None = None
        self._doing: asyncio.Task[list[str]] | None = None
        self._before, self.waited = 0, False
        rows = Transaction.rows

        async def interrupted(tx: Transaction, name: str, /, **parameters: Any) -> Any:
            await self._count()
            return await rows(tx, name, **parameters)

        monkeypatch.setattr(Transaction, "rows", interrupted)

    async def happens(self, other: Request, before: int, deed: Request) -> tuple[bool, list[str]]:
        """Does both; whether there were so many statements that the other was done, and what went wrong with either."""
        self._other, self._before, self._doing, self.waited = other, before, None, False
        wrong = await deed.send(self._client)
        self._other = None
        return (True, [*wrong, *await self._doing]) if self._doing else (False, wrong)

    async def _count(self) -> None:
        """Counts a statement that was not sent yet, and does the other before it, as far as locks allow."""
        if self._other is None:
            return
        if self._before:
            self._before -= 1
            return
        self._doing, self._other = asyncio.create_task(self._other.send(self._client)), None
        until = time.monotonic() + PATIENCE
        while not self._doing.done() and not self.waited:
            await asyncio.sleep(0.01)
            self.waited = bool(await self._graph.run(WAITS, {}, "tests")) or time.monotonic() > until


async def world(client: Client, code: str) -> World:
    """A new one, with its type called by a code."""
    given = {"code": code, "name": code, "label": "trains", "reverseLabel": "is trained by", "category": "HIERARCHY"}
    given |= {"sourceKinds": ["CONSUMER"], "targetKinds": ["CONSUMER"], "maxPerTarget": 3, "acyclic": True}
    selection = "... on RelationshipTypeDefined { relationshipType { id } }"
    made = await client.do("defineRelationshipType", given, selection)
    ids = {"type": str(made["relationshipType"]["id"]), "code": code, "home": await client.household()}
    for who in ("ann", "bea", "cid", "dan"):
        ids[who] = await client.consumer(who)
    for who in ("ann", "bea", "cid"):
        ids[f"{who} lives there"] = await client.member(ids["home"], ids[who])
    for who in ("ann", "bea", "dan"):
        ids[f"{who} trains"] = await client.relate(code, ids[who], ids["cid"])
    await client.open_case(ids["bea"], household=ids["home"])
    await client.points_type(code)
    await client.points(ids["bea"], 5, code)
    ids["eve"] = await client.consumer("eve")
    await client.merge(ids["ann"], ids["eve"])
    ids["eve's deletion"] = await delete(client, ids["eve"])
    return ids


def mutation(name: str, **given: Any) -> Request:
    """One mutation."""
    text = f"mutation($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{ __typename }} }}"
    return Request(text, {"input": given})


async def planned(client: Client, name: str, *about: str) -> Prepared:
    """The plan of a mutation that is asked about ids, and the mutation done as the plan says. Raises KeyError."""
    plan = Request(PLANS[name], dict(zip("ab", about, strict=False)))
    found = (await client.ask(plan.text, **plan.variables))["plan"]
    given = {"token": found["token"], **({"confirmed": found["warnings"]} if name == "merge" else {})}
    return plan, mutation("delete" if name == "erase" else name, **given)


async def merging(client: Client, ids: World) -> Prepared:
    """Bea is merged into Ann."""
    return await planned(client, "merge", ids["ann"], ids["bea"])


async def unmerging(client: Client, ids: World) -> Prepared:
    """Bea is given back."""
    *_, merge = await merging(client, ids)
    done = await client.do("merge", merge.variables["input"], "... on CustomersMerged { operation { id } }")
    return await planned(client, "undoMerge", done["operation"]["id"])


def going(what: str) -> Deed:
    """Something is deleted."""

    async def prepared(client: Client, ids: World) -> Prepared:
        return await planned(client, "delete", ids[what])

    return prepared


def gone_for_good(what: str) -> Deed:
    """Something is erased."""

    async def prepared(client: Client, ids: World) -> Prepared:
        return await planned(client, "erase", ids[what])

    return prepared


def coming_back(what: str) -> Deed:
    """Something that was deleted is restored."""

    async def prepared(client: Client, ids: World) -> Prepared:
        *_, deletion = await going(what)(client, ids)
        done = await client.do("delete", deletion.variables["input"], "... on Deleted { operation { id } }")
        return await planned(client, "restore", done["operation"]["id"])

    return prepared


async def coming_back_merged(client: Client, ids: World) -> Prepared:
    """Eve is restored, who was merged into Ann."""
    return await planned(client, "restore", ids["eve's deletion"])


async def relating(client: Client, ids: World) -> Prepared:
    """Ann trains Dan, too."""
    return (mutation("relate", relationships=[{"type": ids["code"], "source": ids["ann"], "target": ids["dan"]}]),)


async def changing(client: Client, ids: World) -> Prepared:
    """Ann has trained Cid since 2001."""
    return (mutation("updateRelationship", id=ids["ann trains"], validFrom="2001"),)


async def ending(client: Client, ids: World) -> Prepared:
    """Ann no longer trains Cid."""
    return (mutation("endRelationship", id=ids["ann trains"]),)


async def joining(client: Client, ids: World) -> Prepared:
    """Dan moves in."""
    return (mutation("addMember", group=ids["home"], party=ids["dan"]),)


async def leaving(client: Client, ids: World) -> Prepared:
    """Cid moves out."""
    return (mutation("endMembership", membership=ids["cid lives there"]),)


async def opening(client: Client, ids: World) -> Prepared:
    """Bea has one more case, in the household."""
    return (mutation("createCase", customer=ids["bea"], subject="late", household=ids["home"]),)


async def spending(client: Client, ids: World) -> Prepared:
    """Bea spends points."""
    return (mutation("adjustPoints", customer=ids["bea"], pointsType=ids["code"], amount=-3, reason="a mug"),)


async def naming(client: Client, ids: World) -> Prepared:
    """Bea is known by another id elsewhere."""
    return (mutation("updateConsumer", id=ids["bea"], externalIds=[{"system": "crm", "value": ids["code"]}]),)


async def enrolling(client: Client, ids: World) -> Prepared:
    """Bea signs up."""
    return (mutation("enroll", id=ids["bea"]),)


async def telling_apart(client: Client, ids: World) -> Prepared:
    """Ann and Bea are not the same."""
    return (mutation("markNotDuplicates", one=ids["ann"], other=ids["bea"]),)
