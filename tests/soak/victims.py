"""What is killed: the service, or its database; both are processes of their own, and start again at the same ports."""

import asyncio
import os
import signal
import socket
from pathlib import Path
from typing import Protocol

from graphdb.local import RUN, Endpoint, Server, running
from tests.service import Service

SECRET = "s" * 32


class Victim(Protocol):
    """A service with its database, of which one is killed with signal 9 and started again."""

    name: str

    @property
    def url(self) -> str:
        """Where the service is."""

    @property
    def endpoint(self) -> Endpoint:
        """Where the database is."""

    @property
    def said(self) -> str:
        """All that the service has written."""

    def kill(self) -> None:
        """Kills, and returns at once."""

    async def start(self) -> None:
        """Starts again what was killed; returns when it says that it serves."""

    def stop(self) -> None:
        """Ends everything."""


class KilledService:
    """`python -m kith run` with a Neo4j that it starts itself, which ends when the service does."""

    name = "the service"

    def __init__(self, folder: Path, jars: Path) -> None:
        self._folder, self._port = folder, Port()
        self._environment = environment(folder, KITH_PORT=str(self._port.number))
        self._service = Service(self._environment)
        self._said = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port.number}"

    @property
    def endpoint(self) -> Endpoint:
        found = running(self._folder / "neo4j")
        assert found
        return found

    @property
    def said(self) -> str:
        return self._said + self._service.said

    def kill(self) -> None:
        self._service.end(signal.SIGKILL)
        self._said = self.said

    async def start(self) -> None:
        self._service = await asyncio.to_thread(Service, self._environment)

    def stop(self) -> None:
        self._service.end(signal.SIGTERM)
        self._port.close()


class KilledDatabase:
    """A Neo4j that the service is given the address of; the service stays as it is."""

    name = "the database"

    def __init__(self, folder: Path, jars: Path) -> None:
        self._home, self._jars = folder / "neo4j", jars
        self._bolt, self._port = Port(), Port()
        self._server = self._launched()
        at = self._server.wait_ready()
        self._service = Service(
            environment(
                folder,
                KITH_PORT=str(self._port.number),
                KITH_NEO4J_URI=at.uri,
                KITH_NEO4J_USER=at.user,
                KITH_NEO4J_PASSWORD=at.password,
            )
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port.number}"

    @property
    def endpoint(self) -> Endpoint:
        return self._server.endpoint

    @property
    def said(self) -> str:
        return self._service.said

    def kill(self) -> None:
        assert self._server.pid
        os.kill(self._server.pid, signal.SIGKILL)

    async def start(self) -> None:
        self._server.stop()
        self._server = self._launched()
        await asyncio.to_thread(self._server.wait_ready)

    def stop(self) -> None:
        self._service.end(signal.SIGTERM)
        self._server.stop()
        for port in (self._bolt, self._port):
            port.close()

    def _launched(self) -> Server:
        """On the main thread, as Linux demands."""
        return Server.launch(self._home, self._jars, RUN, self._bolt.reserved)


class Port:
    """A free port of 127.0.0.1, which nobody else is given as long as this is open; whoever knows it may listen."""

    def __init__(self) -> None:
        self._held = bound(0)
        self.number = int(self._held.getsockname()[1])

    def reserved(self) -> socket.socket:
        """One more socket bound to it."""
        return bound(self.number)

    def close(self) -> None:
        self._held.close()


def bound(port: int) -> socket.socket:
    """A socket at a port, that doesn't listen."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    return made


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a service with its data in a folder, and nothing else of Kith's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_") or name == "KITH_CACHE"}
    return {**kept, "KITH_DATA": str(folder), "KITH_SECRET": SECRET, "COLUMNS": "200", **settings}
