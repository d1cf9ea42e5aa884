"""A staff member's own fields (SPEC 1.3)."""

from collections.abc import Mapping
from enum import Enum

from domain import fields
from domain.values import Check


class Role(Enum):
    ADMIN = "ADMIN"
    MANAGER = "MANAGER"
    AGENT = "AGENT"
    ANALYST = "ANALYST"
    RELATIONSHIP_AGENT = "RELATIONSHIP_AGENT"


FIELDS: Mapping[str, Check] = {
    "name": fields.text(200, required=True),
    "login": fields.login,
    "roles": fields.choices(Role),
    "location": fields.folded(fields.text(200)),
}
