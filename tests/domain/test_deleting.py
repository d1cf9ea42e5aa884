"""SPEC 8.1 to 8.3: what a deletion takes, by which rule, and what is in its way."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases import Case, CaseStatus
from domain.delete_tokens import Asked, OpenCaseChoice, asked_by, is_many, token_of
from domain.deleting import Item, Rule, leaving, plan_delete
from domain.doomed import MOST, Doomed, Facts, Root, Thing, most_at_once
from domain.ids import CaseId, PartyId, RelationshipId, new_id
from domain.partial_dates import Period
from domain.refusals import CannotBeDeleted, OpenCases, StillUsed
from domain.relationships import Relationship
from domain.within import Membership, Places, Within

TODAY = date(2026, 11, 30)
ALWAYS = Period(None, None)
IDS = {thing: new_id(thing.value) for thing in Thing}
ANN, BEA, HOME, SAM = (PartyId(new_id(p)) for p in ("consumer", "consumer", "household", "internal_user"))
GROUPS = frozenset({"HOUSEHOLD_MEMBER", "CLUB"})


def tie(number: int, type: str, source: str, target: str, **more: Any) -> Relationship:
    """A relationship that always holds."""
    id = RelationshipId(f"relationship_{number}")
    return Relationship(id=id, type=type, source=PartyId(source), target=PartyId(target), period=ALWAYS, **more)


def case(number: int, customer: str, **more: Any) -> Case:
    """A case, open unless told otherwise."""
    return Case(id=CaseId(f"case_{number}"), number=str(number), customer=PartyId(customer), subject="s", **more)


def root(id: str, **more: Any) -> Root:
    """What is asked for."""
    thing = Thing.of(id)
    assert thing
    return Root(id, thing, 3, "Name", **more)


def facts(id: str, *ties: Relationship, cases: tuple[Case, ...] = (), **more: Any) -> Facts:
    """What a deletion of a party rests on."""
    found = {"root": root(id), "places": Places(TODAY), "parties": (Doomed(PartyId(id), 3),), "groups": GROUPS, **more}
    return Facts(relationships=ties, cases=cases, **found)


def rules(found: Facts, **asked: Any) -> dict[str, Rule]:
    """The rule by which each record goes, but what was asked for."""
    plan = plan_delete(Asked(found.root.id, **asked), found, "viewer")
    assert plan.items[0] == Item(Rule.ASKED, found.root.id, found.root.version)
    return {item.id: item.rule for item in plan.items[1:]}


@pytest.mark.parametrize("thing", Thing)
def test_every_kind_of_record_is_told_by_its_id(thing: Thing) -> None:
    assert Thing.of(IDS[thing]) is thing


@pytest.mark.parametrize(
    "id", ["", "x", "consumer_", "case_01m8n35hn1eehsv1fztd4se43m", "operation_01m8n35hn1eehsv1fztd4se43m"]
)
def test_nothing_else_can_be_deleted(id: str) -> None:
    assert Thing.of(id) is None


@given(st.sampled_from(sorted(IDS.values())), st.booleans(), st.none() | st.sampled_from(OpenCaseChoice), st.booleans())
def test_a_token_says_what_was_asked(id: str, erase: bool, choice: OpenCaseChoice | None, take: bool) -> None:
    asked = Asked(id, erase, choice, take)
    assert [asked_by(token_of(asked, "hash", many)) for many in (False, True)] == [asked, asked]


@given(st.text())
def test_no_text_that_is_no_token_is_taken_for_one(text: str) -> None:
    found = asked_by(text)
    assert found is None or asked_by(token_of(found, "hash", False)) == found


def test_a_consumer_takes_relationships_memberships_and_cases() -> None:
    """8.3"""
    found = facts(
        ANN,
        tie(1, "FRIEND", ANN, BEA),
        tie(2, "HOUSEHOLD_MEMBER", ANN, HOME),
        tie(3, "REP", ANN, BEA, within=Within(HOME, TODAY, None)),
        cases=(case(1, ANN), case(2, ANN, status=CaseStatus.CLOSED)),
    )
    common = {
        "relationship_1": Rule.RELATIONSHIP_OF_PARTY,
        "relationship_2": Rule.MEMBERSHIP,
        "relationship_3": Rule.RELATIONSHIP_OF_PARTY,
        "case_2": Rule.CLOSED_CASE,
    }
    assert rules(found) == rules(found, open_cases=OpenCaseChoice.DELETE) == {**common, "case_1": Rule.OPEN_CASE}
    assert rules(found, open_cases=OpenCaseChoice.CLOSE) == {**common, "case_1": Rule.OPEN_CASE_CLOSED}


def test_a_household_takes_memberships_what_is_within_and_all_else_and_its_cases_lose_it() -> None:
    """8.3"""
    found = facts(
        HOME,
        tie(1, "HOUSEHOLD_MEMBER", ANN, HOME),
        tie(2, "REP", ANN, BEA, within=Within(HOME, TODAY, None)),
        tie(3, "HOUSEHOLD_TEAM", SAM, HOME),
        cases=(case(1, ANN, household=HOME), case(2, BEA, household=HOME, status=CaseStatus.CLOSED)),
    )
    assert rules(found) == {
        "relationship_1": Rule.MEMBERSHIP,
        "relationship_2": Rule.WITHIN_HOUSEHOLD,
        "relationship_3": Rule.RELATIONSHIP_OF_PARTY,
        "case_1": Rule.CASE_LEAVES_HOUSEHOLD,
        "case_2": Rule.CASE_LEAVES_HOUSEHOLD,
    }
    assert plan_delete(Asked(HOME), found, "viewer").blockers == ()


def test_a_user_leaves_cases_unassigned() -> None:
    """8.3"""
    found = facts(SAM, tie(1, "CONSUMER_TEAM", SAM, ANN), cases=(case(1, ANN, assignee=SAM), case(2, ANN)))
    assert rules(found) == {"relationship_1": Rule.RELATIONSHIP_OF_PARTY, "case_1": Rule.CASE_UNASSIGNED}


def test_a_type_takes_its_relationships_its_groups_and_what_they_are_ends_of() -> None:
    """8.3"""
    id, club = IDS[Thing.RELATIONSHIP_TYPE], PartyId(IDS[Thing.GROUP])
    found = facts(
        id,
        tie(1, "CLUB", ANN, club),
        tie(2, "OTHER", club, BEA),
        root=root(id, code="CLUB", edge="MEMBER_OF"),
        parties=(Doomed(club, 7),),
    )
    assert rules(found) == {
        club: Rule.GROUP_OF_TYPE,
        "relationship_1": Rule.RELATIONSHIP_OF_TYPE,
        "relationship_2": Rule.RELATIONSHIP_OF_PARTY,
    }


@pytest.mark.parametrize("other_row", [False, True])
def test_who_is_no_member_any_more_takes_what_was_made_within_the_household(other_row: bool) -> None:
    """4.2, 8.3: not where another membership of the same two still holds."""
    id = IDS[Thing.RELATIONSHIP_TYPE]
    lodger = tie(1, "LODGER", ANN, HOME)
    rows = [Membership(lodger.id, ANN, HOME, ALWAYS), Membership(RelationshipId("b"), BEA, HOME, ALWAYS)]
    rows += [Membership(RelationshipId("a"), ANN, HOME, ALWAYS)] if other_row else []
    within = tie(2, "REP", ANN, BEA, within=Within(HOME, TODAY, None))
    found = facts(
        id,
        lodger,
        root=root(id, code="LODGER", edge="MEMBER_OF"),
        parties=(),
        housed=(within,),
        places=Places(TODAY, rows),
    )
    expected = {} if other_row else {"relationship_2": Rule.END_LEFT_HOUSEHOLD}
    assert rules(found) == {"relationship_1": Rule.RELATIONSHIP_OF_TYPE, **expected}
    assert leaving(found) == [lodger]
    assert leaving(facts(HOME, lodger)) == leaving(facts(ANN, lodger)) == []


def test_a_responsibility_is_blocked_while_used_unless_told() -> None:
    """8.3"""
    id = IDS[Thing.RESPONSIBILITY]
    found = facts(id, tie(1, "T", SAM, ANN, responsibility="CARER"), root=root(id, code="CARER"), parties=())
    assert rules(found) == {"relationship_1": Rule.RELATIONSHIP_WITH_RESPONSIBILITY}
    blocked = StillUsed(path=("takeRelationships",), count=1, examples=(RelationshipId("relationship_1"),))
    assert plan_delete(Asked(id), found, "viewer").blockers == (blocked,)
    assert plan_delete(Asked(id, take_relationships=True), found, "viewer").blockers == ()
    assert plan_delete(Asked(id), replace(found, relationships=()), "viewer").blockers == ()


@pytest.mark.parametrize(("erase", "built_in", "kept", "own", "many"), [*product([False, True], repeat=5)])
def test_what_is_in_the_way(erase: bool, built_in: bool, kept: bool, own: bool, many: bool) -> None:
    """8.1, 8.3, 5.7"""
    found = facts(SAM, many=many, root=root(SAM, built_in=built_in, kept=kept))
    plan = plan_delete(Asked(SAM, erase), found, SAM if own else "viewer")
    assert all(isinstance(blocker, CannotBeDeleted) and blocker.path == ("id",) for blocker in plan.blockers)
    assert len(plan.blockers) == built_in + own + (kept and not erase) + (many and erase)


@pytest.mark.parametrize("status", CaseStatus)
@pytest.mark.parametrize("choice", [None, *OpenCaseChoice])
def test_open_cases_are_in_the_way_until_chosen(status: CaseStatus, choice: OpenCaseChoice | None) -> None:
    """8.3: not those of others."""
    found = facts(ANN, cases=(case(1, ANN, status=status), case(2, BEA)))
    blocked = OpenCases(path=("openCases",), count=1, cases=(CaseId("case_1"),))
    expected = (blocked,) if status is CaseStatus.OPEN and choice is None else ()
    assert plan_delete(Asked(ANN, open_cases=choice), found, "viewer").blockers == expected


def test_a_token_covers_all_that_a_plan_rests_on() -> None:
    """8.2: of many records what was asked for alone."""
    ties = (tie(1, "FRIEND", ANN, BEA), tie(2, "FRIEND", ANN, BEA))
    found = facts(ANN, *ties, cases=(case(1, ANN, status=CaseStatus.CLOSED),))
    token = plan_delete(Asked(ANN), found, "viewer").token
    others = [
        plan_delete(Asked(ANN), found, "another").token,
        plan_delete(Asked(ANN, erase=True), found, "viewer").token,
        plan_delete(Asked(ANN), replace(found, relationships=ties[:1]), "viewer").token,
        plan_delete(Asked(ANN), replace(found, relationships=(ties[0], replace(ties[1], version=2))), "viewer").token,
        plan_delete(Asked(ANN), replace(found, cases=(case(1, ANN),)), "viewer").token,
        plan_delete(Asked(ANN), replace(found, root=replace(found.root, version=4)), "viewer").token,
        plan_delete(Asked(ANN), replace(found, many=True), "viewer").token,
    ]
    assert len({token, *others}) == len(others) + 1
    assert plan_delete(Asked(ANN), replace(found, relationships=ties[::-1]), "viewer").token == token
    many = replace(found, many=True)
    assert [is_many(plan_delete(Asked(ANN), one, "viewer").token) for one in (found, many)] == [False, True]
    assert (
        plan_delete(Asked(ANN), many, "viewer").token
        == plan_delete(Asked(ANN), replace(many, relationships=()), "viewer").token
    )


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_ten_thousand_records_go_at_once(more: int) -> None:
    """8.2: what was asked for is one of them."""
    ties = [tie(number, "FRIEND", ANN, BEA) for number in range(MOST + more)]
    plan = plan_delete(Asked(ANN), facts(ANN, *ties), "viewer")
    assert (plan.many, len(plan.items)) == (more >= 0, min(MOST + 1 + more, MOST + 1))


def test_a_closing_time_changes_nothing_of_a_case_that_goes() -> None:
    found = facts(ANN, cases=(case(1, ANN, status=CaseStatus.CLOSED, closed_at=datetime(2026, 1, 1, tzinfo=UTC)),))
    assert rules(found) == {"case_1": Rule.CLOSED_CASE}


@pytest.mark.parametrize(
    ("room", "most"), [(None, MOST), (2**40, MOST), (192 * 2**20, 8_388), (96 * 2**20, 4_194), (0, 0)]
)
def test_no_more_goes_at_once_than_a_transaction_holds(room: int | None, most: int) -> None:
    """8.2: up to 10,000, where the database lets a transaction take so much memory."""
    assert most_at_once(room) == most
