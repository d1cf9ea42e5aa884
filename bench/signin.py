"""What signing in takes of each request: the smallest document, asked in a session, and of a service that never looks.

In a session means: a token whose signature is known, and whether its session goes on, asked of the graph within the
reading's own statement.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

import neo4j

from bench import reading
from bench.measured import Measured
from bench.processes import SECRET, serving
from bench.questions import question
from bench.rounds import KITH, Plan, Progress, loading
from bench.targets import Target, requests
from domain.ids import new_session_id
from graphdb.local import Endpoint
from kith.tokens import Audience, Tokens
from resolvers.viewers import ADMINISTRATOR

DOCUMENT = "tiny"
UNGUARDED, BY_COOKIE, WITHOUT_SESSION = "unguarded", "by cookie", "without a session"
BEGIN = "CYPHER 25 CREATE (:Session {id: $id, party: $party, expires_at: datetime() + duration('P1D')})"
END = "CYPHER 25 MATCH (session:Session {id: $id}) DELETE session"


@contextmanager
def session(at: Endpoint) -> Iterator[str]:
    """The id of a session of the administrator, which is gone afterwards."""
    id = new_session_id()
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:
        driver.execute_query(BEGIN, {"id": id, "party": ADMINISTRATOR.id})
        try:
            yield id
        finally:
            driver.execute_query(END, {"id": id})


def measured(at: Endpoint, database: int, plan: Plan, progress: Progress) -> dict[int, dict[str, list[Measured]]]:
    """For each number of connections what the service measured, asked in a session, by a browser, with a token without
    a session, and where nobody is asked who it is. Raises NotServing."""
    asked, tokens, now = question(DOCUMENT, at), Tokens(SECRET), datetime.now(UTC)
    with session(at) as id, serving(["kith", "run"], at) as to, serving(["bench.unguarded"], at) as open_to_all:
        own = tokens.new(ADMINISTRATOR.id, now, id)
        cookie = tokens.new(ADMINISTRATOR.id, now, id, audience=Audience.BROWSER)
        shown: Mapping[str, Mapping[str, str]] = {
            KITH: {"authorization": f"Bearer {own}"},
            BY_COOKIE: {"cookie": f"kith_session={cookie}", "sec-fetch-site": "same-origin"},
            WITHOUT_SESSION: {"authorization": f"Bearer {tokens.new(ADMINISTRATOR.id, now)}"},
        }
        targets = {name: Target(to, requests(asked, headers)) for name, headers in shown.items()}
        targets[UNGUARDED] = Target(open_to_all, requests(asked, shown[KITH]))
        with loading() as processes:
            return reading.in_turn(processes, targets, asked, database, plan, progress)
