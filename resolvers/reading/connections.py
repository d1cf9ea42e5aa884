"""Relay connections as a schema declares them.

```python
@strawberry.type
class PartyEdge:
    scope: ClassVar[Scope] = scope("party")
    cursor: str = cursor()
    node: PartyRecord

@strawberry.type
class PartyConnection(Connection[PartyEdge]): ...
```
"""

from typing import ClassVar, Final, Generic, TypeVar

import strawberry

from resolvers.reading.declare import Scope, derived, scope

E = TypeVar("E")
COUNTED: Final = 10_000


def counted(count: int) -> int:
    return min(count, COUNTED)


def is_exact(count: int) -> bool:
    return count <= COUNTED


@strawberry.type(description="How many: beyond 10,000 it is no longer counted.")
class Count:
    scope: ClassVar[Scope] = scope("count")

    value: int = derived(counted, "count")
    is_exact: bool = derived(is_exact, "count")


@strawberry.type
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Connection(Generic[E]):
    edges: list[E]
    page_info: PageInfo
    total_count: Count


class Paging:
    """The arguments of a connection; a class of arguments may inherit them."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None
