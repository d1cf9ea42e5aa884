"""Idempotency keys: a request that is sent again does nothing more, and is answered as the first time (SPEC 11.2)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.refusals import InvalidValue, Refused
from domain.texts import filled
from domain.values import Invalid

KEPT = timedelta(days=30)
LONGEST = 200


@dataclass(frozen=True)
class Key:
    """A key as it is kept: `claim` is one viewer's for one mutation, `input` stands for what was asked under it."""

    claim: str
    input: str


def keyed(viewer: str, mutation: str, text: str, given: object) -> Key:
    """The key that a viewer sends with a mutation and its input. Raises Refused where the text can be no key.

    Both parts are hashes, since what is kept is only ever compared, and an input may hold personal data.
    """
    try:
        key = filled(text, LONGEST)
    except Invalid as error:
        raise Refused(InvalidValue(path=("idempotencyKey",), reason=error.reason)) from error
    return Key(digest([viewer, mutation, key]), digest(given))


def digest(value: object) -> str:
    """The same for the same value, whatever the order of its fields; SHA-256, hexadecimal."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=plain).encode()).hexdigest()


def plain(value: object) -> object:
    """What JSON doesn't know, as it does. Raises TypeError for anything but enums and dates."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} stands in no input")
