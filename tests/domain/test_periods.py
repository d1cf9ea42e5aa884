"""SPEC 3.1, 3.2, 3.6: the period of a relationship, read and ended."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.partial_dates import Period
from domain.periods import checked_period, ended, readable_period
from domain.refusals import EndBeforeStart, InvalidValue, Refusal, Refused
from domain.relationship_types import Category
from tests.domain.ties import period

FAMILY = [Category.PARENTAGE, Category.PARTNERSHIP]
OTHERS = [category for category in Category if category not in FAMILY]
IMPRECISE = ["1823", "1823-05", "1823~", "1823-05-17~", "1823-05-17?", "../1823", "1823/..", "182X", "1823/1825"]
TODAY = date(2026, 7, 1)


@pytest.mark.parametrize("category", FAMILY)
@pytest.mark.parametrize("text", IMPRECISE)
def test_ties_of_family_may_have_imprecise_dates(category: Category, text: str) -> None:
    """SPEC 3.1"""
    assert checked_period(text, None, category) == (period(text), [])
    assert checked_period(None, text, category) == (period(None, text), [])


@pytest.mark.parametrize("category", OTHERS)
@pytest.mark.parametrize("text", IMPRECISE)
def test_others_must_have_full_dates(category: Category, text: str) -> None:
    """SPEC 3.1: "about" a day is no full date either."""
    assert checked_period(text, text, category) == (
        None,
        [
            InvalidValue(path=("validFrom",), reason="must be a full date"),
            InvalidValue(path=("validTo",), reason="must be a full date"),
        ],
    )


@pytest.mark.parametrize("category", list(Category))
def test_every_category_takes_full_dates_and_none(category: Category) -> None:
    """SPEC 3.2"""
    assert checked_period("2024-02-29", "2024-03-01", category) == (period("2024-02-29", "2024-03-01"), [])
    assert checked_period(None, None, category) == (Period(None, None), [])


NO_DATE = 'is not written as "1823-05-17", "1823-05", "1823", "182X", "1823~", "../1823" or the like'


@pytest.mark.parametrize(
    ("start", "end", "refusals"),
    [
        ("2024-01-02", "2024-01-01", [EndBeforeStart(path=("validTo",))]),
        ("1824", "1823", [EndBeforeStart(path=("validTo",))]),
        (
            "2023-02-31",
            "soon",
            [
                InvalidValue(path=("validFrom",), reason="has a day that February 2023 does not have"),
                InvalidValue(path=("validTo",), reason=NO_DATE),
            ],
        ),
        ("", None, [InvalidValue(path=("validFrom",), reason=NO_DATE)]),
    ],
)
def test_a_period_that_cannot_be_is_refused(start: str, end: str | None, refusals: list[Refusal]) -> None:
    """SPEC 3.5"""
    assert checked_period(start, end, Category.PARTNERSHIP) == (None, refusals)


@pytest.mark.parametrize(
    ("start", "end"), [("2024-01-01", "2024-01-01"), ("1823", "1823"), ("1823-05", "1823"), ("../1824", "1823")]
)
def test_an_end_equal_to_the_start_is_allowed_and_so_is_one_that_may_be_later(start: str, end: str) -> None:
    """SPEC 3.2"""
    assert checked_period(start, end, Category.PARTNERSHIP) == (period(start, end), [])


def test_a_date_that_cannot_be_read_is_no_bound() -> None:
    """What is read for a decision must hold whatever the decision may rest on."""
    assert readable_period("2024-01-01", "soon") == period("2024-01-01")
    assert readable_period("2023-02-31", None) == Period(None, None)
    assert readable_period("1824", "1823") == period("1824", "1823")


@pytest.mark.parametrize(
    ("before", "on", "after"),
    [
        ((None, None), None, (None, "2026-07-01")),
        (("2020-01-01", None), None, ("2020-01-01", "2026-07-01")),
        (("2020-01-01", None), date(2025, 1, 1), ("2020-01-01", "2025-01-01")),
        (("2020-01-01", None), date(2027, 1, 1), ("2020-01-01", "2027-01-01")),
        (("2020-01-01", None), date(2020, 1, 1), ("2020-01-01", "2020-01-01")),
        (("2026-07-01", None), None, ("2026-07-01", "2026-07-01")),
        (("2030-01-01", None), None, ("2030-01-01", "2030-01-01")),
        (("2030-01-01", "2031-01-01"), None, ("2030-01-01", "2030-01-01")),
        (("2020-01-01", "2030-01-01"), None, ("2020-01-01", "2026-07-01")),
        (("2020-01-01", "2030-01-01"), date(2028, 1, 1), ("2020-01-01", "2028-01-01")),
        (("2020-01-01", "2021-01-01"), None, ("2020-01-01", "2021-01-01")),
        (("2020-01-01", "2021-01-01"), date(2021, 1, 1), ("2020-01-01", "2021-01-01")),
        (("1990", "2020"), date(2020, 12, 31), ("1990", "2020")),
        (("2020-01-01", "2021-01-01"), date(2020, 6, 1), ("2020-01-01", "2020-06-01")),
        (("1990~", None), None, ("1990~", "2026-07-01")),
        (("../1990", None), None, ("../1990", "2026-07-01")),
        (("2026", None), None, ("2026", "2026-07-01")),
        (("2027", None), None, ("2027", "2027-01-01")),
        (("1990", "2026"), None, ("1990", "2026-07-01")),
        (("1990", "../2020"), None, ("1990", "../2020")),
        (("1990", "2020/.."), None, ("1990", "2026-07-01")),
    ],
)
def test_ending_shortens(
    before: tuple[str | None, str | None], on: date | None, after: tuple[str | None, str | None]
) -> None:
    """SPEC 3.2, 3.6: today without a day, and over at once; one that starts later never holds."""
    assert ended(period(*before), on, TODAY) == period(*after)


@pytest.mark.parametrize(
    ("before", "on", "refusal"),
    [
        (("2020-01-01", None), date(2019, 12, 31), EndBeforeStart(path=("on",))),
        (("2020-01-01", "2021-01-01"), date(2019, 12, 31), EndBeforeStart(path=("on",))),
        (
            *(("2020-01-01", "2021-01-01"), date(2021, 1, 2)),
            InvalidValue(path=("on",), reason="lies after the end it has already, 2021-01-01"),
        ),
        (
            *(("1990", "2020"), date(2021, 1, 1)),
            InvalidValue(path=("on",), reason="lies after the end it has already, 2020"),
        ),
    ],
)
def test_ending_neither_lengthens_nor_ends_before_the_start(
    before: tuple[str | None, str | None], on: date, refusal: Refusal
) -> None:
    """SPEC 3.5, 3.6"""
    with pytest.raises(Refused) as caught:
        ended(period(*before), on, TODAY)
    assert caught.value.refusals == (refusal,)


DAYS = st.dates(date(2026, 6, 25), date(2026, 7, 7))


@settings(max_examples=400)
@given(st.none() | DAYS, st.none() | DAYS, st.none() | DAYS)
def test_what_is_ended_without_a_day_is_over_and_never_holds_longer(
    start: date | None, end: date | None, on: date | None
) -> None:
    """SPEC 3.2, 3.6"""
    if start and end and end < start:
        return
    before = period(start.isoformat() if start else None, end.isoformat() if end else None)
    try:
        after = ended(before, on, TODAY)
    except Refused:
        assert on is not None
        return
    held = {day for n in range(20) if before.holds_on(day := date(2026, 6, 22) + timedelta(n))}
    holds = {day for n in range(20) if after.holds_on(day := date(2026, 6, 22) + timedelta(n))}
    assert holds == {day for day in held if day < (on or TODAY)}
