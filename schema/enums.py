"""Enumerations that several parts of the schema share; their values are what the graph keeps.

Those of the rules are made GraphQL's here; `strawberry.enum` marks them and returns the same class.
"""

from enum import Enum

import strawberry

from domain.access import Grant, Reach
from domain.access import Need as AccessNeed
from domain.cases import CaseStatus
from domain.consumers import Gender, OtherNameKind
from domain.family import CoupleKind
from domain.internal_users import Role
from domain.jobs import JobKind, JobState
from domain.lifecycle import CustomerAction, InactiveReason
from domain.parties import CustomerStatus, PartyKind
from domain.partner_apps import AppScope
from domain.properties import PropertyKind
from domain.relationship_types import Category as RelationshipCategory
from domain.relationship_types import Pedigree

__all__ = [
    "AccessNeed",
    "AppScope",
    "CaseStatus",
    "CoupleKind",
    "CustomerAction",
    "CustomerStatus",
    "Direction",
    "Gender",
    "Grant",
    "InactiveReason",
    "JobKind",
    "JobState",
    "OtherNameKind",
    "PartyKind",
    "Pedigree",
    "Period",
    "PropertyKind",
    "Reach",
    "RelationshipCategory",
    "RelationshipOrder",
    "Role",
]

strawberry.enum(PartyKind, description="The kinds of parties.")
strawberry.enum(CustomerStatus, description="Where a customer stands.")
strawberry.enum(InactiveReason, description="Why a customer is INACTIVE.")
strawberry.enum(CustomerAction, description="What can be done with a customer, as the status allows.")
strawberry.enum(CaseStatus, description="Whether a case is still to be dealt with.")
strawberry.enum(JobKind, description="What a job does.")
strawberry.enum(JobState, description="Where a job stands.")
strawberry.enum(Gender, description="Gender.")
strawberry.enum(OtherNameKind, description="What kind of name one beside the current is.")
strawberry.enum(Role, description="What staff may do.")
strawberry.enum(Grant, description="What a relationship allows its holder for whom it reaches.")
strawberry.enum(AccessNeed, name="AccessNeed", description="What would have to be so for relationships to grant.")
strawberry.enum(Reach, description="Who is reached beside the party itself.")
strawberry.enum(AppScope, description="What a partner app may be shown of those who consented.")
strawberry.enum(Pedigree, description="How a child came to a parent.")
strawberry.enum(PropertyKind, description="What a custom property holds.")
strawberry.enum(CoupleKind, description="What two people of a couple are to each other.")
strawberry.enum(
    RelationshipCategory,
    name="RelationshipCategory",
    description="What a relationship type is about; it fixes the edge in the graph.",
)


@strawberry.enum(description="The direction of a relationship as seen from one side.")
class Direction(Enum):
    OUTGOING = "OUTGOING"
    INCOMING = "INCOMING"


@strawberry.enum(description="When, seen from today or the day asked for.")
class Period(Enum):
    CURRENT = "CURRENT"
    PAST = "PAST"
    FUTURE = "FUTURE"
    ALL = "ALL"


@strawberry.enum(description="What relationships are listed by, in rising order.")
class RelationshipOrder(Enum):
    TYPE = "TYPE"
    VALID_FROM = "VALID_FROM"
    CREATED_AT = "CREATED_AT"
