"""What people type to find others, and how long it takes by what they type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

from bench.measured import Measured
from bench.rounds import KITH, RAW

OF_EACH = 8
Known = Mapping[str, str]
"""A consumer who can be reached: given_name, family_name, phone, and some have an email."""


@dataclass(frozen=True)
class Typed:
    """What somebody typed, and what sort of search that is."""

    sort: str
    text: str


@dataclass(frozen=True)
class Sort:
    """Median latencies, in milliseconds, of one sort of search; of `ratios`, one a search, the median."""

    sort: str
    kith_ms: float
    raw_ms: float
    ratio: float


def typed(known: Sequence[Known], random: Random) -> list[Typed]:
    """A mix of what people type, some of each sort, mixed: of few hits and of many."""
    sorts: Mapping[str, Callable[[Known], str]] = {
        "name": name,
        "beginnings": lambda one: " ".join(part[:3] for part in name(one).split()),
        "part": lambda one: one["family_name"][2:7],
        "one name": lambda one: one["given_name"].split()[0],
        "misspelt": lambda one: misspelt(name(one), random),
        "phone": lambda one: f"+{one['phone'][1:4]} {one['phone'][4:]}",
        "email": lambda one: one.get("email") or "nobody@mail.example",
    }
    each = min(OF_EACH, len(known))
    found = [Typed(sort, text(one)) for sort, text in sorts.items() for one in random.sample(known, each)]
    return random.sample(found, len(found))


def name(one: Known) -> str:
    """The name of a consumer as somebody would type it."""
    return f"{one['given_name']} {one['family_name']}"


def misspelt(text: str, random: Random) -> str:
    """The text with one letter missing, not the first nor the last."""
    place = random.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1 :]


def by_sort(searches: Sequence[Typed], found: Mapping[str, Sequence[Measured]]) -> list[Sort]:
    """The medians of each sort of search, and of all, over all rounds, where Kith and its statement were measured."""
    kith, other = (each(len(searches), found[target]) for target in (KITH, RAW))
    sorts = ["all", *dict.fromkeys(one.sort for one in searches)]
    told = []
    for sort in sorts:
        places = [place for place, one in enumerate(searches) if sort in ("all", one.sort)]
        ratio = median(median(kith[place]) / median(other[place]) for place in places)
        kith_ms, raw_ms = (1000 * median(one for place in places for one in times[place]) for times in (kith, other))
        told.append(Sort(sort, kith_ms, raw_ms, ratio))
    return told


def each(searches: int, rounds: Sequence[Measured]) -> list[list[float]]:
    """The latencies of each search, which were sent over and over in their order."""
    return [[latency for one in rounds for latency in one.latencies[place::searches]] for place in range(searches)]
