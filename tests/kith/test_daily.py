"""The daily run as a command, and of the service: at its start, and whenever a day of the business begins."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import structlog.testing

from domain.ids import RelationshipId
from graphdb.errors import Unavailable
from graphdb.local import Server
from kith import daily
from kith.daily import day_over, every_day, until_midnight
from kith.settings import Settings
from resolvers.context import Context
from resolvers.daily import run_daily
from resolvers.memberships import end_membership
from tests.client import Client
from tests.command import ran
from tests.schema.test_within_households import Home, day, ended


async def left_yesterday(client: Client, context: Context) -> Home:
    """A household of which Ann left yesterday, as was told the day before; no run has been since."""
    home = await Home.of(client, {"validFrom": "2005-01-01"})
    before = replace(context, today=context.today - timedelta(days=2))
    await end_membership(before, RelationshipId(home.rows[home.ann]), context.today - timedelta(days=1))
    assert await home.is_there()
    return home


async def test_the_command_tells_what_it_did_in_a_line(
    client: Client, context: Context, server: Server, tmp_path: Path
) -> None:
    """4.2: beside whatever runs, and again without harm."""
    home = await left_yesterday(client, context)
    for count in ("1 relationship that was", "0 relationships that were"):
        told = await ran(server, tmp_path, "daily")
        assert (told.returncode, told.stderr) == (0, f"Deleted {count} made within a household and are over.\n")
    assert not await home.is_there()


class Days:
    """Days that are over at once; every run is told, and some fail."""

    def __init__(self, context: Context, days: int) -> None:
        self.context, self.left, self.waited = context, days, list[date]()

    def now(self) -> Context:
        """The context of the day that it is."""
        return replace(self.context, today=self.context.today + timedelta(days=len(self.waited)))

    async def wait(self, today: date) -> None:
        """The day is over; after the last nothing comes."""
        self.waited.append(today)
        if len(self.waited) == self.left:
            raise asyncio.CancelledError


async def test_the_service_runs_it_at_its_start_and_whenever_a_day_begins(client: Client, context: Context) -> None:
    """4.2"""
    home, other = await left_yesterday(client, context), await Home.of(client)
    await ended(client, other.rows[other.ann], day(1))
    days = Days(context, 2)
    with structlog.testing.capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await every_day(days.now, days.wait)
    assert days.waited == [context.today, context.today + timedelta(days=1)]
    assert [(log["event"], log["deleted"]) for log in logs] == [("daily_run", 1)] * 2
    assert not await home.is_there()
    assert not await other.is_there()


async def test_a_run_that_fails_is_tried_again(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """4.2: the database may be away at midnight."""
    failed = list[None]()

    async def fail_once(context: Context) -> int:
        if not failed:
            failed.append(None)
            raise Unavailable("The database cannot be reached now; try again.")
        return await run_daily(context)

    monkeypatch.setattr(daily, "run_daily", fail_once)
    monkeypatch.setattr(daily, "AGAIN_SECONDS", 0.01)
    days = Days(context, 1)
    with structlog.testing.capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await every_day(days.now, days.wait)
    assert [(log["event"], log["code"]) for log in logs] == [("daily_run_failed", "UNAVAILABLE")]
    assert days.waited == [context.today]


@pytest.mark.parametrize(
    ("now", "zone", "hours"),
    [
        ("2026-03-01T23:00", "UTC", 1),
        ("2026-03-01T00:00", "UTC", 24),
        ("2026-03-01T11:30", "Pacific/Auckland", 23.5),
        ("2026-03-01T10:30", "Pacific/Auckland", 0.5),
        ("2026-03-28T23:00", "Europe/Vienna", 23),
        ("2026-10-24T22:00", "Europe/Vienna", 25),
        ("2026-03-01T12:00", "America/Los_Angeles", 20),
    ],
)
def test_a_day_ends_at_midnight_in_the_time_zone_of_the_business(now: str, zone: str, hours: float) -> None:
    """3.2"""
    assert until_midnight(datetime.fromisoformat(now).replace(tzinfo=UTC), zone) == hours * 3600


async def test_a_day_that_is_over_is_not_waited_for(settings: Settings) -> None:
    """3.2"""
    today = settings.today(datetime.now(UTC))
    await day_over(settings, today - timedelta(days=1))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(day_over(settings, settings.today(datetime.now(UTC))), 0.01)
