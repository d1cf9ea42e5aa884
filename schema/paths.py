"""Shortest paths (SPEC 9.5): found by the rules, the parties and relationships on them read by their ids."""

from datetime import date
from typing import Annotated

import strawberry

from domain import paths
from domain.ids import PartyId
from domain.path_search import MOST_COMPARED
from domain.paths import LONGEST, Asked
from resolvers.paths import SECONDS, Found, find_paths
from resolvers.reading.declare import refs
from schema.enums import RelationshipCategory
from schema.info import Info
from schema.parties import Party
from schema.relationships import Relationship
from schema.scalars import PartialDate
from schema.truncations import Truncation, TruncationReason


@strawberry.type(
    description="Parties each related to the next, no party twice. It holds while all its relationships do: "
    "from the latest of their starts until the earliest of their ends. "
    "Where `validTo` is not after `validFrom` they never held all at once."
)
class Path:
    length: int = strawberry.field(description="How many relationships it has.")
    parties: list[Party]
    relationships: list[Relationship]
    valid_from: PartialDate | None
    valid_to: PartialDate | None


@strawberry.type(description="The shortest paths, in order.")
class Paths:
    paths: list[Path]
    truncated: Truncation | None


async def root_paths(
    info: Info,
    source: Annotated[strawberry.ID, strawberry.argument(name="from")],
    target: Annotated[strawberry.ID, strawberry.argument(name="to")],
    limit: int | None = 1,
    categories: Annotated[
        list[RelationshipCategory] | None,
        strawberry.argument(description="All but TEAM where neither these nor `types` are given."),
    ] = strawberry.UNSET,
    types: list[str] | None = strawberry.UNSET,
    avoiding: list[strawberry.ID] | None = strawberry.UNSET,
    max_length: int | None = LONGEST,
    as_of: date | None = strawberry.UNSET,
) -> Paths | None:
    """The shortest paths between two parties; one that is not known is an error beside null.

    An argument that is null is the default.
    """
    asked = Asked(
        source=PartyId(source),
        target=PartyId(target),
        limit=1 if limit is None else limit,
        longest=LONGEST if max_length is None else max_length,
        avoiding=avoiding or (),
        categories=None if categories is strawberry.UNSET else categories,
        types=None if types is strawberry.UNSET else types,
        as_of=as_of or None,
    )
    found = await find_paths(info.context, asked)
    return Paths(paths=[shown(path) for path in found.paths], truncated=truncated(found))


def shown(path: paths.Path) -> Path:
    """A path of ids as the schema has it."""
    start, end = path.period.start, path.period.end
    return Path(
        length=len(path.relationships),
        parties=refs(Party, path.parties),
        relationships=refs(Relationship, path.relationships),
        valid_from=PartialDate(start.text) if start else None,
        valid_to=PartialDate(end.text) if end else None,
    )


def truncated(found: Found) -> Truncation | None:
    """Why there may be more paths, or others before these."""
    if found.late:
        return Truncation(reason=TruncationReason.TIME, limit=SECONDS)
    return Truncation(reason=TruncationReason.PATHS, limit=MOST_COMPARED) if found.crowded else None
