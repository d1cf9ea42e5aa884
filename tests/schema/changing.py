"""A small graph that is changed at random through GraphQL, and what must hold after each change (SPEC 7, 8, 9.6).

After each step the integrity report has no errors; a merge or a deletion changes exactly
the records that its plan named, and so does what undoes it; one that is undone while nothing else has changed has
never been, to the last property; and what is refused has changed nothing.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphdb.graph import Graph
from graphdb.integrity import EDGE_TYPES
from tests.client import Client
from tests.schema.test_access import AsParty
from tests.schema.test_restoring import ALL, LEFT_OUT

MERGE = """query($input: MergePlanInput!) { mergePlan(input: $input) { __typename ... on MergePlan {
    token warnings fields { field canChoose } blockers { __typename }
    items(first: 100) { edges { node { relationship { id } into { id } case { id } consent { id } } } } } } }"""
DELETE = """query($input: DeletePlanInput!) { deletePlan(input: $input) { __typename ... on DeletePlan {
    token blockers { __typename } items(first: 100) { totalCount edges { node { id } } } } } }"""
UNDO = """query($id: ID!) {{ plan: {plan}(operation: $id) {{
    records {{ id }} taken {{ id }} problems {{ __typename }} }} }}"""
DONE = {
    "merge": "... on CustomersMerged { operation { id } }",
    "delete": "... on Deleted { operation { id } }",
    "undoMerge": "... on MergeUndone { survivor { id } merged { id } operation { id } }",
    "restore": "... on Restored { operation { id } }",
}
TYPES = (
    "PARENT",
    "PARENT",
    "SPOUSE",
    "SIBLING",
    "FRIEND",
    "FRIEND",
    "OTHER",
    "CONTACT",
    "INVESTOR",
    "HEAD_OFFICE",
    "GUIDE",
)
TEAM = (("CONSUMER_TEAM", "RELATIONSHIP_MANAGER"), ("ACCOUNT_TEAM", "ACCOUNT_MANAGER"))
DAYS = (None, None, "1999-05-01", "2010-01-01", "2020-06-30", "2031-01-01")
WEIGHTS = {
    "relate": 5,
    "end": 2,
    "update": 4,
    "join": 2,
    "keep_books": 3,
    "merge": 7,
    "delete": 5,
    "undo": 9,
}
STEPS = [step for step, weight in WEIGHTS.items() for _ in range(weight)]
"""The changes, each as often as it comes about."""
PLANNED = {"Consumer", "Account", "Household", "Group", "InternalUser", "Case", "RelationshipType", *EDGE_TYPES}
"""The labels and edges of the records that plans name."""


@dataclass(frozen=True)
class Record:
    """A node or an edge as it is stored, without what any change leaves another."""

    kinds: frozenset[str]
    ends: tuple[str, str]
    held: Mapping[str, Any]


@dataclass(frozen=True)
class Dump:
    """All that is stored but operations: records by their ids, and those without one."""

    records: Mapping[str, Record]
    others: Sequence[str]

    @classmethod
    async def of(cls, graph: Graph) -> "Dump":
        """What there is."""
        records, others = {}, []
        for row in await graph.run(ALL, {}, "tests"):
            held = {name: str(value) for name, value in row["held"].items() if name not in LEFT_OUT}
            record = Record(frozenset(row["kind"]), (row["one"] or "", row["other"] or ""), held)
            if id := held.get("id"):
                assert id not in records, f"the same id twice: {record} and {records[id]}"
                records[id] = record
            else:
                others.append(f"{sorted(record.kinds)} {record.ends} {sorted(held.items())}")
        return cls(records, sorted(others))

    def ids(self, *kinds: str, **held: str) -> list[str]:
        """The ids of records of any of these labels or edges, with these properties."""
        return sorted(
            id
            for id, record in self.records.items()
            if record.kinds.intersection(kinds) and held.items() <= record.held.items()
        )

    def changed(self, before: "Dump") -> set[str]:
        """The ids of records of kinds that plans name, which are not as they were; of the deleted, too."""
        ids = self.records.keys() | before.records.keys()
        return {
            id
            for id in ids
            if (was := before.records.get(id)) != (now := self.records.get(id))
            and PLANNED.intersection((was.kinds if was else set()) | (now.kinds if now else set()))
        }

    def differences(self, other: "Dump") -> list[str]:
        """What is in one and not in the other, for people."""
        ids = sorted(self.records.keys() | other.records.keys())
        pairs = [(id, self.records.get(id), other.records.get(id)) for id in ids]
        return [*(f"{id}: {one} | {two}" for id, one, two in pairs if one != two), *{*self.others} ^ {*other.others}]


@dataclass(frozen=True)
class Deed:
    """A merge or a deletion that was done, and what there was before it and after it."""

    undo: str
    operation: str
    before: Dump
    after: Dump


@dataclass
class Story:
    """Changes one after the other; `told` are the steps, for whoever has to find out why one fails."""

    client: Client
    graph: Graph
    as_party: AsParty
    random: Random
    told: list[str] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    exact: int = 0
    now: Dump = field(default_factory=lambda: Dump({}, ()))

    async def begin(self) -> None:
        """Makes the graph that is changed."""
        make = self.client
        born = ("1980-05", "1980-05", None, "1950", None)
        people = [await make.consumer(name, birthDate=day) for name, day in zip("ABCDE", born, strict=True)]
        firms = [await make.account(f"Firm {name}") for name in "XYZ"]
        await make.user(roles=["RELATIONSHIP_AGENT", "AGENT"])
        await make.points_type()
        app = await make.app()
        for home in [await make.household(name) for name in ("Here", "There")]:
            for who in self.random.sample(people, 3):
                await make.do("addMember", {"group": home, "party": who, "validFrom": self.pick(DAYS)})
        await make.group([{"party": people[0], "role": "OWNER"}, {"party": firms[0]}])
        await self.as_party(people[1]).consent(people[1], app)
        await make.define("GUIDE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE")
        self.now = await Dump.of(self.graph)
        for _ in range(12):
            await self.relate()

    async def step(self, name: str) -> None:
        """One more change, of those that STEPS names."""
        change: Callable[[], Awaitable[None]] = getattr(self, name)
        await change()

    async def demand_whole(self) -> None:
        """Fails where the integrity report has errors."""
        errors = (await self.client.ask("{ integrityReport { errors { code records } } }"))["integrityReport"]["errors"]
        assert errors == [], self.shown()

    def pick(self, some: Sequence[Any]) -> Any:
        """One of some, None where there are none."""
        return self.random.choice(some) if some else None

    def shown(self) -> str:
        """The story until now."""
        return "\n".join(self.told)

    async def do(self, mutation: str, **given: Any) -> Any:
        """What a mutation answers; where it is refused nothing has changed."""
        before = self.now
        answer = await self.client.do(mutation, given, DONE.get(mutation, ""))
        refused = [refusal["__typename"] for refusal in answer.get("refusals", ())]
        self.told.append(f"{mutation} {given} {refused or answer.get('operation', {}).get('id', '')}")
        self.now = await Dump.of(self.graph)
        assert not refused or self.now == before, f"{self.shown()}\n{self.now.differences(before)}"
        return answer

    async def relate(self) -> None:
        """Relates two, of whom either may have been merged away."""
        start, end = sorted((self.pick(DAYS) or "", self.pick(DAYS) or ""))
        given = {**({"validFrom": start} if start else {}), **({"validTo": end} if end else {})}
        people, firms = self.now.ids("Consumer"), self.now.ids("Account")
        ends = {"CONTACT": (people, firms), "INVESTOR": (people + firms, firms), "HEAD_OFFICE": (firms, firms)}
        type = self.pick((*TYPES, "HOUSEHOLD_REPRESENTATIVE", *(code for code, _ in TEAM)))
        sources, targets = ends.get(type, (people, people))
        if type == "HOUSEHOLD_REPRESENTATIVE":
            given = {"household": self.pick(self.now.ids("Household")), "responsibility": "AUTHORIZED_REPRESENTATIVE"}
        if type in dict(TEAM):
            sources, targets = self.now.ids("InternalUser"), people if type == "CONSUMER_TEAM" else firms
            given["responsibility"] = dict(TEAM)[type]
        source, target = self.pick(sources), self.pick(targets)
        if None not in (source, target, *given.values()):
            await self.do("relate", relationships=[{"type": type, "source": source, "target": target, **given}])

    async def end(self) -> None:
        """Ends or removes a relationship of any type."""
        if id := self.pick(self.now.ids(*EDGE_TYPES)):
            on = self.pick(DAYS)
            mutation = self.pick(("endRelationship", "removeRelationship"))
            await self.do(mutation, id=id, **({"on": on} if on and mutation == "endRelationship" else {}))

    async def update(self) -> None:
        """Changes a customer, a relationship or a place."""
        who, edge = self.pick(self.now.ids("Consumer")), self.pick(self.now.ids(*EDGE_TYPES))
        place = self.pick(self.now.ids("MEMBER_OF", type="HOUSEHOLD_MEMBER"))
        word = str(self.random.randrange(3))
        crm = [{"system": "crm", "value": value} for value in self.random.sample("123456", self.random.randrange(3))]
        changes: list[tuple[str, dict[str, Any]]] = [
            ("updateConsumer", {"id": who, "familyName": word}),
            ("updateConsumer", {"id": who, "externalIds": crm}),
            ("updateConsumer", {"id": who, "birthDate": self.pick((None, "1950", "1980-05"))}),
            ("setEmailPreference", {"id": who, "optedIn": self.pick((True, False)), "origin": "phone"}),
            (self.pick(("enroll", "enroll", "unenroll", "deactivate", "reactivate")), {"id": who}),
            ("updateRelationship", {"id": edge, "note": word}),
            ("updateRelationship", {"id": edge, self.pick(("validFrom", "validTo")): self.pick(DAYS)}),
            ("changeMembership", {"membership": place, "role": self.pick(("CHILD", "PARTNER", None))}),
            ("changeMembership", {"membership": place, self.pick(("head", "primary")): True, "takeOver": True}),
        ]
        mutation, given = self.pick(changes)
        if given.get("id", place) is not None and given.get("membership", who) is not None:
            await self.do(mutation, **given)

    async def join(self) -> None:
        """Gives somebody a place in a household, or takes one away."""
        home, who = self.pick(self.now.ids("Household")), self.pick(self.now.ids("Consumer"))
        place, on = self.pick(self.now.ids("MEMBER_OF")), self.pick(DAYS)
        if place and self.random.random() < 0.3:
            await self.do("endMembership", membership=place, **({"on": on} if on else {}))
        elif home and who:
            more = {"validFrom": on} if on else {}
            await self.do("addMember", group=home, party=who, head=self.pick((True, False)), **more)

    async def keep_books(self) -> None:
        """Points and cases."""
        who, case = self.pick(self.now.ids("Consumer", "Account")), self.pick(self.now.ids("Case"))
        home, user = self.pick(self.now.ids("Household")), self.pick(self.now.ids("InternalUser"))
        match self.random.randrange(4 if case else 2):
            case 0:
                amount = self.pick((-3, 4, 9))
                await self.do("adjustPoints", customer=who, pointsType="BONUS", amount=amount, reason="x")
            case 1:
                more = {"household": home} if home and self.random.random() < 0.5 else {}
                await self.do("createCase", customer=who, subject="x", **more)
            case 2:
                await self.do(self.pick(("closeCase", "reopenCase")), case=case)
            case 3 if user:
                await self.do("assignCase", case=case, assignee=user)

    async def merge(self) -> None:
        """Merges two, where nothing is in the way, as planned."""
        some = self.now.ids(self.pick(("Consumer", "Consumer", "Account")))
        if len(some) < 2:
            return
        survivor, merged = self.random.sample(some, 2)
        asked = {"survivor": survivor, "merged": merged}
        plan = (await self.client.ask(MERGE, input=asked))["mergePlan"]
        if plan["__typename"] == "Refused":
            self.told.append(f"mergePlan {asked} refused")
            return
        choices = [one["field"] for one in plan["fields"] if one["canChoose"]]
        if choices and self.random.random() < 0.5:
            asked["winners"] = [{"field": self.pick(choices), "from": "MERGED"}]
            plan = (await self.client.ask(MERGE, input=asked))["mergePlan"]
        before = self.now
        done = await self.do("merge", token=plan["token"], confirmed=plan["warnings"])
        assert (done["__typename"] == "Refused") is bool(plan["blockers"]), (self.shown(), asked, plan, done)
        if done["__typename"] == "Refused":
            return
        items = [edge["node"] for edge in plan["items"]["edges"]]
        named = {item[kind]["id"] for item in items for kind in ("relationship", "case") if item[kind]}
        into = {item["into"]["id"] for item in items if item["into"]}
        changed = self.now.changed(before)
        assert named <= changed <= named | into | {survivor, merged}, (
            f"{self.shown()}\n{asked}\nnamed: {named}\ninto: {into}\nchanged: {changed}"
        )
        self.deeds.append(Deed("undoMerge", done["operation"]["id"], before, self.now))

    async def delete(self) -> None:
        """Deletes something, where nothing is in the way, as planned."""
        kinds = ("Consumer", "Account", "Household", "Group", "InternalUser", *EDGE_TYPES[-2:])
        some = [kind for kind in kinds if self.now.ids(kind)]
        id = self.pick(self.now.ids(self.pick(some)))
        if self.random.random() < 0.1:
            id = self.pick(self.now.ids("RelationshipType", code="GUIDE")) or id
        asked = {"id": id, "openCases": self.pick((None, "CLOSE", "DELETE"))}
        plan = (await self.client.ask(DELETE, input=asked))["deletePlan"]
        if plan["__typename"] == "Refused":
            self.told.append(f"deletePlan {asked} refused")
            return
        before = self.now
        done = await self.do("delete", token=plan["token"])
        assert (done["__typename"] == "Refused") is bool(plan["blockers"]), (self.shown(), asked, plan, done)
        if done["__typename"] == "Refused":
            return
        named = {edge["node"]["id"] for edge in plan["items"]["edges"]}
        assert len(named) == plan["items"]["totalCount"]
        changed = self.now.changed(before)
        assert changed == named, f"{self.shown()}\n{asked}\nnamed only: {named - changed}\nonly: {changed - named}"
        self.deeds.append(Deed("restore", done["operation"]["id"], before, self.now))

    async def undo(self) -> None:
        """Undoes what was done, mostly the latest; where nothing has changed since, there was nothing."""
        if not self.deeds:
            return
        deed = self.deeds[-1] if self.random.random() < 0.8 else self.pick(self.deeds)
        untouched, before = self.now == deed.after, self.now
        document = UNDO.format(plan=f"{deed.undo}Plan")
        plan = (await self.client.answer(document, id=deed.operation))["data"]["plan"]
        done = await self.do(deed.undo, operation=deed.operation)
        assert (done["__typename"] == "Refused") is (plan is None or bool(plan["problems"])), (self.shown(), plan, done)
        if done["__typename"] != "Refused":
            both = {done[who]["id"] for who in ("survivor", "merged") if who in done}
            named = {one["id"] for one in (*plan["records"], *plan["taken"])}
            changed = self.now.changed(before)
            assert changed <= named | both, f"{self.shown()}\nonly changed: {changed - named - both}"
            unchanged = named.intersection(self.now.ids(*PLANNED)) - changed
            assert not unchanged, f"{self.shown()}\nonly named: {unchanged}"
            assert not named.intersection(self.now.records).intersection(one["id"] for one in plan["taken"])
        if untouched:
            assert done["__typename"] != "Refused", f"{self.shown()}\n{done}"
            assert self.now == deed.before, f"{self.shown()}\n" + "\n".join(self.now.differences(deed.before))
            self.exact += 1
        self.deeds.remove(deed)
