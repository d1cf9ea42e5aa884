"""What tokens of plans say, whoever has written them (SPEC 7.3, 8.1)."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import delete_tokens, merge_tokens
from domain.refusals import Refused
from domain.tokens import read, written

PARTS = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=9)


def as_word(text: str) -> str:
    """Text as the first part of a token."""
    return base64.urlsafe_b64encode(text.encode()).decode()


@given(st.lists(PARTS), st.text())
def test_what_was_written_is_read_whatever_follows(parts: list[Any], more: str) -> None:
    assert read(f"{written(parts)}.{more}") == read(written(parts)) == parts


HOSTILE = {
    "nothing": "",
    "no JSON": as_word("no"),
    "no base64": "é",
    "nested deeply": as_word("[" * 100_000),
    "nested deeply, and whole": as_word("[" * 900 + "]" * 900),
    "half a pair": as_word(r'["consumer_\ud800",false,null,false]'),
    "half a pair in a merge": as_word(r'["consumer_a","consumer_\udfff",[]]'),
    "a long number": as_word("9" * 10_000),
}


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_nobody_has_written_is_no_token(token: str) -> None:
    assert delete_tokens.asked_by(token) is None
    with pytest.raises(Refused):
        merge_tokens.asked_by(token)
