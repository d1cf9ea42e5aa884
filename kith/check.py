"""The integrity report from the command line, beside a running service or without."""

import asyncio
from collections.abc import Sequence

from rich.table import Table

from domain.integrity import Report, Total
from graphdb.local import Endpoint
from kith.context import Contexts
from kith.progress import Bars, console
from kith.settings import Settings
from kith.store import endpoint, opened
from resolvers.integrity import integrity_report
from resolvers.viewers import ADMINISTRATOR


def run(settings: Settings) -> bool:
    """Examines the whole store, tells what was found, and answers whether it is whole: notices are no damage."""
    with endpoint(settings) as at:
        report = asyncio.run(examined(settings, at))
    show("Error", report.errors)
    show("Notice", report.notices)
    if not report.errors:
        console.print("No errors.")
    return not report.errors


async def examined(settings: Settings, at: Endpoint) -> Report:
    """The report on the store at an address."""
    async with opened(at, settings) as graph:
        with Bars() as bars:
            return await integrity_report(Contexts(graph, settings).of(ADMINISTRATOR), bars.steps())


def show(heading: str, totals: Sequence[Total]) -> None:
    """Findings as a table, with the first records of each."""
    table = Table(heading, "How often", "What it says", "First records", box=None)
    for total in totals:
        table.add_row(total.finding.name, str(total.count), total.finding.value, "\n".join(total.records[:5]))
    if totals:
        console.print(table)
