"""Ids: a TypeID says in its prefix what it names (SPEC 1.2), so one of the wrong type needs no look into the graph."""

from typing import NewType

from typeid import TypeID
from typeid.core.errors import TypeIDException

PartyId = NewType("PartyId", str)
RelationshipId = NewType("RelationshipId", str)
OperationId = NewType("OperationId", str)
RelationshipTypeId = NewType("RelationshipTypeId", str)
ResponsibilityId = NewType("ResponsibilityId", str)
PointsTypeId = NewType("PointsTypeId", str)
PointsEntryId = NewType("PointsEntryId", str)
CaseId = NewType("CaseId", str)
CaseCommentId = NewType("CaseCommentId", str)
JobId = NewType("JobId", str)
SessionId = NewType("SessionId", str)
PartnerAppId = NewType("PartnerAppId", str)
ApiKeyId = NewType("ApiKeyId", str)
ConsentId = NewType("ConsentId", str)


def new_id(prefix: str) -> str:
    """A new id: `prefix` and a UUIDv7, so that ids sort by the time they were made."""
    return str(TypeID(prefix=prefix))


def prefix_of(id: str) -> str | None:
    """What an id says it names, None if it is no TypeID."""
    try:
        return str(TypeID.from_string(id).prefix)
    except TypeIDException:
        return None


def new_relationship_id() -> RelationshipId:
    """An id for a relationship."""
    return RelationshipId(new_id("relationship"))


def new_operation_id() -> OperationId:
    """An id for an operation."""
    return OperationId(new_id("operation"))


def new_points_entry_id() -> PointsEntryId:
    """An id for an adjustment of points."""
    return PointsEntryId(new_id("points_entry"))


def new_case_id() -> CaseId:
    """An id for a case."""
    return CaseId(new_id("case"))


def new_case_comment_id() -> CaseCommentId:
    """An id for a comment on a case."""
    return CaseCommentId(new_id("case_comment"))


def new_job_id() -> JobId:
    """An id for a job."""
    return JobId(new_id("job"))


def new_session_id() -> SessionId:
    """An id for a session."""
    return SessionId(new_id("session"))


def new_partner_app_id() -> PartnerAppId:
    """An id for a partner app."""
    return PartnerAppId(new_id("app"))


def new_api_key_id() -> ApiKeyId:
    """An id for an API key."""
    return ApiKeyId(new_id("api_key"))


def new_consent_id() -> ConsentId:
    """An id for a consent."""
    return ConsentId(new_id("consent"))
