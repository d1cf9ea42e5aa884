"""Signing in with a password, staying so, and signing out (SPEC 6.4, 11.3)."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain import contacts
from domain.ids import PartyId, new_session_id
from domain.operations import Change
from domain.parties import PartyKind
from domain.passwords import typed
from domain.refusals import NoSession, Refused
from domain.sessions import Ending, Place, Refresh, Session, shown
from domain.values import Invalid
from graphdb import access, parties, passwords, sessions
from graphdb.graph import Graph, Transaction
from resolvers.access import demand_seen, permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import check_kind, demand_not_merged
from resolvers.passwords import Hasher
from resolvers.viewers import ADMINISTRATOR, Caller, viewer_of


class NotSignedIn(Exception):
    """Raised for whoever is not let in; `reason` is a code for the log, which the client is not told."""

    def __init__(self, reason: str) -> None:
        super().__init__("This login and this password do not belong together.")
        self.reason = reason


async def sign_in(
    graph: Graph, hasher: Hasher, login: str, password: str, now: datetime, place: Place, life: timedelta
) -> Session:
    """A new session of the party that has a login and its password, which lasts so long. Raises NotSignedIn, Busy.

    Whoever is not let in waits for the same: one reading and one comparison, whether there is such a login or not. A
    party whose password, login or status changes meanwhile is not let in: all these take the lock that is taken here.
    """
    form = folded(login)
    found = await passwords.of_login(graph, form)
    if not await hasher.verify(found.hash, password):
        raise NotSignedIn("LOGIN" if found.party is None else "NO_PASSWORD" if found.hash is None else "PASSWORD")
    if found.party is None or viewer_of(Caller(found.party), found.standing) is None:
        raise NotSignedIn("STATUS")
    renewed = await hasher.hash(typed(password) or "") if found.hash and hasher.outdated(found.hash) else None
    session = Session(new_session_id(), found.party, now, now + life, place)

    async def work(tx: Transaction) -> Session:
        await parties.lock(tx, [PartyId(session.party)])
        there = await passwords.of_login_in(tx, form)
        if (there.party, there.hash) != (found.party, found.hash):
            raise NotSignedIn("CHANGED")
        if viewer_of(Caller(session.party), there.standing) is None:
            raise NotSignedIn("STATUS")
        if renewed:
            passwords.put(tx, PartyId(session.party), renewed, now)
        sessions.start(tx, session)
        return session

    return await graph.write(work, "signIn")


async def begin(graph: Graph, party: str, now: datetime, place: Place, life: timedelta) -> Session:
    """A new session of a party, or of the administrator, who needs no password for it.

    Raises NotSignedIn for a party that may not sign in, or is gone meanwhile.
    """
    session = Session(new_session_id(), party, now, now + life, place)

    async def work(tx: Transaction) -> Session:
        await parties.lock(tx, [PartyId(party)])
        if party != ADMINISTRATOR.id and viewer_of(Caller(party), await access.standing_in(tx, party)) is None:
            raise NotSignedIn("STATUS")
        sessions.start(tx, session)
        return session

    return await graph.write(work, "signIn")


async def refresh(graph: Graph, id: str, number: int, now: datetime) -> Session:
    """The session of a refresh token of this number, which from now on is good no more. Raises NotSignedIn.

    A token that was used before ends the session; of two that come at the same time one finds that the other has used
    it. So does what keeps its party from signing in.
    """

    async def work(tx: Transaction) -> tuple[Session | None, str]:
        session = await sessions.locked(tx, id)
        seen = shown(session, number, now)
        if session is None or seen is Refresh.OVER:
            return None, Refresh.OVER.value
        if seen is Refresh.REUSED:
            await sessions.end(tx, id, now, Ending.REUSED)
            return None, Refresh.REUSED.value
        if viewer_of(Caller(session.party), await access.standing_in(tx, session.party)) is None:
            await sessions.end(tx, id, now, Ending.STATUS)
            return None, "STATUS"
        sessions.refreshed(tx, session, now)
        return replace(session, refreshes=session.refreshes + 1), ""

    session, reason = await graph.write(work, "refresh")
    if session is None:
        raise NotSignedIn(reason)
    return session


async def end(graph: Graph, id: str, now: datetime) -> None:
    """Ends a session, if it goes on."""
    await graph.write(lambda tx: sessions.end(tx, id, now, Ending.SIGNED_OUT), "signOut")


async def end_all(graph: Graph, party: str, now: datetime) -> int:
    """Ends all sessions of a party, or of the administrator; answers how many there were."""

    async def work(tx: Transaction) -> int:
        await parties.lock(tx, [PartyId(party)])
        return len(await sessions.ended_all(tx, party, now, Ending.REVOKED))

    return await graph.write(work, "endSessions")


async def sign_out(context: Context, everywhere: bool) -> Done:
    """Ends the session that the viewer is in, or all of the viewer's. Raises Refused where there is none to end."""
    permit(context.viewer, "signOut")
    viewer = context.viewer
    if viewer.session is None and not everywhere:
        raise Refused(NoSession())

    async def work(tx: Transaction) -> Outcome:
        await parties.lock(tx, [PartyId(viewer.id)])
        if everywhere:
            ended = await sessions.ended_all(tx, viewer.id, context.now, Ending.SIGNED_OUT)
        else:
            ended = await sessions.end(tx, viewer.session or "", context.now, Ending.SIGNED_OUT)
        return Outcome(ended, [])

    return await perform(context, "signOut", work)


async def end_sessions(context: Context, party: PartyId) -> Done:
    """Ends all sessions of a party. Raises Refused."""
    permit(context.viewer, "endSessions")
    check_kind(party, PartyKind.CONSUMER, PartyKind.INTERNAL_USER, path="party")

    async def work(tx: Transaction) -> Outcome:
        await parties.lock(tx, [party])
        await demand_seen(tx, context, {("party",): party})
        await demand_not_merged(tx, party, "party")
        ended = await sessions.ended_all(tx, party, context.now, Ending.REVOKED)
        return Outcome([party], [Change(party, party, {"sessions": len(ended)}, {"sessions": 0})])

    return await perform(context, "endSessions", work)


def folded(login: str) -> str | None:
    """A login as it is kept, None where it can be nobody's."""
    try:
        return contacts.login(login)
    except Invalid:
        return None
