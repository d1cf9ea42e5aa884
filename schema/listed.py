"""Connections over what a resolver holds whole: pages of a list, by the place in it (SPEC 11.1)."""

from collections.abc import Sequence
from typing import Any, TypeVar

from resolvers.reading.connections import Count, PageInfo
from resolvers.reading.cursors import PAGE, Direction, bad_input, decode, encode, size_of

T = TypeVar("T")


def page(
    items: Sequence[T], tag: str, first: int | None, after: str | None, last: int | None, before: str | None
) -> tuple[list[tuple[str, T]], PageInfo, Count]:
    """A page of a list with the cursor of each item, where it lies, and how many there are in the list.

    `tag` tells cursors of one list from those of another. Raises GraphQLError as other connections do.
    """
    given: dict[str, Any] = {"first": first, "after": after, "last": last, "before": before}
    direction = Direction.of(given)
    start, end = 0, len(items)
    if after is not None:
        start = max(start, place(after, tag, "after") + 1)
    if before is not None:
        end = min(end, place(before, tag, "before"))
    name = "last" if direction.backward else "first"
    size = PAGE if given[name] is None else size_of(name, given[name])
    here = range(start, max(start, end))
    here = here[-size:] if direction.backward else here[:size]
    rows = [(encode(tag, [index]), items[index]) for index in here if index < len(items)]
    info = PageInfo(
        has_next_page=bool(rows) and here[-1] < len(items) - 1,
        has_previous_page=bool(rows) and here[0] > 0,
        start_cursor=rows[0][0] if rows else None,
        end_cursor=rows[-1][0] if rows else None,
    )
    return rows, info, Count(value=len(items), is_exact=True)


def place(cursor: str, tag: str, argument: str) -> int:
    """The place in a list that a cursor names."""
    (index,) = decode(cursor, tag, 1, argument)
    if not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise bad_input(f"`{argument}` is not a cursor of this list.")
    return index
