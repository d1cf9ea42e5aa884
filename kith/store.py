"""The store that the settings name: a Neo4j at an address, the local one of a running service, or one started here."""

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from graphdb.graph import Graph
from graphdb.local import RUN, Endpoint, Server, fetch, running
from graphdb.migrations import migrate
from kith.progress import Bars
from kith.settings import Settings


def folder(settings: Settings) -> Path:
    """The local store's folder."""
    return settings.data / "neo4j"


def remote(settings: Settings) -> Endpoint | None:
    """The Neo4j at the address set, None where none is."""
    if settings.neo4j_uri is None or settings.neo4j_password is None:
        return None
    return Endpoint(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value())


def fetched(settings: Settings, bars: Bars) -> Path:
    """The folder of Neo4j's jars, fetched if need be. Raises FetchFailed."""
    return fetch(settings.cache.expanduser(), bars.bar("Fetching Neo4j"))


def launched(settings: Settings, bars: Bars) -> Server:
    """The local server, which goes on starting; fetched first if need be. Raises AlreadyRunning, FetchFailed."""
    return Server.launch(folder(settings), fetched(settings, bars), RUN)


@contextmanager
def endpoint(settings: Settings) -> Iterator[Endpoint]:
    """Where the store is: a running service's, else one started for as long as this is open."""
    if found := remote(settings) or running(folder(settings)):
        yield found
        return
    with Bars() as bars:
        server = launched(settings, bars)
    with server:
        yield server.wait_ready()


@asynccontextmanager
async def opened(at: Endpoint, settings: Settings) -> AsyncIterator[Graph]:
    """The graph at an address, brought to this version. Raises Unavailable, StoreTooNew, MigrationChanged."""
    graph = Graph.at(at.uri, at.user, at.password, settings.neo4j_database)
    try:
        await graph.verify()
        await migrate(graph, f"{socket.gethostname()}:{os.getpid()}")
        yield graph
    finally:
        await graph.close()
