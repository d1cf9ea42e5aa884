"""What can go wrong with the graph, in Kith's own words; only this folder names the driver's errors (DESIGN 6)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import AuthError, DriverError, IncompleteCommit, Neo4jError, TransientError

UNIQUE = "22N79"
GONE = "Neo.ClientError.Statement.EntityNotFound"
STILL_RELATED = "Neo.ClientError.Schema.ConstraintValidationFailed"
"""Beside what must be unique there is one other constraint: a node that is deleted must have no edges."""
DIVISION = "Neo.ClientError.Statement.ArithmeticError"
"""Nothing is divided but in the look at whether something is being hidden."""
OUT_OF_MEMORY = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
SLOW = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.LockClientStopped",
    "Neo.ClientError.Transaction.Terminated",
    "Neo.TransientError.Transaction.LockAcquisitionTimeout",
)
UNKNOWN = "The connection was lost while saving; look before you try again."
PROPERTY = re.compile(r"property `(\w+)`")


class GraphError(Exception):
    """The graph did not do what was asked; `code` is what clients are told, the text holds nothing of the store's."""

    code = "INTERNAL"


class Unavailable(GraphError):
    """The database cannot be reached; nothing was done."""

    code = "UNAVAILABLE"


class TooSlow(GraphError):
    """The database did not answer in time, or a lock was held too long; nothing was done."""

    code = "TOO_SLOW"


class TooBig(GraphError):
    """The work needs more memory than one transaction may have; nothing was done."""

    code = "TOO_BIG"


class OutcomeUnknown(GraphError):
    """The connection was lost, or nothing was heard, while committing: done or not, nobody can tell from here."""

    code = "OUTCOME_UNKNOWN"


class Unread(GraphError):
    """What was asked was done, but could not be read afterwards; UNAVAILABLE would promise that nothing was done."""

    code = "OUTCOME_UNKNOWN"


class Gone(GraphError):
    """A record was deleted by somebody else in the middle of the work; nothing was done."""

    code = "NOT_FOUND"


class SomethingHidden(GraphError):
    """Something is being hidden, so it must be asked warily; nothing was done."""


class NotUnique(GraphError):
    """A value that must be unique is taken; `property` is the name of the property that holds it."""

    code = "NOT_UNIQUE"

    def __init__(self, property: str) -> None:
        super().__init__(f"{property} is taken")
        self.property = property


@contextmanager
def translated() -> Iterator[None]:
    """Raises Kith's error for the driver's; the driver's own text, which may hold values, stays behind as the cause."""
    try:
        yield
    except TimeoutError as error:
        raise TooSlow("The database did not answer in time; try again.") from error
    except (Neo4jError, DriverError) as error:
        raise named(error) from error


@contextmanager
def final() -> Iterator[None]:
    """Raises TooBig at once for what the database calls transient though it would only happen again."""
    try:
        yield
    except Neo4jError as error:
        if error.code == OUT_OF_MEMORY:
            raise named(error) from error
        raise


def named(error: Neo4jError | DriverError) -> GraphError:
    """Kith's error for one of the driver's."""
    code = str(getattr(error, "code", ""))
    if isinstance(error, IncompleteCommit):
        return OutcomeUnknown(UNKNOWN)
    if error.gql_status == UNIQUE:
        found = PROPERTY.search(str(error))
        return NotUnique(found.group(1) if found else "value")
    if code == STILL_RELATED:
        return Gone("Something else was made of this meanwhile.")
    if code == GONE:
        return Gone("This was deleted meanwhile.")
    if code == DIVISION:
        return SomethingHidden("Something is being removed.")
    if code == OUT_OF_MEMORY:
        return TooBig("This is too much for one transaction.")
    if code.startswith(SLOW):
        return TooSlow("The database was too slow; try again.")
    if isinstance(error, AuthError):
        return Unavailable("The database does not accept Kith's credentials.")
    if isinstance(error, (DriverError, TransientError)):
        return Unavailable("The database cannot be reached now; try again.")
    return GraphError("Something went wrong in the database.")
