"""The members of a cluster, as far as a driver routes by them: Bolt servers that hold nothing and do what a test says.

Neo4j Community has no cluster: this is the one double of the database, and only how routing goes is tested with it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from neo4j._codec.packstream._common import PackableBuffer, UnpackableBuffer
from neo4j._codec.packstream.v1 import Packer, Unpacker

SUCCESS, RECORD, FAILURE, IGNORED = b"\x70", b"\x71", b"\x7f", b"\x7e"
HANDSHAKE = 20  # bytes: the magic number, and four proposals of versions
GQL_ERRORS = 7  # the minor version of Bolt 5 from which failures tell their GQL status
TABLE_SECONDS = 300
DATABASE = "neo4j"
HINTS = {"ssr.enabled": True}  # as servers say since 5.8: else the driver asks for the table anew for every session

Fields = list[Any]
Answer = tuple[bytes, Fields]


class Message(Enum):
    """What a driver says, by its tag."""

    HELLO = b"\x01"
    GOODBYE = b"\x02"
    RESET = b"\x0f"
    RUN = b"\x10"
    BEGIN = b"\x11"
    COMMIT = b"\x12"
    ROLLBACK = b"\x13"
    DISCARD = b"\x2f"
    PULL = b"\x3f"
    TELEMETRY = b"\x54"
    ROUTE = b"\x66"
    LOGON = b"\x6a"
    LOGOFF = b"\x6b"


NOTED = {Message.BEGIN, Message.RUN, Message.COMMIT}


class Refusal(Enum):
    """What a member says instead of doing as it is told: Neo4j's code, the GQL status and its description."""

    NOT_THE_LEADER = ("Neo.ClientError.Cluster.NotALeader", "08N07", "not the leader")
    READ_ONLY = ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "08N08", "database is read only")
    UNAVAILABLE = ("Neo.TransientError.General.DatabaseUnavailable", "08N09", "database unavailable")


@dataclass
class Cluster:
    """What its members agree on, and what they were told.

    `refusal` is what a member says to writes that doesn't lead; `minor` the version of Bolt 5. `script` has what
    happens, once, when a message of a kind arrives, before it is answered. `heard` are the messages of transactions,
    each with its member; `saved` the ids that transactions locked which were committed, each with its member; and
    `waited_for` the bookmarks after which each transaction was to begin.
    """

    members: dict[str, "Member"] = field(default_factory=dict)
    leader: str | None = None
    refusal: Refusal = Refusal.NOT_THE_LEADER
    minor: int = 8
    script: dict[Message, Callable[[], None]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    saved: list[tuple[str, str]] = field(default_factory=list)
    waited_for: list[tuple[str, list[str]]] = field(default_factory=list)

    def elect(self, leader: str | None) -> None:
        """Makes a member the leader, or leaves the cluster without one; drivers hear of it when they ask or fail."""
        self.leader = leader

    def table(self) -> dict[str, Any]:
        """Who takes what, as every member tells: all route, the others read; who is down is still in it for a while."""
        reading = [member.address for name, member in self.members.items() if name != self.leader]
        writing = [self.members[self.leader].address] if self.leader else []
        routing = [member.address for member in self.members.values()]
        roles = {"READ": reading, "WRITE": writing, "ROUTE": routing}
        servers = [{"role": role, "addresses": addresses} for role, addresses in roles.items()]
        return {"ttl": TABLE_SECONDS, "db": DATABASE, "servers": servers}

    def failure(self, refusal: Refusal) -> Answer:
        """A refusal as this version of Bolt puts it."""
        code, status, description = refusal.value
        if self.minor < GQL_ERRORS:
            return FAILURE, [{"code": code, "message": description}]
        told = {"gql_status": status, "description": f"error: connection exception - {description}"}
        return FAILURE, [{"neo4j_code": code, "message": description, **told}]


class Member:
    """One server of a cluster, on a port that it keeps when it is stopped and started again."""

    def __init__(self, name: str, cluster: Cluster) -> None:
        self.name, self.cluster, self.port = name, cluster, 0
        self.unavailable = False
        self._answers = asyncio.Event()
        self._answers.set()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Takes connections."""
        self._server = await asyncio.start_server(self.serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Takes no connections any more, and resets those that are open."""
        if self._server:
            self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    def fall_silent(self) -> None:
        """Answers nothing any more, and hangs up on nobody."""
        self._answers.clear()

    def speak(self) -> None:
        """Answers again, also what was said meanwhile."""
        self._answers.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talks to one client until it hangs up or is hung up on."""
        self._writers.add(writer)
        conversation = Conversation(self)
        try:
            await reader.readexactly(HANDSHAKE)
            await self._answers.wait()
            writer.write(bytes([0, 0, self.cluster.minor, 5]))
            while True:
                message, fields = await received(reader)
                await self._answers.wait()
                self.cluster.script.pop(message, lambda: None)()
                if message is Message.GOODBYE or writer.transport.is_closing():
                    return
                for answer in conversation.answers(message, fields):
                    send(writer, answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            self._writers.discard(writer)
            writer.close()


class Conversation:
    """What was said in one connection so far."""

    def __init__(self, member: Member) -> None:
        self._member, self._cluster = member, member.cluster
        self._failed = self._inside = self._writes = False
        self._ids: list[str] = []

    def answers(self, message: Message, fields: Fields) -> list[Answer]:
        """The answers to a message, of which the last sums up; after a failure nothing is done until RESET."""
        if message is Message.RESET:
            self._failed = self._inside = False
        if self._failed:
            return [(IGNORED, [])]
        if message in NOTED:
            self._note(message, fields)
            if refusal := self._refusal(message):
                self._failed = True
                return [self._cluster.failure(refusal)]
        match message:
            case Message.HELLO:
                return [succeeded(server="Neo4j/5.26.0", connection_id="bolt-1", hints=HINTS)]
            case Message.ROUTE:
                return [succeeded(rt=self._cluster.table())]
            case Message.BEGIN:
                return [succeeded(db=DATABASE)]
            case Message.RUN:
                return [succeeded(fields=["member"], t_first=0, db=DATABASE)]
            case Message.PULL:
                return [(RECORD, [[self._member.name]]), succeeded(**({} if self._inside else self._bookmark()))]
            case Message.COMMIT:
                self._inside = False
                self._cluster.saved += [(self._member.name, id) for id in self._ids]
                return [succeeded(**self._bookmark())]
        return [succeeded()]

    def _note(self, message: Message, fields: Fields) -> None:
        """Keeps what a test may want to know."""
        self._cluster.heard.append(f"{self._member.name} {message.name}")
        if message is Message.BEGIN:
            self._inside, self._ids = True, []
        elif message is Message.RUN:
            self._ids += fields[1].get("given", {}).get("ids", [])
        if message is Message.BEGIN or (message is Message.RUN and not self._inside):
            self._writes = fields[-1].get("mode") != "r"
            self._cluster.waited_for.append((self._member.name, fields[-1].get("bookmarks", [])))

    def _refusal(self, message: Message) -> Refusal | None:
        """Why a message of a transaction is refused; that a transaction begins is not, as in a cluster."""
        if self._member.unavailable:
            return Refusal.UNAVAILABLE
        led = self._cluster.leader == self._member.name
        return self._cluster.refusal if self._writes and not led and message is not Message.BEGIN else None

    def _bookmark(self) -> dict[str, Any]:
        return {"bookmark": f"after {len(self._cluster.saved)}"}


def succeeded(**found: Any) -> Answer:
    """That a message was done, and what came of it."""
    return SUCCESS, [found]


async def received(reader: asyncio.StreamReader) -> tuple[Message, Fields]:
    """The next message. Raises IncompleteReadError when the client has hung up."""
    data, size = bytearray(), 0
    while size or not data:
        size = int.from_bytes(await reader.readexactly(2))
        data += await reader.readexactly(size)
    unpacker: Any = Unpacker(UnpackableBuffer(data))  # type: ignore[no-untyped-call]
    count, tag = unpacker.unpack_structure_header()
    return Message(tag), [unpacker.unpack() for _ in range(count)]


def send(writer: asyncio.StreamWriter, answer: Answer) -> None:
    """Sends an answer as one chunk."""
    buffer: Any = PackableBuffer()  # type: ignore[no-untyped-call]
    packer: Any = Packer(buffer)  # type: ignore[no-untyped-call]
    packer.pack_struct(*answer)
    writer.write(len(buffer.data).to_bytes(2) + bytes(buffer.data) + bytes(2))


@asynccontextmanager
async def clustered(*names: str) -> AsyncIterator[Cluster]:
    """A cluster of members of these names, led by the first, as long as this is open."""
    cluster = Cluster(leader=names[0])
    cluster.members = {name: Member(name, cluster) for name in names}
    for member in cluster.members.values():
        await member.start()
    try:
        yield cluster
    finally:
        for member in cluster.members.values():
            member.speak()
            member.stop()
