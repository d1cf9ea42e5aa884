"""A household's own fields (SPEC 1.3)."""

from collections.abc import Mapping

from domain import contacts, fields
from domain.values import Check

FIELDS: Mapping[str, Check] = {"name": fields.text(200, required=True), "address": contacts.address}
