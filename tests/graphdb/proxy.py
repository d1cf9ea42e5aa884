"""A proxy between the driver and a Neo4j, which can lose the connection at chosen moments."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum, auto

COMMIT = bytes.fromhex("0002 b012 0000")
"""Bolt's message COMMIT, which has no fields: a chunk of two bytes, a structure of tag 0x12, and the end of chunks."""

ANSWERED = 1.0
"""Once the server has told nothing for so many seconds it has answered a COMMIT."""


class Fault(Enum):
    """What goes wrong, and when."""

    NONE = auto()
    BEFORE_COMMIT = auto()  # the connection is cut, and COMMIT does not arrive
    AFTER_COMMIT = auto()  # COMMIT arrives, and the connection is cut before its answer
    GONE_AFTER_COMMIT = auto()  # the same, and from then on nothing else arrives either
    SILENT_COMMIT = auto()  # COMMIT arrives, its answer does not, and nobody hangs up
    SILENCE = auto()  # nothing arrives any more, either way, and nobody hangs up


class Proxy:
    """Passes bytes on to a port of 127.0.0.1, which may change, and does what `fault` says, after so many COMMITs that
    it `spares`."""

    def __init__(self, target: int) -> None:
        self.target, self.port = target, 0
        self.fault, self.spares, self.gone = Fault.NONE, 0, False
        self._pairs: set[asyncio.Task[None]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one client until either side hangs up."""
        if self.gone:
            writer.close()
            return
        try:
            there, onward = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        committed = asyncio.Event()
        up = asyncio.create_task(self.upwards(reader, onward, committed))
        down = asyncio.create_task(self.downwards(there, writer, committed))
        self._pairs |= {up, down}
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        for task in (up, down):
            task.cancel()
        for side in (writer, onward):
            side.close()
        self._pairs -= {up, down}

    async def upwards(
        self, reader: asyncio.StreamReader, onward: asyncio.StreamWriter, committed: asyncio.Event
    ) -> None:
        """From the client to the server."""
        while data := await reader.read(65536):
            await self.silence()
            if self.gone:
                return
            commits = COMMIT in data and self.fault is not Fault.NONE
            if commits and self.spares:
                self.spares -= 1
                commits = False
            if commits and self.fault is Fault.BEFORE_COMMIT:
                return
            if commits and self.fault in (Fault.AFTER_COMMIT, Fault.GONE_AFTER_COMMIT):
                committed.set()
                self.gone = self.fault is Fault.GONE_AFTER_COMMIT
            if commits and self.fault is Fault.SILENT_COMMIT:
                onward.write(data)
                self.fault = Fault.SILENCE
                continue
            onward.write(data)
            await onward.drain()

    async def downwards(
        self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, committed: asyncio.Event
    ) -> None:
        """From the server to the client."""
        while data := await there.read(65536):
            await self.silence()
            if committed.is_set():
                with suppress(
                    TimeoutError
                ):  # what was sent before may be answered first; cut then, COMMIT would be lost
                    while await asyncio.wait_for(there.read(65536), ANSWERED):
                        pass
                return
            writer.write(data)
            await writer.drain()

    async def silence(self) -> None:
        """Lasts as long as nothing is to be heard."""
        while self.fault is Fault.SILENCE:  # noqa: ASYNC110  # whoever sets the fault is a test
            await asyncio.sleep(0.05)


@asynccontextmanager
async def proxied(target: int) -> AsyncIterator[Proxy]:
    """A proxy to a port, as long as this is open."""
    proxy = Proxy(target)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        for task in list(proxy._pairs):
            task.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(server.wait_closed(), 1)
