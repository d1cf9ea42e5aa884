"""Tokens of plans of merges: whom they are of, and what stands for all that they rest on (SPEC 7.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain import tokens
from domain.ids import PartyId
from domain.refusals import InvalidValue, Refused
from domain.winners import MergeSide

Chosen = Sequence[tuple[str, MergeSide]]


@dataclass(frozen=True)
class Asked:
    """Which merge: who stays, who goes, and the sides that were chosen, by fields."""

    survivor: PartyId
    merged: PartyId
    chosen: tuple[tuple[str, MergeSide], ...] = ()


def token_of(asked: Asked, digest: str) -> str:
    """The token of a plan: what was asked for, which a merge plans again, and the digest that must then be the same."""
    word = tokens.written([asked.survivor, asked.merged, [[name, side.value] for name, side in asked.chosen]])
    return f"{word}.{digest}"


def asked_by(token: str) -> Asked:
    """What a token asks for. Raises Refused where it is none."""
    try:
        survivor, merged, chosen = tokens.read(token)
        sides = tuple((str(name), MergeSide(side)) for name, side in chosen)
        if not (isinstance(survivor, str) and isinstance(merged, str)):
            raise ValueError
    except (ValueError, TypeError) as error:
        raise Refused(InvalidValue(path=("token",), reason="is no token of a plan")) from error
    return Asked(PartyId(survivor), PartyId(merged), sides)
