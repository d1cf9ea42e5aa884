"""Sessions: a party's being signed in, which can be ended at once (SPEC 11.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.access import Sight, sight_of
from domain.parties import CustomerStatus, Party, PartyKind

MOST = 100
"""Sessions that a party has at a time; with one more the oldest ends."""


class Place(Enum):
    """Where a session began."""

    BROWSER = "BROWSER"
    LINK = "LINK"
    TOKENS = "TOKENS"
    COMMAND_LINE = "COMMAND_LINE"


class Ending(Enum):
    """Why a session has ended."""

    SIGNED_OUT = "SIGNED_OUT"
    REUSED = "REUSED"
    PASSWORD = "PASSWORD"
    LOGIN = "LOGIN"
    STATUS = "STATUS"
    REVOKED = "REVOKED"
    TOO_MANY = "TOO_MANY"


@dataclass(frozen=True)
class Session:
    """`party` is signed in; `refreshes`: how often its tokens were made anew, which is the number of the refresh token
    that is good now."""

    id: str
    party: str
    started_at: datetime
    expires_at: datetime
    place: Place
    refreshes: int = 0
    ended_at: datetime | None = None


class Refresh(Enum):
    """What becomes of a refresh token that is shown."""

    GOOD = "GOOD"
    REUSED = "REUSED"
    OVER = "OVER"


def shown(session: Session | None, number: int, now: datetime) -> Refresh:
    """What becomes of the refresh token of a number of a session, None where there is no such session.

    A token that was used before, by whomever, ends the session: either who shows it or who used it has stolen it. There
    is no grace for a client that lost the answer, since a thief would have it as well.
    """
    if session is None or session.ended_at is not None or session.expires_at <= now:
        return Refresh.OVER
    return Refresh.GOOD if number == session.refreshes else Refresh.REUSED


def ended_by(before: Party, after: Party) -> Ending | None:
    """Why the sessions of a party end that has changed so, None where they go on (6.2): it has another login, or has
    become one that may not sign in, so that none comes back when it may again."""
    if before.properties.get("login") != after.properties.get("login"):
        return Ending.LOGIN
    if after.kind is not PartyKind.CONSUMER:
        return None
    status, deceased = CustomerStatus(after.properties["status"]), bool(after.properties.get("deceased"))
    return Ending.STATUS if sight_of(after.kind, (), status, deceased) is Sight.NONE else None
