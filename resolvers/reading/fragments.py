"""Fragments of Cypher, one a file, and the renaming that lets them nest.

The house style is the grammar: keywords are upper case, labels and edge types start upper case, variables are lower
case, RETURN and ORDER BY of the fragment itself start their lines. So a variable is a lower-case word that is no
property, map key or function. What stands for the owner of the field is taken from outside; all else is local.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from resolvers.reading.simplified import Known, simplified

TOKEN = re.compile(
    r"""(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`)
      | (?P<property>\.\s*[A-Za-z_]\w*)
      | (?P<key>[{,]\s*[a-z_]\w*\s*:(?!:))
      | (?P<call>[A-Za-z_][\w.]*\s*\()
      | (?P<parameter>\$\w+)
      | (?P<variable>\b[a-z_]\w*\b)""",
    re.VERBOSE,
)
NOTHING: Known = {}
PARTS = re.compile(
    r"(?P<match>.*?)^RETURN\s+(?P<returns>.*?)(?:^ORDER BY\s+(?P<order>.*))?\Z", re.DOTALL | re.MULTILINE
)


def rename(
    text: str,
    variables: Mapping[str, str],
    parameters: Mapping[str, str],
    level: int | str,
    given: frozenset[str] = frozenset(),
) -> str:
    """The text with the given names, and with the level's number on all that are its own; `given` stay as they are."""

    def new(token: re.Match[str]) -> str:
        found = token.group()
        match token.lastgroup:
            case "variable":
                return variables.get(found) or (found if found in given else f"{found}_{level}")
            case "parameter":
                return "$" + parameters.get(found[1:], found[1:])
            case _:
                return found

    return TOKEN.sub(new, text)


def split(text: str) -> list[str]:
    """Split at the commas outside all brackets and quotes."""
    parts, depth, quote = [""], 0, ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        else:
            depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0 and not quote:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def ordered(keys: Sequence[tuple[str, bool]]) -> str:
    """Expressions, each with whether it is descending, as ORDER BY takes them."""
    return ", ".join(f"{key} DESC" if down else key for key, down in keys)


@dataclass(frozen=True)
class Bound:
    """A fragment in its place: what it matches, the expression of each column, and its order."""

    name: str
    match: str
    distinct: str
    columns: Mapping[str, str]  # column -> expression
    names: Mapping[str, str]  # column -> the variable that it becomes at this level
    order: list[tuple[str, bool]]  # expressions over `names`, and whether descending

    @property
    def by(self) -> str:
        return f" ORDER BY {ordered(self.order)}" if self.order else ""

    @property
    def indexed(self) -> bool:
        """Whether its order is meant to be an index's: the text says of the first key that it is not null."""
        return bool(self.order) and f"{self.order[0][0]} IS NOT NULL" in self.match


@dataclass(frozen=True)
class Fragment:
    """A fragment; `given` are variables that stand everywhere in the statement."""

    name: str
    text: str
    given: frozenset[str] = frozenset()

    @cached_property
    def purpose(self) -> str:
        """The first paragraph of its header."""
        lines = [line.removeprefix("//").strip() for line in self.text.split("\n\n", 1)[0].splitlines()]
        return " ".join(lines[: lines.index("")] if "" in lines else lines) if self.text.startswith("//") else ""

    @cached_property
    def body(self) -> str:
        """The text without its header."""
        return "\n".join(line for line in self.text.splitlines() if not line.startswith("//")).strip() + "\n"

    @cached_property
    def parts(self) -> dict[str, str]:
        found = PARTS.match(self.body.strip())
        if found is None:
            raise ValueError(f"{self.name}: no line starts with RETURN")
        return {part: (text or "").strip() for part, text in found.groupdict().items()}

    @cached_property
    def parameters(self) -> frozenset[str]:
        return frozenset(t.group()[1:] for t in TOKEN.finditer(self.body) if t.lastgroup == "parameter")

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(column.rsplit(" AS ", 1)[-1] for column in split(self.parts["returns"].removeprefix("DISTINCT ")))

    def bind(
        self, outer: Mapping[str, str], parameters: Mapping[str, str], level: int, known: Known = NOTHING
    ) -> Bound:
        """The fragment at a level of the statement, with its owner's variables and its parameters' names there; without
        what follows from parameters of a known value."""
        parts = {part: simplified(text, known) for part, text in self.parts.items()} if known else self.parts
        returns = parts["returns"]
        distinct = "DISTINCT " if returns.startswith("DISTINCT ") else ""
        columns = {
            column: rename(text.rsplit(" AS ", 1)[0], outer, parameters, level, self.given)
            for column, text in zip(self.columns, split(returns.removeprefix("DISTINCT ")), strict=True)
        }
        names = {column: f"{column}_{level}" for column in columns}
        order = [
            (rename(key.removesuffix(" DESC"), names, parameters, level, self.given), key.endswith(" DESC"))
            for key in split(parts["order"])
            if key
        ]
        match = rename(parts["match"], outer, parameters, level, self.given)
        return Bound(self.name, match, distinct, columns, names, order)


def load(folder: Path) -> dict[str, Fragment]:
    """Every file below the folder by its path without the ending: `parties/by_id`."""
    files = sorted(folder.rglob("*.cypher"))
    names = [file.relative_to(folder).with_suffix("").as_posix() for file in files]
    return {name: Fragment(name, file.read_text()) for name, file in zip(names, files, strict=True)}
