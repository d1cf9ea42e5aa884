"""Families in the graph: what a tree asks for, level by level."""

from collections.abc import Sequence
from datetime import date

from domain.family import Parentage, Partnership, Person
from domain.family_walk import Frontier, Links, Standing
from domain.relationship_types import Pedigree
from graphdb.graph import Transaction


async def links(tx: Transaction, frontier: Frontier, as_of: date | None) -> Links:
    """The links that a walk wants next, on a day or over all time."""
    rows = await tx.rows(
        "family/links",
        parents_of=list(frontier.parents_of),
        children_of=list(frontier.children_of),
        siblings_of=list(frontier.siblings_of),
        partners_of=list(frontier.partners_of),
        as_of=as_of,
    )
    pairs = {
        kind: [(r["one"], r["other"]) for r in rows if r["link"] == kind] for kind in ("PARENT", "SIBLING", "PARTNER")
    }
    return Links(pairs["PARENT"], pairs["SIBLING"], pairs["PARTNER"])


async def people(tx: Transaction, standings: Sequence[Standing], as_of: date | None) -> list[Person]:
    """Those who stand in a tree, with what is shown of them."""
    rows = {row["id"]: row for row in await tx.rows("family/people", ids=[s.id for s in standings], as_of=as_of)}
    return [
        Person(s.id, s.generation, row["born"], row["parents"], row["children"])
        for s in standings
        if (row := rows.get(s.id))
    ]


async def among(
    tx: Transaction, ids: Sequence[str], as_of: date | None, day: date
) -> tuple[list[Parentage], list[Partnership]]:
    """The parentages and partnerships among people; `day` decides which partnerships are current."""
    rows = await tx.rows("family/among", ids=list(ids), as_of=as_of, day=day)
    parentages = [Parentage(r["one"], r["other"], Pedigree(r["pedigree"])) for r in rows if r["link"] == "PARENT"]
    partnerships = [Partnership(r["id"], r["one"], r["other"], r["current"]) for r in rows if r["link"] == "PARTNER"]
    return parentages, partnerships
