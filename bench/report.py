"""What came of it: figures as a file for programs and tables for people."""

import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from bench.measured import Measured
from bench.rounds import Plan, Row
from bench.search import Sort
from graphdb.local.jars import VERSION

FOLDER = Path(__file__).parent / "results"
HEADS = {
    "rows": ("document", "connections", "against", "rate", "least", "greatest", "service CPU", "median latency"),
    "figures": (
        *("document", "connections", "target", "a second", "p50 ms", "p99 ms"),
        *("service CPU ms", "database CPU ms", "load generator's share"),
    ),
    "searches": ("search", "Kith, median ms", "its statement, median ms", "median ratio"),
}
NOTES = """Kith is asked over HTTP, signed in, as a user runs it. Ratios are Kith's figure by the other's, in each
round; the median over the rounds, for the rate with the least and the greatest. Of an import the rate is of people and
relationships. `raw` is the driver alone, in the process that measures, without HTTP: the statements that Kith sends for
a relationship or a search; an import's records in batches of 5,000. `by hand` is a relationship with the same locks,
checks and records as Kith's in two statements that take nothing but this one type; `endpoint` is that behind a bare
HTTP endpoint. Of all but `endpoint`, and of an import, the process that measures is the service."""


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
    load: float


@dataclass(frozen=True)
class Report:
    """All that was measured on one machine at one time."""

    customers: int
    plan: Plan
    rows: Sequence[Row]
    figures: Sequence[Figures]
    searches: Sequence[Sort]


def figures(document: str, connections: int, found: Mapping[str, Sequence[Measured]]) -> Iterator[Figures]:
    """What each target measured."""
    for target, rounds in found.items():
        yield Figures(
            document,
            connections,
            target,
            median(one.per_second for one in rounds),
            median(one.percentile(50) for one in rounds),
            median(one.percentile(99) for one in rounds),
            median(one.service_ms for one in rounds),
            median(one.database_ms for one in rounds),
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
        "searches": [(one.sort, shown(one.kith_ms), shown(one.raw_ms), shown(one.ratio)) for one in report.searches],
    }


def shown(value: float) -> str:
    """A number as people read it."""
    return f"{value:,.0f}" if isinstance(value, int) or value >= 1000 else f"{value:.2f}"


def write(report: Report, folder: Path = FOLDER) -> None:
    """Writes `latest.json` and `latest.md`."""
    folder.mkdir(exist_ok=True)
    at, machine = datetime.now(UTC).isoformat(timespec="seconds"), about()
    whole: dict[str, Any] = {"at": at, "machine": machine, **asdict(report)}
    (folder / "latest.json").write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2))
    parts = ["# Benchmarks", f"{at}, {report.customers:,} customers, {report.plan.rounds} rounds.", NOTES]
    parts += [markdown(HEADS[name], rows) for name, rows in tables(report).items() if rows]
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
