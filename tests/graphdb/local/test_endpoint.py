import os
from pathlib import Path

from graphdb.local import Endpoint, flock, running
from graphdb.local.endpoint import publish, store_lock, withdraw

ENDPOINT = Endpoint("bolt://127.0.0.1:7687", "neo4j", "secret")


def test_an_endpoint_is_told_only_while_the_store_is_locked(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    publish(tmp_path, ENDPOINT)
    assert running(tmp_path) is None, "left by a crash: there is no lock"
    lock = flock.take(store_lock(tmp_path))
    assert lock is not None
    assert running(tmp_path) == ENDPOINT
    withdraw(tmp_path)
    assert running(tmp_path) is None, "locked, but not ready yet"
    os.close(lock)


def test_a_folder_that_does_not_exist_runs_nothing(tmp_path: Path) -> None:
    assert running(tmp_path / "absent") is None


def test_only_the_owner_reads_it_and_its_repr_keeps_the_password(tmp_path: Path) -> None:
    publish(tmp_path, ENDPOINT)
    assert {(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == {("endpoint.json", 0o600)}
    assert repr(ENDPOINT) == "Endpoint(uri='bolt://127.0.0.1:7687', user='neo4j')"
