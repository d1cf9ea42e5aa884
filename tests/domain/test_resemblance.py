"""How alike names, dates and texts are (SPEC 7.6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.resemblance import Likeness, alike_dates, alike_names, alike_texts, best

SAME, NEAR, LIKE, DIFFERENT, UNKNOWN = (
    Likeness.SAME,
    Likeness.NEAR,
    Likeness.LIKE,
    Likeness.DIFFERENT,
    Likeness.UNKNOWN,
)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("ann", "ann", SAME),
        ("ann", "anne", NEAR),
        ("ann", "nan", NEAR),
        ("anna maria", "anna", NEAR),
        ("christina", "christine", NEAR),
        ("philip", "filipp", LIKE),
        ("knight", "nite", LIKE),
        ("ann", "bob", DIFFERENT),
        ("smith", "jones", DIFFERENT),
        ("", "ann", UNKNOWN),
        ("ann", "", UNKNOWN),
        ("жуковский", "толстой", DIFFERENT),
    ],
)
def test_names_are_alike_by_a_letter_a_name_more_or_how_they_sound(one: str, other: str, likeness: Likeness) -> None:
    assert alike_names(one, other) is alike_names(other, one) is likeness


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("1980-02-13", "1980-02-13", SAME),
        ("1980-02-13", "1980-02-14", NEAR),
        ("1980-02-13", "1980-02-31", NEAR),
        ("1980-02-03", "1980-03-02", NEAR),
        ("1980-02-13", "1980-02", NEAR),
        ("1980-02-13", "1980", NEAR),
        ("1980-02-13", "1981-02-14", LIKE),
        ("1980-02-13", "1955-11-07", DIFFERENT),
        ("", "1980", UNKNOWN),
    ],
)
def test_dates_are_alike_by_a_digit_or_by_what_is_not_told(one: str, other: str, likeness: Likeness) -> None:
    assert alike_dates(one, other) is alike_dates(other, one) is likeness


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("44 forbes street", "forbes street 44", SAME),
        ("44 forbes street", "44 forbes street wintersloe", NEAR),
        ("44 forbes street", "44 forbs street", NEAR),
        ("44 forbes street", "7 sturdee crescent", DIFFERENT),
        ("", "7 sturdee crescent", UNKNOWN),
    ],
)
def test_texts_are_alike_in_whatever_order(one: str, other: str, likeness: Likeness) -> None:
    assert alike_texts(one, other) is alike_texts(other, one) is likeness


def test_the_best_of_several_counts() -> None:
    assert best(alike_names, ["smith", "bouvier"], ["bouvier", "kennedy"]) is SAME
    assert best(alike_names, [], ["bouvier"]) is UNKNOWN


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_the_same_from_both_sides_and_never_fails(one: str, other: str) -> None:
    for alike in (alike_names, alike_dates, alike_texts):
        assert alike(one, other) is alike(other, one)
        assert alike(one, one) in (SAME, UNKNOWN)
