"""The fetch against a Maven repository of the test's own, over HTTP on this machine."""

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graphdb.local import FetchFailed, fetch, present
from graphdb.local.jars import folder_of


class Repository:
    """A Maven repository with made-up jars, the lock file that names them, and a record of what was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self.folder.mkdir()
        self.lock = folder / "neo4j.lock"
        self.asked: list[str] = []
        handler = partial(_Handler, self.asked, directory=str(self.folder))
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.addresses = {"ours": f"http://127.0.0.1:{self.http.server_port}"}

    def lay(self, name: str, content: bytes) -> None:
        """Offer version 1 of the jar `org.example:name`."""
        path = self.folder / "org" / "example" / name / "1" / f"{name}-1.jar"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def locked(self, **contents: bytes) -> Path:
        """A lock file for jars with these contents, whether they are offered or not."""
        lines = (
            f"org.example:{name}:1::jar {hashlib.sha256(content).hexdigest()} {len(content)}\n"
            for name, content in contents.items()
        )
        self.lock.write_text("".join(lines))
        return self.lock


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, asked: list[str], *args: object, directory: str) -> None:
        self.asked = asked
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        if self.path.endswith(".jar"):
            self.asked.append(self.path.rpartition("/")[2])


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    repository = Repository(tmp_path)
    serving = threading.Thread(target=repository.http.serve_forever, args=(0.02,))
    serving.start()
    yield repository
    repository.http.shutdown()
    repository.http.server_close()
    serving.join()


def silent(here: int, total: int) -> None:
    pass


def contents_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_fetch_brings_the_jars_of_the_lock_tells_its_progress_and_later_asks_nobody(
    tmp_path: Path, repository: Repository
) -> None:
    for name, content in {"one": b"11111", "two": b"222", "unlocked": b"3"}.items():
        repository.lay(name, content)
    lock = repository.locked(one=b"11111", two=b"222")
    told: list[tuple[int, int]] = []
    folder = fetch(tmp_path / "cache", lambda *sizes: told.append(sizes), lock, repository.addresses)
    assert contents_of(folder) == {"one-1.jar": b"11111", "two-1.jar": b"222"}
    assert (told[0], told[-1], told) == ((0, 8), (8, 8), sorted(told))
    assert sorted(repository.asked) == ["one-1.jar", "two-1.jar"]

    repository.asked.clear()
    assert fetch(tmp_path / "cache", silent, lock, repository.addresses) == folder
    assert present(tmp_path / "cache", lock) == folder
    assert repository.asked == []


def test_a_jar_whose_checksum_differs_is_refused_after_three_tries_and_nothing_counts_as_whole(
    tmp_path: Path, repository: Repository
) -> None:
    repository.lay("one", b"11111")
    repository.lay("two", b"evil!")
    lock = repository.locked(one=b"11111", two=b"22222")
    with pytest.raises(FetchFailed) as failure:
        fetch(tmp_path, silent, lock, repository.addresses)
    assert str(failure.value) == "two-1.jar was refused, as its checksum is not the one in Kith's lock file."
    assert repository.asked.count("two-1.jar") == 3
    assert present(tmp_path, lock) is None
    assert not list(tmp_path.glob("neo4j-*.part/**/two*.jar"))


def test_a_fetch_that_failed_goes_on_where_it_was(tmp_path: Path, repository: Repository) -> None:
    repository.lay("one", b"11111")
    lock = repository.locked(one=b"11111", two=b"22222")
    with pytest.raises(FetchFailed) as failure:
        fetch(tmp_path, silent, lock, repository.addresses)
    assert str(failure.value) == "two-1.jar was not given by the Maven repository; try again later."

    repository.asked.clear()
    repository.lay("two", b"22222")
    folder = fetch(tmp_path, silent, lock, repository.addresses)
    assert contents_of(folder) == {"one-1.jar": b"11111", "two-1.jar": b"22222"}
    assert repository.asked == ["two-1.jar"]


def test_a_folder_that_is_not_whole_is_made_anew(tmp_path: Path, repository: Repository) -> None:
    repository.lay("one", b"11111")
    repository.lay("two", b"22222")
    lock = repository.locked(one=b"11111", two=b"22222")
    broken = folder_of(tmp_path, lock)
    broken.mkdir()
    (broken / "one-1.jar").write_bytes(b"11")
    assert fetch(tmp_path, silent, lock, repository.addresses) == broken
    assert contents_of(broken) == {"one-1.jar": b"11111", "two-1.jar": b"22222"}


def test_what_a_crash_left_of_a_download_is_not_taken_for_the_jar(tmp_path: Path, repository: Repository) -> None:
    repository.lay("one", b"11111")
    lock = repository.locked(one=b"11111")
    part = tmp_path / f"{folder_of(tmp_path, lock).name}.part"
    (part / "jars").mkdir(parents=True)
    (part / "jars" / "one-1.jar").write_bytes(b"\0\0\0\0\0")
    half = part / "maven" / "org" / "example" / "one" / "1" / "one-1.jar"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"11")
    assert contents_of(fetch(tmp_path, silent, lock, repository.addresses)) == {"one-1.jar": b"11111"}


def test_of_many_who_fetch_at_the_same_time_one_fetches_for_all(tmp_path: Path, repository: Repository) -> None:
    jars = {f"jar{number}": b"x" * 20_000 for number in range(12)}
    for name, content in jars.items():
        repository.lay(name, content)
    lock = repository.locked(**jars)
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: fetch(tmp_path, silent, lock, repository.addresses), range(4)))
    assert folders == {folder_of(tmp_path, lock)}
    assert present(tmp_path, lock) is not None
    assert sorted(repository.asked) == sorted(f"{name}-1.jar" for name in jars)


def test_without_a_network_the_failure_says_so(tmp_path: Path, repository: Repository) -> None:
    lock = repository.locked(one=b"11111")
    with pytest.raises(FetchFailed) as failure:
        fetch(tmp_path, silent, lock, {"nobody": "http://127.0.0.1:1"})
    assert str(failure.value) == "Neo4j's jars could not be fetched: no connection to the Maven repository."


def test_without_space_nothing_is_fetched(tmp_path: Path, repository: Repository) -> None:
    repository.lock.write_text(f"org.example:one:1::jar {'0' * 64} {10**18}\n")
    with pytest.raises(FetchFailed) as failure:
        fetch(tmp_path, silent, repository.lock, repository.addresses)
    assert str(failure.value) == f"There is not enough space for Neo4j's jars in {tmp_path}."
    assert repository.asked == []


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, repository: Repository) -> None:
    (tmp_path / "file").touch()
    cache = tmp_path / "file" / "cache"
    with pytest.raises(FetchFailed) as failure:
        fetch(cache, silent, repository.locked(one=b"11111"), repository.addresses)
    assert str(failure.value) == f"Neo4j's jars could not be written to {cache}: Not a directory."
