"""Staff in the graph."""

from domain.ids import PartyId
from graphdb.graph import Graph


async def of_login(graph: Graph, login: str) -> PartyId | None:
    """The member of the staff who has a login, None where nobody of the staff has it."""
    rows = await graph.rows("internal_users/of_login", login=login)
    return PartyId(rows[0]["id"]) if rows else None
