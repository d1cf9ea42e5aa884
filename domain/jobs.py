"""Jobs: long work that is done in parts, each a transaction, and gone on with by whoever is there (SPEC 11.7)."""

from dataclasses import dataclass
from enum import Enum

from domain.ids import JobId, OperationId


class JobKind(Enum):
    DELETE = "DELETE"
    RESTORE = "RESTORE"
    ERASE = "ERASE"
    FIND_DUPLICATES = "FIND_DUPLICATES"


UNSEEN = frozenset({JobKind.DELETE, JobKind.RESTORE})
"""What is done out of sight."""
WHOLE = UNSEEN | {JobKind.ERASE}
"""What is gone on with, whatever goes wrong, until all of it is done, or taken back."""
CANCELLED = "It was cancelled."
"""Why a job ends that somebody has cancelled."""


class JobState(Enum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Job:
    """A job as whoever is at it needs it: the operation that it is part of, what it is about, and where it stands.

    `cursor` is up to where it came, in its own words; `batches` how many parts are done.
    """

    id: JobId
    kind: JobKind
    operation: OperationId | None = None
    record: str | None = None
    cursor: str = ""
    batches: int = 0


@dataclass(frozen=True)
class Part:
    """A part of a job: how many records it did and things it found, up to where it came, whether it was the last, and
    why the job fails, if what it has done is taken back."""

    count: int
    cursor: str
    over: bool = False
    found: int = 0
    why: str | None = None
