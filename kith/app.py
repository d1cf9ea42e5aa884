"""The web application: GraphQL, its page, and signing in."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from graphdb.errors import GraphError
from kith import graphiql
from kith.browsers import cookie_of, foreign
from kith.graphiql import Tab
from kith.http import Endpoint, accepted, from_elsewhere, unanswered, unauthenticated
from kith.signin import HOME, SignIn, refused
from kith.signin_pages import sign_in_first


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
        browses = wants_page(request)
        if not browses and foreign(request) and cookie_of(request):
            refused("FOREIGN_ORIGIN")
            return from_elsewhere(request)
        try:
            caller = await self.sign_in.caller(request)
        except GraphError as error:
            return unanswered(error, accepted(request))
        if browses:
            return graphiql.page(self.tabs) if caller else sign_in_first()
        return await self.endpoint.answer(request, caller) if caller else unauthenticated(request)


def app(endpoint: Endpoint, sign_in: SignIn, tabs: Sequence[Tab], routes: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The application of its parts; `tabs` are the queries that GraphiQL begins with, `routes` are open to everybody:
    health, and the doors."""
    graphql = GraphQL(endpoint, sign_in, tabs)

    async def home(request: Request) -> Response:
        return RedirectResponse(HOME)

    pages = Starlette(
        routes=[
            Route(HOME, graphql, methods=["GET", "POST"]),
            Route("/", home),
            graphiql.static(),
            *routes,
        ]
    )

    async def web(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # until there are subscriptions
            await send({"type": "websocket.close", "code": 1008})
            return
        # What is posted goes past the routes, which would take a twentieth of the time of a small reading.
        posted = scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == HOME
        await (graphql if posted else pages)(scope, receive, send)

    return web


def wants_page(request: Request) -> bool:
    """Whether a browser asks for GraphiQL, not for the answer to a query."""
    return request.method == "GET" and "query" not in request.query_params and "text/html" in accept(request)


def accept(request: Request) -> str:
    return request.headers.get("accept", "")
