"""SPEC 1.1, 1.3: a group's own fields, and how many it is made with."""

import pytest

from domain.groups import FEWEST_MEMBERS, FIELDS
from domain.values import Invalid


def test_a_group_has_a_name_and_is_made_with_two() -> None:
    """SPEC 1.1"""
    assert (list(FIELDS), FEWEST_MEMBERS) == (["name"], 2)
    assert FIELDS["name"]("name", "The Kings") == {"name": "The Kings"}


@pytest.mark.parametrize("given", [None, "", " "])
def test_a_group_is_not_without_a_name(given: str | None) -> None:
    """SPEC 1.3"""
    with pytest.raises(Invalid, match=r"^must not be empty$"):
        FIELDS["name"]("name", given)
