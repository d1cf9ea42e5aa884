"""SPEC 1.3, 3.1, 3.2: dates known in part, how they are said, and the periods between them."""

import time
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise, product

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.partial_dates import LONGEST, NotADate, PartialDate, Period

DATES = [
    ("1823-05-17", date(1823, 5, 17), date(1823, 5, 17), "17 May 1823"),
    ("1823-05-17~", date(1823, 5, 17), date(1823, 5, 17), "about 17 May 1823"),
    ("1824-02-29", date(1824, 2, 29), date(1824, 2, 29), "29 February 1824"),
    ("1823-05", date(1823, 5, 1), date(1823, 5, 31), "May 1823"),
    ("1823-05?", date(1823, 5, 1), date(1823, 5, 31), "perhaps May 1823"),
    ("1900-02", date(1900, 2, 1), date(1900, 2, 28), "February 1900"),
    ("1823", date(1823, 1, 1), date(1823, 12, 31), "1823"),
    ("1823~", date(1823, 1, 1), date(1823, 12, 31), "about 1823"),
    ("1823?", date(1823, 1, 1), date(1823, 12, 31), "perhaps 1823"),
    ("1823%", date(1823, 1, 1), date(1823, 12, 31), "perhaps about 1823"),
    ("0987", date(987, 1, 1), date(987, 12, 31), "987"),
    ("0001", date(1, 1, 1), date(1, 12, 31), "1"),
    ("9999-12-31", date.max, date.max, "31 December 9999"),
    ("182X", date(1820, 1, 1), date(1829, 12, 31), "the 1820s"),
    ("182X~", date(1820, 1, 1), date(1829, 12, 31), "about the 1820s"),
    ("18XX", date(1800, 1, 1), date(1899, 12, 31), "the 1800s"),
    ("18XX?", date(1800, 1, 1), date(1899, 12, 31), "perhaps the 1800s"),
    ("180X", date(1800, 1, 1), date(1809, 12, 31), "the years 1800 to 1809"),
    ("1823-XX", date(1823, 1, 1), date(1823, 12, 31), "1823"),
    ("1823-XX-XX", date(1823, 1, 1), date(1823, 12, 31), "1823"),
    ("1823-05-XX", date(1823, 5, 1), date(1823, 5, 31), "May 1823"),
    ("1823-21", date(1823, 3, 1), date(1823, 5, 31), "spring 1823"),
    ("1823-22", date(1823, 6, 1), date(1823, 8, 31), "summer 1823"),
    ("1823-23", date(1823, 9, 1), date(1823, 11, 30), "autumn 1823"),
    ("1823-24", date(1823, 12, 1), date(1824, 2, 29), "winter 1823"),
    ("9999-24", date(9999, 12, 1), date.max, "winter 9999"),
    ("../1823", None, date(1823, 12, 31), "before 1823"),
    ("../1823~", None, date(1823, 12, 31), "before about 1823"),
    ("../1823?", None, date(1823, 12, 31), "perhaps before 1823"),
    ("../1823-05-17%", None, date(1823, 5, 17), "perhaps before about 17 May 1823"),
    ("1823/..", date(1823, 1, 1), None, "after 1823"),
    ("1823?/..", date(1823, 1, 1), None, "perhaps after 1823"),
    ("1823-22/..", date(1823, 6, 1), None, "after summer 1823"),
    ("1823/1825", date(1823, 1, 1), date(1825, 12, 31), "between 1823 and 1825"),
    ("1823~/1825?", date(1823, 1, 1), date(1825, 12, 31), "between about 1823 and perhaps 1825"),
    ("1823-05-17/1824", date(1823, 5, 17), date(1824, 12, 31), "between 17 May 1823 and 1824"),
    ("1823/1823-05", date(1823, 1, 1), date(1823, 5, 31), "between 1823 and May 1823"),
    ("1823-21/1823-22", date(1823, 3, 1), date(1823, 8, 31), "between spring 1823 and summer 1823"),
    ("1823/1823", date(1823, 1, 1), date(1823, 12, 31), "1823"),
]

NO_FORM = 'is not written as "1823-05-17", "1823-05", "1823", "182X", "1823~", "../1823" or the like'
NO_YEAR = "has a year outside 1 to 9999"
NO_TIME = "has a time of day, which is not kept"
NO_MONTH = "has no such month (21 to 24 are seasons, without ~, ? or %)"
NO_X_THERE = "has an X within an interval, which is level 2 of EDTF"
EMPTY_END = 'has an empty end of an interval; write ".." for an open one'
NOT_DATES = [
    *[
        ("1823-02-31", "has a day that February 1823 does not have"),
        ("1823-02-29", "has a day that February 1823 does not have"),
    ],
    *[
        ("1900-02-29", "has a day that February 1900 does not have"),
        ("1823-06-31", "has a day that June 1823 does not have"),
    ],
    *[
        ("1823-05-00", "has a day that May 1823 does not have"),
        ("1823-02-30/1825", "has a day that February 1823 does not have"),
    ],
    *[
        (text, NO_MONTH)
        for text in ("1823-00", "1823-13", "1823-13-01", "1823-00-XX", "1823-25", "1823-33", "1823-21~")
    ],
    *[
        (text, NO_YEAR)
        for text in ("0000", "0000-05-17", "000X", "00XX", "0000/1823", "-0001", "-1823", "12345", "Y12345")
    ],
    *[(text, NO_TIME) for text in ("1823-05-17T10:00:00", "1823-05-17T10:00Z", "1823-05-17 10:00")],
    *[(text, NO_X_THERE) for text in ("182X/183X", "18XX/..", "../182X", "1823-XX/1825")],
    *[(text, EMPTY_END) for text in ("/1823", "1823/", "/", "1823-05/")],
    ("../..", "says nothing; leave it out"),
    *[(text, "ends before it starts") for text in ("1825/1823", "1823-05-17/1823-05-16", "1823-06/1823-05-31")],
    *[
        (text, NO_FORM)
        for text in ("", " ", "..", "yesterday", "17 May 1823", "1823.05.17", "18230517", "1823-5-17", "1823-5")
    ],
    *[
        (text, NO_FORM)
        for text in ("1", "18", "182", "182x", "18uu", "1X23", "1XXX", "XXXX", "X823", "182X-05", "1823-XX-17")
    ],
    *[
        (text, NO_FORM)
        for text in ("1823-1X", "1823-05-1X", "156X-12-25", "?1823", "1823?-05", "1823~?", "1823?~", "1823-05-??")
    ],
    *[
        (text, NO_FORM)
        for text in ("[1823,1824]", "{1823}", "[..1823]", "1823S2", "1E3", "1823//25", "1823/../..", "1823/1824/1825")
    ],
    *[
        (text, NO_FORM)
        for text in (
            "open/1823",
            "1823/open",
            "unknown/1823",
            "1823\n",
            "\t1823",
            "18\x0023",
            "1823\u00a0",
            "\u0661\u0668\u0662\u0663",
        )
    ],
    *[
        ("1" * (LONGEST + 1), f"has more than {LONGEST} characters"),
        ("[" + "1823," * 100_000, f"has more than {LONGEST} characters"),
    ],
]


@pytest.mark.parametrize(("text", "earliest", "latest", "in_words"), DATES)
def test_a_date_is_kept_as_given_with_its_first_and_last_day_and_said_in_words(
    text: str, earliest: date | None, latest: date | None, in_words: str
) -> None:
    """SPEC 1.3."""
    assert PartialDate.parse(text) == PartialDate(text, earliest, latest)
    assert PartialDate.parse(text).in_words == in_words


@pytest.mark.parametrize(("text", "reason"), NOT_DATES)
def test_what_is_no_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotADate) as refused:
        PartialDate.parse(text)
    assert refused.value.reason == str(refused.value) == reason


def test_spaces_around_are_dropped() -> None:
    assert PartialDate.parse("  1823~ ") == PartialDate("1823~", date(1823, 1, 1), date(1823, 12, 31))


def test_only_a_full_date_without_doubt_is_an_exact_day() -> None:
    """SPEC 10.3: nobody is congratulated on "about 17 May"."""
    exact = {text: PartialDate.parse(text).exact_day for text, *_ in DATES}
    assert {text: day for text, day in exact.items() if day} == {
        "1823-05-17": date(1823, 5, 17),
        "1824-02-29": date(1824, 2, 29),
        "9999-12-31": date.max,
    }


def test_every_month_and_day_of_every_kind_of_year_is_read_as_the_calendar_has_it() -> None:
    for year, month in product((1, 4, 100, 400, 1582, 1823, 1824, 1900, 2000, 9999), range(1, 13)):
        length = monthrange(year, month)[1]
        text = f"{year:04}-{month:02}"
        assert PartialDate.parse(text) == PartialDate(text, date(year, month, 1), date(year, month, length))
        for day in range(1, 32):
            if day <= length:
                assert PartialDate.parse(f"{text}-{day:02}").exact_day == date(year, month, day)
            else:
                with pytest.raises(NotADate):
                    PartialDate.parse(f"{text}-{day:02}")


marks = st.sampled_from(["", "~", "?", "%"])
years = st.integers(1, 9999).map("{:04}".format)
days = st.dates().map(date.isoformat)
months = days.map(lambda day: day[:7])
seasons = st.builds("{}-{}".format, years, st.integers(21, 24))
ends = st.one_of(st.builds(str.__add__, st.one_of(years, months, days), marks), seasons)
unspecified = st.one_of(
    st.builds("{:03}X{}".format, st.integers(1, 999), marks),
    st.builds("{:02}XX{}".format, st.integers(1, 99), marks),
    st.builds("{}{}".format, years, st.sampled_from(["-XX", "-XX-XX"])),
    months.map("{}-XX".format),
)
intervals = st.builds("{}/{}".format, st.one_of(ends, st.just("..")), st.one_of(ends, st.just("..")))
texts = st.one_of(ends, unspecified, intervals)


@given(texts)
def test_what_is_a_date_here_is_one_of_the_library_edtf_with_the_same_days(text: str) -> None:
    """The library's winter ends with December, so dates that end with a winter are left to the list above."""
    try:
        here = PartialDate.parse(text)
    except NotADate as refused:
        assert refused.reason in ("ends before it starts", "says nothing; leave it out")  # noqa: PT017
        return
    there = edtf.parse_edtf(text)
    assert day_of(there.lower_strict()) == here.earliest
    assert text.endswith("-24") or day_of(there.upper_strict()) == here.latest


@given(st.one_of(st.text("0123456789X-/.~?%TYZ[]{},: ", max_size=LONGEST), texts.flatmap(lambda text: mutations(text))))
def test_what_the_library_edtf_refuses_is_refused_here(text: str) -> None:
    try:
        PartialDate.parse(text)
    except NotADate:
        return
    assert edtf.is_valid_edtf(text)


def mutations(text: str) -> st.SearchStrategy[str]:
    """The text with one character put in another's place, so that it is nearly a date."""
    return st.builds(
        lambda at, new: text[:at] + new + text[at + 1 :],
        st.integers(0, len(text) - 1),
        st.sampled_from("0123456789X-/.~?%"),
    )


@given(texts)
def test_words_begin_and_end_in_letters_and_digits_and_hold_no_notation(text: str) -> None:
    try:
        in_words = PartialDate.parse(text).in_words
    except NotADate:
        return
    assert in_words.replace(" ", "").isalnum()
    assert not any(first == second for first, second in pairwise(in_words.split()))
    assert "X" not in in_words


def test_a_date_is_read_fast_and_hostile_text_refused_faster() -> None:
    started = time.process_time()
    for text in ["1823-05-17~/1825-01-01?", "[" + "1823," * 500] * 500:
        try:
            assert PartialDate.parse(text).in_words == "between about 17 May 1823 and perhaps 1 January 1825"
        except NotADate as refused:
            assert refused.reason == f"has more than {LONGEST} characters"  # noqa: PT017
    assert time.process_time() - started < 1


def day_of(bound: object) -> date | None:
    """A strict bound of the library: a struct_time, or plus or minus infinity where there is none."""
    return None if isinstance(bound, float) else date(*list(bound)[:3])  # type: ignore[call-overload]


# Periods ------------------------------------------------------------------------------------------------------------

FIRST, LENGTH, BEYOND = date(1823, 5, 1), 5, 3
AROUND = [FIRST + timedelta(days=n) for n in range(-BEYOND - 1, LENGTH + BEYOND + 1)]


def period(start: str | None, end: str | None) -> Period:
    return Period(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)


@st.composite
def narrow_dates(draw: st.DrawFn) -> PartialDate | None:
    """None or a date within a few days, of every precision, open sides among them; nothing outside AROUND but those."""
    first = FIRST + timedelta(days=draw(st.integers(0, LENGTH - 1)))
    last = draw(st.dates(first, FIRST + timedelta(days=LENGTH - 1)))
    form = draw(st.sampled_from([None, "{0}", "{0}~", "{0}/{1}", "../{1}", "{0}/.."]))
    return PartialDate.parse(form.format(first, last)) if form else None


narrow_periods = st.builds(Period, narrow_dates(), narrow_dates())


def outcomes(end: PartialDate | None, *, without: date) -> list[date]:
    """Every day that a period's end can turn out to be, an open side reaching past AROUND; `without` is for none."""
    if end is None:
        return [without]
    inside = [day for day in AROUND if (end.earliest or date.min) <= day <= (end.latest or date.max)]
    return inside + [date.min] * (end.earliest is None) + [date.max] * (end.latest is None)


def turnings_out(of: Period) -> list[set[date]]:
    """The days on which a period holds, for each way in which its imprecise dates can turn out."""
    starts, ends = outcomes(of.start, without=date.min), outcomes(of.end, without=date.max)
    return [{day for day in AROUND if start <= day < end} for start, end in product(starts, ends)]


@given(narrow_periods)
def test_a_period_holds_on_the_days_on_which_it_can(some: Period) -> None:
    """SPEC 3.1: from the earliest day of its start until the latest day of its end, that day excluded."""
    can = set().union(*turnings_out(some))
    assert {day for day in AROUND if some.holds_on(day)} == can


@given(narrow_periods, narrow_periods)
def test_two_periods_overlap_only_if_they_must(some: Period, other: Period) -> None:
    """SPEC 3.1: on some day both hold, however their dates turn out."""
    must = all(a & b for a, b in product(turnings_out(some), turnings_out(other)))
    assert some.overlaps(other) == other.overlaps(some) == must


@given(narrow_periods)
def test_a_period_ends_before_its_start_only_if_it_must(some: Period) -> None:
    """SPEC 3.2, 3.5: an end equal to the start is allowed."""
    starts, ends = outcomes(some.start, without=date.min), outcomes(some.end, without=date.max)
    assert some.ends_before_start == all(end < start for start, end in product(starts, ends))


def test_precise_periods_are_half_open() -> None:
    """SPEC 3.2."""
    year = period("2020-01-01", "2021-01-01")
    held = [year.holds_on(day) for day in (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))]
    assert held == [False, True, True, False]
    assert not year.overlaps(period("2021-01-01", None))
    assert year.overlaps(period("2020-12-31", None))
    assert year.overlaps(period(None, "2020-01-02"))
    assert not year.overlaps(period(None, "2020-01-01"))
    assert year.overlaps(period(None, None))


def test_a_period_that_ends_on_the_day_of_its_start_never_held() -> None:
    """SPEC 3.2: it is allowed, and overlaps nothing, itself included."""
    ended = period("2020-05-17", "2020-05-17")
    assert (ended.ends_before_start, ended.holds_on(date(2020, 5, 17))) == (False, False)
    assert not ended.overlaps(period(None, None))
    assert not ended.overlaps(ended)


def test_a_period_of_unknown_start_and_end_holds_for_ever() -> None:
    always = period(None, None)
    assert [always.holds_on(day) for day in (date.min, date.max)] == [True, True]
    assert (always.ends_before_start, always.overlaps(always)) == (False, True)


def test_imprecise_periods_that_may_just_miss_each_other_do_not_overlap() -> None:
    """SPEC 3.1: a second marriage in the year in which the first ended."""
    first, second = period("1820", "1823"), period("1823", None)
    assert not first.overlaps(second)
    assert [p.holds_on(date(1823, 6, 1)) for p in (first, second)] == [True, True]
    assert first.overlaps(period("1822", None))
    assert not first.overlaps(period("1819/..", None))
    assert not period(None, "../1850").overlaps(period(None, None))


@pytest.mark.parametrize(
    ("start", "end", "certain"),
    [
        ("2020-05-17", "2020-05-16", True),
        ("1823", "1822-12-31", True),
        ("1823", "1823-01-01", False),
        ("1823-12", "1823", False),
        ("1823", "../1822", True),
        ("1823/..", "1822", True),
        ("../1823", "1700", False),
        ("1823", "1700/..", False),
    ],
)
def test_an_end_before_the_start_is_told_only_where_it_is_certain(start: str, end: str, certain: bool) -> None:
    """SPEC 3.5."""
    assert period(start, end).ends_before_start is certain
    assert period(start, None).ends_before_start is period(None, end).ends_before_start is False
