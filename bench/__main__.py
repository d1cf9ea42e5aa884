"""`python -m bench`: benchmarks on this machine, as ratios to the driver itself."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from random import Random
from typing import Annotated

import typer
from rich.table import Table

from bench import importing, relate, report, search
from bench.data import CUSTOMERS, SEED, records
from bench.http import WrongAnswer
from bench.measured import Measured
from bench.processes import SECRET, NotServing
from bench.report import HEADS, Report
from bench.rounds import Plan, rows
from bench.store import opened
from graphdb.local import AlreadyRunning, FetchFailed, Server, StartFailed
from kith.progress import Bars, console
from kith.settings import WrongSetting, load
from kith.tokens import Tokens
from resolvers.access import ADMINISTRATOR

CONNECTIONS = (1, 16)
Found = Mapping[str, Sequence[Measured]]


class Document(Enum):
    RELATE = "relate"
    SEARCH = "search"
    IMPORT = "import"


def bench(
    documents: Annotated[list[Document] | None, typer.Argument(help="What to measure; all without any.")] = None,
    rounds: Annotated[int, typer.Option(help="How many rounds count.")] = 7,
    seconds: Annotated[float, typer.Option(help="How long each target is measured in each round.")] = 5,
    scale: Annotated[int, typer.Option(help="How many customers.")] = CUSTOMERS,
    people: Annotated[int, typer.Option(help="How many people are in the file that is imported.")] = 20_000,
    keep: Annotated[bool, typer.Option(help="Keep the figures in bench/results.")] = False,
) -> None:
    """Measure Kith against the driver itself, in turn."""
    wanted, plan = documents or list(Document), Plan(rounds, seconds)
    searches = search.typed(records(scale, SEED), Random(SEED)) if Document.SEARCH in wanted else []
    found = list[tuple[Document, int, Found]]()
    with Bars() as bars, opened(scale, SEED, load().cache.expanduser(), bars) as server:
        for document in wanted:
            for connections, measured in run(document, server, plan, searches, people, bars):
                found.append((document, connections, measured))
    told = Report(
        scale,
        plan,
        [row for document, connections, each in found for row in rows(document.value, connections, each)],
        [one for document, connections, each in found for one in report.figures(document.value, connections, each)],
        [one for document, _, each in found if document is Document.SEARCH for one in search.by_sort(searches, each)],
    )
    show(told)
    if keep:
        report.write(told)


def run(
    document: Document, server: Server, plan: Plan, searches: Sequence[search.Typed], people: int, bars: Bars
) -> Iterator[tuple[int, Found]]:
    """What a document measured, over each number of connections."""
    at, database, bar = server.endpoint, server.pid, bars.bar(f"Measuring: {document.value}")
    assert database
    token = Tokens(SECRET).new(ADMINISTRATOR, datetime.now(UTC))
    match document:
        case Document.RELATE:
            yield from relate.measured(at, database, token, CONNECTIONS, plan, bar).items()
        case Document.SEARCH:
            yield 1, search.measured(at, database, token, searches, plan, bar)
        case Document.IMPORT:
            yield 1, importing.measured(at, database, people, plan, bar)


def show(told: Report) -> None:
    """The tables of a report."""
    for name, lines in report.tables(told).items():
        table = Table(*HEADS[name], box=None)
        for line in lines:
            table.add_row(*line)
        if lines:
            console.print(table, "")


def main() -> None:
    """Runs it; what can go wrong is said in a line or two, and the exit status is 1."""
    cli = typer.Typer(add_completion=False)
    cli.command()(bench)
    try:
        cli()
    except (WrongAnswer, NotServing, WrongSetting, AlreadyRunning, FetchFailed, StartFailed) as error:
        console.print(str(error), style="red", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
