"""SPEC 3.5, 3.6: relationships updated and ended under the rules for new ones."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.refusals import (
    DuplicateRelationship,
    EndBeforeStart,
    InvalidProperty,
    InvalidValue,
    MissingResponsibility,
    Refusal,
    Refused,
    TooMany,
    WouldMakeCycle,
    WrongResponsibility,
)
from domain.relating import draft_period, plan_end, plan_update
from domain.relationships import Known, Relationship
from tests.domain.plans import ADA, BOB, ENGINES, EVE, LOOMS, MILLS, TODAY, there
from tests.domain.ties import (
    ACCOUNT_TEAM,
    FRANCHISE,
    FRIEND,
    HEAD_OFFICE,
    PARENT,
    draft,
    known,
    period,
    tie,
    tie_id,
)


def update(current: Relationship, beside: Known, **given: Any) -> Relationship:
    """The relationship as it would be with the fields given."""
    return plan_update(current, given, beside)


def not_updated(current: Relationship, beside: Known, **given: Any) -> list[Refusal]:
    """All that is wrong with an update."""
    with pytest.raises(Refused) as caught:
        update(current, beside, **given)
    return list(caught.value.refusals)


def test_an_update_changes_what_is_given_and_keeps_the_rest() -> None:
    """SPEC 3.5: the id and the version, which the store counts, too; null empties."""
    current = tie(1, PARENT, ADA, BOB, "1990", note="old", properties={"pedigree": "STEP"}, version=7)
    beside = there(current, lineage=[current])
    assert update(current, beside) == current
    assert update(current, beside, note=None, valid_to="2000") == replace(
        current, note=None, period=period("1990", "2000")
    )
    assert update(current, beside, valid_from=None, properties={"pedigree": "FOSTER"}) == replace(
        current, period=period(), properties={"pedigree": "FOSTER"}
    )
    assert update(current, beside, properties=None) == replace(current, properties={"pedigree": "BIRTH"})


def test_an_update_is_not_in_its_own_way() -> None:
    """SPEC 3.5: not as a duplicate, nor beyond the limit, nor as a cycle."""
    current = tie(1, HEAD_OFFICE, ENGINES, LOOMS, "2000-01-01")
    beside = there(current, lineage=[current])
    assert update(current, beside, valid_from="1990-01-01") == replace(current, period=period("1990-01-01"))


def test_an_update_keeps_to_the_rules_for_new_ones() -> None:
    """SPEC 3.5: all at once, without an index."""
    current = tie(1, HEAD_OFFICE, ENGINES, LOOMS, "2010-01-01")
    others = [
        tie(2, HEAD_OFFICE, ENGINES, LOOMS, "2000-01-01", "2005-01-01"),
        tie(3, HEAD_OFFICE, MILLS, LOOMS, "2005-01-01", "2010-01-01"),
    ]
    lineage = [tie(4, FRANCHISE, LOOMS, ENGINES, None, "2001-01-01")]
    beside = there(current, *others, lineage=lineage)
    assert not_updated(current, beside, valid_from=None, note="\x00", responsibility="X", properties={"x": 1}) == [
        InvalidProperty(path=("properties", "x"), reason="is no property of this type"),
        InvalidValue(path=("note",), reason="holds a control character"),
        WrongResponsibility(path=("responsibility",), allowed=()),
        DuplicateRelationship(path=("target",), existing=tie_id(2)),
        TooMany(path=("target",), limit=1, existing=(tie_id(3),)),
        WouldMakeCycle(path=("target",), cycle=(ENGINES, LOOMS)),
    ]


@pytest.mark.parametrize(
    ("given", "refusals"),
    [
        ({"valid_to": "2019-12-31"}, [EndBeforeStart(path=("validTo",))]),
        ({"valid_from": "1990"}, [InvalidValue(path=("validFrom",), reason="must be a full date")]),
        ({"responsibility": None}, [MissingResponsibility(path=("responsibility",))]),
    ],
)
def test_an_update_that_cannot_be_is_refused(given: dict[str, Any], refusals: list[Refusal]) -> None:
    """SPEC 3.5"""
    current = tie(1, ACCOUNT_TEAM, EVE, ENGINES, "2020-01-01", responsibility="ACCOUNT_MANAGER")
    assert not_updated(current, there(current), **given) == refusals


def test_one_of_an_inactive_type_can_be_changed() -> None:
    """SPEC 2.5: deactivating keeps the old ones."""
    current = tie(1, FRIEND, ADA, BOB)
    beside = known(ADA, BOB, types=[replace(FRIEND, active=False)], existing=[current])
    assert update(current, beside, note="new") == replace(current, note="new")


def test_a_property_that_became_required_binds_those_that_are_edited() -> None:
    """SPEC 2.1"""
    current = tie(1, FRIEND, ADA, BOB)
    needed = replace(PARENT.properties[0], required=True)
    beside = known(ADA, BOB, types=[replace(FRIEND, properties=(needed,))], existing=[current])
    assert not_updated(current, beside, note="new") == [
        InvalidProperty(path=("properties", "pedigree"), reason="is required")
    ]


def test_ending_sets_the_end_and_nothing_else() -> None:
    """SPEC 3.2, 3.6: today without a day, and over at once."""
    current = tie(1, FRIEND, ADA, BOB, "2020-01-01", note="kept", version=3)
    ended = plan_end(current, None, TODAY)
    assert ended == replace(current, period=period("2020-01-01", "2026-07-01"))
    assert [ended.period.holds_on(TODAY - timedelta(1)), ended.period.holds_on(TODAY)] == [True, False]


def test_what_has_ended_stays_as_it_is() -> None:
    """SPEC 3.6: ending is always allowed."""
    current = tie(1, FRIEND, ADA, BOB, "2020-01-01", "2021-01-01")
    assert plan_end(current, None, TODAY) == current


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (date(2019, 1, 1), EndBeforeStart(path=("on",))),
        (date(2022, 1, 1), InvalidValue(path=("on",), reason="lies after the end it has already, 2021-01-01")),
    ],
)
def test_a_day_on_which_it_cannot_end_is_refused(on: date, refusal: Refusal) -> None:
    """SPEC 3.5, 3.6: to let it hold longer is an update, which has rules."""
    with pytest.raises(Refused) as caught:
        plan_end(tie(1, FRIEND, ADA, BOB, "2020-01-01", "2021-01-01"), on, TODAY)
    assert caught.value.refusals == (refusal,)


def test_the_period_of_a_draft_is_read_as_far_as_it_can_be() -> None:
    """DESIGN 2: what is read under the locks is never less than what the decision rests on."""
    assert draft_period(draft(FRIEND, ADA, BOB, "2024-01-01", "soon")) == period("2024-01-01")
