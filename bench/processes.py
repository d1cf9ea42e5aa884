"""Processes beside the benchmark: the service and what it is measured against, and what time and memory they take."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graphdb.local import Endpoint

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
ADDRESS = re.compile(r"http://([\d.]+):(\d+)")
PAGE = os.sysconf("SC_PAGE_SIZE")
SECRET = "benchmarks-" * 4
START_SECONDS, STOP_SECONDS = 60, 20


@dataclass(frozen=True)
class Listening:
    """A process that serves HTTP."""

    pid: int
    host: str
    port: int


class NotServing(Exception):
    """A process ended, or said nothing, instead of serving; the text is what it said."""


def environment(at: Endpoint) -> Mapping[str, str]:
    """What a process is told of the store, and of the secret that tokens are signed with."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    return kept | {
        "KITH_NEO4J_URI": at.uri,
        "KITH_NEO4J_USER": at.user,
        "KITH_NEO4J_PASSWORD": at.password,
        "KITH_PORT": "0",
        "KITH_SECRET": SECRET,
        "KITH_DEMO": "false",
    }


@contextmanager
def serving(arguments: Sequence[str], at: Endpoint) -> Iterator[Listening]:
    """`python -m ...` as a process of its own, once it has said at which address it serves. Raises NotServing."""
    with started([sys.executable, "-m", *arguments], ROOT, environment(at)) as to:
        yield to


@contextmanager
def started(command: Sequence[str | Path], folder: Path, given: Mapping[str, str]) -> Iterator[Listening]:
    """A process in a folder and an environment, once it has said at which address it serves. Raises NotServing."""
    # A file, not a pipe, which would be full some day, and the service stand still.
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=given,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            host, port = address(process, output.fileno())
            yield Listening(process.pid, host, port)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def address(process: "subprocess.Popen[bytes]", output: int) -> tuple[str, int]:
    """The host and port that a process says it serves at. Raises NotServing."""
    until = time.monotonic() + START_SECONDS
    while True:
        said = os.pread(output, 1 << 16, 0).decode(errors="replace")
        if found := ADDRESS.search(said):
            return found.group(1), int(found.group(2))
        if process.poll() is not None or time.monotonic() > until:
            raise NotServing(said)
        time.sleep(0.05)


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has taken, all its threads, its own and the system's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> int:
    """The bytes of memory that a process has now."""
    return PAGE * int(Path(f"/proc/{pid}/statm").read_text().split()[1])


def peak(pid: int) -> int:
    """The most bytes of memory that a process has had."""
    return 1024 * int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0])
