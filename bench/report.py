"""What came of it: figures as a file for programs and tables for people."""

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from bench import chart
from bench.growth import Growth
from bench.measured import Measured
from bench.rounds import Plan, Row, rows
from bench.search import Sort
from graphdb.local.jars import VERSION

FOLDER = Path(__file__).parent / "results"
HEADS = {
    "rows": ("document", "connections", "against", "rate", "least", "greatest", "service CPU", "median latency"),
    "figures": (
        *("document", "connections", "target", "a second", "p50 ms", "p99 ms"),
        *("service CPU ms", "database CPU ms", "service MB", "load generator's share"),
    ),
    "growth": ("document", "connections", "Kith", "raw", "Kith's by raw's", "least", "greatest"),
    "searches": ("search", "Kith, median ms", "its statement, median ms", "median ratio"),
}
NOTES = """Kith is asked over HTTP, signed in, as a user runs it; everything else answers anybody. Ratios are Kith's
figure by the other's in each round; shown is the median over the rounds, for the rate with the least and the greatest.
What they answer was compared before. Of an import the rate is of people and relationships.

- `raw`: of tiny, hop1, hop3 and n1000 a bare ASGI application, served as Kith is, with one statement written by hand
  that returns what is answered (`bench/documents`); of search, tree and path the same application with the statements
  that Kith sends; of relate, with Kith's statements, and of an import, with its records in batches of 5,000, the driver
  alone in the process that measures.
- `by hand`: of tree and path that application with one statement written by hand; of relate, over the driver alone, the
  same locks, checks and records in two statements that take nothing but this one type. `endpoint` is that over HTTP.
- `strawberry`: types with a resolver for each field that leads on, which runs a statement, behind Strawberry's own view
  (`bench/naive.py`); beyond one connection only of tiny, since it takes a minute an answer.
- `@neo4j/graphql`: as its guides have it, behind GraphQL Yoga, with documents in its own words (`bench/peers`).
- `administrator`: of the documents as an agent, who sees by relationships alone and serves 10,000 customers, the same
  asked by an administrator of the same service: here the lower is the better, for latency and processor time.
- `unguarded`, `without a session`, `by cookie`: of tiny in a session, the same service where nobody is asked who it is,
  asked with a token that has no session, and by a browser; the first says what signing in takes.
- growth: how many times as long a request takes with ten times the customers."""

LIMIT = """The load generator sent {rate:,.0f} requests a second over {connections} connections to an endpoint that
reads nothing, and took {load:.2f} of a processor for it; its share in each measurement stands beside that."""


@dataclass(frozen=True)
class Figures:
    """Medians over the rounds of a target: records a second, latencies, and processor time a record."""

    document: str
    connections: int
    target: str
    per_second: float
    p50_ms: float
    p99_ms: float
    service_ms: float
    database_ms: float
    memory_mb: float
    load: float


@dataclass
class Report:
    """All that was measured on one machine at one time."""

    customers: int
    plan: Plan
    rows: list[Row] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    searches: list[Sort] = field(default_factory=list)
    growth: list[Growth] = field(default_factory=list)
    limit: Figures | None = None

    def add(self, document: str, found: Mapping[int, Mapping[str, Sequence[Measured]]]) -> None:
        """Adds what each target measured of a document, over each number of connections."""
        for connections, measured in found.items():
            self.rows += rows(document, connections, measured)
            self.figures += figures(document, connections, measured)


def figures(document: str, connections: int, found: Mapping[str, Sequence[Measured]]) -> list[Figures]:
    """What each target measured."""
    return [figure(document, connections, target, rounds) for target, rounds in found.items()]


def figure(document: str, connections: int, target: str, rounds: Sequence[Measured]) -> Figures:
    """What a target measured in its rounds."""
    return Figures(
        document,
        connections,
        target,
        median(one.per_second for one in rounds),
        median(one.percentile(50) for one in rounds),
        median(one.percentile(99) for one in rounds),
        median(one.service_ms for one in rounds),
        median(one.database_ms for one in rounds),
        median(one.megabytes for one in rounds),
        median(one.load for one in rounds),
    )


def tables(report: Report) -> dict[str, list[tuple[str, ...]]]:
    """The tables of a report, as text, by the names of HEADS."""
    return {
        "rows": [
            (
                *(row.document, str(row.connections), row.against, f"{row.requests_ratio:.2f}"),
                *(f"{one:.2f}" for one in (*row.spread, row.cpu_ratio, row.latency_ratio)),
            )
            for row in report.rows
        ],
        "figures": [
            tuple(value if isinstance(value, str) else shown(value) for value in asdict(one).values())
            for one in report.figures
        ],
        "growth": [
            (one.document, str(one.connections), *map(shown, (one.kith, one.raw, one.ratio, *one.spread)))
            for one in report.growth
        ],
        "searches": [(one.sort, shown(one.kith_ms), shown(one.raw_ms), shown(one.ratio)) for one in report.searches],
    }


def shown(value: float) -> str:
    """A number as people read it."""
    return f"{value:,.0f}" if isinstance(value, int) or value >= 1000 else f"{value:.2f}"


def write(report: Report, folder: Path = FOLDER) -> None:
    """Writes `latest.json`, `latest.md` and `latest.svg`."""
    folder.mkdir(exist_ok=True)
    at, machine = datetime.now(UTC).isoformat(timespec="seconds"), about()
    whole: dict[str, Any] = {"at": at, "machine": machine, **asdict(report)}
    (folder / "latest.json").write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2))
    (folder / "latest.svg").write_text(chart.drawn(report.figures))
    parts = ["# Benchmarks", f"{at}, {report.customers:,} customers, {report.plan.rounds} rounds."]
    parts += ["![Requests a second by those of raw](latest.svg)", NOTES]
    parts += [markdown(HEADS[name], rows) for name, rows in tables(report).items() if rows]
    if report.limit:
        limit = report.limit
        parts.append(LIMIT.format(rate=limit.per_second, connections=limit.connections, load=limit.load))
    parts.append(", ".join(f"{name} {value}" for name, value in machine.items()))
    (folder / "latest.md").write_text("\n\n".join(parts) + "\n")


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def about() -> dict[str, str]:
    """What the figures depend on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processors": str(os.cpu_count()),
        "Python": sys.version.partition(" ")[0],
        "Neo4j": VERSION,
    }
