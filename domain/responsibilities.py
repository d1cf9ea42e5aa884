"""Responsibilities: what somebody answers for in a relationship, and what that grants (SPEC 5.1, 5.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from domain.access import Grant, Reach
from domain.ids import ResponsibilityId
from domain.labels import checked_labels
from domain.parties import PartyKind
from domain.refusals import (
    InactiveResponsibility,
    InvalidValue,
    MissingResponsibility,
    Refusal,
    WrongResponsibility,
    demand,
)
from domain.relationship_types import ANSWERABLE, ENDS, GROUPS, RelationshipType

REACHED_FROM = {
    Reach.MEMBERS: GROUPS,
    Reach.CONTACTS: frozenset({PartyKind.ACCOUNT}),
    Reach.DESCENDANTS: frozenset({PartyKind.ACCOUNT}),
}
"""From which kinds of subjects somebody is reached so."""


@dataclass(frozen=True, kw_only=True)
class Responsibility:
    """One as it is stored: who may hold it for whom, whether only one may at a time, what it grants, and for whom
    beside the subject. Relationships name it by its code, which never changes; an inactive one takes no new ones."""

    id: ResponsibilityId
    code: str
    name: str
    description: str | None = None
    holder_kinds: tuple[PartyKind, ...]
    subject_kinds: tuple[PartyKind, ...]
    exclusive: bool = False
    grants: tuple[Grant, ...] = ()
    reach: tuple[Reach, ...] = ()
    active: bool = True
    built_in: bool = False
    version: int = 1


def settled(given: Responsibility) -> Responsibility:
    """The responsibility with its texts and lists as they are stored. Raises Refused with all that is wrong."""
    name, description, refusals = checked_labels(given.code, given.name, given.description)
    demand([*refusals, *wrong_kinds(given)])
    return replace(
        given,
        name=name,
        description=description,
        holder_kinds=tuple(kind for kind in PartyKind if kind in given.holder_kinds),
        subject_kinds=tuple(kind for kind in PartyKind if kind in given.subject_kinds),
        grants=tuple(grant for grant in Grant if grant in given.grants),
        reach=tuple(reach for reach in Reach if reach in given.reach),
    )


def wrong_kinds(given: Responsibility) -> Iterator[Refusal]:
    """Kinds between which no relationship carries a responsibility, and reach from nobody who can be a subject."""
    ends = [ENDS[category] for category in sorted(ANSWERABLE, key=lambda category: category.value)]
    holders = frozenset[PartyKind]().union(*(sources for sources, _ in ends))
    if not given.holder_kinds or set(given.holder_kinds) - holders:
        yield InvalidValue(path=("holderKinds",), reason=some_of(holders))
        return
    subjects = frozenset[PartyKind]().union(*(targets for sources, targets in ends if sources & {*given.holder_kinds}))
    if not given.subject_kinds or set(given.subject_kinds) - subjects:
        yield InvalidValue(path=("subjectKinds",), reason=some_of(subjects))
        return
    for reach in given.reach:
        if not REACHED_FROM[reach] & set(given.subject_kinds):
            names = " or ".join(kind.name for kind in PartyKind if kind in REACHED_FROM[reach])
            yield InvalidValue(path=("reach",), reason=f"{reach.value} needs {names} among subjectKinds")


def some_of(kinds: Iterable[PartyKind]) -> str:
    return f"must be some of {', '.join(kind.name for kind in PartyKind if kind in kinds)}"


def allowed(
    type: RelationshipType, source: PartyKind, target: PartyKind, known: Iterable[Responsibility]
) -> tuple[str, ...]:
    """The codes that a relationship of this type between these kinds may carry; none means that it carries none."""
    return tuple(r.code for r in fitting(type, source, target, known))


def fitting(
    type: RelationshipType, source: PartyKind, target: PartyKind, known: Iterable[Responsibility]
) -> list[Responsibility]:
    """The responsibilities that relationships of this type between these kinds carry, also those that take no more."""
    if type.category not in ANSWERABLE:
        return []
    return [r for r in known if source in r.holder_kinds and target in r.subject_kinds]


def wrong_responsibility(
    given: str | None, type: RelationshipType, source: PartyKind, target: PartyKind, known: Iterable[Responsibility]
) -> list[Refusal]:
    """A code that is missing where the category needs one, is not for these kinds, or stands where none is taken.

    What is wrong is wrong of stored relationships, too. So an inactive one may be carried, though none is offered.
    """
    fits = fitting(type, source, target, known)
    if given is None:
        return [MissingResponsibility(path=("responsibility",))] if type.category in ANSWERABLE else []
    if given in {r.code for r in fits}:
        return []
    return [WrongResponsibility(path=("responsibility",), allowed=tuple(r.code for r in fits if r.active))]


def inactive_responsibility(given: str | None, known: Iterable[Responsibility]) -> list[Refusal]:
    """A code that no new relationship may carry (SPEC 2.5, as for types)."""
    return [
        InactiveResponsibility(path=("responsibility",), responsibility=r.id, name=r.name)
        for r in known
        if r.code == given and not r.active
    ]
