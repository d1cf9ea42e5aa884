"""What administrators call what they define: a code for programs, a name and a description for people."""

from collections.abc import Callable

from domain.refusals import InvalidValue, Refusal
from domain.relationship_types import CODE
from domain.texts import checked, filled
from domain.values import Invalid

MOST_NAME, MOST_DESCRIPTION = 100, 2000


def checked_labels(code: str, name: str | None, description: str | None) -> tuple[str, str | None, list[Refusal]]:
    """The name and the description as they are stored, None for one without letters, and what is wrong with either or
    with the code."""
    refusals: list[Refusal] = []

    def text(field: str, read: Callable[[], str]) -> str:
        try:
            return read()
        except Invalid as error:
            refusals.append(InvalidValue(path=(field,), reason=error.reason))
            return ""

    if not CODE.fullmatch(code):
        reason = "must be capital letters, digits and underscores, at most 50"
        refusals.append(InvalidValue(path=("code",), reason=reason))
    named = text("name", lambda: filled(name or "", MOST_NAME))
    described = text("description", lambda: checked(description or "", MOST_DESCRIPTION, lines=True))
    return named, described or None, refusals
