"""The local Neo4j started, guarded, killed and started again: with real processes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from graphdb.local import TESTS, AlreadyRunning, Endpoint, Server, StartFailed, flock, running, start
from graphdb.local.endpoint import store_lock
from graphdb.local.server import reserve_port


def connect(endpoint: Endpoint) -> Driver:
    return GraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password))


def answers(endpoint: Endpoint) -> bool:
    with connect(endpoint) as driver:
        return driver.execute_query("RETURN true AS yes").records[0]["yes"] is True


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_second_start_in_the_folder_is_refused_in_one_sentence_and_the_first_is_unharmed(
    server: Server, jars: Path
) -> None:
    with pytest.raises(AlreadyRunning) as refusal:
        Server.launch(server.folder, jars, TESTS)
    assert str(refusal.value) == f"Another process of Kith is running with the data in {server.folder}."
    assert running(server.folder) == server.endpoint
    assert answers(server.endpoint)


def test_a_second_neo4j_on_the_same_store_by_another_way_is_refused_and_the_first_is_unharmed(
    server: Server, jars: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").symlink_to(server.folder / "data")
    (tmp_path / "password").write_text(server.endpoint.password)
    with pytest.raises(StartFailed) as failure:
        start(tmp_path, jars, TESTS)
    assert str(failure.value) == f"Another Neo4j has the data in {tmp_path} open."
    assert "FileLockException" in failure.value.console
    assert answers(server.endpoint)


def test_a_service_killed_takes_java_with_it_and_the_next_start_at_once_has_the_data(
    jars: Path, tmp_path: Path
) -> None:
    service = subprocess.Popen([sys.executable, "-m", "tests.graphdb.local.service", str(tmp_path), str(jars)])
    try:
        until = time.monotonic() + 90
        while (endpoint := running(tmp_path)) is None:
            assert service.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        with connect(endpoint) as driver:
            driver.execute_query("CREATE (:Kept {value: 42})")
    finally:
        service.kill()
    service.wait()

    with start(tmp_path, jars, TESTS) as server:
        assert server.endpoint.password == endpoint.password
        with connect(server.endpoint) as driver:
            assert driver.execute_query("MATCH (n:Kept) RETURN n.value AS value").records[0].data() == {"value": 42}
        assert server.pid is not None
        assert os.getsid(server.pid) == server.pid, "a session of its own: Ctrl-C does not reach it"
        java = server.pid
    assert not alive(java)
    assert running(tmp_path) is None
    assert (server.runs, (tmp_path / "endpoint.json").exists()) == (False, False)


def test_a_port_taken_meanwhile_is_given_up_for_another(jars: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        sockets = iter([taken.dup(), reserve_port()])
        with Server.launch(tmp_path, jars, TESTS, lambda: next(sockets)) as server:
            endpoint = server.wait_ready()
            assert endpoint.uri != f"bolt://127.0.0.1:{taken.getsockname()[1]}"
            assert answers(endpoint)


def test_a_port_reserved_is_given_to_nobody_else() -> None:
    with reserve_port() as ours, socket.socket() as other, pytest.raises(OSError, match="Address already in use"):
        other.bind(ours.getsockname())


def test_java_that_does_not_start_is_told_in_one_sentence_and_leaves_the_folder_free(tmp_path: Path) -> None:
    (tmp_path / "jars").mkdir()
    for _ in range(2):
        with pytest.raises(StartFailed) as failure:
            start(tmp_path / "home", tmp_path / "jars", TESTS)
        assert str(failure.value) == "The jars of Neo4j are missing: fetch them anew."
        assert "Could not find or load main class" in failure.value.console
    assert not flock.held(tmp_path / "home" / "service.lock")
    assert not flock.held(store_lock(tmp_path / "home"))


def test_too_little_memory_is_told(jars: Path, tmp_path: Path) -> None:
    with pytest.raises(StartFailed, match=r"^There is not enough memory for Neo4j\.$"):
        start(tmp_path, jars, replace(TESTS, heap="900000g"))


def test_no_answer_in_time_is_a_failure_and_java_is_gone(jars: Path, tmp_path: Path) -> None:
    server = Server.launch(tmp_path, jars, TESTS)
    java = server.pid
    assert java is not None
    with pytest.raises(StartFailed, match=r"^Neo4j didn't answer within 0 seconds\.$"):
        server.wait_ready(timeout=0)
    assert not alive(java)


def test_a_folder_that_cannot_be_made_is_named(jars: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartFailed) as failure:
        start(tmp_path / "file" / "home", jars, TESTS)
    home = tmp_path / "file" / "home"
    assert str(failure.value) == f"Neo4j could not be started in {home}: Not a directory: {home}."


def test_a_store_whose_password_is_gone_is_not_started(jars: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "databases" / "system").mkdir(parents=True)
    with pytest.raises(StartFailed) as failure:
        start(tmp_path, jars, TESTS)
    assert str(failure.value) == (
        f"The password of the data in {tmp_path} is gone: it stood in the file {tmp_path / 'password'}."
    )


def test_a_start_off_the_main_thread_is_refused(jars: Path, tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def launch() -> None:
        try:
            Server.launch(tmp_path, jars, TESTS)
        except RuntimeError as error:
            errors.append(error)

    thread = threading.Thread(target=launch)
    thread.start()
    thread.join()
    assert [str(error) for error in errors] == [
        "Neo4j must be started on the main thread: it would end together with any other thread."
    ]
    assert not flock.held(tmp_path / "service.lock")


def test_a_java_that_does_not_end_keeps_the_next_start_out(jars: Path, tmp_path: Path) -> None:
    lock = flock.take(store_lock(tmp_path))
    with pytest.raises(AlreadyRunning) as refusal:
        Server.launch(tmp_path, jars, TESTS)
    assert str(refusal.value) == f"The Neo4j of an earlier start has not let go of the data in {tmp_path} yet."
    assert lock is not None
    os.close(lock)


def test_a_frozen_java_is_killed_by_a_stop(jars: Path, tmp_path: Path) -> None:
    server = Server.launch(tmp_path, jars, TESTS)
    java = server.pid
    assert java is not None
    os.kill(java, signal.SIGSTOP)
    server.stop(grace=0.2)
    assert not alive(java)
    assert not flock.held(store_lock(tmp_path))
