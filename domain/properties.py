"""Custom properties of relationships: how a type defines them, and what a relationship may give (SPEC 2.1)."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.refusals import InvalidProperty, InvalidValue, Refusal
from domain.texts import checked, filled
from domain.values import Invalid

CODE = re.compile(r"[a-z][A-Za-z0-9_]{0,49}")
MOST_PROPERTIES, MOST_CHOICES = 30, 100
LARGEST_WHOLE = 2**53
"""Beyond it, readers of JSON that keep numbers as doubles would read another number than was given."""


class PropertyKind(Enum):
    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    BOOLEAN = "BOOLEAN"
    CHOICE = "CHOICE"


@dataclass(frozen=True)
class PropertyDefinition:
    """A property that relationships of a type have; `choices` are the values of a CHOICE."""

    code: str
    name: str
    kind: PropertyKind
    required: bool = False
    choices: tuple[str, ...] = ()


Value = str | int | float | bool


def checked_definitions(
    given: Sequence[PropertyDefinition], reserved: set[str]
) -> tuple[tuple[PropertyDefinition, ...], list[Refusal]]:
    """The definitions as they are to be stored, and what is wrong with them; `reserved` codes are the category's."""
    refusals: list[Refusal] = []
    if len(given) > MOST_PROPERTIES:
        refusals.append(InvalidValue(path=("properties",), reason=f"at most {MOST_PROPERTIES}"))
    found, seen = [], set(reserved)
    for index, definition in enumerate(given):
        place = ("properties", str(index))
        if not CODE.fullmatch(definition.code):
            reason = "must begin with a small letter and hold letters, digits and underscores only, at most 50"
            refusals.append(InvalidValue(path=(*place, "code"), reason=reason))
        elif definition.code in seen:
            refusals.append(InvalidValue(path=(*place, "code"), reason="must differ from the others"))
        seen.add(definition.code)
        name, choices = definition.name, definition.choices
        try:
            name = filled(name, 100)
        except Invalid as error:
            refusals.append(InvalidValue(path=(*place, "name"), reason=error.reason))
        try:
            choices = checked_choices(definition)
        except Invalid as error:
            refusals.append(InvalidValue(path=(*place, "choices", *error.at), reason=error.reason))
        found.append(PropertyDefinition(definition.code, name, definition.kind, definition.required, choices))
    return tuple(found), refusals


def checked_choices(definition: PropertyDefinition) -> tuple[str, ...]:
    """What a CHOICE chooses from; none for other kinds. Raises Invalid, at the choice's index where it is one."""
    given = definition.choices
    if (definition.kind is PropertyKind.CHOICE) != bool(given):
        raise Invalid("are for a CHOICE, which needs some")
    if len(given) > MOST_CHOICES:
        raise Invalid(f"at most {MOST_CHOICES}")
    choices: list[str] = []
    for index, choice in enumerate(given):
        try:
            choices.append(filled(choice, 100))
        except Invalid as error:
            raise Invalid(error.reason, str(index)) from error
    if len(set(choices)) < len(choices):
        raise Invalid("must be different")
    return tuple(choices)


def checked_properties(
    given: object, definitions: Sequence[PropertyDefinition]
) -> tuple[Mapping[str, Value], list[Refusal]]:
    """The values by code, in the order of the definitions, and an InvalidProperty for each that cannot be."""
    if given is not None and not isinstance(given, Mapping):
        return {}, [InvalidProperty(path=("properties",), reason="must be an object")]
    values: Mapping[str, object] = given or {}
    known = {definition.code: definition for definition in definitions}
    found: dict[str, Value] = {}
    refusals: list[Refusal] = [
        InvalidProperty(path=("properties", str(code)), reason="is no property of this type")
        for code in values
        if code not in known
    ]
    for code, definition in known.items():
        try:
            value = values.get(code)
            kept = None if value is None else checked_value(value, definition)
            if kept is not None and kept != "":
                found[code] = kept
            elif definition.required:
                raise Invalid("is required")
        except Invalid as error:
            refusals.append(InvalidProperty(path=("properties", code), reason=error.reason))
    return found, refusals


def checked_value(value: object, definition: PropertyDefinition) -> Value:
    """A value of the definition's kind; a date stays ISO text, and text may come out empty. Raises Invalid."""
    match definition.kind, value:
        case PropertyKind.TEXT, str():
            return checked(value, 2000, lines=True)
        case PropertyKind.BOOLEAN, bool():
            return value
        case PropertyKind.NUMBER, int() if not isinstance(value, bool):
            if abs(value) > LARGEST_WHOLE:
                raise Invalid(f"must be {-LARGEST_WHOLE} to {LARGEST_WHOLE} where it is whole")
            return value
        case PropertyKind.NUMBER, float() if math.isfinite(value):
            return value
        case PropertyKind.DATE, str():
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError as error:
                raise Invalid("is not a date") from error
        case PropertyKind.CHOICE, str() if value in definition.choices:
            return value
        case PropertyKind.CHOICE, _:
            raise Invalid(f"must be one of {', '.join(definition.choices)}")
    raise Invalid(f"is not a {definition.kind.value.lower()}")


def packed(values: Mapping[str, Value]) -> tuple[list[str], list[str]]:
    """Values as an edge keeps them: codes, and beside them each value as JSON text."""
    return list(values), [json.dumps(value) for value in values.values()]


def unpacked(codes: Sequence[str] | None, texts: Sequence[str] | None) -> Mapping[str, Value]:
    """What `packed` made."""
    return {code: json.loads(text) for code, text in zip(codes or (), texts or (), strict=True)}
