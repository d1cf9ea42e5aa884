from pathlib import Path

from graphdb.local.jars import VERSION, Jar, folder_of, present, read_lock, sha256_of


def test_a_line_of_the_lock_names_one_jar_and_its_file(tmp_path: Path) -> None:
    lock = tmp_path / "neo4j.lock"
    lock.write_text("io.netty:epoll:4.2:linux-x86_64:jar ab12 7\norg.neo4j:neo4j:2026::jar cd34 8\n")
    first, second = read_lock(lock)
    assert first == Jar("io.netty", "epoll", "4.2", "linux-x86_64", "jar", "ab12", 7)
    assert [first.filename, second.filename] == ["epoll-4.2-linux-x86_64.jar", "neo4j-2026.jar"]


def test_the_committed_lock_is_of_the_version_and_no_two_jars_have_one_name() -> None:
    jars = read_lock()
    assert {jar.version for jar in jars if jar.group == "org.neo4j"} == {VERSION}
    assert len({jar.filename for jar in jars}) == len(jars)
    assert {jar.packaging for jar in jars} == {"jar"}


def test_the_committed_lock_keeps_what_the_start_needs_and_no_test_library() -> None:
    names = {f"{jar.group}:{jar.artifact}" for jar in read_lock()}
    assert names >= {
        "org.neo4j:neo4j",
        "org.neo4j.app:neo4j-server",
        "io.netty:netty-transport-classes-kqueue",
        "org.eclipse.jetty:jetty-server",
        "org.glassfish.jersey.core:jersey-server",
    }
    assert not {name for name in names if name.startswith(("junit:", "org.mockito:", "org.hamcrest:"))}


def test_a_folder_is_whole_only_with_each_jar_in_its_size_and_nothing_else(tmp_path: Path) -> None:
    lock = tmp_path / "neo4j.lock"
    (tmp_path / "content").write_bytes(b"12345")
    digest = sha256_of(tmp_path / "content")
    lock.write_text(f"a:one:1::jar {digest} 5\na:two:1::jar {digest} 5\n")
    folder = folder_of(tmp_path, lock)
    assert present(tmp_path, lock) is None
    folder.mkdir()
    (folder / "one-1.jar").write_bytes(b"12345")
    assert present(tmp_path, lock) is None
    (folder / "two-1.jar").write_bytes(b"1234")
    assert present(tmp_path, lock) is None
    (folder / "two-1.jar").write_bytes(b"12345")
    assert present(tmp_path, lock) == folder
    (folder / "stray.jar").write_bytes(b"")
    assert present(tmp_path, lock) is None


def test_another_lock_has_another_folder(tmp_path: Path) -> None:
    one, two = tmp_path / "one.lock", tmp_path / "two.lock"
    one.write_text("a:one:1::jar ab 5\n")
    two.write_text("a:one:2::jar ab 5\n")
    assert folder_of(tmp_path, one) != folder_of(tmp_path, two)
    assert folder_of(tmp_path, one).name.startswith(f"neo4j-{VERSION}-")
