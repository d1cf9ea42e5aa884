"""Responsibilities in the graph."""

import json
from datetime import datetime
from typing import Any

from domain.access import Grant, Reach
from domain.ids import ResponsibilityId
from domain.parties import PartyKind
from domain.responsibilities import Responsibility
from domain.responsibility_changes import StoredResponsibility
from graphdb import trials
from graphdb.graph import Row, Transaction
from graphdb.jobs import demand_free


async def create(tx: Transaction, responsibility: Responsibility, at: datetime) -> None:
    """Makes a responsibility. Raises NotUnique where its code is taken, or one's that a job deletes or restores."""
    await tx.rows("responsibilities/create", properties=as_properties(responsibility), at=at)
    await demand_free(tx, responsibility=responsibility.code)


async def locked(tx: Transaction, id: ResponsibilityId) -> StoredResponsibility | None:
    """The responsibility of an id once nobody else changes it, None if there is none; a rule that is on trial is left
    out."""
    rows = await tx.rows("responsibilities/lock", id=id)
    if not rows:
        return None
    node = rows[0]["responsibility"]
    return StoredResponsibility(as_responsibility(trials.settled(node)), node.get("tightening"))


async def update(tx: Transaction, responsibility: Responsibility, at: datetime) -> None:
    """Writes what a locked responsibility has become, its next version; what was on trial is so no more."""
    await tx.rows("responsibilities/update", id=responsibility.id, properties=as_properties(responsibility), at=at)


async def tighten(tx: Transaction, before: Responsibility, narrowed: Responsibility, token: str) -> None:
    """Puts a narrower rule on trial: all obey it from now on, and what it was before is kept for `restore`.

    It stands for some time, or until it is renewed. Does nothing if the responsibility is no longer the one that was
    read.
    """
    await tx.rows(
        "responsibilities/tighten",
        id=before.id,
        version=before.version,
        token=token,
        narrowed=as_properties(narrowed),
        before=json.dumps(as_properties(before)),
        seconds=trials.STANDS_SECONDS,
    )


async def restore(tx: Transaction, responsibility: Responsibility) -> None:
    """Ends a trial: the locked responsibility is again as it was."""
    await tx.rows("responsibilities/restore", id=responsibility.id, properties=as_properties(responsibility))


def as_properties(responsibility: Responsibility) -> dict[str, Any]:
    """A responsibility as its node keeps it."""
    return {
        "id": responsibility.id,
        "code": responsibility.code,
        "name": responsibility.name,
        "description": responsibility.description,
        "holder_kinds": [kind.value for kind in responsibility.holder_kinds],
        "subject_kinds": [kind.value for kind in responsibility.subject_kinds],
        "exclusive": responsibility.exclusive,
        "grants": [grant.value for grant in responsibility.grants],
        "reach": [reach.value for reach in responsibility.reach],
        "active": responsibility.active,
        "built_in": responsibility.built_in,
    }


def as_responsibility(node: Row) -> Responsibility:
    """A node's properties as the domain has it."""
    return Responsibility(
        id=node["id"],
        code=node["code"],
        name=node["name"],
        description=node.get("description"),
        holder_kinds=tuple(PartyKind(kind) for kind in node["holder_kinds"]),
        subject_kinds=tuple(PartyKind(kind) for kind in node["subject_kinds"]),
        exclusive=node["exclusive"],
        grants=tuple(Grant(grant) for grant in node["grants"]),
        reach=tuple(Reach(reach) for reach in node["reach"]),
        active=node["active"],
        built_in=node["built_in"],
        version=node["version"],
    )
