"""What a field may hold: a check takes the value as given and returns the properties to store."""

from collections.abc import Callable, Mapping
from datetime import date

from domain.refusals import Place

Property = str | int | float | bool | date | None | list[str] | list[bool] | list[int]
Properties = Mapping[str, Property]


class Invalid(ValueError):
    """A value that a field refuses; `at` is the place below the field, such as ("country",) of an address."""

    def __init__(self, reason: str, *at: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at: Place = at


Check = Callable[[str, object], Properties]
"""Takes the field's name and the value given (None: to be emptied); raises Invalid."""
