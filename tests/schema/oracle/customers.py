"""Where customers of the world stand, what they said on email, and their points."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.ids import PartyId, PointsEntryId, PointsTypeId
from domain.lifecycle import ACTIONS, InactiveReason, Standing, Word, available
from domain.parties import CUSTOMERS, CustomerStatus, Party
from domain.points import Entry
from domain.points_types import PointsType
from tests.schema.oracle.ids import new_id
from tests.schema.oracle.pages import page

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain
    from tests.schema.oracle.world import World


def points_types(r: random.Random) -> list[PointsType]:
    """One that takes adjustments, and one that does so no more."""
    ids = [PointsTypeId(new_id(r, "points_type")) for _ in range(2)]
    return [
        PointsType(id=ids[0], code="BONUS", name="Bonus"),
        PointsType(id=ids[1], code="MILES", name="Miles", description='"Flown".', active=False),
    ]


def lead(r: random.Random, made: World, staff: Sequence[str], moments: Sequence[Any]) -> None:
    """Gives each customer a standing, some of them a wish on email, and some points."""
    for id in made.of(*CUSTOMERS):
        status, reason = r.choice([one for one in ACTIONS if one[0] is not CustomerStatus.MERGED])
        deactivated = reason is InactiveReason.DEACTIVATED
        before = r.choice([CustomerStatus.ACTIVE, CustomerStatus.ENROLLED]) if deactivated else None
        own = Standing(status, reason, before).stored()
        if r.random() < 0.5:
            own |= Word(r.random() < 0.5, r.choice(moments), r.choice(["administrator", *staff]), "web form").stored()
        party = made.parties[id]
        made.parties[id] = replace(party, properties={**party.properties, **own})
        adjust(r, made, PartyId(id))


def adjust(r: random.Random, made: World, customer: PartyId) -> None:
    """Some entries in a customer's ledger."""
    balances = dict.fromkeys(made.points_types, 0)
    for place in range(1, r.choice([1, 1, 4, 8])):
        code = r.choice(list(balances))
        amount = r.choice([5, 20, -balances[code] or 1])
        balances[code] += amount
        id = PointsEntryId(new_id(r, "points_entry"))
        made.entries[id] = Entry(
            id=id,
            customer=customer,
            place=place,
            type=code,
            amount=amount,
            balance=balances[code],
            reason=r.choice(["A gift", "Spent on\na hat"]),
        )


def lifecycle(plain: Plain, stored: Party) -> Object:
    """What the schema shows of all this."""
    of = stored.properties
    at, by = of.get("email_opt_in_at"), str(of.get("email_opt_in_by"))
    return {
        "inactiveReason": of.get("inactive_reason"),
        "availableActions": [action.name for action in available(Standing.of(of))],
        "emailPreference": {
            "optedIn": of["email_opt_in"],
            "changedAt": at and plain.moment(at),
            "changedBy": lambda info: plain.party(by) if by in plain.world.parties else None,
            "origin": of.get("email_opt_in_origin"),
        },
        "points": lambda info: balances(plain, stored),
        "pointsLedger": lambda info, **given: ledger(plain, stored, **given),
        "survivor": None,
        "formerIds": [],
    }


def balances(plain: Plain, stored: Party) -> list[Object]:
    """What there is of each type, by its code."""
    left = latest(plain, stored)
    return [{"type": plain.points_type(code), "balance": left[code]} for code in sorted(left)]


def latest(plain: Plain, stored: Party) -> dict[str, int]:
    """What the latest entries of each type have left, by the type's code."""
    mine = sorted((e for e in plain.world.entries.values() if e.customer == stored.id), key=lambda e: e.place)
    return {entry.type: entry.balance for entry in mine}


def ledger(plain: Plain, stored: Party, pointsTypes: Sequence[str] | None = None, **paging: Any) -> Object:
    """A page of a ledger, the latest first."""
    mine = [e for e in plain.world.entries.values() if e.customer == stored.id]
    shown = [e for e in mine if pointsTypes is None or e.type in pointsTypes]
    rows = [((-e.place,), {"node": plain.entry(e.id)}) for e in shown]
    return page(plain.cursors, "pointsLedger", rows, **paging)
