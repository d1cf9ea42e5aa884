"""How to reach a local Neo4j, told to other processes of the same user by a file beside the store."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from graphdb.local import flock, private


@dataclass(frozen=True)
class Endpoint:
    """What the driver needs: a `bolt://` address, user and password (kept out of the repr, so out of logs)."""

    uri: str
    user: str
    password: str = field(repr=False)


def running(folder: Path) -> Endpoint | None:
    """How to reach the Neo4j whose home is `folder`, None if none runs there or it is not ready yet.

    The file alone proves nothing, as a crash leaves it behind: the lock that java holds until it ends does.
    """
    if not flock.held(store_lock(folder)):
        return None
    try:
        return Endpoint(**json.loads(_file(folder).read_text()))
    except FileNotFoundError:
        return None


def publish(folder: Path, endpoint: Endpoint) -> None:
    """Tell other processes of this user that `endpoint` answers."""
    private.write(_file(folder), json.dumps(asdict(endpoint)))


def withdraw(folder: Path) -> None:
    """Take back what was published, if anything was."""
    _file(folder).unlink(missing_ok=True)


def store_lock(folder: Path) -> Path:
    """The lock file that java holds."""
    return folder / "store.lock"


def _file(folder: Path) -> Path:
    return folder / "endpoint.json"
