"""What of a graph is judged to be damage (SPEC 9.6); made for real in tests/schema."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from domain.cycles import Link
from domain.faults import case_faults, crowd_faults, cycle_faults, edge_faults, in_circles, link_of, well_marked
from domain.ids import PartyId, RelationshipTypeId
from domain.integrity import MOST_RECORDS, Finding, Found, Report, StoredCase, StoredEdge, StoredTie, Total
from domain.partial_dates import PartialDate, Period
from domain.parties import PartyKind
from domain.relationship_types import Category, RelationshipType
from tests.domain.ties import MEMBER, party

TYPES = {
    "OFFICE": RelationshipType(
        id=RelationshipTypeId("t"),
        code="OFFICE",
        name="Office",
        label="is over",
        reverse_label="is under",
        description=None,
        category=Category.HIERARCHY,
        source_kinds=(PartyKind.ACCOUNT,),
        target_kinds=(PartyKind.ACCOUNT,),
        acyclic=True,
        max_per_target=1,
    )
}
A, B, C = PartyId("a"), PartyId("b"), PartyId("c")


def tie(id: str, start: str | None = None, end: str | None = None, source: PartyId = A) -> StoredTie:
    return StoredTie(id, source, B, start, end)


def edge(found: StoredTie, later: Sequence[StoredTie] = (), type: str | None = "OFFICE") -> StoredEdge:
    """A relationship as it should be, but for its dates and those beside it."""
    return StoredEdge(
        edge="OVERSEES",
        type=type,
        category="HIERARCHY",
        symmetric=False,
        version=1,
        valid_from_day=found.period.start.earliest if found.period.start else None,
        valid_to_day=found.period.end.latest if found.period.end else None,
        responsibility=None,
        pedigree=None,
        source_kind="Account",
        target_kind="Account",
        group_type=None,
        is_head=None,
        is_primary=None,
        tie=found,
        later=tuple(later),
    )


def link(source: str, target: str, start: str | None = None, end: str | None = None) -> Link:
    def day(text: str | None) -> PartialDate | None:
        return PartialDate.parse(text) if text else None

    return Link(PartyId(source), PartyId(target), Period(day(start), day(end)))


@pytest.mark.parametrize(
    ("other", "doubled"),
    [
        (tie("2", "2021-01-01"), True),
        (tie("2", "2022-01-01"), False),
        (tie("2", "2022-01-02"), False),
        (tie("2", None, "2020-01-01"), False),
        (tie("2", None, None, source=B), False),
        (tie("2", "unreadable", None), True),
    ],
)
def test_two_between_the_same_are_one_too_many_where_both_hold_on_a_day(other: StoredTie, doubled: bool) -> None:
    found = list(edge_faults(edge(tie("1", "2020-01-01", "2022-01-01"), [other]), TYPES, ()))
    assert found == ([Found(Finding.DUPLICATE, ("1", "2"))] if doubled else [])


def test_without_a_known_type_nothing_more_is_said() -> None:
    assert list(edge_faults(edge(tie("1", "nonsense"), type=None), TYPES, ())) == [
        Found(Finding.RELATIONSHIP_INCOMPLETE, ("1",))
    ]
    assert list(edge_faults(edge(tie("1", "nonsense"), type="X"), TYPES, ())) == [Found(Finding.UNKNOWN_TYPE, ("1",))]


@pytest.mark.parametrize(
    ("version", "kind", "finding"),
    [
        (1, "Consumer", Finding.ENDS_AT_ODDS),
        (2, "Consumer", Finding.ENDS_NO_LONGER_FIT),
        (2, "Household", Finding.ENDS_AT_ODDS),  # which no type of a hierarchy takes
        (2, "nonsense", Finding.ENDS_AT_ODDS),
        (2, None, Finding.ENDS_AT_ODDS),
    ],
)
def test_ends_that_a_changed_type_may_once_have_taken_are_odd_and_others_damage(
    version: int, kind: str | None, finding: Finding
) -> None:
    types = {"OFFICE": replace(TYPES["OFFICE"], version=version)}
    for end in ("source_kind", "target_kind"):
        found = replace(edge(tie("1")), **{end: kind})
        assert list(edge_faults(found, types, ())) == [Found(finding, ("1",))]
        itself = replace(found, tie=tie("1", source=B))
        assert list(edge_faults(itself, types, ())) == [Found(Finding.ENDS_AT_ODDS, ("1",))]


def test_an_end_before_its_start_is_told_and_its_days_are_compared_all_the_same() -> None:
    assert list(edge_faults(edge(tie("1", "2020-01-02", "2020-01-01")), TYPES, ())) == [
        Found(Finding.END_BEFORE_START, ("1",))
    ]
    assert list(edge_faults(edge(tie("1", "2020-01-01", "2020-01-01")), TYPES, ())) == []


def test_an_end_is_crowded_where_more_than_its_limit_hold_on_one_day() -> None:
    one, two, three = tie("1", None, "2020-01-01"), tie("2", "2020-01-01", "2021-01-01"), tie("3", "2020-12-31")
    assert list(crowd_faults("b", [one, two], 1)) == []
    assert list(crowd_faults("b", [one, two, three], 1)) == [Found(Finding.TOO_MANY, ("b", "2", "3"))]
    assert list(crowd_faults("b", [one, two, three], 2)) == []


def test_a_cycle_is_told_once_and_only_where_all_of_it_holds_on_a_day() -> None:
    ab, bc, beside = link("a", "b", end="2020-01-01"), link("b", "c"), link("c", "d")
    assert list(cycle_faults([ab, bc, link("c", "a", start="2020-01-01"), beside])) == []
    assert list(cycle_faults([ab, bc, link("c", "a", start="2019-12-31"), beside])) == [Found(Finding.CYCLE, (C, A, B))]


def test_only_what_lies_in_circles_or_between_them_is_searched() -> None:
    circle = [link("a", "b"), link("b", "a")]
    between, other = link("b", "x"), [link("x", "y"), link("y", "x")]
    leading = [link("q", "p"), link("p", "a"), link("y", "r"), link("r", "s")]
    assert in_circles([*leading, *circle, between, *other]) == [*circle, between, *other]


def test_a_relationship_of_no_acyclic_type_is_no_link() -> None:
    assert link_of(edge(tie("1")), TYPES) == Link(A, B, Period(None, None))
    assert link_of(edge(tie("1"), type="X"), TYPES) is None


STORED_CASE = StoredCase("c", "7", "A question", "OPEN", "7\na question", True, False, True, None, None, 2, 2, 2)


@pytest.mark.parametrize(
    ("damage", "findings"),
    [
        ({}, []),
        ({"household": True, "assignee": True}, []),
        ({"status": "CLOSED", "has_closed_at": True}, []),
        ({"comments": 0, "said": 0, "last_place": 0}, []),
        ({"number": None}, [Finding.CASE_INCOMPLETE]),
        ({"subject": ""}, [Finding.CASE_INCOMPLETE]),
        ({"search": None}, [Finding.CASE_INCOMPLETE]),
        ({"has_version": False}, [Finding.CASE_INCOMPLETE]),
        ({"status": None}, [Finding.CASE_INCOMPLETE]),
        ({"status": "LOST", "has_closed_at": True}, [Finding.CASE_INCOMPLETE]),
        ({"status": "CLOSED"}, [Finding.CASE_AT_ODDS]),
        ({"has_closed_at": True}, [Finding.CASE_AT_ODDS]),
        ({"customer": False}, [Finding.CASE_OF_NOBODY]),
        ({"household": False, "assignee": True}, [Finding.CASE_OF_NOBODY]),
        ({"assignee": False}, [Finding.CASE_OF_NOBODY]),
        ({"comments": None}, [Finding.COMMENTS_AT_ODDS]),
        ({"comments": 3}, [Finding.COMMENTS_AT_ODDS]),
        ({"said": 1}, [Finding.COMMENTS_AT_ODDS]),
        ({"last_place": 3}, [Finding.COMMENTS_AT_ODDS]),
        (
            {"number": None, "has_closed_at": True, "customer": False, "said": 0},
            [Finding.CASE_INCOMPLETE, Finding.CASE_AT_ODDS, Finding.CASE_OF_NOBODY, Finding.COMMENTS_AT_ODDS],
        ),
    ],
    ids=str,
)
def test_a_case_is_whole_and_names_who_is_there(damage: dict[str, Any], findings: list[Finding]) -> None:
    assert list(case_faults(replace(STORED_CASE, **damage))) == [Found(finding, ("c",)) for finding in findings]


def test_a_report_counts_all_and_keeps_the_first_records_in_the_order_of_the_findings() -> None:
    report = Report()
    report.count(Finding.EMPTY_GROUP, 2, ["g", "h"])
    report.add(Found(Finding.DUPLICATE, (str(n), "x")) for n in range(200))
    report.count(Finding.UNKNOWN_TYPE, 1, ["r"])
    report.count(Finding.CYCLE, 0, [])
    unknown, duplicate = report.errors
    assert unknown == Total(Finding.UNKNOWN_TYPE, 1, ["r"])
    assert (duplicate.count, len(duplicate.records), duplicate.records[:4]) == (200, MOST_RECORDS, ["0", "x", "1", "x"])
    assert report.notices == [Total(Finding.EMPTY_GROUP, 2, ["g", "h"])]


HOME, ANN, OST = party(PartyKind.HOUSEHOLD, 1), party(PartyKind.CONSUMER, 1), party(PartyKind.ACCOUNT, 1)


@pytest.mark.parametrize(
    ("source", "target", "marks", "at_odds"),
    [
        *((ANN, HOME, marks, False) for marks in product((True, False), repeat=2)),
        *((ANN, HOME, marks, True) for marks in ((None, None), (None, False), (True, None))),
        *((OST, HOME, marks, marks != (False, False)) for marks in product((True, False, None), repeat=2)),
        *((ANN, OST, marks, marks != (False, False)) for marks in product((True, False, None), repeat=2)),
    ],
)
def test_a_membership_says_what_it_is_and_only_a_consumers_place_in_a_household_is_it(
    source: PartyId, target: PartyId, marks: tuple[bool | None, bool | None], at_odds: bool
) -> None:
    """SPEC 4.1"""
    found = replace(edge(StoredTie("1", source, target, None, None)), is_head=marks[0], is_primary=marks[1])
    assert well_marked(found, MEMBER) is not at_odds


def test_a_relationship_that_is_no_membership_says_nothing_of_head_and_primary() -> None:
    for is_head, is_primary in product((True, False, None), repeat=2):
        found = replace(edge(tie("1")), is_head=is_head, is_primary=is_primary)
        odds = [] if (is_head, is_primary) == (None, None) else [Found(Finding.MARK_AT_ODDS, ("1",))]
        assert list(edge_faults(found, TYPES, ())) == odds
