"""Consents: who may give one, when it holds, what an app is shown by it (SPEC 5.6)."""

from datetime import date, timedelta

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from domain.access import Grant, Link, Way
from domain.consents import (
    Consent,
    Consenter,
    Standing,
    acts_as_representative,
    counts_as_dead,
    given,
    holds,
    may_consent,
    shown,
    surely_a_child,
    surely_of_age,
    withdrawn,
    years_before,
)
from domain.ids import ConsentId, PartnerAppId, PartyId, RelationshipId
from domain.parties import CustomerStatus
from domain.partner_apps import AppScope, PartnerApp
from domain.refusals import AlreadyConsented, InvalidValue, NotConsented, Refused, WrongAge

TODAY = date(2026, 11, 30)
ANN, APP = PartyId("consumer_ann"), PartnerAppId("app_trees")
SCOPES = (AppScope.PROFILE, AppScope.FAMILY)
TREES = PartnerApp(id=APP, name="Trees", scopes=SCOPES)
ITSELF, GUARDIAN, NEITHER = Standing(True, False), Standing(False, True), Standing(False, False)


def born(earliest: date | None, latest: date | None, **more: object) -> Consenter:
    """Somebody active, born between two days."""
    return Consenter(earliest, latest, **{"status": CustomerStatus.ACTIVE, **more})  # type: ignore[arg-type]


ADULT, CHILD = born(date(1980, 1, 1), date(1980, 1, 1)), born(date(2015, 1, 1), date(2015, 1, 1))


def consent(**more: object) -> Consent:
    """One of Ann's own."""
    known = {"id": ConsentId("consent_1"), "consumer": ANN, "app": APP, "scopes": SCOPES, "by_guardian": False}
    return Consent(**{**known, "valid_from": TODAY, **more})  # type: ignore[arg-type]


AGES = {
    # the earliest and the latest day of the birth: of age, a child
    "16 today": (date(2010, 11, 30), date(2010, 11, 30), True, False),
    "16 tomorrow": (date(2010, 12, 1), date(2010, 12, 1), False, True),
    "16 this year": (date(2010, 1, 1), date(2010, 12, 31), False, False),
    "16 last year": (date(2009, 1, 1), date(2009, 12, 31), True, False),
    "16 next year": (date(2011, 1, 1), date(2011, 12, 31), False, True),
    "born before 2012": (None, date(2011, 12, 31), False, False),
    "born before 1990": (None, date(1989, 12, 31), True, False),
    "born after 2011": (date(2012, 1, 1), None, False, True),
    "born after 2000": (date(2001, 1, 1), None, False, False),
    "unknown": (None, None, False, False),
}


@pytest.mark.parametrize("case", AGES)
def test_an_imprecise_birth_is_read_against_a_consent(case: str) -> None:
    """5.6: nobody who may be a child consents alone, for nobody who may be 16 a parent does."""
    earliest, latest, of_age, child = AGES[case]
    somebody = born(earliest, latest)
    assert (surely_of_age(somebody, TODAY), surely_a_child(somebody, TODAY)) == (of_age, child)
    assert (may_consent(somebody, False, TODAY), may_consent(somebody, True, TODAY)) == (of_age, child)


@examples(st.dates(date(1850, 1, 1), date(2200, 1, 1)), st.dates(date(1850, 1, 1), date(2200, 1, 1)))
def test_a_birthday_passes_once(birth: date, today: date) -> None:
    """5.6: on each day somebody of a known birth is a child, or of age; of age never before, always from then on."""
    somebody = born(birth, birth)
    assert surely_of_age(somebody, today) is not surely_a_child(somebody, today)
    if surely_of_age(somebody, today):
        assert surely_of_age(somebody, today + timedelta(days=1))
        assert (today.year - birth.year, today.month, today.day) >= (16, birth.month, birth.day)


def test_who_is_born_on_29_february_is_16_on_that_day_or_on_1_march() -> None:
    """5.6: a year that has no such day is one of four hundred."""
    leap = born(date(2008, 2, 29), date(2008, 2, 29))
    assert [surely_of_age(leap, day) for day in (date(2024, 2, 28), date(2024, 2, 29))] == [False, True]
    late = born(date(2084, 2, 29), date(2084, 2, 29))
    assert [surely_of_age(late, day) for day in (date(2100, 2, 28), date(2100, 3, 1))] == [False, True]
    assert years_before(date(2116, 2, 29), 16) == date(2100, 2, 28)


@pytest.mark.parametrize("status", CustomerStatus)
@pytest.mark.parametrize("deceased", [False, True])
@pytest.mark.parametrize("by_guardian", [False, True])
def test_consents_lapse_with_whose_they_are(status: CustomerStatus, deceased: bool, by_guardian: bool) -> None:
    """5.6, 6.2: of the dead, of who may not sign in, and of a child that has become 16."""
    alive = not deceased and status in (CustomerStatus.ACTIVE, CustomerStatus.ENROLLED)
    for who, child in ((ADULT, False), (CHILD, True)):
        somebody = born(who.born_earliest, who.born_latest, status=status, deceased=deceased)
        expected = alive and by_guardian is child
        assert holds(consent(by_guardian=by_guardian), somebody, TODAY) is expected


PERIODS = {
    "from today": (TODAY, None, True),
    "from tomorrow": (TODAY + timedelta(days=1), None, False),
    "until today": (TODAY - timedelta(days=9), TODAY, False),
    "until tomorrow": (TODAY - timedelta(days=9), TODAY + timedelta(days=1), True),
    "on no day": (TODAY, TODAY, False),
}


@pytest.mark.parametrize("case", PERIODS)
def test_a_consent_holds_from_its_first_day_until_it_is_withdrawn(case: str) -> None:
    """5.6, 3.2: the last day excluded."""
    start, end, expected = PERIODS[case]
    assert holds(consent(valid_from=start, valid_to=end), ADULT, TODAY) is expected


@examples(st.sets(st.sampled_from(AppScope)), st.sets(st.sampled_from(AppScope)), st.booleans(), st.booleans())
def test_an_app_is_shown_what_is_in_both(
    consented: set[AppScope], scopes: set[AppScope], active: bool, held: bool
) -> None:
    """5.6: what was consented to and is still among its scopes."""
    app = PartnerApp(id=APP, name="x", scopes=tuple(scopes), active=active)
    found = shown(consent(scopes=tuple(consented)), ADULT if held else CHILD, app, TODAY)
    assert set(found) == (consented & scopes if active and held else set())


DEAD = {
    "deceased": (born(None, None, deceased=True), True),
    "unknown": (born(None, None), False),
    "110 today": (born(date(1916, 11, 30), date(1916, 11, 30)), False),
    "over 110": (born(date(1916, 11, 29), date(1916, 11, 29)), True),
    "perhaps over 110": (born(date(1916, 1, 1), date(1916, 12, 31)), False),
    "before 1900": (born(None, date(1899, 12, 31)), True),
    "a child": (CHILD, False),
}


@pytest.mark.parametrize("case", DEAD)
def test_who_counts_as_dead(case: str) -> None:
    """5.6: deceased, or born over 110 years ago however the date turns out."""
    somebody, expected = DEAD[case]
    assert counts_as_dead(somebody, TODAY) is expected


def test_a_consent_is_given_to_all_of_an_apps_scopes_or_to_some() -> None:
    """5.6: by the consumer, or by a parent or representative."""
    new, over = given(ConsentId("consent_2"), ANN, TREES, None, ITSELF, ADULT, [], TODAY)
    assert (new, over) == (consent(id=ConsentId("consent_2")), [])
    new, _ = given(new.id, ANN, TREES, [AppScope.FAMILY] * 2, GUARDIAN, CHILD, [], TODAY)
    assert (new.scopes, new.by_guardian) == ((AppScope.FAMILY,), True)


def test_one_that_lapsed_is_not_in_the_way() -> None:
    """5.6: who has become 16 consents beside what a parent had given, which is closed."""
    lapsed = consent(by_guardian=True, valid_from=TODAY - timedelta(days=99))
    new, over = given(ConsentId("consent_2"), ANN, TREES, None, ITSELF, ADULT, [lapsed], TODAY)
    assert (new.by_guardian, [one.valid_to for one in over]) == (False, [TODAY])


def test_all_that_is_wrong_is_told_at_once() -> None:
    """3.4, 5.6: each with its place."""
    app = PartnerApp(id=APP, name="x", scopes=SCOPES, active=False)
    dead = born(None, None, deceased=True)
    with pytest.raises(Refused) as raised:
        given(ConsentId("consent_2"), ANN, app, [AppScope.CONTACT], ITSELF, dead, [consent()], TODAY)
    assert raised.value.refusals == (
        InvalidValue(path=("app",), reason="is not active"),
        InvalidValue(path=("scopes",), reason="the app has no CONTACT"),
        InvalidValue(path=("consumer",), reason="is deceased"),
        WrongAge(path=("consumer",), by_guardian=False),
        AlreadyConsented(path=("app",), existing=ConsentId("consent_1")),
    )
    with pytest.raises(Refused) as raised:
        given(
            ConsentId("consent_2"),
            ANN,
            TREES,
            [],
            GUARDIAN,
            born(None, None, status=CustomerStatus.INACTIVE),
            [],
            TODAY,
        )
    assert raised.value.refusals == (
        InvalidValue(path=("scopes",), reason="must name one at least"),
        InvalidValue(path=("consumer",), reason="is INACTIVE"),
        WrongAge(path=("consumer",), by_guardian=True),
    )


@pytest.mark.parametrize(
    ("by", "by_guardian", "allowed"),
    [
        *((ITSELF, by_guardian, True) for by_guardian in (False, True)),
        *((NEITHER, by_guardian, True) for by_guardian in (False, True)),
        (GUARDIAN, True, True),
        (GUARDIAN, False, False),
    ],
)
def test_who_withdraws_what(by: Standing, by_guardian: bool, allowed: bool) -> None:
    """5.6: whose it is, all, at any age; a parent what parents gave; over at once."""
    open = [consent(by_guardian=by_guardian, valid_from=TODAY - timedelta(days=5))]
    if allowed:
        assert [one.valid_to for one in withdrawn(by, open, TODAY)] == [TODAY]
        return
    with pytest.raises(Refused) as raised:
        withdrawn(by, open, TODAY)
    assert raised.value.refusals == (NotConsented(path=("app",)),)


def test_what_was_given_today_is_withdrawn_today_and_never_held() -> None:
    """3.2: an end equal to the start."""
    (over,) = withdrawn(ITSELF, [consent()], TODAY)
    assert (over.valid_from, over.valid_to, holds(over, ADULT, TODAY)) == (TODAY, TODAY, False)


def link(**more: object) -> Link:
    """A representation."""
    known = {"type": "REPRESENTATIVE", "category": "REPRESENTATION", "responsibility": "AUTHORIZED_REPRESENTATIVE"}
    return Link(RelationshipId("relationship_1"), **{**known, **more})  # type: ignore[arg-type]


VIEW = frozenset({Grant.VIEW_PROFILE})
WAYS = {
    "a representative": (Way(VIEW, (link(),)), True),
    "one who does not see the profile": (Way(frozenset({Grant.VIEW_CASES}), (link(),)), False),
    "another responsibility": (Way(VIEW, (link(responsibility="SCHOOL_CONTACT"),)), False),
    "the head of a household": (
        Way(VIEW, (link(category="GROUP", responsibility=None), link(category="GROUP"))),
        False,
    ),
    "somebody further away": (Way(VIEW, (link(), link())), False),
}


@pytest.mark.parametrize("case", WAYS)
def test_who_acts_as_a_representative(case: str) -> None:
    """5.2, 5.6: an Authorized Representative, directly, to whom it still grants the profile."""
    way, expected = WAYS[case]
    assert acts_as_representative([way]) is expected
    assert acts_as_representative([]) is False
