"""What is to be deleted, as it was read (SPEC 8.2, 8.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from domain.cases import Case
from domain.ids import PartyId, prefix_of
from domain.relationships import Relationship
from domain.within import Places

MOST = 10_000
"""So many records go in one transaction (SPEC 8.2), where it may hold as much; what takes more is a job."""
RECORD_BYTES = 24_000
"""So much of a transaction's memory a record may take, with what the histories of its ends keep of it."""


class Thing(Enum):
    """What can be deleted; the value is the prefix of its ids."""

    CONSUMER = "consumer"
    ACCOUNT = "account"
    HOUSEHOLD = "household"
    GROUP = "group"
    INTERNAL_USER = "internal_user"
    RELATIONSHIP_TYPE = "relationship_type"
    RESPONSIBILITY = "responsibility"
    RELATIONSHIP = "relationship"

    @staticmethod
    def of(id: str) -> "Thing | None":
        """What an id names, None if that is never deleted by itself."""
        return next((thing for thing in Thing if thing.value == prefix_of(id)), None)


DEFINITIONS = frozenset({Thing.RELATIONSHIP_TYPE, Thing.RESPONSIBILITY})


@dataclass(frozen=True)
class Root:
    """What was asked for, as it is stored; `code` is of a type or responsibility, `edge` the edge type of a type.
    One that is `kept` was deleted before."""

    id: str
    thing: Thing
    version: int
    name: str | None = None
    status: str | None = None
    code: str | None = None
    edge: str | None = None
    built_in: bool = False
    kept: bool = False
    deleted_by: str | None = None


@dataclass(frozen=True)
class Doomed:
    """A party that goes."""

    id: PartyId
    version: int
    name: str | None = None


def most_at_once(room: int | None) -> int:
    """How many records go in one transaction that may take so many bytes of memory, None: any."""
    return MOST if room is None else min(MOST, room // RECORD_BYTES)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a deletion rests on.

    `parties` are all that go: the one that was asked for, the groups of a type. `relationships` are those at an end of
    these, of the type, with the responsibility, made within the households that go, each once; `groups` has the codes
    of GROUP types. `housed` were made within households whose memberships may go, `places` who is a member of these.
    `cases` name one of the parties as customer, household or assignee. `kept` are ids of what was kept of it when it
    was deleted before. Where there is more than one transaction takes, `many`, these are only some. `going`: it was
    deleted before, and a job is at it still, or brings it back.
    """

    root: Root
    places: Places
    parties: Sequence[Doomed] = ()
    relationships: Sequence[Relationship] = ()
    groups: frozenset[str] = frozenset()
    housed: Sequence[Relationship] = ()
    cases: Sequence[Case] = ()
    kept: Sequence[str] = ()
    many: bool = False
    going: bool = False
