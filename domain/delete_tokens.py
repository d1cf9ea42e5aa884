"""Tokens of plans of deletions: what was asked for, and what stands for all that they rest on (SPEC 8.1)."""

from dataclasses import dataclass
from enum import Enum

from domain import tokens

MANY = ".many"
"""Ends the token of a plan that takes more than one transaction."""


class OpenCaseChoice(Enum):
    """What becomes of a customer's open cases."""

    CLOSE = "CLOSE"
    DELETE = "DELETE"


@dataclass(frozen=True)
class Asked:
    """What is to be deleted, or erased, and the choices made."""

    id: str
    erase: bool = False
    open_cases: OpenCaseChoice | None = None
    take_relationships: bool = False


def token_of(asked: Asked, digest: str, many: bool) -> str:
    """The token of a plan: what was asked for, which is planned again, and the digest that must then be the same."""
    choice = asked.open_cases.value if asked.open_cases else None
    word = tokens.written([asked.id, asked.erase, choice, asked.take_relationships])
    return f"{word}.{digest}{MANY if many else ''}"


def asked_by(token: str) -> Asked | None:
    """What a token asks for, None if it is none."""
    try:
        found = tokens.read(token)
    except ValueError:
        return None
    match found:
        case [str(id), bool(erase), None | "CLOSE" | "DELETE" as choice, bool(take)]:
            return Asked(id, erase, OpenCaseChoice(choice) if choice else None, take)
    return None


def is_many(token: str) -> bool:
    """Whether the plan that a token names takes more than one transaction; it is another's, or none, unless the token
    is that of a plan."""
    return token.endswith(MANY)
