"""Pages of lists, and cursors of the oracle's own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object

Keys = tuple[str | int, ...]
Row = tuple[Keys, "Object"]
PAGE = 20


class Cursors:
    """Tokens for places in lists, by what the list is ordered by; they mean nothing to the service."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, Keys]] = {}

    def of(self, list: str, keys: Keys) -> str:
        """The token of a place in a list."""
        token = f"cursor-{hashlib.blake2s(repr((list, keys)).encode()).hexdigest()[:16]}"
        self.places[token] = list, keys
        return token

    def keys(self, token: str) -> Keys:
        """The place that a token stands for."""
        return self.places[token][1]


def page(
    cursors: Cursors,
    list: str,
    rows: Sequence[Row],
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Object:
    """One page of rows, which are in any order; there is more beyond a cursor, since what it stands for is there."""
    ordered = sorted(rows, key=lambda row: row[0])
    inside = [row for row in ordered if after is None or row[0] > cursors.keys(after)]
    inside = [row for row in inside if before is None or row[0] < cursors.keys(before)]
    backward = last is not None or (before is not None and first is None)
    size = next((size for size in (first, last) if size is not None), PAGE)
    shown = inside[-size:] if backward else inside[:size]
    edges = [{"cursor": cursors.of(list, keys), **edge} for keys, edge in shown]
    more = len(inside) > len(shown)
    return {
        "edges": edges,
        "pageInfo": {
            "hasNextPage": before is not None or (more and not backward),
            "hasPreviousPage": after is not None or (more and backward),
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        },
        "totalCount": {"value": len(rows), "isExact": True},
    }
