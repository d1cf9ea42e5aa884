"""Winners: of what two records say differently, which side stays (SPEC 7.2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.parties import FIELDS, Party, PartyKind, camel
from domain.refusals import InvalidValue, Refusal
from domain.values import Invalid, Properties, Property


class MergeSide(Enum):
    """The two of a merge."""

    SURVIVOR = "SURVIVOR"
    MERGED = "MERGED"


Winners = Mapping[str, MergeSide]
"""Sides that were chosen, by the names of fields."""


@dataclass(frozen=True)
class Field:
    """Both values of a field, as clients know it, and whose stays; `by_rule`: it cannot be chosen otherwise."""

    name: str
    survivor: object
    merged: object
    winner: MergeSide
    by_rule: bool = False

    @property
    def value(self) -> object:
        """The one that stays."""
        return self.survivor if self.winner is MergeSide.SURVIVOR else self.merged


def field(name: str, survivor: object, merged: object, winners: Winners) -> Field:
    """A field whose winner is the survivor, unless that is empty there or was chosen otherwise."""
    usual = MergeSide.MERGED if is_empty(survivor) and not is_empty(merged) else MergeSide.SURVIVOR
    return Field(name, survivor, merged, winners.get(name, usual))


def is_empty(value: object) -> bool:
    """Whether a value says nothing: none, no text, no list. No and 0 are said."""
    return value is None or (isinstance(value, (str, list, tuple)) and not value)


def party_fields(survivor: Party, merged: Party, winners: Winners) -> tuple[list[Field], dict[str, Property]]:
    """The fields of two parties of one kind, and the properties of the survivor's that these become.

    A gender that is unknown is empty, and so is being deceased where nobody has said so.
    """
    fields, become = list[Field](), dict[str, Property]()
    for name, blank in blanks(survivor.kind).items():
        ours, theirs = (held(party, blank) for party in (survivor, merged))
        one, other = (None if side == blank else value(name, side) for side in (ours, theirs))
        winner = field(camel(name), one, other, winners).winner
        fields.append(Field(camel(name), value(name, ours), value(name, theirs), winner))
        become |= ours if winner is MergeSide.SURVIVOR else theirs
    return fields, become


def blanks(kind: PartyKind) -> dict[str, Properties]:
    """The fields of a kind of customers, each with the properties that hold it as they are where it is empty.

    By rule a login is none of them: each keeps its own, and the survivor's is the one that signs in (7.2).
    """
    found = dict[str, Properties]()
    for name, check in FIELDS[kind].items():
        if name == "login":
            continue
        try:
            found[name] = check(name, None)
        except Invalid:  # one that is never empty
            found[name] = {name: None}
    return {**found, "phone": {"phone": None}}


def held(party: Party, blank: Properties) -> Properties:
    """The properties of a party that hold a field; one that is not stored is empty."""
    return {name: party.properties.get(name, empty) for name, empty in blank.items()}


def value(name: str, properties: Mapping[str, Property]) -> object:
    """A field's value as it is shown: itself, its parts by their names, or records of lists that stand side by side."""
    if name in properties:
        return properties[name]
    parts = {part.removeprefix(f"{name}_"): found for part, found in properties.items()}
    if any(isinstance(found, list) for found in parts.values()):
        names = [part.removesuffix("s") for part in parts]
        return [dict(zip(names, row, strict=True)) for row in zip(*map(listed, parts.values()), strict=True)]
    return {camel(part): found for part, found in parts.items() if found is not None} or None


def listed(found: Property) -> Sequence[object]:
    """A list that may not be stored."""
    return found if isinstance(found, list) else ()


def wrong_winners(chosen: Sequence[tuple[str, MergeSide]], fields: Iterable[Field]) -> Iterator[Refusal]:
    """Winners of what is no field, or none that can be chosen, and those that are named twice."""
    there, named = {one.name for one in fields if not one.by_rule}, set[str]()
    for index, (name, _) in enumerate(chosen):
        if name not in there:
            yield InvalidValue(path=("winners", str(index), "field"), reason="is nothing that can be chosen here")
        elif name in named:
            yield InvalidValue(path=("winners", str(index), "field"), reason="is named twice")
        named.add(name)
