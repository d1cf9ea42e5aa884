"""SPEC 9.7: importing a GEDCOM file from the command line, and what it tells; killed, it goes on when run again."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bench.gedcom import families
from domain.gedcom import Report, Tally
from domain.gedcom_remarks import Remark
from graphdb.graph import Graph
from graphdb.local import Server
from kith.gedcom import show
from kith.progress import console
from tests.conftest import WIPE
from tests.service import ROOT

PEOPLE = 600
IN_SMALL_BATCHES = """
from kith.cli import main
from resolvers.gedcom import importing
importing.AT_ONCE = 50
main()
"""
COUNTS = """CYPHER 25
RETURN COUNT { (:Consumer) } AS people, COUNT { ()-[:PARENT_OF|PARTNER_OF]->() } AS ties"""
KNOWN = """CYPHER 25
MATCH (external:ExternalId)-[:IDENTIFIES]->(party:Consumer)
RETURN external.value AS key, party {.name, .gender, .birth_date, .death_date, .deceased} AS held
ORDER BY key"""
TIES = """CYPHER 25
MATCH (:ExternalId)-[:IDENTIFIES]->(party)-[tie:PARENT_OF|PARTNER_OF]->(other)
MATCH (external:ExternalId)-[:IDENTIFIES]->(other)
MATCH (own:ExternalId)-[:IDENTIFIES]->(party)
RETURN own.value AS one, external.value AS other, tie {.type, .pedigree, .valid_from, .valid_to, .note} AS held
ORDER BY one, other, held.valid_from"""
HISTORY = """CYPHER 25
MATCH (change:Change) WITH change.record AS record, change.party AS party, count(*) AS times
RETURN max(times) AS most, count(*) AS told"""


@pytest.fixture
def environment(tmp_path: Path, server: Server) -> dict[str, str]:
    """An environment of the worker's own Neo4j."""
    at = server.endpoint
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    ours = {"KITH_NEO4J_URI": at.uri, "KITH_NEO4J_USER": at.user, "KITH_NEO4J_PASSWORD": at.password}
    return {**kept, **ours, "KITH_DATA": str(tmp_path / "data"), "COLUMNS": "200"}


@pytest.fixture
def started(environment: dict[str, str]) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts an import."""

    def start(file: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", IN_SMALL_BATCHES, "import", "gedcom", str(file)]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)

    return start


async def counted(graph: Graph) -> tuple[int, int]:
    """How many people there are, and how many relationships between them."""
    (row,) = await graph.run(COUNTS, {}, "tests")
    return row["people"], row["ties"]


async def imported(graph: Graph) -> list[list[Mapping[str, object]]]:
    """All that is known of people by their references, and of the relationships between them."""
    return [await graph.run(text, {}, "tests") for text in (KNOWN, TIES)]


@pytest.mark.parametrize("kind", ["people", "ties"])
async def test_an_import_that_is_killed_goes_on_when_it_is_run_again(
    graph: Graph, tmp_path: Path, started: Callable[[Path], subprocess.Popen[bytes]], kind: str
) -> None:
    """What is there in the end is what an import that nobody has killed brings in, each once."""
    file = tmp_path / "family.ged"
    write(file)
    assert await asyncio.to_thread(started(file).wait, 120) == 0
    whole, told = await imported(graph), await graph.run(HISTORY, {}, "tests")
    assert (len(whole[0]), await counted(graph)) == (PEOPLE, (PEOPLE, len(whole[1])))
    await graph.apply(WIPE)
    killed = started(file)
    while (await counted(graph))[kind == "ties"] == 0:
        assert killed.poll() is None
        await asyncio.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    assert await asyncio.to_thread(killed.wait, 20) == -signal.SIGKILL
    people, ties = await counted(graph)
    assert people < PEOPLE if kind == "people" else 0 < ties < len(whole[1])
    assert await asyncio.to_thread(started(file).wait, 120) == 0
    assert (await imported(graph), await graph.run(HISTORY, {}, "tests")) == (whole, told)


def write(file: Path) -> None:
    file.write_text("\n".join([*families(PEOPLE, seed=1), ""]))


def test_a_report_is_told_as_tables() -> None:
    report = Report(
        Tally(3, 2, 1),
        Tally(1, 0, 0),
        {"BIRT PLAC": 12, "[odd] tag": 1},
        (Remark(7, "line left out: it has no level"), Remark(1_204, 'CHIL left out: there is no person "[x]"')),
        2_000,
    )
    with console.capture() as captured:
        show(report)
    assert [line.rstrip() for line in captured.get().splitlines()] == [
        "               Made  There already",
        " People        3     1",
        " Parentages    2     0",
        " Partnerships  1     0",
        " Left out   How often",
        " BIRT PLAC  12",
        " [odd] tag  1",
        " Line  What is to be told of it",
        " 7     line left out: it has no level",
        ' 1204  CHIL left out: there is no person "[x]"',
        "and 2,000 more of later lines",
    ]


def test_a_report_without_anything_left_out_is_one_table() -> None:
    with console.capture() as captured:
        show(Report(Tally(0, 0, 0), Tally(0, 0, 0), {}))
    assert len(captured.get().splitlines()) == 4
