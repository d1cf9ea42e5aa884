"""SPEC 1.3: a staff member's own fields."""

import pytest

from domain.internal_users import FIELDS, Role
from domain.values import Invalid


def test_staff_have_these_fields() -> None:
    """SPEC 1.3"""
    assert list(FIELDS) == ["name", "login", "roles", "location"]


def test_roles_are_those_of_the_house_each_once() -> None:
    """SPEC 5.6"""
    assert [role.value for role in Role] == ["ADMIN", "MANAGER", "AGENT", "ANALYST", "RELATIONSHIP_AGENT"]
    assert FIELDS["roles"]("roles", [Role.ANALYST, Role.ADMIN, Role.ANALYST]) == {"roles": ["ADMIN", "ANALYST"]}


def test_a_login_is_folded_and_cannot_be_emptied() -> None:
    """SPEC 1.4"""
    assert FIELDS["login"]("login", "Ada@Example.COM") == {"login": "ada@example.com"}
    with pytest.raises(Invalid, match=r"^must not be empty$"):
        FIELDS["login"]("login", None)
