"""Teams: who of the staff serves a customer or a household (SPEC 5.5)."""

from typing import ClassVar

import strawberry

from resolvers.reading.connections import Paging
from resolvers.reading.declare import Scope, joined, scope
from schema.parties import Party
from schema.relationships import Relationship


class TeamArguments(Paging):
    location: str


@strawberry.type(description="Somebody of the staff who serves a customer or a household today.")
class TeamMember:
    scope: ClassVar[Scope] = scope("relationship", "member", "via")

    relationship: Relationship
    party: Party = joined("teams/member")
    via: Party | None = joined("teams/via")
