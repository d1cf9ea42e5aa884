"""The service as a process: started, asked, stopped, killed, started again; and commands beside it."""

import base64
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.service import ROOT, Service

COUNT = "{ parties { totalCount { value } } }"
FAMILY = """0 HEAD
1 GEDC
2 VERS 5.5.1
2 FORM LINEAGE-LINKED
1 CHAR UTF-8
1 SOUR tests
1 SUBM @S1@
0 @S1@ SUBM
1 NAME Tests
0 @I1@ INDI
1 NAME Ann /Ost/
1 SEX F
1 FAMS @F1@
0 @I2@ INDI
1 NAME Bea /Ost/
1 FAMC @F1@
0 @F1@ FAM
1 WIFE @I1@
1 CHIL @I2@
0 TRLR
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with a data folder of its own, and nothing else of Kith's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_") or name == "KITH_CACHE"}
    return {**kept, "KITH_DATA": str(tmp_path / "data"), "KITH_PORT": "0", "COLUMNS": "200"}


@pytest.fixture
def kith(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kith", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

    return run


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[[], Service]]:
    """Starts services, and ends what is left of them."""
    started: list[Service] = []

    def begin() -> Service:
        started.append(Service(environment))
        return started[-1]

    yield begin
    for service in started:
        if service.process.poll() is None:
            service.end(signal.SIGTERM)


def gone(pid: int) -> bool:
    """Whether a process has ended, within some seconds."""
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.1)
    return False


def test_a_service_from_its_start_to_its_end(
    start: Callable[[], Service], kith: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """What a user does: sign in, ask, import, stop, kill, start again; nothing is lost and nobody is left over."""
    service = start()
    assert httpx.get(service.link, follow_redirects=False).headers["location"] == "/graphql"
    assert "has been used" in httpx.get(service.link).text

    token = kith("token").stdout.splitlines()[-1]
    assert service.ask(COUNT, token) == {"parties": {"totalCount": {"value": 0}}}
    made = 'mutation { createAccount(input: {legalName: "Ost"}) { __typename } }'
    assert service.ask(made, token) == {"createAccount": {"__typename": "AccountCreated"}}

    file = tmp_path / "ost.ged"
    file.write_text(FAMILY)
    imported = kith("import", "gedcom", str(file))
    assert (imported.returncode, service.ask(COUNT, token)["parties"]["totalCount"]["value"]) == (0, 3)

    second = kith("run")
    assert second.returncode == 1
    assert len(second.stderr.strip().splitlines()) == 1
    assert "running" in second.stderr
    assert service.ask(COUNT, token)["parties"]["totalCount"]["value"] == 3

    (java,) = service.javas()
    assert service.end(signal.SIGINT) == 0
    assert gone(java)

    service = start()
    (java,) = service.javas()
    assert service.ask(COUNT, token)["parties"]["totalCount"]["value"] == 3
    assert service.end(signal.SIGKILL) == -signal.SIGKILL
    assert gone(java)

    service = start()
    assert service.ask(COUNT, token)["parties"]["totalCount"]["value"] == 3


def test_a_command_starts_the_store_where_none_is_running(
    kith: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "ost.ged"
    file.write_text(FAMILY)
    assert kith("import", "gedcom", str(file)).returncode == 0
    again = kith("import", "gedcom", str(file), "--source", "ost.ged")
    assert again.returncode == 0
    assert re.search(r"People +0 +2", again.stderr)


def test_what_cannot_be_is_said_in_one_line(
    kith: Callable[..., subprocess.CompletedProcess[str]], environment: dict[str, str], tmp_path: Path
) -> None:
    environment["KITH_COUNTRY"] = "Austria"
    wrong = kith("token")
    line = "KITH_COUNTRY: is not a country's two-letter code\n"
    assert (wrong.returncode, wrong.stdout, wrong.stderr) == (1, "", line)
    del environment["KITH_COUNTRY"]
    file = tmp_path / "not.ged"
    file.write_text("hello")
    wrong = kith("import", "gedcom", str(file))
    assert (wrong.returncode, len(wrong.stderr.strip().splitlines())) == (1, 1)


def test_the_schema_is_printed_and_committed(kith: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """SPEC 11.1: the SDL in the repository."""
    printed = kith("schema").stdout
    assert printed == (ROOT / "schema" / "schema.graphql").read_text()


def test_tokens_stand_alone_on_the_last_line(kith: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    shown = kith("token")
    header = shown.stdout.splitlines()[-1].split(".")[0]
    assert json.loads(base64.urlsafe_b64decode(header + "=="))["alg"] == "Ed25519"
