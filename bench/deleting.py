"""Deleting a relationship type with many relationships: Kith's job, against deleting them in batches by hand."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx
import neo4j

from bench.http import WrongAnswer
from bench.measured import Measured
from bench.processes import SECRET, Listening, cpu_seconds, peak, serving
from bench.rounds import KITH, Plan, Progress, interleaved
from graphdb.local import Endpoint
from kith.tokens import Tokens
from resolvers.viewers import ADMINISTRATOR

BATCH = 5_000
LOOKS = 0.1
"""So many seconds pass between two looks at how far the job is."""
SPREAD = 5_000
"""Between so many parties the relationships are, who are there for them alone."""
CODE, FAR = "BENCH", "account_bench_"
DEFINE = """mutation($input: DefineRelationshipTypeInput!) { defineRelationshipType(input: $input) {
  ... on RelationshipTypeDefined { relationshipType { id } } } }"""
TYPE = {
    "code": CODE,
    "name": "Bench",
    "label": "is",
    "reverseLabel": "of",
    "category": "LOOSE",
    "sourceKinds": ["ACCOUNT"],
    "targetKinds": ["ACCOUNT"],
}
PLAN = "query($id: ID!) { deletePlan(input: {id: $id}) { ... on DeletePlan { token isMany } } }"
DELETE = "mutation($token: String!) { delete(input: {token: $token}) { ... on Deleted { job { id } } } }"
JOB = "query($id: ID!) { job(id: $id) { state done } }"
ENDS = """UNWIND range(0, $spread - 1) AS n WITH $far + n AS id
MERGE (party:Party:Account {id: id})
SET party += {kind: 'Account', name: id, sort_name: id, search: '\\n ' + id + ' \\n', legal_name: id, version: 1,
  number: id, status: 'ACTIVE', email_opt_in: false, created_at: datetime(), updated_at: datetime()}"""
MAKE = """UNWIND range($start, $stop) AS n
MATCH (source:Party {id: $far + n % $spread})
MATCH (target:Party {id: $far + (n * 7 + n / $spread + 1) % $spread})
CREATE (source)-[:LINKED_TO {id: 'relationship_' + $code + n, type: $code, category: 'LOOSE', symmetric: false,
  note: 'a note', version: 1, created_at: datetime(), updated_at: datetime(), created_by: 'administrator'}]->(target)"""
BY_HAND = """MATCH ()-[relationship:LINKED_TO]->() WHERE relationship.type = $code
WITH relationship LIMIT $batch DELETE relationship RETURN count(*) AS count"""
COUNT = "MATCH ()-[relationship:LINKED_TO]->() WHERE relationship.type = $code RETURN count(*) AS count"
REMOVE = "MATCH (party:Party) WHERE party.id STARTS WITH $far CALL (party) { DETACH DELETE party } IN TRANSACTIONS"
UNPACK = "MATCH (kept:Packed) CALL (kept) { DELETE kept } IN TRANSACTIONS OF 10 ROWS"


def measured(at: Endpoint, database: int, many: int, plan: Plan, progress: Progress) -> dict[str, list[Measured]]:
    """What deleting so many relationships with their type measured, and by hand; each starts with as many.

    What Kith does counts from the request for its plan until the job is done. Raises WrongAnswer where any is left.
    """
    with (
        serving(["kith", "run"], at) as kith,
        neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as opened,
    ):
        targets = {
            KITH: partial(by_kith, kith, opened, database, many),
            "by hand": partial(by_hand, opened, database, many),
        }
        try:
            return interleaved(targets, plan, progress)
        finally:
            for text in (REMOVE, UNPACK):
                with opened.session() as session:
                    session.run(f"CYPHER 25 {text}", far=FAR).consume()


def by_kith(kith: Listening, opened: neo4j.Driver, database: int, many: int, seconds: float) -> Measured:
    """A type with its relationships, made and then deleted; it takes as long as it takes, not so many seconds."""
    type = ask(kith, DEFINE, input=TYPE)["defineRelationshipType"]["relationshipType"]["id"]
    make(opened, many)
    before, start = (cpu_seconds(kith.pid), cpu_seconds(database)), time.perf_counter()
    plan = ask(kith, PLAN, id=type)["deletePlan"]
    job = ask(kith, DELETE, token=plan["token"])["delete"]["job"]["id"]
    while (now := ask(kith, JOB, id=job)["job"])["state"] in ("QUEUED", "RUNNING"):
        time.sleep(LOOKS)
    took = time.perf_counter() - start
    service, server = cpu_seconds(kith.pid) - before[0], cpu_seconds(database) - before[1]
    if (now["state"], now["done"], run(opened, COUNT)) != ("DONE", many, 0):
        raise WrongAnswer(f"The job is {now['state']} after {now['done']:,} of {many:,}")
    return Measured((took,), took, service, server, 0.0, peak(kith.pid), many)


def by_hand(opened: neo4j.Driver, database: int, many: int, seconds: float) -> Measured:
    """As many relationships deleted in batches, each a transaction, without plan, hiding, history or lease."""
    make(opened, many)
    before, start = (time.process_time(), cpu_seconds(database)), time.perf_counter()
    while run(opened, BY_HAND):
        pass
    took = time.perf_counter() - start
    return Measured((took,), took, time.process_time() - before[0], cpu_seconds(database) - before[1], 0.0, 0, many)


def make(opened: neo4j.Driver, many: int) -> None:
    """So many relationships of the type."""
    run(opened, ENDS)
    for start in range(0, many, BATCH):
        run(opened, MAKE, start=start, stop=min(start + BATCH, many) - 1)


def run(opened: neo4j.Driver, text: str, **given: int) -> int:
    """Runs a statement; the count that it answers, 0 where it answers none."""
    known = {"code": CODE, "far": FAR, "spread": SPREAD, "batch": BATCH, **given}
    rows = opened.execute_query(f"CYPHER 25 {text}", known).records
    return int(rows[0]["count"]) if rows else 0


def ask(kith: Listening, document: str, **variables: Any) -> Mapping[str, Any]:
    """The data of an answer. Raises WrongAnswer where there is none."""
    token = Tokens(SECRET).new(ADMINISTRATOR.id, datetime.now(UTC))
    answer = httpx.post(
        f"http://{kith.host}:{kith.port}/graphql",
        json={"query": document, "variables": variables},
        headers={"authorization": f"Bearer {token}"},
        timeout=120,
    ).json()
    if answer.get("errors") or not answer.get("data"):
        raise WrongAnswer(str(answer))
    found: Mapping[str, Any] = answer["data"]
    return found
