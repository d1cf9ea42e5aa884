"""Cycles: none among the acyclic types of one edge on any day (SPEC 3.3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from domain.ids import PartyId
from domain.partial_dates import Period


@dataclass(frozen=True)
class Link:
    """An edge that must not lead back to where it starts; `period` None: it holds always, as parentage does."""

    source: PartyId
    target: PartyId
    period: Period | None


class Links:
    """The links of one edge, to which a plan adds its own, one after another."""

    def __init__(self, stored: Iterable[Link], planned: Iterable[Link]) -> None:
        """`planned` are all that the plan may add.

        Nearly always all of them together have no cycle even if each holds always. Then none closes one, which is
        found out once: a search for each of 500 among 10,000 would take seconds, under the edge's lock.
        """
        stored = list(stored)
        self.may_close = has_cycle([*stored, *planned])
        self.onward: dict[PartyId, list[Link]] = defaultdict(list)
        for link in stored:
            self.add(link)

    def add(self, link: Link) -> None:
        """From now on the link is one of them."""
        self.onward[link.source].append(link)

    def cycle(self, new: Link) -> tuple[PartyId, ...] | None:
        """The parties of a cycle that `new` would close on some day, beginning with its source; None if none.

        Periods have a common day if and only if one of their first days is common to all, so these are tried; only
        those of links that can be reached, since no other can be in a cycle.
        """
        if not self.may_close or self.way(new, None) is None:
            return None
        found = (self.way(new, day) for day in sorted(self.first_days(new)) if holds(new, day))
        return next((cycle for cycle in found if cycle), None)

    def way(self, new: Link, day: date | None) -> tuple[PartyId, ...] | None:
        """The shortest way from the target of `new` back to its source, the source first; `day` None: on any days."""
        came_from: dict[PartyId, PartyId] = {new.target: new.source}
        frontier = [new.target]
        while frontier:
            reached: list[PartyId] = []
            for party in frontier:
                for link in self.onward.get(party, ()):
                    if link.target not in came_from and (day is None or holds(link, day)):
                        came_from[link.target] = party
                        if link.target == new.source:
                            return steps(new, came_from)
                        reached.append(link.target)
            frontier = reached
        return None

    def first_days(self, new: Link) -> set[date]:
        """The first days of `new` and of all links that can be reached from its target."""
        days, seen, waiting = {first_day(new)}, {new.target}, [new.target]
        while waiting:
            for link in self.onward.get(waiting.pop(), ()):
                days.add(first_day(link))
                if link.target not in seen:
                    seen.add(link.target)
                    waiting.append(link.target)
        return days


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


def steps(new: Link, came_from: dict[PartyId, PartyId]) -> tuple[PartyId, ...]:
    """The way from the target of `new` to its source, as a cycle that begins with the source."""
    back = [new.source]
    while back[-1] != new.target:
        back.append(came_from[back[-1]])
    return (new.source, *reversed(back[1:]))


def first_day(link: Link) -> date:
    """The first day on which it holds, the calendar's first where that is open."""
    start = link.period.start if link.period else None
    return (start.earliest if start else None) or date.min


def holds(link: Link, day: date) -> bool:
    """Whether it holds on a day."""
    return link.period is None or link.period.holds_on(day)
