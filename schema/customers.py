"""What every customer has (SPEC 1.1, 6.1)."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.duplicates import LEAST_SCORE
from domain.lifecycle import InactiveReason as Reason
from domain.lifecycle import Standing, available
from domain.parties import CustomerStatus as Status
from resolvers.reading.declare import computed, derived, joined
from schema.arguments import CaseArguments, During, LedgerArguments
from schema.duplicates import DuplicateConnection, duplicates_of_customer
from schema.enums import CustomerAction, CustomerStatus, InactiveReason
from schema.info import Info
from schema.parties import Address, Party, PartyRecord, Phone

if TYPE_CHECKING:
    from schema.cases import CaseConnection
    from schema.lifecycle import EmailPreference
    from schema.memberships import Membership
    from schema.points import PointsBalance, PointsEntryConnection
    from schema.teams import TeamMember

Memberships = list[Annotated["Membership", strawberry.lazy("schema.memberships")]]
Team = list[Annotated["TeamMember", strawberry.lazy("schema.teams")]]
Preference = Annotated["EmailPreference", strawberry.lazy("schema.lifecycle")]
Balances = list[Annotated["PointsBalance", strawberry.lazy("schema.points")]]
Cases = Annotated["CaseConnection", strawberry.lazy("schema.cases")]
Ledger = Annotated["PointsEntryConnection", strawberry.lazy("schema.points")]


def actions(status: str, reason: str | None) -> list[str]:
    """What can be done with a customer of this status, as it is stored (SPEC 6.1)."""
    return [action.name for action in available(Standing(Status(status), Reason(reason) if reason else None))]


@strawberry.interface(description="A consumer or an account.")
class Customer(PartyRecord):
    number: str = strawberry.field(description="For people: twelve digits, the last a check digit.")
    status: CustomerStatus
    inactive_reason: InactiveReason | None
    available_actions: list[CustomerAction] = derived(actions, "status", "inactive_reason")
    survivor: Party | None = joined("merging/survivor")
    former_ids: list[strawberry.ID] = joined("merging/former_ids")
    email: str | None
    email_preference: Preference
    phone: Phone | None = joined("parties/phone")
    address: Address | None = joined("parties/address")
    households: Memberships = joined("memberships/in_households", arguments=During)
    groups: Memberships = joined("memberships/in_groups", arguments=During)
    team: Team = joined("teams/of_party")
    cases: Cases = joined("cases/of_customer", arguments=CaseArguments)
    points: Balances = joined("points/balances")
    points_ledger: Ledger = joined("points/ledger", arguments=LedgerArguments)

    @computed("id")
    async def duplicates(
        self,
        info: Info,
        min_score: float | None = LEAST_SCORE,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> DuplicateConnection:
        return await duplicates_of_customer(info, self.id, min_score, first, after, last, before)
