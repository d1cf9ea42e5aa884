"""SPEC 1.3: dates of GEDCOM come in as EDTF, or are refused with a reason."""

import pytest
from ged4py.date import DateValue
from hypothesis import given
from hypothesis import strategies as st

from domain.gedcom_dates import NotTaken, edtf, parsed, plain
from domain.partial_dates import PartialDate


@pytest.mark.parametrize(
    ("gedcom", "text", "words"),
    [
        ("22 FEB 1732", "1732-02-22", "22 February 1732"),
        ("1 Jul 1915", "1915-07-01", "1 July 1915"),
        ("JUL 1915", "1915-07", "July 1915"),
        ("1823", "1823", "1823"),
        ("987", "0987", "987"),
        ("ABT 1823", "1823~", "about 1823"),
        ("ABT OCT 1685", "1685-10~", "about October 1685"),
        ("CAL 3 MAY 1823", "1823-05-03~", "about 3 May 1823"),
        ("EST 1823", "1823~", "about 1823"),
        ("BEF 1823", "../1823", "before 1823"),
        ("BEF 24 JAN 1686/87", "../1687-01-24", "before 24 January 1687"),
        ("AFT 6 JUL 1515", "1515-07-06/..", "after 6 July 1515"),
        ("BET 1670 AND 1675", "1670/1675", "between 1670 and 1675"),
        ("BET 1 MAR 1670 AND APR 1670", "1670-03-01/1670-04", "between 1 March 1670 and April 1670"),
        ("FROM 1670 TO 1675", "1670/1675", "between 1670 and 1675"),
        ("FROM 1670", "1670/..", "after 1670"),
        ("TO 1670", "../1670", "before 1670"),
        ("INT 1823 (the year of the flood)", "1823", "1823"),
        ("@#DGREGORIAN@ 5 MAR 1900", "1900-03-05", "5 March 1900"),
        ("@#DJULIAN@ 25 OCT 1917", "1917-11-07", "7 November 1917"),
        ("@#DJULIAN@ 29 FEB 1700", "1700-03-11", "11 March 1700"),
        ("@#DJULIAN@ FEB 1700", "1700-02-11/1700-03-11", "between 11 February 1700 and 11 March 1700"),
        ("@#DJULIAN@ 1700", "1700-01-11/1701-01-11", "between 11 January 1700 and 11 January 1701"),
        ("ABT @#DJULIAN@ 1700", "1700-01-11~/1701-01-11~", "between about 11 January 1700 and about 11 January 1701"),
        ("BEF @#DJULIAN@ FEB 1700", "../1700-03-11", "before 11 March 1700"),
    ],
)
def test_a_date_is_taken_with_all_that_is_said_of_it(gedcom: str, text: str, words: str) -> None:
    assert edtf(DateValue.parse(gedcom)) == text
    assert PartialDate.parse(text).in_words == words


@pytest.mark.parametrize(
    ("gedcom", "text"),
    [
        ("14 FEB 1731/32", "1732-02-14"),
        ("31 MAR 1699/00", "1700-03-31"),
        ("FEB 1483/84", "1484-02"),
        ("29 FEB 1691/1692", "1692-02-29"),
        ("1708/9", "1708/1709"),
        ("ABT 1591/92", "1591~/1592~"),
        ("21 OCT 1425/26", "1425-10-21/1426-10-21"),
        ("AFT 1708/9", "1708/.."),
        ("BEF 1708/9", "../1709"),
        ("BET 1708/9 AND 1711/12", "1708/1712"),
    ],
)
def test_of_a_dual_year_the_later_counts_until_march_and_else_both_may_be_meant(gedcom: str, text: str) -> None:
    assert edtf(DateValue.parse(gedcom)) == text


@pytest.mark.parametrize(
    ("gedcom", "reason"),
    [
        ("(about Easter)", "date phrase"),
        ("WILL PROVED 19 MAY 1725", "date phrase"),
        ("8/9 JUL 1457", "date phrase"),
        ("12 MAI 1823", "date phrase"),
        ("44 B.C.", "date before the year 1"),
        ("@#DJULIAN@ 15 MAR 44 B.C.", "date before the year 1"),
        ("@#DHEBREW@ 2 TVT 5758", "date in the Hebrew calendar"),
        ("@#DFRENCH R@ 12 BRUM 6", "date in the French Republican calendar"),
        ("30 FEB 1823", "date that has a day that February 1823 does not have"),
        ("@#DJULIAN@ 30 FEB 1823", "date that has a day that its month does not have"),
        ("@#DJULIAN@ 0 FEB 1823", "date that has a day that its month does not have"),
        ("@#DJULIAN@ 9999", "date that has a year outside 1 to 9999"),
        ("@#DJULIAN@ 1", "date that has a year outside 1 to 9999"),
        ("0", "date that has a year outside 1 to 9999"),
        ("12345", "date that has a year outside 1 to 9999"),
        ("BET OCT 1671 AND 74", "date that ends before it starts"),
    ],
)
def test_a_date_that_cannot_be_kept_is_refused_with_a_reason(gedcom: str, reason: str) -> None:
    with pytest.raises(NotTaken) as refused:
        edtf(DateValue.parse(gedcom))
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("gedcom", "text"),
    [
        ("JULIAN 25 OCT 1917", "1917-11-07"),
        ("BET JULIAN 25 OCT 1917 AND GREGORIAN 8 NOV 1917", "1917-11-07/1917-11-08"),
        ("@#DJULIAN@ 25 OCT 1917", "1917-11-07"),
    ],
)
def test_gedcom_7_names_calendars_in_words_of_its_own(gedcom: str, text: str) -> None:
    assert edtf(parsed(gedcom)) == text


@pytest.mark.parametrize(
    ("gedcom", "reason"),
    [
        ("44 BCE", "date before the year 1"),
        ("HEBREW 2 TVT 5758", "date in the Hebrew calendar"),
        ("FRENCH_R 12 BRUM 6", "date in the French Republican calendar"),
        ("(JULIAN did not know)", "date phrase"),
        ("@#DROMAN@ 1200", "date phrase"),
        ("1" * 201, "date phrase"),
    ],
)
def test_what_is_no_date_of_ours_in_either_wording_is_refused_with_a_reason(gedcom: str, reason: str) -> None:
    with pytest.raises(NotTaken) as refused:
        edtf(parsed(gedcom))
    assert refused.value.reason == reason


SINGLE = st.tuples(
    st.sampled_from(["", "@#DJULIAN@ ", "@#DHEBREW@ ", "@#DFRENCH R@ "]),
    st.sampled_from(["", "1 ", "15 ", "29 ", "31 ", "0 ", "99 "]),
    st.sampled_from(["JAN", "Feb", "DEC", "TVT", "BRUM", "COMP", "XXX"]),
    st.integers(0, 12000),
    st.sampled_from(["", "", "/1", "/01", "/99", "/1700", " B.C."]),
).map(lambda p: f"{p[0]}{p[1]}{p[2]} {p[3]}{'' if p[0] and p[4].startswith('/') else p[4]}")
DATES = st.one_of(
    SINGLE,
    st.tuples(st.sampled_from(["ABT", "CAL", "EST", "BEF", "AFT", "FROM", "TO"]), SINGLE).map(" ".join),
    st.tuples(SINGLE, SINGLE).map(lambda two: f"BET {two[0]} AND {two[1]}"),
    st.tuples(SINGLE, SINGLE).map(lambda two: f"FROM {two[0]} TO {two[1]}"),
    st.text(max_size=20),
)


def read(gedcom: str) -> tuple[str | None, str]:
    try:
        return edtf(DateValue.parse(gedcom)), "taken"
    except NotTaken as refused:
        return None, refused.reason


PLAIN = st.tuples(
    st.sampled_from(["", "", "ABT ", "CAL ", "EST "]),
    st.sampled_from(["", "1 ", "05 ", "28 ", "29 ", "31 ", "0 ", "99 "]),
    st.sampled_from(["JAN ", "Feb ", "dec ", "TVT ", "XXX "]),
    st.integers(0, 12_000).map(str),
).map("".join) | st.tuples(st.sampled_from(["", "ABT "]), st.integers(0, 12_000).map(str)).map("".join)


@given(PLAIN | DATES)
def test_a_plain_date_is_read_as_the_library_reads_it(gedcom: str) -> None:
    text, _ = read(gedcom)
    assert plain(gedcom) in (text, None)


@pytest.mark.parametrize(
    ("gedcom", "text"),
    [
        ("22 FEB 1732", "1732-02-22"),
        ("1 Jul 915", "0915-07-01"),
        ("JUL 1915", "1915-07"),
        ("987", "0987"),
        ("ABT OCT 1685", "1685-10~"),
        ("CAL 3 MAY 1823", "1823-05-03~"),
        ("EST 1823", "1823~"),
        ("30 FEB 1823", None),
        ("12 MAI 1823", None),
        ("5 1823", None),
        ("0", None),
        ("12345", None),
        ("1708/9", None),
        ("BEF 1823", None),
        ("1823\n", None),
        ("", None),
    ],
)
def test_a_date_of_another_form_is_not_plain(gedcom: str, text: str | None) -> None:
    assert plain(gedcom) == text


@given(DATES)
def test_whatever_stands_there_becomes_a_date_of_ours_or_a_reason(gedcom: str) -> None:
    text, reason = read(gedcom)
    assert PartialDate.parse(text).text == text if text else reason.startswith("date ")
