"""Keyset pages: cursors, and the Cypher of a page.

A page is ordered by the ORDER BY of its fragment, whose keys are text, numbers or booleans and never null, the last
one unique. A cursor is the keys of its row behind a tag of its list.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from graphql import GraphQLError

from resolvers.reading.fragments import Bound

Key = str | int | float | bool

PAGE: Final = 20
LARGEST: Final = 100


def tag(fragment: str) -> str:
    """A few letters that tell one list from another; a cursor of one is none of the other."""
    return hashlib.blake2s(fragment.encode(), digest_size=3).hexdigest()


def encode(tag: str, keys: Sequence[object]) -> str:
    """The cursor of a row of the list with this tag."""
    return base64.urlsafe_b64encode(json.dumps([tag, *keys], separators=(",", ":")).encode()).decode()


def decode(cursor: str, tag: str, length: int) -> list[Key]:
    """The keys of a cursor. One of another list, or none at all, is the client's error."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode()), parse_constant=refuse)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != length + 1 or found[0] != tag or not all(map(is_key, found)):
        raise bad_input("`after` is not a cursor of this list.")
    return found[1:]


def refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def is_key(key: object) -> bool:
    """Whether a key is something that the driver can send."""
    match key:
        case bool() | float():
            return True
        case int():
            return -(2**63) <= key < 2**63
        case str():
            return not any("\ud800" <= char <= "\udfff" for char in key)
        case _:
            return False


def bad_input(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT"})


def too_large(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "PAGE_TOO_LARGE"})


def beyond(keys: Sequence[tuple[str, bool]], bound: str) -> str:
    """Whether a row lies behind the bound, key by key.

    A CASE, because the query planner multiplies nested OR and AND out.
    """
    tests = (
        f"WHEN ({key}) <> {bound}[{index}] THEN ({key}) {'<' if down else '>'} {bound}[{index}]"
        for index, (key, down) in enumerate(keys)
    )
    return f"CASE {' '.join(tests)} ELSE FALSE END"


@dataclass(frozen=True)
class Page:
    """One page of a list: the names of its parameters in the statement, and how long its cursors are."""

    limit: str
    after: str
    tag: str
    keys: int
    follows: bool  # whether it comes behind a cursor, which decides the text of the statement
    reach: int | None = None  # how many rows all pages together have, None: no end to them

    def parameters(self, arguments: Mapping[str, Any]) -> dict[str, object]:
        """The limit, one more than asked for so as to know whether there is more, and the keys to begin behind."""
        first, after = arguments.get("first"), arguments.get("after")
        size = PAGE if first is None else first
        if size > LARGEST:
            raise too_large(f"`first` is at most {LARGEST}.")
        if size < 1:
            raise bad_input(f"`first` is from 1 to {LARGEST}.")
        keys = {self.after: decode(after, self.tag, self.keys)} if after is not None else {}
        return {self.limit: size + 1, **keys}

    def clauses(self, bound: Bound) -> tuple[list[str], str]:
        """The conditions and the order of the page, behind its fragment.

        The range of the first key says nothing new, but an index that has the order can seek by it.
        """
        wheres, limited = [beyond(bound.order, f"${self.after}")] if self.follows else [], f" LIMIT ${self.limit}"
        if wheres and self.reach:
            return [], f"{bound.by} LIMIT {self.reach} WITH * WHERE {wheres[0]}{bound.by}{limited}"
        if wheres and bound.indexed:
            key, down = bound.order[0]
            wheres.insert(0, f"{key} {'<=' if down else '>='} ${self.after}[0]")
        return wheres, f"{bound.by}{limited}"

    def cut(self, rows: list[Any], parameters: Mapping[str, Any]) -> tuple[list[Any], bool]:
        """The rows of the page itself, and whether there is more."""
        size = parameters[self.limit] - 1
        return rows[:size], len(rows) > size
