"""Brings the jars of the lock file from the Maven repository into the cache folder, checked.

Only the Maven client of jgo is used, one file at a time: its own environments are not checked against anything, and it
takes a download that was cut off for a whole one.
"""

import errno
import os
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from graphdb.local import flock
from graphdb.local.jars import LOCK, Jar, folder_of, present, read_lock, sha256_of

if TYPE_CHECKING:
    from jgo.maven import MavenContext

_DOWNLOADS = 8
_TRIES = 3
_SILENCE = 60  # seconds without a byte, after which a download is given up


class FetchFailed(Exception):
    """The jars could not be brought; the message is one sentence for the person at the keyboard."""


def fetch(
    cache: Path,
    progress: Callable[[int, int], None],
    lock: Path = LOCK,
    repositories: Mapping[str, str] | None = None,
) -> Path:
    """Bring the jars of `lock` into a folder of their own under `cache` and return that folder, whole and checked.

    `progress` gets (bytes here, bytes in all) about five times a second, in the calling thread. `repositories` maps
    names to addresses of Maven repositories, instead of Maven Central. One process fetches, others that ask meanwhile
    wait for it; what a fetch that was broken off had checked is not fetched again. Raises FetchFailed.
    """
    if (folder := present(cache, lock)) is not None:
        return folder
    jars = read_lock(lock)
    total = sum(jar.size for jar in jars)
    folder = folder_of(cache, lock)
    part = folder.with_name(f"{folder.name}.part")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        while (alone := flock.take(part.with_suffix(".lock"), patience=0.2)) is None:
            progress(_bytes_in(part), total)
        try:
            if present(cache, lock) is None:
                _bring_all(jars, part, progress, repositories)
                shutil.rmtree(folder, ignore_errors=True)
                (part / "jars").rename(folder)
                shutil.rmtree(part)
        finally:
            os.close(alone)
    except OSError as error:
        raise FetchFailed(f"Neo4j's jars could not be written to {cache}: {error.strerror}.") from error
    progress(total, total)
    return folder


def _bring_all(
    jars: Sequence[Jar],
    part: Path,
    progress: Callable[[int, int], None],
    repositories: Mapping[str, str] | None,
) -> None:
    """Fill `part/jars`. Progress is what lies on the disk, so it needs no correction after a second try."""
    # Here, as it takes a quarter of a second that every start but the first would spend for nothing.
    from jgo.maven import MavenContext

    shutil.rmtree(part / "maven", ignore_errors=True)
    (part / "jars").mkdir(parents=True, exist_ok=True)
    total = sum(jar.size for jar in jars)
    here = _bytes_in(part)
    if shutil.disk_usage(part).free < total - here:
        raise _no_space(part)
    remotes = None if repositories is None else dict(repositories)
    context = MavenContext(repo_cache=part / "maven", remote_repos=remotes, timeout=_SILENCE)
    stopped = threading.Event()
    with ThreadPoolExecutor(_DOWNLOADS) as pool:
        waiting = {pool.submit(_bring, jar, part / "jars", context, stopped) for jar in jars}
        try:
            while waiting:
                progress(here, total)
                done, waiting = wait(waiting, timeout=0.2, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
                here = min(max(here, _bytes_in(part)), total)
        finally:
            stopped.set()


def _bring(jar: Jar, folder: Path, context: "MavenContext", stopped: threading.Event) -> None:
    """Bring one jar into `folder`, checked; several tries, but none once `stopped` is set."""
    target = folder / jar.filename
    if target.exists() and sha256_of(target) == jar.sha256:
        return
    artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier, jar.packaging)
    failure = FetchFailed(f"{jar.filename} was not fetched, as the fetch was broken off.")
    for tried in range(_TRIES):
        if stopped.wait(tried / 2):
            break
        try:
            path = artifact.resolve()
            if sha256_of(path) == jar.sha256:
                path.rename(target)
                return
            failure = FetchFailed(f"{jar.filename} was refused, as its checksum is not the one in Kith's lock file.")
        except RuntimeError:  # jgo's word for any answer but 200
            failure = FetchFailed(f"{jar.filename} was not given by the Maven repository; try again later.")
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise _no_space(folder.parent) from error
            if error.errno is not None:  # the disk's; the errors of an HTTP request are OSErrors without a number
                raise
            failure = FetchFailed("Neo4j's jars could not be fetched: no connection to the Maven repository.")
        if artifact.cached_path is not None:  # a wrong or cut-off file would be taken for the right one
            artifact.cached_path.unlink(missing_ok=True)
    raise failure


def _no_space(part: Path) -> FetchFailed:
    return FetchFailed(f"There is not enough space for Neo4j's jars in {part.parent}.")


def _bytes_in(folder: Path) -> int:
    total = 0
    with suppress(FileNotFoundError):  # files move and folders go while we count
        for path in folder.rglob("*.jar"):
            total += path.stat().st_size
    return total
