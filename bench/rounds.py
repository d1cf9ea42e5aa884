"""Targets measured in turn, several rounds, so that what else the machine does meets all of them alike."""

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from typing import TypeVar

from bench.measured import Measured

KITH, RAW = "kith", "raw"
K = TypeVar("K", bound=Hashable)
Run = Callable[[float], Measured]
"""A run of a target for so many seconds."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """How long to measure: rounds that count, the seconds of each target in each, and a pause before it.

    Before them comes a round to warm up, so many times as long: Java compiles what was called some thousand times.
    """

    rounds: int
    seconds: float
    pause: float = 0.5
    warm_up: int = 3


@dataclass(frozen=True)
class Row:
    """What came of a document, over so many connections, in Kith and against another target.

    Ratios are medians over the rounds of Kith's figure by the other's; `spread` is the least and the greatest of
    `requests_ratio`. `cpu_ratio` is of the service's processor time a request, `latency_ratio` of median latencies.
    """

    document: str
    connections: int
    against: str
    requests_ratio: float
    cpu_ratio: float
    latency_ratio: float
    spread: tuple[float, float]


def loading() -> ProcessPoolExecutor:
    """A process for load generators, so that neither this one's bars nor its memory are in their way."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def interleaved(targets: Mapping[K, Run], plan: Plan, progress: Progress) -> dict[K, list[Measured]]:
    """What each target measured in each round that counts; another begins each time."""
    names, found = list(targets), dict[K, list[Measured]]()
    for round in range(-1, plan.rounds):
        for place in range(len(names)):
            name = names[(place + round) % len(names)]
            time.sleep(plan.pause)
            measured = targets[name](plan.seconds if round >= 0 else plan.seconds * plan.warm_up)
            if round >= 0:
                found.setdefault(name, []).append(measured)
            progress((round + 1) * len(names) + place + 1, (plan.rounds + 1) * len(names))
    return found


def part(progress: Progress, index: int, parts: int) -> Progress:
    """Progress of one of so many parts of equal length, told as that of the whole."""
    return lambda done, in_all: progress(index * in_all + done, parts * in_all)


def rows(document: str, connections: int, found: Mapping[str, Sequence[Measured]]) -> list[Row]:
    """Kith against each of the others."""
    return [row(document, connections, other, found[KITH], found[other]) for other in found if other != KITH]


def row(document: str, connections: int, against: str, kith: Sequence[Measured], other: Sequence[Measured]) -> Row:
    """Kith against another, round by round."""
    rounds = list(zip(kith, other, strict=True))
    requests = [one.per_second / two.per_second for one, two in rounds]
    return Row(
        document,
        connections,
        against,
        median(requests),
        median(one.service_ms / two.service_ms for one, two in rounds),
        median(one.percentile(50) / two.percentile(50) for one, two in rounds),
        (min(requests), max(requests)),
    )
