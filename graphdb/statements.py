"""Statements: every one a file below cypher/, its path its name, its header its contract (DESIGN 4)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphdb.hiding import checked
from graphdb.parameters import PARAMETER

FOLDER = Path(__file__).parents[1] / "cypher"
LANGUAGE = "CYPHER 25 "


@dataclass(frozen=True)
class Statement:
    """A statement as it is sent, and the names of its parameters."""

    name: str
    text: str
    parameters: frozenset[str]

    def check(self, given: frozenset[str]) -> None:
        """Raises ValueError unless exactly the file's parameters are given: a mistake in the code, not a client's."""
        if given != self.parameters:
            raise ValueError(f"{self.name} takes {sorted(self.parameters)}, given {sorted(given)}")


@cache
def statement(name: str) -> Statement:
    """The statement of a name such as "parties/create"; raises FileNotFoundError."""
    return parsed(name, (FOLDER / f"{name}.cypher").read_text())


def parsed(name: str, text: str) -> Statement:
    """A statement from the text of its file; comments are for readers and are not sent."""
    body = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//")).strip()
    return Statement(name, LANGUAGE + checked(body), frozenset(PARAMETER.findall(body)))
