"""Plans: how many there are, how large they may grow, and that their two shapers take the same row."""

import pytest
from graphql import GraphQLError, get_variable_values, parse

from resolvers.reading.compiler import Compiler
from resolvers.reading.document import Document, Parsed
from resolvers.reading.planner import Planner
from tests.resolvers.reading import example
from tests.resolvers.reading.conftest import Served
from tests.resolvers.reading.documents import MANY

SCHEMA = example.schema()
DOWN = "relationships {{ edges {{ party {{ id {} }} }} }}"


def compiler(text: str, variables: dict[str, object] | None = None, viewer: str = "all") -> Compiler:
    parsed = Parsed.of(parse(text), None)
    assert parsed
    values = get_variable_values(SCHEMA._schema, parsed.operation.variable_definitions or (), variables or {})
    assert not isinstance(values, list)
    catalogue = SCHEMA.planner.catalogue
    return Compiler(catalogue, catalogue.viewers[viewer], Document(parsed.operation, parsed.fragments, values))


@pytest.mark.parametrize("viewer", ["all", "reach"])
def test_the_slow_shaper_takes_the_row_of_the_fast_one(viewer: str) -> None:
    for text, variables in MANY:
        plan = compiler(text, variables, viewer).query()
        assert (plan.slow.statement, plan.slow.inputs) == (plan.statement, plan.inputs)
        assert [hole.key for hole in plan.slow.holes] == [hole.key for hole in plan.holes]


def test_nothing_of_the_document_but_names_of_its_own_stands_in_the_plan() -> None:
    text = (
        'query { party(id: "O\'Neil\\"") { __import__: name } parties(search: "}", kinds: [CONSUMER]) { __typename } }'
    )
    plan = compiler(text).query()
    assert plan.statement.text
    assert "Neil" not in plan.statement.text + plan.source
    assert plan.source.count("__import__") == 1
    assert "'__import__': " in plan.source


@pytest.mark.parametrize("levels", [9, 12])
def test_branches_that_multiply_are_refused(levels: int) -> None:
    with pytest.raises(GraphQLError) as refused:
        compiler(doubling(levels)).query()
    assert (refused.value.message, refused.value.extensions) == (
        "This document asks for too much at once.",
        {"code": "TOO_COMPLEX"},
    )


def doubling(levels: int) -> str:
    """Small, but with a subquery more for each of two kinds of parties at every level."""
    fragments = ["fragment f0 on PartyRecord { id }"]
    for level in range(1, levels + 1):
        down = f"relationships {{ edges {{ party {{ ...f{level - 1} }} }} }}"
        fragments.append(f"fragment f{level} on PartyRecord {{ {down} ... on Consumer {{ {down} }} }}")
    return f'{{ party(id: "p3") {{ ...f{levels} }} }} {" ".join(fragments)}'


def test_nesting_without_end_is_refused() -> None:
    fields = "id"
    for _ in range(25):
        fields = f"... on PartyRecord {{ {DOWN.format(fields)} }}"
    with pytest.raises(GraphQLError, match="too much at once"):
        compiler(f'{{ party(id: "p3") {{ {fields} }} }}').query()


def nested(levels: int) -> str:
    """Reads within reads: a party, and so many lists of relationships below it."""
    fields = "id"
    for _ in range(levels):
        fields = f"... on PartyRecord {{ {DOWN.format(fields)} }}"
    return f'{{ party(id: "p3") {{ {fields} }} }}'


def test_seven_levels_are_read_below_a_root_and_no_more() -> None:
    assert compiler(nested(7)).query().statement.text
    with pytest.raises(GraphQLError) as refused:
        compiler(nested(8)).query()
    assert refused.value.extensions == {"code": "TOO_COMPLEX"}


def test_plans_weigh_what_they_keep_alive_and_that_is_bounded() -> None:
    """A plan names nodes of its document, which so stays in memory as long as the plan does."""
    planner = Planner(SCHEMA.planner.catalogue, heaviest=2**20)
    for number in range(30):
        text = f'{{ party(id: "p3") {{ id }} }} # {"x" * 1_000} {number}'
        parsed = Parsed.of(parse(text), None)
        assert parsed
        values = get_variable_values(SCHEMA._schema, (), {})
        assert not isinstance(values, list)
        plan = planner.query("all", Document(parsed.operation, parsed.fragments, values))
        assert plan.weight > parsed.weight == 275 * len(text)
    for kept in (planner.plans, planner.deciding):
        assert 0 < len(kept) <= 3
        assert kept.weight <= 2**20


async def test_a_client_is_told_so(served: Served) -> None:
    refused = (None, [(None, "This document asks for too much at once.", "TOO_COMPLEX")])
    assert await served.ask(doubling(12)) == refused
    assert await served.ask(doubling(12)) == refused


async def test_a_document_has_a_plan_for_each_shape_it_can_take(served: Served) -> None:
    text = """query($yes: Boolean!, $id: ID!, $after: String, $search: String) { party(id: $id) { id
      name @include(if: $yes) extra: name @skip(if: $yes) }
      parties(after: $after, search: $search) { edges { cursor } } }"""
    data, _ = await served.ask(text, {"yes": True, "id": "p1"})
    plans = served.schema.planner.plans
    before = len(plans)
    for yes in (True, False, True):
        for id in ("p1", "p2"):
            await served.ask(text, {"yes": yes, "id": id})
    assert len(plans) == before + 1
    for search in ("a", "b"):
        await served.ask(text, {"yes": True, "id": "p1", "search": search})
    assert len(plans) == before + 2
    for number in (3, 4):
        cursor = data["parties"]["edges"][number]["cursor"]
        await served.ask(text, {"yes": True, "id": "p1", "after": cursor})
    assert len(plans) == before + 3


async def test_nothing_of_somebody_hidden_reaches_the_client(served: Served) -> None:
    text = """{ parties(first: 40) { edges { node { id relationships { edges { party { id name kind }
      node { source { id name } target { id } } } } } } } }"""
    data, _ = await served.ask(text, viewer="reach")
    hidden = {p["id"] for p in served.data["parties"]} - set(served.data["reach"])
    assert hidden
    assert not any(f"'{id}'" in str(data) for id in hidden)
    assert "'Hidden'" in str(data)


def test_only_arguments_in_which_variables_stand_are_coerced_each_time() -> None:
    text = """query($n: Int) { party(id: "p1") { ... on PartyRecord {
        relationships(first: $n) { totalCount { value } edges { party { id } } } } } }"""
    assert [inputs.varies for inputs in compiler(text, {"n": 2}).query().inputs] == [False, True, False]
