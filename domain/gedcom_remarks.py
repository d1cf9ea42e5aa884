"""What is told of single lines of a GEDCOM file."""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

MOST_REMARKS = 1_000
MOST_TOLD = 60

Tell = Callable[[int, str], None]
"""Called with the number of a line, the first is 1, and what is to be told of it."""


@dataclass(frozen=True, order=True)
class Remark:
    """What is told of a line: that it was not taken and why, or how it was understood."""

    line: int
    text: str


class Remarks:
    """The remarks on a file, as many as a person may want to read: a broken file can give millions of them.

    The first lines of the file are kept, in whatever order they are told of; `more` counts the rest.
    """

    def __init__(self) -> None:
        self.more = 0
        self._last_first: list[tuple[int, int, Remark]] = []
        self._told = 0

    def tell(self, line: int, text: str) -> None:
        """Keeps a remark, or counts it."""
        self._told += 1
        heappush(self._last_first, (-line, -self._told, Remark(line, text)))
        if len(self._last_first) > MOST_REMARKS:
            heappop(self._last_first)
            self.more += 1

    @property
    def kept(self) -> tuple[Remark, ...]:
        """Those that are kept, in the order of the file."""
        return tuple(remark for *_, remark in sorted(self._last_first, reverse=True))


def quoted(text: str) -> str:
    """Words of the file as remarks show them: in quotes, cut where they are long."""
    return f'"{text}"' if len(text) <= MOST_TOLD else f'"{text[:MOST_TOLD]}..."'
