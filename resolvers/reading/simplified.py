"""What is left of a fragment where some of its parameters are known: those of arguments that a document does not name.

So a filter that nobody asked for costs the database nothing, neither in planning a statement nor for each of its rows.
Three forms are known: `($x IS NULL OR ...)`, `coalesce($x, $y)` and `CASE $x WHEN 'A' THEN ... ELSE ... END`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

Known = Mapping[str, str | None]
TOKEN: Final = re.compile(r"'(?:\\.|[^'\\])*'|[()\[\]{}]|\b\w+\b")
GROUP: Final = re.compile(r"\(\$(\w+) IS NULL OR\b")
EITHER: Final = re.compile(r"coalesce\(\$(\w+), (\$\w+)\)")
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
CASE: Final = re.compile(r"\bCASE \$(\w+)\b")
SETTLED: Final = re.compile(r"\bCASE WHEN (?=(TRUE|FALSE) THEN\b)")
TRUES: Final = (
    (re.compile(r"\s+AND TRUE\b"), ""),
    (re.compile(r"\bWHERE TRUE\s+AND\b"), "WHERE"),
    (re.compile(r"\s*\bWHERE TRUE(?=\s*(?:\Z|WITH\b|RETURN\b|ORDER\b))"), ""),
)


def simplified(text: str, known: Known) -> str:
    """The text with what follows from parameters whose value is known: a text, or None for null."""
    nulls = {name for name, value in known.items() if value is None}
    while found := next((m for m in CASE.finditer(text) if m[1] in known), None):
        chosen, end = chosen_arm(text, found.end(), known[found[1]])
        text = text[: found.start()] + chosen + text[end:]
    while found := next((m for m in GROUP.finditer(text) if m[1] in nulls), None):
        text = text[: found.start()] + "TRUE" + text[closing(text, found.start()) :]
    text = EITHER.sub(lambda m: m[2] if m[1] in nulls else m[0], text)
    for pattern, instead in TRUES:
        text = pattern.sub(instead, text)
    return text


def settled(text: str) -> str:
    """The text with what follows from tests that are TRUE or FALSE: `CASE WHEN TRUE THEN x ELSE y END` is x."""
    while found := SETTLED.search(text):
        begin, parts = found.end(), list[str]()
        for _, place, after in arms(text, found.end()):
            parts.append(text[begin:place].strip())
            begin = after
            if text[place:after] == "END":
                break
        _, then, other = parts
        text = text[: found.start()] + (then if found[1] == "TRUE" else other) + text[begin:]
    for pattern, instead in TRUES:
        text = pattern.sub(instead, text)
    return text


def closing(text: str, start: int) -> int:
    """Where the bracket ends that opens at `start`."""
    depth = 0
    for token in TOKEN.finditer(text, start):
        depth += (token[0] in OPENING) - (token[0] in CLOSING)
        if depth == 0:
            return token.end()
    raise ValueError(f"nothing closes {text[start:]!r}")


def chosen_arm(text: str, start: int, value: str | None) -> tuple[str, int]:
    """What a CASE is for a value, and where it ends; its arms begin at `start`."""
    literal, begin, word, wanted, found = "", start, "", f"'{value}'", ""
    for next_word, place, after in arms(text, start):
        part = text[begin:place].strip()
        if word == "WHEN":
            literal = part
        elif (word == "THEN" and literal == wanted) or (word == "ELSE" and not found):
            found = part
        word, begin = next_word, after
        if word == "END":
            return f"({found})" if " " in found else found, after
    raise ValueError(f"no END in {text!r}")


def arms(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The words that divide a CASE from `start` on, without those of cases within it, each with where it stands."""
    depth = 0
    for token in TOKEN.finditer(text, start):
        word = token[0]
        if depth == 0 and word in ("WHEN", "THEN", "ELSE", "END"):
            yield word, token.start(), token.end()
        depth += (word == "CASE") - (word == "END")
