"""Duplicates in the graph: who has words in common, what is compared of customers, and the pairs that were noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.duplicates import Match, Ties
from domain.ids import PartyId
from domain.parties import PartyKind
from domain.profiles import Profile, profile_of, words_query
from graphdb.graph import Row, Transaction

Pair = tuple[str, str]


@dataclass(frozen=True)
class Noted:
    """A pair that was noted: its id, both, how likely it is, and the codes of its evidence with their bits."""

    id: str
    one: PartyId
    other: PartyId
    score: float
    evidence: Sequence[str]


async def caught_up(tx: Transaction) -> None:
    """Waits until what has been written can be found by words."""
    await tx.rows("duplicates/caught_up")


async def candidates(tx: Transaction, profiles: Sequence[Profile], most: int) -> dict[str, list[str]]:
    """For each customer the ids of at most so many who have most in common with it by words."""
    queries = [(profile, words_query(profile)) for profile in profiles]
    asked = [{"id": one.id, "kind": one.kind.value, "query": query} for one, query in queries if query]
    rows = await tx.rows("duplicates/candidates", asked=asked, most=most + 1)  # the customer itself is among them
    return {row["id"]: list(row["candidates"])[:most] for row in rows}


async def profiles(tx: Transaction, ids: Sequence[str]) -> dict[str, Profile]:
    """What is compared of those of the customers that there are, and are not merged."""
    rows = await tx.rows("duplicates/profiles", ids=list(ids))
    return {row["id"]: profile_of(row["id"], PartyKind(row["kind"]), row["profile"]) for row in rows}


async def ties(tx: Transaction, pairs: Sequence[Pair], today: date) -> Mapping[Pair, Ties | None]:
    """How pairs relate; None for those of which somebody has said that they are not the same."""
    rows = await tx.rows("duplicates/ties", pairs=[list(pair) for pair in pairs], today=today)
    return {(row["one"], row["other"]): None if row["told_apart"] else as_ties(row) for row in rows}


def as_ties(row: Row) -> Ties:
    """A row as the rules take it."""
    return Ties(
        parent_and_child=row["parent_and_child"],
        spouses=row["spouses"],
        siblings=row["siblings"],
        one_above_the_other=row["above"],
        shared=row["shared"],
        same_household=row["same_household"],
    )


async def customers(tx: Transaction, after: str, most: int) -> list[str]:
    """The ids of the customers that come after one."""
    return [row["id"] for row in await tx.rows("duplicates/customers", after=after, most=most)]


async def changed(tx: Transaction, after: str, most: int) -> tuple[str, list[str]]:
    """The last of so many operations after one, which itself where there is none, and the ids of whom they changed."""
    rows = await tx.rows("duplicates/changed", after=after, most=most)
    ids = dict.fromkeys(party for row in rows for party in row["parties"])
    return (rows[-1]["operation"] if rows else after), list(ids)


async def note(tx: Transaction, ids: Sequence[str], matches: Sequence[tuple[str, Match]], at: datetime) -> None:
    """Notes the matches of customers, each with an id of its own, in the place of what was noted of them before."""
    pairs = [
        {"id": id, "one": match.one, "other": match.other, "score": match.score, "evidence": as_texts(match)}
        for id, match in matches
    ]
    await tx.rows("duplicates/note", ids=list(ids), pairs=pairs, at=at)


def as_texts(match: Match) -> list[str]:
    """Evidence as it is stored, a text each: a node or edge keeps no maps."""
    return [f"{evidence.kind.name} {evidence.bits:.1f}" for evidence in match.evidence]


async def page(tx: Transaction, least: float, after: tuple[float, str] | None, most: int) -> list[Noted]:
    """Pairs that were noted, the likeliest first, from a score and id on."""
    score, id = after or (None, "")
    rows = await tx.rows("duplicates/page", least=least, score=score, after=id, most=most)
    return [Noted(row["id"], row["one"], row["other"], row["score"], row["evidence"]) for row in rows]


async def tell_apart(tx: Transaction, one: PartyId, other: PartyId, id: str, at: datetime, by: str) -> bool:
    """Keeps that two locked customers are not the same; answers whether that was kept before."""
    rows = await tx.rows("duplicates/tell_apart", one=one, other=other, id=id, at=at, by=by)
    return bool(rows[0]["known"])


async def progress(tx: Transaction) -> str:
    """The last operation whose changes were looked at, '' where none was."""
    (row,) = await tx.rows("duplicates/progress")
    return str(row["operation"])


async def newest(tx: Transaction) -> str:
    """The newest operation, '' where there is none."""
    rows = await tx.rows("duplicates/newest")
    return str(rows[0]["operation"]) if rows else ""


async def went_on(tx: Transaction, operation: str) -> None:
    """Notes up to which operation changes were looked at."""
    await tx.rows("duplicates/went_on", operation=operation)
