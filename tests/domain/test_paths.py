"""SPEC 9.5: which paths there are, in which order, and when each holds, against a plain enumeration of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import PartyId
from domain.partial_dates import PartialDate, Period
from domain.path_search import Beginning, Search, Way
from domain.paths import EXCEPT_TEAM, Asked, Step, common
from domain.refusals import InvalidValue
from domain.relationship_types import Category
from tests.domain.plain_paths import Edge, plain_order, plain_paths

Told = tuple[str, tuple[str, ...]]
"""A path by the letters of its parties, and its relationships."""


@dataclass(frozen=True)
class Plain:
    """A graph that answers a search as the statement does: by breadth, from whoever a beginning ends with."""

    edges: Sequence[Edge]

    def shortest(self, beginning: Beginning, target: str, most: int) -> list[Way]:
        ways = [Way((beginning.parties[-1],), ())]
        for _ in range(beginning.longest + 1):
            if there := [way for way in ways if way.parties[-1] == target]:
                return there[: most + 1]
            ways = [
                Way((*way.parties, edge.other(way.parties[-1])), (*way.steps, edge.step))
                for way in ways
                for edge in self.edges
                if edge.touches(way.parties[-1])
                and edge.id not in beginning.besides
                and edge.other(way.parties[-1]) not in {*beginning.avoided, *way.parties}
            ]
        return []


def searched(edges: Sequence[Edge], asked: Asked, most: int = 200) -> Search:
    search = Search(asked, most)
    while wanted := search.wanted():
        search.step([Plain(edges).shortest(beginning, asked.target, most) for beginning in wanted])
    return search


def found(edges: Sequence[Edge], source: str = "a", target: str = "z", **asked: Any) -> list[Told]:
    search = searched(edges, Asked(source=PartyId(source), target=PartyId(target), **asked))
    return [("".join(path.parties), path.relationships) for path in search.paths()]


def edges(*pairs: str) -> list[Edge]:
    """Edges between pairs of letters, their ids the pairs with a number where there are several."""
    return [Edge(f"{pair}{n}" if n else pair, pair[0], pair[1]) for pair, n in numbered(pairs)]


def numbered(pairs: Sequence[str]) -> list[tuple[str, int]]:
    return [(pair, pairs[:place].count(pair)) for place, pair in enumerate(pairs)]


def test_the_shortest_path_is_found_whichever_way_its_relationships_point() -> None:
    assert found(edges("ab", "zb", "ac", "cd", "dz")) == [("abz", ("ab", "zb"))]


def test_without_a_path_there_is_none() -> None:
    assert found(edges("ab", "yz")) == []


def test_somebody_is_a_path_to_themself_and_the_only_one() -> None:
    assert found(edges("ab", "bc", "ca"), target="a", limit=5) == [("a", ())]


def test_longer_paths_follow_and_none_meets_a_party_twice() -> None:
    assert found(edges("ab", "bz", "bc", "cz", "cd", "db"), limit=9) == [
        ("abz", ("ab", "bz")),
        ("abcz", ("ab", "bc", "cz")),
        ("abdcz", ("ab", "db", "cd", "cz")),
    ]


def test_there_are_no_more_than_are_asked_for_and_none_longer() -> None:
    all_three = edges("az", "ab", "bz", "ac", "cd", "dz")
    assert [len(parties) for parties, _ in found(all_three, limit=9)] == [2, 3, 4]
    assert [len(parties) for parties, _ in found(all_three, limit=2)] == [2, 3]
    assert [len(parties) for parties, _ in found(all_three, limit=9, longest=2)] == [2, 3]
    assert found(edges("ab", "bz"), longest=1) == []


def test_nobody_who_is_avoided_is_on_a_path_nor_at_its_end() -> None:
    both = edges("ab", "bz", "ac", "cz")
    assert found(both, limit=9, avoiding=["b"]) == [("acz", ("ac", "cz"))]
    assert found(both, avoiding=["a"]) == found(both, avoiding=["z"]) == []
    assert found(both, target="a", avoiding=["a"]) == []


def test_of_equally_long_paths_each_chain_comes_before_any_comes_again() -> None:
    """Whoever asks for three ways wants three ways; that two people are related twice comes after."""
    assert found(edges("ab", "ab", "bz", "bz", "ac", "cz"), limit=9) == [
        ("abz", ("ab", "bz")),
        ("acz", ("ac", "cz")),
        ("abz", ("ab", "bz1")),
        ("abz", ("ab1", "bz")),
        ("abz", ("ab1", "bz1")),
    ]


def test_of_relationships_between_the_same_two_the_longest_holding_comes_first() -> None:
    ends = {"w": "1928", "x": None, "y": "1929-01-01", "z": "1950/.."}
    between = [Edge(id, "a", "z", valid_to=end) for id, end in ends.items()]
    assert [ids for _, ids in found(between, limit=9)] == [("x",), ("z",), ("y",), ("w",)]


def test_more_equally_long_ones_than_are_compared_are_told() -> None:
    many = [edge for n in range(5) for edge in (Edge(f"a{n}", "a", f"m{n}"), Edge(f"z{n}", f"m{n}", "z"))]
    asked = Asked(source=PartyId("a"), target=PartyId("z"), limit=3)
    crowded, roomy = searched(many, asked, most=4), searched(many, asked, most=5)
    assert (crowded.crowded, roomy.crowded) == (True, False)
    assert [path.parties for path in roomy.paths()] == [("a", f"m{n}", "z") for n in range(3)]
    assert len(crowded.paths()) == 3


def test_a_crowd_that_is_not_among_the_paths_is_not_told() -> None:
    many = [edge for n in range(5) for edge in (Edge(f"a{n}", "a", f"m{n}"), Edge(f"z{n}", f"m{n}", "z"))]
    asked = Asked(source=PartyId("a"), target=PartyId("z"), limit=1)
    assert not searched([*many, *edges("az")], asked, most=4).crowded


def test_a_search_that_is_left_off_has_the_first_of_the_paths() -> None:
    some = edges("az", "ab", "bz", "ac", "cd", "dz")
    asked = Asked(source=PartyId("a"), target=PartyId("z"), limit=9)
    search, lengths = Search(asked), list[list[int]]()
    while wanted := search.wanted():
        search.step([Plain(some).shortest(beginning, "z", 200) for beginning in wanted])
        lengths.append([len(path.relationships) for path in search.paths()])
    assert lengths == [[1], [1, 2], [1, 2, 3], [1, 2, 3]]


LETTERS = "abcdefg"


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Edge], Asked]:
    """Up to seven parties, some related several times, and what is asked of them."""
    pairs = draw(st.lists(st.sampled_from([(a, b) for a in LETTERS for b in LETTERS if a != b]), max_size=16))
    ends = st.sampled_from([None, "1950", "1950-06-01", "2000/..", "../1990"])
    some = [Edge(f"r{n:02}", a, b, valid_to=draw(ends)) for n, (a, b) in enumerate(pairs)]
    asked = Asked(
        source=PartyId(draw(st.sampled_from(LETTERS))),
        target=PartyId(draw(st.sampled_from(LETTERS))),
        limit=draw(st.integers(1, 25)),
        longest=draw(st.integers(1, 6)),
        avoiding=draw(st.lists(st.sampled_from(LETTERS), max_size=2)),
    )
    return some, asked


@given(graphs())
def test_the_paths_are_the_first_of_all_that_there_are(case: tuple[list[Edge], Asked]) -> None:
    some, asked = case
    paths = searched(some, asked).paths()
    every = plain_order(plain_paths(some, asked.source, asked.target, asked.longest, asked.avoiding))
    assert [(path.parties, path.relationships) for path in paths] == every[: asked.limit]


def test_all_graphs_of_four_parties_have_their_paths() -> None:
    pairs = [a + b for a, b in product("abcz", repeat=2) if a < b]
    for chosen in product((False, True), repeat=len(pairs)):
        some = edges(*(pair for pair, there in zip(pairs, chosen, strict=True) if there))
        for longest in (1, 2, 3):
            every = plain_order(plain_paths(some, "a", "z", longest, ()))
            asked = Asked(source=PartyId("a"), target=PartyId("z"), limit=25, longest=longest)
            assert [(p.parties, p.relationships) for p in searched(some, asked).paths()] == every


# When a path holds.


def period(start: str | None, end: str | None) -> Period:
    return Step("r", start, end).period


@pytest.mark.parametrize(
    ("periods", "start", "end"),
    [
        ([], None, None),
        ([(None, None), (None, None)], None, None),
        ([("1920", None), (None, "1950-05-01")], "1920", "1950-05-01"),
        ([("1920-01-01", "1930-01-01"), ("1925-03-01", "1928-01-01")], "1925-03-01", "1928-01-01"),
        ([("1920", "1925"), ("1930", None)], "1930", "1925"),  # never at once
        ([("1920~", None), ("1920", None)], "1920", None),
        ([("1920", None), ("1920-05", None)], "1920-05-01/1920-12-31", None),
        ([("1920/1930", "1950"), ("1925", "1949/1960")], "1925-01-01/1930-12-31", "1949-01-01/1950-12-31"),
        ([("../1823", None), (None, None)], "../1823", None),
        ([("1900/..", "../1900"), ("1950", "1850/1870")], "1950-01-01/..", "../1870-12-31"),
    ],
    ids=str,
)
def test_a_path_holds_from_the_latest_start_until_the_earliest_end(
    periods: list[tuple[str | None, str | None]], start: str | None, end: str | None
) -> None:
    got = common([period(*each) for each in periods])
    assert (text(got.start), text(got.end)) == (start, end)


def text(one: PartialDate | None) -> str | None:
    return one.text if one else None


DATES = [None, "1950", "1950~", "1950-06-01", "1950-03/1950-09", "../1950", "1950/..", "195X"]
DAYS = [date(1945, 1, 1) + timedelta(days=150 * n) for n in range(40)]


@given(st.lists(st.tuples(st.sampled_from(DATES), st.sampled_from(DATES)), max_size=4))
def test_a_path_may_hold_on_a_day_exactly_if_each_of_its_relationships_may(
    dates: list[tuple[str | None, str | None]],
) -> None:
    periods = [period(*each) for each in dates]
    both = common(periods)
    assert [both.holds_on(day) for day in DAYS] == [all(p.holds_on(day) for p in periods) for day in DAYS]
    assert [both.surely_holds_on(day) for day in DAYS] == [all(p.surely_holds_on(day) for p in periods) for day in DAYS]


# What can be asked for.


def asked(**more: Any) -> Asked:
    return Asked(source=PartyId("a"), target=PartyId("z"), **more)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 26}, "limit"),
        ({"longest": 0}, "maxLength"),
        ({"longest": 13}, "maxLength"),
        ({"avoiding": ["b"] * 101}, "avoiding"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_for_is_named(given: Mapping[str, Any], place: str) -> None:
    (refusal,) = asked(**given).wrong()
    assert (type(refusal), refusal.path) == (InvalidValue, (place,))


def test_all_that_is_wrong_is_told_at_once_and_the_bounds_are_right() -> None:
    assert [refusal.path for refusal in asked(limit=0, longest=0).wrong()] == [("limit",), ("maxLength",)]
    assert asked(limit=25, longest=12, avoiding=["b"] * 100).wrong() == []
    assert asked(limit=1, longest=1).wrong() == []


def test_the_staff_is_followed_only_where_it_is_asked_for() -> None:
    assert asked().followed == EXCEPT_TEAM
    assert set(Category) - set(EXCEPT_TEAM) == {Category.TEAM}
    assert asked(categories=[Category.TEAM]).followed == (Category.TEAM,)
    assert asked(categories=[]).followed == ()
    assert asked(types=["ACCOUNT_TEAM"]).followed == tuple(Category)
    assert asked(types=["ACCOUNT_TEAM"], categories=[Category.KIN]).followed == (Category.KIN,)
