"""Integrity: what of the graph is not as every operation leaves it, and what is only odd (SPEC 9.6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.ids import PartyId
from domain.partial_dates import Period
from domain.periods import readable_period
from domain.within import Membership, Within

MOST_RECORDS = 100


class Finding(Enum):
    """What can be found; the value says it in a sentence for people. Those of NOTICES are odd, the rest is damage."""

    PARTY_WITHOUT_ID = "A party has no id, or does not carry the label of all parties."
    PARTY_AT_ODDS = "A party's labels, its kind and the prefix of its id do not say the same."
    PARTY_WITHOUT_NAME = "A party has no name, or not the folded text by which it is sorted or found."
    CUSTOMER_INCOMPLETE = "A customer has no number, or no status that there is."
    STATUS_AT_ODDS = "A customer's status has not the reason, or the status before, that it needs, or has one."
    MERGED_AT_ODDS = (
        "A customer is MERGED and into nobody, or not MERGED and into somebody, or into one of another kind, or by no "
        "operation."
    )
    MERGED_IN_A_LOOP = "Customers are merged into one another in a circle."
    MERGED_AND_HOLDING = (
        "A customer who was merged away still has a relationship, a case, points, a consent or an id elsewhere."
    )
    UNKNOWN_GROUP_TYPE = "A group is of a type that is no GROUP type."
    EXTERNAL_ID_AT_ODDS = "An external id does not identify exactly one party."
    CHANGE_WITHOUT_OPERATION = "A change belongs to no operation."
    POINTS_OF_NOBODY = "An adjustment of points is of no customer, or of no points type."
    POINTS_AT_ODDS = (
        "A customer has fewer points than none, or not what the adjustments add up to, each in the next place."
    )
    CASE_INCOMPLETE = "A case lacks a number, a subject, a version, a status that there is, or what it is found by."
    CASE_AT_ODDS = "A case is closed without saying when, or is open and says so."
    CASE_OF_NOBODY = "A case's customer, or the household or member of the staff that it names, is not there."
    COMMENTS_AT_ODDS = "A case has not as many comments as it knows of, each in the next place."
    COMMENT_ON_NOTHING = "A comment is on no case, or in no place there."
    CONSENT_AT_ODDS = (
        "A consent is not whole, not of a consumer to a partner app, or not the only one that holds between the two."
    )
    SIGN_IN_OF_NOBODY = "A session, a password or the reset of one is of nobody."
    KEY_OF_NOBODY = "An API key is of no partner app, or has nothing that it is known by."
    MARK_OF_TWO_AT_ODDS = "Two are said to be the same, or not to be, who cannot be, or both, or more than once."
    DELETED_AT_ODDS = (
        "Something deleted belongs to no operation, does not say what it was, has a relationship or is there still."
    )
    RELATIONSHIP_INCOMPLETE = "A relationship has no id, type or version."
    UNKNOWN_TYPE = "A relationship is of a type that there is not."
    TYPE_AT_ODDS = "A relationship's edge, category or symmetry is not its type's."
    ENDS_AT_ODDS = "A relationship's ends are not of the kinds or the group that its type takes, or are the same."
    PEDIGREE_MISSING = "A parentage has no pedigree that there is."
    WRONG_RESPONSIBILITY = "A relationship's responsibility is missing, unknown or not for its ends."
    INVALID_DATE = "A relationship's start or end is no date, or not one as exact as its category asks for."
    DAYS_AT_ODDS = "A relationship's days, which are compared, are not those of its dates as given."
    NOT_IN_ONE_HOUSEHOLD = "A relationship names no household though its type asks for one, or one where not both are."
    END_BEFORE_START = "A relationship ends before it starts."
    DUPLICATE = "Two relationships of a type between the same two hold on the same day."
    TOO_MANY = "A party has more relationships of a type on a day than the type allows; they follow the party."
    SEVERAL_HOLDERS = (
        "Several hold a responsibility that only one may hold for a party on a day; they follow the party."
    )
    TWO_HEADS = "A household has more than one head on a day; they follow the household."
    TWO_PRIMARIES = "A consumer has more than one primary household on a day; they follow the consumer."
    MARK_AT_ODDS = "A membership does not say whether it is head or primary, or is so outside of a household."
    CYCLE = "Parties are related in a circle by types that allow none."
    EMPTY_GROUP = "A household or group has no current members."
    NO_HEAD = "A household has current members and no head."
    MANY_BIRTH_PARENTS = "A person has more than two parents by birth."
    BORN_BEFORE_PARENT = "A person was certainly born before a parent by birth; the parent comes first."
    ENDS_NO_LONGER_FIT = "A relationship's ends are of kinds that its type, which was changed, takes no more."


NOTICES = frozenset(
    {
        Finding.EMPTY_GROUP,
        Finding.NO_HEAD,
        Finding.MANY_BIRTH_PARENTS,
        Finding.BORN_BEFORE_PARENT,
        Finding.ENDS_NO_LONGER_FIT,
    }
)


@dataclass(frozen=True)
class Found:
    """One place where something is not as it should be, by the ids of the records in it."""

    finding: Finding
    records: tuple[str, ...]


@dataclass
class Total:
    """How often something was found, and the records of the first such places, at most MOST_RECORDS."""

    finding: Finding
    count: int
    records: list[str]


class Report:
    """What was found, counted by finding; of each only so many records are kept, since damage may be everywhere."""

    def __init__(self) -> None:
        self._totals: dict[Finding, Total] = {}

    def add(self, found: Iterable[Found]) -> None:
        """Counts some more."""
        for one in found:
            self.count(one.finding, 1, one.records)

    def count(self, finding: Finding, times: int, records: Sequence[str]) -> None:
        """Counts what was found so many times, with records of some of the places."""
        if times:
            total = self._totals.setdefault(finding, Total(finding, 0, []))
            total.count += times
            total.records += records[: MOST_RECORDS - len(total.records)]

    @property
    def errors(self) -> list[Total]:
        """Damage, of which there is none after any operation, in the order of Finding."""
        return [self._totals[finding] for finding in Finding if finding in self._totals and finding not in NOTICES]

    @property
    def notices(self) -> list[Total]:
        """What is allowed and yet odd, in the order of Finding."""
        return [self._totals[finding] for finding in Finding if finding in self._totals and finding in NOTICES]


@dataclass(frozen=True)
class StoredParty:
    """A party as it was found, which may be in any state."""

    id: str
    kind: str | None
    labels: frozenset[str]
    name: str | None
    sort_name: str | None
    search: str | None
    number: str | None
    status: str | None
    inactive_reason: str | None
    status_before: str | None
    group_type: str | None


@dataclass(frozen=True)
class StoredCase:
    """A case as it was found; of whom it names whether they are there, None where it names none.

    `comments` is how many it knows of, `said` how many there are, `last_place` the greatest of their places.
    """

    id: str
    number: str | None
    subject: str | None
    status: str | None
    search: str | None
    has_version: bool
    has_closed_at: bool
    customer: bool
    household: bool | None
    assignee: bool | None
    comments: int | None
    said: int
    last_place: int


@dataclass(frozen=True)
class StoredTie:
    """Of a relationship as it was found, what duplicates, limits and cycles rest on."""

    id: str
    source: PartyId
    target: PartyId
    valid_from: str | None
    valid_to: str | None

    @property
    def period(self) -> Period:
        """When it holds; a date that cannot be read, which is damage of its own, is no bound."""
        return readable_period(self.valid_from, self.valid_to)


@dataclass(frozen=True)
class StoredEdge:
    """A relationship as it was found; `later` are those of its type between the same two whose ids are greater, `rows`
    the memberships of both in the household that it is made within."""

    edge: str
    type: str | None
    category: str | None
    symmetric: bool | None
    version: int | None
    valid_from_day: date | None
    valid_to_day: date | None
    responsibility: str | None
    pedigree: str | None
    source_kind: str | None
    target_kind: str | None
    group_type: str | None
    is_head: bool | None
    is_primary: bool | None
    tie: StoredTie
    later: tuple[StoredTie, ...] = ()
    within: Within | None = None
    rows: tuple[Membership, ...] = ()
