"""Search: what a party is found by, and what is meant by what somebody typed (SPEC 1.5)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from domain.ids import prefix_of
from domain.texts import digits, fold
from domain.values import Property

SEALS = {letter: 0xE000 + letter for letter in range(128)}
"""Signs for private use, by the letters of ids, which are ASCII."""
NUMERIC = re.compile(r"[0-9][0-9+()/. -]+[0-9]")
DIALLED_BEFORE = re.compile(r"^(0+(1[01](?=[0-9]{10}))?|8(?=[0-9]{10}$))")
"""What is dialled before a number and is no part of it: 0, 00, 011 or 0011 from America or Australia, 010, 8."""
SHORTEST_MISSPELT = 3
LONGEST_MISSPELT_ONCE = 5
LONGEST_MISSPELT, MOST_MISSPELT = 50, 10


def search_text(id: str, properties: Mapping[str, Property], external_ids: Sequence[str]) -> str:
    """All that a party is found by, folded: a line each, with a space on either side.

    So a whole line, a whole word or the beginning of one can be searched for by the signs around it. Names stand there
    once more without their signs ("o'neil-smith", "oneil smith"), and so does what is written in digits with signs
    between ("7-11", "2024/0815"), since it may be typed like a phone number. The id is sealed. By their logins staff
    are found, consumers are not: not all who may search for them may know these.
    """
    others = properties.get("other_names_texts")
    names = [fold(str(n)) for n in (properties.get("name"), *(others if isinstance(others, list) else [])) if n]
    marks = [properties.get(name) for name in ("email", "number", *(() if prefix_of(id) == "consumer" else ("login",)))]
    lines = [*names, *(fold(str(mark)) for mark in (*marks, *external_ids) if mark)]
    phone = digits(str(properties.get("phone") or ""))
    numbers = [digits(run) for line in lines for run in NUMERIC.findall(line)]
    every = [*lines, phone, sealed(id), *map(without_signs, names), *numbers]
    return "\n" + "".join(f" {line} \n" for line in dict.fromkeys(filter(None, every)))


def without_signs(name: str) -> str:
    """A folded name without apostrophes, and with spaces for its other signs."""
    bare = name.replace("'", "")
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in bare).split())


def sealed(id: str) -> str:
    """An id in letters that nobody types: its own are random, and short words would be found in them by chance."""
    return id.translate(SEALS)


def search_words(typed: str) -> list[str]:
    """What must all be parts of a party's search text: the words typed, the digits of a phone number, or a sealed id.

    A number is told by its characters. What is dialled before it is left out, and after a country's code the "(0)"
    that is for those who leave the code out: E.164, as which numbers are stored, has neither.
    """
    folded = fold(typed)
    if prefix_of(folded):
        return [sealed(folded)]
    number = DIALLED_BEFORE.sub("", digits(folded.replace("(0)", "") if folded.startswith(("+", "00")) else folded))
    if len(number) >= 3 and not set(folded) - set("0123456789+-()/. "):
        return [number]
    return list(dict.fromkeys(folded.split())) or [""]


def searched(typed: str) -> dict[str, object]:
    """What was typed, as the search's statement takes it: what a search text holds where a whole `line`, `wholes` of
    words, their `starts` or any `parts` match.

    `alike` are full-text queries, none or one, for those who are meant if something is misspelt, where they hold the
    `exact` words, in which nothing can be.
    """
    words = search_words(typed)
    meant = [word for word in words if misspellable(word)]
    return {
        "line": f"\n {' '.join(words)} \n",
        "wholes": [f" {word} " for word in words],
        "starts": [f" {word}" for word in words],
        "parts": words,
        "exact": [word for word in words if not misspellable(word)],
        "alike": alike(meant) if len(meant) <= MOST_MISSPELT else [],
    }


def misspellable(word: str) -> bool:
    """Whether a word may be meant where another stands: a name may, a number, an email or a sign may not."""
    letters = word.strip("'-").replace("'", "").replace("-", "")
    fits = len(letters) >= SHORTEST_MISSPELT and len(word) <= LONGEST_MISSPELT
    return fits and all(unicodedata.category(c)[0] in "LM" for c in letters)


def alike(words: Sequence[str]) -> list[str]:
    """The full-text query (Lucene's) for texts that hold each of the words as it is begun here or misspelt.

    By one letter, in longer words by two; two neighbours that have changed places count as one. Those that begin with
    every word as typed are left out: they are found without it.
    """
    escaped = [(escape(word), 2 if len(word) > LONGEST_MISSPELT_ONCE else 1) for word in words]
    meant = " ".join(f"+({word}~{edits} {word}*)" for word, edits in escaped)
    typed = " ".join(f"+{word}*" for word, _ in escaped)
    return [f"{meant} -({typed})"] if words else []


def escape(word: str) -> str:
    """A word in which nothing is syntax of a full-text query. Its operators AND, OR, NOT are no folded words."""
    return "".join(c if c.isalnum() else f"\\{c}" for c in word)
