"""What a local Neo4j keeps closed: the network, the file system, its files, its password."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import ClientError

from graphdb.local import Server

LISTENS = "0A"


def sockets(pid: int, table: str) -> list[tuple[str, str]]:
    """(local address, state) of each socket of a process in /proc/net/TABLE, as the kernel writes them."""
    links = [link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()]
    inodes = {match[1] for link in links if (match := re.match(r"socket:\[(\d+)\]", link))}
    rows = [line.split() for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
    return [(row[1], row[3]) for row in rows if row[9] in inodes]


@pytest.fixture
def java(server: Server) -> int:
    assert server.pid is not None
    return server.pid


@pytest.fixture
def driver(server: Server) -> Iterator[Driver]:
    with GraphDatabase.driver(server.endpoint.uri, auth=(server.endpoint.user, server.endpoint.password)) as driver:
        yield driver


def test_it_listens_on_127_0_0_1_at_its_bolt_port_and_nowhere_else(server: Server, java: int) -> None:
    port = int(server.endpoint.uri.rpartition(":")[2])
    listening = [address for table in ("tcp", "tcp6") for address, state in sockets(java, table) if state == LISTENS]
    plain, mapped = f"0100007F:{port:04X}", f"0000000000000000FFFF00000100007F:{port:04X}"
    assert listening in ([plain], [mapped])


def test_it_broadcasts_nothing(server: Server, java: int) -> None:
    assert sockets(java, "udp") + sockets(java, "udp6") == []
    # Where there is no network to broadcast on, fleet discovery opens no socket, but says that it would have.
    assert "Fleet discovery" not in (server.folder / "logs" / "neo4j.log").read_text()


def test_load_csv_of_a_file_is_refused(driver: Driver) -> None:
    with pytest.raises(ClientError) as refusal:
        driver.execute_query("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")
    assert refusal.value.code == "Neo.ClientError.Statement.ExternalResourceFailed"


def test_load_csv_of_an_address_is_refused_before_anybody_is_asked(driver: Driver) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        serving = threading.Thread(target=http.serve_forever, args=(0.02,))
        serving.start()
        try:
            for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"):
                with pytest.raises(ClientError) as refusal:
                    driver.execute_query(f"LOAD CSV FROM 'http://{host}:{http.server_port}/x' AS line RETURN line")
                assert refusal.value.code == "Neo.ClientError.Statement.ExternalResourceFailed"
        finally:
            http.shutdown()
            serving.join()
    assert asked == []


def test_limits_hold_and_what_leads_outward_is_off(driver: Driver) -> None:
    settings = driver.execute_query(
        "SHOW SETTINGS YIELD name, value WHERE name IN $names RETURN name, value ORDER BY name",
        names=[
            "db.lock.acquisition.timeout",
            "db.logs.query.enabled",
            "db.memory.transaction.max",
            "db.transaction.timeout",
            "dbms.usage_report.enabled",
            "server.fleet_discovery.enabled",
        ],
    )
    assert {row["name"]: row["value"] for row in settings.records} == {
        "db.lock.acquisition.timeout": "10s",
        "db.logs.query.enabled": "OFF",
        "db.memory.transaction.max": "96.00MiB",
        "db.transaction.timeout": "1m",
        "dbms.usage_report.enabled": "false",
        "server.fleet_discovery.enabled": "false",
    }


def test_a_wrong_password_is_refused(server: Server) -> None:
    with (
        GraphDatabase.driver(server.endpoint.uri, auth=("neo4j", "neo4j")) as driver,
        pytest.raises(ClientError) as refusal,
    ):
        driver.verify_connectivity()
    assert refusal.value.code == "Neo.ClientError.Security.Unauthorized"


def test_its_files_are_for_their_owner_only(server: Server) -> None:
    paths = [server.folder, *server.folder.rglob("*")]
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in paths if not path.is_symlink()}
    names = {path.name for path in paths}
    assert names >= {"password", "endpoint.json", "service.lock", "store.lock", "auth.ini", "neo4j.conf", "debug.log"}
    assert {mode for folder, mode in modes if folder} == {0o700}
    assert {mode for folder, mode in modes if not folder} == {0o600}


def test_its_password_is_in_no_command_line_nor_environment(server: Server, java: int) -> None:
    password = server.endpoint.password.encode()
    assert len(password) == 32
    assert password not in Path(f"/proc/{java}/cmdline").read_bytes()
    assert password not in Path(f"/proc/{java}/environ").read_bytes()
