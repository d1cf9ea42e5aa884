"""Sessions in the graph."""

from datetime import datetime

from domain.sessions import MOST, Ending, Place, Session
from graphdb.graph import Row, Transaction


def start(tx: Transaction, session: Session) -> None:
    """Begins a session of a locked party; the oldest end where it has too many. It goes out with what comes next."""
    tx.does("sessions/start", session=as_properties(session), most=MOST, because=Ending.TOO_MANY.value)


async def locked(tx: Transaction, id: str) -> Session | None:
    """The session of an id once nobody else changes it, None if there is none."""
    rows = await tx.rows("sessions/lock", id=id)
    return as_session(rows[0]["properties"]) if rows else None


def refreshed(tx: Transaction, session: Session, at: datetime) -> None:
    """Notes that the tokens of a locked session were made anew. It goes out with what the transaction does next."""
    tx.does("sessions/refresh", id=session.id, refreshes=session.refreshes + 1, at=at)


async def end(tx: Transaction, id: str, at: datetime, because: Ending) -> list[str]:
    """Ends a session; answers its id, nothing where it is over already."""
    return [row["id"] for row in await tx.rows("sessions/end", id=id, at=at, because=because.value)]


def end_all(tx: Transaction, party: str, at: datetime, because: Ending, but: str | None = None) -> None:
    """Ends the sessions of a locked party, all but one where that goes on. It goes out with what comes next."""
    tx.does("sessions/end_all", party=party, but=but, at=at, because=because.value)


async def ended_all(tx: Transaction, party: str, at: datetime, because: Ending) -> list[str]:
    """The same of all sessions; answers their ids."""
    rows = await tx.rows("sessions/end_all", party=party, but=None, at=at, because=because.value)
    return [row["id"] for row in rows]


async def delete_over(tx: Transaction, at: datetime, most: int) -> int:
    """Deletes so many sessions that are over; answers how many."""
    (row,) = await tx.rows("sessions/over", at=at, most=most)
    return int(row["count"])


def as_properties(session: Session) -> dict[str, object]:
    """A session that begins, as its node keeps it."""
    return {
        "id": session.id,
        "party": session.party,
        "started_at": session.started_at,
        "used_at": session.started_at,
        "expires_at": session.expires_at,
        "place": session.place.value,
        "refreshes": session.refreshes,
    }


def as_session(node: Row) -> Session:
    """A node's properties as the domain has it."""
    return Session(
        id=node["id"],
        party=node["party"],
        started_at=node["started_at"],
        expires_at=node["expires_at"],
        place=Place(node["place"]),
        refreshes=node["refreshes"],
        ended_at=node.get("ended_at"),
    )
