"""An account's own fields (SPEC 1.3)."""

from collections.abc import Mapping

from domain import contacts, fields
from domain.values import Check, Property

FIELDS: Mapping[str, Check] = {
    "legal_name": fields.text(200, required=True),
    "registration_number": fields.text(50),
    "industry": fields.text(100),
    "email": fields.email,
    "address": contacts.address,
}


def name(properties: Mapping[str, Property]) -> str:
    """An organisation goes by its legal name."""
    return str(properties.get("legal_name") or "Unknown")
