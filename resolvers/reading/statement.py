"""A plan's statement: what it asks for one caller, or for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from graphdb.hiding import checked
from graphdb.parameters import PARAMETER
from graphdb.statements import LANGUAGE

SAMPLED: Final = 16
"""Of so many answers the rows of one are counted."""


@dataclass(frozen=True)
class Prologue:
    """What stands before all that a statement reads: what it matches, and what it gives names, for one caller."""

    match: str
    given: Sequence[str]

    def cypher(self, kept: Sequence[str] = ()) -> str:
        """Its text; `kept` are variables of before."""
        return f"{self.match} WITH {', '.join([*kept, *self.given])} "


@dataclass
class Statement:
    """One row of columns, and behind them of tables, which are the same for every caller.

    `own`: the parameters in which callers may differ who share a statement.
    """

    columns: Sequence[str]
    tables: Sequence[str]
    own: frozenset[str]
    prologue: Prologue | None = None
    rows: float = field(default=1, compare=False)  # how many rows an answer brings, as far as is known by now
    runs: int = field(default=0, compare=False)

    @cached_property
    def text(self) -> str | None:
        """The statement for one caller; None where nothing is read."""
        before = self.prologue.cypher() if self.prologue else ""
        columns = ", ".join([*self.columns, *self.tables])
        return LANGUAGE + checked(f"{before}RETURN [{columns}] AS row") if self.columns else None

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The names of the parameters in it."""
        return frozenset(PARAMETER.findall(self.text or ""))

    @cached_property
    def differing(self) -> frozenset[str]:
        """Those of them that may differ."""
        return self.own & self.parameters

    @cached_property
    def together(self) -> str:
        """The statement for many: of each it takes `place` and its own parameters from $batch; it gives each one's
        place and row, and behind all of them the tables."""
        before = self.prologue.cypher(["caller"]) if self.prologue else ""
        each = f"{before}WITH caller.place AS place, [{', '.join(self.columns)}] AS row"
        each = PARAMETER.sub(lambda m: f"caller.{m[1]}" if m[1] in self.own else m[0], each)
        found = ", ".join(["collect([place, row])", *self.tables])
        return LANGUAGE + checked(f"UNWIND $batch AS caller {each} RETURN [{found}] AS row")

    def learn(self, row: list[Any]) -> None:
        """Takes an answer, now and then, into what is known of how many rows there are."""
        if self.runs % SAMPLED == 0:
            self.rows += (rows_in(row) - self.rows) / (2 if self.runs else 1)
        self.runs += 1


def rows_in(row: list[Any]) -> int:
    """How many rows stand in a row, with itself."""
    return 1 + sum(rows_in(item) for item in row if type(item) is list)
