"""Tokens given out on the command line, beside a running service or without."""

import asyncio
from datetime import UTC, datetime

from graphdb.local import Endpoint
from kith.settings import Settings
from kith.store import endpoint, opened
from kith.tokens import Tokens, secret_of
from resolvers.viewers import ADMINISTRATOR, Caller, Unknown, Viewers


class NobodyKnown(Exception):
    """Nobody who may sign in has this login or id."""


def administrator_token(settings: Settings) -> str:
    """A token of the administrator."""
    return issued(settings, ADMINISTRATOR.id)


def token_as(settings: Settings, who: str) -> str:
    """A token of a party, by login or id. Raises NobodyKnown."""
    with endpoint(settings) as at:
        return issued(settings, asyncio.run(found(settings, at, who)))


async def found(settings: Settings, at: Endpoint, who: str) -> str:
    """The id of a party that may sign in, in the store at an address. Raises NobodyKnown."""
    async with opened(at, settings) as graph:
        holders = await graph.rows("parties/holders", keys=[], login=who.strip().casefold())
        try:
            return (await Viewers(graph).fresh(Caller(holders[0]["party"] if holders else who))).id
        except Unknown as unknown:
            raise NobodyKnown(f"Nobody who may sign in is known as {who}.") from unknown


def issued(settings: Settings, id: str) -> str:
    """A token of this instance."""
    return Tokens(secret_of(settings)).new(id, datetime.now(UTC))
