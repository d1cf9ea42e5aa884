"""A cursor is the keys of a row behind the tag of its list."""

import base64
import json

import pytest
from graphql import GraphQLError

from resolvers.reading.cursors import decode, encode, tag

LIST = tag("parties/all")


def test_keys_of_every_kind_come_back() -> None:
    keys = ["Ådne", 3, 2.5, True, -(2**63)]
    assert decode(encode(LIST, keys), LIST, 5, "after") == keys


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "é",
        "\ud800",
        encode(tag("parties/found"), ["a", "p1"]),
        encode(LIST, ["a"]),
        encode(LIST, ["a", "p1", "p2"]),
        encode(LIST, ["a", None]),
        encode(LIST, ["a", ["p1"]]),
        encode(LIST, ["a", {"id": "p1"}]),
        encode(LIST, ["a", 2**63]),
        encode(LIST, ["a", float("nan")]),
        encode(LIST, ["a", "\ud800"]),
        base64.urlsafe_b64encode(json.dumps({"0": LIST}).encode()).decode(),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    ],
)
def test_anything_else_is_refused(cursor: str) -> None:
    with pytest.raises(GraphQLError) as refused:
        decode(cursor, LIST, 2, "before")
    assert (refused.value.message, refused.value.extensions) == (
        "`before` is not a cursor of this list.",
        {"code": "BAD_USER_INPUT"},
    )
