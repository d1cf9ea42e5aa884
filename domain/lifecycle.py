"""The lifecycle of a customer: where one stands, what can be done now, and what comes of it (SPEC 6.1, 6.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.parties import CustomerStatus, Party
from domain.refusals import ActionNotAvailable, InvalidValue, Refused
from domain.texts import filled
from domain.values import Invalid, Property

MOST_ORIGIN = 100


class InactiveReason(Enum):
    UNENROLLED = "UNENROLLED"
    DEACTIVATED = "DEACTIVATED"


class CustomerAction(Enum):
    ENROLL = "ENROLL"
    UNENROLL = "UNENROLL"
    DEACTIVATE = "DEACTIVATE"
    REACTIVATE = "REACTIVATE"
    EDIT = "EDIT"
    SET_EMAIL_PREFERENCE = "SET_EMAIL_PREFERENCE"
    RESET_PASSWORD = "RESET_PASSWORD"
    ADJUST_POINTS = "ADJUST_POINTS"
    MERGE = "MERGE"
    UNDO_MERGE = "UNDO_MERGE"


@dataclass(frozen=True)
class Standing:
    """Where a customer stands; `reason` of one who is INACTIVE, `before` of one who is to be reactivated to it."""

    status: CustomerStatus
    reason: InactiveReason | None = None
    before: CustomerStatus | None = None

    @classmethod
    def of(cls, properties: Mapping[str, Property]) -> "Standing":
        """That of a customer, by the properties stored."""
        reason, before = properties.get("inactive_reason"), properties.get("status_before")
        return cls(
            CustomerStatus(properties["status"]),
            InactiveReason(reason) if reason else None,
            CustomerStatus(before) if before else None,
        )

    def stored(self) -> dict[str, Property]:
        """The properties that hold it."""
        return {
            "status": self.status.value,
            "inactive_reason": self.reason.value if self.reason else None,
            "status_before": self.before.value if self.before else None,
        }


A = CustomerAction
LIVING = (A.DEACTIVATE, A.EDIT, A.SET_EMAIL_PREFERENCE, A.RESET_PASSWORD, A.ADJUST_POINTS, A.MERGE)
ACTIONS: Mapping[tuple[CustomerStatus, InactiveReason | None], tuple[CustomerAction, ...]] = {
    (CustomerStatus.ACTIVE, None): (A.ENROLL, *LIVING),
    (CustomerStatus.ENROLLED, None): (A.UNENROLL, *LIVING),
    (CustomerStatus.INACTIVE, InactiveReason.UNENROLLED): (A.ENROLL, A.EDIT, A.SET_EMAIL_PREFERENCE, A.MERGE),
    (CustomerStatus.INACTIVE, InactiveReason.DEACTIVATED): (A.REACTIVATE,),
    (CustomerStatus.MERGED, None): (A.ENROLL, A.UNDO_MERGE),
}
"""What can be done with a customer who stands so; whoever is unenrolled can be merged as the one that goes, only.

What is not here is asked of no status: ending relationships, deleting, erasing."""


def available(standing: Standing) -> tuple[CustomerAction, ...]:
    """What can be done now, in the order of the table; nothing where the graph holds what the table has not."""
    return ACTIONS.get((standing.status, standing.reason), ())


def check(standing: Standing, action: CustomerAction, *path: str) -> None:
    """Raises Refused with ActionNotAvailable, at this place of the input, unless the action can be done now."""
    if action not in available(standing):
        names = tuple(action.name for action in available(standing))
        raise Refused(ActionNotAvailable(path=path, action=action.name, status=told(standing), available=names))


def told(standing: Standing) -> str:
    """A standing as people are told of it: "INACTIVE (UNENROLLED)"."""
    return f"{standing.status.name} ({standing.reason.name})" if standing.reason else standing.status.name


def after(standing: Standing, action: CustomerAction) -> Standing:
    """Where an action leads that changes the status; one that doesn't leaves it. The action must be available."""
    match action:
        case CustomerAction.ENROLL:
            return Standing(CustomerStatus.ENROLLED)
        case CustomerAction.UNENROLL:
            return Standing(CustomerStatus.INACTIVE, InactiveReason.UNENROLLED)
        case CustomerAction.DEACTIVATE:
            return Standing(CustomerStatus.INACTIVE, InactiveReason.DEACTIVATED, standing.status)
        case CustomerAction.REACTIVATE if standing.before:
            return Standing(standing.before)
    return standing


@dataclass(frozen=True)
class Word:
    """What somebody said on being sent email: whether they want it, who wrote it down, when, and where it was said."""

    opted_in: bool
    at: datetime
    by: str
    origin: str

    def stored(self) -> dict[str, Property]:
        """The properties that hold it."""
        return {
            "email_opt_in": self.opted_in,
            "email_opt_in_at": self.at,
            "email_opt_in_by": self.by,
            "email_opt_in_origin": self.origin,
        }


def acted(party: Party, action: CustomerAction, at: datetime, by: str) -> Party:
    """A customer whose status an action has changed. Whoever is unenrolled is opted out (6.2); deactivating keeps all.

    Raises Refused where the action is not available.
    """
    standing = Standing.of(party.properties)
    check(standing, action, "id")
    changes = after(standing, action).stored()
    if action is CustomerAction.UNENROLL and party.properties.get("email_opt_in"):
        changes |= Word(False, at, by, "unenroll").stored()
    return replace(party, properties={**party.properties, **changes})


def opted(party: Party, word: Word) -> Party:
    """A customer with another email preference. The same again is written down too, since it may renew a consent.

    Raises Refused where no preference can be set, or where it is not said from where it came.
    """
    check(Standing.of(party.properties), CustomerAction.SET_EMAIL_PREFERENCE, "id")
    try:
        word = replace(word, origin=filled(word.origin, MOST_ORIGIN))
    except Invalid as error:
        raise Refused(InvalidValue(path=("origin",), reason=error.reason)) from error
    return replace(party, properties={**party.properties, **word.stored()})
