"""What leads to a party, or from one: the stored links that a new one might close a cycle with (SPEC 3.3).

A cycle goes from a new link's target over stored links to some new link's source. So it lies in all that leads to the
sources, and as well in all that leads from the targets; either is enough to find it. Whoever is related anew seldom has
both many ancestors and many descendants, so both sides are followed a step at a time, whichever is narrower, until one
has come to its end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from domain.ids import PartyId


class Directed(Protocol):
    """What leads from one party to another."""

    @property
    def source(self) -> PartyId: ...
    @property
    def target(self) -> PartyId: ...


L = TypeVar("L", bound=Directed)


@dataclass(frozen=True)
class Question:
    """Whose links are wanted next: those that lead to the parties of `to`, or from those of `of`; each list sorted."""

    to: tuple[PartyId, ...] = ()
    of: tuple[PartyId, ...] = ()


class Lineage(Generic[L]):
    """Ask `question()`, answer by `step(links)`, until there is none; then `links` are all that count."""

    def __init__(self, sources: Iterable[PartyId], targets: Iterable[PartyId]) -> None:
        self._above, self._below = set(sources), set(targets)
        self._seen_above, self._seen_below = set(self._above), set(self._below)
        self._links_above: list[L] = []
        self._links_below: list[L] = []

    def question(self) -> Question | None:
        """Whose links are wanted next, None when one side is complete."""
        if not self._above or not self._below:
            return None
        if len(self._above) <= len(self._below):
            return Question(to=tuple(sorted(self._above)))
        return Question(of=tuple(sorted(self._below)))

    def step(self, links: Sequence[L]) -> None:
        """Takes all links found for the question."""
        if len(self._above) <= len(self._below):
            self._links_above += links
            self._above = {link.source for link in links} - self._seen_above
            self._seen_above |= self._above
        else:
            self._links_below += links
            self._below = {link.target for link in links} - self._seen_below
            self._seen_below |= self._below

    @property
    def links(self) -> Sequence[L]:
        """All links of the side that is complete."""
        return self._links_above if not self._above else self._links_below
