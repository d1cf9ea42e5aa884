"""The raw write behind HTTP: a bare Starlette application, served as the service is. `python -m bench.endpoint`."""

import sys

import neo4j
import orjson
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench import raw
from bench.driver import connected
from graphdb.local import Endpoint
from kith.service import listening
from kith.settings import load


def app(driver: neo4j.AsyncDriver) -> Starlette:
    """An application of one route."""

    async def relate(request: Request) -> Response:
        wanted = raw.Wanted(**orjson.loads(await request.body()))
        return Response(orjson.dumps(await raw.by_hand(driver, wanted)), media_type="application/json")

    return Starlette(routes=[Route("/relate", relate, methods=["POST"])])


async def serve() -> None:
    """Serves at the address that the service's settings name, until it is told to stop."""
    settings = load()
    assert settings.neo4j_uri
    assert settings.neo4j_password
    at = Endpoint(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value())
    listener = listening(settings)
    sys.stderr.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stderr.flush()
    async with connected(at) as driver:
        config = uvicorn.Config(app(driver), log_level="warning", access_log=False, lifespan="off")
        await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    uvloop.run(serve())
