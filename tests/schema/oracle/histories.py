"""Operations, what they changed, and the histories that this stands in."""

from __future__ import annotations

import random
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.ids import OperationId
from domain.operations import Change, Operation
from domain.parties import Party
from tests.schema.oracle.ids import new_id
from tests.schema.oracle.pages import page

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain
    from tests.schema.oracle.world import World


def operation(r: random.Random, made: World, kind: str, by: str, at: datetime) -> Operation:
    """One that changed some parties, some relationships on both sides, and a type, which is nobody's."""
    found: list[Change] = []
    for id in r.sample(sorted(made.parties), 6):
        found.append(Change(id, id, None if r.random() < 0.5 else {"name": "Z", "a": [1]}, {"name": 'So "so"'}))
    for id in r.sample(sorted(made.relationships), 3):
        ends = made.relationships[id]
        found += [Change(id, end, {"note": "x"}, None) for end in (ends.source, ends.target)]
    found.append(Change(made.points_types["BONUS"].id, None, None, {"code": "BONUS"}))
    return Operation(OperationId(new_id(r, "operation")), kind, by, at, tuple(found))


def shown(plain: Plain, found: Operation) -> Object:
    """An operation as the schema shows it."""
    return {
        "__typename": "Operation",
        "id": found.id,
        "kind": found.kind,
        "createdAt": plain.moment(found.at),
        "createdBy": lambda info: plain.party(found.by) if found.by in plain.world.parties else None,
        "changes": lambda info, **given: changes(plain, found, **given),
    }


def change(plain: Plain, done: Operation, found: Change) -> Object:
    told = plain.tells_values(done, found)
    return {
        "record": found.record,
        "party": lambda info: found.party and plain.party(found.party),
        "old": found.old if told else None,
        "new": found.new if told else None,
    }


def changes(plain: Plain, found: Operation, **paging: Any) -> Object:
    """A page of all that an operation changed: by record, then whose it is."""
    rows = [
        ((c.record, c.party or ""), {"node": change(plain, found, c)}) for c in found.changes if plain.tells(found, c)
    ]
    return page(plain.cursors, "changes", rows, **paging)


def own_changes(plain: Plain, found: Operation, party: str, **paging: Any) -> Object:
    """A page of what an operation changed of a party."""
    mine = [c for c in found.changes if c.party == party and plain.tells(found, c)]
    rows = [((c.record,), {"node": change(plain, found, c)}) for c in mine]
    return page(plain.cursors, "ownChanges", rows, **paging)


def history(plain: Plain, stored: Party, **paging: Any) -> Object:
    """A page of a party's history, the latest first, which is by id."""
    mine = [o for o in plain.world.operations.values() if any(c.party == stored.id for c in o.changes)]
    return page(plain.cursors, "history", [(latest(o.id), entry(plain, o, stored.id)) for o in mine], **paging)


def latest(id: str) -> tuple[int, ...]:
    """What puts ids of equal length in the opposite order."""
    return tuple(-ord(letter) for letter in id)


def entry(plain: Plain, found: Operation, party: str) -> Object:
    """An operation in a party's history."""
    return {
        "node": lambda info: shown(plain, found),
        "ownChanges": lambda info, **given: own_changes(plain, found, party, **given),
    }
