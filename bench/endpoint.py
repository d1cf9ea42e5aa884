"""The yardstick: a bare ASGI application that runs statements written by hand, served as the service is, to anybody.

`python -m bench.endpoint [file of captured statements]`.
"""

import pickle
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import neo4j
import orjson
import uvicorn
import uvloop
from starlette.types import ASGIApp, Receive, Scope, Send

from bench import captured, raw
from bench.driver import connected
from domain.parties import PartyKind
from graphdb.local import Endpoint
from kith.service import listening
from kith.settings import load

FOLDER = Path(__file__).parent / "documents"
KINDS = {kind.value: kind.name for kind in PartyKind}
Handler = Callable[[Any], Awaitable[Any]]


class Sessions:
    """Sessions that are used again, one at a time, unless one failed."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        self._driver, self._idle = driver, list[neo4j.AsyncSession]()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[neo4j.AsyncSession]:
        session = (
            self._idle.pop()
            if self._idle
            else self._driver.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS, fetch_size=-1)
        )
        try:
            yield session
        except BaseException:
            await session.close()
            raise
        self._idle.append(session)


def app(driver: neo4j.AsyncDriver, sent: list[captured.Captured]) -> ASGIApp:
    """An application with a path for each statement, which takes its parameters as JSON."""
    sessions = Sessions(driver)
    handlers: Mapping[str, Handler] = {
        **{
            f"/{file.stem}": partial(read, sessions, f"CYPHER 25 {file.read_text()}")
            for file in FOLDER.glob("*.cypher")
        },
        "/captured": partial(again, sessions, sent),
        "/relate": partial(relate, driver),
        "/nothing": nothing,
    }

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while (message := await receive()).get("more_body"):
            body += message["body"]
        body += message["body"]
        answer = orjson.dumps(await handlers[scope["path"]](orjson.loads(body)), default=str)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return answer


async def read(sessions: Sessions, text: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a statement finds, in the shape that the service answers in."""
    async with sessions.one() as session:
        result = await session.run(text, {**given, "kinds": KINDS, "today": datetime.now(UTC).date()})
        record = await result.single()
        return {"data": record["data"] if record else None}


async def again(sessions: Sessions, sent: list[captured.Captured], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the statements find that the service sends, those of one request."""
    async with sessions.one() as session:
        return {"rows": await captured.again(session, sent[given["place"]])}


async def relate(driver: neo4j.AsyncDriver, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A relationship that is made."""
    return await raw.by_hand(driver, raw.Wanted(**given))


async def nothing(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """An answer that nothing is read for: so many requests a second the load generator can send."""
    return {"data": {"name": "nothing"}}


async def serve(made: Callable[[neo4j.AsyncDriver], ASGIApp]) -> None:
    """Serves at the address that the service's settings name, until it is told to stop."""
    settings = load()
    assert settings.neo4j_uri
    assert settings.neo4j_password
    at = Endpoint(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value())
    listener = listening(settings)
    sys.stderr.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stderr.flush()
    async with connected(at) as driver:
        config = uvicorn.Config(made(driver), log_level="warning", access_log=False, lifespan="off")
        await uvicorn.Server(config).serve(sockets=[listener])


def main(file: str | None = None) -> None:
    """Serves, with what was captured in a file."""
    sent = pickle.loads(Path(file).read_bytes()) if file else []
    uvloop.run(serve(partial(app, sent=sent)))


if __name__ == "__main__":
    main(*sys.argv[1:])
