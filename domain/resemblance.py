"""Resemblance: how alike two names, dates or texts are as people write them down (SPEC 7.6)."""

from collections.abc import Callable, Sequence
from enum import IntEnum

import jellyfish
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler


class Likeness(IntEnum):
    """How alike two values are; the greater the more. UNKNOWN: one of them is not known."""

    DIFFERENT = 0
    UNKNOWN = 1
    LIKE = 2
    NEAR = 3
    SAME = 4


def best(alike: Callable[[str, str], Likeness], some: Sequence[str], others: Sequence[str]) -> Likeness:
    """The greatest likeness of any two of them, UNKNOWN where there are none."""
    return max((alike(one, other) for one in some for other in others), default=Likeness.UNKNOWN)


def alike_names(one: str, other: str) -> Likeness:
    """Of folded names: NEAR by a letter or a name more, LIKE by how they sound or begin."""
    if not one or not other:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    words, theirs = set(one.split()), set(other.split())
    similar = JaroWinkler.similarity(one, other)
    if OSA.distance(one, other, score_cutoff=1) <= 1 or similar >= 0.92 or words < theirs or theirs < words:
        return Likeness.NEAR
    return Likeness.LIKE if similar >= 0.85 or sounds(one) == sounds(other) != "" else Likeness.DIFFERENT


def sounds(name: str) -> str:
    """How a name sounds, as far as it has Latin letters."""
    return jellyfish.metaphone(name)


def alike_dates(one: str, other: str) -> Likeness:
    """Of dates as EDTF has them: NEAR where a digit differs, two neighbours or day and month have changed places, or
    one says less than the other and nothing else; LIKE where two digits differ."""
    if not one or not other:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    if OSA.distance(one, other) <= 1 or one.startswith(other) or other.startswith(one) or turned(one) == other:
        return Likeness.NEAR
    return Likeness.LIKE if OSA.distance(one, other) <= 2 else Likeness.DIFFERENT


def turned(date: str) -> str:
    """A day with its month in the day's place."""
    year, *rest = date.split("-")
    return "-".join([year, *reversed(rest)])


def alike_texts(one: str, other: str) -> Likeness:
    """Of folded texts of several words in whatever order, some of which may be left out."""
    if not one or not other:
        return Likeness.UNKNOWN
    ratio = max(fuzz.token_sort_ratio(one, other), fuzz.token_set_ratio(one, other) * 0.95)
    for least, likeness in ((98, Likeness.SAME), (85, Likeness.NEAR), (70, Likeness.LIKE)):
        if ratio >= least:
            return likeness
    return Likeness.DIFFERENT
