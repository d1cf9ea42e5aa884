"""DESIGN 6: refusals are plain data with a place in the input."""

from datetime import UTC, datetime

import pytest

from domain.ids import (
    CaseId,
    ConsentId,
    OperationId,
    PartyId,
    PointsTypeId,
    RelationshipId,
    RelationshipTypeId,
    ResponsibilityId,
)
from domain.refusals import (
    ActionNotAvailable,
    AlreadyConsented,
    AlreadyTaken,
    CannotBeDeleted,
    CannotBeRestored,
    ChangedSince,
    DeletePlanChanged,
    DuplicateRelationship,
    EndBeforeStart,
    IdempotencyKeyReused,
    InactivePointsType,
    InactiveRelationshipType,
    InactiveResponsibility,
    InvalidProperty,
    InvalidValue,
    LaterMerge,
    MailNotSetUp,
    MergedAway,
    MissingLogin,
    MissingResponsibility,
    MissingRole,
    NoSession,
    NotAllowed,
    NotConfirmed,
    NotConsented,
    NotEnoughPoints,
    NotFound,
    NotInOneHousehold,
    NotTheSame,
    NotUnderWay,
    OpenCases,
    PlanChanged,
    Refusal,
    Refused,
    ResetUnderWay,
    SelfRelationship,
    StaleVersion,
    StillUsed,
    TooMany,
    TooManyRecords,
    UnknownPointsType,
    UnknownRelationshipType,
    WouldMakeCycle,
    WouldNotFit,
    WrongAge,
    WrongCaseStatus,
    WrongKind,
    WrongPassword,
    WrongResponsibility,
    WrongSurvivor,
    demand,
)

A, B = PartyId("consumer_a"), PartyId("consumer_b")
R = RelationshipId("relationship_a")
MESSAGES: list[tuple[Refusal, str]] = [
    (Refusal(), "This is not possible."),
    (InvalidValue(path=("email",), reason="is not an email address"), "email: is not an email address"),
    (InvalidValue(reason="is not an email address"), "The value: is not an email address"),
    (InvalidProperty(path=("properties", "since"), reason="is required"), "since: is required"),
    (NotFound(), "Nothing is known by this id."),
    (NotAllowed(missing=("ADMIN", "MANAGER")), "This needs ADMIN or MANAGER."),
    (StaleVersion(record=A, current_version=7), "This was changed meanwhile; its version is now 7."),
    (AlreadyTaken(path=("login",)), "login is already taken."),
    (AlreadyTaken(by=A), "This is already taken."),
    (UnknownRelationshipType(code="X"), "There is no relationship type of this code."),
    (
        InactiveRelationshipType(type=RelationshipTypeId("t"), name="Friend"),
        "The type Friend takes no new relationships.",
    ),
    (WrongKind(allowed=("CONSUMER", "ACCOUNT")), "Only CONSUMER or ACCOUNT can stand here."),
    (SelfRelationship(), "Nobody can be related to themself."),
    (DuplicateRelationship(existing=R), "The two are related by this type in this period already."),
    (DuplicateRelationship(existing=None), "The two are related by this type in this period twice in this input."),
    (WouldMakeCycle(cycle=(A, B)), "This would make a cycle of 2 parties."),
    (TooMany(limit=1, existing=(R,)), "At most 1 of this type at a time."),
    (
        TooMany(path=("0", "responsibility"), limit=1, existing=(R,)),
        "At most 1 with this responsibility at a time.",
    ),
    (
        InactiveResponsibility(responsibility=ResponsibilityId("r"), name="School Contact"),
        "The responsibility School Contact takes no new relationships.",
    ),
    (MissingRole(role="RELATIONSHIP_AGENT"), "This needs somebody who is RELATIONSHIP_AGENT."),
    (TooMany(path=("head",), limit=1, existing=(R,)), "At most 1 head at a time."),
    (TooMany(path=("primary",), limit=1, existing=(R,)), "At most 1 primary household at a time."),
    (
        NotInOneHousehold(),
        "Both must be members of this household on the first day, and must not have left since.",
    ),
    (CannotBeRestored(reason="has been undone already"), "This has been undone already."),
    (MergedAway(survivor=A), "This customer was merged into another."),
    (
        WrongSurvivor(status="ACTIVE"),
        "A survivor is ENROLLED, or ACTIVE where the other is not ENROLLED; this one is ACTIVE.",
    ),
    (NotTheSame(), "The two, or others merged into them, are marked as not the same."),
    (TooManyRecords(count=20_001, limit=20_000), "This concerns 20,001 records; at most 20,000 can be done at once."),
    (NotConfirmed(warnings=("A", "B")), "These warnings must be confirmed: A, B."),
    (
        LaterMerge(operation=OperationId("operation_a")),
        "A later merge of the same customer has to be undone first.",
    ),
    (ChangedSince(), "This was changed since."),
    (PlanChanged(plan=None), "The plan has changed; look at the new one."),
    (DeletePlanChanged(plan=None), "The plan has changed; look at the new one."),
    (CannotBeDeleted(reason="is built in"), "This is built in."),
    (NotUnderWay(state="DONE"), "This job is DONE; it cannot be cancelled."),
    (OpenCases(count=1, cases=(CaseId("c"),)), "1 open case must be closed or deleted."),
    (OpenCases(count=1_200, cases=(CaseId("c"),)), "1,200 open cases must be closed or deleted."),
    (StillUsed(count=1, examples=(R,)), "1 relationship still uses this."),
    (StillUsed(count=2, examples=(R,)), "2 relationships still use this."),
    (MissingResponsibility(), "A relationship of this type needs a responsibility."),
    (WrongResponsibility(allowed=("X", "Y")), "The responsibility must be X or Y."),
    (WrongResponsibility(allowed=()), "No responsibility here."),
    (EndBeforeStart(), "The end lies before the start."),
    (IdempotencyKeyReused(), "Something else was done under this idempotency key."),
    (WouldNotFit(count=1, examples=(R,)), "1 relationship would not fit."),
    (WouldNotFit(count=1_200, examples=(R,)), "1,200 relationships would not fit."),
    (
        ActionNotAvailable(action="MERGE", status="INACTIVE (DEACTIVATED)", available=("REACTIVATE",)),
        "MERGE is not possible for a customer who is INACTIVE (DEACTIVATED).",
    ),
    (MissingLogin(), "This needs somebody who has a login."),
    (
        ResetUnderWay(until=datetime(2026, 11, 30, tzinfo=UTC)),
        "A new password is on its way; wait until what becomes of it stands in the history.",
    ),
    (MailNotSetUp(), "This needs a mail server, which is not set up."),
    (UnknownPointsType(code="X"), "There is no points type of this code."),
    (InactivePointsType(type=PointsTypeId("t"), name="Bonus"), "The points type Bonus takes no more adjustments."),
    (NotEnoughPoints(balance=1_200), "There are 1,200 points of this type, which cannot become fewer than none."),
    (WrongCaseStatus(status="CLOSED"), "This case is CLOSED already."),
    (WrongPassword(), "This is not the password."),
    (NoSession(), "There is no session of Kith's to end; end it where it began."),
    (
        WrongAge(by_guardian=False),
        "Only who is known to be 16 consents; for a child a parent or an Authorized Representative does.",
    ),
    (
        WrongAge(by_guardian=True),
        "Only for who is known to be under 16 a parent or an Authorized Representative consents.",
    ),
    (AlreadyConsented(existing=ConsentId("c")), "There is a consent to this app; withdraw it first."),
    (NotConsented(), "There is no consent to this app."),
]


@pytest.mark.parametrize(("refusal", "message"), MESSAGES)
def test_a_refusal_says_in_a_sentence_what_is_wrong(refusal: Refusal, message: str) -> None:
    """SPEC 3.5"""
    assert refusal.message == message


def test_every_refusal_has_its_sentence_tested() -> None:
    """SPEC 3.5"""
    known = {Refusal, *Refusal.__subclasses__(), *InvalidValue.__subclasses__(), *PlanChanged.__subclasses__()}
    assert {type(refusal) for refusal, _ in MESSAGES} == known


def test_a_place_is_seen_from_further_out() -> None:
    """SPEC 3.4"""
    assert NotFound(path=("target",)).under("relationships", "2") == NotFound(path=("relationships", "2", "target"))


def test_a_place_is_told_as_another_input_calls_it() -> None:
    """SPEC 3.4"""
    refusal = TooMany(path=("0", "source"), limit=1, existing=())
    assert refusal.renamed({"source": "party"}) == TooMany(path=("0", "party"), limit=1, existing=())


def test_all_that_is_wrong_is_raised_at_once() -> None:
    """SPEC 3.4"""
    wrong = [NotFound(path=("source",)), SelfRelationship(path=("target",))]
    with pytest.raises(Refused) as caught:
        demand(wrong)
    assert caught.value.refusals == tuple(wrong)
    assert str(caught.value) == "Nothing is known by this id.; Nobody can be related to themself."


def test_nothing_wrong_raises_nothing() -> None:
    """SPEC 3.4"""
    demand([])
