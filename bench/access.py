"""The same documents, asked by an agent of relationships who serves 10,000 customers, and by an administrator.

Relationships of staff reach nobody who has died, so of people those are asked for who live.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import neo4j

from bench import reading
from bench.measured import Measured
from bench.processes import SECRET, serving
from bench.questions import question_of_living
from bench.rounds import KITH, Plan, Progress, loading
from domain.ids import new_id
from graphdb.local import Endpoint
from kith.tokens import Tokens

DOCUMENTS = ("tiny", "hop1", "hop3", "n1000")
ADMINISTRATOR, SERVED = "administrator", 10_000
EMPLOY = """CREATE (staff:Party:InternalUser {id: $id, kind: 'InternalUser', name: 'Agent', sort_name: 'agent',
  search: '', roles: ['RELATIONSHIP_AGENT'], login: $id, version: 1, created_at: datetime(), updated_at: datetime()})"""
AROUND = """UNWIND $ids AS id
MATCH (party:Party {id: id})
RETURN id UNION
UNWIND $ids AS id
MATCH (party:Party {id: id})-[:PARENT_OF|PARTNER_OF]-{1,4}(near:Consumer)
RETURN DISTINCT near.id AS id"""
OTHERS = "MATCH (party:Consumer) RETURN party.id AS id LIMIT $most"
SERVE = """MATCH (staff:Party {id: $id})
UNWIND $ids AS served
MATCH (party:Party {id: served})
CREATE (staff)-[:SERVES {id: randomUUID(), category: 'TEAM', symmetric: FALSE, version: 1, created_at: datetime(),
  updated_at: datetime(), created_by: 'bench', valid_from_day: date('2020-01-01'), valid_from: '2020-01-01',
  type: CASE WHEN party:Account THEN 'ACCOUNT_TEAM' ELSE 'CONSUMER_TEAM' END,
  responsibility: CASE WHEN party:Account THEN 'ACCOUNT_MANAGER' ELSE 'RELATIONSHIP_MANAGER' END}]->(party)"""


@contextmanager
def employed(at: Endpoint, asked: Sequence[str]) -> Iterator[str]:
    """The id of an agent who serves these parties and their families, and others up to SERVED; gone afterwards."""
    id = new_id("internal_user")
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:

        def run(text: str, **parameters: object) -> list[neo4j.Record]:
            return driver.execute_query(f"CYPHER 25 {text}", parameters).records

        near = [row["id"] for row in run(AROUND, ids=list(asked))]
        others = [row["id"] for row in run(OTHERS, most=SERVED)]
        served = list(dict.fromkeys([*near, *others]))[:SERVED]
        run(EMPLOY, id=id)
        try:
            for start in range(0, len(served), 2_000):
                run(SERVE, id=id, ids=served[start : start + 2_000])
            yield id
        finally:
            run("MATCH (staff:Party {id: $id}) DETACH DELETE staff", id=id)


def measured(
    at: Endpoint, database: int, document: str, token: str, plan: Plan, progress: Progress
) -> dict[int, dict[str, list[Measured]]]:
    """For each number of connections what the service measured, asked by the agent, who stands for Kith, and by the
    administrator. Raises NotServing, and WrongAnswer where the agent is refused."""
    asked = question_of_living(document, at)
    ids = [id for given in asked.variables for id in (given.get("ids") or [given["id"]])]
    with employed(at, ids) as agent, serving(["kith", "run"], at) as to, loading() as processes:
        tokens = {KITH: Tokens(SECRET).new(agent, datetime.now(UTC)), ADMINISTRATOR: token}
        return reading.in_turn(processes, reading.asked_by(tokens, to, asked), asked, database, plan, progress)
