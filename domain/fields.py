"""Checks that fields of records are declared with; each is made for a field's limits and returns a `Check`."""

from collections.abc import Iterable
from enum import Enum

import langcodes

from domain import contacts
from domain.partial_dates import NotADate, PartialDate
from domain.texts import checked, fold
from domain.values import Check, Invalid, Properties


def text(most: int, *, required: bool = False, lines: bool = False) -> Check:
    """Text of up to `most` characters; empty text is no text, refused where `required`."""

    def check(name: str, value: object) -> Properties:
        found = checked(value, most, lines=lines) if isinstance(value, str) else ""
        if required and not found:
            raise Invalid("must not be empty")
        return {name: found or None}

    return check


def folded(of: Check) -> Check:
    """A text, and beside it the form in which it is looked for."""

    def check(name: str, value: object) -> Properties:
        found = of(name, value)
        return {**found, f"folded_{name}": fold(str(found[name])) if found[name] else None}

    return check


def choice(of: type[Enum], empty: Enum | None = None) -> Check:
    """One member of an enumeration, stored by its value; `empty` stands for none given."""

    def check(name: str, value: object) -> Properties:
        member = empty if value is None else of(value)
        return {name: member.value if member else None}

    return check


def choices(of: type[Enum]) -> Check:
    """Any members of an enumeration, each once, in the enumeration's order."""

    def check(name: str, value: object) -> Properties:
        given = {of(item) for item in value} if isinstance(value, Iterable) else set()
        return {name: [member.value for member in of if member in given]}

    return check


def flag(name: str, value: object) -> Properties:
    """Yes or no; nothing given is no."""
    return {name: bool(value)}


def partial_date(name: str, value: object) -> Properties:
    """An EDTF date: as given, and the first and last day it can mean, which are what statements compare (SPEC 1.3)."""
    found = None if value is None else date(value)
    return {
        name: found.text if found else None,
        f"{name}_earliest": found.earliest if found else None,
        f"{name}_latest": found.latest if found else None,
    }


def date(value: object) -> PartialDate:
    """An EDTF date. Raises Invalid."""
    try:
        return PartialDate.parse(str(value))
    except NotADate as error:
        raise Invalid(str(error)) from error


def email(name: str, value: object) -> Properties:
    """An email address; not unique, since families share one."""
    return {name: contacts.email(value) if isinstance(value, str) and value.strip() else None}


def login(name: str, value: object) -> Properties:
    """The unique email address of somebody who signs in; cannot be emptied."""
    if not isinstance(value, str) or not value.strip():
        raise Invalid("must not be empty")
    return {name: contacts.login(value)}


def optional_login(name: str, value: object) -> Properties:
    """The same of somebody who may have none, and then does not sign in."""
    return {name: None} if value is None else login(name, value)


def language(name: str, value: object) -> Properties:
    """A BCP 47 tag in its standard form, such as "de-AT"."""
    tag = checked(value, 35) if isinstance(value, str) else ""
    if tag and not langcodes.tag_is_valid(tag):
        raise Invalid("is not a language tag")
    return {name: langcodes.standardize_tag(tag) if tag else None}
