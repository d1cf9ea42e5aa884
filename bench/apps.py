"""Documents about families, asked by a partner app to which up to 100,000 people consent, and by an administrator.

An app is shown no accounts, so in place of the documents that begin at these it is asked for people's relationships;
and of the dead little, so it is asked for the living, but for those whom these lead to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import neo4j

from bench import reading
from bench.access import ADMINISTRATOR
from bench.measured import Measured
from bench.processes import serving
from bench.questions import Question, question_of_living, some
from bench.rounds import KITH, Plan, Progress, loading
from domain.api_keys import hashed, new_secret
from domain.ids import new_api_key_id, new_partner_app_id
from graphdb.local import Endpoint

DOCUMENTS = ("tiny", "hop1", "hop3", "n1000")
MOST, BATCH = 100_000, 5_000
RELATED = """MATCH (party:Consumer)
WHERE COUNT { (party)-[:PARENT_OF|PARTNER_OF]-() } >= 5 AND NOT coalesce(party.deceased, FALSE)
  AND party.birth_date_latest > date() - duration({years: 100})
RETURN party.id AS id LIMIT 5000"""
PEOPLE = "MATCH (party:Consumer) RETURN party.id AS id LIMIT $most"
APP = """CREATE (:PartnerApp {id: $app, name: 'Bench', scopes: $scopes, active: TRUE, version: 1,
  created_at: datetime(), updated_at: datetime()})
CREATE (:ApiKey {id: $key, app: $app, name: 'bench', hash: $hash, hint: '', created_at: datetime(),
  created_by: 'bench'})"""
CONSENT = """MATCH (app:PartnerApp {id: $app})
UNWIND $ids AS id
MATCH (party:Party {id: id})
SET party.status = coalesce(party.status, 'ACTIVE')
CREATE (party)-[:CONSENTS_TO {id: randomUUID(), scopes: $scopes, by_guardian:
  party.birth_date_latest > date() - duration({years: 16}), valid_from_day: date('2020-01-01'), given_at: datetime(),
  given_by: id}]->(app)"""
WITHDRAW = "MATCH (:PartnerApp {id: $app})<-[consent:CONSENTS_TO]-() WITH consent LIMIT $most DELETE consent"
SCOPES = ["PROFILE", "CONTACT", "FAMILY", "HOUSEHOLDS"]
RELATIONSHIPS = """query People($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Consumer {
      id
      kind
      name
      relationships(types: ["PARENT", "SPOUSE"], period: ALL, first: 100) {
        edges { direction node { id type { code } validFrom validTo } party { id kind name } }
      }
    }
  }
}
"""


@dataclass(frozen=True)
class Asked(Question):
    """A question of so many people's relationships at a time."""

    @property
    def text(self) -> str:
        """The document as it is sent."""
        return RELATIONSHIPS


@contextmanager
def consented(at: Endpoint) -> Iterator[str]:
    """The key of an app of all scopes, to which all people consent, up to MOST; gone afterwards."""
    app, key, secret = new_partner_app_id(), new_api_key_id(), new_secret()
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:

        def run(text: str, **parameters: object) -> list[neo4j.Record]:
            return driver.execute_query(f"CYPHER 25 {text}", parameters).records

        people = [row["id"] for row in run(PEOPLE, most=MOST)]
        run(APP, app=app, key=key, hash=hashed(secret), scopes=SCOPES)
        try:
            for start in range(0, len(people), BATCH):
                run(CONSENT, app=app, ids=people[start : start + BATCH], scopes=SCOPES)
            yield secret
        finally:
            for _ in range(0, len(people), BATCH):
                run(WITHDRAW, app=app, most=BATCH)
            run("MATCH (app:PartnerApp {id: $app}) MATCH (key:ApiKey {app: $app}) DETACH DELETE app, key", app=app)


def asked_of(document: str, at: Endpoint) -> Question:
    """What is asked. Raises TooSmall."""
    if document in ("tiny", "hop3"):
        return question_of_living(document, at)
    people, random, most = some(at, RELATED, 1_000), Random(1), 20 if document == "hop1" else 100
    return Asked(document, [{"ids": random.sample(people, min(most, len(people)))} for _ in range(50)])


def measured(
    at: Endpoint, database: int, document: str, token: str, plan: Plan, progress: Progress
) -> dict[int, dict[str, list[Measured]]]:
    """For each number of connections what the service measured, asked by the app, which stands for Kith, and by the
    administrator. Raises NotServing, TooSmall, and WrongAnswer where the app is refused."""
    asked = asked_of(document, at)
    with consented(at) as secret, serving(["kith", "run"], at) as to, loading() as processes:
        tokens = {KITH: secret, ADMINISTRATOR: token}
        return reading.in_turn(processes, reading.asked_by(tokens, to, asked), asked, database, plan, progress)
