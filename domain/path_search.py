"""The search for shortest paths (SPEC 9.5): what to ask of the graph, and in which order what it finds counts.

The k shortest are found from the shortest alone, which the graph finds at little cost: what is not one of those that
are known begins as some of them do and then goes on elsewhere, so the next longer ones are among the shortest that do
so. Asked for k at once, the graph takes many seconds near a party with 10,000 relationships.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, pairwise, product, zip_longest
from math import prod

from domain.paths import Asked, Chain, Path, Step, common

MOST_COMPARED = 100
"""So many equally long ways are put in order; where there are more, those count that the graph finds first."""


@dataclass(frozen=True)
class Way:
    """A way that was found: its parties, and the relationships between them."""

    parties: Chain
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Beginning:
    """Wanted are the shortest ways from the last of these parties: past none of `avoided`, which has all of them; by
    none of the relationships `besides`; by at most `longest`."""

    parties: Chain
    avoided: tuple[str, ...]
    besides: tuple[str, ...]
    longest: int


class Search:
    """Finds paths: ask `wanted()`, answer by `step(found)`, until nothing is wanted. It may be left off at any time:
    what `paths()` then has comes before all else.

    Paths are in order of their length. Of equally long ones each chain of parties is there before any is again by other
    relationships: first come the chains in order of their ids, each by the relationships that hold longest, then the
    chains by the next of these, and so on.
    """

    def __init__(self, asked: Asked, most: int = MOST_COMPARED) -> None:
        """`most` is how many equally long ways are compared, not fewer than are asked for."""
        self._asked, self._most = asked, most
        self._steps: dict[tuple[str, str], dict[str, Step]] = {}
        self._next: dict[Chain, set[str]] = {}
        self._open: dict[Chain, set[Chain]] = {}
        self._crowded: set[Chain] = set()
        self._groups: list[list[Chain]] = []
        self.crowded = False
        blocked = {asked.source, asked.target} & set(asked.avoiding)
        self._wanted: tuple[Beginning, ...] = () if blocked else (self._beginning((asked.source,)),)

    def wanted(self) -> tuple[Beginning, ...]:
        """Of which beginnings the shortest ways are wanted next; of none when all is found."""
        return self._wanted

    def step(self, found: Sequence[Sequence[Way]]) -> None:
        """Takes, for each of those wanted, all its shortest ways, or more than `most` of them."""
        for beginning, ways in zip(self._wanted, found, strict=True):
            begun = beginning.parties
            for way in ways:
                for pair, step in zip(pairwise(way.parties), way.steps, strict=True):
                    self._steps.setdefault(pair, {})[step.relationship] = step
            self._open[begun] = {(*begun[:-1], *way.parties) for way in ways}
            if len(ways) > self._most:
                self._crowded.add(begun)
        self._wanted = self._grow()

    def paths(self) -> tuple[Path, ...]:
        """Those found, in order, at most as many as are asked for."""
        ordered = chain.from_iterable(self._ordered(group) for group in self._groups)
        return tuple(
            Path(way.parties, tuple(step.relationship for step in way.steps), common([s.period for s in way.steps]))
            for way in islice(ordered, self._asked.limit)
        )

    def _grow(self) -> tuple[Beginning, ...]:
        """Accepts all chains of the least length. None can be missing: what begins as no accepted one goes on was
        searched, and all its shortest ways are there. Then wanted is what begins as they do and goes on elsewhere."""
        length = min((len(parties) for chains in self._open.values() for parties in chains), default=0)
        if not length:
            return ()
        group = list[Chain]()
        for begun, chains in self._open.items():
            if shortest := [parties for parties in chains if len(parties) == length]:
                group += shortest
                self.crowded |= begun in self._crowded
        self._groups.append(group)
        if length > self._asked.longest or self._enough():
            return ()
        changed = set[Chain]()
        for parties in group:
            for place in range(1, length):
                nexts = self._next.setdefault(parties[:place], set())
                if parties[place] not in nexts:
                    nexts.add(parties[place])
                    changed.add(parties[:place])
        return tuple(map(self._beginning, sorted(changed)))

    def _enough(self) -> bool:
        """Whether there are as many paths as are asked for."""
        count = sum(
            prod(len(self._steps[pair]) for pair in pairwise(parties)) for group in self._groups for parties in group
        )
        return count >= self._asked.limit

    def _beginning(self, parties: Chain) -> Beginning:
        """What begins with these parties and goes on as nothing accepted does."""
        besides = [id for other in self._next.get(parties, ()) for id in self._steps[parties[-1], other]]
        return Beginning(
            parties,
            avoided=tuple(sorted({*parties, *self._asked.avoiding})),
            besides=tuple(sorted(besides)),
            longest=self._asked.longest - len(parties) + 1,
        )

    def _ordered(self, group: list[Chain]) -> Iterator[Way]:
        """Equally long chains, each with the relationships by which it is a path."""
        by_rank = zip_longest(*(self._by_relationships(parties) for parties in sorted(group)))
        return (way for rank in by_rank for way in rank if way)

    def _by_relationships(self, parties: Chain) -> Iterator[Way]:
        """A chain by the relationships that hold longest, then by the next of these, and so on."""
        choices = [list(self._steps[pair].values()) for pair in pairwise(parties)]
        for several in choices:
            if len(several) > 1:
                several.sort(key=until)
        return (Way(parties, steps) for steps in product(*choices))


def until(step: Step) -> tuple[int, str]:
    """Sorts relationships by their ends, the last first, open ones before all; then by id, which is by age."""
    end = step.period.end
    return -((end.latest if end else None) or date.max).toordinal(), step.relationship
