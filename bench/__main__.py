"""`python -m bench`: benchmarks on this machine, as ratios to what else would answer."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from bench import access, apps, deleting, growth, importing, merging, reading, relate, report, search, signin
from bench.data import CUSTOMERS, SEED
from bench.growth import GROWN
from bench.http import WrongAnswer
from bench.processes import SECRET, NotServing
from bench.questions import TooSmall, question, searches
from bench.reading import MOST
from bench.report import HEADS, Report
from bench.rounds import RAW, Plan, Progress, part
from bench.store import alone, opened
from bench.targets import BY_HAND, NEO4J_GRAPHQL, STRAWBERRY
from graphdb.local import AlreadyRunning, FetchFailed, Server, StartFailed
from graphdb.local.importer import ImportFailed
from kith.progress import Bars, console
from kith.settings import WrongSetting, load
from kith.tokens import Tokens
from resolvers.viewers import ADMINISTRATOR

CONNECTIONS = (1, 16)
"""Over how many connections customers are related."""
WIDE = 150
"""The tables of figures need so many letters a line."""
EXPECTED = (
    *(WrongAnswer, NotServing, TooSmall, WrongSetting),
    *(AlreadyRunning, FetchFailed, StartFailed, ImportFailed),
)
SCALES = {"100k": 100_000, "1m": 1_000_000}


class Document(Enum):
    """What can be measured."""

    TINY = "tiny"
    HOP1 = "hop1"
    HOP3 = "hop3"
    N1000 = "n1000"
    SEARCH = "search"
    TREE = "tree"
    PATH = "path"
    RELATE = "relate"
    ACCESS = "access"
    SIGNIN = "signin"
    APPS = "apps"
    IMPORT = "import"
    MERGE = "merge"
    DELETE = "delete"
    GROWTH = "growth"


class Name(Enum):
    """What reading can be measured against."""

    RAW = RAW
    BY_HAND = BY_HAND
    STRAWBERRY = STRAWBERRY
    NEO4J_GRAPHQL = NEO4J_GRAPHQL


def scaled(given: str | int) -> int:
    """A number of customers: `100k`, `1m` or digits. Raises ValueError."""
    return SCALES.get(str(given).lower()) or int(given)


def bench(
    documents: Annotated[list[Document] | None, typer.Argument(help="What to measure; all without any.")] = None,
    against: Annotated[
        list[Name] | None, typer.Option(help="What reading is measured against; all without any.")
    ] = None,
    rounds: Annotated[int, typer.Option(help="How many rounds count.")] = 7,
    seconds: Annotated[float, typer.Option(help="How long each target is measured in each round.")] = 1.2,
    scale: Annotated[int, typer.Option(parser=scaled, help="How many customers: 100k, 1m, or any number.")] = CUSTOMERS,
    people: Annotated[int, typer.Option(help="How many people are in the file that is imported.")] = 10_000,
    records: Annotated[int, typer.Option(help="How many relationships are deleted with their type.")] = 100_000,
    keep: Annotated[bool, typer.Option(help="Keep the figures in bench/results.")] = False,
) -> None:
    """Measure Kith and what else would answer, in turn."""
    token, cache = Tokens(SECRET).new(ADMINISTRATOR.id, datetime.now(UTC)), load().cache.expanduser()
    told, others = Report(scale, Plan(rounds, seconds)), [name.value for name in against or Name]
    with Bars() as bars, alone(), opened(scale, SEED, cache, bars) as server:
        assert server.pid
        told.limit = report.figure("nothing", MOST, "endpoint", [reading.limit(server.endpoint, server.pid, told.plan)])
        for document in documents or Document:
            bar = bars.bar(f"Measuring {document.value}")
            if document is Document.GROWTH:
                other = scale * GROWN if scale <= CUSTOMERS else scale // GROWN
                with opened(other, SEED, cache, bars) as beside:
                    small, large = (server, beside) if scale < other else (beside, server)
                    told.growth += growth.measured(small, large, token, told.plan, bar)
            else:
                measure(told, document, server, others, (people, records), token, bar)
    show(told)
    if keep:
        report.write(told)


def measure(
    told: Report,
    document: Document,
    server: Server,
    against: Sequence[str],
    sizes: tuple[int, int],
    token: str,
    bar: Progress,
) -> None:
    """Adds to a report what a document measured; `sizes`: how many are imported, and deleted."""
    at, database, name, plan = server.endpoint, server.pid, document.value, told.plan
    people, records = sizes
    assert database
    match document:
        case Document.RELATE:
            told.add(name, relate.measured(at, database, token, CONNECTIONS, plan, bar))
        case Document.ACCESS:
            for place, one in enumerate(access.DOCUMENTS):
                bar_part = part(bar, place, len(access.DOCUMENTS))
                told.add(f"{one}, as an agent", access.measured(at, database, one, token, plan, bar_part))
        case Document.SIGNIN:
            told.add(f"{signin.DOCUMENT}, in a session", signin.measured(at, database, plan, bar))
        case Document.APPS:
            for place, one in enumerate(apps.DOCUMENTS):
                bar_part = part(bar, place, len(apps.DOCUMENTS))
                told.add(f"{one}, as an app", apps.measured(at, database, one, token, plan, bar_part))
        case Document.IMPORT:
            told.add(name, {1: importing.measured(at, database, people, plan, bar)})
        case Document.MERGE:
            told.add(name, {1: merging.measured(at, database, plan, bar)})
        case Document.DELETE:
            told.add(name, {1: deleting.measured(at, database, records, plan, bar)})
        case _:
            found = reading.measured(at, database, token, question(name, at), against, plan, bar)
            told.add(name, found)
            if document is Document.SEARCH and RAW in found[1]:
                told.searches += search.by_sort(searches(at), found[1])


def show(told: Report) -> None:
    """The tables of a report, as wide as they are: a narrow terminal folds them, a file takes them whole."""
    wide = Console(width=max(console.width, WIDE), stderr=console.stderr)
    for name, lines in report.tables(told).items():
        table = Table(*(Column(head, no_wrap=True) for head in HEADS[name]), box=None)
        for line in lines:
            table.add_row(*line)
        if lines:
            wide.print(table, "")


def main() -> None:
    """Runs it; what can go wrong is said in a line or two, and the exit status is 1."""
    cli = typer.Typer(add_completion=False)
    cli.command()(bench)
    try:
        cli()
    except EXPECTED as error:
        console.print(str(error), style="red", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
