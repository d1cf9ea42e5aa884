"""Access in the graph: who a viewer is, whom relationships lead to, and what they grant."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.access import Grant, Granted, Granting, Link, Reach, Reached
from domain.ids import PartyId
from domain.partner_apps import is_app
from graphdb.graph import Graph, Transaction


async def standing(
    graph: Graph, viewer: str, session: str | None, claimed: Sequence[str] | None, login: str | None
) -> Sequence[object]:
    """Kind, roles, status of a party, whether it is deceased, and whether its session holds and this is its login; each
    but the last None where there is none of this id. `claimed` are its roles where its issuer tells them. Of a partner
    app that it is one, and whether it is active and its key, the session, is good."""
    if is_app(viewer):
        (row,) = await graph.rows("partner_apps/standing", viewer=viewer, session=session)
        return list(row["standing"])
    (row,) = await graph.rows("access/standing", viewer=viewer, session=session, claimed=claimed, login=login)
    found: Sequence[object] = row["standing"]
    return found


async def standing_in(tx: Transaction, viewer: str) -> Sequence[object]:
    """The same of a party as the graph alone has it, within a transaction."""
    (row,) = await tx.rows("access/standing", viewer=viewer, session=None, claimed=None, login=None)
    found: Sequence[object] = row["standing"]
    return found


async def reached(tx: Transaction, viewer: str, parties: Sequence[str], today: date) -> tuple[list[Reached], Granted]:
    """Of these ids the parties that there are, each with the chains of relationships that lead there from a viewer,
    as of today; and what is granted by which."""
    (row,) = await tx.rows("access/chains", viewer=viewer, parties=list(dict.fromkeys(parties)), today=today)
    found = [
        Reached(PartyId(id), bool(deceased), tuple(tuple(map(as_link, links)) for links in chains))
        for id, deceased, chains in row["reached"]
    ]
    return found, as_granted(row["responsibilities"], row["roles"])


def as_link(row: Sequence[Any]) -> Link:
    """A relationship of a chain as the rules take it."""
    id, type, category, responsibility, role, head = row
    return Link(id, type, category, responsibility, role, bool(head))


def as_granted(responsibilities: Sequence[Sequence[Any]], roles: Sequence[Sequence[Any]]) -> Granted:
    """What is defined to be granted, as the rules take it."""
    return Granted(
        {
            code: Granting(frozenset(map(Grant, grants)), frozenset(map(Reach, reach)))
            for code, grants, reach in responsibilities
        },
        {(type, role): frozenset(map(Grant, grants)) for type, role, grants in roles},
    )
