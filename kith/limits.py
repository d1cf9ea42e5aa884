"""How large a request may be (SPEC 11.4); what its document may ask for is `schema.limits`."""

from typing import Any, Final

from starlette.requests import Request

LARGEST_BODY: Final = 2**20
LONGEST_ADDRESS: Final = 2**15
MOST_LEVELS: Final = 64
MOST_ITEMS: Final = 1_000
HOLDERS: Final = (list, dict)
SECONDS: Final = 60.0
"""A whole request. A write, run again after a record was deleted under it, takes 34 at most by the graph's own
deadlines, which tell more than this one; it ends what is many such steps."""


class TooMuch(Exception):
    """A request over a limit, which the message names; `code` and `status` are what the client is told."""

    def __init__(self, message: str, code: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.status = code, status


def too_deep() -> TooMuch:
    return TooMuch(f"JSON may be nested {MOST_LEVELS} levels deep.", "TOO_DEEP")


async def body_of(request: Request, most: int = LARGEST_BODY) -> bytes:
    """The body, counted while it comes: a length that is told beforehand may be a lie, or not told at all.

    Raises TooMuch as soon as it is too large, and ClientDisconnect.
    """
    body = bytearray()
    async for chunk in request.stream():
        if len(body) + len(chunk) > most:
            raise TooMuch(f"A body may have {most:,} bytes.", "BODY_TOO_LARGE", 413)
        body += chunk
    return bytes(body)


def address_of(request: Request) -> bytes:
    """What stands behind the question mark. Raises TooMuch."""
    query = bytes(request.scope["query_string"])
    if len(query) > LONGEST_ADDRESS:
        raise TooMuch(f"An address may have {LONGEST_ADDRESS:,} bytes.", "ADDRESS_TOO_LONG", 414)
    return query


def check(value: Any) -> None:
    """Raises TooMuch where JSON is nested too deep, or a list or an object in it has too many entries.

    Level by level, not one within the other: so no depth exhausts the stack.
    """
    level, outer = 0, [value] if isinstance(value, HOLDERS) else []
    while outer:
        level += 1
        if level > MOST_LEVELS:
            raise too_deep()
        if any(len(holder) > MOST_ITEMS for holder in outer):
            raise TooMuch(f"A list or an object may have {MOST_ITEMS:,} entries.", "TOO_MANY_ITEMS")
        outer = [
            item
            for holder in outer
            for item in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(item, HOLDERS)
        ]
