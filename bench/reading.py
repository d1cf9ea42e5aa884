"""Reading a document: Kith over HTTP, against others that answer the same question from the same store."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import cycle, islice

import orjson

from bench import http
from bench.http import WrongAnswer
from bench.measured import Measured
from bench.processes import Listening, serving
from bench.questions import Question
from bench.rounds import KITH, Plan, Progress, interleaved, loading, part
from bench.shapes import difference
from bench.targets import Target, opened, requests
from graphdb.local import Endpoint

CONNECTIONS: Mapping[str, Sequence[int]] = {
    "tiny": (1, 32),
    "hop1": (1, 32),
    "hop3": (1, 32),
    "n1000": (1, 8),
    "search": (1,),
    "tree": (1,),
    "path": (1,),
}
"""Over how many connections each document is asked."""
MOST, MOST_A_SECOND = 32, 20_000
COMPARED, MOST_COMPARED = 10, 200
"""So many answers of each document are compared before anything is measured, and of Kith to many at once."""


def measured(
    at: Endpoint, database: int, token: str, asked: Question, against: Sequence[str], plan: Plan, progress: Progress
) -> dict[int, dict[str, list[Measured]]]:
    """For each number of connections, what Kith measured, and each of `against` that answers the document.

    Raises WrongAnswer where one does not answer as Kith does, and NotServing.
    """
    with loading() as processes, opened(at, token, asked, against) as targets:
        for name in targets.keys() - {KITH}:
            compare(name, targets[KITH], targets[name])
        if max(CONNECTIONS[asked.document]) > 1:
            compare_together(targets[KITH], max(CONNECTIONS[asked.document]))
        return in_turn(processes, targets, asked, database, plan, progress)


def in_turn(
    processes: ProcessPoolExecutor,
    targets: Mapping[str, Target],
    asked: Question,
    database: int,
    plan: Plan,
    progress: Progress,
) -> dict[int, dict[str, list[Measured]]]:
    """For each number of connections over which a document is asked, what each of the targets that bear so many
    measured. Raises WrongAnswer."""
    counts, found = CONNECTIONS[asked.document], {}
    for index, connections in enumerate(counts):
        runs = {
            name: partial(run, processes, target, asked, database, connections)
            for name, target in targets.items()
            if connections <= target.most
        }
        found[connections] = interleaved(runs, plan, part(progress, index, len(counts)))
    return found


def asked_by(tokens: Mapping[str, str], to: Listening, asked: Question) -> Mapping[str, Target]:
    """One service, asked the same by several viewers. Raises WrongAnswer where one is answered with an error."""
    targets = {name: Target(to, requests(asked, {"authorization": f"Bearer {one}"})) for name, one in tokens.items()}
    for name, target in targets.items():
        for answer in http.answers(to, target.requests[:COMPARED]):
            if b'"errors"' in answer:
                raise WrongAnswer(f"{name} is answered {answer!r:.200}")
    return targets


def limit(at: Endpoint, database: int, plan: Plan) -> Measured:
    """What the load generator measures where an answer takes next to nothing: so fast it can be."""
    request = http.post("/nothing", b"{}", {})
    with loading() as processes, serving(["bench.endpoint"], at) as to:
        many = [request] * int(5 * MOST_A_SECOND * plan.seconds)
        return processes.submit(http.load, to, database, many, MOST, plan.seconds, MOST, 0, b"name").result()


def run(
    processes: ProcessPoolExecutor, target: Target, asked: Question, database: int, connections: int, seconds: float
) -> Measured:
    """A run of the requests, over and over; the first of each connection, which open it, don't count."""
    first = target.requests[:connections]
    many = [*first, *islice(cycle(target.requests), int(MOST_A_SECOND * seconds))]
    holds = target.holds or asked.holds
    load = partial(http.load, target.to, database, many, connections, seconds, len(first), asked.least, holds)
    return processes.submit(load).result()


def compare_together(kith: Target, connections: int) -> None:
    """Raises WrongAnswer where Kith, asked by many at once, does not answer what it answers each alone."""
    alone, together = (sorted(http.answers(kith.to, kith.requests[:MOST_COMPARED], many)) for many in (1, connections))
    if alone != together:
        different = sum(one != other for one, other in zip(alone, together, strict=True))
        raise WrongAnswer(f"{KITH} answers {different} requests otherwise when they come at once")


def compare(name: str, kith: Target, other: Target) -> None:
    """Raises WrongAnswer, with the place, where two don't answer the same, or Kith has an error."""
    ours, theirs = (http.answers(one.to, one.requests[:COMPARED]) for one in (kith, other))
    for place, answers in enumerate(zip(ours, theirs, strict=True)):
        mine, its = map(orjson.loads, answers)
        for who, answer in ((KITH, mine), (name, its)):
            if "errors" in answer:
                raise WrongAnswer(f"{who} answers request {place} with {answer['errors']}")
        if different := difference(other.of_kith(mine), other.own(its)):
            raise WrongAnswer(f"{name} does not answer request {place} as {KITH} does: {different}")
