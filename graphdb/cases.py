"""Cases in the graph, and what is said on them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from domain.cases import Case, CaseStatus, Comment, NewCase, Setting, fields, search_text
from domain.ids import CaseId, PartyId
from domain.parties import CustomerStatus
from graphdb.errors import Gone
from graphdb.graph import Row, Transaction


async def setting(tx: Transaction, draft: NewCase, today: date) -> Setting | None:
    """What a new case is judged by, None if there is no such customer, who must be locked before."""
    rows = await tx.rows("cases/setting", customer=draft.customer, household=draft.household, today=today)
    return Setting(CustomerStatus(rows[0]["status"]), rows[0]["is_member"], rows[0]["survivor"]) if rows else None


async def create(tx: Transaction, this_case: Case, at: datetime, by: str) -> None:
    """Makes a case. Raises NotUnique where its number is taken."""
    await tx.rows("cases/create", properties=as_properties(this_case), at=at, by=by)


async def locked(tx: Transaction, id: CaseId, parties: Sequence[PartyId] = ()) -> Case | None:
    """The case of an id once nobody else changes it, its customer, or the other parties; None if there is none.

    Raises Gone where it has become another customer's meanwhile, who is not locked.
    """
    rows = await tx.rows("cases/lock", id=id, parties=list(parties))
    found = as_case(rows[0]["properties"]) if rows else None
    if found and found.customer != rows[0]["customer"]:
        raise Gone("The customer was merged meanwhile.")
    return found


async def update(tx: Transaction, this_case: Case, at: datetime) -> None:
    """Writes what a locked case has become, its next version."""
    await tx.rows("cases/update", id=this_case.id, properties=as_properties(this_case), at=at)


def comment(tx: Transaction, said: Comment, at: datetime, by: str) -> None:
    """Writes a comment on a locked case. It goes out with what the transaction does next."""
    tx.does(
        "cases/comment",
        case=said.case,
        comment={"id": said.id, "case": said.case, "place": said.place, "text": said.text},
        at=at,
        by=by,
    )


def as_properties(this_case: Case) -> dict[str, Any]:
    """A case as its node keeps it, but for its version and its comments."""
    return {"id": this_case.id, **fields(this_case), "search": search_text(this_case)}


def as_case(node: Row) -> Case:
    """A node's properties as the domain has it."""
    return Case(
        id=node["id"],
        number=node["number"],
        customer=node["customer"],
        household=node.get("household"),
        subject=node["subject"],
        description=node.get("description"),
        status=CaseStatus(node["status"]),
        assignee=node.get("assignee"),
        opened_through=node.get("opened_through"),
        closed_at=node.get("closed_at"),
        comments=node["comments"],
        version=node["version"],
    )
