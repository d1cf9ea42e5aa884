"""Signing keys by their numbers: which is signed with, whose signatures are taken, and what rotating does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LATE = timedelta(minutes=5)
"""How late a replica may learn that another key is signed with."""


@dataclass(frozen=True)
class SigningKey:
    """A key by its number; `until` when what it signed is taken, None for the one that is signed with now."""

    number: int
    until: datetime | None = None


FIRST = SigningKey(1)


def known(stored: Sequence[SigningKey]) -> list[SigningKey]:
    """All keys in the order of their numbers; an instance that never rotated them has the first."""
    return sorted(stored, key=lambda key: key.number) or [FIRST]


def signing(keys: Sequence[SigningKey]) -> SigningKey:
    """The key that is signed with: the last."""
    return keys[-1]


def taken(keys: Sequence[SigningKey], now: datetime) -> list[SigningKey]:
    """The keys whose signatures are taken."""
    return [key for key in keys if key.until is None or key.until > now]


def rotated(keys: Sequence[SigningKey], now: datetime, longest: timedelta, at_once: bool) -> list[SigningKey]:
    """The keys with a next one, which is signed with from now on.

    The one before is taken until the last token that it signed has expired, of which the longest lives so long, and
    which a replica may have signed that heard of the next one late; `at_once`: neither that nor any other is any more.
    """
    until = now if at_once else now + LATE + longest
    before = [replace(key, until=min(key.until or until, until)) for key in taken(keys, now)]
    return [*before, SigningKey(keys[-1].number + 1)]
