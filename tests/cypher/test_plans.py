"""Every statement, and every fragment within a document, is planned without a warning and without needless scans."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import neo4j
import pytest

from graphdb.graph import Graph
from graphdb.hiding import wary
from graphdb.local import Server
from graphdb.parameters import given, in_one_map
from graphdb.statements import FOLDER, statement
from resolvers.context import Context
from resolvers.reading.batches import Batches
from resolvers.reading.seam import Schema
from resolvers.reading.statement import Statement
from schema.viewers import VIEWERS
from tests.cypher.documents import documents_for
from tests.cypher.test_files import statements

SAYS_WHY = re.compile(r"^// scans ", re.MULTILINE)
OF_A_ROW = re.compile(r"[<>]=? (?:cache\[)?\w+\.")
"""The other side of a comparison in a plan that is a property, where it mostly is a parameter."""
FAR_END = re.compile(r"\((\w+)\)$")
FEW_NEIGHBOURS = {"households/places"}
"""Statements that look for a household among those of a member."""
FEW = {"PointsType", "RelationshipType", "Responsibility"}
"""Labels of which there are dozens: reading them all is the plan."""
HIDDEN = {"Hiding"}
"""Of these there are as many as jobs are at work."""
WARY_ONE_OF = 12
LEAST = {"partner_app": 20}
"""Documents that a class gets something of, where it does not get most types at all."""


@pytest.fixture
def driver(graph: Graph, server: Server) -> Iterator[neo4j.Driver]:
    """A driver to a store with the model's names; the server's warnings are errors."""
    at = server.endpoint
    warn = neo4j.NotificationMinimumSeverity.WARNING
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password), warn_notification_severity=warn) as driver:
        yield driver


def plan(driver: neo4j.Driver, text: str) -> Any:
    """The plan of a statement, which is not run."""
    with driver.session() as session:
        explained = in_one_map(text).replace("CYPHER 25 ", "CYPHER 25 EXPLAIN ", 1)
        return session.run(explained, given({})).consume().plan  # type: ignore[arg-type]


def ranges_per_row(step: Mapping[str, Any]) -> Iterator[str]:
    """The details of all seeks of a range that another row begins: each goes through up to all there is."""
    if "SeekByRange" in step["operatorType"] and OF_A_ROW.search(step["args"]["Details"]):
        yield step["args"]["Details"]
    for child in step.get("children", ()):
        yield from ranges_per_row(child)


def among_neighbours(step: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The filters that look for a party, whose id a row has, among all who are related to another."""
    details = step["args"].get("Details", "")
    far = FAR_END.search(details) if step["operatorType"].startswith("Expand(All)") else None
    if far and re.search(rf"\b{far[1]}\.id = \w+\.", above):
        yield above
    for child in step.get("children", ()):
        yield from among_neighbours(child, details if step["operatorType"].startswith("Filter") else "")


def scans(step: Mapping[str, Any]) -> Iterator[str]:
    """The details of all scans in a plan."""
    name = step["operatorType"].partition("@")[0]
    if name.endswith("Scan") and "Index" not in name:  # of all nodes, of a label's, of all relationships, of a type's
        yield step["args"]["Details"]
    for child in step.get("children", ()):
        yield from scans(child)


@pytest.mark.parametrize("name", sorted(statements()))
def test_a_statement_scans_only_where_its_file_says_why(driver: neo4j.Driver, name: str) -> None:
    """In a store that is nearly empty, where all plans seem cheap: they are kept while it fills."""
    text, found = (FOLDER / f"{name}.cypher").read_text(), plan(driver, statement(name).text)
    assert bool(list(scans(found))) == bool(SAYS_WHY.search(text))
    assert list(ranges_per_row(found)) == []
    assert name in FEW_NEIGHBOURS or list(among_neighbours(found)) == []


@pytest.mark.parametrize(
    ("viewer", "one_of"),
    [("all", 1), ("agent", 15), ("analyst", 15), ("staff", 11), ("consumer", 13), ("partner_app", 3)],
)
async def test_documents_are_planned_without_warnings_and_scans(
    viewer: str, one_of: int, driver: neo4j.Driver, schema: Schema, context: Context
) -> None:
    """For every class of viewers; of most one document in so many, since each takes long to plan; planned once, as it
    is read. A few also as they are asked while something is hidden (8.2)."""
    sent, found = set[str](), set[str]()

    async def fetch(text: str, parameters: Mapping[str, object]) -> list[Any]:
        sent.add(text)
        with driver.session() as session:
            profiled = in_one_map(text).replace("CYPHER 25 ", "CYPHER 25 PROFILE ", 1)
            result = session.run(profiled, given(parameters))  # type: ignore[arg-type]
            row = result.single()
            found.update(scans(result.consume().profile))
        return list(row["row"]) if row else []

    context.reading.batches, context.reading.viewer = Batches(fetch), viewer
    for document in [*documents_for(schema, viewer)][::one_of]:
        answer = await schema.execute(document, None, context)
        assert {(error.extensions or {}).get("code") for error in answer.errors or ()} <= {"NOT_FOUND"}, document
    for text in sorted(sent)[::WARY_ONE_OF]:
        found.update(scans(plan(driver, wary(text))))
    assert len(sent) > LEAST.get(viewer, 40) / one_of
    assert found, "no scans seen"
    assert {details for details in found if not any(f":{label}" in details for label in FEW | HIDDEN)} == set()


@pytest.mark.parametrize("viewer", [one.name for one in VIEWERS])
async def test_what_many_of_a_class_ask_at_once_is_read_by_one_statement(
    viewer: str, driver: neo4j.Driver, schema: Schema, context: Context
) -> None:
    """Were it refused, each would be read alone, rightly and slowly, and nobody would know."""
    kept = list[Statement]()

    class Keeping(Batches):
        async def row(self, statement: Statement, parameters: Mapping[str, object]) -> list[Any]:
            kept.append(statement)
            return await super().row(statement, parameters)

    context.reading.batches, context.reading.viewer = Keeping(context.graph.planned_row), viewer
    document = "query($id: ID!) { node(id: $id) { ... on Household { name } } }"
    await schema.execute(document, {"id": "household_01j00000000000000000000000"}, context)
    assert kept
    for one in kept:
        assert one.text
        assert one.differing
        plan(driver, one.together)
