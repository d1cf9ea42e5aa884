"""Clients that write: each mutation has a key of its own, and is sent again with it until it is answered."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

import httpx

from tests.client import Client

PAUSE = 0.1
SELECTIONS = {
    "createConsumer": "... on ConsumerCreated { consumer { id } operation { id createdAt } }",
    "createAccount": "... on AccountCreated { account { id } operation { id createdAt } }",
    "createHousehold": "... on HouseholdCreated { household { id } operation { id createdAt } }",
    "updateConsumer": "... on ConsumerUpdated { consumer { id } operation { id createdAt } }",
    "relate": "... on Related { relationships { id } operation { id createdAt } }",
    "endRelationship": "... on RelationshipEnded { relationship { id } operation { id createdAt } }",
    "addMember": "... on MemberAdded { membership { relationship { id } } operation { id createdAt } }",
    "defineRelationshipType": ("... on RelationshipTypeDefined { relationshipType { id } operation { id createdAt } }"),
    "merge": "... on CustomersMerged { survivor { id } operation { id createdAt } }",
    "undoMerge": "... on MergeUndone { survivor { id } merged { id } operation { id createdAt } }",
    "delete": "... on Deleted { id operation { id createdAt } }",
    "restore": "... on Restored { relationships { id } operation { id createdAt } }",
    "findDuplicates": "... on DuplicatesSought { job { id } operation { id createdAt } }",
}
"""What is selected of each mutation's answer: the ids of what it made or changed, and its operation."""

PLANS = {
    "merge": """query($a: ID!, $b: ID!) {
        plan: mergePlan(input: {survivor: $a, merged: $b}) { ... on MergePlan { token } } }""",
    "undoMerge": "query($a: ID!) { plan: undoMergePlan(operation: $a) { token } }",
    "delete": "query($a: ID!) { plan: deletePlan(input: {id: $a}) { ... on DeletePlan { token } } }",
    "restore": "query($a: ID!) { plan: restorePlan(operation: $a) { token } }",
}
"""The plans of what is planned before it is done."""


class Told(Enum):
    """What a client knows after an attempt."""

    DONE = auto()  # answered
    UNREAD = auto()  # done, but what it made could not be read any more, or is gone since
    NOTHING = auto()  # nothing was done: no connection, or a code that promises it
    UNKNOWN = auto()  # the connection was lost, or the code says so


CODES = {"UNAVAILABLE": Told.NOTHING, "TOO_SLOW": Told.NOTHING, "OUTCOME_UNKNOWN": Told.UNKNOWN}
READING = {**dict.fromkeys(CODES, Told.UNREAD), "NOT_FOUND": Told.UNREAD}
"""What a code says of the mutation itself, and of reading what it made."""


@dataclass(frozen=True)
class Attempt:
    """A request: when it was sent, when it had ended, and what was known then."""

    sent: datetime
    ended: datetime
    told: Told


@dataclass(frozen=True)
class Answer:
    """What a mutation answered: ids in their order, its operation, and when that was."""

    ids: tuple[str, ...]
    operation: str
    at: datetime


@dataclass(frozen=True)
class Settled:
    """A mutation that was answered in the end; the last attempt is the one that was. Where it was planned before,
    `about` are the ids that the plan was asked about."""

    mutation: str
    given: Mapping[str, Any]
    answer: Answer
    attempts: Sequence[Attempt]
    about: Sequence[str] = ()

    @property
    def doing(self) -> Attempt:
        """The attempt that did it: its operation has the time at which that request came in."""
        found = [attempt for attempt in self.attempts if attempt.sent <= self.answer.at <= attempt.ended]
        assert len(found) == 1, self
        return found[0]


class Writer:
    """A client that lives through one chapter of mutations after the other, until it is told that it is enough."""

    def __init__(self, client: Client, name: str) -> None:
        self.settled: list[Settled] = []
        self.enough = False
        self._client, self._name, self._chapters = client, name, 0

    async def write(self, pause: float) -> None:
        """Writes chapters, after a pause in seconds; ends after the one in which it is told to."""
        self.enough = False
        await asyncio.sleep(pause)
        while not self.enough:
            self._chapters += 1
            await self.chapter(f"{self._name}-{self._chapters}")

    @property
    def _turn(self) -> int:
        """What a chapter tells turns on it: no two clients tell the same at once, and each tells all in time."""
        return self._chapters + int(self._name)

    async def chapter(self, name: str) -> None:
        """A family with a firm: what takes locks of parties and of edge types, several edges at once, and changes."""
        people: list[str] = []
        for person in ("Ann", "Bea", "Cyd"):
            external = {"system": "kills", "value": f"{name}-{person}"}
            people += await self.do("createConsumer", {"givenName": f"{person} {name}", "externalIds": [external]})
        ann, bea, cyd = people
        (head,) = await self.do("createAccount", {"legalName": f"Head {name}"})
        (branch,) = await self.do("createAccount", {"legalName": f"Branch {name}"})
        family = [("PARENT", ann, cyd), ("PARENT", bea, cyd), ("SPOUSE", ann, bea), ("FRIEND", ann, cyd)]
        firm = [("HEAD_OFFICE", head, branch), ("SUBSIDIARY", branch, head), ("INVESTOR", ann, head)]
        *_, friends = await self.relate(family)
        await self.relate(firm)
        (household,) = await self.do("createHousehold", {"name": f"Osts {name}"})
        for member in people:
            await self.do("addMember", {"group": household, "party": member})
        await self.do("updateConsumer", {"id": cyd, "givenName": f"Cid {name}"})
        await self.do("endRelationship", {"id": friends, "on": "2026-01-01"})
        await self.second_thoughts(name, cyd, bea, household)
        match self._turn % 10:  # seldom: every mutation that relates reads all types
            case 1:
                await self.passing_type(f"TYPE_{name.replace('-', '_')}", ann, bea)
            case 3:
                await self.planned("delete", household)
            case 6:
                await self.do("findDuplicates", {})

    async def second_thoughts(self, name: str, cyd: str, bea: str, household: str) -> None:
        """Somebody who was kept twice is merged, given back, deleted and brought back; in the end all is as it was, or
        now and then stays merged, or deleted."""
        external = {"system": "kills", "value": f"{name}-Twin"}
        (twin,) = await self.do("createConsumer", {"givenName": f"Twin {name}", "externalIds": [external]})
        await self.relate([("FRIEND", twin, bea), ("OTHER", bea, twin)])
        await self.do("addMember", {"group": household, "party": twin})
        merged = await self.planned("merge", cyd, twin)
        if self._turn % 4 == 1:
            return
        await self.planned("undoMerge", merged)
        deleted = await self.planned("delete", twin)
        if self._turn % 4 != 3:
            await self.planned("restore", deleted)

    async def passing_type(self, code: str, one: str, other: str) -> None:
        """A type that is deleted with what is of it; every other client brings it back."""
        (type,) = await self.do("defineRelationshipType", type_called(code))
        await self.relate([(code, one, other), (code, other, one)])
        deleted = await self.planned("delete", type)
        if self._chapters % 2:
            await self.planned("restore", deleted)

    async def relate(self, edges: Sequence[tuple[str, str, str]]) -> Sequence[str]:
        """The ids of relationships that are made by one mutation."""
        drafts = [{"type": type, "source": source, "target": target} for type, source, target in edges]
        return await self.do("relate", {"relationships": drafts})

    async def planned(self, mutation: str, *about: str) -> str:
        """The operation of a mutation that is done as its plan says, asked about these ids."""
        told, data = Told.UNKNOWN, None
        while told is not Told.DONE:
            told, data = await self.told(PLANS[mutation], **dict(zip("ab", about, strict=False)))
            await asyncio.sleep(0 if data else PAUSE)
        assert "token" in data["plan"], (mutation, about, data)
        await self.do(mutation, {"token": data["plan"]["token"]}, about)
        return self.settled[-1].answer.operation

    async def do(self, mutation: str, given: Mapping[str, Any], about: Sequence[str] = ()) -> Sequence[str]:
        """The ids that a mutation answers in the end; as long as it doesn't, the very same request is sent again."""
        keyed = {**given, "idempotencyKey": f"{self._name}-{len(self.settled)}"}
        attempts: list[Attempt] = []
        answer = None
        while answer is None:
            if attempts:
                await asyncio.sleep(PAUSE)
            sent = datetime.now(UTC)
            told, answer = await self.attempt(mutation, keyed)
            attempts.append(Attempt(sent, datetime.now(UTC), told))
        self.settled.append(Settled(mutation, keyed, answer, attempts, about))
        return answer.ids

    async def again(self, settled: Settled) -> Answer | None:
        """What a mutation that was settled is answered when it is sent once more."""
        _, answer = await self.attempt(settled.mutation, settled.given)
        return answer

    async def attempt(self, mutation: str, given: Mapping[str, Any]) -> tuple[Told, Answer | None]:
        """What is known after sending a mutation once; what must not be, a refusal, is an assertion."""
        name = mutation[0].upper() + mutation[1:]
        selection = f"__typename {SELECTIONS[mutation]} ... on Refused {{ refusals {{ message }} }}"
        document = f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {selection} }} }}"
        told, data = await self.told(document, input=given)
        return told, answer_of(data[mutation]) if data else None

    async def told(self, document: str, **variables: Any) -> tuple[Told, Any]:
        """What is known after sending a document once, and the data of its answer; another code is an assertion."""
        try:
            found = (await self._client.send(document, **variables)).json()
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return Told.NOTHING, None
        except httpx.TransportError:
            return Told.UNKNOWN, None
        if "errors" in found:
            error, *_ = found["errors"]
            codes = READING if len(error.get("path", ())) > 1 else CODES
            told = codes.get(error["extensions"]["code"])
            assert told, (document, variables, error)
            return told, None
        return Told.DONE, found["data"]


def answer_of(given: Mapping[str, Any]) -> Answer:
    """An answer of its parts."""
    assert given["__typename"] != "Refused", given
    operation = given["operation"]
    made = {name: value for name, value in given.items() if name not in ("__typename", "operation")}
    return Answer(tuple(ids(made)), operation["id"], datetime.fromisoformat(operation["createdAt"]))


def ids(value: Any) -> Iterator[str]:
    """The ids in an answer, in their order."""
    if isinstance(value, list):
        for item in value:
            yield from ids(item)
    elif "id" in value:
        yield value["id"]
    else:
        for item in value.values():
            yield from ids(item)


def type_called(code: str) -> dict[str, Any]:
    """The input for a relationship type."""
    return {
        "code": code,
        "name": code.capitalize(),
        "label": "trains",
        "reverseLabel": "is trained by",
        "category": "LOOSE",
        "sourceKinds": ["CONSUMER"],
        "targetKinds": ["CONSUMER"],
    }
