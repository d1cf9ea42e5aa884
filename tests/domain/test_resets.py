"""Resetting a password (SPEC 6.4); the whole table of statuses is test_lifecycle's."""

import math
import re
from datetime import UTC, datetime, timedelta

import pytest

from domain.ids import PartyId
from domain.lifecycle import ACTIONS, CustomerAction
from domain.operations import Change
from domain.parties import CustomerStatus, Party, PartyKind
from domain.passwords import checked
from domain.refusals import ActionNotAvailable, MissingLogin, Refusal, Refused, ResetUnderWay
from domain.resets import (
    ALPHABET,
    GRACE,
    GROUPS,
    LENGTH,
    LONGEST,
    Mail,
    Reset,
    change,
    readable_password,
    recipient,
)

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ANN = PartyId("consumer_01m87xd5tje62avxydcp5f4ept")
ENDED = NOW - LONGEST - GRACE


def consumer(status: str = "ACTIVE", reason: str | None = None, login: str | None = "ann@kith.example") -> Party:
    """A consumer who stands so."""
    return Party(ANN, PartyKind.CONSUMER, {"status": status, "inactive_reason": reason, "login": login}, ())


def refused(party: Party, under_way: Reset | None = None) -> list[Refusal]:
    """Why no password can be sent now."""
    try:
        recipient(party, under_way, NOW)
    except Refused as error:
        return list(error.refusals)
    return []


def test_a_new_password_is_readable_long_and_another_each_time() -> None:
    """6.4: at least 80 bits; none of the signs that people take for one another."""
    assert not set("ilo01") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert GROUPS * LENGTH * math.log2(len(ALPHABET)) > 80
    made = {readable_password() for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", one) and checked(one) == one for one in made)
    assert set("".join(made)) == {*ALPHABET, "-"}


@pytest.mark.parametrize(("status", "reason"), ACTIONS)
def test_the_status_decides_whether_a_password_can_be_reset(status: CustomerStatus, reason: object) -> None:
    """6.1"""
    name = getattr(reason, "value", None)
    found = refused(consumer(status.value, name))
    if CustomerAction.RESET_PASSWORD in ACTIONS[(status, reason)]:  # type: ignore[index]
        assert found == []
    else:
        (refusal,) = found
        assert isinstance(refusal, ActionNotAvailable)
        assert (refusal.path, refusal.action) == (("id",), "RESET_PASSWORD")


def test_it_goes_to_the_login_and_whoever_has_none_has_no_password() -> None:
    """6.4, 1.4"""
    assert recipient(consumer(), None, NOW) == "ann@kith.example"
    assert refused(consumer(login=None)) == [MissingLogin(path=("id",))]


@pytest.mark.parametrize(
    ("began", "under_way"),
    [
        (NOW, True),
        (NOW - LONGEST, True),
        (ENDED + timedelta(seconds=1), True),
        (ENDED, False),
        (ENDED - timedelta(days=1), False),
    ],
)
def test_one_is_under_way_at_a_time_for_some_minutes_at_most(began: datetime, under_way: bool) -> None:
    earlier = Reset.new(ANN, began)
    expected = [ResetUnderWay(path=("id",), until=began + LONGEST + GRACE)] if under_way else []
    assert (earlier.is_under_way(NOW), refused(consumer(), earlier)) == (under_way, expected)


def test_each_reset_has_an_id_of_its_own() -> None:
    assert Reset.new(ANN, NOW) != Reset.new(ANN, NOW)


@pytest.mark.parametrize("mail", list(Mail))
def test_the_history_tells_what_became_of_the_mail_and_nothing_of_what_is_in_it(mail: Mail) -> None:
    assert change(ANN, None, mail) == Change(ANN, ANN, {"password_mail": None}, {"password_mail": mail.name})
    assert change(ANN, Mail.UNDER_WAY, mail).old == {"password_mail": "UNDER_WAY"}
    assert mail.operation == ("passwordSent" if mail is Mail.SENT else "passwordNotSent")
