"""Resetting a consumer's password: a new random one, sent by mail, one at a time (SPEC 6.4)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.ids import PartyId, new_id
from domain.lifecycle import CustomerAction, Standing, check
from domain.operations import Change
from domain.parties import Party
from domain.refusals import MissingLogin, Refused, ResetUnderWay

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another."""
GROUPS, LENGTH = 4, 5
LONGEST = timedelta(minutes=5)
"""How long a mail may be under way; then it is given up, so that the next can be no other's."""
GRACE = timedelta(seconds=30)
"""How much later it is taken for lost: whoever was sending it tells what became of it, if he is still there."""


class Mail(Enum):
    """What became of the mail with a new password. One that is LOST may have been sent: Kith ended before it knew."""

    UNDER_WAY = "UNDER_WAY"
    SENT = "SENT"
    FAILED = "FAILED"
    LOST = "LOST"

    @property
    def operation(self) -> str:
        """The kind of the operation that tells it."""
        return "passwordSent" if self is Mail.SENT else "passwordNotSent"


@dataclass(frozen=True)
class Reset:
    """One reset: whose password, and from when on its mail is not under way any more."""

    id: str
    consumer: PartyId
    until: datetime

    @classmethod
    def new(cls, consumer: PartyId, now: datetime) -> "Reset":
        """One that begins now."""
        return cls(new_id("password_reset"), consumer, now + LONGEST)

    def is_under_way(self, now: datetime) -> bool:
        """Whether its mail may still be sent, or what became of it be told."""
        return now < self.until + GRACE


def readable_password() -> str:
    """A password that nobody guesses, of 99 random bits, and that can be typed from paper: "k7mqp-…" """
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))


def recipient(consumer: Party, under_way: Reset | None, now: datetime) -> str:
    """Where a consumer's new password goes: to the login.

    Raises Refused: ActionNotAvailable by status, MissingLogin, ResetUnderWay while the mail of another is.
    """
    check(Standing.of(consumer.properties), CustomerAction.RESET_PASSWORD, "id")
    login = consumer.properties.get("login")
    if not isinstance(login, str):
        raise Refused(MissingLogin(path=("id",)))
    if under_way and under_way.is_under_way(now):
        raise Refused(ResetUnderWay(path=("id",), until=under_way.until + GRACE))
    return login


def change(consumer: PartyId, before: Mail | None, after: Mail) -> Change:
    """What the history keeps of a reset, and of what became of its mail: nothing of password and address."""
    old = {"password_mail": before.value if before else None}
    return Change(consumer, consumer, old, {"password_mail": after.value})
