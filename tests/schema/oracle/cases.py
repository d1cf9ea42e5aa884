"""Cases of the world, what was said on them, and how the schema shows them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.cases import Case, CaseStatus, Comment, search_text, search_words
from domain.ids import CaseCommentId, CaseId, PartyId, RelationshipId
from domain.parties import CUSTOMERS, Party, PartyKind
from tests.schema.oracle.histories import latest
from tests.schema.oracle.ids import new_id
from tests.schema.oracle.memberships import held
from tests.schema.oracle.pages import page
from tests.schema.oracle.refusals import all_cases_as

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain
    from tests.schema.oracle.world import World

SUBJECTS = ["Late delivery", "Where is Ada's invoice?", "Ost: 0101 is broken", 'A "question"']


def open_cases(r: random.Random, made: World, staff: Sequence[str], moments: Sequence[datetime]) -> None:
    """Gives customers cases: of a household or of none, open or closed, some for somebody, opened in any way."""
    through = [
        id for id, found in made.relationships.items() if made.types[found.type].edge in ("SERVES", "REPRESENTS")
    ]
    for customer in made.of(*CUSTOMERS):
        for _ in range(r.choice([0, 0, 1, 3])):
            closed = r.random() < 0.4
            case = Case(
                id=CaseId(new_id(r, "case")),
                number=str(r.randrange(10**11, 10**12)),
                customer=PartyId(customer),
                household=PartyId(r.choice(made.of(PartyKind.HOUSEHOLD))) if r.random() < 0.5 else None,
                subject=r.choice(SUBJECTS),
                description=r.choice([None, "Since May.\nTwice."]),
                assignee=PartyId(r.choice(staff)) if r.random() < 0.5 else None,
                opened_through=RelationshipId(r.choice([*through, "relationship_gone"])) if r.random() < 0.5 else None,
                status=CaseStatus.CLOSED if closed else CaseStatus.OPEN,
                closed_at=r.choice(moments) if closed else None,
            )
            made.cases[case.id] = case
            for place in range(1, r.choice([1, 1, 3, 5])):
                id = CaseCommentId(new_id(r, "case_comment"))
                made.comments[id] = Comment(id, case.id, place, r.choice(["Yes.", "No,\nor not."]))
                made.cases[case.id] = replace(made.cases[case.id], comments=place)


def shown(plain: Plain, found: Case) -> Object:
    """A case as the schema shows it."""
    stamp, parties, relationships = plain.world.stamps[found.id], plain.world.parties, plain.world.relationships
    return {
        "__typename": "Case",
        "id": found.id,
        "number": found.number,
        **{name: getattr(found, name) if plain.reads_case(found) else None for name in ("subject", "description")},
        **plain.stamp(found.id),
        "status": found.status.name,
        "customer": lambda info: plain.party(found.customer),
        "household": lambda info: found.household and plain.party(found.household),
        "assignee": lambda info: found.assignee and plain.party(found.assignee),
        "openedThrough": lambda info: (
            plain.relationship(found.opened_through) if found.opened_through in relationships else None
        ),
        "comments": lambda info, **given: comments(plain, found, **given),
        "createdBy": lambda info: plain.party(stamp.by) if stamp.by in parties else None,
        "closedAt": found.closed_at and plain.moment(found.closed_at),
    }


def comments(plain: Plain, found: Case, **paging: Any) -> Object:
    """A page of what was said on a case, the first first."""
    said = [comment for comment in plain.world.comments.values() if comment.case == found.id]
    rows = [((*map(ord, c.case), c.place), {"node": comment(plain, c)}) for c in said]
    return page(plain.cursors, "comments", rows, **paging)


def comment(plain: Plain, found: Comment) -> Object:
    stamp = plain.world.stamps[found.id]
    return {
        "place": found.place,
        "text": found.text if plain.reads_case(plain.world.cases[found.case]) else None,
        "createdAt": plain.moment(stamp.at),
        "createdBy": lambda info: plain.party(stamp.by) if stamp.by in plain.world.parties else None,
    }


def shown_cases(plain: Plain) -> list[Case]:
    return [case for case in plain.world.cases.values() if plain.sees_case(case)]


def text(plain: Plain, found: Case) -> str:
    """What a case is found by."""
    return search_text(found) if plain.reads_case(found) else found.number


def of_customer(plain: Plain, stored: Party, status: str | None = None, **paging: Any) -> Object:
    """A page of a customer's cases, the latest first."""
    mine = [c for c in shown_cases(plain) if c.customer == stored.id and status in (None, c.status.name)]
    return page(plain.cursors, "Customer.cases", [row(plain, c, c.customer) for c in mine], **paging)


def of_household(plain: Plain, stored: Party, status: str | None = None, **paging: Any) -> Object:
    """A page of the cases of a household."""
    mine = [c for c in shown_cases(plain) if c.household == stored.id and status in (None, c.status.name)]
    return page(plain.cursors, "Household.cases", [row(plain, c, stored.id) for c in mine], **paging)


def all_cases(
    plain: Plain,
    search: str | None = None,
    status: str | None = None,
    customer: str | None = None,
    assignee: str | None = None,
    **paging: Any,
) -> Object:
    """A page of all cases, or of those that hold the words; what a list is chosen by comes first in its order."""
    found = [
        case
        for case in shown_cases(plain)
        if (search is None or all(word in text(plain, case) for word in search_words(search)))
        and (status is None or case.status.name == status)
        and (customer is None or case.customer == customer)
        and (assignee is None or case.assignee == assignee)
    ]
    name = all_cases_as({"search": search, "status": status, "customer": customer, "assignee": assignee})
    first = {"casesOf": customer, "casesFor": assignee, "casesIn": status}.get(name)
    return page(plain.cursors, name, [row(plain, case, first) for case in found], **paging)


def row(plain: Plain, found: Case, first: str | None) -> tuple[tuple[int, ...], Object]:
    """A case in a list, the latest first, behind what is the same for all of the list."""
    return (*latest(first or ""), *latest(found.id)), {"node": plain.case(found.id)}


def open_count(plain: Plain, stored: Party) -> int:
    """How many open cases a household has: those of current members whose primary one it is."""
    members = {r.source for r in held(plain, "CURRENT", None) if r.target == stored.id and getattr(r, "primary", False)}
    return sum(c.customer in members and c.status is CaseStatus.OPEN for c in shown_cases(plain))
