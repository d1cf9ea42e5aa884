"""The jars of Neo4j that Kith runs: exactly those of the lock file `neo4j.lock`, in a folder of their own.

`fetching.py` brings them, `relock.py` makes the lock file anew after a change of VERSION. What its offline import needs
besides stands in `importer.lock`: only benchmarks fetch that.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

VERSION = "2026.09.0"
LOCK = Path(__file__).with_name("neo4j.lock")
IMPORTER = Path(__file__).with_name("importer.lock")


@dataclass(frozen=True)
class Jar:
    """One line of the lock file: Maven coordinates, SHA-256 (hexadecimal) and size in bytes."""

    group: str
    artifact: str
    version: str
    classifier: str
    packaging: str
    sha256: str
    size: int

    @property
    def filename(self) -> str:
        """Its name in the cache folder, as Maven forms it."""
        parts = (self.artifact, self.version, self.classifier)
        return "-".join(part for part in parts if part) + f".{self.packaging}"


def read_lock(lock: Path = LOCK) -> tuple[Jar, ...]:
    """The jars that a lock file names."""
    return tuple(_jar(line) for line in lock.read_text().splitlines())


def _jar(line: str) -> Jar:
    coordinate, sha256, size = line.split()
    group, artifact, version, classifier, packaging = coordinate.split(":")
    return Jar(group, artifact, version, classifier, packaging, sha256, int(size))


def folder_of(cache: Path, lock: Path = LOCK) -> Path:
    """Where the jars of `lock` belong under `cache`: a change of version or lock gives another folder."""
    return cache / f"neo4j-{VERSION}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:8]}"


def present(cache: Path, lock: Path = LOCK) -> Path | None:
    """The folder of the jars under `cache` if it is whole, else None: no network, a few milliseconds.

    Whole means each file of the lock with its size, and none besides, as java would load it.
    """
    folder = folder_of(cache, lock)
    try:
        found = {entry.name: entry.stat().st_size for entry in os.scandir(folder)}
    except OSError:
        return None
    return folder if found == {jar.filename: jar.size for jar in read_lock(lock)} else None


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
