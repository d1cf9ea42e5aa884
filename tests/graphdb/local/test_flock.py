import os
import subprocess
import time
from pathlib import Path

from graphdb.local import flock


def test_a_lock_is_refused_while_held_and_free_when_its_descriptor_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not flock.held(path)
    first = flock.take(path)
    assert first is not None
    assert flock.take(path) is None
    assert flock.held(path)
    os.close(first)
    assert not flock.held(path)
    second = flock.take(path)
    assert second is not None
    os.close(second)


def test_a_lock_lasts_until_the_child_that_inherited_it_ends_and_patience_waits_for_that(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    mine = flock.take(path)
    assert mine is not None
    child = subprocess.Popen(["sleep", "300"], pass_fds=(mine,))
    os.close(mine)
    assert flock.held(path)
    assert flock.take(path, patience=0.1) is None
    other = subprocess.Popen(["sh", "-c", f"sleep 0.3; kill -9 {child.pid}"])
    began = time.monotonic()
    taken = flock.take(path, patience=30)
    assert taken is not None
    assert 0.2 < time.monotonic() - began < 25
    os.close(taken)
    child.wait()
    other.wait()
