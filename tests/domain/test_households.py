"""SPEC 1.3: a household's own fields."""

import pytest

from domain.households import FIELDS
from domain.values import Invalid


def test_a_household_has_a_name_and_an_address() -> None:
    """SPEC 1.3"""
    assert list(FIELDS) == ["name", "address"]
    assert FIELDS["name"]("name", " The Kings ") == {"name": "The Kings"}


@pytest.mark.parametrize("given", [None, "", "\u200b"])
def test_a_household_is_not_without_a_name(given: str | None) -> None:
    """SPEC 1.3"""
    with pytest.raises(Invalid, match=r"^must not be empty$"):
        FIELDS["name"]("name", given)
