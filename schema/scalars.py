"""Scalars of Kith's own; what they hold beyond their form is checked by the rules, which name the field.

What they raise is no GraphQLError, so that GraphQL adds the place in the document or the variable.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

PartialDate = NewType("PartialDate", str)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def text(value: Any) -> str:
    """Text as it is given. Raises ValueError for anything else."""
    if not isinstance(value, str):
        raise ValueError("A PartialDate is text.")
    return value


def day(value: Any) -> date:
    """A day of the calendar, in the one form that is shown. Raises ValueError."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError('A Date is written as "2026-11-22".')
    return date.fromisoformat(value)


SCALARS: Mapping[object, ScalarDefinition] = {
    date: strawberry.scalar(
        name="Date",
        description='A day: "2026-11-22".',
        serialize=date.isoformat,
        parse_value=day,
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    ),
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="A date that may be imprecise, in EDTF levels 0 and 1: "
        '"1823-05-17", "1823-05", "1823", "1823~" (about), "../1823" (before).',
        serialize=str,
        parse_value=text,
        specified_by_url="https://www.loc.gov/standards/datetime/",
    ),
}
