"""Points types: what customers collect, as administrators define it (SPEC 6.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.ids import PointsTypeId, new_id
from domain.labels import checked_labels
from domain.refusals import InvalidValue, demand


@dataclass(frozen=True, kw_only=True)
class PointsType:
    """A type as it is stored. Adjustments name it by its code, which never changes; an inactive one takes none."""

    id: PointsTypeId
    code: str
    name: str
    description: str | None = None
    active: bool = True
    version: int = 1


def define(code: str, name: str, description: str | None) -> PointsType:
    """A new type. Raises Refused with all that is wrong."""
    return settled(PointsType(id=PointsTypeId(new_id("points_type")), code=code, name=name, description=description))


def changed(before: PointsType, given: Mapping[str, Any]) -> PointsType:
    """The type with the fields given in place of its own, None emptying one. Raises Refused."""
    if given.get("active", ()) is None:
        demand([InvalidValue(path=("active",), reason="must be true or false")])
    return settled(replace(before, **given))


def settled(type: PointsType) -> PointsType:
    """The type with its texts as they are stored. Raises Refused with all that is wrong."""
    name, description, refusals = checked_labels(type.code, type.name, type.description)
    demand(refusals)
    return replace(type, name=name, description=description)
