"""The web application: GraphQL, its page, and signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from graphdb.errors import GraphError
from kith import graphiql
from kith.graphiql import Tab
from kith.http import Endpoint, unauthenticated, unavailable
from kith.signin import HOME, PATH, SignIn, sign_in_first


@dataclass(frozen=True)
class GraphQL:
    """GraphQL for whoever is signed in; for browsers the page that begins with these tabs."""

    endpoint: Endpoint
    sign_in: SignIn
    tabs: Sequence[Tab]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        answer = await self.answer(request)
        await answer(scope, receive, send)

    async def answer(self, request: Request) -> ASGIApp:
        """The answer to a request."""
        try:
            caller, browses = await self.sign_in.caller(request), wants_page(request)
        except GraphError as error:
            return unavailable(request, error)
        if browses:
            return graphiql.page(self.tabs) if caller else sign_in_first()
        return await self.endpoint.answer(request, caller) if caller else unauthenticated(request)


def app(endpoint: Endpoint, sign_in: SignIn, tabs: Sequence[Tab], health: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The application of its parts; `tabs` are the queries that GraphiQL begins with, `health` is open to everybody."""
    graphql = GraphQL(endpoint, sign_in, tabs)

    async def open_link(request: Request) -> Response:
        return await sign_in.open(request, datetime.now(UTC))

    async def home(request: Request) -> Response:
        return RedirectResponse(HOME)

    pages = Starlette(
        routes=[
            Route(HOME, graphql, methods=["GET", "POST"]),
            Route(PATH, open_link),
            Route("/", home),
            graphiql.static(),
            *health,
        ]
    )

    async def web(scope: Scope, receive: Receive, send: Send) -> None:
        # What is posted goes past the routes, which would take a twentieth of the time of a small reading.
        posted = scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == HOME
        await (graphql if posted else pages)(scope, receive, send)

    return web


def wants_page(request: Request) -> bool:
    """Whether a browser asks for GraphiQL, not for the answer to a query."""
    return request.method == "GET" and "query" not in request.query_params and "text/html" in accept(request)


def accept(request: Request) -> str:
    return request.headers.get("accept", "")
