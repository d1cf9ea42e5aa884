"""What is defined, as it is read for rules."""

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from domain.definitions import Definitions
from domain.relationship_types import RelationshipType
from domain.responsibilities import Responsibility
from graphdb import trials
from graphdb.errors import Gone
from graphdb.graph import Row, Transaction
from graphdb.relationship_types import as_type
from graphdb.responsibilities import as_responsibility

TYPES, RESPONSIBILITIES = "relationship types", "responsibilities"
T = TypeVar("T")
Seen = dict[str, tuple[Row, T]]


class Types(dict[str, RelationshipType]):
    """Types by their codes, as they were read. A relationship that was read later may be of one that came back in
    between: whoever asks for its type has Gone raised, and reads both again."""

    def __missing__(self, code: str) -> RelationshipType:
        raise Gone("A type was brought back meanwhile.")


async def stored(tx: Transaction) -> Definitions:
    """All that is defined at this moment."""
    (row,) = await tx.rows("definitions/stored")
    return defined(tx, row["types"], row["responsibilities"])


async def settled(tx: Transaction) -> Definitions:
    """All that is defined, of what is on trial the rule before: by that one was made what is stored."""
    (row,) = await tx.rows("definitions/stored")
    types = [as_type(trials.settled(node)) for node in there(row["types"])]
    responsibilities = [as_responsibility(trials.settled(node)) for node in there(row["responsibilities"])]
    return Definitions(Types({type.code: type for type in types}), responsibilities)


def defined(tx: Transaction, types: Sequence[Row], responsibilities: Sequence[Row]) -> Definitions:
    """What was read of definitions; whoever guesses next will guess that it is still so."""
    found = read(seen_types(tx), there(types), as_type)
    seen = cast(Seen[Responsibility], tx.guesses.setdefault(RESPONSIBILITIES, {}))
    return Definitions(Types(found), list(read(seen, there(responsibilities), as_responsibility).values()))


def there(rows: Sequence[Row]) -> list[Row]:
    """Rows without those of what was deleted while they were read: these have no code any more."""
    return [row for row in rows if row.get("code")]


def read(seen: Seen[T], rows: Sequence[Row], understood: Callable[[Row], T]) -> dict[str, T]:
    """What rows define, by its code; a row that is as it was need not be understood again."""
    for row in rows:
        if row["code"] not in seen or seen[row["code"]][0] != row:
            seen[row["code"]] = (row, understood(row))
    return {row["code"]: seen[row["code"]][1] for row in rows}


def guess(tx: Transaction) -> dict[str, RelationshipType]:
    """Types by their codes as this process last saw them; they may have changed since."""
    return {code: type for code, (_, type) in seen_types(tx).items()}


def seen_types(tx: Transaction) -> Seen[RelationshipType]:
    """Each type as it was last read, beside its row, which tells whether it is still so."""
    return cast(Seen[RelationshipType], tx.guesses.setdefault(TYPES, {}))
