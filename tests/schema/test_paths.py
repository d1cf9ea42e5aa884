"""Shortest paths as clients read them (SPEC 9.5)."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ids import PartyId
from domain.parties import PartyKind, new_party
from domain.path_search import MOST_COMPARED
from domain.paths import Asked
from graphdb import parties
from graphdb.errors import TooSlow
from graphdb.graph import Graph, Row, Transaction
from resolvers import paths
from resolvers.context import Context
from tests.client import Client
from tests.domain.plain_paths import Edge, plain_order, plain_paths
from tests.unchanged import Unchanged

PATHS = """query($from: ID!, $to: ID!, $limit: Int, $categories: [RelationshipCategory!], $types: [String!],
                 $avoiding: [ID!], $maxLength: Int, $asOf: Date) {
  paths(from: $from, to: $to, limit: $limit, categories: $categories, types: $types, avoiding: $avoiding,
        maxLength: $maxLength, asOf: $asOf) {
    paths { length parties { id name kind } relationships { id type { code } } validFrom validTo }
    truncated { reason limit } } }"""


class People:
    """Ann and Bea are sisters, Bea married Cal, who is a friend of Dan; Ann and Dan work for one firm; and Sam serves
    Ann and Cal both."""

    def __init__(self, client: Client, ids: dict[str, str], told: dict[str, str]) -> None:
        self.client, self.ids, self.told = client, ids, told

    @classmethod
    async def made(cls, client: Client) -> "People":
        ids = {name: await client.consumer(name) for name in ("Ann", "Bea", "Cal", "Dan", "Eve")}
        ids |= {"Ost Ltd": await client.account(), "Sam": await client.user()}
        ties = {
            "sisters": ("SIBLING", "Ann", "Bea", {}),
            "spouses": ("SPOUSE", "Bea", "Cal", {"validFrom": "1990~", "validTo": "2010-05-01"}),
            "friends": ("FRIEND", "Cal", "Dan", {"validFrom": "2000-01-01"}),
            "ann works": ("CONTACT", "Ann", "Ost Ltd", {"validTo": "1999-12-31"}),
            "dan works": ("CONTACT", "Dan", "Ost Ltd", {"validFrom": "2005-01-01"}),
            "ann served": ("CONSUMER_TEAM", "Sam", "Ann", {"responsibility": "RELATIONSHIP_MANAGER"}),
            "cal served": ("CONSUMER_TEAM", "Sam", "Cal", {"responsibility": "RELATIONSHIP_MANAGER"}),
        }
        made = await client.relate_all(
            [{"type": t, "source": ids[a], "target": ids[b], **more} for t, a, b, more in ties.values()]
        )
        return cls(client, ids, dict(zip(made, ties, strict=True)))

    async def paths(self, source: str, target: str, **arguments: Any) -> list[tuple[list[str], list[str]]]:
        """The paths between two, by the names of parties and relationships."""
        found = await self.answer(source, target, **arguments)
        assert found["truncated"] is None
        return [
            ([party["name"] for party in path["parties"]], [self.told[r["id"]] for r in path["relationships"]])
            for path in found["paths"]
        ]

    async def answer(self, source: str, target: str, **arguments: Any) -> Any:
        ends = {"from": self.ids[source], "to": self.ids[target]}
        return (await self.client.ask(PATHS, **ends, **arguments))["paths"]


async def test_a_path_is_its_parties_and_relationships_and_when_all_of_these_hold(client: Client) -> None:
    """9.5: the intersection of the periods; the dates as they are known."""
    people = await People.made(client)
    assert await people.answer(
        "Ann", "Dan", categories=["KIN", "PARTNERSHIP", "LOOSE"], avoiding=[people.ids["Ost Ltd"]]
    ) == {
        "paths": [
            {
                "length": 3,
                "parties": [
                    {"id": people.ids[name], "name": name, "kind": "CONSUMER"} for name in ("Ann", "Bea", "Cal", "Dan")
                ],
                "relationships": [
                    {"id": id, "type": {"code": code}}
                    for (id, name), code in zip(people.told.items(), ("SIBLING", "SPOUSE", "FRIEND"), strict=False)
                ],
                "validFrom": "2000-01-01",
                "validTo": "2010-05-01",
            }
        ],
        "truncated": None,
    }


FAMILY = (["Ann", "Bea", "Cal", "Dan"], ["sisters", "spouses", "friends"])
FIRM = (["Ann", "Ost Ltd", "Dan"], ["ann works", "dan works"])
SERVED = (["Ann", "Sam", "Cal", "Dan"], ["ann served", "cal served", "friends"])


async def test_the_shortest_comes_first_and_more_where_more_are_asked_for(client: Client) -> None:
    """9.5: one unless told; whichever way relationships point; staff only where it is asked for."""
    people = await People.made(client)
    assert await people.paths("Ann", "Dan") == [FIRM]
    assert await people.paths("Ann", "Dan", limit=None, maxLength=None) == [FIRM]
    assert await people.paths("Ann", "Dan", limit=5) == [FIRM, FAMILY]
    assert await people.paths("Ann", "Dan", limit=5, maxLength=2) == [FIRM]
    back = [(parties[::-1], ties[::-1]) for parties, ties in (FIRM, FAMILY)]
    assert await people.paths("Dan", "Ann", limit=5) == back


async def test_paths_go_by_the_categories_and_types_that_are_given(client: Client) -> None:
    """9.5"""
    people = await People.made(client)
    everything = ["KIN", "PARTNERSHIP", "LOOSE", "TEAM"]
    assert await people.paths("Ann", "Dan", limit=5, categories=everything) == [FIRM, FAMILY, SERVED]
    assert await people.paths("Ann", "Dan", limit=5, types=["CONSUMER_TEAM", "FRIEND"]) == [SERVED]
    assert await people.paths("Ann", "Dan", types=["CONSUMER_TEAM", "FRIEND"], categories=["LOOSE"]) == []
    assert await people.paths("Ann", "Dan", types=["NO_SUCH_TYPE"]) == []
    assert await people.paths("Ann", "Dan", categories=[]) == []
    sisters, friends = (["Ann", "Bea"], ["sisters"]), (["Cal", "Dan"], ["friends"])
    for category, found in (("KIN", [[sisters], []]), ("LOOSE", [[], [friends]])):  # these two share an edge
        asked = [await people.paths(*pair, categories=[category]) for pair in (("Ann", "Bea"), ("Cal", "Dan"))]
        assert asked == found
    assert await people.paths("Ann", "Dan", limit=5, types=None, categories=None) == [FIRM, FAMILY]


async def test_nobody_who_is_avoided_is_on_a_path(client: Client) -> None:
    """9.5"""
    people = await People.made(client)
    firm, bea, ann = (people.ids[name] for name in ("Ost Ltd", "Bea", "Ann"))
    assert await people.paths("Ann", "Dan", avoiding=[firm, "nobody"]) == [FAMILY]
    assert await people.paths("Ann", "Dan", avoiding=[firm, bea]) == []
    assert await people.paths("Ann", "Dan", avoiding=[ann]) == []


async def test_as_of_a_day_a_path_has_only_what_holds_on_it(client: Client) -> None:
    """3.2, 9.5: from the earliest day that an imprecise start can mean."""
    people = await People.made(client)
    for day, found in (
        ("1999-06-01", []),
        ("2002-06-01", [FAMILY]),
        ("2010-04-30", [FAMILY]),
        ("2010-05-01", []),
    ):
        assert await people.paths("Ann", "Dan", limit=5, asOf=day) == found, day


async def test_a_path_whose_relationships_never_held_at_once_is_one_all_the_same(client: Client) -> None:
    """9.5: over all time it is how two are related; its dates tell."""
    people = await People.made(client)
    (firm,) = (await people.answer("Ann", "Dan"))["paths"]
    assert (firm["validFrom"], firm["validTo"]) == ("2005-01-01", "1999-12-31")


async def test_related_twice_is_two_paths_the_one_that_still_holds_first(client: Client) -> None:
    """9.5"""
    people = await People.made(client)
    again = {"type": "SPOUSE", "source": people.ids["Cal"], "target": people.ids["Bea"], "validFrom": "2015"}
    people.told |= dict.fromkeys(await client.relate_all([again]), "spouses again")
    assert await people.paths("Bea", "Cal", limit=3, maxLength=1) == [
        (["Bea", "Cal"], ["spouses again"]),
        (["Bea", "Cal"], ["spouses"]),
    ]


async def test_somebody_is_a_path_to_themself(client: Client) -> None:
    """9.5: of length 0, and there is no other."""
    people = await People.made(client)
    ann = {"id": people.ids["Ann"], "name": "Ann", "kind": "CONSUMER"}
    assert await people.answer("Ann", "Ann", limit=5) == {
        "paths": [{"length": 0, "parties": [ann], "relationships": [], "validFrom": None, "validTo": None}],
        "truncated": None,
    }


async def test_those_who_are_not_related_have_no_path(client: Client) -> None:
    """9.5"""
    people = await People.made(client)
    assert await people.answer("Ann", "Eve", limit=5) == {"paths": [], "truncated": None}


async def test_a_path_of_nobody_is_null_with_an_error(client: Client) -> None:
    """9.5, 11.2: any party may be an end, and nothing else."""
    people = await People.made(client)
    ann, tie = people.ids["Ann"], next(iter(people.told))
    for nobody in ("nobody", "consumer_01m81cvtwye3hvm7mmkgnzsdq1", tie):
        for ends in ({"from": ann, "to": nobody}, {"from": nobody, "to": ann}, {"from": nobody, "to": nobody}):
            found = await client.answer(PATHS, **ends)
            assert found["data"] == {"paths": None}
            assert [(e["extensions"]["code"], e["path"]) for e in found["errors"]] == [("NOT_FOUND", ["paths"])]


@pytest.mark.parametrize(
    "arguments",
    [{"limit": 0}, {"limit": 26}, {"maxLength": 0}, {"maxLength": 13}, {"avoiding": ["x"] * 101}],
    ids=lambda given: next(iter(given)),
)
async def test_what_cannot_be_asked_for_is_an_error_that_names_it(client: Client, arguments: dict[str, Any]) -> None:
    """9.5"""
    ann = await client.consumer()
    found = await client.answer(PATHS, **{"from": ann, "to": ann}, **arguments)
    (name,) = arguments
    (error,) = found["errors"]
    assert (found["data"], error["extensions"]["code"]) == ({"paths": None}, "BAD_USER_INPUT")
    assert error["message"].startswith(f"{name}: ")


async def test_more_equally_long_paths_than_are_compared_are_told(client: Client, context: Context) -> None:
    """9.5: `truncated` says why: of so many no order is promised."""
    one, other = await client.account("One"), await client.account("Other")
    ends = {"from": one, "to": other}
    accounts = [new_party(PartyKind.ACCOUNT, {"legal_name": f"Member {n}"}, "US") for n in range(MOST_COMPARED + 1)]

    async def make(tx: Transaction) -> None:
        await parties.create(tx, accounts, context.now)

    await context.graph.write(make, "tests")
    members = [str(account.id) for account in accounts]

    async def tied(some: list[str]) -> None:
        pairs = [(end, member) for member in some for end in (one, other)]
        await client.relate_all([{"type": "SUBSIDIARY", "source": a, "target": b} for a, b in pairs])

    await tied(members[:MOST_COMPARED])
    found = (await client.ask(PATHS, limit=2, **ends))["paths"]
    assert ([path["parties"][1]["id"] for path in found["paths"]], found["truncated"]) == (
        sorted(members[:MOST_COMPARED])[:2],
        None,
    )
    await tied(members[MOST_COMPARED:])
    found = (await client.ask(PATHS, limit=2, **ends))["paths"]
    assert (len(found["paths"]), found["truncated"]) == (2, {"reason": "PATHS", "limit": MOST_COMPARED})


class Tired(Graph):
    """A graph that takes its time from its so-and-so-manieth answer on."""

    def __init__(self, graph: Graph, answers: int) -> None:
        super().__init__(graph._driver, graph._database)
        self.answers = answers

    async def rows(self, name: str, /, **parameters: Any) -> list[Row]:
        if self.answers == 0:
            await asyncio.sleep(60)
        self.answers -= 1
        return await super().rows(name, **parameters)


async def test_what_was_found_in_time_is_the_answer(
    client: Client, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """9.5: `truncated` says that time was over; where nothing was found yet that is an error."""
    people = await People.made(client)
    monkeypatch.setattr(paths, "SECONDS", 0.5)
    asked = Asked(source=PartyId(people.ids["Ann"]), target=PartyId(people.ids["Dan"]), limit=5)
    found = await paths.find_paths(replace(context, graph=Tired(context.graph, 1)), asked)
    assert ([len(path.relationships) for path in found.paths], found.crowded, found.late) == ([2], False, True)
    with pytest.raises(TooSlow):
        await paths.find_paths(replace(context, graph=Tired(context.graph, 0)), asked)


async def test_asking_changes_nothing(client: Client, unchanged: Unchanged) -> None:
    people = await People.made(client)
    async with unchanged.during():
        await people.paths("Ann", "Dan", limit=25)


TYPES = {
    "PARENT": "PARENTAGE",
    "SIBLING": "KIN",
    "FRIEND": "LOOSE",
    "OTHER": "LOOSE",
    "REPRESENTATIVE": "REPRESENTATION",
}
DATES: list[tuple[str | None, str | None]] = [(None, None), (None, "1950-01-01"), ("1950-01-01", None)]


@st.composite
def webs(draw: st.DrawFn) -> dict[str, Any]:
    """Consumers by number, some related by several types, and what is asked of them."""
    count = draw(st.integers(2, 8))
    numbers = st.integers(0, count - 1)
    pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1])
    typed = st.tuples(pairs, st.sampled_from(sorted(TYPES)))
    questions = st.fixed_dictionaries(
        {
            "from": numbers,
            "to": numbers,
            "limit": st.integers(1, 25),
            "maxLength": st.integers(1, 12),
            "categories": st.sampled_from([None, ["KIN", "LOOSE"], ["KIN", "PARENTAGE"], ["LOOSE"]]),
            "types": st.sampled_from([None, None, ["PARENT", "FRIEND"]]),
            "avoiding": st.lists(numbers, max_size=1),
            "asOf": st.sampled_from([None, "1940-06-01", "1975-06-01"]),
        }
    )
    return {
        "count": count,
        "ties": draw(st.dictionaries(typed, st.sampled_from(DATES), max_size=20)),
        "asked": draw(st.lists(questions, min_size=4, max_size=4)),
    }


@pytest.mark.parametrize("_", [None])
@settings(max_examples=40, suppress_health_check=list(HealthCheck), derandomize=True)
@given(web=webs())
async def test_the_paths_are_those_of_a_plain_enumeration(
    client: Client, context: Context, web: dict[str, Any], _: None
) -> None:
    """9.5: the first of all there are, in order."""
    people = [new_party(PartyKind.CONSUMER, {"given_name": "Ann"}, "US") for _ in range(web["count"])]

    async def make(tx: Transaction) -> None:
        await parties.create(tx, people, context.now)

    await context.graph.write(make, "tests")
    ids = sorted(str(person.id) for person in people)
    ties = [(type, ids[a], ids[b], *dates) for ((a, b), type), dates in web["ties"].items()]
    made = [given_as(*tie) for tie in ties]
    relationships = await client.relate_all(made) if made else []
    for asked in web["asked"]:
        edges = [
            Edge(id, source, target, start, end)
            for id, (type, source, target, start, end) in zip(relationships, ties, strict=True)
            if (asked["categories"] is None or TYPES[type] in asked["categories"])
            and (asked["types"] is None or type in asked["types"])
            and (asked["asOf"] is None or (start or "0001") <= asked["asOf"] < (end or "9999"))
        ]
        ends = {end: ids[asked[end]] for end in ("from", "to")}
        avoiding = [ids[number] for number in asked["avoiding"]]
        every = plain_order(plain_paths(edges, ends["from"], ends["to"], asked["maxLength"], avoiding))
        answer = (await client.ask(PATHS, **{**asked, **ends, "avoiding": avoiding}))["paths"]
        assert answer["truncated"] is None
        assert [
            (tuple(party["id"] for party in path["parties"]), tuple(r["id"] for r in path["relationships"]))
            for path in answer["paths"]
        ] == every[: asked["limit"]]


def given_as(type: str, source: str, target: str, start: str | None, end: str | None) -> dict[str, Any]:
    """A relationship as it is given."""
    more = {"responsibility": "AUTHORIZED_REPRESENTATIVE"} if type == "REPRESENTATIVE" else {}
    return {"type": type, "source": source, "target": target, "validFrom": start, "validTo": end, **more}
