"""The classes of viewers (SPEC 5.6): what each sees, in the planner's terms.

Who is hidden is absent where a field's type is of records, and has a placeholder where it is `Party`.
"""

from collections.abc import Mapping

from domain.access import Sight
from resolvers.reading.viewers import Test, ViewerClass

STAFF = Test("access/reached_by_staff", "party")
CONSUMER = Test("access/reached_by_consumer", "party")
SEEN = Test("access/seen", "party")
VIEWER = "access/viewer"

CONTACT = ("Consumer.email", "Consumer.phone", "Consumer.address", "Account.email", "Account.phone", "Account.address")
DATED = ("validFrom", "validFromInWords", "validTo", "validToInWords", "properties", "pedigree", "note")
"""What of a relationship is not told where an end is hidden."""


def bounded(sight: Sight, reached: Test, parties: str) -> ViewerClass:
    """A class that sees only whom relationships reach; `parties` finds who that may be, from the viewer's side."""
    both = {"far": SEEN, "relationship": Test("access/both_seen", "relationship")}
    return ViewerClass(
        sight.value,
        predicates={"party": SEEN.fragment, "change": "access/change", "entry": "access/entry"},
        redacted={f"Relationship.{field}": both for field in DATED},
        tests={"seen": SEEN, "reached": reached},
        instead={
            "parties/all": parties,
            "relationships/by_id": "access/relationship_by_id",
            "relationships/by_ids": "access/relationships_by_ids",
            "operations/by_id": "access/operation_by_id",
            "operations/by_ids": "access/operations_by_ids",
        },
        prologue=VIEWER,
    )


def analysts() -> ViewerClass:
    """Those who see all but contact data, notes, what changes said and the texts of cases, unless relationships of theirs
    reach them."""
    contact: Mapping[str, Test] = {"party": SEEN}
    return ViewerClass(
        Sight.ANALYST.value,
        predicates={},
        redacted={
            **dict.fromkeys((*CONTACT, "Household.address"), contact),
            "Relationship.note": {"relationship": Test("access/both_profiles", "relationship")},
            **dict.fromkeys(("Change.old", "Change.new"), {"change": Test("access/change_profiles", "change")}),
        },
        tests={"reached": STAFF, "searchable": Test("access/searchable", "party")},
        prologue=VIEWER,
    )


VIEWERS = (
    ViewerClass("all", {}),
    ViewerClass(Sight.ALL.value, {}, prologue="access/standing"),
    ViewerClass(Sight.AGENT.value, {}, tests={"reached": STAFF}, prologue=VIEWER),
    ViewerClass(Sight.AGENT_ANALYST.value, {}, tests={"reached": STAFF}, prologue=VIEWER),
    analysts(),
    bounded(Sight.STAFF, STAFF, "access/parties_of_staff"),
    bounded(Sight.CONSUMER, CONSUMER, "access/parties_of_consumer"),
)
