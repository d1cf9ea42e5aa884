"""Parties as the schema shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.contacts import national
from domain.partial_dates import in_words
from domain.parties import CUSTOMERS, Party, PartyKind, camel
from tests.schema.oracle import cases, memberships, trees
from tests.schema.oracle.customers import lifecycle
from tests.schema.oracle.histories import history
from tests.schema.oracle.relationships import holds, near, of_party, seen_from
from tests.schema.oracle.teams import team

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain


def party(plain: Plain, stored: Party) -> Object:
    """A party of any kind."""
    return {
        "__typename": stored.kind.value,
        "id": stored.id,
        "kind": stored.kind.name,
        "name": stored.properties["name"],
        "externalIds": [
            {"system": e.system, "value": e.value} for e in sorted(stored.external_ids, key=lambda e: e.key)
        ],
        **plain.stamp(stored.id),
        "relationships": lambda info, **given: of_party(plain, stored, **given),
        "relationshipCounts": lambda info, **given: counts(plain, stored, **given),
        "history": lambda info, **given: history(plain, stored, **given),
        **(customer(plain, stored) if stored.kind in CUSTOMERS else {}),
        **OF_KIND[stored.kind](plain, stored),
    }


def some(stored: Party, *names: str) -> Object:
    """Properties that are shown as they are stored."""
    return {camel(name): stored.properties.get(name) for name in names}


def customer(plain: Plain, stored: Party) -> Object:
    phone = stored.properties["phone"]
    return {
        **some(stored, "number", "status", "email"),
        **lifecycle(plain, stored),
        "phone": phone and {"e164": phone, "national": national(str(phone))},
        "address": address(stored),
        "cases": lambda info, **given: cases.of_customer(plain, stored, **given),
        "households": lambda info, **given: memberships.places(plain, stored, PartyKind.HOUSEHOLD, **given),
        "groups": lambda info, **given: memberships.places(plain, stored, PartyKind.GROUP, **given),
        "team": lambda info: team(plain, stored),
    }


def address(stored: Party) -> Object | None:
    parts = ("street", "city", "postal_code", "region", "country")
    found = {camel(part): stored.properties.get(f"address_{part}") for part in parts}
    return found if any(found.values()) else None


def consumer(plain: Plain, stored: Party) -> Object:
    return {
        **some(stored, "given_name", "family_name", "prefix", "suffix", "gender", "deceased", "language"),
        **some(stored, "birth_date", "death_date"),
        "birthDateInWords": in_words(text(stored, "birth_date")),
        "deathDateInWords": in_words(text(stored, "death_date")),
        "otherNames": beside(stored, "other_names", kind="kinds", text="texts"),
        "consents": [],
        "lifeEvents": beside(stored, "life_events", name="names", date="dates", yearly="yearly"),
        "parents": lambda info, asOf=None: parents(plain, stored, asOf),
        "children": lambda info, asOf=None: children(plain, stored, asOf),
        "partners": lambda info, **given: partners(plain, stored, **given),
        "familyTree": lambda info, **given: trees.tree(plain, stored.id, **given),
    }


def text(stored: Party, name: str) -> str | None:
    found = stored.properties.get(name)
    return None if found is None else str(found)


def beside(stored: Party, prefix: str, /, **parts: str) -> list[Object]:
    """Records that are stored as lists side by side."""
    lists: list[Any] = [stored.properties[f"{prefix}_{suffix}"] for suffix in parts.values()]
    return [dict(zip(parts, values, strict=True)) for values in zip(*lists, strict=True)]


def parents(plain: Plain, stored: Party, as_of: str | None) -> list[Object]:
    found = [r for r in family(plain, "PARENT_OF", as_of) if r.target == stored.id]
    return [near(plain, r, stored.id) for r in sorted(found, key=lambda r: r.id)]


def children(plain: Plain, stored: Party, as_of: str | None) -> list[Object]:
    """By birth: the earliest day that the date can mean, those of whom none is known last."""
    found = [r for r in family(plain, "PARENT_OF", as_of) if r.source == stored.id]
    births = {r.id: trees.born(plain, r.target) or date.max for r in found}
    return [near(plain, r, stored.id) for r in sorted(found, key=lambda r: (births[r.id], r.target, r.id))]


def partners(plain: Plain, stored: Party, period: str = "ALL", asOf: str | None = None) -> list[Object]:
    found = [r for r in family(plain, "PARTNER_OF", None) if stored.id in (r.source, r.target)]
    found = [r for r in found if holds(r, period, plain.day(asOf))]
    return [near(plain, r, stored.id) for r in sorted(found, key=lambda r: (plain.first_day(r), r.id))]


def family(plain: Plain, edge: str, as_of: str | None) -> list[Any]:
    """The ties of an edge, over all time or on a day."""
    found = [r for r in plain.world.relationships.values() if plain.world.types[r.type].edge == edge]
    return [r for r in found if as_of is None or r.period.holds_on(plain.day(as_of))]


def counts(plain: Plain, stored: Party, period: str | None = "CURRENT", asOf: str | None = None) -> list[Object]:
    """By code, then direction: INCOMING, OUTGOING."""
    held = [r for r in plain.world.relationships.values() if stored.id in (r.source, r.target)]
    held = [r for r in held if holds(r, period, plain.day(asOf))]
    found = Counter((r.type, seen_from(plain, r, stored.id) or "") for r in held)
    return [
        {"type": plain.type(code), "direction": direction or None, "count": {"value": count, "isExact": True}}
        for (code, direction), count in sorted(found.items())
    ]


def account(plain: Plain, stored: Party) -> Object:
    return some(stored, "legal_name", "registration_number", "industry")


def household(plain: Plain, stored: Party) -> Object:
    return {
        "members": lambda info, **given: memberships.members(plain, stored, **given),
        "address": address(stored),
        "team": lambda info: team(plain, stored),
        **memberships.household(plain, stored),
        "cases": lambda info, **given: cases.of_household(plain, stored, **given),
        "openCaseCount": lambda info: cases.open_count(plain, stored),
    }


def group(plain: Plain, stored: Party) -> Object:
    return {
        "members": lambda info, **given: memberships.members(plain, stored, **given),
        "type": plain.type(str(stored.properties["group_type"])),
    }


def internal_user(plain: Plain, stored: Party) -> Object:
    return some(stored, "login", "roles", "location")


OF_KIND: dict[PartyKind, Callable[[Plain, Party], Object]] = {
    PartyKind.CONSUMER: consumer,
    PartyKind.ACCOUNT: account,
    PartyKind.HOUSEHOLD: household,
    PartyKind.GROUP: group,
    PartyKind.INTERNAL_USER: internal_user,
}
