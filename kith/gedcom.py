"""Importing a GEDCOM file from the command line, beside a running service or without."""

import asyncio
from pathlib import Path

from rich.table import Table

from domain.gedcom import Report
from graphdb.local import Endpoint
from kith.context import Contexts
from kith.progress import Bars, console
from kith.settings import Settings
from kith.store import endpoint, opened
from resolvers.access import ADMINISTRATOR
from resolvers.gedcom.importing import import_gedcom


def run(settings: Settings, file: Path, source: str) -> None:
    """Imports a file, with a bar, and tells what came in and what was left out. Raises NotGedcom, Refused."""
    with endpoint(settings) as at:
        show(asyncio.run(brought_in(settings, at, file, source)))


async def brought_in(settings: Settings, at: Endpoint, file: Path, source: str) -> Report:
    """What importing a file into the store at an address did."""
    async with opened(at, settings) as graph:
        with Bars() as bars:
            return await import_gedcom(Contexts(graph, settings).of(ADMINISTRATOR), file, source, bars.bar(file.name))


def show(report: Report) -> None:
    """The report as two tables: what came in, and what was left out."""
    came = Table("", "Made", "There already", box=None)
    for what, made, there in (
        ("People", report.made.people, report.there_already.people),
        ("Parentages", report.made.parentages, report.there_already.parentages),
        ("Partnerships", report.made.partnerships, report.there_already.partnerships),
    ):
        came.add_row(what, str(made), str(there))
    console.print(came)
    left = Table("Left out", "How often", box=None)
    for reason, count in report.left_out.items():
        left.add_row(reason, str(count))
    if report.left_out:
        console.print(left)
