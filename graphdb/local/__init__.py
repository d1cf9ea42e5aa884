"""The local Neo4j: fetched once, started as a child process, found by other processes of the same user.

`fetch` brings the jars, `start` (or `Server.launch`, later `wait_ready`) runs them, `running` tells how to reach what
runs already. Linux and macOS; elsewhere Kith is given the address of a Neo4j.
"""

from graphdb.local.endpoint import Endpoint, running
from graphdb.local.failures import AlreadyRunning, StartFailed
from graphdb.local.fetching import FetchFailed, fetch
from graphdb.local.jars import present
from graphdb.local.server import Server, start
from graphdb.local.tuning import BENCHMARKS, RUN, TESTS, Tuning

__all__ = [
    "BENCHMARKS",
    "RUN",
    "TESTS",
    "AlreadyRunning",
    "Endpoint",
    "FetchFailed",
    "Server",
    "StartFailed",
    "Tuning",
    "fetch",
    "present",
    "running",
    "start",
]
