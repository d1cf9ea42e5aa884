"""Signing in and mail, the service being a process: its issuer is away, it is stopped and killed while mail is out."""

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graphdb.graph import Graph
from graphdb.local import Server
from kith.tokens import Tokens
from resolvers.viewers import ADMINISTRATOR
from tests import issuer as process
from tests.client import Client
from tests.command import environment
from tests.issuer import AUDIENCE
from tests.mail import MailBox
from tests.service import Service

ME = "{ viewer { party { id } } }"
RESET = "mutation($id: ID!) { resetPassword(input: {id: $id}) { __typename } }"
HISTORY = """query($id: ID!) { node(id: $id) { ... on Consumer { history { edges {
    ownChanges { edges { node { new } } } } } } } }"""
LOGIN = "ann@kith.example"


def own() -> str:
    """The administrator's token."""
    return Tokens("s" * 32).new(ADMINISTRATOR.id, datetime.now(UTC))


@pytest.fixture
def theirs() -> Iterator[process.Issuer]:
    running = process.Issuer()
    yield running
    if not running.is_away:
        running.goes_away()


@pytest.fixture
def box() -> Iterator[MailBox]:
    serving = MailBox()
    yield serving
    serving.close()


@pytest.fixture
def start(server: Server, theirs: process.Issuer, box: MailBox, tmp_path: Path) -> Iterator[Callable[[], Service]]:
    """Starts services beside the tests' Neo4j, and ends what is left of them."""
    started: list[Service] = []
    more = {
        "KITH_PORT": "0",
        "KITH_SECRET": "s" * 32,
        "KITH_OIDC_ISSUER": theirs.name,
        "KITH_OIDC_AUDIENCE": AUDIENCE,
        "KITH_SMTP_HOST": "127.0.0.1",
        "KITH_SMTP_PORT": str(box.port),
        "KITH_SMTP_TLS": "none",
        "KITH_MAIL_FROM": "service@kith.example",
        "KITH_BUSINESS_NAME": "Ost",
    }

    def begin() -> Service:
        started.append(Service({**environment(server, tmp_path), **more}))
        return started[-1]

    yield begin
    for service in started:
        if service.process.poll() is None:
            service.end(signal.SIGTERM)


def until(so: Callable[[], bool]) -> None:
    """Returns when something is so."""
    for _ in range(600):
        if so():
            return
        time.sleep(0.1)
    raise AssertionError("it never was so")


def mails(service: Service, id: str) -> list[Any]:
    """What the history tells of a consumer's mails, the latest last."""
    edges = service.ask(HISTORY, own(), id=id)["node"]["history"]["edges"]
    told = [change["node"]["new"] for edge in reversed(edges) for change in edge["ownChanges"]["edges"]]
    return [new["password_mail"] for new in told if "password_mail" in new]


async def test_a_service_starts_while_its_issuer_is_away_and_knows_it_when_it_is_back(
    client: Client, start: Callable[[], Service], theirs: process.Issuer
) -> None:
    """11.3: its own tokens are good meanwhile."""
    sam = await client.user(roles=["AGENT"])
    token = theirs.token()
    theirs.goes_away()
    service = start()
    assert service.ask(ME, own()) == {"viewer": {"party": None}}
    assert service.ask(ME, token) is None
    theirs.comes_back()
    until(lambda: service.ask(ME, token) == {"viewer": {"party": {"id": sam}}})
    assert "issuer_away" in service.said
    assert token not in service.said


async def test_a_stop_waits_for_a_mail_and_a_kill_leaves_it_to_be_told_as_lost(
    client: Client, graph: Graph, start: Callable[[], Service], box: MailBox
) -> None:
    """6.4, 11.6: by the service that is started next; and by nobody while it may be under way."""
    ann = await client.consumer("Ann", login=LOGIN)
    service = start()
    box.holds()
    assert service.ask(RESET, own(), id=ann) == {"resetPassword": {"__typename": "PasswordReset"}}
    until(lambda: box.asked == 1)
    service.process.send_signal(signal.SIGTERM)
    await asyncio.sleep(1)
    assert service.process.poll() is None
    box.goes_on()
    assert service.process.wait(30) == 0
    assert len(box.mails) == 1
    assert LOGIN not in service.said

    service = start()
    assert mails(service, ann) == ["UNDER_WAY", "SENT"]
    box.holds()
    service.ask(RESET, own(), id=ann)
    until(lambda: box.asked == 2)
    assert service.end(signal.SIGKILL) == -signal.SIGKILL
    box.goes_on()

    service = start()
    assert service.ask(RESET, own(), id=ann) == {"resetPassword": {"__typename": "Refused"}}
    assert mails(service, ann)[2:] == ["UNDER_WAY"]
    assert service.end(signal.SIGTERM) == 0
    await graph.apply("CYPHER 25 MATCH (r:PasswordReset) SET r.until = datetime() - duration('PT1M')")

    service = start()
    until(lambda: mails(service, ann)[2:] == ["UNDER_WAY", "LOST"])
    assert service.ask(RESET, own(), id=ann) == {"resetPassword": {"__typename": "PasswordReset"}}
    until(lambda: mails(service, ann)[4:] == ["UNDER_WAY", "SENT"])
