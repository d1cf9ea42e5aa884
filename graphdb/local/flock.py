"""Locks between processes: a file is locked as long as a descriptor that the locking open made is open anywhere.

A child process that inherits the descriptor holds the lock too, and the kernel frees it however the holders end, so
no lock is ever left behind and no process id has to be trusted.
"""

import fcntl
import os
import time
from pathlib import Path


def take(path: Path, patience: float = 0.0) -> int | None:
    """Lock `path`, made if absent; the open descriptor that holds the lock, or None if others hold it still.

    Tries for `patience` seconds, at least once. Whoever closes the descriptor (or ends) gives the lock back.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(descriptor)
                return None
        time.sleep(0.02)


def held(path: Path) -> bool:
    """Whether somebody holds the lock of `path`; False too if there is no such file.

    Asking takes a shared lock for an instant: whoever takes the lock meanwhile needs a little patience.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
