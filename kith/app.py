"""The web application: GraphQL, its page, and signing in."""

from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kith import graphiql
from kith.graphiql import Tab
from kith.http import Endpoint, unauthenticated
from kith.signin import HOME, PATH, SignIn, sign_in_first


def app(endpoint: Endpoint, sign_in: SignIn, tabs: Sequence[Tab], health: Sequence[BaseRoute] = ()) -> Starlette:
    """The application of its parts; `tabs` are the queries that GraphiQL begins with, `health` is open to everybody."""

    async def graphql(request: Request) -> Response:
        viewer = sign_in.viewer(request)
        browses = wants_page(request)
        if viewer is None:
            return sign_in_first() if browses else unauthenticated(request)
        return graphiql.page(tabs) if browses else await endpoint.answer(request, viewer)

    async def open_link(request: Request) -> Response:
        return sign_in.open(request, datetime.now(UTC))

    async def home(request: Request) -> Response:
        return RedirectResponse(HOME)

    return Starlette(
        routes=[
            Route(HOME, graphql, methods=["GET", "POST"]),
            Route(PATH, open_link),
            Route("/", home),
            graphiql.static(),
            *health,
        ]
    )


def wants_page(request: Request) -> bool:
    """Whether a browser asks for GraphiQL, not for the answer to a query."""
    return request.method == "GET" and "query" not in request.query_params and "text/html" in accept(request)


def accept(request: Request) -> str:
    return request.headers.get("accept", "")
