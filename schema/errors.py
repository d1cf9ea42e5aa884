"""Top-level errors as clients get them: a stable code, nothing internal (DESIGN 6)."""

import secrets
import traceback
from typing import Any

import structlog
from graphql import GraphQLError, GraphQLSyntaxError, ValueNode

from domain.refusals import NotAllowed, NotFound, Refused
from graphdb.errors import GraphError
from resolvers.attempts import TooManyAttempts
from resolvers.passwords import Busy
from resolvers.viewers import Unknown

log = structlog.get_logger()


def presented(error: GraphQLError) -> dict[str, Any]:
    """An error as the answer shows it: message, places, path, and `extensions.code`.

    What is unexpected is masked, and logged under an id that the message tells.
    """
    told: dict[str, Any] = dict(error.formatted)
    message, code = meaning(error)
    if code == "INTERNAL":
        id = secrets.token_hex(4)
        log.error("unexpected", id=id, path=error.path, **traced(error.original_error or error))
        message = f"Something went wrong here; it is logged as {id}."
    return {**told, "message": message, "extensions": {**told.get("extensions", {}), "code": code}}


def traced(error: BaseException) -> dict[str, Any]:
    """What an error was and where, for the log: its type and frames, not its text, which may hold values."""
    causes, cause = [type(error).__name__], error.__cause__
    while cause is not None:
        causes.append(type(cause).__name__)
        cause = cause.__cause__
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return {"error": " from ".join(causes), "frames": frames}


def meaning(error: GraphQLError) -> tuple[str, str]:
    """What an error says to a client, and its code."""
    if code := (error.extensions or {}).get("code"):
        return error.message, str(code)
    match error.original_error:
        case Refused(refusals=(NotFound() as refusal, *_)):
            return refusal.message, "NOT_FOUND"
        case Refused(refusals=(NotAllowed() as refusal, *_)):
            return refusal.message, "FORBIDDEN"
        case Refused() as refused:
            return str(refused), "BAD_USER_INPUT"
        case Unknown() as unknown:
            return str(unknown), "UNAUTHENTICATED"
        case Busy() | TooManyAttempts() as many:
            return str(many), "TOO_MANY_ATTEMPTS"
        case GraphError() as failed:
            return str(failed), failed.code
        case None | GraphQLError():
            return error.message, code_of(error)
        case ValueError() if error.nodes and error.path is None:  # a scalar's, of what stands in the document
            return error.message, code_of(error)
    return error.message, "INTERNAL"


def code_of(error: GraphQLError) -> str:
    """The code of an error that GraphQL itself found."""
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED"
    if error.path is None:
        return "BAD_USER_INPUT" if error.message.startswith("Variable ") else "GRAPHQL_VALIDATION_FAILED"
    if any(isinstance(node, ValueNode) for node in error.nodes or ()):
        return "BAD_USER_INPUT"  # a variable that is null, where its default is but null itself is not taken
    return "INTERNAL"  # a null where the schema promises a value: ours to mend
