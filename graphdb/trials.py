"""Narrower rules on trial in the graph: how long one stands, and what it stands in place of (decision 11)."""

import json
from collections.abc import Sequence

from graphdb.graph import Graph, Row, Transaction

STANDS_SECONDS = 60
"""So long a trial stands without a word from whoever put it up; then it lapses."""


def settled(node: Row) -> Row:
    """A definition's properties under the rule that is in force for good; a rule that is on trial is left out."""
    return json.loads(node["before"]) | {"version": node["version"]} if "before" in node else node


async def renew(tx: Transaction, id: str, token: str) -> None:
    """Keeps a trial up, if it is still there."""
    await tx.rows("trials/renew", id=id, token=token, seconds=STANDS_SECONDS)


async def over(graph: Graph) -> Sequence[tuple[str, str]]:
    """What was on trial longer than any trial stands: the ids of the definitions, and whose the trials are."""
    return [(row["id"], row["token"]) for row in await graph.rows("trials/over")]
