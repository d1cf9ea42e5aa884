"""What a client gave, as the rules take it: only the fields that stand in the input."""

from collections.abc import Collection
from dataclasses import fields, is_dataclass
from typing import Any

import strawberry


def given(value: Any, without: Collection[str] = ()) -> dict[str, Any]:
    """The fields of an input by name, those not given left out, inner inputs as mappings of all their fields."""
    return {
        f.name: plain(v)
        for f in fields(value)
        if (v := getattr(value, f.name)) is not strawberry.UNSET and f.name not in without
    }


def plain(value: Any) -> Any:
    """A value without Strawberry's inputs in it."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return given(value)
    return value
