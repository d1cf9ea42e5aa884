"""Types, parties and relationships for the tests of rules, in few words."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.ids import PartyId, RelationshipId, RelationshipTypeId, ResponsibilityId
from domain.internal_users import Role
from domain.partial_dates import PartialDate, Period
from domain.parties import PartyKind
from domain.relationship_types import PEDIGREE, Category, RelationshipType
from domain.relationships import End, Known, NewRelationship, Relationship
from domain.responsibilities import Responsibility

CONSUMER, ACCOUNT, HOUSEHOLD, GROUP, STAFF = PartyKind
AGENT = frozenset({Role.RELATIONSHIP_AGENT})


def responsibility(
    code: str, holders: Sequence[PartyKind], subjects: Sequence[PartyKind], **more: Any
) -> Responsibility:
    """A responsibility; what is not told is the least."""
    return Responsibility(
        id=ResponsibilityId(f"responsibility_{code}"),
        code=code,
        name=code.replace("_", " ").title(),
        holder_kinds=tuple(holders),
        subject_kinds=tuple(subjects),
        **more,
    )


ACCOUNT_MANAGER = responsibility("ACCOUNT_MANAGER", (STAFF,), (ACCOUNT,))
RELATIONSHIP_MANAGER = responsibility("RELATIONSHIP_MANAGER", (STAFF,), (CONSUMER, HOUSEHOLD))
REPRESENTATIVE = responsibility("AUTHORIZED_REPRESENTATIVE", (CONSUMER,), (CONSUMER,))
RESPONSIBILITIES = (ACCOUNT_MANAGER, RELATIONSHIP_MANAGER, REPRESENTATIVE)


def party(kind: PartyKind, number: int) -> PartyId:
    """The id of a party; of one kind, they sort by their numbers."""
    return PartyId(f"{kind.prefix}_01m81cvtwye3hvm7mmkgn{number:05d}")


def type_of(
    code: str, category: Category, sources: Sequence[PartyKind], targets: Sequence[PartyKind], **more: Any
) -> RelationshipType:
    """A relationship type; what is not told is the least."""
    texts = {"name": code.capitalize(), "label": "is", "reverse_label": "is", "description": None}
    return RelationshipType(
        id=RelationshipTypeId(f"relationship_type_{code}"),
        code=code,
        category=category,
        source_kinds=tuple(sources),
        target_kinds=tuple(targets),
        **(texts | more),
    )


PEOPLE, CUSTOMERS = (CONSUMER,), (CONSUMER, ACCOUNT)
PARENT = type_of("PARENT", Category.PARENTAGE, PEOPLE, PEOPLE, acyclic=True, properties=(PEDIGREE,))
SPOUSE = type_of("SPOUSE", Category.PARTNERSHIP, PEOPLE, PEOPLE, symmetric=True)
FRIEND = type_of("FRIEND", Category.LOOSE, PEOPLE, PEOPLE, symmetric=True)
CONTACT = type_of("CONTACT", Category.LOOSE, PEOPLE, (ACCOUNT,))
HEAD_OFFICE = type_of("HEAD_OFFICE", Category.HIERARCHY, (ACCOUNT,), (ACCOUNT,), acyclic=True, max_per_target=1)
FRANCHISE = type_of("FRANCHISE", Category.HIERARCHY, (ACCOUNT,), (ACCOUNT,), acyclic=True)
ACCOUNT_TEAM = type_of("ACCOUNT_TEAM", Category.TEAM, (STAFF,), (ACCOUNT,))
REPRESENTS = type_of("REPRESENTATIVE", Category.REPRESENTATION, PEOPLE, PEOPLE)
MEMBER = type_of("HOUSEHOLD_MEMBER", Category.GROUP, PEOPLE, (HOUSEHOLD,), roles=("HEAD_OF_FAMILY", "CHILD"))
FAMILY_ACCOUNT = type_of("FAMILY_ACCOUNT", Category.GROUP, CUSTOMERS, (GROUP,), roles=("OWNER", "MEMBER"))
CLUB = type_of("CLUB", Category.GROUP, PEOPLE, (GROUP,))
TYPES = (
    *(PARENT, SPOUSE, FRIEND, CONTACT, HEAD_OFFICE, FRANCHISE),
    *(ACCOUNT_TEAM, REPRESENTS, MEMBER, FAMILY_ACCOUNT, CLUB),
)


def period(start: str | None = None, end: str | None = None) -> Period:
    """A period of dates as they are written."""
    return Period(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)


def tie(
    number: int,
    type: RelationshipType,
    source: PartyId,
    target: PartyId,
    start: str | None = None,
    end: str | None = None,
    **more: Any,
) -> Relationship:
    """A relationship as it is stored."""
    if type.category is Category.PARENTAGE:
        more = {"properties": {"pedigree": "BIRTH"}} | more
    return Relationship(
        id=tie_id(number), type=type.code, source=source, target=target, period=period(start, end), **more
    )


def ordered(bounds: tuple[int | None, int | None]) -> bool:
    """Whether an end does not lie before its start, where there are both."""
    start, end = bounds
    return start is None or end is None or start <= end


def tie_id(number: int) -> RelationshipId:
    """The id of a relationship."""
    return RelationshipId(f"relationship_{number}")


def draft(
    type: RelationshipType,
    source: PartyId,
    target: PartyId,
    valid_from: str | None = None,
    valid_to: str | None = None,
    **more: Any,
) -> NewRelationship:
    """A relationship as a client gives it."""
    return NewRelationship(
        type=type.code, source=source, target=target, valid_from=valid_from, valid_to=valid_to, **more
    )


def known(
    *ends: PartyId,
    existing: Sequence[Relationship] = (),
    lineage: Sequence[Relationship] = (),
    types: Sequence[RelationshipType] = TYPES,
    groups: Mapping[PartyId, str] | None = None,
    responsibilities: Sequence[Responsibility] = RESPONSIBILITIES,
) -> Known:
    """What a decision rests on: these parties, which are all there, and these relationships; all staff are agents."""
    found = {}
    for id in ends:
        kind = PartyKind.of(id)
        assert kind is not None
        found[id] = End(kind, (groups or {}).get(id), AGENT if kind is STAFF else frozenset())
    return Known(
        types={type.code: type for type in types},
        responsibilities=responsibilities,
        ends=found,
        existing=existing,
        lineage=lineage,
    )
