"""Staff made, and passwords set, on the command line: how the first administrator comes in."""

from collections.abc import Sequence

from domain.ids import PartyId
from domain.internal_users import Role
from domain.parties import PartyKind
from graphdb.graph import Graph
from kith.context import Contexts
from kith.issuing import held_by, in_store
from kith.settings import Settings
from resolvers.credentials import allowed, set_password
from resolvers.parties import create_party
from resolvers.viewers import ADMINISTRATOR


def add(settings: Settings, login: str, name: str, roles: Sequence[Role], password: str) -> str:
    """Makes one of the staff with a password; answers the id. Raises Refused: for the password before anything is."""
    allowed(password, "password")

    async def made(graph: Graph) -> str:
        context = Contexts(graph, settings).of(ADMINISTRATOR)
        given = {"login": login, "name": name, "roles": list(roles)}
        user = (await create_party(context, PartyKind.INTERNAL_USER, given)).id
        await set_password(context, PartyId(user), password)
        return user

    return in_store(settings, made)


def give_password(settings: Settings, who: str, password: str) -> str:
    """Sets the password of a party, by login or id, whose sessions end; answers the id. Raises Refused, NobodyKnown."""

    async def given(graph: Graph) -> str:
        context = Contexts(graph, settings).of(ADMINISTRATOR)
        return (await set_password(context, await held_by(graph, who), password)).id

    return in_store(settings, given)
