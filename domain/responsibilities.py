"""Responsibilities: what somebody answers for in a relationship (SPEC 5.1, 5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.parties import PartyKind
from domain.refusals import MissingResponsibility, Refusal, WrongResponsibility
from domain.relationship_types import ANSWERABLE, RelationshipType


@dataclass(frozen=True)
class Responsibility:
    """Who may hold it (`holder_kinds`), and for whom (`subject_kinds`)."""

    id: str
    code: str
    name: str
    holder_kinds: tuple[PartyKind, ...]
    subject_kinds: tuple[PartyKind, ...]


def allowed(
    type: RelationshipType, source: PartyKind, target: PartyKind, known: Iterable[Responsibility]
) -> tuple[str, ...]:
    """The codes that a relationship of this type between these kinds may carry; none means that it carries none."""
    if type.category not in ANSWERABLE:
        return ()
    return tuple(r.code for r in known if source in r.holder_kinds and target in r.subject_kinds)


def wrong_responsibility(
    given: str | None, type: RelationshipType, source: PartyKind, target: PartyKind, known: Iterable[Responsibility]
) -> list[Refusal]:
    """A code that is missing where the category needs one, is not for these kinds, or stands where none is taken."""
    codes = allowed(type, source, target, known)
    if given is None:
        return [MissingResponsibility(path=("responsibility",))] if type.category in ANSWERABLE else []
    return [] if given in codes else [WrongResponsibility(path=("responsibility",), allowed=codes)]
