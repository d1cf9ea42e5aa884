"""The classes of viewers (SPEC 5.6): what each sees, in the planner's terms.

Who is hidden is absent where a field's type is of records, and has a placeholder where it is `Party`.
"""

from collections.abc import Mapping

from domain.access import Sight
from resolvers.reading.viewers import Along, Test, ViewerClass
from schema.scopes import partner_apps

STAFF = Test("access/reached_by_staff", "party")
CONSUMER = Test("access/reached_by_consumer", "party")
SEEN, VIEWED = Test("access/seen", "party"), Test("access/viewed", "party")
CASE, CASE_REACHED = Test("access/case_viewed", "this_case"), Test("access/case_reached", "this_case")
VIEWER, JOB = "access/viewer", "access/job"
SERVED = Along(
    "access/reached_along", frozenset({"relationship", "near", "far"}), near=Test("access/reaching", "party")
)

CONTACT = (
    *("Consumer.email", "Consumer.login", "Consumer.phone", "Consumer.address"),
    *("Account.email", "Account.phone", "Account.address"),
)
DATED = ("validFrom", "validFromInWords", "validTo", "validToInWords", "properties", "pedigree", "note")
"""What of a relationship is not told where an end is hidden."""
EVERY_CASE = ("cases/all", "cases/in_status", "cases/among_assignees")


def bounded(sight: Sight, reached: Test, parties: str, cases: str, along: Along | None = None) -> ViewerClass:
    """A class that sees only whom relationships reach; `parties` and `cases` find what that may be, from the viewer's
    side."""
    both = {"far": SEEN, "relationship": Test("access/both_seen", "relationship")}
    return ViewerClass(
        sight.value,
        predicates={
            "party": SEEN.fragment,
            "change": "access/change",
            "entry": "access/entry",
            "this_case": CASE.fragment,
            "job": JOB,
        },
        redacted={f"Relationship.{field}": both for field in DATED},
        tests={"seen": SEEN, "viewed": VIEWED, "case_viewed": CASE, "reached": reached},
        instead={
            "parties/all": parties,
            "relationships/by_id": "access/relationship_by_id",
            "relationships/by_ids": "access/relationships_by_ids",
            "operations/by_id": "access/operation_by_id",
            "operations/by_ids": "access/operations_by_ids",
            **dict.fromkeys(EVERY_CASE, cases),
        },
        prologue=VIEWER,
        along=along,
    )


def agents() -> ViewerClass:
    """Those who see all parties, and of cases those that relationships grant."""
    return ViewerClass(
        Sight.AGENT.value,
        predicates={"this_case": CASE.fragment, "change": "access/case_change", "job": JOB},
        tests={"viewed": VIEWED, "case_viewed": CASE, "case_reached": CASE_REACHED, "reached": STAFF},
        instead=dict.fromkeys(EVERY_CASE, "access/cases_of_staff"),
        prologue=VIEWER,
    )


def analysts(sight: Sight, more: Mapping[str, Mapping[str, Test]], searchable: Mapping[str, Test]) -> ViewerClass:
    """Those who see all but the texts of cases, unless relationships grant them, and `more`."""
    return ViewerClass(
        sight.value,
        predicates={"job": JOB},
        redacted={
            **{field: {"this_case": CASE_REACHED} for field in ("Case.subject", "Case.description")},
            "CaseComment.text": {"comment": Test("access/comment", "comment")},
            **more,
        },
        tests={"reached": STAFF, "case_reached": CASE_REACHED, **searchable},
        instead={"cases/found": "access/cases_by_number"},
        prologue=VIEWER,
    )


HIDDEN_FROM_ANALYSTS: Mapping[str, Mapping[str, Test]] = {
    **{field: {"party": SEEN} for field in (*CONTACT, "Household.address")},
    "Relationship.note": {"relationship": Test("access/both_reached", "relationship")},
    **{field: {"change": Test("access/change_profiles", "change")} for field in ("Change.old", "Change.new")},
}
"""Contact data and notes, and what changes say of them, which a relationship of theirs may grant all the same."""

VIEWERS = (
    ViewerClass("all", {}),
    ViewerClass(Sight.ALL.value, {}, prologue="access/manager"),
    agents(),
    analysts(
        Sight.ANALYST,
        HIDDEN_FROM_ANALYSTS,
        {"searchable": Test("access/searchable", "party"), "words": Test("access/words_of_names", "query")},
    ),
    analysts(
        Sight.AGENT_ANALYST,
        {
            "Change.old": {"change": Test("access/case_change", "change")},
            "Change.new": {"change": Test("access/case_change", "change")},
        },
        {},
    ),
    bounded(Sight.STAFF, STAFF, "access/parties_of_staff", "access/cases_of_staff", SERVED),
    bounded(Sight.CONSUMER, CONSUMER, "access/parties_of_consumer", "access/cases_of_consumer"),
    partner_apps(),
)
