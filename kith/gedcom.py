"""Importing a GEDCOM file from the command line, beside a running service or without."""

import asyncio
from pathlib import Path

from rich.table import Table
from rich.text import Text

from domain.gedcom import Report
from graphdb.local import Endpoint
from kith.context import Contexts
from kith.garbage import settle
from kith.progress import Bars, console
from kith.settings import Settings
from kith.store import endpoint, opened
from resolvers.gedcom.importing import import_gedcom
from resolvers.viewers import ADMINISTRATOR


def run(settings: Settings, file: Path, source: str) -> None:
    """Imports a file, with a bar, and tells what came in and what was left out. Raises NotGedcom, Refused."""
    with endpoint(settings) as at:
        show(asyncio.run(brought_in(settings, at, file, source)))


async def brought_in(settings: Settings, at: Endpoint, file: Path, source: str) -> Report:
    """What importing a file into the store at an address did."""
    async with opened(at, settings) as graph:
        settle()
        with Bars() as bars:
            return await import_gedcom(Contexts(graph, settings).of(ADMINISTRATOR), file, source, bars.bar(file.name))


def show(report: Report) -> None:
    """The report as tables: what came in, what was left out and how often, and what is to be told of single lines."""
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
        left.add_row(Text(reason), str(count))
    if report.left_out:
        console.print(left)
    lines = Table("Line", "What is to be told of it", box=None)
    for remark in report.remarks:
        lines.add_row(str(remark.line), Text(remark.text))
    if report.remarks:
        console.print(lines)
    if report.more_remarks:
        console.print(f"and {report.more_remarks:,} more of later lines")
