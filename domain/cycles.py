"""Cycles: none among the acyclic types of one edge on any day (SPEC 3.3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from domain.ids import PartyId
from domain.partial_dates import Period

EVER = (float("-inf"), float("inf"))


@dataclass(frozen=True)
class Link:
    """An edge that must not lead back to where it starts; `period` None: it holds always, as parentage does."""

    source: PartyId
    target: PartyId
    period: Period | None

    @property
    def days(self) -> tuple[float, float]:
        """The first day on which it may hold, and the day from which it does no more, as ordinals."""
        return self.period.widest if self.period else EVER


@dataclass(frozen=True)
class Way:
    """A way from the target of a link to a party, and the days on which all of it holds."""

    party: PartyId
    first: float
    until: float
    before: "Way | None" = None

    def parties(self) -> list[PartyId]:
        """Those it leads over, the last first."""
        found, way = [self.party], self.before
        while way is not None:
            found.append(way.party)
            way = way.before
        return found


class Links:
    """The links of one edge, to which a plan adds its own, one after another."""

    def __init__(self, stored: Iterable[Link], planned: Iterable[Link]) -> None:
        """`planned` are all that the plan may add.

        Nearly always all of them together have no cycle even if each holds always. Then none closes one, which is
        found out once: a search for each of 500 among 10,000 would take seconds, under the edge's lock.
        """
        stored = list(stored)
        self.may_close = has_cycle([*stored, *planned])
        self.onward: dict[PartyId, list[tuple[PartyId, float, float]]] = defaultdict(list)
        for link in stored:
            self.add(link)

    def add(self, link: Link) -> None:
        """From now on the link is one of them."""
        self.onward[link.source].append((link.target, *link.days))

    def cycle(self, new: Link) -> tuple[PartyId, ...] | None:
        """The parties of a shortest cycle that `new` would close on some day, its source first; None if none.

        Every way onward from its target is followed as long as there is a day on which all of it holds. Of two ways
        to a party, one that holds on no day on which the other does not leads nowhere that the other doesn't.
        """
        first, until = new.days
        if not self.may_close or first >= until:
            return None
        frontier = [Way(new.target, first, until)]
        found: dict[PartyId, list[Way]] = {new.target: list(frontier)}
        while frontier:
            reached: list[Way] = []
            for way in frontier:
                for party, starts, ends in self.onward.get(way.party, ()):
                    first, until = max(way.first, starts), min(way.until, ends)
                    others = found.setdefault(party, [])
                    if first >= until or any(o.first <= first and until <= o.until for o in others):
                        continue
                    longer = Way(party, first, until, way)
                    if party == new.source:
                        last, *back = longer.parties()
                        return (last, *reversed(back))
                    others.append(longer)
                    reached.append(longer)
            frontier = reached
        return None


def find_cycle(new: Link, others: Iterable[Link]) -> tuple[PartyId, ...] | None:
    """The parties of a cycle that one link would close with others on some day; None if there is none."""
    return Links(others, [new]).cycle(new)


def has_cycle(links: Iterable[Link]) -> bool:
    """Whether there is a cycle, on whatever days its links hold."""
    sources: dict[PartyId, set[PartyId]] = defaultdict(set)
    for link in links:
        sources[link.target].add(link.source)
    try:
        TopologicalSorter(sources).prepare()
    except CycleError:
        return True
    return False
