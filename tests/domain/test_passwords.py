"""Passwords (SPEC 6.4): which may be set, and how what is typed is compared."""

import re

import pytest

from domain.passwords import MOST_BYTES, SHORTEST, checked, new_password, typed
from domain.values import Invalid


@pytest.mark.parametrize(
    "password",
    [
        "a" * SHORTEST,
        "correct horse battery staple",
        " " * SHORTEST,
        "ñandú por la pampa",
        "x" * MOST_BYTES,
        "東" * 333,
    ],
)
def test_a_password_is_judged_by_its_length_alone(password: str) -> None:
    assert checked(password) == password


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "at least 12 characters"),
        ("a" * (SHORTEST - 1), "at least 12 characters"),
        ("x" * (MOST_BYTES + 1), "at most 1,000 bytes of UTF-8"),
        ("東" * 334, "at most 1,000 bytes of UTF-8"),
        ("\ufdfa" * 400, "at most 1,000 bytes of UTF-8"),
        ("half a pair: \ud800", "at most 1,000 bytes of UTF-8"),
    ],
)
def test_one_that_is_too_short_or_too_long_is_refused(password: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(password)
    assert refused.value.reason == reason


def test_the_same_letters_of_another_keyboard_are_the_same_password() -> None:
    assert typed("ｐａｓｓ ﬁne") == typed("pass fine") == "pass fine"
    assert checked("e\u0301" * SHORTEST) == "é" * SHORTEST
    with pytest.raises(Invalid):
        checked("e\u0301" * 6)


def test_what_is_typed_may_be_short_and_is_nobodys_if_it_is_too_long() -> None:
    assert typed("") == ""
    assert typed("x" * (MOST_BYTES + 1)) is None
    assert typed("\ud800") is None


def test_new_ones_can_be_set_and_differ() -> None:
    made = {new_password() for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(re.fullmatch(r"[\w-]{20}", one) and checked(one) == one for one in made)
