"""Memberships as the schema shows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from domain.parties import Party, PartyKind
from domain.relationships import Relationship
from tests.schema.oracle.customers import latest
from tests.schema.oracle.pages import page
from tests.schema.oracle.relationships import holds

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain


def membership(plain: Plain, stored: Relationship) -> Object:
    return {
        "relationship": lambda info: plain.relationship(stored.id),
        "group": lambda info: plain.party(stored.target),
        "member": lambda info: plain.party(stored.source),
        "role": stored.role,
        "isHead": stored.head,
        "isPrimary": stored.primary,
    }


def held(plain: Plain, period: str | None, as_of: str | None) -> list[Relationship]:
    """Every membership of a period, by its first day, then id."""
    types, day = plain.world.types, plain.day(as_of)
    found = [r for r in plain.world.relationships.values() if types[r.type].edge == "MEMBER_OF"]
    return sorted((r for r in found if holds(r, period, day)), key=lambda r: (plain.first_day(r), r.id))


def places(
    plain: Plain, stored: Party, kind: PartyKind, period: str | None = "CURRENT", asOf: str | None = None
) -> list[Object]:
    """The places of a customer in households, or in groups."""
    mine = [r for r in held(plain, period, asOf) if r.source == stored.id]
    return [membership(plain, r) for r in mine if plain.world.parties[r.target].kind is kind]


def members(
    plain: Plain, stored: Party, period: str | None = "CURRENT", asOf: str | None = None, **paging: Any
) -> Object:
    """A page of the members of a household or group."""
    found = [r for r in held(plain, period, asOf) if r.target == stored.id]
    rows = [((plain.first_day(r, pages=True), r.id), {"node": membership(plain, r)}) for r in found]
    return page(plain.cursors, "members", rows, **paging)


def household(plain: Plain, stored: Party) -> Object:
    """What a household has beside its members: its head, and what is added up over those who count there."""
    return {
        "head": lambda info, asOf=None: head(plain, stored, asOf),
        "points": lambda info: points(plain, stored),
        "memberCounts": lambda info: member_counts(plain, stored),
    }


def head(plain: Plain, stored: Party, as_of: str | None) -> Object | None:
    """Who is head on a day."""
    heads = [r for r in held(plain, "CURRENT", as_of) if r.target == stored.id and r.head]
    return plain.party(heads[0].source) if heads else None


def counted(plain: Plain, stored: Party) -> list[Party]:
    """The current members whose primary household it is, of those whom the viewer sees."""
    here = [r for r in held(plain, "CURRENT", None) if r.target == stored.id and r.primary]
    mine = [r for r in here if plain.sees(r.source)]
    return [plain.world.parties[r.source] for r in mine]


def points(plain: Plain, stored: Party) -> list[Object]:
    """Their points, by the type's code."""
    sums = Counter[str]()
    for member in counted(plain, stored):
        for code, balance in latest(plain, member).items():
            sums[code] += balance
    return [{"type": plain.points_type(code), "balance": sums[code]} for code in sorted(sums)]


def member_counts(plain: Plain, stored: Party) -> list[Object]:
    """How many of them have each status."""
    counts = Counter(str(member.properties["status"]) for member in counted(plain, stored))
    return [{"status": status, "count": counts[status]} for status in sorted(counts)]
