"""SPEC 9.5 read plainly: every path there is, found by trying everything, and put in order."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.partial_dates import PartialDate
from domain.paths import Step


@dataclass(frozen=True)
class Edge:
    """A relationship between two parties; which way it points does not matter to paths."""

    id: str
    one: str
    another: str
    valid_from: str | None = None
    valid_to: str | None = None

    def touches(self, party: str) -> bool:
        return party in (self.one, self.another)

    def other(self, party: str) -> str:
        return self.another if party == self.one else self.one

    @property
    def step(self) -> Step:
        return Step(self.id, self.valid_from, self.valid_to)

    @property
    def until(self) -> date:
        """The last day on which it may hold."""
        return (PartialDate.parse(self.valid_to).latest if self.valid_to else None) or date.max


Plain = tuple[tuple[str, ...], tuple[Edge, ...]]


def plain_paths(
    edges: Sequence[Edge], source: str, target: str, longest: int, avoiding: Collection[str]
) -> Iterator[Plain]:
    """All paths, in no particular order."""

    def onward(parties: tuple[str, ...], taken: tuple[Edge, ...]) -> Iterator[Plain]:
        if parties[-1] == target:
            yield parties, taken
        elif len(taken) < longest:
            for edge in edges:
                if edge.touches(parties[-1]) and edge.other(parties[-1]) not in {*parties, *avoiding}:
                    yield from onward((*parties, edge.other(parties[-1])), (*taken, edge))

    if source not in avoiding:
        yield from onward((source,), ())


def plain_order(paths: Iterator[Plain]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """By length, then by how many there are before it on the same parties, then by parties."""
    by_parties = defaultdict(list)
    for parties, taken in paths:
        by_parties[parties].append(taken)
    ranked = list[tuple[int, int, tuple[str, ...], tuple[str, ...]]]()
    for parties, same in by_parties.items():
        same.sort(key=lambda taken: [(date.max - edge.until, edge.id) for edge in taken])
        ranked += [(len(parties), rank, parties, tuple(edge.id for edge in taken)) for rank, taken in enumerate(same)]
    return [(parties, ids) for _, _, parties, ids in sorted(ranked)]
