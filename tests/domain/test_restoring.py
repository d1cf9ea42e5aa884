"""SPEC 8.5: what restoring an operation would do, and what is in its way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.ids import OperationId
from domain.recording import recorded
from domain.refusals import (
    AlreadyTaken,
    CannotBeRestored,
    ChangedSince,
    DuplicateRelationship,
    NotFound,
    NotInOneHousehold,
    Refusal,
    TooMany,
    UnknownRelationshipType,
    WouldMakeCycle,
)
from domain.relationship_types import Category
from domain.relationships import Known, Relationship, as_membership
from domain.restoring import (
    KINDS,
    Back,
    Deed,
    Done,
    Kept,
    Now,
    Record,
    named,
    plan_restore,
    returning,
    unrestorable,
)
from domain.within import Places, Within
from tests.domain.plans import ADA, BOB, CLEO, ENGINES, EVERYBODY, KINGS, LOOMS, MILLS
from tests.domain.ties import FRIEND, HEAD_OFFICE, MEMBER, PARENT, PEOPLE, TYPES, known, tie, type_of

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
TODAY = AT.date()
ID = OperationId("operation_1")
GUIDE = type_of("GUIDE", Category.LOOSE, PEOPLE, PEOPLE, within_household=True)
TYPED = {type.code: type for type in (*TYPES, GUIDE)}
Records = Mapping[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]


def whole(found: Relationship) -> dict[str, Any]:
    """A removed one, as an operation keeps it."""
    first = {"first": found.within.first.isoformat()} if found.within else {}
    made = {"version": found.version, "created_at": "2020-01-02T03:04:05.000006+00:00", "created_by": "sam"}
    return {**(recorded(found) or {}), **made, **first}


def done(records: Records, answer: tuple[str, ...] = (), kind: str = "removeRelationship") -> Done:
    """An operation that changed these."""
    return Done(ID, kind, AT, answer, None, records)


def now(*found: Relationship) -> dict[str, Now]:
    """What there is now of what an operation changed."""
    return {one.id: Now(one, recorded(one)) for one in found}


def beside(*existing: Relationship, **more: Any) -> Known:
    """Everybody, and these relationships."""
    return replace(known(*EVERYBODY, existing=existing, lineage=existing), types=TYPED, **more)


def problems(records: Records, there: Known | None = None, *found: Relationship) -> list[Refusal]:
    """What is in the way of restoring; then nothing would become of it."""
    plan = plan_restore(done(records), now(*found), there or beside())
    assert not (plan.problems and plan.become)
    return list(plan.problems)


def test_what_was_removed_comes_back_as_it_was() -> None:
    """8.5: id, version, who made it when, and all that it had."""
    gone = replace(tie(1, PARENT, ADA, BOB, "1823~", properties={"pedigree": "STEP"}), note="n", version=7)
    plan = plan_restore(done({gone.id: (whole(gone), None)}, (gone.id,)), {}, beside())
    assert (plan.become, plan.problems, plan.can_leave_out) == ((gone,), (), ())
    (one,) = plan.wanted
    assert (one.deed, one.version) == (Deed.REMOVED, 7)
    assert one.made
    assert (one.made.at, one.made.by) == (datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "sam")
    assert plan.records == (Record(gone.id, Deed.REMOVED, PARENT.id, ADA, BOB),)


def test_what_was_changed_gets_back_what_it_had_and_keeps_the_rest() -> None:
    """8.5"""
    ended = replace(tie(1, FRIEND, ADA, BOB, "2020-01-01", "2021-01-01"), note="later", version=3)
    records = {ended.id: ({"valid_to": None}, {"valid_to": "2021-01-01"})}
    plan = plan_restore(done(records), now(ended), beside(ended))
    assert plan.become == (replace(tie(1, FRIEND, ADA, BOB, "2020-01-01"), note="later", version=3),)
    assert plan.problems == ()
    assert [one.deed for one in plan.wanted] == [Deed.CHANGED]


def test_what_was_made_goes_again_and_is_in_nobodys_way() -> None:
    """4.1, 8.5: so a role changed: the row that was closed is open again, the one that was opened is no more."""
    closed, opened = tie(1, MEMBER, ADA, KINGS, "2020-01-01", "2026-07-01"), tie(2, MEMBER, ADA, KINGS, "2026-07-01")
    records: Records = {
        closed.id: ({"valid_to": None}, {"valid_to": "2026-07-01"}),
        opened.id: (None, recorded(opened)),
    }
    plan = plan_restore(done(records, kind="changeMembership"), now(closed, opened), beside(closed, opened))
    assert plan.become == (tie(1, MEMBER, ADA, KINGS, "2020-01-01"),)
    assert {one.id: one.deed for one in plan.wanted} == {closed.id: Deed.CHANGED, opened.id: Deed.MADE}


def test_what_is_within_a_household_comes_back_with_its_members() -> None:
    """4.2, 8.5: in whatever order they were written down; it holds from its own first day."""
    ended, other = tie(9, MEMBER, ADA, KINGS, "2020-01-01", "2026-07-01"), tie(8, MEMBER, BOB, KINGS)
    gone = replace(tie(1, GUIDE, ADA, BOB), within=Within(KINGS, date(2024, 2, 29), None))
    records: Records = {gone.id: (whole(gone), None), ended.id: ({"valid_to": None}, {"valid_to": "2026-07-01"})}
    there = beside(ended, places=Places(TODAY, map(as_membership, (ended, other))))
    plan = plan_restore(done(records, (ended.id,)), now(ended), there)
    assert plan.problems == ()
    assert plan.become == (replace(ended, period=tie(9, MEMBER, ADA, KINGS, "2020-01-01").period), gone)
    assert plan.can_leave_out == (gone.id,)
    left = plan_restore(done(records, (ended.id,)), now(ended), there, [gone.id])
    assert [r.id for r in left.become] == [ended.id]
    without = plan_restore(done(records, (ended.id,)), now(ended), there, [ended.id])
    assert without.problems == (NotInOneHousehold(path=(gone.id, "household")),)


def test_what_no_longer_fits_is_named_by_the_relationship() -> None:
    """8.5"""
    gone = tie(1, FRIEND, ADA, BOB)
    records: Records = {gone.id: (whole(gone), None)}
    again = tie(2, FRIEND, BOB, ADA)
    assert problems(records, beside(again)) == [DuplicateRelationship(path=(gone.id, "target"), existing=again.id)]
    alone = replace(beside(), ends={ADA: beside().ends[ADA]})
    assert problems(records, alone) == [NotFound(path=(gone.id, "target"))]
    assert plan_restore(done(records), {}, alone).records == (Record(gone.id, Deed.REMOVED, FRIEND.id, ADA, None),)
    untyped = replace(beside(), types={})
    assert problems(records, untyped) == [UnknownRelationshipType(path=(gone.id, "type"), code="FRIEND")]
    assert plan_restore(done(records), {}, untyped).records == (Record(gone.id, Deed.REMOVED, None, ADA, BOB),)
    over, other = tie(1, HEAD_OFFICE, ENGINES, LOOMS), tie(2, HEAD_OFFICE, MILLS, LOOMS)
    records = {over.id: (whole(over), None)}
    assert problems(records, beside(other)) == [TooMany(path=(over.id, "target"), limit=1, existing=(other.id,))]
    assert problems(records, beside(tie(3, HEAD_OFFICE, LOOMS, ENGINES))) == [
        WouldMakeCycle(path=(over.id, "target"), cycle=(ENGINES, LOOMS))
    ]


def test_what_is_gone_or_was_changed_since_is_named() -> None:
    """8.5: what else of it was changed is no matter."""
    ended = tie(1, FRIEND, ADA, BOB, "2020-01-01", "2021-01-01")
    records: Records = {ended.id: ({"valid_to": None}, {"valid_to": "2021-01-01"})}
    assert problems(records) == [NotFound(path=(ended.id,))]
    moved = tie(1, FRIEND, ADA, BOB, "2020-01-01", "2022-01-01")
    assert problems(records, beside(moved), moved) == [ChangedSince(path=(ended.id,))]
    reopened = tie(1, FRIEND, ADA, BOB, "2020-01-01")
    assert problems(records, beside(reopened), reopened) == [ChangedSince(path=(ended.id,))]
    old = {name: value for name, value in whole(ended).items() if name != "created_at"}
    assert problems({ended.id: (old, None)}) == [
        CannotBeRestored(path=(ended.id,), reason="was not kept whole when it was removed")
    ]


def test_two_that_are_in_each_others_way_are_told_of_once() -> None:
    """8.5: the whole is possible or not."""
    one, other = tie(1, FRIEND, ADA, BOB), tie(2, FRIEND, ADA, CLEO)
    records: Records = {each.id: (whole(each), None) for each in (one, other)}
    plan = plan_restore(done(records, kind="daily"), {}, beside())
    assert {r.id for r in plan.become} == {one.id, other.id}
    assert plan.can_leave_out == (one.id, other.id)
    there = beside(tie(3, FRIEND, CLEO, ADA))
    assert [p.path[0] for p in plan_restore(done(records), {}, there).problems] == [other.id]
    assert plan_restore(done(records), {}, there, [other.id]).become == (one,)
    assert plan_restore(done(records), {}, there, [one.id, other.id]).problems == (
        CannotBeRestored(path=("operation",), reason="has nothing left to be undone"),
    )


def test_what_was_kept_comes_back_unless_it_was_erased_is_anothers_or_is_alone() -> None:
    """7.4: who was merged away is nobody without the survivor."""
    records: Records = {"consumer_a": ({"name": "Ann"}, None)}
    kept = Kept(frozenset({"Party", "Consumer"}))
    for there, wrong in (
        ({"consumer_a": kept}, []),
        ({}, [CannotBeRestored(path=("consumer_a",), reason="was erased")]),
        ({"consumer_a": replace(kept, taken=("number",))}, [AlreadyTaken(path=("consumer_a", "number"))]),
        (
            {"consumer_a": replace(kept, alone=True)},
            [CannotBeRestored(path=("consumer_a",), reason="was merged into a customer who is deleted")],
        ),
    ):
        assert returning(done(records), there, {}) == (Back(("consumer_a",)), wrong)
    alone = {"consumer_a": replace(kept, alone=True)}
    assert returning(done(records), alone, {}, leave_out=["consumer_a"]) == (Back(), [])


def test_a_type_takes_back_what_it_had() -> None:
    """2.1, 2.5: though it is deactivated, and asks for more of new ones."""
    gone = tie(1, FRIEND, ADA, BOB)
    needs = replace(PARENT.properties[0], code="since", required=True)
    strict = {**TYPED, "FRIEND": replace(FRIEND, active=False, properties=(needs,))}
    assert problems({gone.id: (whole(gone), None)}, replace(beside(), types=strict)) == []


def test_what_changed_nothing_has_nothing_to_be_undone() -> None:
    """3.6: ending what has ended."""
    ended = tie(1, FRIEND, ADA, BOB, None, "2021-01-01")
    assert problems({ended.id: ({}, {})}, beside(ended), ended) == [
        CannotBeRestored(path=("operation",), reason="has nothing left to be undone")
    ]


@pytest.mark.parametrize("kind", ["relate", "createConsumer", "restore", "importGedcom"])
def test_other_operations_are_not_undone_so(kind: str) -> None:
    """8.5"""
    assert unrestorable(done({}, kind=kind), AT, 365) == [
        CannotBeRestored(path=("operation",), reason="is of a kind that is not undone so")
    ]


def test_it_is_undone_once_and_within_so_many_days() -> None:
    """8.5: to the second."""
    for kind in KINDS:
        assert unrestorable(done({}, kind=kind), AT + timedelta(days=10), 10) == []
    late = AT + timedelta(days=10, seconds=1)
    assert unrestorable(done({}), late, 10) == [
        CannotBeRestored(path=("operation",), reason="was done more than 10 days ago")
    ]
    again = replace(done({}), restored_by="operation_2")
    assert unrestorable(again, late, 10) == [CannotBeRestored(path=("operation",), reason="has been undone already")]


def test_a_token_is_of_a_plan_and_names_its_operation() -> None:
    """8.5: another problem, another version, another outcome: another token."""
    gone = tie(1, FRIEND, ADA, BOB)
    records: Records = {gone.id: (whole(gone), None)}

    def token(there: Known, records: Records = records) -> str:
        return plan_restore(done(records), {}, there).token

    assert token(beside()) == token(beside())
    assert named(token(beside())) == ID
    other = {gone.id: (whole(replace(gone, note="n")), None)}
    tokens = {token(beside()), token(beside(tie(2, FRIEND, ADA, BOB))), token(beside(), other)}
    tokens.add(token(replace(beside(), types={})))
    assert len(tokens) == 4
    ended = tie(1, FRIEND, ADA, BOB, None, "2021-01-01")
    changed: Records = {ended.id: ({"valid_to": None}, {"valid_to": "2021-01-01"})}
    versions = {plan_restore(done(changed), now(replace(ended, version=version)), beside()).token for version in (1, 2)}
    assert len(versions) == 2
