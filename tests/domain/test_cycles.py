"""SPEC 3.3: a cycle counts if there is a day on which all its edges hold."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cycles import Link, Links, find_cycle, has_cycle
from domain.ids import PartyId
from tests.domain.ties import ordered, period

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(n) for n in range(-1, 8)]
PARTIES = [PartyId(name) for name in "abcde"]


def link(way: str, start: str | None = None, end: str | None = None) -> Link:
    """A link that holds for a period, written "a>b"."""
    source, target = way.split(">")
    return Link(PartyId(source), PartyId(target), period(start, end))


def always(way: str) -> Link:
    source, target = way.split(">")
    return Link(PartyId(source), PartyId(target), None)


def cycle(new: Link, *others: Link) -> str | None:
    """The cycle that a link closes, "abc"."""
    found = find_cycle(new, others)
    return None if found is None else "".join(found)


def test_a_way_back_is_a_cycle_told_from_the_source_of_the_new_link() -> None:
    """SPEC 3.5: refused with the cycle."""
    assert cycle(link("a>b"), link("b>a")) == "ab"
    assert cycle(link("a>b"), link("b>c"), link("c>d"), link("d>a"), link("d>b")) == "abcd"


def test_the_shortest_cycle_is_told() -> None:
    """SPEC 3.5"""
    assert cycle(link("a>b"), link("b>c"), link("c>d"), link("d>a"), link("c>a")) == "abc"


def test_ways_that_do_not_lead_back_are_none() -> None:
    """SPEC 3.3: two ways to one party, or a cycle elsewhere, are no cycle of the new link."""
    assert cycle(link("a>b")) is None
    assert cycle(link("a>b"), link("a>c"), link("c>b"), link("b>d")) is None
    assert cycle(link("a>b"), link("b>c"), link("c>d"), link("d>c")) is None


def test_a_cycle_needs_a_day_on_which_all_of_it_holds() -> None:
    """SPEC 3.3"""
    there = (link("b>c", "2026-01-01", "2026-01-05"), link("c>a", "2026-01-04"))
    assert cycle(link("a>b"), *there) == "abc"
    assert cycle(link("a>b", "2026-01-05"), *there) is None
    assert cycle(link("a>b", None, "2026-01-04"), *there) is None
    assert cycle(link("a>b", "2026-01-04", "2026-01-04"), *there) is None


def test_periods_that_meet_in_pairs_only_make_no_cycle() -> None:
    """SPEC 3.3: three parts of a round, of which any two share a day, but never all."""
    there = (link("b>c", "2026-01-03", "2026-01-06"), link("c>a", "2026-01-05", "2026-01-08"))
    assert cycle(link("a>b", "2026-01-01", "2026-01-04"), *there) is None


def test_the_longer_way_counts_where_the_shorter_one_holds_on_other_days() -> None:
    """SPEC 3.3"""
    there = (
        link("b>a", "2025-01-01", "2025-12-31"),
        link("b>c", "2026-01-01"),
        link("c>a", "2026-01-01"),
    )
    assert cycle(link("a>b", "2026-01-01"), *there) == "abc"


def test_a_party_counts_again_when_it_is_reached_on_other_days() -> None:
    """SPEC 3.3: c is reached at once, but only so long as nobody leads on from it."""
    there = (
        link("b>c", None, "2026-01-03"),
        link("b>d", "2026-01-03"),
        link("d>c", "2026-01-03"),
        link("c>a", "2026-01-03"),
    )
    assert cycle(link("a>b"), *there) == "abdc"


def test_who_is_a_parent_is_so_on_every_day() -> None:
    """SPEC 3.3: PARENTAGE: always."""
    assert cycle(always("a>b"), always("b>c"), always("c>a")) == "abc"


def test_links_added_count_from_then_on() -> None:
    """SPEC 3.4: those of one input as well as the stored."""
    ways = ["a>b", "b>c", "c>d", "d>a"]
    links = Links([], [link(way) for way in ways])
    found = []
    for way in ways:
        found.append(links.cycle(link(way)))
        links.add(link(way))
    assert found == [None, None, None, ("d", "a", "b", "c")]


def test_a_long_way_is_followed_to_its_end() -> None:
    """SPEC 3.3: 20,000 parties in a row."""
    row = [PartyId(str(n)) for n in range(20_000)]
    there = [Link(a, b, period(FIRST.isoformat())) for a, b in pairwise(row)]
    assert find_cycle(Link(row[-1], row[0], period()), there) == (row[-1], *row[:-1])
    assert find_cycle(Link(row[0], row[-1], period()), there) is None


def test_many_ways_are_not_followed_one_by_one() -> None:
    """SPEC 3.3: 2 to the 60th ways lead on, and the last step back holds on another day."""
    there = [
        Link(PartyId(f"{n}"), PartyId(f"{n + 1}{side}"), period("2026-01-01", "2026-01-03"))
        for n in range(60)
        for side in "xy"
    ]
    there += [
        Link(PartyId(f"{n + 1}{side}"), PartyId(f"{n + 1}"), period("2026-01-01")) for n in range(60) for side in "xy"
    ]
    there.append(Link(PartyId("60"), PartyId("start"), period("2026-01-03")))
    assert find_cycle(Link(PartyId("start"), PartyId("0"), period()), there) is None


def text(day: int | None) -> str | None:
    return None if day is None else (FIRST + timedelta(day)).isoformat()


BOUND = st.none() | st.integers(0, 6)
BOUNDS = st.tuples(BOUND, BOUND).filter(ordered)
LINKS = st.builds(
    lambda ends, bounds: Link(ends[0], ends[1], period(*map(text, bounds))),
    st.sampled_from(list(permutations(PARTIES, 2))),
    BOUNDS,
)


def closed(new: Link, others: Sequence[Link]) -> set[tuple[PartyId, ...]]:
    """Every simple cycle that the new link closes, as one finds them day by day and round by round."""
    found = set()
    for day in DAYS:
        there = {(o.source, o.target) for o in others if o.period is None or o.period.holds_on(day)}
        if new.period is not None and not new.period.holds_on(day):
            continue
        between = [p for p in PARTIES if p not in (new.source, new.target)]
        for length in range(len(between) + 1):
            for middle in permutations(between, length):
                way = (new.target, *middle, new.source)
                if all(step in there for step in pairwise(way)):
                    found.add((new.source, *way[:-1]))
    return found


@settings(max_examples=500)
@given(LINKS, st.lists(LINKS, max_size=12))
def test_a_cycle_is_found_if_and_only_if_there_is_one_on_some_day(new: Link, others: list[Link]) -> None:
    """SPEC 3.3: over all days and all rounds; of those that there are, a shortest."""
    cycles = closed(new, others)
    found = find_cycle(new, others)
    assert found in cycles or (found is None and not cycles)
    assert found is None or len(found) == min(map(len, cycles))


@settings(max_examples=300)
@given(st.lists(LINKS, max_size=12))
def test_links_added_one_after_another_never_hold_a_cycle(links: list[Link]) -> None:
    """SPEC 3.3: whatever is refused, on no day do those that were let in go round."""
    kept: list[Link] = []
    plan = Links([], links)
    for each in links:
        assert (plan.cycle(each) is None) == (not closed(each, kept))
        if plan.cycle(each) is None:
            plan.add(each)
            kept.append(each)
    for day in DAYS:
        assert not has_cycle(each for each in kept if each.period and each.period.holds_on(day))
