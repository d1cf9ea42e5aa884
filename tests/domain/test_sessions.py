"""Sessions (SPEC 6.2, 6.4, 11.3): what becomes of refresh tokens, and what ends sessions."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.ids import PartyId
from domain.parties import Party, PartyKind
from domain.sessions import Ending, Place, Refresh, Session, ended_by, shown

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def session(refreshes: int = 3, expires: datetime = NOW + HOUR, ended: datetime | None = None) -> Session:
    return Session("session_1", "consumer_1", NOW - HOUR, expires, Place.TOKENS, refreshes, ended)


@pytest.mark.parametrize(
    ("known", "number", "expected"),
    [
        (session(), 3, Refresh.GOOD),
        (session(0), 0, Refresh.GOOD),
        (session(), 2, Refresh.REUSED),
        (session(), 0, Refresh.REUSED),
        (session(), 4, Refresh.REUSED),  # of a store that was restored from a backup: whose it is nobody can tell
        (session(expires=NOW), 3, Refresh.OVER),
        (session(ended=NOW), 3, Refresh.OVER),
        (session(ended=NOW), 2, Refresh.OVER),
        (None, 0, Refresh.OVER),
    ],
)
def test_a_refresh_token_is_good_once_while_its_session_goes_on(
    known: Session | None, number: int, expected: Refresh
) -> None:
    assert shown(known, number, NOW) is expected


def consumer(status: str = "ACTIVE", login: str | None = "ann@kith.example", deceased: bool = False) -> Party:
    properties = {"status": status, "login": login, "deceased": deceased}
    return Party(PartyId("consumer_1"), PartyKind.CONSUMER, properties, ())


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (consumer(), None),
        (consumer("ENROLLED"), None),
        (consumer("INACTIVE"), Ending.STATUS),
        (consumer("MERGED"), Ending.STATUS),
        (consumer(deceased=True), Ending.STATUS),
        (consumer(login="bea@kith.example"), Ending.LOGIN),
        (consumer(login=None), Ending.LOGIN),
    ],
)
def test_sessions_end_with_the_login_and_with_what_lets_somebody_sign_in(after: Party, expected: Ending | None) -> None:
    assert ended_by(consumer(), after) is expected


def test_those_of_staff_end_with_the_login_alone() -> None:
    """Roles are asked of the graph with every request."""
    sam, other = (
        Party(PartyId("internal_user_1"), PartyKind.INTERNAL_USER, {"login": login, "roles": []}, ()) for login in "ab"
    )
    assert ended_by(sam, sam) is None
    assert ended_by(sam, other) is Ending.LOGIN
    account = Party(PartyId("account_1"), PartyKind.ACCOUNT, {"status": "INACTIVE"}, ())
    assert ended_by(account, account) is None
