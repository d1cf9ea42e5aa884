"""SPEC 6.1, 6.2, 6.4: the whole table of statuses and actions, and what comes of each."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from domain.lifecycle import (
    ACTIONS,
    CustomerAction,
    InactiveReason,
    Standing,
    Word,
    acted,
    after,
    available,
    check,
    opted,
)
from domain.parties import CustomerStatus, Party, PartyKind, new_party
from domain.refusals import ActionNotAvailable, InvalidValue, Refused
from domain.values import Property

A, S, R = CustomerAction, CustomerStatus, InactiveReason
ACTIVE, ENROLLED, MERGED = Standing(S.ACTIVE), Standing(S.ENROLLED), Standing(S.MERGED)
UNENROLLED = Standing(S.INACTIVE, R.UNENROLLED)
FROM_ACTIVE, FROM_ENROLLED = (Standing(S.INACTIVE, R.DEACTIVATED, before) for before in (S.ACTIVE, S.ENROLLED))
TABLE = {
    ACTIVE: "ENROLL DEACTIVATE EDIT SET_EMAIL_PREFERENCE RESET_PASSWORD ADJUST_POINTS MERGE",
    ENROLLED: "UNENROLL DEACTIVATE EDIT SET_EMAIL_PREFERENCE RESET_PASSWORD ADJUST_POINTS MERGE",
    UNENROLLED: "ENROLL EDIT SET_EMAIL_PREFERENCE MERGE",
    FROM_ACTIVE: "REACTIVATE",
    FROM_ENROLLED: "REACTIVATE",
    MERGED: "ENROLL UNDO_MERGE",
}
LEADS = {
    (ACTIVE, A.ENROLL): ENROLLED,
    (UNENROLLED, A.ENROLL): ENROLLED,
    (MERGED, A.ENROLL): ENROLLED,
    (ENROLLED, A.UNENROLL): UNENROLLED,
    (ACTIVE, A.DEACTIVATE): FROM_ACTIVE,
    (ENROLLED, A.DEACTIVATE): FROM_ENROLLED,
    (FROM_ACTIVE, A.REACTIVATE): ACTIVE,
    (FROM_ENROLLED, A.REACTIVATE): ENROLLED,
}
STATUS_ACTIONS = (A.ENROLL, A.UNENROLL, A.DEACTIVATE, A.REACTIVATE)
AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
OUT: dict[str, Property] = {"email_opt_in": False, "email_opt_in_at": AT, "email_opt_in_by": "sam"}
IN = Word(True, AT, "sam", "web form")


def customer(standing: Standing, **properties: Property) -> Party:
    """A consumer who stands so."""
    ann = new_party(PartyKind.CONSUMER, {"given_name": "Ann"}, "US")
    return replace(ann, properties={**ann.properties, **standing.stored(), **properties})


def test_the_table_has_every_status_and_reason() -> None:
    """6.1"""
    assert set(ACTIONS) == {(standing.status, standing.reason) for standing in TABLE}
    assert {status for status, _ in ACTIONS} == set(S)
    assert {reason for _, reason in ACTIONS} == {None, *R}


@pytest.mark.parametrize("standing", TABLE, ids=str)
def test_what_can_be_done_now_is_what_the_table_says(standing: Standing) -> None:
    """6.1"""
    assert " ".join(action.name for action in available(standing)) == TABLE[standing]


@pytest.mark.parametrize(("standing", "action"), list(product(TABLE, A)), ids=str)
def test_anything_else_is_refused_by_name(standing: Standing, action: CustomerAction) -> None:
    """6.1"""
    allowed = tuple(TABLE[standing].split())
    if action.name in allowed:
        check(standing, action, "id")
        return
    with pytest.raises(Refused) as refused:
        check(standing, action, "id")
    status = f"INACTIVE ({standing.reason.name})" if standing.reason else standing.status.name
    assert refused.value.refusals == (
        ActionNotAvailable(path=("id",), action=action.name, status=status, available=allowed),
    )
    assert refused.value.refusals[0].message == f"{action.name} is not possible for a customer who is {status}."


@pytest.mark.parametrize(("standing", "action"), list(product(TABLE, A)), ids=str)
def test_what_a_customer_becomes_by_an_action(standing: Standing, action: CustomerAction) -> None:
    """6.1"""
    if action in available(standing):
        assert after(standing, action) == LEADS.get((standing, action), standing)


@pytest.mark.parametrize(("standing", "action"), list(product(TABLE, STATUS_ACTIONS)), ids=str)
def test_an_action_changes_the_status_and_nothing_else_or_is_refused(
    standing: Standing, action: CustomerAction
) -> None:
    """6.1: un-enrolling one who is opted out says nothing new about email."""
    before = customer(standing)
    if (standing, action) not in LEADS:
        with pytest.raises(Refused):
            acted(before, action, AT, "sam")
    else:
        found = acted(before, action, AT, "sam")
        assert found == replace(before, properties={**before.properties, **LEADS[standing, action].stored()})


@pytest.mark.parametrize("standing", [ACTIVE, ENROLLED], ids=str)
def test_reactivating_loses_nothing(standing: Standing) -> None:
    """6.1, 6.2"""
    before = customer(standing, **IN.stored(), points_types=["BONUS"], points_balances=[7], points_entries=1)
    away = acted(before, A.DEACTIVATE, AT, "sam")
    assert Standing.of(acted(away, A.REACTIVATE, AT, "sam").properties) == standing
    assert acted(away, A.REACTIVATE, AT, "sam") == before


def test_whoever_is_unenrolled_is_opted_out_and_keeps_the_points() -> None:
    """6.2"""
    before = customer(ENROLLED, **IN.stored(), points_types=["BONUS"], points_balances=[7], points_entries=1)
    wanted = {**before.properties, **UNENROLLED.stored(), **OUT, "email_opt_in_origin": "unenroll"}
    assert acted(before, A.UNENROLL, AT, "sam") == replace(before, properties=wanted)


@pytest.mark.parametrize("standing", TABLE, ids=str)
def test_an_email_preference_is_set_where_the_table_has_it(standing: Standing) -> None:
    """6.4"""
    before = customer(standing)
    if A.SET_EMAIL_PREFERENCE not in available(standing):
        with pytest.raises(Refused):
            opted(before, IN)
    else:
        assert opted(before, IN) == replace(before, properties={**before.properties, **IN.stored()})


@pytest.mark.parametrize("origin", ["", "  ", "x" * 101, "a\x00b"])
def test_an_email_preference_says_where_it_comes_from(origin: str) -> None:
    """6.4"""
    with pytest.raises(Refused) as refused:
        opted(customer(ACTIVE), replace(IN, origin=origin))
    (refusal,) = refused.value.refusals
    assert isinstance(refusal, InvalidValue)
    assert refusal.path == ("origin",)


@pytest.mark.parametrize("standing", TABLE, ids=str)
def test_a_standing_is_stored_and_read_back(standing: Standing) -> None:
    """6.1"""
    assert Standing.of(standing.stored()) == standing
