"""Teams as the schema shows them, and responsibilities as administrators may define them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.access import Grant, Reach
from domain.ids import ResponsibilityId
from domain.parties import Party, PartyKind
from domain.relationships import Relationship
from domain.responsibilities import Responsibility, settled
from domain.texts import fold
from tests.schema.oracle.ids import new_id
from tests.schema.oracle.pages import page
from tests.schema.oracle.relationships import holds, near

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain


def responsibilities(r: random.Random) -> list[Responsibility]:
    """One that only one may hold, of whoever can hold one at all; and one that takes no more relationships."""
    staff, people = PartyKind.INTERNAL_USER, PartyKind.CONSUMER
    every = tuple(kind for kind in PartyKind if kind is not staff)
    ids = [ResponsibilityId(new_id(r, "responsibility")) for _ in range(2)]
    made = [
        settled(
            Responsibility(id=ids[0], code="CARER", name="Carer", holder_kinds=(staff, people), subject_kinds=every)
        ),
        settled(
            Responsibility(id=ids[1], code="SCHOOL", name="School", holder_kinds=(staff,), subject_kinds=(people,))
        ),
    ]
    return [
        replace(made[0], exclusive=True, grants=tuple(Grant), reach=tuple(Reach), description='So "so"'),
        replace(made[1], active=False),
    ]


def serving(plain: Plain) -> list[Relationship]:
    """The relationships of teams that hold today."""
    types, today = plain.world.types, plain.world.today
    found = [r for r in plain.world.relationships.values() if types[r.type].edge == "SERVES"]
    return [r for r in found if holds(r, "CURRENT", today)]


def team(plain: Plain, stored: Party) -> list[Object]:
    """A party's own team, then those of the accounts and households that a consumer is at, by their names."""
    parties, today = plain.world.parties, plain.world.today
    ways: list[Party | None] = [None]
    if stored.kind is PartyKind.CONSUMER:
        mine = [r for r in plain.world.relationships.values() if r.source == stored.id and holds(r, "CURRENT", today)]
        contacts = {r.target for r in mine if r.type == "CONTACT"}
        homes = {r.target for r in mine if parties[r.target].kind is PartyKind.HOUSEHOLD}
        ways += [parties[id] for id in contacts | {id for id in homes if is_member(plain, mine, id)}]
    rows: list[tuple[tuple[str, ...], Object]] = []
    for via in ways:
        for r in serving(plain):
            if r.target == (via or stored).id:
                place = (plain.sort_name(via.id), via.id) if via else ("", "")
                key = (*place, plain.sort_name(r.source), r.id)
                rows.append((key, member(plain, r, via)))
    return [shown for _, shown in sorted(rows, key=lambda row: row[0])]


def is_member(plain: Plain, mine: list[Relationship], household: str) -> bool:
    return any(r.target == household and plain.world.types[r.type].edge == "MEMBER_OF" for r in mine)


def member(plain: Plain, r: Relationship, via: Party | None) -> Object:
    return {
        "relationship": lambda info: plain.relationship(r.id),
        "party": lambda info: plain.party(r.source),
        "via": lambda info: via and plain.party(via.id),
    }


def at_location(plain: Plain, location: str, **paging: Any) -> Object:
    """A page of what the staff at a location do today."""
    rows = []
    for r in serving(plain):
        staff = plain.world.parties[r.source]
        if fold(str(staff.properties.get("location") or "")) == fold(location) != "" and plain.sees(staff.id):
            rows.append(((plain.sort_name(staff.id), staff.id, r.id), near(plain, r, staff.id)))
    return page(plain.cursors, "team", rows, **paging)
