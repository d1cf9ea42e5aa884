"""Integrity in the graph: read in pages by id, as it is found, for rules that judge it; bounded in memory.

Every function takes what runs statements: a transaction, where all is to be seen at once and there is little of it, or
the graph itself, where each page is a transaction of its own and a large store takes minutes.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from domain.ids import PartyId, RelationshipId
from domain.integrity import MOST_RECORDS, Finding, StoredCase, StoredEdge, StoredParty, StoredTie
from domain.periods import readable_period
from domain.relationship_types import EDGES, RelationshipType
from domain.responsibilities import Responsibility
from domain.within import Membership, Within
from graphdb.graph import Row

PAGE = 5_000
EDGE_TYPES = tuple(dict.fromkeys(EDGES.values()))
Some = tuple[int, Sequence[str]]
"""How often something was found, and records of the first places, at most MOST_RECORDS."""


class Statements(Protocol):
    """What runs statements by their names."""

    async def rows(self, name: str, /, **parameters: Any) -> list[Row]: ...


async def parties(run: Statements) -> AsyncIterator[list[StoredParty]]:
    """Every party that has an id, a page at a time."""
    after = ""
    while True:
        (row,) = await run.rows("integrity/parties", after=after, size=PAGE)
        page = [StoredParty(id, kind, frozenset(labels), *more) for id, kind, labels, *more in row["parties"]]
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = page[-1].id


async def edges(run: Statements, edge: str) -> AsyncIterator[list[StoredEdge]]:
    """Every relationship of an edge type that has an id, a page at a time."""
    after = ""
    while True:
        (row,) = await run.rows("integrity/edges", edge=edge, after=after, size=PAGE)
        page = [as_edge(edge, *found) for found in row["edges"]]
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = page[-1].tie.id


async def cases(run: Statements) -> AsyncIterator[list[StoredCase]]:
    """Every case that has an id, a page at a time."""
    after = ""
    while True:
        (row,) = await run.rows("integrity/cases", after=after, size=PAGE)
        page = [StoredCase(*found) for found in row["cases"]]
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = page[-1].id


async def crowds(
    run: Statements, ids: Sequence[str], types: Mapping[str, RelationshipType]
) -> list[tuple[str, int, list[StoredTie]]]:
    """Of some parties (party, limit, relationships) where over all time there are more than a type's limit."""
    limits = [
        {"type": type.code, "end": end, "symmetric": type.symmetric, "most": most}
        for type in types.values()
        for end, most in (("source", type.max_per_source), ("target", type.max_per_target))
        if most is not None and not (type.symmetric and end == "target")
    ]
    if not limits:
        return []
    rows = await run.rows("integrity/crowds", ids=list(ids), limits=limits)
    return [(row["party"], row["most"], [StoredTie(*tie) for tie in row["ties"]]) for row in rows]


async def holders(
    run: Statements, ids: Sequence[str], responsibilities: Sequence[Responsibility]
) -> list[tuple[str, list[StoredTie]]]:
    """Of some parties (party, relationships) where over all time several have carried what one may at a time."""
    codes = [responsibility.code for responsibility in responsibilities if responsibility.exclusive]
    rows = await run.rows("integrity/holders", ids=list(ids), codes=codes) if codes else []
    return [(row["party"], [StoredTie(*tie) for tie in row["ties"]]) for row in rows]


async def marked(run: Statements, ids: Sequence[str]) -> list[tuple[Finding, str, list[StoredTie]]]:
    """Of some parties the households that ever had several heads, and the consumers with several primary places."""
    rows = await run.rows("integrity/marked", ids=list(ids))
    return [(Finding[row["finding"]], row["party"], [StoredTie(*tie) for tie in row["ties"]]) for row in rows]


async def parties_without_id(run: Statements) -> Some:
    """Parties that no statement would find."""
    return some(await run.rows("integrity/parties_without_id", most=MOST_RECORDS))


async def edges_without_id(run: Statements) -> Some:
    """Relationships without an id, by the parties at their ends."""
    return some(await run.rows("integrity/edges_without_id", most=MOST_RECORDS))


async def external_ids_at_odds(run: Statements) -> Some:
    """External ids, by their keys, that do not identify exactly one party."""
    return some(await run.rows("integrity/external_ids", most=MOST_RECORDS))


async def changes_without_operation(run: Statements) -> Some:
    """Changes, by the record changed, whose operation is not there."""
    return some(await run.rows("integrity/changes", most=MOST_RECORDS))


async def lost_points(run: Statements) -> Some:
    """Adjustments of points whose customer or type is not there."""
    return some(await run.rows("integrity/lost_points", most=MOST_RECORDS))


async def lost_comments(run: Statements) -> Some:
    """Comments whose case is not there, or that are in no place of it."""
    return some(await run.rows("integrity/lost_comments", most=MOST_RECORDS))


async def consents_at_odds(run: Statements) -> Some:
    """Consents that are not whole, or not between a consumer and an app, or not the only one that holds."""
    return some(await run.rows("integrity/consents", most=MOST_RECORDS))


async def lost_sign_ins(run: Statements, administrator: str) -> Some:
    """Sessions, passwords and resets of parties that are not there; the administrator is none and may have sessions."""
    return some(await run.rows("integrity/lost_sign_ins", administrator=administrator, most=MOST_RECORDS))


async def lost_keys(run: Statements) -> Some:
    """API keys of no partner app."""
    return some(await run.rows("integrity/lost_keys", most=MOST_RECORDS))


async def marks_at_odds(run: Statements) -> Some:
    """Pairs of whom something is said, to be or not to be the same, that cannot be said of them."""
    return some(await run.rows("integrity/marks", most=MOST_RECORDS))


async def deleted_at_odds(run: Statements) -> Some:
    """What is kept of deleted records, and could not be brought back."""
    return some(await run.rows("integrity/deleted", most=MOST_RECORDS))


async def points_at_odds(run: Statements, ids: Sequence[str]) -> Some:
    """Of some parties those whose balances are below zero, or not what their ledger adds up to."""
    return some(await run.rows("integrity/points", ids=list(ids), most=MOST_RECORDS))


async def merged(run: Statements, ids: Sequence[str]) -> list[tuple[Finding, str]]:
    """Of some parties those who were merged away, or say so, and are not as a merge leaves them."""
    columns = {
        "alone": Finding.MERGED_AT_ODDS,
        "loops": Finding.MERGED_IN_A_LOOP,
        "holds": Finding.MERGED_AND_HOLDING,
    }
    rows = await run.rows("integrity/merged", ids=list(ids))
    return [(finding, row["id"]) for row in rows for column, finding in columns.items() if row[column]]


async def empty_groups(run: Statements, today: date) -> Some:
    """Households and groups without current members."""
    return some(await run.rows("integrity/empty_groups", today=today, most=MOST_RECORDS))


async def headless(run: Statements, today: date) -> Some:
    """Households with current members and no head."""
    return some(await run.rows("integrity/headless", today=today, most=MOST_RECORDS))


async def many_birth_parents(run: Statements) -> Some:
    """People with more than two parents by birth."""
    return some(await run.rows("integrity/birth_parents", most=MOST_RECORDS))


async def born_before_parent(run: Statements) -> Some:
    """Parents and children, one after the other, where the child was certainly born first."""
    return some(await run.rows("integrity/early_births", most=MOST_RECORDS))


def some(rows: Sequence[Row]) -> Some:
    """The count and the records of the one row of a statement that judges by itself; records come as lists."""
    (row,) = rows
    return int(row["count"]), [record or "" for records in row["records"] for record in records]


def as_edge(
    edge: str,
    id: str,
    type: str | None,
    category: str | None,
    symmetric: bool | None,
    version: int | None,
    valid_from: str | None,
    valid_from_day: date | None,
    valid_to: str | None,
    valid_to_day: date | None,
    responsibility: str | None,
    pedigree: str | None,
    source: PartyId,
    source_kind: str | None,
    target: PartyId,
    target_kind: str | None,
    group_type: str | None,
    is_head: bool | None,
    is_primary: bool | None,
    later: Sequence[tuple[str, PartyId, str | None, str | None]],
    household: PartyId | None,
    within_until: date | None,
    rows: Sequence[tuple[RelationshipId, PartyId, str | None, str | None]],
) -> StoredEdge:
    """A list of what a relationship holds as the domain has it."""
    return StoredEdge(
        edge=edge,
        type=type,
        category=category,
        symmetric=symmetric,
        version=version,
        valid_from_day=valid_from_day,
        valid_to_day=valid_to_day,
        responsibility=responsibility,
        pedigree=pedigree,
        source_kind=source_kind,
        target_kind=target_kind,
        group_type=group_type,
        is_head=is_head,
        is_primary=is_primary,
        tie=StoredTie(id, source, target, valid_from, valid_to),
        later=tuple(StoredTie(other, near, target, start, end) for other, near, start, end in later),
        within=Within(household, valid_from_day or date.min, within_until) if household else None,
        rows=tuple(
            Membership(row, member, household, readable_period(start, end))
            for row, member, start, end in rows
            if household
        ),
    )
