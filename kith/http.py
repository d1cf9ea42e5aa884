"""GraphQL over HTTP, as the specification has it: queries by GET, everything by POST, each with its status."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import parse_qsl

import orjson
from graphql import GraphQLError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from graphdb.errors import GraphError
from kith.context import Contexts
from kith.hangups import Watched
from kith.limits import SECONDS, TooMuch, address_of, body_of, check, too_deep
from resolvers.reading.seam import Schema
from resolvers.viewers import Caller, Unknown
from schema.errors import presented

JSON, GRAPHQL = "application/json", "application/graphql-response+json"
QUERIES = frozenset({OperationType.QUERY})
EVERYTHING = QUERIES | {OperationType.MUTATION}
LONG_NUMBER = re.compile(rb"\d{19}")
"""What may be a whole number of more than 64 bits, of which orjson would make another, with a point."""
HEADERS = {401: {"www-authenticate": "Bearer"}, 408: {"connection": "close"}, 413: {"connection": "close"}}


class BadRequest(Exception):
    """A request that is no GraphQL request."""

    def __init__(self, message: str, status: int = 400, code: str = "BAD_REQUEST") -> None:
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Asked:
    """A GraphQL request."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None


class Endpoint:
    """Answers GraphQL requests of one service, each within so many seconds, and while its client is there."""

    def __init__(self, schema: Schema, contexts: Contexts, seconds: float = SECONDS) -> None:
        self._schema, self._contexts, self._seconds = schema, contexts, seconds

    async def answer(self, request: Request, caller: Caller) -> ASGIApp:
        """The answer to a request of somebody who has signed in; GET takes queries only, so that no link can change
        anything."""
        kind, asked = accepted(request), None
        try:
            async with Watched(request, self._seconds) as watched:
                asked = of_query(request) if request.method == "GET" else await of_body(request)
                watched.read = True
                result = await self.result(asked, caller, QUERIES if request.method == "GET" else EVERYTHING)
        except TimeoutError:
            return self.stopped(asked, kind)
        except Unknown:
            return unauthenticated(request)
        except GraphError as error:  # of looking who asks
            return unanswered(error, kind)
        except (BadRequest, TooMuch) as bad:
            return failed(str(bad), bad.code, bad.status, kind)
        except CannotGetOperationTypeError as error:
            return failed(error.as_http_error_reason(), "BAD_REQUEST", 400, kind)
        except InvalidOperationTypeError as error:
            return failed(error.as_http_error_reason(request.method), "BAD_REQUEST", 405, kind)
        return shown(result, kind)

    async def result(self, asked: Asked, caller: Caller, allowed: Collection[OperationType]) -> ExecutionResult:
        """The result for whoever asks. Who asks is guessed from before; where a reading finds that it is not so, it is
        done again. Raises Unknown, and what execution does."""
        viewer = await self._contexts.viewers.of(caller)
        while True:
            context = self._contexts.of(viewer)
            result = await self._schema.execute(
                asked.query,
                asked.variables,
                context,
                operation_name=asked.operation_name,
                allowed_operation_types=allowed,
            )
            if context.reading.changed is None:
                if viewer.is_app and viewer.session:
                    self._contexts.uses.note(viewer.session, context.now)
                return result
            viewer = self._contexts.viewers.learned(caller, context.reading.changed)

    def stopped(self, asked: Asked | None, kind: str) -> Response:
        """The answer to a request that took too long. Of one that changes something nobody can tell what was done."""
        if asked is None:
            return failed("The body did not come in time.", "TOO_SLOW", 408, kind)
        status = 504 if kind == GRAPHQL else 200
        running = self._schema.documents.found((asked.query, asked.operation_name))
        if running and not running.is_query:
            return failed("This took too long; look before you try again.", "OUTCOME_UNKNOWN", status, kind)
        return failed("This took too long.", "TOO_SLOW", status, kind)


def accepted(request: Request) -> str:
    """The media type of the answer: GraphQL's own where it is asked for."""
    return GRAPHQL if GRAPHQL in request.headers.get("accept", "") else JSON


def of_query(request: Request) -> Asked:
    """A request by its address. Raises BadRequest and TooMuch."""
    try:
        given = dict(parse_qsl(address_of(request).decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise BadRequest("The address is not UTF-8.") from error
    return asked(
        {**given, **({"variables": decoded(given["variables"], "variables")} if given.get("variables") else {})}
    )


async def of_body(request: Request) -> Asked:
    """A request by its body, which is JSON. Raises BadRequest and TooMuch."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise BadRequest(f"The body must be {JSON}.", 415)
    try:
        body = await body_of(request)
    except ClientDisconnect as error:
        raise BadRequest("The body broke off.") from error
    return asked(decoded(body))


def decoded(text: str | bytes, place: str = "") -> Any:
    """JSON as RFC 8259 has it, without NaN; `place`: where in the request it stands. Raises BadRequest and TooMuch."""
    whole = text.encode() if isinstance(text, str) else text
    if LONG_NUMBER.search(whole):
        return slowly(whole, place)
    try:
        found = orjson.loads(whole)
    except ValueError:
        return slowly(whole, place)
    check(found)
    return found


def slowly(text: bytes, place: str) -> Any:
    """What is JSON all the same, or what is wrong with it, which orjson doesn't tell. Raises BadRequest and TooMuch."""
    try:
        found = json.loads(text, parse_constant=no_number)
    except ValueError as error:
        raise BadRequest("This is not JSON.") from error
    except RecursionError as error:
        raise too_deep() from error
    check(found)
    check_text(found, place)
    return found


def no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def asked(given: Any) -> Asked:
    """A request of its parts. Raises BadRequest naming the part that is wrong."""
    if not isinstance(given, dict):
        raise BadRequest("A request is a JSON object; batches are not taken.")
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest("query: must be a GraphQL document.")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest("variables: must be an object.")
    if name is not None and not isinstance(name, str):
        raise BadRequest("operationName: must be text.")
    return Asked(query, variables or {}, name or None)


def check_text(value: Any, place: str) -> None:
    """Raises BadRequest, naming the place, where text holds half of a surrogate pair: nothing can encode it."""
    for where, text in texts(value, place):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise BadRequest(f"{where}: holds half of a surrogate pair.", code="BAD_USER_INPUT") from error


def texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a value, keys too, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield place or "query", key
            yield from texts(item, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, f"{place}.{index}")


@dataclass(frozen=True)
class Answer:
    """A response of a body and its media type."""

    body: bytes
    status: int
    kind: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"%d" % len(self.body)), (b"content-type", self.kind.encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def shown(result: ExecutionResult, kind: str) -> Answer:
    """A result as an answer; in GraphQL's own media type a request that could not be run at all is a 400."""
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [presented(error) for error in result.errors]
    if result.data is None and result.errors and all(error.path is None for error in result.errors):
        del body["data"]
    return Answer(orjson.dumps(body), 400 if "data" not in body and kind == GRAPHQL else 200, kind)


def failed(message: str, code: str, status: int, kind: str) -> Response:
    """An answer that is one error."""
    return Response(
        orjson.dumps({"errors": [presented(GraphQLError(message, extensions={"code": code}))]}),
        status,
        HEADERS.get(status),
        kind,
    )


def unanswered(error: GraphError, kind: str) -> Response:
    """The answer where the graph doesn't tell who asks."""
    return failed(str(error), error.code, 504 if kind == GRAPHQL else 200, kind)


def unauthenticated(request: Request, message: str = "Sign in first.") -> Response:
    """The answer to whoever is not signed in."""
    return failed(message, "UNAUTHENTICATED", 401, accepted(request))


def from_elsewhere(request: Request) -> Response:
    """The answer to what a page that is not ours has a browser do."""
    return failed("This was asked for by a page of another site.", "FOREIGN_ORIGIN", 403, accepted(request))
