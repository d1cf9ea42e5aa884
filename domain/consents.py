"""Consents: what consumers let a partner app see of them, until they withdraw it (SPEC 5.6).

From 16 on people consent for themselves; for a child under 16 a parent or an Authorized Representative does, and that
ends on the 16th birthday. An imprecise birth date is read against the consent, so who has none consents to nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.access import SIGN_IN, Grant, Way
from domain.ids import ConsentId, PartnerAppId, PartyId
from domain.parties import CustomerStatus
from domain.partner_apps import AppScope, PartnerApp, in_order
from domain.refusals import AlreadyConsented, InvalidValue, NotConsented, Refusal, Refused, WrongAge, demand

OF_AGE, LIVES_AT_MOST = 16, 110
REPRESENTATIVE = "AUTHORIZED_REPRESENTATIVE"
PEDIGREES = frozenset({"BIRTH", "ADOPTIVE"})
"""By which a parent is one before the law; foster and step-parents may be made representatives."""


@dataclass(frozen=True)
class Consenter:
    """A consumer, as consents of his or hers are judged: the days on which the birth may have been, None: any."""

    born_earliest: date | None
    born_latest: date | None
    status: CustomerStatus
    deceased: bool = False


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A consent as it is stored: it holds from its first day until a day that is excluded.

    `by_guardian`: it was given by a parent or a representative, not by the consumer.
    """

    id: ConsentId
    consumer: PartyId
    app: PartnerAppId
    scopes: tuple[AppScope, ...]
    by_guardian: bool
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Standing:
    """Who asks to give or withdraw a consent: the consumer, a guardian, or neither (an administrator, who can only
    withdraw)."""

    itself: bool
    guardian: bool


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the 28th where that year has none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def surely_of_age(consenter: Consenter, today: date) -> bool:
    """Whether somebody is 16 whatever the birth date turns out to be."""
    latest = consenter.born_latest
    return latest is not None and latest <= years_before(today, OF_AGE)


def surely_a_child(consenter: Consenter, today: date) -> bool:
    """Whether somebody is under 16 whatever the birth date turns out to be."""
    earliest = consenter.born_earliest
    return earliest is not None and earliest > years_before(today, OF_AGE)


def counts_as_dead(consenter: Consenter, today: date) -> bool:
    """Whether somebody is deceased, or was born over 110 years ago however the birth date turns out."""
    latest = consenter.born_latest
    return consenter.deceased or (latest is not None and latest < years_before(today, LIVES_AT_MOST))


def may_consent(consenter: Consenter, by_guardian: bool, today: date) -> bool:
    """Whether a consent may stand for somebody as he or she is now: who is alive, may sign in, and is of the age."""
    of_age = surely_a_child(consenter, today) if by_guardian else surely_of_age(consenter, today)
    return of_age and consenter.status in SIGN_IN and not consenter.deceased


def holds(consent: Consent, consenter: Consenter, today: date) -> bool:
    """Whether a consent holds today: it was not withdrawn, and whoever it is of may consent as it was given."""
    within = consent.valid_from <= today and (consent.valid_to is None or today < consent.valid_to)
    return within and may_consent(consenter, consent.by_guardian, today)


def shown(consent: Consent, consenter: Consenter, app: PartnerApp, today: date) -> tuple[AppScope, ...]:
    """What the app may read now by a consent: what was consented to that is still in its scopes. So an app whose scopes
    grow is shown nothing more without another consent."""
    if not app.active or not holds(consent, consenter, today):
        return ()
    return tuple(scope for scope in consent.scopes if scope in app.scopes)


def acts_as_representative(ways: Iterable[Way]) -> bool:
    """Whether somebody is an Authorized Representative to whom that still grants the profile, which a consent shows."""
    return any(
        len(way.links) == 1
        and way.links[0].category == "REPRESENTATION"
        and way.links[0].responsibility == REPRESENTATIVE
        and Grant.VIEW_PROFILE in way.grants
        for way in ways
    )


def given(
    id: ConsentId,
    consumer: PartyId,
    app: PartnerApp,
    scopes: Iterable[AppScope] | None,
    by: Standing,
    consenter: Consenter,
    open: Sequence[Consent],
    today: date,
) -> tuple[Consent, list[Consent]]:
    """A new consent, to all scopes of the app unless some are named; and those that it takes the place of, closed.

    `open` are the consumer's consents to the app that were not withdrawn. One that could still hold is in the way; one
    that lapsed, given by a parent before the 16th birthday, is not. Raises Refused with all that is wrong.
    """
    by_guardian = not by.itself
    refusals: list[Refusal] = []
    wanted = app.scopes if scopes is None else in_order(scopes)
    if not app.active:
        refusals.append(InvalidValue(path=("app",), reason="is not active"))
    if not wanted:
        refusals.append(InvalidValue(path=("scopes",), reason="must name one at least"))
    if strange := [scope.value for scope in wanted if scope not in app.scopes]:
        refusals.append(InvalidValue(path=("scopes",), reason=f"the app has no {' and no '.join(strange)}"))
    if consenter.deceased:
        refusals.append(InvalidValue(path=("consumer",), reason="is deceased"))
    elif consenter.status not in SIGN_IN:
        refusals.append(InvalidValue(path=("consumer",), reason=f"is {consenter.status.value}"))
    if not may_consent(replace(consenter, status=CustomerStatus.ACTIVE, deceased=False), by_guardian, today):
        refusals.append(WrongAge(path=("consumer",), by_guardian=by_guardian))
    refusals += [
        AlreadyConsented(path=("app",), existing=consent.id) for consent in open if consent.by_guardian is by_guardian
    ]
    demand(refusals)
    new = Consent(id=id, consumer=consumer, app=app.id, scopes=tuple(wanted), by_guardian=by_guardian, valid_from=today)
    return new, [closed(consent, today) for consent in open]


def withdrawn(by: Standing, open: Sequence[Consent], today: date) -> list[Consent]:
    """The consents to an app as they end today, at once. A guardian withdraws what guardians gave; everybody else whom
    permission lets get here, all. Raises Refused where there is none."""
    guardian_only = by.guardian and not by.itself
    found = [consent for consent in open if consent.by_guardian or not guardian_only]
    if not found:
        raise Refused(NotConsented(path=("app",)))
    return [closed(consent, today) for consent in found]


def closed(consent: Consent, today: date) -> Consent:
    """A consent that ends today; one of today never held."""
    return replace(consent, valid_to=max(consent.valid_from, today))


def fields(consent: Consent) -> dict[str, object]:
    """A consent as the history tells of it."""
    return {
        "consumer": consent.consumer,
        "app": consent.app,
        "scopes": [scope.value for scope in consent.scopes],
        "by_guardian": consent.by_guardian,
        "valid_from": consent.valid_from,
        "valid_to": consent.valid_to,
    }
