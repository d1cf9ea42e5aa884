"""SPEC 3.3: limits hold on every day, not only today."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.limits import crowded
from domain.partial_dates import Period
from domain.relationships import Relationship
from tests.domain.ties import CONSUMER, FRIEND, ordered, party, period, tie

A, B = party(CONSUMER, 1), party(CONSUMER, 2)
FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(n) for n in range(-1, 9)]


def ties(*periods: tuple[str | None, str | None]) -> list[Relationship]:
    """Relationships that hold in these periods."""
    return [tie(number, FRIEND, A, B, *each) for number, each in enumerate(periods)]


def crowd(new: tuple[str | None, str | None], limit: int, *others: tuple[str | None, str | None]) -> list[int]:
    """The places of those that leave no room."""
    there = ties(*others)
    return [there.index(each) for each in crowded(period(*new), there, limit)]


@pytest.mark.parametrize(
    ("new", "limit", "others", "full"),
    [
        ((None, None), 1, [], []),
        ((None, None), 1, [(None, None)], [0]),
        ((None, None), 2, [(None, None)], []),
        (("2026-01-05", None), 1, [("2026-01-01", "2026-01-05")], []),
        (("2026-01-04", None), 1, [("2026-01-01", "2026-01-05")], [0]),
        ((None, "2026-01-05"), 1, [("2026-01-05", None)], []),
        ((None, "2026-01-06"), 1, [("2026-01-05", None)], [0]),
        (("2026-01-05", "2026-01-05"), 1, [(None, None)], []),
        ((None, None), 1, [("2026-01-05", "2026-01-05")], []),
        ((None, None), 2, [("2026-01-01", "2026-01-03"), ("2026-01-03", "2026-01-05")], []),
        ((None, None), 2, [("2026-01-01", "2026-01-04"), ("2026-01-03", "2026-01-05")], [0, 1]),
        (("2026-01-04", None), 2, [("2026-01-01", "2026-01-04"), ("2026-01-03", "2026-01-05")], []),
        ((None, None), 2, [("2026-01-01", None), ("2026-01-02", "2026-01-03"), ("2026-01-02", None)], [0, 1, 2]),
        (("1990", None), 1, [("1980", "1990")], []),
        (("1990", None), 1, [("1980", "1995")], [0]),
        (("1990", "1991"), 1, [("1991", None)], []),
        (("1990", "1992"), 1, [("1991", None)], [0]),
        (("1990", None), 1, [("1991/..", None)], []),
        (("1990", None), 1, [(None, "../1995")], []),
    ],
)
def test_those_that_leave_no_room_are_named(
    new: tuple[str | None, str | None],
    limit: int,
    others: list[tuple[str | None, str | None]],
    full: list[int],
) -> None:
    """SPEC 3.3: the end is excluded; imprecise periods count on days on which they must hold."""
    assert crowd(new, limit, *others) == full


def text(day: int | None) -> str | None:
    return None if day is None else (FIRST + timedelta(day)).isoformat()


BOUND = st.none() | st.integers(0, 7)
PERIODS = st.tuples(BOUND, BOUND).filter(ordered)


@settings(max_examples=500)
@given(PERIODS, st.lists(PERIODS, max_size=7), st.integers(1, 4))
def test_there_is_no_room_if_and_only_if_some_day_is_full(
    new: tuple[int | None, int | None], others: list[tuple[int | None, int | None]], limit: int
) -> None:
    """SPEC 3.3: day by day."""
    wanted = period(*map(text, new))
    there = ties(*((text(start), text(end)) for start, end in others))
    full = [
        holding
        for day in DAYS
        if wanted.holds_on(day) and len(holding := [each for each in there if each.period.holds_on(day)]) >= limit
    ]
    assert list(crowded(wanted, there, limit)) == (full[0] if full else [])


IMPRECISE = st.sampled_from(
    ["1990", "1991", "199X", "1990~", "../1991", "1990/..", "1990-06", "1991-01-01", "1990/1992"]
)


@settings(max_examples=300)
@given(
    st.tuples(st.none() | IMPRECISE, st.none() | IMPRECISE),
    st.lists(st.tuples(st.none() | IMPRECISE, st.none() | IMPRECISE), max_size=5),
    st.integers(1, 3),
)
def test_imprecise_periods_leave_no_room_if_and_only_if_some_day_must_be_full(
    new: tuple[str | None, str | None], others: list[tuple[str | None, str | None]], limit: int
) -> None:
    """SPEC 3.1, 3.3"""
    wanted, there = period(*new), ties(*others)
    days = [date(1988, 12, 31) + timedelta(n) for n in range(0, 4500, 5)] + edges(wanted, *(t.period for t in there))
    full = [
        day
        for day in days
        if wanted.surely_holds_on(day) and sum(each.period.surely_holds_on(day) for each in there) >= limit
    ]
    assert bool(crowded(wanted, there, limit)) == bool(full)


def edges(*periods: Period) -> list[date]:
    """The days on which something may begin or end."""
    dates = [each for p in periods for each in (p.start, p.end) if each]
    return [day for each in dates for day in (each.earliest, each.latest) if day]
