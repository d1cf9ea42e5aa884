"""Ways to reach a party: email, phone and postal address, checked and brought to one form (SPEC 1.4)."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from domain.texts import checked
from domain.values import Invalid, Properties

PARTS = ("street", "city", "postal_code", "region", "country")


def email(value: str) -> str:
    """An address that mail could be sent to, in its normal form; whether it exists is not asked. Raises Invalid."""
    try:
        return str(validate_email(checked(value, 254), check_deliverability=False, strict=True).normalized)
    except EmailNotValidError as error:
        raise Invalid("is not an email address") from error


def login(value: str) -> str:
    """An email address that names one account, case-folded. Raises Invalid."""
    return email(value).casefold()


def phone(value: str, country: str) -> str:
    """A number in E.164; without a country code it is one of `country` (ISO 3166 alpha-2). Raises Invalid.

    The number must be of a possible length with its area code; whether it was given out is not asked, since number
    ranges change faster than a library. Letters after the number would be dialled as digits, so they are refused.
    """
    text = checked(value, 50)
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise Invalid("is not a phone number") from error
    if number.extension:
        raise Invalid("extensions are not kept")
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise Invalid("is not a phone number" if "+" in text else f"is not a phone number in {country}")
    if any(character.isalpha() for character in text):
        raise Invalid("holds letters")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def national(e164: str) -> str:
    """The form in which people of the number's own country write it."""
    return str(phonenumbers.format_number(phonenumbers.parse(e164), phonenumbers.PhoneNumberFormat.NATIONAL))


def country(value: str) -> str:
    """The two-letter code of a country that has phone numbers, upper case. Raises Invalid."""
    code = value.strip().upper() if value.isascii() else ""
    if code not in phonenumbers.SUPPORTED_REGIONS:
        raise Invalid("is not a country's two-letter code")
    return code


def address(name: str, value: object) -> Properties:
    """A postal address as properties `<name>_street`, ...; None empties all of them. Raises Invalid."""
    parts = value if isinstance(value, dict) else {}
    found: dict[str, str | None] = {}
    for part in PARTS:
        given = parts.get(part)
        try:
            text = checked(given, 200, lines=part == "street") if given else None
            found[f"{name}_{part}"] = country(text) if text and part == "country" else text or None
        except Invalid as error:
            raise Invalid(error.reason, part) from error
    if isinstance(value, dict) and not any(found.values()):
        raise Invalid("an address needs at least one part")
    return found
