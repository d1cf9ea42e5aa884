"""The service: from settings to answered requests, until it is told to stop."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, contextmanager, nullcontext
from functools import partial
from types import FrameType

import structlog
import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from domain.ids import new_id
from graphdb import signing_keys
from graphdb.graph import GRACE_SECONDS, WRITE_SECONDS
from graphdb.local import Endpoint as Address
from graphdb.local import Server
from kith import daily, demo, discovery, graphiql, jobs, log
from kith.api_keys import ApiKeys
from kith.app import app
from kith.beside import unending
from kith.context import Contexts
from kith.doors import Doors
from kith.garbage import settle
from kith.health import Health
from kith.http import Endpoint
from kith.issuer import Issuer
from kith.mail import MailServer
from kith.post import Post, settle_lost
from kith.progress import Bars
from kith.settings import Settings
from kith.signin import SignIn
from kith.staff import Staff
from kith.store import fetched, launched, opened, remote
from kith.tabs import tabs
from kith.tokens import Tokens, secret_of
from kith.warming import documents, warm
from resolvers.viewers import ADMINISTRATOR
from schema.served import served

# Told to stop, the service takes no new requests and finishes those under way: a write may take as long as this.
LAST_ANSWERS = int(WRITE_SECONDS + GRACE_SECONDS) + 3
LOOKING_SECONDS = 0.5  # between looks at whether the local Neo4j still runs
EVERY_ADDRESS = {"0.0.0.0", "::"}

logger = structlog.get_logger()


class PortTaken(Exception):
    """Somebody else serves at the address set."""


def run(settings: Settings, with_demo: bool, tell: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM; `tell` is given lines for whoever started it. Must be called on the main thread.

    `with_demo`: whether an empty store gets the demo where the settings don't say.
    Raises what ends a start: AlreadyRunning, FetchFailed, StartFailed, BuildFailed, PortTaken, and what `opened` does.
    """
    log.configure()
    address = remote(settings)
    with until_told_to_stop():
        with Bars() as bars, ThreadPoolExecutor(1) as beside:
            page = beside.submit(graphiql.build, bars.steps())
            server = None if address else launched(settings, bars)
        with server or nullcontext():
            page.result()
            at = address or (server and server.wait_ready())
            assert at
            with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
                runner.run(serve(settings, at, server, with_demo if settings.demo is None else settings.demo, tell))


@contextmanager
def until_told_to_stop() -> Iterator[None]:
    """Ends quietly, and everything inside in order, on SIGINT and SIGTERM alike."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def prepared(settings: Settings) -> None:
    """Fetches Neo4j, unless there is one at an address, and builds GraphiQL, where they are not there yet.

    Raises FetchFailed, BuildFailed.
    """
    with Bars() as bars, ThreadPoolExecutor(1) as beside:
        page = beside.submit(graphiql.build, bars.steps())
        if remote(settings) is None:
            fetched(settings, bars)
        page.result()


async def serve(
    settings: Settings, at: Address, local: Server | None, with_demo: bool, tell: Callable[[str], None]
) -> None:
    """Serves the graph at an address; `local` is the server there if it is ours, and is kept running.

    Raises StartFailed when that ended by itself and could not be started again, and what `opened` does.
    """
    async with opened(at, settings) as graph, AsyncExitStack() as ending:
        contexts = Contexts(graph, settings)
        mail = MailServer.of(settings)
        post = contexts.post = Post(lambda: contexts.of(ADMINISTRATOR), mail) if mail else None
        if with_demo:
            with Bars() as bars:
                await demo.load(contexts, bars.bar)
        policy = settings.issuer
        issuer = Issuer(policy, await ending.enter_async_context(discovery.client())) if policy else None
        tokens = Tokens(secret_of(settings), lambda: signing_keys.stored(graph))
        await tokens.look()
        sign_in = SignIn(tokens, ApiKeys(graph), *([Staff(issuer, graph)] if issuer else []))
        listener = listening(settings)
        host = "127.0.0.1" if settings.host in EVERY_ADDRESS else settings.host
        base = f"http://{host}:{listener.getsockname()[1]}"
        schema, begin = served(), await tabs(graph)
        open_to_all = [*Health(graph).routes(), *Doors(sign_in, contexts).routes()]
        web = app(Endpoint(schema, contexts), sign_in, begin, open_to_all)
        config = uvicorn.Config(
            web,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            forwarded_allow_ips=settings.proxies,
            timeout_graceful_shutdown=LAST_ANSWERS,
        )
        server = Serving(config, contexts.uses.write, *([post.close] if post else []))
        settle()
        running = asyncio.ensure_future(server.serve(sockets=[listener]))
        keeping = asyncio.create_task(kept_running(local, server)) if local else None
        known = [*((tab.title, tab.query) for tab in begin), *documents(settings.documents)]
        warming = asyncio.create_task(warm(schema, contexts, known))
        now = partial(contexts.of, ADMINISTRATOR)
        beside: list[Callable[[], Awaitable[object]]] = [
            partial(daily.every_day, now, partial(daily.day_over, settings)),
            partial(jobs.every_job, now, contexts.job_made, new_id("worker")),
            partial(settle_lost, now),
            contexts.uses.write_each_minute,
            *([issuer.keep_fresh] if issuer else []),  # which may be away: nobody waits for it
        ]
        tasks = [warming, *(asyncio.create_task(unending(work)) for work in beside)]
        tell(f"Kith is at {base}/graphql")
        tell(f"Sign in, once, by this link: {sign_in.link(base)}")
        await running
        for task in tasks:
            task.cancel()
        if keeping and not keeping.cancel():
            keeping.result()


class Serving(uvicorn.Server):
    """Serves until told to stop; then it finishes the requests under way, and what is last, which nobody else could:
    whoever started it is cancelled."""

    def __init__(self, config: uvicorn.Config, *last: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._last = last

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        for last in self._last:
            await last()


async def kept_running(local: Server, server: uvicorn.Server) -> None:
    """Starts the local Neo4j again whenever it has ended by itself: its folder is ours, so nobody else can.

    Where it doesn't come back the service ends as well, since it would never serve again. Raises StartFailed.
    """
    try:
        while True:
            await asyncio.sleep(LOOKING_SECONDS)
            if not local.runs and not server.should_exit:  # who is told to stop may have been told together with it
                logger.error("neo4j_ended")
                local.run_again()
                await asyncio.to_thread(local.wait_ready)
                logger.info("neo4j_runs_again")
    finally:
        server.should_exit = True


def listening(settings: Settings) -> socket.socket:
    """A socket at the address set; requests wait in it until the service is ready. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # By the protocol asyncio knows that small packets are not to wait for more, which takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise PortTaken(f"{settings.host}:{settings.port} cannot be served at; set KITH_HOST or KITH_PORT.") from error
    listener.listen(1024)
    return listener
