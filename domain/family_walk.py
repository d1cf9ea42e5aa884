"""Who stands in a family tree, in which generation (SPEC 9.2): found level by level, asking for links as it goes."""

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import NamedTuple

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


class Standing(NamedTuple):
    """Somebody in the tree; ordered as the tree is cut: the nearest first, then the elder generation, then by id."""

    distance: int
    generation: int
    id: str


class Arrival(NamedTuple):
    """How ways end. `rising`: by steps up only, so that more steps up, and siblings, may follow."""

    generation: int
    rising: bool


Level = defaultdict[Arrival, set[str]]
"""Who is reached by ways of one length."""


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
        due: defaultdict[int, Level] = defaultdict(lambda: defaultdict(set))
        due[0][Arrival(0, rising=True)].add(root)
        followed: defaultdict[int, set[str]] = defaultdict(set)
        fallen: dict[str, Standing] = {}
        while due and len(self._standing) <= self._limit:
            distance = min(due)
            arrivals = due.pop(distance)
            for arrival, people in arrivals.items():
                stand(self._standing, people, distance, arrival.generation)
                if not arrival.rising:
                    stand(fallen, people, distance, arrival.generation)
            level = {arrival: people - followed[arrival.generation] for arrival, people in arrivals.items()}
            for arrival, people in level.items():
                followed[arrival.generation] |= people
            if len(self._standing) <= self._limit:
                rising = union(people for arrival, people in level.items() if self._may_rise(arrival))
                yield from self._ask(
                    parents_of=rising,
                    children_of=union(people for arrival, people in level.items() if self._may_fall(arrival)),
                    siblings_of=rising if self._collaterals else (),
                )
                for arrival, people in level.items():
                    self._follow(arrival, people, distance, due)
        nearest = self.people()
        yield from self._ask(
            parents_of=[near.id for near in nearest if near.id in fallen], partners_of=[near.id for near in nearest]
        )
        for near in nearest:
            stand(self._standing, self._partners[near.id], near.distance + 1, near.generation)
            if child := fallen.get(near.id):
                stand(self._standing, self._parents[child.id], child.distance + 1, child.generation - 1)

    def _may_rise(self, arrival: Arrival) -> bool:
        return arrival.rising and -arrival.generation < self._up

    def _may_fall(self, arrival: Arrival) -> bool:
        return arrival.generation < self._down and (self._collaterals or arrival.generation >= 0)

    def _follow(self, arrival: Arrival, people: set[str], distance: int, due: defaultdict[int, Level]) -> None:
        """Every further step of some who arrived alike, put down for the distance at which it arrives."""
        generation = arrival.generation
        if people and self._may_rise(arrival):
            due[distance + 1][Arrival(generation - 1, rising=True)] |= union(self._parents[id] for id in people)
        if people and self._may_fall(arrival):
            due[distance + 1][Arrival(generation + 1, rising=False)] |= union(self._children[id] for id in people)
        if people and self._may_rise(arrival) and self._collaterals:
            due[distance + 2][Arrival(generation, rising=False)] |= union(self._siblings[id] for id in people)

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


def union(some: Iterable[set[str]]) -> set[str]:
    """Everybody in any of these."""
    return set[str]().union(*some)


def stand(standings: dict[str, Standing], people: Iterable[str], distance: int, generation: int) -> None:
    """Lets people stand where a way leads them; each where the nearest does, of two as near that to the elder."""
    for id in people:
        known = standings.get(id)
        if known is None or (distance, generation) < (known.distance, known.generation):
            standings[id] = Standing(distance, generation, id)


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
