"""Idempotency keys as they are kept (SPEC 11.2)."""

from datetime import date

import pytest

from domain.idempotency import Key, keyed
from domain.internal_users import Role
from domain.refusals import InvalidValue, Refused


def test_the_same_input_in_another_order_is_the_same() -> None:
    """11.2"""
    one = keyed("ann", "relate", "k", {"a": 1, "b": [{"c": Role.ADMIN, "d": date(2026, 1, 2)}]})
    assert keyed("ann", "relate", "k", {"b": [{"d": date(2026, 1, 2), "c": Role.ADMIN}], "a": 1}) == one


def test_another_viewer_mutation_or_key_is_another_claim() -> None:
    """11.2: kept per viewer and mutation."""
    claims = {
        keyed(viewer, mutation, key, {}).claim
        for viewer in ("ann", "bea")
        for mutation in ("relate", "addMember")
        for key in ("k", "l")
    }
    assert len(claims) == 8


def test_the_parts_of_a_claim_do_not_run_into_one_another() -> None:
    assert keyed("ann", "relate", "k", {}).claim != keyed("an", "nrelate", "k", {}).claim


def test_neither_key_nor_input_can_be_read_from_what_is_kept() -> None:
    kept = keyed("ann", "createConsumer", "secret", {"email": "ann@kith.example"})
    assert isinstance(kept, Key)
    assert {len(kept.claim), len(kept.input)} == {64}


def test_null_and_not_given_differ() -> None:
    assert keyed("ann", "updateConsumer", "k", {"email": None}).input != keyed("ann", "updateConsumer", "k", {}).input


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "must not be empty"), ("  ", "must not be empty"), ("a" * 201, "at most 200 characters"), ("a\x00", None)],
)
def test_a_text_that_can_be_no_key_is_refused_by_name(text: str, reason: str | None) -> None:
    with pytest.raises(Refused) as raised:
        keyed("ann", "relate", text, {})
    assert raised.value.refusals == (
        InvalidValue(path=("idempotencyKey",), reason=reason or "holds a control character"),
    )
