"""How responsibilities change: what may change at all, and what a change makes narrower (SPEC 5.1, 2.1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.ids import PartyId, RelationshipId
from domain.misfits import Misfits, overfull
from domain.partial_dates import Period
from domain.parties import PartyKind, camel
from domain.refusals import InvalidValue, Refusal, WouldNotFit, demand
from domain.responsibilities import Responsibility, settled

FLAGS = ("exclusive", "active")
LISTS = ("holder_kinds", "subject_kinds", "grants", "reach")
OF_THE_HOUSE = (*LISTS, *FLAGS)
"""What of a built-in one never changes (SPEC 5.2): what is there without anybody's saying so is the same everywhere."""


@dataclass(frozen=True)
class StoredResponsibility:
    """One under the rule that is in force for good, and the token of a change that is making it narrower, if any."""

    responsibility: Responsibility
    tightening: str | None = None


@dataclass(frozen=True, slots=True)  # there may be hundreds of thousands
class Held:
    """What of a relationship that carries a responsibility a change of that is judged by."""

    id: RelationshipId
    holder_kind: PartyKind
    subject: PartyId
    subject_kind: PartyKind
    period: Period


def changed(before: Responsibility, given: Mapping[str, Any]) -> Responsibility:
    """The responsibility with the fields given in place of its own; None empties a text or a list. Raises Refused.

    The code is no field that can be given: edges carry it.
    """
    demand(
        [InvalidValue(path=(name,), reason="must be true or false") for name in FLAGS if given.get(name, ()) is None]
    )
    lists = {name: tuple(given[name] or ()) for name in LISTS if name in given}
    after = settled(replace(before, **{**given, **lists}))
    demand(list(wrong_for_built_in(before, after)) if before.built_in else [])
    return after


def wrong_for_built_in(before: Responsibility, after: Responsibility) -> Iterator[Refusal]:
    """What of a built-in responsibility cannot change: all but its texts."""
    for name in OF_THE_HOUSE:
        if getattr(before, name) != getattr(after, name):
            yield InvalidValue(path=(camel(name),), reason="does not change in a built-in responsibility")


def narrowed(before: Responsibility, after: Responsibility) -> Responsibility:
    """The responsibility as it was, as far as it may still be carried so afterwards: what it takes, both take.

    It equals `before` where the change makes nothing narrower. What it grants, and how far, narrows nothing: access
    follows from what is stored, whatever that is. Nor does deactivating one, which keeps what there is.
    """
    return replace(
        before,
        exclusive=before.exclusive or after.exclusive,
        holder_kinds=tuple(kind for kind in before.holder_kinds if kind in after.holder_kinds),
        subject_kinds=tuple(kind for kind in before.subject_kinds if kind in after.subject_kinds),
    )


def would_not_fit(held: Iterable[Held], before: Responsibility, after: Responsibility) -> list[WouldNotFit]:
    """The refusals that the relationships which carry a responsibility are to its change, one for each field.

    Past ones count too, since rules hold on every day; each of those that hold at a time is one too many.
    """
    found, subjects = Misfits(), dict[PartyId, list[Held]]()
    for one in held:
        if one.holder_kind not in after.holder_kinds:
            found.add("holder_kinds", one.id)
        if one.subject_kind not in after.subject_kinds:
            found.add("subject_kinds", one.id)
        if after.exclusive and not before.exclusive:
            subjects.setdefault(one.subject, []).append(one)
    for of_one in subjects.values():
        for place in overfull([one.period for one in of_one], 1):
            found.add("exclusive", of_one[place].id)
    return found.refusals()
