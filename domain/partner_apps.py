"""Partner apps: programs of others that read what consumers have consented to, within their scopes (SPEC 5.6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from domain.ids import PartnerAppId, new_partner_app_id, prefix_of
from domain.refusals import InvalidValue, Refusal, demand
from domain.texts import filled
from domain.values import Invalid

MOST_NAME = 100
APP = "PartnerApp"
"""What stands for its kind where a viewer's is told."""


def is_app(id: str) -> bool:
    """Whether an id names a partner app."""
    return prefix_of(id) == "app"


class AppScope(Enum):
    """What an app may be shown of those who consented."""

    PROFILE = "PROFILE"
    CONTACT = "CONTACT"
    FAMILY = "FAMILY"
    HOUSEHOLDS = "HOUSEHOLDS"


@dataclass(frozen=True, kw_only=True)
class PartnerApp:
    """An app as it is stored; one that is not active signs in with none of its keys. Scopes stand in their order."""

    id: PartnerAppId
    name: str
    scopes: tuple[AppScope, ...]
    active: bool = True
    version: int = 1


def define(name: str, scopes: Iterable[AppScope]) -> PartnerApp:
    """A new app. Raises Refused with all that is wrong."""
    return settled(PartnerApp(id=new_partner_app_id(), name=name, scopes=tuple(scopes)))


def changed(before: PartnerApp, given: Mapping[str, Any]) -> PartnerApp:
    """The app with the fields given in place of its own. Raises Refused with all that is wrong; none may be None."""
    demand([InvalidValue(path=(name,), reason="must not be null") for name, value in given.items() if value is None])
    return settled(replace(before, **given))


def settled(app: PartnerApp) -> PartnerApp:
    """The app with its name and scopes as they are stored. Raises Refused with all that is wrong."""
    refusals: list[Refusal] = []
    name, scopes = app.name, in_order(app.scopes)
    try:
        name = filled(app.name, MOST_NAME)
    except Invalid as error:
        refusals.append(InvalidValue(path=("name",), reason=error.reason))
    if not scopes:
        refusals.append(InvalidValue(path=("scopes",), reason="must name one at least"))
    demand(refusals)
    return replace(app, name=name, scopes=scopes)


def in_order(scopes: Iterable[AppScope]) -> tuple[AppScope, ...]:
    """Scopes, each once, as they are listed."""
    some = set(scopes)
    return tuple(scope for scope in AppScope if scope in some)
