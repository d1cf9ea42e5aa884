"""What resolvers hand over is shaped by forms as the executor would: every document is answered both ways."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any, cast

import pytest
import strawberry
from strawberry.schema.config import StrawberryConfig

from resolvers.reading.declare import ref, refs
from resolvers.reading.executor import Executor
from resolvers.reading.seam import Schema
from tests.resolvers.reading import example
from tests.resolvers.reading.conftest import Served
from tests.resolvers.reading.example import Consumer, Customer, Json, PartialDate, Party, Relationship


@strawberry.enum
class Mood(Enum):
    GLAD = "glad"
    SAD = "sad"


@strawberry.type
class Leaves:
    text: str = "a"
    number: int = 7
    share: float = 0.5
    yes: bool = True
    id: strawberry.ID = strawberry.ID("x1")
    mood: Mood = Mood.SAD
    day: date = date(2026, 11, 22)
    moment: datetime = datetime(2026, 11, 22, 8, tzinfo=UTC)
    born: PartialDate = PartialDate("1823~")
    settings: Json = strawberry.field(default_factory=lambda: cast(Json, {"a": [1, None]}))
    nothing: str | None = None
    texts: list[str] = strawberry.field(default_factory=lambda: ["a", cast(str, 7)])
    moods: list[Mood | None] | None = strawberry.field(default_factory=lambda: [Mood.GLAD, None])
    table: list[list[int]] = strawberry.field(default_factory=lambda: [[1, 2], [], [3]])


@strawberry.interface
class Figure:
    name: str


@strawberry.type
class Circle(Figure):
    owner: Party


@strawberry.type
class Square(Figure):
    sides: list[Leaves]


@strawberry.type
class Line:
    ends: list[Party]
    between: Relationship | None = None


@strawberry.type
class Told:
    """Not plain: it has a resolver."""

    name: str

    @strawberry.field
    def loud(self, twice: bool = False) -> str:
        return self.name.upper() * (2 if twice else 1)

    @strawberry.field
    async def fails(self) -> str:
        await asyncio.sleep(0)
        raise ValueError("told")


Drawn = Annotated[Circle | Line | Told, strawberry.union("Drawn")]


@strawberry.type
class Album:
    leaves: Leaves | None
    figures: list[Figure]
    drawn: list[Drawn | None]
    told: Told
    parties: list[Party]
    customers: list[Customer | None]
    one: Party
    again: Party
    twice: list[Leaves]


Make = Callable[[], Any]
ALBUMS: dict[str, Make] = {}


def album(**other: Any) -> Album:
    leaves = Leaves()
    given: dict[str, Any] = {
        "leaves": leaves,
        "figures": [Circle(name="c", owner=ref(Party, "p3")), Square(name="s", sides=[leaves, leaves])],
        "drawn": [Line(ends=refs(Party, ["p1", "p21", "p1"]), between=ref(Relationship, "r1")), None],
        "told": Told(name="t"),
        "parties": [ref(Party, "p1"), ref(Party, "p30")],
        "customers": refs(Customer, ["p2", "p21"]),
        "one": ref(Party, "p1"),
        "again": ref(Party, "p35"),
        "twice": [leaves, leaves],
    }
    return Album(**{**given, **other})


class Another(Circle):
    """A type's subclass, which the schema doesn't know."""


class Members:
    """No type of the schema, but it has the attributes of one."""

    text, number, mood = "plain", 3, Mood.GLAD


async def later(value: Any) -> Any:
    return value


ODD: dict[str, Callable[[], Album]] = {
    "a null where none may be": lambda: album(leaves=Leaves(text=cast(str, None))),
    "a null in a list that has none": lambda: album(leaves=Leaves(texts=["a", cast(str, None)])),
    "a null for a list": lambda: album(figures=None),
    "a null for an object": lambda: album(told=None, one=None),
    "a number that is too large": lambda: album(leaves=Leaves(number=2**40)),
    "a text for a list": lambda: album(leaves=Leaves(texts=cast(list[str], "ab"))),
    "no member of the enum": lambda: album(leaves=Leaves(mood=cast(Mood, "none"))),
    "the value of a member": lambda: album(leaves=Leaves(mood=cast(Mood, "glad"))),
    "an exception for a text": lambda: album(leaves=Leaves(born=cast(PartialDate, ValueError("born")))),
    "an exception in a list": lambda: album(drawn=[ValueError("drawn"), Line(ends=[])]),
    "an exception for an object": lambda: album(leaves=ValueError("leaves")),
    "what is yet to come": lambda: album(leaves=later(Leaves(text=cast(str, later("late")))), drawn=[later(None)]),
    "an iterator": lambda: album(parties=iter(refs_of("p1", "p2"))),
    "a subclass": lambda: album(figures=[Another(name="b", owner=ref(Party, "p2"))]),
    "an object of no type": lambda: album(leaves=Members(), told=Members()),
    "an object of another type": lambda: album(leaves=Line(ends=[]), drawn=[Leaves()]),
    "a name for an object": lambda: album(figures=["circle"]),
    "an id that is gone": lambda: album(one=ref(Party, "nobody")),
    "ids that are gone among others": lambda: album(
        parties=refs(Party, ["p1", "nobody"]), customers=refs(Customer, ["nobody", "p2"])
    ),
    "ids of an object that breaks a promise": lambda: album(one=ref(Party, "p7"), again=ref(Party, "p7")),
}


def refs_of(*ids: str) -> list[Party]:
    return [ref(Party, id) for id in ids]


@strawberry.type
class Query(example.Query):
    @strawberry.field
    def album(self, odd: str | None = None) -> Album | None:
        return ODD[odd]() if odd else album()

    @strawberry.field
    async def albums(self, odd: list[str | None]) -> list[Album | None]:
        await asyncio.sleep(0)
        return [ODD[each]() if each else None if each is None else album() for each in odd]

    @strawberry.field
    def someone(self) -> Party:
        return ref(Party, "p4")

    @strawberry.field
    def number(self) -> int | None:
        return 7


@strawberry.type
class Done:
    consumers: list[Consumer]
    parties: list[Party]
    leaves: Leaves
    consumer: Consumer


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def do(self, gone: bool = False) -> Annotated[Done | example.Refused, strawberry.union("DoResult")]:
        last = "nobody" if gone else "p3"
        return Done(
            consumers=refs(Consumer, ["p1", "p2"]),
            parties=refs(Party, []),
            leaves=Leaves(),
            consumer=ref(Consumer, last),
        )


SCHEMA = Schema(
    query=Query,
    mutation=Mutation,
    types=[
        *(example.Consumer, example.Account, example.Household, example.InternalUser, example.HiddenParty),
        *(Circle, Square),
    ],
    cypher=example.CYPHER,
    viewers=[example.SEES_ALL, example.ANALYST, example.REACH, example.CONSENT],
    constants=["today", "reach", "viewer"],
    config=StrawberryConfig(scalar_map=example.SCALARS),
)
EVERYTHING = """fragment album on Album {
  leaves { text number share yes id mood day moment born settings nothing texts moods table __typename }
  figures { __typename name ... on Circle { owner { id name ... on Consumer { born } } }
    ... on Square { sides { mood } } }
  drawn { ... on Line { ends { name kind ... on Customer { email households { name } } }
    between { id type { code } } } }
  parties { __typename id ... on PartyRecord { createdAt relationships(first: 2) { totalCount { value } } } }
  customers { id ... on Account { legalName } }
  one { a: id b: name ... on PartyRecord { createdAt } }
  again { b: name a: id ... on PartyRecord { createdAt } }
  two: one { id }
  twice { text }
}"""
PLAIN = [
    (f"{{ album {{ ...album }} }} {EVERYTHING}", 1),
    (f'{{ albums(odd: ["", null, ""]) {{ ...album }} someone {{ id }} number }} {EVERYTHING}', 1),
    ("{ album { b: leaves { z: text a: text text } a: leaves { mood } leaves { number } leaves { text } } }", 0),
    ('{ album { one { id } one { name } } party(id: "p1") { id } }', 2),
    ("{ album { drawn { __typename ... on Circle { name } ... on Line { ends { id } } } figures { name } } }", 1),
    ('{ tree(ids: ["p1", "p2", "p1"]) { root { id } people { person { id name } generation } } someone { id } }', 1),
]
"""Documents, and how many statements there are for all that they ask for."""
OTHERS = [
    "{ album { told { name loud l: loud(twice: true) } one { name } leaves { text } figures { name } } }",
    "{ album { drawn { ... on Told { loud } ... on Line { ends { id } } } } }",
    "{ __schema { queryType { name } } album { __typename leaves { __typename } told { __typename } } }",
]
CHOSEN = """query($yes: Boolean!) { album { one { id name @include(if: $yes) } ... @skip(if: $yes) { again { id } }
  leaves @include(if: $yes) { text mood @skip(if: $yes) } } }"""


@pytest.fixture
def by_executor(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Of which fields the value was made by the executor."""
    fields, unformed = list[str](), Executor.unformed

    def heard(self: Executor, place: Any, *others: Any) -> Any:
        fields.append(place.path.key)
        return unformed(self, place, *others)

    monkeypatch.setattr(Executor, "unformed", heard)
    return fields


Both = Callable[..., Awaitable[tuple[Any, list[Any]]]]


@pytest.fixture
def both(served: Served, monkeypatch: pytest.MonkeyPatch) -> Both:
    """Asks with forms, the first time and again, and without them: the one answer."""

    async def ask(text: str, variables: Any = None, viewer: str = "all") -> tuple[Any, list[Any]]:
        monkeypatch.setattr(served, "schema", SCHEMA)
        with monkeypatch.context() as without:
            without.setattr(Executor, "forming", False)
            expected = await served.ask(text, variables, viewer)
        for _ in ("the form is made", "the form is kept"):
            answer = await served.ask(text, variables, viewer)
            assert answer == expected
            assert str(answer[0]) == str(expected[0])  # keys in the order of the selection
        return answer

    return ask


@pytest.mark.parametrize("viewer", ["all", "reach", "consent", "analyst"])
@pytest.mark.parametrize(("text", "statements"), PLAIN)
async def test_plain_objects_are_shaped_as_the_executor_does(
    both: Both, served: Served, text: str, statements: int, viewer: str
) -> None:
    data, _ = await both(text, None, viewer)
    assert data
    assert len(served.statements) == statements


async def test_what_is_plain_never_meets_the_executor(both: Both, by_executor: list[str]) -> None:
    for text, _ in PLAIN:
        assert (await both(text))[1] == []
    assert by_executor == []


@pytest.mark.parametrize("text", OTHERS)
async def test_what_has_resolvers_is_the_executors(both: Both, text: str) -> None:
    assert (await both(text))[1] == []


async def test_variables_that_skip_fields_have_forms_of_their_own(both: Both) -> None:
    for yes in (True, False, True):
        data, errors = await both(CHOSEN, {"yes": yes})
        assert errors == []
        assert data["album"].keys() == ({"one", "leaves"} if yes else {"one", "again"})
        assert data["album"]["one"].keys() == ({"id", "name"} if yes else {"id"})


@pytest.mark.parametrize("odd", ODD)
async def test_what_is_odd_is_answered_by_the_executor(both: Both, by_executor: list[str], odd: str) -> None:
    text = f"query($odd: String) {{ album(odd: $odd) {{ ...album }} }} {EVERYTHING}"
    await both(text, {"odd": odd})
    assert by_executor == ["album", "album"]


async def test_what_fails_while_others_are_read_leaves_them_alone(both: Both) -> None:
    text = "{ album { told { fails } one { name } } someone { id } }"
    told = (["album", "told", "fails"], "told", None)
    assert await both(text) == ({"album": None, "someone": {"id": "p4"}}, [told])


@pytest.mark.parametrize("odd", ODD)
async def test_what_is_odd_leaves_others_alone(both: Both, odd: str) -> None:
    text = f"query($odd: [String]!) {{ albums(odd: $odd) {{ ...album }} someone {{ name }} }} {EVERYTHING}"
    data, _ = await both(text, {"odd": ["", odd]})
    assert data["someone"]["name"]


async def test_an_id_that_is_gone_is_an_error_in_its_place(both: Both) -> None:
    text = "query($odd: String) { album(odd: $odd) { parties { id } customers { id } } }"
    assert await both(text, {"odd": "ids that are gone among others"}) == (
        {"album": None},
        [
            (["album", "customers", 0], "What this names is gone.", "NOT_FOUND"),
            (["album", "parties", 1], "What this names is gone.", "NOT_FOUND"),
        ],
    )


async def test_what_a_mutation_did_is_told_without_reading(both: Both, by_executor: list[str], served: Served) -> None:
    text = """mutation { do { ... on Done {
      consumers { id t: __typename } parties { id } leaves { text } consumer { id } } } }"""
    assert await both(text) == (
        {
            "do": {
                "consumers": [{"id": "p1", "t": "Consumer"}, {"id": "p2", "t": "Consumer"}],
                "parties": [],
                "leaves": {"text": "a"},
                "consumer": {"id": "p3"},
            }
        },
        [],
    )
    assert (by_executor, len(served.statements)) == ([], 1)  # for the parties, of which there are none


async def test_what_a_mutation_did_and_is_gone_is_an_error(both: Both) -> None:
    text = "mutation($gone: Boolean!) { do(gone: $gone) { ... on Done { consumers { id } consumer { name } } } }"
    assert (await both(text, {"gone": False}))[1] == []
    assert await both(text, {"gone": True}) == (
        None,
        [(["do", "consumer"], "What this names is gone.", "NOT_FOUND")],
    )
