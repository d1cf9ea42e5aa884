"""Searching: a page of what people type, Kith over HTTP against the statement that it sends, over the driver."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from statistics import median
from typing import Any

import neo4j
import orjson

from bench import driver, http
from bench.http import WrongAnswer
from bench.measured import Measured
from bench.processes import Listening, serving
from bench.records import Draft, Records
from bench.rounds import KITH, Plan, Progress, interleaved, loading
from domain.parties import PartyKind
from graphdb.graph import Graph
from graphdb.local import Endpoint
from kith.context import Contexts
from kith.settings import load
from resolvers.access import ADMINISTRATOR
from schema.served import served

DOCUMENT = """query ($search: String!) { parties(search: $search, first: 20) {
  edges { node { __typename id name ... on Customer { number status email phone { e164 } } } }
  pageInfo { hasNextPage endCursor } } }"""
OF_EACH, PAGE = 8, 20


@dataclass(frozen=True)
class Typed:
    """What somebody typed, and what sort of search that is."""

    sort: str
    text: str


@dataclass(frozen=True)
class Sent:
    """A statement and its parameters, as the service sends them."""

    text: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Sort:
    """Median latencies, in milliseconds, of one sort of search; of `ratios`, one a search, the median."""

    sort: str
    kith_ms: float
    raw_ms: float
    ratio: float


def typed(records: Records, random: Random) -> list[Typed]:
    """A mix of what people type, some of each sort, mixed: of few hits and of many."""
    living = [draft for draft in records.parties if draft.kind is PartyKind.CONSUMER and "phone" in draft.given]
    sorts: Mapping[str, Callable[[Draft], str]] = {
        "name": name,
        "beginnings": lambda draft: " ".join(part[:3] for part in name(draft).split()),
        "part": lambda draft: str(draft.given["family_name"])[2:7],
        "one name": lambda draft: str(draft.given["given_name"]).split()[0],
        "misspelt": lambda draft: misspelt(name(draft), random),
        "phone": lambda draft: f"+{str(draft.given['phone'])[1:4]} {str(draft.given['phone'])[4:]}",
        "email": lambda draft: str(draft.given.get("email") or "nobody@mail.example"),
    }
    found = [Typed(sort, text(draft)) for sort, text in sorts.items() for draft in random.sample(living, OF_EACH)]
    return random.sample(found, len(found))


def name(draft: Draft) -> str:
    """The name of a consumer as somebody would type it."""
    return f"{draft.given['given_name']} {draft.given['family_name']}"


def misspelt(text: str, random: Random) -> str:
    """The text with one letter missing, not the first nor the last."""
    place = random.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1 :]


def measured(
    at: Endpoint, database: int, token: str, searches: Sequence[Typed], plan: Plan, progress: Progress
) -> dict[str, list[Measured]]:
    """What Kith and the statements measured, over one connection. Raises WrongAnswer and NotServing."""
    headers = {"authorization": f"Bearer {token}"}
    requests = [http.post("/graphql", body(one), headers) for one in searches]
    with serving(["kith", "run"], at) as kith, loading() as processes:
        statements = asyncio.run(captured(at, searches))
        compare(at, kith, searches, requests, statements)
        targets = {
            KITH: partial(over_http, processes, kith, database, requests),
            "raw": partial(over_driver, processes, at, database, statements),
        }
        return interleaved(targets, plan, progress)


def body(one: Typed) -> bytes:
    """A search as GraphQL."""
    return orjson.dumps({"query": DOCUMENT, "variables": {"search": one.text}})


async def captured(at: Endpoint, searches: Sequence[Typed]) -> list[Sent]:
    """The statement that each search is answered by."""
    graph, sent = Graph.at(at.uri, at.user, at.password), list[Sent]()

    async def fetch(text: str, parameters: Mapping[str, object]) -> list[Any]:
        sent.append(Sent(text, parameters))
        return await graph.planned_row(text, parameters)

    context, schema = Contexts(graph, load()).of(ADMINISTRATOR), served()
    seen = replace(context, reading=replace(context.reading, fetch=fetch))
    try:
        for one in searches:
            await schema.execute(DOCUMENT, {"search": one.text}, seen)
    finally:
        await graph.close()
    return sent


async def read(opened: neo4j.AsyncDriver, sent: Sent) -> list[Any]:
    """The row that a statement returns."""
    async with opened.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS) as session:
        result = await session.run(sent.text, dict(sent.parameters))
        return [record["row"] async for record in result]


def over_http(
    processes: ProcessPoolExecutor, to: Listening, database: int, requests: Sequence[bytes], seconds: float
) -> Measured:
    """A run of searches over HTTP."""
    many, whole = [*requests] * passes(seconds), len(requests)
    return processes.submit(http.load, to, database, many, 1, seconds, whole, whole, b'"hasNextPage"').result()


def over_driver(
    processes: ProcessPoolExecutor, at: Endpoint, database: int, statements: Sequence[Sent], seconds: float
) -> Measured:
    """A run of the statements."""
    many, whole = [*statements] * passes(seconds), len(statements)
    return processes.submit(driver.load, at, database, read, many, 1, seconds, whole, whole).result()


def passes(seconds: float) -> int:
    """How often all could be sent in the time, and more."""
    return 2 + int(seconds * 20)


def compare(
    at: Endpoint, kith: Listening, searches: Sequence[Typed], requests: Sequence[bytes], statements: Sequence[Sent]
) -> None:
    """Raises WrongAnswer unless each search and its statement find the same parties in the same order."""
    for one, answer, sent in zip(searches, http.answers(kith, requests), statements, strict=True):
        data = json.loads(answer).get("data")
        theirs = [edge["node"]["id"] for edge in data["parties"]["edges"]] if data else answer
        ours = list(dict.fromkeys(ids(driver.once(at, read, sent))))[:PAGE]  # one more tells that there is one
        if theirs != ours:
            raise WrongAnswer(f"{one.text!r}: Kith finds {theirs!r}, its statement {ours}")


def ids(row: Any) -> Iterator[str]:
    """The ids of parties in a row of nested lists, in their order."""
    if isinstance(row, str) and PartyKind.of(row):
        yield row
    elif isinstance(row, list):
        for item in row:
            yield from ids(item)


def by_sort(searches: Sequence[Typed], found: Mapping[str, Sequence[Measured]]) -> list[Sort]:
    """The medians of each sort of search, and of all, over all rounds."""
    kith, other = (each(len(searches), found[target]) for target in (KITH, "raw"))
    sorts = ["all", *dict.fromkeys(one.sort for one in searches)]
    told = []
    for sort in sorts:
        places = [place for place, one in enumerate(searches) if sort in ("all", one.sort)]
        ratio = median(median(kith[place]) / median(other[place]) for place in places)
        kith_ms, raw_ms = (1000 * median(one for place in places for one in times[place]) for times in (kith, other))
        told.append(Sort(sort, kith_ms, raw_ms, ratio))
    return told


def each(searches: int, rounds: Sequence[Measured]) -> list[list[float]]:
    """The latencies of each search, which were sent over and over in their order."""
    return [[latency for one in rounds for latency in one.latencies[place::searches]] for place in range(searches)]
