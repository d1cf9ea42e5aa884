"""SPEC 7.1 to 7.3: what a plan of a merge says, whatever the two have."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.collapsing import MergeOutcome
from domain.ids import CaseId, ConsentId, PartnerAppId, PartyId, PointsEntryId
from domain.ledgers import Line
from domain.lifecycle import InactiveReason, Standing
from domain.merge_facts import MOST_RECORDS, MergeFacts, MovedCase, MovedConsent
from domain.merge_items import MergeItemKind, counts, items
from domain.merge_tokens import Asked, asked_by, token_of
from domain.merging import MergePlan, MergeWarning, can_go, fits, plan_merge
from domain.parties import CustomerStatus, ExternalId, Party, PartyKind, new_party
from domain.refusals import InvalidValue, NotTheSame, Refused, TooMany, TooManyRecords, WouldMakeCycle, WrongSurvivor
from domain.relationships import Relationship
from domain.winners import MergeSide
from domain.within import Places
from tests.domain import ties
from tests.domain.ties import ACCOUNT_TEAM, CONTACT, FRANCHISE, HEAD_OFFICE, MEMBER, PARENT, SPOUSE, STAFF, party, tie

TODAY = date(2026, 6, 1)
TYPES = {type.code: type for type in ties.TYPES}
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def person(**given: Any) -> Party:
    """A consumer."""
    return new_party(PartyKind.CONSUMER, given, "US")


def company(**given: Any) -> Party:
    """An account."""
    return new_party(PartyKind.ACCOUNT, {"legal_name": "Ost", **given}, "US")


def facts(survivor: Party, merged: Party, *theirs: Relationship, **more: Any) -> MergeFacts:
    """What a merge rests on; what is not told is nothing."""
    told = {"records": len(theirs), "types": TYPES, "responsibilities": ties.RESPONSIBILITIES, "places": Places(TODAY)}
    return MergeFacts(survivor=survivor, merged=merged, theirs=theirs, **(told | more))


def plan(found: MergeFacts, viewer: str = "v", **chosen: MergeSide) -> MergePlan:
    """The plan of it."""
    return plan_merge(Asked(found.survivor.id, found.merged.id, tuple(chosen.items())), found, viewer)


STANDINGS = [
    Standing(CustomerStatus.ACTIVE),
    Standing(CustomerStatus.ENROLLED),
    Standing(CustomerStatus.INACTIVE, InactiveReason.UNENROLLED),
    Standing(CustomerStatus.INACTIVE, InactiveReason.DEACTIVATED, CustomerStatus.ACTIVE),
    Standing(CustomerStatus.MERGED),
]
FIT = {("ACTIVE", "ACTIVE"), ("ENROLLED", "ACTIVE"), ("ENROLLED", "ENROLLED")} | {
    (status, "UNENROLLED") for status in ("ACTIVE", "ENROLLED")
}
"""Survivor and merged one, by status or reason (7.1)."""


def short(standing: Standing) -> str:
    """A standing in a word."""
    return standing.reason.name if standing.reason else standing.status.name


@pytest.mark.parametrize("merged", STANDINGS, ids=short)
@pytest.mark.parametrize("survivor", STANDINGS, ids=short)
def test_the_table_of_statuses(survivor: Standing, merged: Standing) -> None:
    """SPEC 7.1: and whether it would work the other way round."""
    allowed = (short(survivor), short(merged)) in FIT
    assert fits(survivor, merged) is allowed
    ours, theirs = (
        replace(one, properties={**one.properties, **standing.stored()})
        for one, standing in ((person(), survivor), (person(), merged))
    )
    found = plan(facts(ours, theirs))
    assert bool(found.blockers) is not allowed
    assert found.can_swap is ((short(merged), short(survivor)) in FIT)
    if not allowed and can_go(survivor) and can_go(merged):
        assert [type(one) for one in found.blockers] == [WrongSurvivor]


def test_the_survivor_has_the_winners_values_and_both_ids_elsewhere_and_goes_by_its_name() -> None:
    ours = person(given_name="Ann", external_ids=[{"system": "crm", "value": "1"}])
    theirs = person(given_name="Bea", family_name="Ost", external_ids=[{"system": "crm", "value": "2"}])
    found = plan(facts(ours, theirs))
    assert found.after.properties["name"] == "Ann Ost"
    assert "ann ost" in str(found.after.properties["search"])
    assert found.after.external_ids == (ExternalId("crm", "1"), ExternalId("crm", "2"))
    assert found.after.properties["number"] == ours.properties["number"]
    assert (found.merged.properties["status"], found.merged.external_ids) == ("MERGED", ())
    assert found.merged.properties["name"] == "Bea Ost"
    assert plan(facts(ours, theirs), givenName=MergeSide.MERGED).after.properties["name"] == "Bea Ost"


def test_a_date_of_death_makes_deceased_and_one_before_the_birth_is_in_the_way() -> None:
    theirs = person(death_date="1950")
    assert plan(facts(person(), theirs), deceased=MergeSide.SURVIVOR).after.properties["deceased"] is True
    (blocker,) = plan(facts(person(birth_date="1990"), theirs)).blockers
    assert isinstance(blocker, InvalidValue)
    assert plan(facts(person(birth_date="1990"), theirs), deathDate=MergeSide.SURVIVOR).blockers == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "warned"),
    [
        ("1980-05-17", "1980-05-18", True),
        ("1980-05-17", "1980-05-17", False),
        ("1980", "1980-05-17", False),
        ("1981", "1980-05-17", True),
        ("../1979", "1980-05-17", True),
        ("1823~", None, False),
        (None, None, False),
    ],
)
def test_birth_dates_differ_where_they_cannot_be_the_same_day(ours: str, theirs: str, warned: bool) -> None:
    found = plan(facts(person(birth_date=ours), person(birth_date=theirs)))
    assert found.warnings == ((MergeWarning.BIRTH_DATES_DIFFER,) if warned else ())


def test_parents_and_partners_are_warned_of_over_all_time() -> None:
    ours, theirs = person(), person()
    between = [tie(1, PARENT, theirs.id, ours.id), tie(2, SPOUSE, ours.id, theirs.id, None, "1950")]
    assert plan(facts(ours, theirs, *between)).warnings == (
        MergeWarning.RELATED_BY_PARENTAGE,
        MergeWarning.RELATED_BY_PARTNERSHIP,
    )


def test_those_marked_and_too_many_are_in_the_way_both_ways_round() -> None:
    ours, theirs = person(), person()
    assert plan(facts(ours, theirs, records=MOST_RECORDS)).blockers == ()
    found = plan(facts(ours, theirs, records=MOST_RECORDS + 1, not_same=True))
    assert [type(one) for one in found.blockers] == [NotTheSame, TooManyRecords]
    assert found.can_swap is False


def test_a_limit_at_either_end_is_in_the_way() -> None:
    ours, theirs, one, other = company(), company(), company(), company()
    above = tie(1, HEAD_OFFICE, one.id, theirs.id, "2000-01-01")
    beside = tie(2, HEAD_OFFICE, other.id, ours.id, "1990-01-01")
    (blocker,) = plan(facts(ours, theirs, above, existing=[beside])).blockers
    assert isinstance(blocker, TooMany)
    assert (blocker.path, blocker.existing) == ((above.id, "target"), (beside.id,))
    ended = replace(beside, period=ties.period("1990-01-01", "2000-01-01"))
    assert plan(facts(ours, theirs, above, existing=[ended])).blockers == ()


def test_a_responsibility_that_only_one_may_carry_is_in_the_way() -> None:
    ours, theirs = company(), company()
    exclusive = replace(ties.ACCOUNT_MANAGER, exclusive=True)
    served = [
        tie(number, ACCOUNT_TEAM, party(STAFF, number), id, responsibility=exclusive.code)
        for number, id in ((1, theirs.id), (2, ours.id))
    ]
    (blocker,) = plan(facts(ours, theirs, served[0], existing=[served[1]], responsibilities=[exclusive])).blockers
    assert (type(blocker), blocker.path) == (TooMany, (served[0].id, "responsibility"))
    assert plan(facts(ours, theirs, served[0], existing=[served[1]])).blockers == ()


@pytest.mark.parametrize("up", [True, False])
def test_a_way_from_one_to_the_other_over_somebody_is_a_cycle_and_a_direct_one_is_none(up: bool) -> None:
    ours, theirs, between = company(), company(), company()
    top, low = (ours.id, theirs.id) if up else (theirs.id, ours.id)
    chain = [tie(1, FRANCHISE, top, between.id), tie(2, HEAD_OFFICE, between.id, low)]
    mine = [one for one in chain if theirs.id in (one.source, one.target)]
    direct = tie(3, FRANCHISE, top, low)
    (blocker,) = plan(facts(ours, theirs, *mine, direct, lineage=[*chain, direct])).blockers
    assert isinstance(blocker, WouldMakeCycle)
    assert set(blocker.cycle) == {ours.id, between.id}
    assert plan(facts(ours, theirs, direct, lineage=[direct])).blockers == ()


def test_a_way_that_never_holds_on_one_day_is_no_cycle() -> None:
    ours, theirs, between = company(), company(), company()
    chain = [
        tie(1, FRANCHISE, ours.id, between.id, None, "2000-01-01"),
        tie(2, FRANCHISE, between.id, theirs.id, "2000-01-01"),
    ]
    assert plan(facts(ours, theirs, chain[1], lineage=chain)).blockers == ()


def lines(name: str, *amounts: int) -> list[Line]:
    """A ledger's lines."""
    return [Line(PointsEntryId(f"points_entry_{name}{n}"), "BONUS", amount, NOW) for n, amount in enumerate(amounts)]


def test_points_that_would_be_too_many_are_in_the_way() -> None:
    more = {"our_lines": lines("a", 600_000_000), "their_lines": lines("b", 400_000_001)}
    (blocker,) = plan(facts(person(), person(), **more)).blockers
    assert (type(blocker), blocker.path) == (InvalidValue, ("points", "BONUS"))


def test_all_that_is_moved_is_listed_and_counted() -> None:
    ours, theirs = person(), person(external_ids=[{"system": "crm", "value": "2"}])
    more = {"their_lines": lines("b", 3, 4), "cases": [MovedCase(CaseId("case_1"), 1)]}
    ours_too = [MovedConsent(ConsentId("consent_1"), PartnerAppId("app_1"), open=True)]
    more |= {
        "our_consents": ours_too,
        "their_consents": [
            MovedConsent(ConsentId("consent_2"), PartnerAppId("app_1"), open=True),
            MovedConsent(ConsentId("consent_3"), PartnerAppId("app_1"), open=False),
            MovedConsent(ConsentId("consent_4"), PartnerAppId("app_2"), open=True),
        ],
    }
    found = list(items(plan(facts(ours, theirs, tie(1, CONTACT, theirs.id, company().id), **more))))
    assert [(one.kind.name, one.record, one.amount) for one in found] == [
        ("RELATIONSHIP", "relationship_1", None),
        ("CASE", "case_1", None),
        ("POINTS", "BONUS", 7),
        ("EXTERNAL_ID", "crm|2", None),
        *(("CONSENT", f"consent_{n}", None) for n in (2, 3, 4)),
    ]
    assert [one.outcome.name for one in found[-3:]] == ["DROPPED", "MOVED", "MOVED"]
    assert {kind: count for kind, _, count in counts(found[:-3])} == {
        kind: 1 for kind in MergeItemKind if kind not in (MergeItemKind.MEMBERSHIP, MergeItemKind.CONSENT)
    }
    assert [count for kind, _, count in counts(found) if kind is MergeItemKind.CONSENT] == [2, 1]


def test_a_place_that_is_only_primary_no_more_is_listed_beside_what_becomes_of_the_others() -> None:
    """7.2: theirs makes ours of before open at both ends, and the one of years to come gives way to it."""
    ours, theirs, home, later = person(), person(), party(PartyKind.HOUSEHOLD, 1), party(PartyKind.HOUSEHOLD, 2)
    before = tie(1, MEMBER, ours.id, home, primary=True, end="1999-05-01")
    to_come = tie(2, MEMBER, ours.id, later, primary=True, start="2131-01-01")
    moved = tie(3, MEMBER, theirs.id, home, primary=True)
    found = list(items(plan(facts(ours, theirs, moved, existing=[before, to_come, moved]))))
    assert [(one.record, one.outcome.name) for one in found] == [
        (moved.id, "COLLAPSED"),
        (to_come.id, "CHANGED"),
    ]
    assert counts(found) == [
        (MergeItemKind.MEMBERSHIP, MergeOutcome.COLLAPSED, 1),
        (MergeItemKind.MEMBERSHIP, MergeOutcome.CHANGED, 1),
    ]


def test_who_no_longer_wants_email_is_written_down_with_the_time() -> None:
    wants = {"email_opt_in": True, "email_opt_in_origin": "phone"}
    ours, theirs = person(), person()
    ours = replace(ours, properties={**ours.properties, **wants})
    after = plan(facts(ours, theirs)).survivor(NOW, "me").properties
    assert (after["email_opt_in"], after["email_opt_in_at"], after["email_opt_in_origin"]) == (False, NOW, "merge")
    theirs = replace(theirs, properties={**theirs.properties, **wants})
    assert plan(facts(ours, theirs)).survivor(NOW, "me").properties["email_opt_in"] is True


def rests_on() -> Mapping[str, MergeFacts]:
    """Facts that differ each in one thing that a plan rests on."""
    ours, theirs, account = company(), company(), company()
    friend = tie(1, FRANCHISE, theirs.id, account.id)
    base = facts(ours, theirs, friend, their_lines=lines("b", 3), cases=[MovedCase(CaseId("case_1"), 1)])
    tighter = {**TYPES, "FRANCHISE": replace(FRANCHISE, max_per_source=1)}
    return {
        "base": base,
        "survivor": replace(base, survivor=replace(ours, version=2)),
        "merged": replace(base, merged=replace(theirs, version=2)),
        "external ids": replace(base, merged=replace(theirs, external_ids=(ExternalId("a", "b"),))),
        "balances": replace(base, survivor=replace(ours, properties={**ours.properties, "points_entries": 1})),
        "relationship": replace(base, theirs=[replace(friend, version=2)]),
        "no relationship": replace(base, theirs=[]),
        "beside": replace(base, existing=[tie(2, FRANCHISE, ours.id, account.id)]),
        "type": replace(base, types=tighter),
        "case": replace(base, cases=[MovedCase(CaseId("case_1"), 2)]),
        "points": replace(base, their_lines=lines("b", 4)),
        "marked": replace(base, not_same=True),
    }


def test_a_token_is_another_for_all_that_a_plan_rests_on_and_the_same_for_the_same() -> None:
    """SPEC 7.3: and for another viewer, and other winners."""
    found = rests_on()
    tokens = {name: plan(one).token for name, one in found.items()}
    tokens["viewer"] = plan(found["base"], "other").token
    tokens["winners"] = plan(found["base"], legalName=MergeSide.MERGED).token
    assert len(set(tokens.values())) == len(tokens)
    assert plan(found["base"]).token == tokens["base"]


def test_a_token_names_whom_it_is_of_and_what_was_chosen() -> None:
    asked = Asked(PartyId("consumer_a"), PartyId("consumer_b"), (("relationship_1.note", MergeSide.MERGED),))
    assert asked_by(token_of(asked, "digest")) == asked


@pytest.mark.parametrize(
    "token", ["", ".", "é", "W10=.x", "bnVsbA==.x", "W1sxXSwyLFtdXQ==.x", "WyJhIiwiYiIsWzFdXQ==", "x" * 9]
)
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Refused) as caught:
        asked_by(token)
    assert [refusal.path for refusal in caught.value.refusals] == [("token",)]
