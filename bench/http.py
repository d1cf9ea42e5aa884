"""A client that sends HTTP requests as fast as they are answered, in little time of its own: callbacks, no tasks."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

import httptools
import uvloop

from bench.measured import Measured
from bench.processes import Listening, cpu_seconds, memory

Answered = Callable[[float, bytes], None]


class WrongAnswer(Exception):
    """An answer was not of the status, or did not hold the text, that every answer must have."""


def wrong(body: bytes) -> WrongAnswer:
    """The error that an answer is, which may be long."""
    return WrongAnswer(body[:1000].decode(errors="replace"))


def post(path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """A request as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", "content-type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"content-length: {len(body)}", "", ""]).encode() + body


class Connection(asyncio.Protocol):
    """One connection, which sends the next request once the last is answered."""

    def __init__(self, requests: Iterator[bytes], answered: Answered) -> None:
        self._requests, self._answered = requests, answered
        self._parser = httptools.HttpResponseParser(self)
        self._body, self._sent = b"", 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        latency, body, self._body = time.perf_counter() - self._sent, self._body, b""
        try:
            if self._parser.get_status_code() != 200:
                raise wrong(body)
            self._answered(latency, body)
        except Exception as error:
            self._end(error)
        else:
            # Not at once: the parser still has to finish with this message, and another one makes it anew.
            asyncio.get_running_loop().call_soon(self._next)

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error or ConnectionError("the connection was closed"))

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._end(None)
            return
        self._parser = httptools.HttpResponseParser(self)
        self._sent = time.perf_counter()
        self._transport.write(request)

    def _end(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error) if error else self.done.set_result(None)
        self._transport.close()


def answers(at: Listening, requests: Sequence[bytes], connections: int = 1) -> list[bytes]:
    """The bodies that requests are answered with, in the order in which they come: over one connection that of the
    requests. Raises WrongAnswer where one has another status than 200."""
    found = list[bytes]()
    uvloop.run(sent(at, iter(requests), connections, lambda latency, body: found.append(body)))
    return found


def load(
    at: Listening,
    database: int,
    requests: Sequence[bytes],
    connections: int,
    seconds: float,
    warm: int,
    least: int,
    holds: bytes,
) -> Measured:
    """Sends requests over so many connections for so long, but at least so many, or until there are no more.

    The first `warm` don't count. `database` is its process id. Raises WrongAnswer where an answer does not hold a text,
    or has another status than 200.
    """
    latencies = list[float]()

    def answered(latency: float, body: bytes) -> None:
        if holds not in body:
            raise wrong(body)
        latencies.append(latency)

    async def run() -> Measured:
        await sent(at, iter(requests[:warm]), connections, answered)
        latencies.clear()
        until = time.perf_counter() + seconds
        rest = (request for sent, request in enumerate(requests[warm:]) if sent < least or time.perf_counter() < until)
        before, start = (cpu_seconds(at.pid), cpu_seconds(database), time.process_time()), time.perf_counter()
        await sent(at, rest, connections, answered)
        took = time.perf_counter() - start
        return Measured(
            latencies,
            took,
            cpu_seconds(at.pid) - before[0],
            cpu_seconds(database) - before[1],
            (time.process_time() - before[2]) / took,
            memory(at.pid),
        )

    return uvloop.run(run())


async def sent(at: Listening, requests: Iterator[bytes], connections: int, answered: Answered) -> None:
    """Sends requests over so many connections, until there are no more."""
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Connection(requests, answered), at.host, at.port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for _, connection in opened))
