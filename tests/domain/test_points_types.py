"""SPEC 6.3: points types."""

from dataclasses import replace
from typing import Any

import pytest

from domain.points_types import PointsType, changed, define
from domain.refusals import InvalidValue, Refused

BONUS = define("BONUS", "Bonus", None)


def places(refused: Refused) -> list[tuple[str, ...]]:
    """Where something was wrong."""
    assert all(isinstance(refusal, InvalidValue) for refusal in refused.refusals)
    return [refusal.path for refusal in refused.refusals]


def test_a_type_is_defined_with_its_texts_trimmed() -> None:
    made = define("MILES_2", " Miles ", " Flown.\r\nOr bought. ")
    assert made == PointsType(id=made.id, code="MILES_2", name="Miles", description="Flown.\nOr bought.")
    assert made.id.startswith("points_type_")


@pytest.mark.parametrize(
    ("code", "name", "description", "wrong"),
    [
        ("bonus", "Bonus", None, ["code"]),
        ("B" * 51, "Bonus", None, ["code"]),
        ("BONUS", " ", None, ["name"]),
        ("BONUS", "x" * 101, "x" * 2001, ["name", "description"]),
        ("", "", "a\x00b", ["code", "name", "description"]),
    ],
)
def test_all_that_is_wrong_is_told_at_once(code: str, name: str, description: str | None, wrong: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        define(code, name, description)
    assert places(refused.value) == [(field,) for field in wrong]


@pytest.mark.parametrize(
    "given",
    [{}, {"name": "More"}, {"description": "Why."}, {"active": False}, {"name": "More", "active": False}],
)
def test_only_the_fields_given_change(given: dict[str, Any]) -> None:
    assert changed(BONUS, given) == replace(BONUS, **given)


def test_null_empties_a_description_and_nothing_else() -> None:
    assert changed(replace(BONUS, description="Why."), {"description": None}) == BONUS
    for field in ("name", "active"):
        with pytest.raises(Refused) as refused:
            changed(BONUS, {field: None})
        assert places(refused.value) == [(field,)]
