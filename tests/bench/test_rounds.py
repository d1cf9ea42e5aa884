"""How targets are measured in turn, and what is made of it."""

from functools import partial

import pytest

from bench.growth import Growth, grown
from bench.measured import Measured
from bench.rounds import Plan, Row, interleaved, part, rows


def run(order: list[tuple[str, float]], name: str, seconds: float) -> Measured:
    """Ten answers, each of so long."""
    order.append((name, seconds))
    return Measured([seconds] * 10, 10 * seconds, service=5 * seconds, database=seconds, load=0.1, memory=50_000_000)


def test_another_target_begins_each_round_and_the_first_round_does_not_count() -> None:
    order, told = list[tuple[str, float]](), list[tuple[int, int]]()
    targets = {name: partial(run, order, name) for name in ("kith", "raw")}
    plan = Plan(rounds=2, seconds=2, pause=0, warm_up=4)
    found = interleaved(targets, plan, lambda done, all: told.append((done, all)))
    assert order == [("raw", 8), ("kith", 8), ("kith", 2), ("raw", 2), ("raw", 2), ("kith", 2)]
    assert {name: len(rounds) for name, rounds in found.items()} == {"kith": 2, "raw": 2}
    assert told == [(1, 6), (2, 6), (3, 6), (4, 6), (5, 6), (6, 6)]


def test_the_progress_of_a_part_is_told_as_that_of_the_whole() -> None:
    told = list[tuple[int, int]]()
    second = part(lambda done, all: told.append((done, all)), 1, 2)
    second(0, 6)
    second(6, 6)
    assert told == [(6, 12), (12, 12)]


def test_a_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    """So what slows both in one round counts for neither."""
    kith = [run([], "kith", seconds) for seconds in (2, 8, 3)]
    raw = [run([], "raw", seconds) for seconds in (1, 8, 1)]
    assert rows("relate", 16, {"kith": kith, "raw": raw}) == [Row("relate", 16, "raw", 0.5, 2, 2, (1 / 3, 1))]


def test_growth_is_kiths_own_by_raws_own_in_each_round() -> None:
    found = {
        ("kith", "small"): [run([], "", 2), run([], "", 2)],
        ("kith", "large"): [run([], "", 3), run([], "", 4)],
        ("raw", "small"): [run([], "", 1), run([], "", 1)],
        ("raw", "large"): [run([], "", 1.5), run([], "", 1)],
    }
    assert grown("tiny", found) == Growth("tiny", 1, 1.75, 1.25, 1.5, (1, 2))


def test_an_import_is_one_answer_of_many_records() -> None:
    measured = Measured((4.0,), 4.0, service=2.0, database=1.0, load=0.5, memory=80_000_000, records=1000)
    assert (measured.per_second, measured.service_ms, measured.percentile(99)) == (250, 2, 4000)
    assert measured.megabytes == pytest.approx(80)
