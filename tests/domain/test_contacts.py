"""SPEC 1.4: emails, phone numbers and addresses, checked and brought to one form."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import contacts
from domain.values import Invalid


def wrong(call: object, *arguments: object) -> tuple[str, tuple[str, ...]]:
    """Why a value is refused, and where within it."""
    with pytest.raises(Invalid) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.reason, caught.value.at


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ada@example.com", "ada@example.com"),
        (" Ada.King+x@EXAMPLE.com ", "Ada.King+x@example.com"),
        ("zoë@bücher.de", "zoë@bücher.de"),
        ("ada@xn--bcher-kva.de", "ada@bücher.de"),
    ],
)
def test_an_email_keeps_its_spelling_and_its_domain_is_folded(given: str, kept: str) -> None:
    """SPEC 1.4"""
    assert contacts.email(given) == kept


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("ada", "is not an email address"),
        ("ada@", "is not an email address"),
        ("@example.com", "is not an email address"),
        ("ada@example", "is not an email address"),
        ("ada king@example.com", "is not an email address"),
        ("ada@@example.com", "is not an email address"),
        ("Ada <ada@example.com>", "is not an email address"),
        ("ada@example.com, bob@example.com", "is not an email address"),
        ("", "is not an email address"),
        ("ada@example.com\x00", "holds a control character"),
        ("ada@example.com\nBcc: all", "holds a control character"),
        ("\ud800@example.com", "holds half of a surrogate pair"),
        (f"{'a' * 250}@example.com", "at most 254 characters"),
        (f"{'a' * 65}@example.com", "is not an email address"),
    ],
)
def test_what_is_no_email_is_refused(given: str, reason: str) -> None:
    """SPEC 1.4"""
    assert wrong(contacts.email, given) == (reason, ())


def test_logins_that_differ_in_case_are_one() -> None:
    """SPEC 1.4"""
    assert contacts.login("Ada.King@Example.com") == contacts.login("ADA.KING@EXAMPLE.COM") == "ada.king@example.com"


@pytest.mark.parametrize(
    ("given", "country", "kept"),
    [
        ("030 123456", "DE", "+4930123456"),
        ("(030) 123-456", "DE", "+4930123456"),
        ("030/123456", "DE", "+4930123456"),
        ("+49 30 123456", "US", "+4930123456"),
        ("+49 (0)30 123456", "US", "+4930123456"),
        ("0049 30 123456", "DE", "+4930123456"),
        ("011 49 30 123456", "US", "+4930123456"),
        ("(617) 555-0123", "US", "+16175550123"),
        ("1-617-555-0123", "US", "+16175550123"),
        ("617.555.0123", "US", "+16175550123"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("06 1234567", "IT", "+39061234567"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("٠٣٠١٢٣٤٥٦", "DE", "+4930123456"),
        ("０３０１２３４５６", "DE", "+4930123456"),
        ("  +4930123456 ", "DE", "+4930123456"),
    ],
)
def test_a_phone_number_in_any_notation_is_stored_as_e164(given: str, country: str, kept: str) -> None:
    """SPEC 1.4"""
    assert contacts.phone(given, country) == kept


@pytest.mark.parametrize(
    ("given", "country", "reason"),
    [
        ("", "DE", "is not a phone number"),
        ("none", "DE", "is not a phone number"),
        ("+", "DE", "is not a phone number"),
        ("+1", "DE", "is not a phone number"),
        ("+999 123456", "DE", "is not a phone number"),
        ("+49 1", "DE", "is not a phone number"),
        ("030 12345678901234", "DE", "is not a phone number in DE"),
        ("253-4567", "US", "is not a phone number in US"),
        ("12345", "US", "is not a phone number in US"),
        ("030 123456 x5", "DE", "extensions are not kept"),
        ("+49 30 123456 ext. 5", "DE", "extensions are not kept"),
        ("030 123456 home", "DE", "holds letters"),
        ("1-800-FLOWERS", "US", "holds letters"),
        ("030 123456\x00", "DE", "holds a control character"),
        ("\ud800", "DE", "holds half of a surrogate pair"),
        ("0" * 51, "DE", "at most 50 characters"),
    ],
)
def test_what_is_no_phone_number_is_refused(given: str, country: str, reason: str) -> None:
    """SPEC 1.4: nor is one without its area code, which nobody elsewhere could dial."""
    assert wrong(contacts.phone, given, country) == (reason, ())


NUMBERS = [
    number
    for region in ("US", "DE", "GB", "IT", "FR", "BR", "JP", "AR", "NZ", "RU")
    if (number := phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE))
]
FORMATS = ["E164", "INTERNATIONAL", "NATIONAL"]


@given(st.sampled_from(NUMBERS), st.sampled_from(FORMATS), st.sampled_from(" -./\u00a0\u2013"))
def test_every_notation_of_a_number_is_the_same_number(number: phonenumbers.PhoneNumber, form: str, sign: str) -> None:
    """SPEC 1.4: one number has one form, and its national form leads back to it."""
    region = phonenumbers.region_code_for_number(number) or ""
    written = phonenumbers.format_number(number, getattr(phonenumbers.PhoneNumberFormat, form))
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    stored = contacts.phone(written.replace(" ", sign), region)
    assert (stored, contacts.phone(contacts.national(stored), region)) == (e164, e164)


@given(st.text(st.characters(), max_size=30), st.sampled_from(["DE", "US", "ZZ"]))
def test_a_phone_number_is_e164_or_refused(text: str, country: str) -> None:
    """SPEC 1.4"""
    try:
        stored = contacts.phone(text, country)
    except Invalid:
        return
    assert stored[0] == "+"
    assert stored[1:].isdecimal()
    assert stored.isascii()


def test_a_number_is_shown_as_its_own_country_writes_it() -> None:
    """SPEC 1.4"""
    assert [contacts.national("+4930123456"), contacts.national("+16175550123")] == ["030 123456", "(617) 555-0123"]


def test_a_country_is_known_by_its_two_letters() -> None:
    """SPEC 1.4"""
    assert [contacts.country(code) for code in ("de", " AT ", "US")] == ["DE", "AT", "US"]


@pytest.mark.parametrize("code", ["", "D", "DEU", "ZZ", "Germany", "00", "ß"])
def test_other_countries_are_refused(code: str) -> None:
    """SPEC 1.4"""
    assert wrong(contacts.country, code) == ("is not a country's two-letter code", ())


def test_an_address_is_stored_in_parts() -> None:
    """SPEC 1.3"""
    given = {
        "street": "Hauptstr. 1\r\nHinterhaus",
        "city": " Wien ",
        "postal_code": "1010",
        "region": "",
        "country": "at",
    }
    assert contacts.address("address", given) == {
        "address_street": "Hauptstr. 1\nHinterhaus",
        "address_city": "Wien",
        "address_postal_code": "1010",
        "address_region": None,
        "address_country": "AT",
    }


def test_no_address_empties_every_part() -> None:
    """SPEC 1.3"""
    assert contacts.address("address", None) == dict.fromkeys(
        ["address_street", "address_city", "address_postal_code", "address_region", "address_country"]
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("an address needs at least one part", ())),
        ({"city": " ", "street": None}, ("an address needs at least one part", ())),
        ({"city": "Wien", "country": "Austria"}, ("is not a country's two-letter code", ("country",))),
        ({"city": "Wi\nen"}, ("holds a control character", ("city",))),
        ({"postal_code": "1" * 201}, ("at most 200 characters", ("postal_code",))),
    ],
)
def test_a_wrong_part_of_an_address_is_named(given: dict[str, str], expected: tuple[str, tuple[str, ...]]) -> None:
    """SPEC 1.4"""
    assert wrong(contacts.address, "address", given) == expected
