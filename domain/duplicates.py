"""Duplicates: how likely two customers are one, and by which evidence (SPEC 7.6).

Each comparison adds or takes bits: the logarithm of how much more often it comes out so between two records of one
customer than between those of two (Fellegi and Sunter, "A Theory for Record Linkage", 1969). The weights were estimated
on the second set of FEBRL, rounded, and tempered where that set is more telling than life: a city is shared by many.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from domain.parties import PartyKind
from domain.profiles import Profile
from domain.resemblance import Likeness, alike_dates, alike_names, alike_texts, best

THRESHOLD = 2.0
"""Bits at which it is as likely as not that two are one."""
LEAST_SCORE = 0.5
MOST_BY_TIES = 8.0
"""Bits that relationships add at most."""


class EvidenceKind(Enum):
    """What speaks for or against two customers being one; the values are the words for it."""

    SAME_NAME = "The same name."
    SIMILAR_NAME = "A similar name."
    DIFFERENT_NAME = "Different names."
    SAME_BIRTH_DATE = "The same birth date."
    SIMILAR_BIRTH_DATE = "Birth dates that differ by a digit, or by day and month changed."
    DIFFERENT_BIRTH_DATE = "Different birth dates."
    SAME_ADDRESS = "The same address."
    SIMILAR_ADDRESS = "A similar address."
    DIFFERENT_ADDRESS = "Different addresses."
    SAME_EMAIL = "The same email."
    SAME_PHONE = "The same phone number."
    SAME_REGISTRATION_NUMBER = "The same registration number."
    DIFFERENT_REGISTRATION_NUMBER = "Different registration numbers."
    DIFFERENT_SUFFIX = "Different suffixes."
    DIFFERENT_GENDER = "Different genders."
    SHARED_RELATIVES = "Shared relatives."
    SHARED_CONTACTS = "Shared contacts."
    SAME_HOUSEHOLD = "The same household."
    PARENT_AND_CHILD = "Parent and child."
    SPOUSES = "Spouses."
    SIBLINGS = "Siblings."
    ONE_ABOVE_THE_OTHER = "One is head office or subsidiary of the other."


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence; `bits` above zero speak for, below zero against."""

    kind: EvidenceKind
    bits: float


@dataclass(frozen=True)
class Ties:
    """How two customers relate: to each other by family, or as offices of one organisation, and through others."""

    parent_and_child: bool = False
    spouses: bool = False
    siblings: bool = False
    one_above_the_other: bool = False
    shared: int = 0
    same_household: bool = False


@dataclass(frozen=True)
class Match:
    """Two customers who may be one: how likely, from 0 to 1, and why, the strongest evidence first."""

    one: str
    other: str
    bits: float
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """How likely it is."""
        return likelihood(self.bits)

    @property
    def turned(self) -> "Match":
        """The same from the other's side."""
        return replace(self, one=self.other, other=self.one)


NAMES = {Likeness.SAME: 1.2, Likeness.NEAR: 1.2, Likeness.LIKE: -2.0, Likeness.DIFFERENT: -2.3}
FAMILY_NAMES = {Likeness.SAME: 1.2, Likeness.NEAR: 2.5, Likeness.LIKE: 0.0, Likeness.DIFFERENT: -2.9}
LEGAL_NAMES = {Likeness.SAME: 6.0, Likeness.NEAR: 4.0, Likeness.LIKE: 0.5, Likeness.DIFFERENT: -5.0}
BIRTH_DATES = {Likeness.SAME: 8.5, Likeness.NEAR: 3.5, Likeness.LIKE: -1.5, Likeness.DIFFERENT: -4.0}
STREETS = {Likeness.SAME: 9.0, Likeness.NEAR: 6.0, Likeness.LIKE: 2.5, Likeness.DIFFERENT: -3.5}
PLACES = (-4.0, 1.5, 3.0)
"""By how many of city and postal code agree."""
AGREE = frozenset({Likeness.SAME, Likeness.NEAR})


def match(one: Profile, other: Profile, ties: Ties = Ties()) -> Match:
    """How likely two customers of one kind are one, and why."""
    compared = consumers if one.kind is PartyKind.CONSUMER else accounts
    found = [*compared(one, other), *contact(one, other), *address(one, other), *related(one, other, ties)]
    told = sorted((evidence for evidence in found if evidence.bits), key=lambda evidence: -abs(evidence.bits))
    return Match(one.id, other.id, sum(evidence.bits for evidence in found) - THRESHOLD, tuple(told))


def may_be(one: Profile, other: Profile, least: float) -> bool:
    """Whether two may be at least so likely one, whatever their relationships say."""
    alike = one.kind is PartyKind.ACCOUNT or names(one, other)[0] in AGREE
    return likelihood(match(one, other).bits + (MOST_BY_TIES if alike else 0.0)) >= least


def likelihood(bits: float) -> float:
    """How likely something is, from 0 to 1, of the logarithm of its odds."""
    return 1 / (1 + 2 ** -max(-60.0, min(60.0, bits)))


def consumers(one: Profile, other: Profile) -> Iterator[Evidence]:
    """What two people's names, birth dates, suffixes and genders say."""
    given, family = names(one, other)
    bits = NAMES.get(given, 0.0) + FAMILY_NAMES.get(family, 0.0)
    both = {given, family} - {Likeness.UNKNOWN}
    if both:
        same = both == {Likeness.SAME}
        similar = EvidenceKind.SIMILAR_NAME if both <= {*AGREE, Likeness.LIKE} else EvidenceKind.DIFFERENT_NAME
        yield Evidence(EvidenceKind.SAME_NAME if same else similar, bits)
    yield from dates(alike_dates(one.birth_date, other.birth_date))
    if one.suffix and other.suffix and one.suffix != other.suffix:
        yield Evidence(EvidenceKind.DIFFERENT_SUFFIX, -6.0)
    if one.gender and other.gender and one.gender != other.gender:
        yield Evidence(EvidenceKind.DIFFERENT_GENDER, -3.0)


def names(one: Profile, other: Profile) -> tuple[Likeness, Likeness]:
    """How alike given and family names are, in the order that makes them more alike: some forms have them changed."""
    straight = best(alike_names, one.given, other.given), best(alike_names, one.family, other.family)
    crossed = best(alike_names, one.given, other.family), best(alike_names, one.family, other.given)
    return crossed if set(crossed) <= AGREE and not set(straight) <= AGREE else straight


def dates(likeness: Likeness) -> Iterator[Evidence]:
    """What two birth dates say."""
    kind = {
        Likeness.SAME: EvidenceKind.SAME_BIRTH_DATE,
        Likeness.NEAR: EvidenceKind.SIMILAR_BIRTH_DATE,
        Likeness.LIKE: EvidenceKind.DIFFERENT_BIRTH_DATE,
        Likeness.DIFFERENT: EvidenceKind.DIFFERENT_BIRTH_DATE,
    }.get(likeness)
    if kind:
        yield Evidence(kind, BIRTH_DATES[likeness])


def accounts(one: Profile, other: Profile) -> Iterator[Evidence]:
    """What two organisations' names and registration numbers say."""
    likeness = best(alike_texts, one.family, other.family)
    kind = {Likeness.SAME: EvidenceKind.SAME_NAME, Likeness.DIFFERENT: EvidenceKind.DIFFERENT_NAME}
    if likeness is not Likeness.UNKNOWN:
        yield Evidence(kind.get(likeness, EvidenceKind.SIMILAR_NAME), LEGAL_NAMES[likeness])
    if one.registration_number and other.registration_number:
        if one.registration_number == other.registration_number:
            yield Evidence(EvidenceKind.SAME_REGISTRATION_NUMBER, 12.0)
        else:
            yield Evidence(EvidenceKind.DIFFERENT_REGISTRATION_NUMBER, -6.0)


def contact(one: Profile, other: Profile) -> Iterator[Evidence]:
    """What emails and phone numbers say: families share them, and one may have several."""
    if one.email and one.email == other.email:
        yield Evidence(EvidenceKind.SAME_EMAIL, 6.0)
    if one.phone and one.phone == other.phone:
        yield Evidence(EvidenceKind.SAME_PHONE, 5.0)


def address(one: Profile, other: Profile) -> Iterator[Evidence]:
    """What addresses say, street and place together."""
    street = alike_texts(one.street, other.street)
    places = alike_names(one.city, other.city), alike_names(one.postal_code, other.postal_code)
    known = [place for place in places if place is not Likeness.UNKNOWN]
    agreeing = sum(place in AGREE for place in known)
    bits = STREETS.get(street, 0.0) + (PLACES[agreeing] if known else 0.0)
    if street is Likeness.UNKNOWN and not known:
        return
    if street is Likeness.SAME and agreeing == len(known):
        yield Evidence(EvidenceKind.SAME_ADDRESS, bits)
    else:
        yield Evidence(EvidenceKind.SIMILAR_ADDRESS if bits > 0 else EvidenceKind.DIFFERENT_ADDRESS, bits)


def related(one: Profile, other: Profile, ties: Ties) -> Iterator[Evidence]:
    """What relationships say. Whom they share speaks for two being one only where they are called alike: brothers and
    sisters share their parents, too."""
    against = (
        (ties.parent_and_child, EvidenceKind.PARENT_AND_CHILD),
        (ties.spouses, EvidenceKind.SPOUSES),
        (ties.siblings, EvidenceKind.SIBLINGS),
        (ties.one_above_the_other, EvidenceKind.ONE_ABOVE_THE_OTHER),
    )
    for is_so, kind in against:
        if is_so:
            yield Evidence(kind, -14.0)
    if one.kind is PartyKind.ACCOUNT:
        if ties.shared:
            yield Evidence(EvidenceKind.SHARED_CONTACTS, 2.0 * min(ties.shared, 3))
    elif names(one, other)[0] in AGREE:
        if ties.shared:
            yield Evidence(EvidenceKind.SHARED_RELATIVES, 2.0 * min(ties.shared, 3))
        if ties.same_household:
            yield Evidence(EvidenceKind.SAME_HOUSEHOLD, 2.0)
