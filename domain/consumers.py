"""A consumer's own fields (SPEC 1.3)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from domain import contacts, fields
from domain.refusals import InvalidValue, Refusal
from domain.texts import filled
from domain.values import Check, Invalid, Properties, Property

T = TypeVar("T")
MOST_LISTED = 50


class Gender(Enum):
    FEMALE = "FEMALE"
    MALE = "MALE"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"


class OtherNameKind(Enum):
    FORMER = "FORMER"
    NICKNAME = "NICKNAME"
    ALIAS = "ALIAS"
    RELIGIOUS = "RELIGIOUS"
    OTHER = "OTHER"


def other_names(name: str, value: object) -> Properties:
    """Names beside the current one, as two lists side by side: kinds and texts."""
    return {
        f"{name}_kinds": each(value, "kind", lambda kind: OtherNameKind(kind).value),
        f"{name}_texts": each(value, "text", lambda text: filled(str(text), 200)),
    }


def life_events(name: str, value: object) -> Properties:
    """Events in a life, as lists side by side: names, dates (EDTF), and whether they come back every year."""
    return {
        f"{name}_names": each(value, "name", lambda text: filled(str(text), 100)),
        f"{name}_dates": each(value, "date", lambda text: fields.date(text).text),
        f"{name}_yearly": each(value, "yearly", bool),
    }


def each(value: object, part: str, read: Callable[[object], T]) -> list[T]:
    """One part of every item of a list, read; Invalid names the item's index and the part."""
    items = list(value) if isinstance(value, Iterable) else []
    if len(items) > MOST_LISTED:
        raise Invalid(f"at most {MOST_LISTED}")
    found = []
    for index, item in enumerate(items):
        try:
            found.append(read(item[part]))
        except Invalid as error:
            raise Invalid(error.reason, str(index), part) from error
    return found


FIELDS: Mapping[str, Check] = {
    "given_name": fields.text(100),
    "family_name": fields.text(100),
    "prefix": fields.text(50),
    "suffix": fields.text(50),
    "other_names": other_names,
    "gender": fields.choice(Gender, Gender.UNKNOWN),
    "birth_date": fields.partial_date,
    "deceased": fields.flag,
    "death_date": fields.partial_date,
    "email": fields.email,
    "login": fields.optional_login,
    "address": contacts.address,
    "language": fields.language,
    "life_events": life_events,
}


def name(properties: Mapping[str, Property]) -> str:
    """How a person is called, never empty."""
    parts = (properties.get(part) for part in ("prefix", "given_name", "family_name", "suffix"))
    return " ".join(str(part) for part in parts if part) or "Unknown"


def completed(properties: Mapping[str, Property], given: Mapping[str, object]) -> tuple[Properties, list[Refusal]]:
    """What follows from the fields together: who has a death date is dead, and died after being born."""
    refusals: list[Refusal] = []
    born, died = properties.get("birth_date_earliest"), properties.get("death_date_latest")
    if isinstance(born, date) and isinstance(died, date) and died < born:
        if given.get("death_date") is not None:
            refusals.append(InvalidValue(path=("deathDate",), reason="lies before the birth date"))
        else:
            refusals.append(InvalidValue(path=("birthDate",), reason="lies after the death date"))
    dead = properties.get("death_date") is not None
    if dead and given.get("deceased") is False:
        refusals.append(InvalidValue(path=("deceased",), reason="contradicts the death date"))
    return ({"deceased": True} if dead else {}), refusals
