"""A java process that ends with us: the only place that forks."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None  # looked up here: a forked child must not


def spawn(
    command: Sequence[str], folder: Path, console: Path, lock: int, variables: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Run `command` in `folder`, its output going to the file `console`; it inherits the descriptor `lock`.

    `variables` are added to those of the environment.

    What it makes is for the owner only (umask 077, the child's alone). On Linux it gets SIGTERM when this process ends,
    however it does; as the kernel watches the *thread* that forked, RuntimeError is raised off the main thread. It gets
    no signals of our terminal: Ctrl-C is for the service, which then stops java. Raises OSError.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("Neo4j must be started on the main thread: it would end together with any other thread.")
    parent = os.getpid()

    def die_with_parent() -> None:
        if _prctl is not None:
            _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it ended before the line above
                os._exit(1)

    # Options for java in the environment are meant for other programs, and settings of ours may be secret.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("JAVA_", "JDK_", "_JAVA_", "KITH_"))}
    environment |= variables or {}
    output = os.open(console, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            cwd=folder,
            umask=0o077,
            pass_fds=(lock,),
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    finally:
        os.close(output)
