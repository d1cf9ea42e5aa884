"""How much longer reading takes among ten times the customers: Kith's growth, by that of a statement by hand."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench import reading
from bench.measured import Measured
from bench.questions import question
from bench.rounds import KITH, RAW, Plan, Progress, interleaved, loading, part
from bench.targets import opened
from graphdb.local import Server

DOCUMENTS = ("tiny", "hop1")
GROWN = 10
Found = Mapping[tuple[str, str], Sequence[Measured]]
"""What was measured of a target in the small store and in the large one."""


@dataclass(frozen=True)
class Growth:
    """By how much longer a request takes, as medians over the rounds: in Kith, in the statement by hand, and Kith's by
    the other's, with the least and the greatest."""

    document: str
    connections: int
    kith: float
    raw: float
    ratio: float
    spread: tuple[float, float]


def measured(small: Server, large: Server, token: str, plan: Plan, progress: Progress) -> list[Growth]:
    """The growth of a point read and of one hop, from one store to another. Raises WrongAnswer and NotServing."""
    return [
        grown(document, each(document, {"small": small, "large": large}, token, plan, part(progress, index, 2)))
        for index, document in enumerate(DOCUMENTS)
    ]


def each(document: str, stores: Mapping[str, Server], token: str, plan: Plan, progress: Progress) -> Found:
    """What both measured in each store, all four in turn."""
    with ExitStack() as stack:
        processes, runs = stack.enter_context(loading()), {}
        for size, store in stores.items():
            assert store.pid
            asked = question(document, store.endpoint)
            targets = stack.enter_context(opened(store.endpoint, token, asked, [RAW]))
            reading.compare(RAW, targets[KITH], targets[RAW])
            for name, target in targets.items():
                runs[name, size] = partial(reading.run, processes, target, asked, store.pid, 1)
        return interleaved(runs, plan, progress)


def grown(document: str, found: Found) -> Growth:
    """The growth of a document over one connection, round by round."""
    kith, raw = (
        [
            small.per_second / large.per_second
            for small, large in zip(found[name, "small"], found[name, "large"], strict=True)
        ]
        for name in (KITH, RAW)
    )
    ratios = [one / other for one, other in zip(kith, raw, strict=True)]
    return Growth(document, 1, median(kith), median(raw), median(ratios), (min(ratios), max(ratios)))
