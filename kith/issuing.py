"""Tokens given out and sessions ended on the command line, beside a running service or without."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from domain.ids import PartyId
from domain.sessions import Place
from domain.signing_keys import rotated, signing
from graphdb import parties, signing_keys
from graphdb.graph import Graph, Transaction
from graphdb.local import Endpoint
from kith.settings import Settings
from kith.store import endpoint, opened
from kith.tokens import LIFETIME, Tokens, secret_of
from resolvers.sessions import NotSignedIn, begin, end_all
from resolvers.viewers import ADMINISTRATOR, Caller, Unknown, Viewers

T = TypeVar("T")


class NobodyKnown(Exception):
    """Nobody who may sign in has this login or id."""


def token(settings: Settings, who: str | None = None) -> str:
    """A token of a party, by login or id, or else of the administrator, good for LIFETIME unless its session is ended.

    Raises NobodyKnown.
    """

    async def issued(graph: Graph) -> str:
        tokens, now = Tokens(secret_of(settings), lambda: signing_keys.stored(graph)), datetime.now(UTC)
        await tokens.look()
        try:
            session = await begin(graph, await signing_in(graph, who), now, Place.COMMAND_LINE, LIFETIME)
        except NotSignedIn as gone:
            raise nobody(who or ADMINISTRATOR.id) from gone
        return tokens.new(session.party, now, session.id)

    return in_store(settings, issued)


def sign_out(settings: Settings, who: str | None) -> int:
    """Ends all sessions of a party, by login or id, or else of the administrator; answers how many there were.

    Raises NobodyKnown.
    """

    async def ended(graph: Graph) -> int:
        return await end_all(graph, await held_by(graph, who) if who else ADMINISTRATOR.id, datetime.now(UTC))

    return in_store(settings, ended)


def rotate(settings: Settings, at_once: bool) -> int:
    """Makes the next key the one that is signed with; answers its number."""

    async def work(tx: Transaction) -> int:
        keys = rotated(await signing_keys.locked(tx), datetime.now(UTC), LIFETIME, at_once)
        signing_keys.put(tx, keys)
        return signing(keys).number

    return in_store(settings, lambda graph: graph.write(work, "rotateKeys"))


async def signing_in(graph: Graph, who: str | None) -> str:
    """The id of a party that may sign in, or else of the administrator. Raises NobodyKnown."""
    if who is None:
        return ADMINISTRATOR.id
    try:
        return (await Viewers(graph).fresh(Caller(await held_by(graph, who)))).id
    except Unknown as unknown:
        raise nobody(who) from unknown


async def held_by(graph: Graph, who: str) -> PartyId:
    """The id of a party by login or id. Raises NobodyKnown."""
    holders = await graph.rows("parties/holders", keys=[], login=who.strip().casefold())
    if holders:
        return PartyId(holders[0]["party"])
    if await graph.read(lambda tx: parties.ends(tx, [PartyId(who)]), "parties"):
        return PartyId(who)
    raise nobody(who)


def nobody(who: str) -> NobodyKnown:
    return NobodyKnown(f"Nobody who may sign in is known as {who}.")


def in_store(settings: Settings, work: Callable[[Graph], Awaitable[T]]) -> T:
    """What work on the store that the settings name answers; the store is started for it where none runs."""

    async def done(at: Endpoint) -> T:
        async with opened(at, settings) as graph:
            return await work(graph)

    with endpoint(settings) as at:
        return asyncio.run(done(at))
