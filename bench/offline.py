"""A store of millions, made by Neo4j's own offline import: the same as `bench/loading.py` would have written, sooner.

Parties go into their files as they are made up, and of relationships there is nothing but the ties: so a million
customers need less than two GiB.
"""

import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import neo4j

from bench.data import records
from bench.loading import party, relationship
from bench.records import Draft, Records, Tie
from bench.tables import BETWEEN, Table
from domain.ids import PartyId
from domain.parties import Party, PartyKind
from domain.relationship_types import RelationshipType
from domain.relationships import Relationship
from domain.values import Property
from graphdb import definitions
from graphdb.graph import Graph
from graphdb.local import BENCHMARKS, TESTS, Endpoint, Server, fetch, importer
from graphdb.local.jars import IMPORTER
from graphdb.migrations import known, migrate
from graphdb.parties import external_row
from graphdb.relationships import as_properties
from kith.progress import Bars
from resolvers.viewers import ADMINISTRATOR

Progress = Callable[[int, int], None]
POPULATED = "CYPHER 25 SHOW INDEXES YIELD populationPercent RETURN avg(populationPercent) AS percent"
STEP = 5_000
STATEMENT_SECONDS = 1_800
"""So long a statement over all of a store may take; the service's own deadlines are meant for stores that are there."""


class Files:
    """The files of a store: a table for each kind of party, one of external ids, one of all edges between parties."""

    def __init__(self, folder: Path, at: datetime) -> None:
        self._folder = folder
        self._made: Mapping[str, int | datetime] = {"version": 1, "created_at": at, "updated_at": at}
        self.parties = dict[PartyKind, Table]()
        self.external_ids = Table(folder, "ExternalId", [":ID(ExternalId)"])
        self.identifies = Table(folder, "IDENTIFIES", [":START_ID(ExternalId)", ":END_ID(Party)"])
        self.edges = Table(folder, "edges", [":START_ID(Party)", ":END_ID(Party)", ":TYPE"])

    def party(self, place: int, made: Party) -> None:
        """Writes a party, which is named by its place, as `parties/create` would."""
        if made.kind not in self.parties:
            self.parties[made.kind] = Table(self._folder, made.kind.value, [":ID(Party)"])
        own = {"id": made.id, "kind": made.kind.value, **self._made}
        self.parties[made.kind].add([place], {**own, **made.properties})
        for external_id in made.external_ids:
            identifies = self.external_ids.rows
            self.external_ids.add([identifies], external_row(external_id))
            self.identifies.add([identifies, place], {})

    def edge(self, tie: Tie, made: Relationship, type: RelationshipType) -> None:
        """Writes a relationship as `relationships/create` would."""
        properties = {**as_properties(made, type), **self._made, "created_by": ADMINISTRATOR.id}
        self.edges.add([tie.source, tie.target, type.edge], properties)

    def arguments(self) -> list[str]:
        """Ends all files; answers what the import is told of them."""
        nodes = [("ExternalId", self.external_ids), *((f"Party:{k.value}", table) for k, table in self.parties.items())]
        return [
            "--id-type=integer",
            f"--array-delimiter=U+{ord(BETWEEN):04X}",
            *(f"--nodes={labels}={table.close()}" for labels, table in nodes),
            f"--relationships=IDENTIFIES={self.identifies.close()}",
            f"--relationships={self.edges.close()}",
        ]


class Flowing(Records):
    """Records whose parties are written when they are added; what is kept of each is what others are made up from."""

    def __init__(self, files: Files, progress: Callable[[int], None]) -> None:
        super().__init__()
        self.ids = list[PartyId]()
        self._files, self._progress, self._kept = files, progress, dict[object, Draft]()
        self._numbers = set[Property]()

    def add(self, draft: Draft) -> int:
        """Writes a party; answers its place."""
        made = self._unlike_others(draft)
        self._files.party(len(self.ids), made)
        self.ids.append(made.id)
        if len(self.ids) % STEP == 0:
            self._progress(len(self.ids))
        family_name = draft.given.get("family_name")
        kept = Draft(draft.kind, {"family_name": family_name} if family_name else {})
        return super().add(self._kept.setdefault((draft.kind, family_name), kept))

    def _unlike_others(self, draft: Draft) -> Party:
        """The party of a draft; of a million numbers drawn by chance a few are drawn twice."""
        while (number := (made := party(draft)).properties.get("number")) in self._numbers:
            pass
        if number:
            self._numbers.add(number)
        return made


def fill(folder: Path, customers: int, seed: int, jars: Path, bars: Bars) -> None:
    """Makes a store with the data in it, brought to this version, in a new folder, which is there once it is whole.

    `jars` is the folder of Neo4j's, beside which the import's are fetched. On the main thread. Raises FetchFailed,
    ImportFailed and StartFailed.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}-", dir=folder.parent) as scratch:
        home, files = Path(scratch) / "store", Files(Path(scratch), datetime.now(UTC))
        write(files, customers, seed, Path(scratch) / "empty", jars, bars)
        importer.run(home, [jars, tool(jars, bars)], Path(scratch), files.arguments(), bars.bar("Importing"))
        with Server.launch(home, jars, BENCHMARKS) as server:
            complete(server.wait_ready(), files, bars.bar("Indexing"))
        shutil.rmtree(home / "tmp", ignore_errors=True)
        home.rename(folder)


def tool(jars: Path, bars: Bars) -> Path:
    """The folder of the import's own jars, which are fetched beside Neo4j's. Raises FetchFailed."""
    return fetch(jars.parent, bars.bar("Fetching Neo4j's import"), IMPORTER)


def write(files: Files, customers: int, seed: int, empty: Path, jars: Path, bars: Bars) -> None:
    """Makes up all records and writes them: the parties at once, the relationships mixed, as `loading.load` does it.

    An empty store tells which types there are; it starts while parties are written, which need none.
    """
    progress, told = bars.bar("Writing parties"), bars.bar("Writing relationships")
    made = Flowing(files, lambda parties: progress(min(parties, customers), customers))
    with Server.launch(empty, jars, TESTS) as server:
        records(customers, seed, made)
        progress(customers, customers)
        known_types = asyncio.run(types(server.wait_ready()))
    for number, tie in enumerate(random.Random(0).sample(made.ties, len(made.ties)), 1):
        files.edge(tie, relationship(tie, made.ids, known_types), known_types[tie.type])
        if number % STEP == 0 or number == len(made.ties):
            told(number, len(made.ties))


async def types(at: Endpoint) -> Mapping[str, RelationshipType]:
    """Brings an empty store to this version; answers the types that it has then."""
    graph = Graph.at(at.uri, at.user, at.password)
    try:
        await migrate(graph, "bench")
        return (await graph.read(definitions.stored, "bench")).types
    finally:
        await graph.close()


def complete(at: Endpoint, files: Files, progress: Progress) -> None:
    """Adds what the import leaves out, lists without items, and all that migrations make, indexes first."""
    texts = [*emptied(files), *(text for migration in known() for text in migration.statements)]
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver, driver.session() as session:
        for number, text in enumerate(texts):
            progress(number, len(texts))
            session.run(neo4j.Query(text, timeout=STATEMENT_SECONDS)).consume()
        while (percent := session.run(POPULATED).single(strict=True)["percent"]) < 100:
            progress(int(percent), 100)
            time.sleep(0.5)
    asyncio.run(types(at))  # which finds all done, and writes that down
    progress(100, 100)


def emptied(files: Files) -> Iterator[str]:
    """Statements that give each party the lists it has without items."""
    for kind, table in files.parties.items():
        if table.emptied:
            lists = ", ".join(f"party.{name} = coalesce(party.{name}, [])" for name in sorted(table.emptied))
            yield f"CYPHER 25 MATCH (party:{kind.value}) CALL (party) {{ SET {lists} }} IN TRANSACTIONS OF 5000 ROWS"
