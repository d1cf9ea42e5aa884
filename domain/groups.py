"""A group's own fields, and who may be put into one (SPEC 1.3, 3.4)."""

from collections.abc import Mapping

from domain import fields
from domain.values import Check

FIELDS: Mapping[str, Check] = {"name": fields.text(200, required=True)}
FEWEST_MEMBERS = 2
