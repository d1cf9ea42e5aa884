"""SPEC 3.3: what a new relationship must go together with, on every day."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.refusals import InvalidValue, Refused, TooMany, WouldMakeCycle
from domain.relationship_types import Category
from domain.relationships import NewRelationship, Relationship
from tests.domain.plans import (
    ADA,
    BOB,
    CLEO,
    DAN,
    ENGINES,
    LOOMS,
    MILLS,
    MINES,
    duplicate,
    refused,
    relate,
    there,
)
from tests.domain.ties import (
    ACCOUNT,
    CONSUMER,
    CONTACT,
    FRANCHISE,
    FRIEND,
    HEAD_OFFICE,
    PARENT,
    SPOUSE,
    draft,
    known,
    ordered,
    tie,
    tie_id,
    type_of,
)


def test_the_same_again_is_refused_with_the_existing_one() -> None:
    """SPEC 3.3, 3.5"""
    assert refused(draft(CONTACT, ADA, ENGINES), beside=there(tie(1, CONTACT, ADA, ENGINES))) == [duplicate(0, 1)]


def test_the_mirror_of_a_symmetric_one_is_a_duplicate() -> None:
    """SPEC 2.4: stored, and in one input."""
    assert refused(draft(SPOUSE, BOB, ADA), beside=there(tie(1, SPOUSE, ADA, BOB))) == [duplicate(0, 1)]
    assert refused(draft(SPOUSE, BOB, ADA), draft(SPOUSE, ADA, BOB)) == [duplicate(1, None)]


def test_the_other_direction_of_a_directed_one_is_none() -> None:
    """SPEC 3.3"""
    loans = type_of("LOAN", Category.LOOSE, [CONSUMER], [CONSUMER])
    beside = known(ADA, BOB, types=[loans], existing=[tie(1, loans, ADA, BOB)])
    assert [r.source for r in relate(draft(loans, BOB, ADA), beside=beside)] == [BOB]


def test_one_that_stands_in_the_same_input_is_a_duplicate_too() -> None:
    """SPEC 3.4: `existing` is null."""
    drafts = [draft(CONTACT, ADA, ENGINES), draft(CONTACT, BOB, ENGINES), draft(CONTACT, ADA, ENGINES)]
    assert refused(*drafts) == [duplicate(2, None)]


def test_the_stored_one_is_told_before_one_of_the_same_input() -> None:
    """SPEC 3.5"""
    beside = there(tie(1, CONTACT, ADA, ENGINES, "2020-01-01"))
    drafts = [draft(CONTACT, ADA, ENGINES, None, "2020-01-01"), draft(CONTACT, ADA, ENGINES)]
    assert refused(*drafts, beside=beside) == [duplicate(1, 1)]


def test_separate_periods_are_no_duplicates() -> None:
    """SPEC 3.2, 3.3: the day of the end is excluded."""
    beside = there(tie(1, SPOUSE, ADA, BOB, "2000-01-01", "2010-01-01"))
    assert len(relate(draft(SPOUSE, BOB, ADA, "2010-01-01"), beside=beside)) == 1
    assert refused(draft(SPOUSE, BOB, ADA, "2009-12-31"), beside=beside) == [duplicate(0, 1)]


def test_imprecise_periods_are_duplicates_only_if_they_must_be() -> None:
    """SPEC 3.1"""
    beside = there(tie(1, SPOUSE, ADA, BOB, "1990", "2000"))
    assert len(relate(draft(SPOUSE, ADA, BOB, "2000"), beside=beside)) == 1
    assert refused(draft(SPOUSE, ADA, BOB, "1999"), beside=beside) == [duplicate(0, 1)]


def test_one_that_never_held_is_in_nobodys_way() -> None:
    """SPEC 3.2"""
    beside = there(tie(1, FRIEND, ADA, BOB, "2020-01-01", "2020-01-01"))
    assert len(relate(draft(FRIEND, ADA, BOB), beside=beside)) == 1


def test_what_is_worded_wrongly_is_in_the_way_of_later_ones_but_what_must_go_is_not() -> None:
    """SPEC 3.4: all at once, so that nothing new comes up once the wording is mended."""
    worded = [draft(FRIEND, ADA, BOB, note="\x00"), draft(FRIEND, BOB, ADA)]
    assert refused(*worded) == [
        InvalidValue(path=("0", "note"), reason="holds a control character"),
        duplicate(1, None),
    ]
    beside = there(tie(1, HEAD_OFFICE, ENGINES, MILLS))
    drafts = [draft(HEAD_OFFICE, LOOMS, MILLS), draft(HEAD_OFFICE, MILLS, LOOMS)]
    assert refused(*drafts, beside=beside) == [
        TooMany(path=("0", "target"), limit=1, existing=(tie_id(1),)),
    ]


def test_a_branch_has_one_head_office_at_a_time() -> None:
    """SPEC 2.3, 3.5: refused with those that are there."""
    beside = there(
        tie(1, HEAD_OFFICE, ENGINES, MILLS, "2000-01-01", "2010-01-01"), tie(2, HEAD_OFFICE, LOOMS, MILLS, "2010-01-01")
    )
    assert refused(draft(HEAD_OFFICE, MINES, MILLS, "2005-01-01", "2020-01-01"), beside=beside) == [
        TooMany(path=("0", "target"), limit=1, existing=(tie_id(1),))
    ]
    assert refused(draft(HEAD_OFFICE, MINES, MILLS, "2030-01-01"), beside=beside) == [
        TooMany(path=("0", "target"), limit=1, existing=(tie_id(2),))
    ]
    assert len(relate(draft(HEAD_OFFICE, MINES, MILLS, None, "2000-01-01"), beside=beside)) == 1
    assert len(relate(draft(HEAD_OFFICE, MILLS, MINES), draft(HEAD_OFFICE, MILLS, LOOMS))) == 2


def test_those_of_one_input_count_together_with_the_stored() -> None:
    """SPEC 3.3, 3.4: `existing` names the stored."""
    coach = type_of("COACH", Category.LOOSE, [CONSUMER], [CONSUMER], max_per_source=2)
    beside = known(ADA, BOB, CLEO, DAN, types=[coach], existing=[tie(1, coach, ADA, BOB)])
    drafts = [draft(coach, ADA, CLEO), draft(coach, ADA, DAN), draft(coach, BOB, ADA)]
    assert refused(*drafts, beside=beside) == [TooMany(path=("1", "source"), limit=2, existing=(tie_id(1),))]


def test_a_limit_of_a_symmetric_type_counts_both_ends() -> None:
    """SPEC 2.4"""
    pact = type_of("PACT", Category.LOOSE, [CONSUMER], [CONSUMER], symmetric=True, max_per_source=1, max_per_target=1)
    beside = known(ADA, BOB, CLEO, DAN, types=[pact], existing=[tie(1, pact, ADA, BOB)])
    for one, other, place in (
        (ADA, CLEO, "source"),
        (CLEO, ADA, "target"),
        (BOB, CLEO, "source"),
        (CLEO, BOB, "target"),
    ):
        assert refused(draft(pact, one, other), beside=beside) == [
            TooMany(path=("0", place), limit=1, existing=(tie_id(1),))
        ]
    assert len(relate(draft(pact, CLEO, DAN), beside=beside)) == 1
    assert refused(draft(pact, CLEO, DAN), draft(pact, DAN, ADA), beside=beside) == [
        TooMany(path=("1", "source"), limit=1, existing=()),
        TooMany(path=("1", "target"), limit=1, existing=(tie_id(1),)),
    ]


def test_a_duplicate_is_not_told_again_as_too_many_but_others_are() -> None:
    """SPEC 3.4, 3.5"""
    beside = there(tie(1, HEAD_OFFICE, ENGINES, MILLS, "2000-01-01", "2010-01-01"))
    assert refused(draft(HEAD_OFFICE, ENGINES, MILLS), beside=beside) == [duplicate(0, 1)]
    beside = there(*beside.existing, tie(2, HEAD_OFFICE, LOOMS, MILLS, "2010-01-01"))
    assert refused(draft(HEAD_OFFICE, ENGINES, MILLS), beside=beside) == [
        duplicate(0, 1),
        TooMany(path=("0", "target"), limit=1, existing=(tie_id(2),)),
    ]


def test_a_cycle_is_refused_with_its_parties() -> None:
    """SPEC 3.3, 3.5: over what is stored and what stands in the same input."""
    lineage = [tie(1, PARENT, ADA, BOB), tie(2, PARENT, BOB, CLEO)]
    assert refused(draft(PARENT, CLEO, ADA), beside=there(lineage=lineage)) == [
        WouldMakeCycle(path=("0", "target"), cycle=(CLEO, ADA, BOB))
    ]
    drafts = [draft(PARENT, CLEO, DAN), draft(PARENT, DAN, ADA)]
    assert refused(*drafts, beside=there(lineage=lineage)) == [
        WouldMakeCycle(path=("1", "target"), cycle=(DAN, ADA, BOB, CLEO))
    ]
    assert refused(draft(PARENT, ADA, BOB), draft(PARENT, BOB, ADA)) == [
        WouldMakeCycle(path=("1", "target"), cycle=(BOB, ADA))
    ]


def test_parentage_makes_a_cycle_whatever_its_days() -> None:
    """SPEC 3.3: PARENTAGE: always; even one that never held."""
    lineage = [tie(1, PARENT, ADA, BOB, "1900", "1910")]
    assert refused(draft(PARENT, BOB, ADA, "1950"), beside=there(lineage=lineage)) == [
        WouldMakeCycle(path=("0", "target"), cycle=(BOB, ADA))
    ]
    assert refused(draft(PARENT, BOB, ADA, "1950-01-01", "1950-01-01"), beside=there(lineage=lineage)) == [
        WouldMakeCycle(path=("0", "target"), cycle=(BOB, ADA))
    ]


def test_a_hierarchy_may_be_turned_round_from_one_day_to_the_next() -> None:
    """SPEC 3.3: other types only if there is a common day."""
    lineage = [tie(1, HEAD_OFFICE, ENGINES, LOOMS, "2000-01-01", "2010-01-01")]
    assert len(relate(draft(HEAD_OFFICE, LOOMS, ENGINES, "2010-01-01"), beside=there(lineage=lineage))) == 1
    assert refused(draft(HEAD_OFFICE, LOOMS, ENGINES, "2009-12-31"), beside=there(lineage=lineage)) == [
        WouldMakeCycle(path=("0", "target"), cycle=(LOOMS, ENGINES))
    ]


def test_acyclic_types_of_one_edge_make_cycles_together() -> None:
    """SPEC 3.3"""
    lineage = [tie(1, HEAD_OFFICE, ENGINES, LOOMS), tie(2, FRANCHISE, LOOMS, MILLS)]
    assert refused(draft(FRANCHISE, MILLS, ENGINES), beside=there(lineage=lineage)) == [
        WouldMakeCycle(path=("0", "target"), cycle=(MILLS, ENGINES, LOOMS))
    ]


def test_types_of_other_edges_and_types_that_may_go_round_make_none() -> None:
    """SPEC 3.3: whatever is among the relationships read."""
    partner = type_of("PARTNER", Category.HIERARCHY, [ACCOUNT], [ACCOUNT])
    above = type_of("ABOVE", Category.LOOSE, [ACCOUNT], [ACCOUNT], acyclic=True)
    lineage = [tie(1, partner, ENGINES, LOOMS), tie(2, above, ENGINES, LOOMS)]
    beside = known(ENGINES, LOOMS, types=[partner, above, FRANCHISE], lineage=lineage)
    assert len(relate(draft(FRANCHISE, LOOMS, ENGINES), draft(partner, LOOMS, ENGINES), beside=beside)) == 2
    assert refused(draft(above, LOOMS, ENGINES), beside=beside) == [
        WouldMakeCycle(path=("0", "target"), cycle=(LOOMS, ENGINES))
    ]


def test_a_duplicate_a_limit_and_a_cycle_are_told_together() -> None:
    """SPEC 3.4"""
    stored = [tie(1, HEAD_OFFICE, ENGINES, LOOMS, "2000-01-01"), tie(2, HEAD_OFFICE, MILLS, LOOMS, None, "2000-01-01")]
    beside = there(*stored, lineage=[tie(3, FRANCHISE, LOOMS, ENGINES, "2000-01-01")])
    assert refused(draft(HEAD_OFFICE, ENGINES, LOOMS), beside=beside) == [
        duplicate(0, 1),
        TooMany(path=("0", "target"), limit=1, existing=(tie_id(2),)),
        WouldMakeCycle(path=("0", "target"), cycle=(ENGINES, LOOMS)),
    ]


FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(n) for n in range(-1, 7)]
BOUND = st.none() | st.integers(0, 5)
BOUNDS = st.tuples(BOUND, BOUND).filter(ordered)
PACT = type_of("PACT", Category.LOOSE, [CONSUMER], [CONSUMER], symmetric=True, max_per_source=2, max_per_target=2)
LOAN = type_of("LOAN", Category.LOOSE, [CONSUMER], [CONSUMER], acyclic=True, max_per_target=2)
LENDING = type_of("LENDING", Category.KIN, [CONSUMER], [CONSUMER], acyclic=True, max_per_source=1)
RANDOM_TYPES = (PACT, LOAN, LENDING)
PEOPLE = (ADA, BOB, CLEO, DAN)


@st.composite
def random_drafts(draw: st.DrawFn) -> NewRelationship:
    type = draw(st.sampled_from(RANDOM_TYPES))
    source, target = draw(st.sampled_from([(a, b) for a in PEOPLE for b in PEOPLE if a != b]))
    bounds = [None if day is None else (FIRST + timedelta(day)).isoformat() for day in draw(BOUNDS)]
    return draft(type, source, target, *bounds)


def fits(new: Relationship, there: Sequence[Relationship]) -> bool:
    """Whether on no day there is a duplicate, more than allowed, or a way round."""
    types = {type.code: type for type in RANDOM_TYPES}
    type = types[new.type]
    for day in DAYS:
        if not new.period.holds_on(day):
            continue
        holding = [r for r in there if r.period.holds_on(day)]
        same = [r for r in holding if r.type == new.type]
        pairs = [{r.source, r.target} if type.symmetric else (r.source, r.target) for r in same]
        if ({new.source, new.target} if type.symmetric else (new.source, new.target)) in pairs:
            return False
        for limit, mine, theirs in (
            (type.max_per_source, new.source, [r.source for r in same]),
            (type.max_per_target, new.target, [r.target for r in same]),
        ):
            ends = [end for r in same for end in (r.source, r.target)] if type.symmetric else theirs
            if limit is not None and ends.count(mine) >= limit:
                return False
        if type.acyclic:
            steps = {(r.source, r.target) for r in holding if types[r.type].acyclic}
            reached = {new.target}
            for _ in PEOPLE:
                reached |= {target for source, target in steps if source in reached}
            if new.source in reached:
                return False
    return True


@settings(max_examples=500)
@given(st.lists(random_drafts(), max_size=10), st.integers(0, 10))
def test_a_plan_lets_in_exactly_what_fits_on_every_day(drafts: list[NewRelationship], cut: int) -> None:
    """SPEC 2.4, 3.3, 3.4: some stored, some in one input, it makes no difference to what is refused."""
    stored: list[Relationship] = []
    made: list[Relationship] = []
    wrong: set[str] = set()
    for index, each in enumerate(drafts):
        new = tie(
            100 + index,
            next(t for t in RANDOM_TYPES if t.code == each.type),
            each.source,
            each.target,
            each.valid_from,
            each.valid_to,
        )
        if fits(new, [*stored, *made]):
            (stored if index < cut else made).append(new)
        elif index >= cut:
            wrong.add(str(index - cut))
    beside = known(*PEOPLE, types=RANDOM_TYPES, existing=stored, lineage=stored)
    try:
        planned = relate(*drafts[cut:], beside=beside)
    except Refused as refused:
        places = {refusal.path[0] for refusal in refused.refusals}
    else:
        places = set()
        assert [(r.type, r.source, r.target, r.period) for r in planned] == [
            (r.type, r.source, r.target, r.period) for r in made
        ]
    assert places == wrong
