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

from resolvers.reading.fragments import Bound, ordered

Key = str | int | float | bool

PAGE: Final = 20
LARGEST: Final = 100


def tag(fragment: str) -> str:
    """A few letters that tell one list from another; a cursor of one is none of the other."""
    return hashlib.blake2s(fragment.encode(), digest_size=3).hexdigest()


def encode(tag: str, keys: Sequence[object]) -> str:
    """The cursor of a row of the list with this tag."""
    return base64.urlsafe_b64encode(json.dumps([tag, *keys], separators=(",", ":")).encode()).decode()


def decode(cursor: str, tag: str, length: int, argument: str) -> list[Key]:
    """The keys of a cursor. One of another list, or none at all, is the client's error, told by the argument."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode()), parse_constant=refuse)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != length + 1 or found[0] != tag or not all(map(is_key, found)):
        raise bad_input(f"`{argument}` is not a cursor of this list.")
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


def size_of(argument: str, size: int) -> int:
    """How many a page is asked to have. Too many, or none, is the client's error."""
    if size > LARGEST:
        raise too_large(f"`{argument}` is at most {LARGEST}.")
    if size < 1:
        raise bad_input(f"`{argument}` is from 1 to {LARGEST}.")
    return size


def beyond(keys: Sequence[tuple[str, bool]], bound: str) -> str:
    """Whether a row lies behind the bound, key by key.

    A CASE, because the query planner multiplies nested OR and AND out.
    """
    tests = (
        f"WHEN ({key}) <> {bound}[{index}] THEN ({key}) {'<' if down else '>'} {bound}[{index}]"
        for index, (key, down) in enumerate(keys)
    )
    return f"CASE {' '.join(tests)} ELSE FALSE END"


def reversed_order(keys: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The order of a list from its end."""
    return [(key, not down) for key, down in keys]


@dataclass(frozen=True)
class Direction:
    """What of a page's arguments decides the text of its statement: which are there."""

    follows: bool  # it comes behind a cursor
    precedes: bool  # it ends before one
    backward: bool  # it is counted from the end

    @classmethod
    def of(cls, arguments: Mapping[str, object]) -> "Direction":
        """From a connection's arguments, of which only whether they are null is looked at.

        Without a size a page before a cursor ends there. Raises GraphQLError for two sizes.
        """
        first, after, last, before = (arguments.get(name) is not None for name in ("first", "after", "last", "before"))
        if first and last:
            raise bad_input("Either `first` or `last`.")
        return cls(after, before, last or (before and not first))


@dataclass(frozen=True)
class Page:
    """One page of a list: the names of its parameters in the statement, and how long its cursors are."""

    limit: str
    after: str
    before: str
    tag: str
    keys: int
    direction: Direction
    reach: int | None = None  # how many rows all pages together have, None: no end to them

    def parameters(self, arguments: Mapping[str, Any]) -> dict[str, object]:
        """The limit, one more than asked for so as to know whether there is more, and the keys of the cursors."""
        name = "last" if self.direction.backward else "first"
        size = arguments.get(name)
        found: dict[str, object] = {self.limit: (PAGE if size is None else size_of(name, size)) + 1}
        for argument, parameter in (("after", self.after), ("before", self.before)):
            if (cursor := arguments.get(argument)) is not None:
                found[parameter] = decode(cursor, self.tag, self.keys, argument)
        return found

    def clauses(self, bound: Bound) -> tuple[list[str], str]:
        """The conditions and the order of the page, behind its fragment.

        The range of the first key says nothing new, but an index that has the order can seek by it.
        """
        order = reversed_order(bound.order) if self.direction.backward else bound.order
        cut = f" ORDER BY {ordered(order)} LIMIT ${self.limit}"
        wheres: list[str] = []
        for wanted, parameter, keys in (
            (self.direction.follows, self.after, bound.order),
            (self.direction.precedes, self.before, reversed_order(bound.order)),
        ):
            if wanted and bound.indexed and not self.reach:
                wheres.append(f"{keys[0][0]} {'<=' if keys[0][1] else '>='} ${parameter}[0]")
            if wanted:
                wheres.append(beyond(keys, f"${parameter}"))
        if self.reach and (wheres or self.direction.backward):
            inner = f" WHERE {' AND '.join(wheres)}" if wheres else ""
            return [], f" ORDER BY {ordered(bound.order)} LIMIT {self.reach} WITH *{inner}{cut}"
        return wheres, cut

    def cut(self, rows: list[Any], parameters: Mapping[str, Any]) -> tuple[list[Any], bool, bool]:
        """The rows of the page itself in the list's order, and whether there are more before and behind them.

        What lies beyond a cursor is not looked for: its own row is there.
        """
        size, backward = parameters[self.limit] - 1, self.direction.backward
        found, more = rows[:size], len(rows) > size
        if backward:
            found.reverse()
        return found, self.direction.follows or (backward and more), self.direction.precedes or (more and not backward)
