"""SPEC 1.3, 1.4: the checks that fields of records are declared with."""

from datetime import date
from enum import Enum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import fields
from domain.values import Check, Invalid


class Colour(Enum):
    RED = "R"
    GREEN = "G"
    GREY = "?"


def reason(check: Check, value: object) -> str:
    """Why a field refuses a value."""
    with pytest.raises(Invalid) as caught:
        check("field", value)
    return caught.value.reason


@pytest.mark.parametrize(("given", "kept"), [("Ada", "Ada"), (" Ada ", "Ada"), ("", None), (" ", None), (None, None)])
def test_empty_text_is_no_text(given: str | None, kept: str | None) -> None:
    """SPEC 1.3"""
    assert fields.text(10)("field", given) == {"field": kept}


@pytest.mark.parametrize("given", ["", "  ", "\u200b", None])
def test_required_text_cannot_be_emptied(given: str | None) -> None:
    """SPEC 1.3: a name is never empty."""
    assert reason(fields.text(10, required=True), given) == "must not be empty"


def test_text_is_refused_where_it_is_too_long_or_has_lines() -> None:
    """SPEC 1.4"""
    assert [reason(fields.text(3), "four"), reason(fields.text(9), "a\nb")] == [
        "at most 3 characters",
        "holds a control character",
    ]
    assert fields.text(9, lines=True)("field", "a\nb") == {"field": "a\nb"}


def test_a_choice_is_stored_by_its_value_and_none_by_what_stands_for_it() -> None:
    """SPEC 1.3"""
    check = fields.choice(Colour, Colour.GREY)
    assert [check("field", given) for given in (Colour.RED, "G", None)] == [
        {"field": "R"},
        {"field": "G"},
        {"field": "?"},
    ]
    assert fields.choice(Colour)("field", None) == {"field": None}


def test_choices_are_stored_once_in_their_own_order() -> None:
    """SPEC 1.3"""
    check = fields.choices(Colour)
    assert check("field", [Colour.GREY, Colour.RED, Colour.GREY]) == {"field": ["R", "?"]}
    assert check("field", None) == check("field", []) == {"field": []}


def test_a_flag_not_given_is_off() -> None:
    """SPEC 1.3"""
    assert [fields.flag("field", given) for given in (True, False, None)] == [
        {"field": True},
        {"field": False},
        {"field": False},
    ]


@pytest.mark.parametrize(
    ("given", "text", "earliest", "latest"),
    [
        ("1823-05-17", "1823-05-17", date(1823, 5, 17), date(1823, 5, 17)),
        ("1823~", "1823~", date(1823, 1, 1), date(1823, 12, 31)),
        ("../1823", "../1823", None, date(1823, 12, 31)),
        (None, None, None, None),
    ],
)
def test_a_date_is_kept_as_given_and_compared_by_its_days(
    given: str | None, text: str | None, earliest: date | None, latest: date | None
) -> None:
    """SPEC 1.3"""
    assert fields.partial_date("birth", given) == {
        "birth": text,
        "birth_earliest": earliest,
        "birth_latest": latest,
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2023-02-31", "has a day that February 2023 does not have"),
        ("2023-13", "has no such month (21 to 24 are seasons, without ~, ? or %)"),
        ("1" * 100_000, "has more than 23 characters"),
    ],
)
def test_a_date_that_the_calendar_does_not_have_is_refused(given: str, expected: str) -> None:
    """SPEC 1.3"""
    assert reason(fields.partial_date, given) == expected


def test_an_email_may_be_left_out_but_a_login_may_not() -> None:
    """SPEC 1.4"""
    assert fields.email("email", " ") == fields.email("email", None) == {"email": None}
    assert fields.login("login", "Ada@Example.com") == {"login": "ada@example.com"}
    assert [reason(fields.login, given) for given in (None, "", " ", "ada")] == [
        "must not be empty",
        "must not be empty",
        "must not be empty",
        "is not an email address",
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("de-AT", "de-AT"), ("de_at", "de-AT"), ("DEU", "de"), ("zh-hant-tw", "zh-Hant-TW"), ("", None), (None, None)],
)
def test_a_language_is_stored_by_its_standard_tag(given: str | None, kept: str | None) -> None:
    """SPEC 1.3"""
    assert fields.language("language", given) == {"language": kept}


@pytest.mark.parametrize("given", ["German", "xx", "de-", "-", "d", "de-de-de", "ü", "1"])
def test_what_is_no_language_tag_is_refused(given: str) -> None:
    """SPEC 1.4"""
    assert reason(fields.language, given) == "is not a language tag"


@settings(max_examples=300)
@given(st.text(st.sampled_from("abdeghilnrstuxz019-_ü")) | st.text())
def test_any_text_is_a_standard_language_tag_or_refused(given: str) -> None:
    """SPEC 1.4: and a tag as it is stored is stored the same again."""
    try:
        kept = fields.language("language", given)
    except Invalid:
        return
    assert fields.language("language", kept["language"]) == kept
