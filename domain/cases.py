"""Cases: what a customer has asked for or complained of, open until it is closed; and what is said on it (SPEC 5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from domain.ids import CaseCommentId, CaseId, PartyId, RelationshipId
from domain.parties import CustomerStatus
from domain.refusals import InvalidValue, MergedAway, Refusal, Refused, WrongCaseStatus, demand
from domain.texts import checked, filled, fold
from domain.values import Invalid, Property

MOST_SUBJECT, MOST_DESCRIPTION, MOST_COMMENT = 200, 10_000, 10_000
MOST_SEARCHED = 32_000
"""Bytes: Neo4j's text index refuses a text of more than 32,766."""


class CaseStatus(Enum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """A case as it is asked for."""

    customer: PartyId
    subject: str
    description: str | None = None
    household: PartyId | None = None
    assignee: PartyId | None = None


@dataclass(frozen=True)
class Setting:
    """What a new case is judged by: the customer's status, whether the household named is theirs today, and of one who
    was merged away into whom."""

    status: CustomerStatus
    is_member: bool
    survivor: PartyId | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case as it is stored; `opened_through` is the relationship by which somebody could open it for the customer.

    `comments` is how many there are. They don't count in the version, so that no editor's form becomes stale by them.
    """

    id: CaseId
    number: str
    customer: PartyId
    subject: str
    description: str | None = None
    household: PartyId | None = None
    assignee: PartyId | None = None
    opened_through: RelationshipId | None = None
    status: CaseStatus = CaseStatus.OPEN
    closed_at: datetime | None = None
    comments: int = 0
    version: int = 1


@dataclass(frozen=True)
class Comment:
    """What somebody said on a case; `place` is its place there, from 1."""

    id: CaseCommentId
    case: CaseId
    place: int
    text: str


def opened(draft: NewCase, id: CaseId, number: str, through: RelationshipId | None, setting: Setting) -> Case:
    """A new case. Raises Refused with all that is wrong.

    Whoever is merged away has none of their own any more; one in every other status may have a question.
    """
    refusals: list[Refusal] = []
    if setting.survivor:
        refusals.append(MergedAway(path=("customer",), survivor=setting.survivor))
    if draft.household and not setting.is_member:
        refusals.append(InvalidValue(path=("customer",), reason="is no member of this household"))
    texts, wrong = checked_texts(draft.subject, draft.description)
    demand([*refusals, *wrong])
    return Case(
        id=id,
        number=number,
        customer=draft.customer,
        household=draft.household,
        assignee=draft.assignee,
        opened_through=through,
        **texts,
    )


def changed(before: Case, given: Mapping[str, Any]) -> Case:
    """The case with another subject or description, whichever is given; None empties one. Raises Refused."""
    texts, wrong = checked_texts(given.get("subject", before.subject), given.get("description", before.description))
    demand(wrong)
    return replace(before, **texts)


def closed(before: Case, at: datetime) -> Case:
    """The case, closed. Raises Refused unless it is open: whoever closes it second learns that somebody has."""
    check(before, CaseStatus.OPEN)
    return replace(before, status=CaseStatus.CLOSED, closed_at=at)


def reopened(before: Case) -> Case:
    """The case, open again. Raises Refused unless it is closed."""
    check(before, CaseStatus.CLOSED)
    return replace(before, status=CaseStatus.OPEN, closed_at=None)


def commented(this_case: Case, id: CaseCommentId, text: str) -> Comment:
    """A comment at the end of those that there are, be the case open or closed. Raises Refused."""
    try:
        return Comment(id, this_case.id, this_case.comments + 1, filled(text, MOST_COMMENT, lines=True))
    except Invalid as error:
        raise Refused(InvalidValue(path=("text",), reason=error.reason)) from error


def check(this_case: Case, status: CaseStatus) -> None:
    """Raises Refused with WrongCaseStatus unless the case has this status."""
    if this_case.status is not status:
        raise Refused(WrongCaseStatus(path=("case",), status=this_case.status.value))


def checked_texts(subject: str | None, description: str | None) -> tuple[dict[str, Any], list[Refusal]]:
    """Subject and description as they are stored, and what is wrong with them."""
    texts: dict[str, Any] = {"subject": "", "description": None}
    refusals: list[Refusal] = []
    try:
        texts["subject"] = filled(subject or "", MOST_SUBJECT)
    except Invalid as error:
        refusals.append(InvalidValue(path=("subject",), reason=error.reason))
    try:
        texts["description"] = checked(description or "", MOST_DESCRIPTION, lines=True) or None
    except Invalid as error:
        refusals.append(InvalidValue(path=("description",), reason=error.reason))
    return texts, refusals


def fields(this_case: Case) -> dict[str, Property]:
    """A case's own fields by name, as they are stored and as the history tells of them."""
    return {
        "number": this_case.number,
        "customer": this_case.customer,
        "household": this_case.household,
        "subject": this_case.subject,
        "description": this_case.description,
        "status": this_case.status.value,
        "assignee": this_case.assignee,
        "opened_through": this_case.opened_through,
        "closed_at": this_case.closed_at,
    }


def search_text(this_case: Case) -> str:
    """All that a case is found by, folded: a line each; as much as an index takes.

    That is all of it but where the text is of signs of four bytes, or of some that are folded into many.
    """
    told = (this_case.number, this_case.subject, this_case.description)
    text = "\n".join(fold(part) for part in told if part)
    return text.encode()[:MOST_SEARCHED].decode(errors="ignore")


def search_words(typed: str) -> list[str]:
    """What must all be parts of a case's search text; the longest first, since it is the one that finds fewest."""
    return sorted(dict.fromkeys(fold(typed).split()), key=len, reverse=True) or [""]
