"""Relating two customers who are strangers: Kith over HTTP, against the same write over the driver."""

import json
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import islice
from typing import Any

import neo4j
import orjson

from bench import driver, http, raw
from bench.http import WrongAnswer
from bench.measured import Measured
from bench.processes import Listening, serving
from bench.rounds import KITH, Plan, Progress, interleaved, loading, part
from graphdb.local import Endpoint

DOCUMENT = """mutation ($input: RelateInput!) { relate(input: $input) {
  __typename ... on Related { relationships { id } operation { id } } } }"""
TYPE, SINCE = "OTHER", "2024-05-01"
"""A type without a lock of its own, of which the data has none: so any two are strangers."""
CONSUMERS = "CYPHER 25 MATCH (party:Consumer) RETURN collect(party.id) AS ids"
LEFT = """CYPHER 25
MATCH ()-[relationship:LINKED_TO {id: $id}]->()
MATCH (operation:Operation {id: $operation})
MATCH (change:Change) WHERE change.operation = $operation AND change.party IN $parties
WITH relationship, operation, change ORDER BY change.party = $parties[0]
RETURN properties(relationship) AS relationship, properties(operation) AS operation,
       collect(properties(change)) AS changes"""
MADE = b"operation_0"
MOST_A_SECOND = 2_500
WARM = APART = 64


def measured(
    at: Endpoint, database: int, token: str, connections: Sequence[int], plan: Plan, progress: Progress
) -> dict[int, dict[str, list[Measured]]]:
    """For each number of connections, what Kith and the others measured. Raises WrongAnswer and NotServing."""
    strangers = pairs(customers(at))
    headers = {"authorization": f"Bearer {token}"}
    with ExitStack() as stack:
        kith = stack.enter_context(serving(["kith", "run"], at))
        bare = stack.enter_context(serving(["bench.endpoint"], at))
        processes = stack.enter_context(loading())
        compare(at, kith, headers, strangers)
        found = {}
        for index, clients in enumerate(connections):
            targets = {
                KITH: partial(over_http, processes, kith, database, "/graphql", headers, strangers, clients),
                "raw": partial(over_driver, processes, at, database, raw.same_statements, strangers, clients),
                "by hand": partial(over_driver, processes, at, database, raw.by_hand, strangers, clients),
                "endpoint": partial(over_http, processes, bare, database, "/relate", {}, strangers, clients),
            }
            found[clients] = interleaved(targets, plan, part(progress, index, len(connections)))
    return found


def customers(at: Endpoint) -> list[str]:
    """The ids of all consumers."""
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as opened:
        return sorted(opened.execute_query(CONSUMERS).records[0]["ids"])


def pairs(ids: Sequence[str]) -> Iterator[raw.Wanted]:
    """Two strangers each time, never the same two, and nobody who was among the last few: none waits for another."""
    shuffled = random.Random(0).sample(ids, len(ids))
    for apart in range(APART, len(ids) // 2):
        for place, source in enumerate(shuffled):
            yield raw.Wanted(TYPE, source, shuffled[(place + apart) % len(ids)], SINCE)


def over_http(
    processes: ProcessPoolExecutor,
    to: Listening,
    database: int,
    path: str,
    headers: dict[str, str],
    strangers: Iterator[raw.Wanted],
    clients: int,
    seconds: float,
) -> Measured:
    """A run of requests."""
    wanted = islice(strangers, WARM + int(MOST_A_SECOND * seconds))
    requests = [http.post(path, body(path, one), headers) for one in wanted]
    return processes.submit(http.load, to, database, requests, clients, seconds, WARM, 0, MADE).result()


def over_driver(
    processes: ProcessPoolExecutor,
    at: Endpoint,
    database: int,
    deed: driver.Deed,
    strangers: Iterator[raw.Wanted],
    clients: int,
    seconds: float,
) -> Measured:
    """A run of writes over the driver."""
    wanted = list(islice(strangers, WARM + int(MOST_A_SECOND * seconds)))
    return processes.submit(driver.load, at, database, deed, wanted, clients, seconds, WARM, 0).result()


def body(path: str, wanted: raw.Wanted) -> bytes:
    """A write as GraphQL, or as the bare endpoint takes it."""
    if path != "/graphql":
        return orjson.dumps(wanted)
    draft = {"type": wanted.type, "source": wanted.source, "target": wanted.target, "validFrom": wanted.valid_from}
    return orjson.dumps({"query": DOCUMENT, "variables": {"input": {"relationships": [draft]}}})


def compare(at: Endpoint, kith: Listening, headers: dict[str, str], strangers: Iterator[raw.Wanted]) -> None:
    """Raises WrongAnswer unless Kith and the raw writes leave the same in the graph, but ids and times."""
    one = next(strangers)
    answer = json.loads(http.answers(kith, [http.post("/graphql", body("/graphql", one), headers)])[0])
    try:
        related = answer["data"]["relate"]
        theirs = (related["relationships"][0]["id"], related["operation"]["id"])
    except (KeyError, TypeError) as error:
        raise WrongAnswer(str(answer)) from error
    for deed in (raw.same_statements, raw.by_hand):
        other = next(strangers)
        ours = driver.once(at, deed, other)
        with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as opened:
            by_kith, by_driver = left(opened, *theirs, one), left(opened, ours["id"], ours["operation"], other)
        if by_kith != by_driver:
            raise WrongAnswer(f"Kith leaves {by_kith}, {deed.__name__} {by_driver}")


def left(opened: neo4j.Driver, id: str, operation: str, wanted: raw.Wanted) -> dict[str, Any]:
    """What a write left in the graph, with the names of ids for the ids, and without times."""
    (row,) = opened.execute_query(LEFT, id=id, operation=operation, parties=[wanted.source, wanted.target]).records
    names = {id: "id", operation: "operation", wanted.source: "source", wanted.target: "target"}
    text = json.dumps(row.data(), default=str)
    for value, name in names.items():
        text = text.replace(value, name)
    found: dict[str, Any] = json.loads(text)
    for kept in (found["relationship"], found["operation"]):
        for time in ("created_at", "updated_at"):
            kept.pop(time, None)
    return found
