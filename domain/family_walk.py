"""Who stands in a family tree, in which generation (SPEC 9.2): found level by level, asking for links as it goes."""

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass

LIMIT = 2000


@dataclass(frozen=True)
class Frontier:
    """Whose links are wanted next; each list sorted, and nobody asked for the same twice.

    `siblings_of` wants siblings by a relationship SIBLING with whom no shared parent is known.
    """

    parents_of: tuple[str, ...] = ()
    children_of: tuple[str, ...] = ()
    siblings_of: tuple[str, ...] = ()
    partners_of: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parents_of or self.children_of or self.siblings_of or self.partners_of)


@dataclass(frozen=True)
class Links:
    """What was found for a frontier: pairs of (parent, child), and of siblings and of partners in either order."""

    parents: Iterable[tuple[str, str]] = ()
    siblings: Iterable[tuple[str, str]] = ()
    partners: Iterable[tuple[str, str]] = ()


@dataclass(frozen=True, order=True)
class Standing:
    """Somebody in the tree; ordered as the tree is cut: the nearest first, then the elder generation, then by id."""

    distance: int
    generation: int
    id: str


@dataclass(frozen=True)
class Arrival:
    """A way's end. `rising`: by steps up only, so that more steps up, and siblings, may follow."""

    id: str
    generation: int
    rising: bool


class Walk:
    """Explores from `root`, `up` generations up and `down` down, with `collaterals` the ancestors' other descendants.

    A way is some steps up, then some down, to nobody below generation `down`; without collaterals it is up only or
    down only. It stands for its number of steps, and puts its end in the generation of steps down less steps up. A
    sibling with whom no shared parent is known is a step up and one down. One more step leads from anybody to a
    partner, in the same generation, and from whoever was reached by a step down to the other parents; these lead no
    further. Each stands as the shortest way has it, of two equally short the one into the elder generation.

    Ask `frontier()`, answer by `step(links)`, until there is none; then `people()` and `truncated` hold.
    """

    def __init__(self, root: str, up: int, down: int, collaterals: bool = False, limit: int = LIMIT) -> None:
        if up < 0 or down < 0 or limit < 1:
            raise ValueError("a family tree goes no negative way, and has room for its root")
        self._up, self._down, self._collaterals, self._limit = up, down, collaterals, limit
        self._parents: dict[str, set[str]] = {}
        self._children: dict[str, set[str]] = {}
        self._siblings: dict[str, set[str]] = {}
        self._partners: dict[str, set[str]] = {}
        self._standing: dict[str, Standing] = {}
        self._exploring = self._explore(root)
        self._frontier: Frontier | None = next(self._exploring)

    def frontier(self) -> Frontier | None:
        """Whose links are wanted, None when the tree is complete."""
        return self._frontier

    def step(self, links: Links) -> None:
        """Takes all links found for the frontier; others among them are passed over."""
        try:
            self._frontier = self._exploring.send(links)
        except StopIteration:
            self._frontier = None

    def people(self) -> tuple[Standing, ...]:
        """Who stands in the tree, the nearest first, at most `limit`."""
        return tuple(sorted(self._standing.values())[: self._limit])

    @property
    def truncated(self) -> bool:
        """Whether there were more than `limit`."""
        return len(self._standing) > self._limit

    def _explore(self, root: str) -> Generator[Frontier, Links, None]:
        """One level after the other, all ways of one length; then, from those near enough, the last steps.

        A person may be reached in several generations; each is followed once, since it may lead where the others may
        not. It stops once a level has brought too many: whoever is further away would be cut.
        """
        due: defaultdict[int, set[Arrival]] = defaultdict(set, {0: {Arrival(root, 0, rising=True)}})
        followed: set[tuple[str, int]] = set()
        fallen: dict[str, Standing] = {}
        while due and len(self._standing) <= self._limit:
            distance = min(due)
            arrivals = due.pop(distance)
            for arrival in arrivals:
                keep(self._standing, Standing(distance, arrival.generation, arrival.id))
                if not arrival.rising:
                    keep(fallen, Standing(distance, arrival.generation, arrival.id))
            level = {a for a in arrivals if (a.id, a.generation) not in followed}
            followed |= {(a.id, a.generation) for a in level}
            if len(self._standing) <= self._limit:
                yield from self._ask(
                    parents_of={a.id for a in level if self._may_rise(a)},
                    children_of={a.id for a in level if self._may_fall(a)},
                    siblings_of={a.id for a in level if self._may_rise(a) and self._collaterals},
                )
                for arrival in level:
                    self._follow(arrival, distance, due)
        nearest = self.people()
        yield from self._ask(
            parents_of={near.id for near in nearest if near.id in fallen}, partners_of={near.id for near in nearest}
        )
        for near in nearest:
            for partner in self._partners[near.id]:
                keep(self._standing, Standing(near.distance + 1, near.generation, partner))
            if child := fallen.get(near.id):
                for parent in self._parents[child.id]:
                    keep(self._standing, Standing(child.distance + 1, child.generation - 1, parent))

    def _may_rise(self, arrival: Arrival) -> bool:
        return arrival.rising and -arrival.generation < self._up

    def _may_fall(self, arrival: Arrival) -> bool:
        return arrival.generation < self._down and (self._collaterals or arrival.generation >= 0)

    def _follow(self, arrival: Arrival, distance: int, due: defaultdict[int, set[Arrival]]) -> None:
        """Every further step from an arrival, put down for the distance at which it arrives."""
        generation = arrival.generation
        if self._may_rise(arrival):
            due[distance + 1] |= {Arrival(p, generation - 1, rising=True) for p in self._parents[arrival.id]}
        if self._may_fall(arrival):
            due[distance + 1] |= {Arrival(c, generation + 1, rising=False) for c in self._children[arrival.id]}
        if self._may_rise(arrival) and self._collaterals:
            due[distance + 2] |= {Arrival(s, generation, rising=False) for s in self._siblings[arrival.id]}

    def _ask(
        self,
        parents_of: Iterable[str] = (),
        children_of: Iterable[str] = (),
        siblings_of: Iterable[str] = (),
        partners_of: Iterable[str] = (),
    ) -> Generator[Frontier, Links, None]:
        """Asks for what is not known yet, if anything, and keeps what is told."""
        asked = Frontier(
            tuple(sorted(set(parents_of) - self._parents.keys())),
            tuple(sorted(set(children_of) - self._children.keys())),
            tuple(sorted(set(siblings_of) - self._siblings.keys())),
            tuple(sorted(set(partners_of) - self._partners.keys())),
        )
        if not asked:
            return
        told = yield asked
        parents = list(told.parents)
        learn(self._parents, asked.parents_of, ((child, parent) for parent, child in parents))
        learn(self._children, asked.children_of, parents)
        learn(self._siblings, asked.siblings_of, both_ways(told.siblings))
        learn(self._partners, asked.partners_of, both_ways(told.partners))


def keep(standings: dict[str, Standing], new: Standing) -> None:
    """Keeps the better of a person's standings: the nearer, of two as near the elder."""
    known = standings.get(new.id)
    if known is None or new < known:
        standings[new.id] = new


def learn(links: dict[str, set[str]], asked: Iterable[str], told: Iterable[tuple[str, str]]) -> None:
    """Adds those asked for, each with whom it was told to be linked to."""
    found: dict[str, set[str]] = {id: set() for id in asked}
    for id, other in told:
        if id in found:
            found[id].add(other)
    links.update(found)


def both_ways(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Each pair, and its mirror."""
    for a, b in pairs:
        yield a, b
        yield b, a
