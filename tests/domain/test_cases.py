"""SPEC 5.4: what a case may be, and what becomes of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases import (
    MOST_SEARCHED,
    Case,
    CaseStatus,
    Comment,
    NewCase,
    Setting,
    changed,
    closed,
    commented,
    fields,
    opened,
    reopened,
    search_text,
    search_words,
)
from domain.ids import CaseCommentId, CaseId, PartyId, RelationshipId
from domain.parties import CustomerStatus
from domain.refusals import InvalidValue, MergedAway, Refusal, Refused, WrongCaseStatus

ANN, HOME, SAM = PartyId("ann"), PartyId("home"), PartyId("sam")
ID, THROUGH, SAID = CaseId("case"), RelationshipId("r"), CaseCommentId("said")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
DRAFT = NewCase(customer=ANN, subject="A question")
SETTING = Setting(CustomerStatus.ACTIVE, is_member=False)
OPEN = Case(id=ID, number="7", customer=ANN, subject="A question")
CLOSED = replace(OPEN, status=CaseStatus.CLOSED, closed_at=NOW)
EMPTY = "must not be empty"


def refusals(rule: Callable[[], object]) -> Sequence[Refusal]:
    """What a rule refuses."""
    with pytest.raises(Refused) as refused:
        rule()
    return refused.value.refusals


def open_it(draft: NewCase, setting: Setting = SETTING) -> Case:
    return opened(draft, ID, "7", None, setting)


def test_a_new_case_is_open_and_keeps_the_relationship_through_which_it_was_opened() -> None:
    draft = NewCase(customer=ANN, subject=" Late\u00a0", description="a\r\nb ", household=HOME, assignee=SAM)
    made = opened(draft, ID, "7", THROUGH, Setting(CustomerStatus.ENROLLED, is_member=True))
    assert made == Case(
        id=ID,
        number="7",
        customer=ANN,
        subject="Late",
        description="a\nb",
        household=HOME,
        assignee=SAM,
        opened_through=THROUGH,
        status=CaseStatus.OPEN,
        closed_at=None,
        comments=0,
        version=1,
    )


@pytest.mark.parametrize("status", list(CustomerStatus))
def test_customers_have_cases_in_every_status_but_where_they_are_merged_away(status: CustomerStatus) -> None:
    """SPEC 7.4"""
    survivor = PartyId("consumer_other") if status is CustomerStatus.MERGED else None
    setting = Setting(status, is_member=False, survivor=survivor)
    if survivor:
        assert refusals(lambda: open_it(DRAFT, setting)) == (MergedAway(path=("customer",), survivor=survivor),)
    else:
        assert open_it(DRAFT, setting) == OPEN


def test_a_case_is_of_a_household_only_for_its_member() -> None:
    draft = replace(DRAFT, household=HOME)
    assert open_it(draft, replace(SETTING, is_member=True)).household == HOME
    reason = "is no member of this household"
    assert refusals(lambda: open_it(draft)) == (InvalidValue(path=("customer",), reason=reason),)


def test_all_that_is_wrong_is_told_at_once() -> None:
    draft = replace(DRAFT, household=HOME, subject=" ", description="\x00")
    away = Setting(CustomerStatus.MERGED, is_member=False, survivor=PartyId("consumer_other"))
    told = refusals(lambda: open_it(draft, away))
    assert [refusal.path for refusal in told] == [("customer",), ("customer",), ("subject",), ("description",)]


def test_a_subject_may_have_200_characters() -> None:
    assert open_it(replace(DRAFT, subject="x" * 200)).subject == "x" * 200


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("", EMPTY),
        ("\u200b", EMPTY),
        ("x" * 201, "at most 200 characters"),
        ("a\nb", "holds a control character"),
    ],
)
def test_a_subject_is_a_line_that_is_not_empty_and_not_too_long(subject: str, reason: str) -> None:
    wrong = (InvalidValue(path=("subject",), reason=reason),)
    assert refusals(lambda: open_it(replace(DRAFT, subject=subject))) == wrong
    assert refusals(lambda: changed(OPEN, {"subject": subject})) == wrong


def test_a_description_has_up_to_10_000_characters_and_may_be_none() -> None:
    assert open_it(replace(DRAFT, description="x\n" * 4_999 + "xx")).description == "x\n" * 4_999 + "xx"
    for nothing in (None, "", " \n "):
        assert open_it(replace(DRAFT, description=nothing)).description is None
    wrong = InvalidValue(path=("description",), reason="at most 10000 characters")
    assert refusals(lambda: open_it(replace(DRAFT, description="x" * 10_001))) == (wrong,)


def test_only_the_texts_given_are_changed() -> None:
    before = replace(CLOSED, description="Long ago.", assignee=SAM, comments=3, version=5)
    assert changed(before, {}) == before
    assert changed(before, {"subject": " Another "}) == replace(before, subject="Another")
    assert changed(before, {"description": None}) == replace(before, description=None)
    assert refusals(lambda: changed(before, {"subject": None, "description": "\x07"})) == (
        InvalidValue(path=("subject",), reason=EMPTY),
        InvalidValue(path=("description",), reason="holds a control character"),
    )


def test_a_case_is_closed_and_opened_again_only_from_the_other_status() -> None:
    assert closed(OPEN, NOW) == CLOSED
    assert reopened(CLOSED) == OPEN
    assert refusals(lambda: closed(CLOSED, NOW)) == (WrongCaseStatus(path=("case",), status="CLOSED"),)
    assert refusals(lambda: reopened(OPEN)) == (WrongCaseStatus(path=("case",), status="OPEN"),)


@pytest.mark.parametrize("case", [OPEN, CLOSED], ids=["open", "closed"])
def test_a_comment_stands_behind_those_that_there_are(case: Case) -> None:
    assert commented(case, SAID, " Yes.\r\nNo. ") == Comment(SAID, ID, 1, "Yes.\nNo.")
    assert commented(replace(case, comments=7), SAID, "x" * 10_000).place == 8


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", EMPTY),
        ("\n \u200b", EMPTY),
        ("x" * 10_001, "at most 10000 characters"),
        ("\x00", "holds a control character"),
    ],
)
def test_a_comment_is_not_empty_and_not_too_long(text: str, reason: str) -> None:
    assert refusals(lambda: commented(OPEN, SAID, text)) == (InvalidValue(path=("text",), reason=reason),)


def test_the_history_tells_of_all_fields_but_what_counts_comments_and_versions() -> None:
    assert fields(CLOSED) == {
        "number": "7",
        "customer": ANN,
        "household": None,
        "subject": "A question",
        "description": None,
        "status": "CLOSED",
        "assignee": None,
        "opened_through": None,
        "closed_at": NOW,
    }


def test_a_case_is_found_by_number_subject_and_description_folded() -> None:
    assert search_text(OPEN) == "7\na question"
    assert search_text(replace(OPEN, subject="Späte  Lieferung", description="A\n\nB")) == "7\nspate lieferung\na b"


def test_the_longest_word_comes_first_and_each_once() -> None:
    assert search_words(" Ä bcd  ef a BCD") == ["bcd", "ef", "a"]
    assert search_words(" \u200b") == [""]


@given(st.text(max_size=50), st.text(max_size=50))
def test_whoever_types_any_part_of_a_text_finds_it(before: str, after: str) -> None:
    case = replace(OPEN, description=f"{before} {after}")
    assert all(word in search_text(case) for word in (*search_words(before), *search_words(after)))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3))
def test_what_is_searched_is_never_more_than_an_index_takes(signs: str) -> None:
    text = search_text(replace(OPEN, description=(signs * 10_000)[:10_000]))
    assert len(text.encode()) <= MOST_SEARCHED
    assert text.startswith("7\na question")
