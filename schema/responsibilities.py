"""Responsibilities: what somebody answers for in a relationship (SPEC 5.1)."""

from typing import ClassVar

import strawberry

from resolvers.reading.declare import Scope, scope
from schema.enums import PartyKind
from schema.nodes import Node


@strawberry.type(description="What somebody answers for in a relationship, and who may hold it for whom.")
class Responsibility(Node):
    scope: ClassVar[Scope] = scope("responsibility", refs="responsibilities/by_ids")

    code: str
    name: str
    holder_kinds: list[PartyKind]
    subject_kinds: list[PartyKind]
