"""The family tree that imports are measured with."""

from collections import Counter
from datetime import date
from pathlib import Path

from bench.gedcom import families
from resolvers.gedcom.reading import Reading


def test_a_seed_always_gives_the_same_tree_and_another_one_another() -> None:
    assert list(families(200, seed=1)) == list(families(200, seed=1)) != list(families(200, seed=2))


def test_a_tree_is_read_whole_and_without_a_remark(tmp_path: Path) -> None:
    file = tmp_path / "tree.ged"
    file.write_text("\n".join([*families(2_000, seed=1), ""]), encoding="utf-8")
    reading = Reading(file, date(2026, 9, 30))
    people = list(reading.people(lambda done: None))
    ties = Counter(tie.type for tie in reading.ties())
    children = sum(bool(person.bonds) for person in people)
    assert (len(people), ties["PARENT"]) == (2_000, 2 * children)
    assert 2_000 < ties.total() < 5_000
    assert reading.remarks.kept == ()
    assert reading.left.keys() == {"BIRT PLAC", "MARR PLAC", "NOTE"}


def test_there_are_as_many_people_as_asked_for() -> None:
    for people in (1, 2, 3, 51):
        assert sum(line.endswith(" INDI") for line in families(people, seed=3)) == people
