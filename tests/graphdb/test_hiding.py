"""What is hidden: no pattern of relationships escapes, and who asks plainly is asked again (decision 29)."""

import re

import neo4j
import pytest

from graphdb.graph import Graph
from graphdb.hiding import CHECK, EDGE, EDGE_TYPE, NOTHING, THERE, TIED, bare, checked, wary
from graphdb.local import Server
from graphdb.parameters import given, in_one_map
from graphdb.statements import FOLDER, LANGUAGE, parsed, statement
from tests.cypher.test_files import NAMES, statements

EDGES = ("PARENT_OF", "PARTNER_OF", "OVERSEES", "LINKED_TO", "SERVES", "REPRESENTS", "MEMBER_OF")
UNTYPED = re.compile(r"-\[\w*\]-|--[>(]|<--")
MAY_BE_UNTYPED = re.compile(r"deleting/(keep_|bring_back)")
"""What deals with edges that keep the books, whatever they are called, and with no relationships."""
COUNT = "MATCH (:Party {id: 'a'})-[r:LINKED_TO]->() RETURN count(r) AS n"


@pytest.mark.parametrize("name", NAMES)
def test_each_pattern_of_relationships_gets_the_condition(name: str) -> None:
    """8.2: each that names one of the edge types, and there is none that names no type at all."""
    text = parsed(name, (FOLDER / f"{name}.cypher").read_text()).text
    patterns = [part for part in text.split("[")[1:] if part.split("]")[0].partition(":")[2].startswith(EDGES)]
    assert len(EDGE.findall(text)) == len(patterns)
    assert text.startswith(LANGUAGE + CHECK) is bool(patterns)
    assert wary(text).count("endNode(") - text.count("endNode(") == len(patterns)
    assert ("SHORTEST" in text) == (NOTHING in text)
    assert CHECK not in wary(text)
    assert CHECK not in bare(text)
    if not MAY_BE_UNTYPED.match(name):
        assert not UNTYPED.search(text)


def test_a_condition_of_a_pattern_stays() -> None:
    shown = wary("MATCH (a)-[r:SERVES {id: $id} WHERE r.x > 1]-(b)-[:OVERSEES]->{1,30}(c)")
    assert f"[r:SERVES {{id: $id}} WHERE {THERE.format('r')} AND r.x > 1]" in shown
    assert f"[shown_2:OVERSEES WHERE {THERE.format('shown_2')}]->{{1,30}}" in shown


@pytest.mark.parametrize(
    "name", sorted(name for name in statements() if wary(statement(name).text) != bare(statement(name).text))
)
def test_the_wary_form_of_a_statement_can_be_planned(name: str, graph: Graph, server: Server) -> None:
    at = server.endpoint
    text = wary(statement(name).text)
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver, driver.session() as session:
        explained = in_one_map(text).replace("CYPHER 25 ", "CYPHER 25 EXPLAIN ", 1)
        session.run(explained, given({})).consume()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["relationships/lock", "relationships/around", "households/lock"])
def test_whoever_locks_for_a_change_of_relationships_looks_for_what_is_coming_back(name: str) -> None:
    """8.5: at each party, and at each edge type over which cycles count."""
    text = wary(statement(name).text)
    assert (text.count("hiding.restores"), text.count(TIED), text.count(EDGE_TYPE)) == (2, 2, 2)
    assert "hiding.restores" not in bare(statement(name).text)


@pytest.mark.damages
async def test_who_asks_plainly_while_something_is_hidden_sees_it_not(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8.2: the statement itself finds out; when nothing is hidden any more it is plain again."""
    monkeypatch.setattr(graph, "_wary_until", 0.0)
    await graph.apply(
        "CYPHER 25 CREATE (a:Party {id: 'a'}), (a)-[:LINKED_TO {type: 'X'}]->(:Party {id: 'b'}), "
        "(a)-[:LINKED_TO {type: 'Y'}]->(:Party {id: 'c'})"
    )
    text = LANGUAGE + checked(COUNT)
    assert await graph.run(text, {}, "tests") == [{"n": 2}]
    await graph.apply("CYPHER 25 CREATE (:Hiding {id: 'o', type: 'X'}), (:Hiding {id: 'p'})")
    assert await graph.run(text, {}, "tests") == [{"n": 1}]
    assert graph._wary_until > 0
    await graph.apply("CYPHER 25 MATCH (n:Hiding) DELETE n")
    assert await graph.run(text, {}, "tests") == [{"n": 2}]
    monkeypatch.setattr(graph, "_wary_until", 0.0)
    assert await graph.run(text, {}, "tests") == [{"n": 2}]
    assert graph._wary_until == 0
