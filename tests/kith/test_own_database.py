"""The service whose own Neo4j ends by itself: it starts it again, or ends and says why."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kith.tokens import Tokens
from resolvers.viewers import ADMINISTRATOR
from tests.service import Service

COUNT = "{ parties { totalCount { value } } }"
MADE = 'mutation { createAccount(input: {legalName: "Ost"}) { __typename } }'
SECRET = "s" * 32


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service with a data folder of its own, and nothing else of Kith's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_") or name == "KITH_CACHE"}
    made = Service({**kept, "KITH_DATA": str(tmp_path), "KITH_PORT": "0", "KITH_SECRET": SECRET})
    yield made
    if made.process.poll() is None:
        made.end(signal.SIGTERM)


def test_a_database_that_is_killed_is_started_again_with_what_it_acknowledged(service: Service) -> None:
    token = Tokens(SECRET).new(ADMINISTRATOR.id, datetime.now(UTC))
    assert service.ask(MADE, token) == {"createAccount": {"__typename": "AccountCreated"}}
    (java,) = service.javas()
    os.kill(java, signal.SIGKILL)
    until = time.monotonic() + 90
    while (found := service.ask(COUNT, token)) is None and time.monotonic() < until:
        time.sleep(0.2)
    assert found == {"parties": {"totalCount": {"value": 1}}}
    (again,) = service.javas()
    assert again != java
    assert service.end(signal.SIGTERM) == 0


def test_where_it_cannot_be_started_again_the_service_ends_and_says_why(service: Service, tmp_path: Path) -> None:
    """Whoever watches the service sees its end; it would never serve again."""
    (java,) = service.javas()
    (tmp_path / "neo4j" / "password").unlink()
    os.kill(java, signal.SIGKILL)
    assert service.process.wait(60) == 1
    *before, why = service.said.strip().splitlines()
    assert any('"event": "neo4j_ended"' in line for line in before)
    assert why.startswith("The password of the data in ")
