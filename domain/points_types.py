"""Points types: what customers collect, as administrators define it (SPEC 6.3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.ids import PointsTypeId, new_id
from domain.refusals import InvalidValue, Refusal, demand
from domain.relationship_types import CODE
from domain.texts import checked, filled
from domain.values import Invalid

MOST_NAME, MOST_DESCRIPTION = 100, 2000


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
    refusals: list[Refusal] = []

    def text(field: str, read: Callable[[], str]) -> str:
        try:
            return read()
        except Invalid as error:
            refusals.append(InvalidValue(path=(field,), reason=error.reason))
            return ""

    if not CODE.fullmatch(type.code):
        reason = "must be capital letters, digits and underscores, at most 50"
        refusals.append(InvalidValue(path=("code",), reason=reason))
    name = text("name", lambda: filled(type.name or "", MOST_NAME))
    description = text("description", lambda: checked(type.description or "", MOST_DESCRIPTION, lines=True))
    demand(refusals)
    return replace(type, name=name, description=description or None)
