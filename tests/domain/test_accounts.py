"""SPEC 1.3: an organisation's own fields."""

import pytest

from domain import accounts
from domain.values import Invalid


def test_an_account_goes_by_its_legal_name() -> None:
    """SPEC 1.3"""
    assert accounts.name({"legal_name": "Analytical Engines Ltd"}) == "Analytical Engines Ltd"


def test_an_account_has_these_fields() -> None:
    """SPEC 1.3: the phone number stands with the address's country, in `parties`."""
    assert list(accounts.FIELDS) == ["legal_name", "registration_number", "industry", "email", "address"]


@pytest.mark.parametrize(("field", "most"), [("legal_name", 200), ("registration_number", 50), ("industry", 100)])
def test_an_accounts_texts_have_their_lengths(field: str, most: int) -> None:
    """SPEC 1.4"""
    check = accounts.FIELDS[field]
    assert check(field, "a" * most) == {field: "a" * most}
    with pytest.raises(Invalid, match=f"^at most {most} characters$"):
        check(field, "a" * (most + 1))


@pytest.mark.parametrize("given", [None, "", " "])
def test_an_account_cannot_be_without_its_legal_name(given: str | None) -> None:
    """SPEC 1.3"""
    with pytest.raises(Invalid, match=r"^must not be empty$"):
        accounts.FIELDS["legal_name"]("legal_name", given)
