"""Relationships that a narrower type would not allow (SPEC 2.1): which of those that are stored do not fit."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from domain.cycles import Link, Links
from domain.ids import PartyId, RelationshipId
from domain.partial_dates import Period
from domain.parties import PartyKind, camel
from domain.properties import PropertyDefinition, Value, checked_value
from domain.refusals import WouldNotFit
from domain.relationship_types import RelationshipType
from domain.values import Invalid

MOST_EXAMPLES = 10


@dataclass(frozen=True)
class Instance:
    """What of a stored relationship a change of its type is judged by; `own`: it is of that type."""

    id: RelationshipId
    own: bool
    source: PartyId
    source_kind: PartyKind
    target: PartyId
    target_kind: PartyKind
    period: Period
    role: str | None
    properties: Mapping[str, Value]
    within_household: bool = False


@dataclass(frozen=True)
class Chained(Link):
    """A link, and whose it is, where it is of the type."""

    id: RelationshipId | None = None


@dataclass
class Misfits:
    """How many do not fit, by the field that they do not fit; of the ids only some are kept."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[RelationshipId]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, id: RelationshipId) -> None:
        """One that does not fit what the field says."""
        self.counts[name] += 1
        if len(self.examples[name]) < MOST_EXAMPLES:
            self.examples[name].append(id)

    def refusals(self) -> list[WouldNotFit]:
        """One for each field, at its place in the input."""
        return [
            WouldNotFit(path=(camel(name),), count=count, examples=tuple(self.examples[name]))
            for name, count in self.counts.items()
        ]


def unfitting(instance: Instance, after: RelationshipType) -> Iterator[str]:
    """The fields of a type that a single relationship does not fit.

    A value of a property fits if it could be given now. What is missing fits: a required property binds new ones only.
    """
    if instance.source_kind not in after.source_kinds:
        yield "source_kinds"
    if instance.target_kind not in after.target_kinds:
        yield "target_kinds"
    if instance.role is not None and instance.role not in after.roles:
        yield "roles"
    if instance.within_household != after.within_household:
        yield "within_household"
    definitions = {definition.code: definition for definition in after.properties}
    if not all(taken(value, definitions.get(code)) for code, value in instance.properties.items()):
        yield "properties"


def taken(value: Value, definition: PropertyDefinition | None) -> bool:
    """Whether a property takes a value."""
    try:
        return definition is not None and checked_value(value, definition) is not None
    except Invalid:
        return False


def overfull(periods: Sequence[Period], limit: int) -> list[int]:
    """The places of those that, on some day, are among more than the limit; as `domain.limits` counts days.

    One walk over first and last days instead of a look at all for each, since one end may have a hundred thousand.
    """
    days = [period.narrowest for period in periods]
    steps = Counter[float]()
    for first, until in days:
        if first < until:
            steps[first] += 1
            steps[until] -= 1
    spans, holding = list[list[float]](), 0
    for day in sorted(steps):
        was, holding = holding, holding + steps[day]
        if was <= limit < holding:
            spans.append([day, day])
        elif holding <= limit < was:
            spans[-1][1] = day
    starts = [first for first, _ in spans]

    def meets(first: float, until: float) -> bool:
        last = bisect_left(starts, until) - 1
        return first < until and last >= 0 and spans[last][1] > first

    return [place for place, (first, until) in enumerate(days) if meets(first, until)]


def closing(links: Sequence[Chained]) -> list[RelationshipId]:
    """The ids of the type's own links that are part of a cycle, on some day, among all that are given.

    Nearly always there is no cycle even if each held always, and nothing is left to search.
    """
    rest = stripped(stripped(links, "source", "target"), "target", "source")
    among = Links(rest, [])
    return sorted(link.id for link in rest if link.id and among.cycle(link))


def stripped(links: Sequence[Chained], near: str, far: str) -> list[Chained]:
    """Without those to which no cycle leads, going from their near ends to their far ends."""
    start, end = attrgetter(near), attrgetter(far)
    onward: dict[PartyId, list[Chained]] = defaultdict(list)
    leading = Counter[PartyId](end(link) for link in links)
    for link in links:
        onward[start(link)].append(link)
    free = [party for party in onward if not leading[party]]
    while free:
        for link in onward.pop(free.pop(), ()):
            leading[end(link)] -= 1
            if not leading[end(link)]:
                free.append(end(link))
    return [link for some in onward.values() for link in some]
