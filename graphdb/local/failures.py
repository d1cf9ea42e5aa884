"""How a start can fail, told in a sentence that somebody understands who doesn't know Neo4j."""

import re
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process runs Neo4j in the folder; the message is one sentence that names it."""


class StartFailed(Exception):
    """Neo4j did not start: the message says why in one sentence, `console` has the last lines java wrote."""

    def __init__(self, reason: str, console: str = "") -> None:
        super().__init__(reason)
        self.console = console


_KNOWN = (
    (r"Could not reserve enough space|OutOfMemoryError|insufficient memory", "There is not enough memory for Neo4j."),
    (r"locked by another process", "Another Neo4j has the data in {folder} open."),
    (r"No space left on device", "There is no space left on the disk for the data in {folder}."),
    (r"Could not find or load main class", "The jars of Neo4j are missing: fetch them anew."),
)
_NO_CAUSE = re.compile(r"\s|Failed to start|.*Program will exit|$")  # stack frames and lines that explain nothing
_CLASS_NAMES = re.compile(r"^(?:Caused by: |Error: |Optional\[)?(?:[\w.$]+(?:Exception|Error): )*")


def reason(console: str, folder: Path) -> str:
    """Why java ended, from what it wrote: a known cause in our words, else the last cause in its own."""
    for pattern, sentence in _KNOWN:
        if re.search(pattern, console):
            return sentence.format(folder=folder)
    causes = [line for line in console.splitlines() if not _NO_CAUSE.match(line)]
    cause = _CLASS_NAMES.sub("", causes[-1]).rstrip("].") if causes else "it did not say why"
    return f"Neo4j ended while it was starting: {cause}."


def os_reason(error: OSError, folder: Path) -> str:
    """Why the system refused something that a start needs."""
    return f"Neo4j could not be started in {folder}: {error.strerror}: {error.filename}."
