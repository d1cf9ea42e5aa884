"""A store that Neo4j's offline import makes."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import neo4j
import pytest

from bench import offline
from bench.data import records
from bench.loading import load
from bench.tables import Table
from domain.search import sealed
from graphdb import definitions
from graphdb.graph import Graph
from graphdb.local import TESTS, Endpoint, Server, importer
from graphdb.local.importer import ImportFailed
from graphdb.local.jars import IMPORTER, VERSION, read_lock
from graphdb.migrations import applied
from kith.progress import Bars
from resolvers.integrity import examined

CUSTOMERS, SEED = 300, 1
SCHEMA = """CYPHER 25
SHOW INDEXES YIELD name, type, state, entityType, labelsOrTypes, properties, owningConstraint, options
RETURN * ORDER BY name"""


@pytest.fixture(scope="module")
def imported(jars: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A running store of the import."""
    folder = tmp_path_factory.mktemp("offline") / "store"
    offline.fill(folder, CUSTOMERS, SEED, jars, Bars())
    assert [path.name for path in folder.parent.iterdir()] == ["store"]
    with Server.launch(folder, jars, TESTS) as server:
        yield server.wait_ready()


async def test_an_imported_store_holds_what_loading_would_have_written(
    imported: Endpoint, graph: Graph, server: Server
) -> None:
    """Every node with its labels, every edge between the same two, every property with its type; and the same indexes,
    migrations and definitions, without an error.

    Ids and numbers are drawn anew each time; what they stand for is compared.
    """
    await load(graph, records(CUSTOMERS, SEED), datetime(2026, 1, 1, tzinfo=UTC), lambda done, in_all: None)
    theirs, ours = contents(imported), contents(server.endpoint)
    assert (theirs[0] - ours[0], ours[0] - theirs[0]) == (Counter(), Counter())
    assert (theirs[1] - ours[1], ours[1] - theirs[1]) == (Counter(), Counter())
    assert ours[1].total() > 3 * CUSTOMERS
    assert schema(imported) == schema(server.endpoint)
    store = Graph.at(imported.uri, imported.user, imported.password)
    try:
        defined = await store.read(definitions.stored, "tests")
        assert (await applied(store), defined.types) == (
            await applied(graph),
            (await graph.read(definitions.stored, "tests")).types,
        )
        assert (await examined(store, defined)).errors == []
    finally:
        await store.close()


def test_the_import_is_of_the_same_version_and_nobody_else_fetches_it() -> None:
    names = {(jar.group, jar.artifact, jar.version) for jar in read_lock(IMPORTER)}
    assert names == {("org.neo4j", "neo4j-import-tool", VERSION)}
    assert not names & {(jar.group, jar.artifact, jar.version) for jar in read_lock()}


def test_a_row_has_its_values_under_the_header_and_lists_without_items_are_told(tmp_path: Path) -> None:
    table = Table(tmp_path, "Consumer", [":ID(Party)"])
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    table.add([0], {"name": 'Ann "A",\nB', "roles": ["x", ""], "email": None, "others": [], "born": date(1990, 1, 2)})
    table.add([1], {"opted_in": False, "version": 3, "created_at": moment, "others": ["y"], "name": "Bo"})
    assert table.close() == "Consumer.header.csv,Consumer.csv"
    header = (tmp_path / "Consumer.header.csv").read_text().strip().split(",")
    names = ":ID(Party) name:string roles:string[] born:date opted_in:boolean version:long created_at:datetime"
    assert [name for name in header if name != ":IGNORE"] == [*names.split(), "others:string[]"]
    left = "," * (len(header) - 8)
    assert (tmp_path / "Consumer.csv").read_text() == (
        f'0,"Ann ""A"",\nB",x\x1f,1990-01-02,,,,{left}\n1,Bo,,,false,3,2026-01-02T03:04:05+00:00,y{left}\n'
    )
    assert table.emptied == {"others"}


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ({"name": ""}, "a text of no letters would be absent"),
        ({"roles": [""]}, "a text of no letters would be absent"),
        ({"roles": ["a\x1fb"]}, r"\['a\\x1fb'\] would fall apart"),
        ({"version": "1"}, "version is long, and cannot be '1'"),
        ({f"p{number}": "x" for number in range(99)}, "no field is left for p46"),
    ],
)
def test_what_the_import_would_not_keep_as_it_is_is_refused(
    properties: dict[str, str | list[str]], why: str, tmp_path: Path
) -> None:
    table = Table(tmp_path, "Consumer", [":ID(Party)"])
    table.add([0], {"version": 1})
    with pytest.raises(ValueError, match=f"^{why}$"):
        table.add([1], dict(properties))


def test_a_list_that_is_absent_here_and_without_items_there_is_refused(tmp_path: Path) -> None:
    table = Table(tmp_path, "Consumer", [":ID(Party)"])
    table.add([0], {"roles": []})
    table.add([1], {"roles": None})
    with pytest.raises(ValueError, match=r"^roles: absent, or without items\?$"):
        table.close()


def test_an_import_that_fails_says_why(jars: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "parties.csv").write_text(":ID,born:date\n0,yesterday\n")
    tool = offline.tool(jars, Bars())
    with pytest.raises(ImportFailed, match=r"(?s)^Neo4j's import ended with 70:\n.*yesterday"):
        importer.run(tmp_path / "store", [jars, tool], files, ["--nodes=Party=parties.csv"], lambda done, in_all: None)


def contents(at: Endpoint) -> tuple[Counter[str], Counter[str]]:
    """All parties and external ids of a store, and all edges between them, how many of each there are."""
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:
        nodes = driver.execute_query("MATCH (node) WHERE node:Party OR node:ExternalId RETURN node").records
        edges = driver.execute_query("MATCH ()-[edge]->() RETURN edge").records
    who = {node.element_id: f"{sorted(node.labels)} {told(dict(node))}" for (node,) in nodes}
    ties = ((edge.start_node, edge.type, told(dict(edge)), edge.end_node) for (edge,) in edges)
    return Counter(who.values()), Counter(
        f"{who[a.element_id]} {type} {p} {who[b.element_id]}" for a, type, p, b in ties
    )


def told(properties: dict[str, object]) -> str:
    """Properties in their order, without what is drawn anew each time, and of the time of loading only its zone."""
    drawn = [str(properties[name]) for name in ("id", "number") if name in properties]
    for name in ("created_at", "updated_at"):
        if name in properties:
            moment = properties[name]
            assert isinstance(moment, neo4j.time.DateTime)
            properties[name] = str(moment.tzinfo)
    text = str(sorted(properties.items()))
    for value in drawn:
        text = text.replace(repr(sealed(value))[1:-1], "sealed").replace(value, "drawn")
    return text


def schema(at: Endpoint) -> list[dict[str, object]]:
    """The indexes of a store and the constraints they are of."""
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:
        return [record.data() for record in driver.execute_query(SCHEMA).records]
