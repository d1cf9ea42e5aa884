"""The data that benchmarks run on."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bench.data import records
from bench.loading import load
from bench.store import fingerprint
from domain.parties import PartyKind
from graphdb.graph import Graph
from graphdb.integrity import EDGE_TYPES
from resolvers.context import Context
from resolvers.integrity import integrity_report

CUSTOMERS = 200
COUNTED = """CYPHER 25
CALL () {
  MATCH (party:Party) RETURN party.kind AS name, count(*) AS count
UNION ALL
  MATCH (:Party)-[relationship]->(:Party) RETURN type(relationship) AS name, count(*) AS count
}
RETURN name, count"""


def test_a_seed_always_gives_the_same_records() -> None:
    """Ids, numbers and times are the service's, and are no part of them."""
    once, again, other = records(CUSTOMERS, 1), records(CUSTOMERS, 1), records(CUSTOMERS, 2)
    assert (once.parties, once.ties) == (again.parties, again.ties)
    assert once.parties != other.parties
    assert once.ties != other.ties


def test_the_fingerprint_of_a_store_is_the_same_for_the_same_records() -> None:
    """Though ids and numbers are new each time; a store is loaded again when something else would be written."""
    assert fingerprint(1) == fingerprint(1)
    assert fingerprint(1) != fingerprint(2)


def test_one_customer_in_a_thousand_is_a_hub_that_a_hundred_and_ten_people_at_least_are_related_to() -> None:
    """By two types that lead to it, and by nothing else."""
    made = records(3_000, 1)
    hubs = range(len(made.parties) - 3, len(made.parties))
    assert {made.parties[hub].kind for hub in hubs} == {PartyKind.ACCOUNT}
    around = [tie for tie in made.ties if tie.source in hubs or tie.target in hubs]
    assert {tie.type for tie in around} == {"CONTACT", "INVESTOR"}
    assert Counter(tie.target for tie in around if not tie.valid_to).keys() == set(hubs)
    assert min(Counter(tie.target for tie in around if not tie.valid_to).values()) >= 110


def test_some_families_are_eight_generations_deep() -> None:
    """Those of the first tenth of all people, which begin in the eighteenth century."""
    children = defaultdict[int, list[int]](list)
    for tie in records(10_000, 1).ties:
        if tie.type == "PARENT":
            children[tie.source].append(tie.target)
    founders = children.keys() - {child for some in children.values() for child in some}
    assert max(depth(founder, children) for founder in founders) >= 8


def depth(person: int, children: Mapping[int, Sequence[int]]) -> int:
    """How many generations there are below somebody."""
    return max((1 + depth(child, children) for child in children.get(person, ())), default=0)


async def test_the_graph_is_whole_and_has_relationships_of_all_edge_types(graph: Graph, context: Context) -> None:
    """Three relationships for each customer, most with dates; nothing in the report, not even a notice."""
    made, told = records(CUSTOMERS, 1), list[tuple[int, int]]()
    in_all = len(made.parties) + 3 * CUSTOMERS
    await load(graph, made, datetime(2026, 1, 1, tzinfo=UTC), lambda done, all: told.append((done, all)))
    assert told == [(len(made.parties), in_all), (in_all, in_all)]
    report = await integrity_report(context)
    assert (report.errors, report.notices) == ([], [])
    counts = {row["name"]: row["count"] for row in await graph.run(COUNTED, {}, "tests")}
    assert counts["Consumer"] + counts["Account"] == CUSTOMERS
    edges = {name: counts.pop(name, 0) for name in EDGE_TYPES}
    assert counts == Counter(draft.kind.value for draft in made.parties)
    assert all(edges.values())
    assert sum(edges.values()) == 3 * CUSTOMERS
    assert sum(tie.valid_from is not None for tie in made.ties) > 1.5 * CUSTOMERS
