"""Cases of customers (SPEC 5.4)."""

from datetime import datetime
from typing import Any, ClassVar

import strawberry

from domain.cases import NewCase
from domain.ids import PartyId
from resolvers.operations import Done
from resolvers.reading.connections import Connection, Paging
from resolvers.reading.declare import Scope, cursor, joined, ref, scope
from schema.enums import CaseStatus
from schema.given import given
from schema.idempotency import Once
from schema.nodes import Node
from schema.operations import Operation
from schema.parties import Party
from schema.relationships import Relationship


@strawberry.type(description="What somebody said on a case; `place` is its place there, from 1.")
class CaseComment:
    scope: ClassVar[Scope] = scope("comment")

    place: int
    text: str | None
    created_at: datetime
    created_by: Party | None = joined("cases/commented_by")


@strawberry.type
class CaseCommentEdge:
    scope: ClassVar[Scope] = scope("comment")

    cursor: str = cursor()
    node: CaseComment


@strawberry.type
class CaseCommentConnection(Connection[CaseCommentEdge]):
    pass


@strawberry.type(description="What a customer asked for or complained of.")
class Case(Node):
    scope: ClassVar[Scope] = scope("this_case", refs="cases/by_ids")

    number: str = strawberry.field(description="For people: twelve digits, the last a check digit.")
    subject: str | None
    description: str | None
    status: CaseStatus
    customer: Party = joined("cases/customer")
    household: Party | None = joined("cases/household")
    assignee: Party | None = joined("cases/assignee")
    opened_through: Relationship | None = joined("cases/opened_through")
    comments: CaseCommentConnection = joined("cases/comments", arguments=Paging)
    version: int = strawberry.field(description="Counts changes, but not comments.")
    created_at: datetime
    created_by: Party | None = joined("cases/created_by")
    updated_at: datetime
    closed_at: datetime | None


@strawberry.type
class CaseEdge:
    scope: ClassVar[Scope] = scope("this_case")

    cursor: str = cursor()
    node: Case


@strawberry.type
class CaseConnection(Connection[CaseEdge]):
    pass


@strawberry.input
class CreateCaseInput(Once):
    customer: strawberry.ID
    subject: str
    description: str | None = strawberry.UNSET
    household: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="As a member of which the customer has it."
    )
    assignee: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Who of the staff looks after it."
    )

    def draft(self) -> NewCase:
        """As the rules take it."""
        return NewCase(**given(self, without=("idempotency_key",)))


@strawberry.input
class OneCase(Once):
    """What the input of a mutation has that is about a case."""

    this_case: strawberry.ID = strawberry.field(name="case")


@strawberry.input(description="Only the fields given change; null empties one.")
class UpdateCaseInput(OneCase):
    expected_version: int | None = strawberry.UNSET
    subject: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET

    def changes(self) -> dict[str, Any]:
        """The fields to change."""
        return given(self, without=("idempotency_key", "this_case", "expected_version"))


@strawberry.input
class AssignCaseInput(OneCase):
    assignee: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Who of the staff looks after it from now on; null: nobody."
    )

    def who(self) -> PartyId | None:
        """As the use case takes it."""
        return None if self.assignee in (None, strawberry.UNSET) else PartyId(self.assignee)


@strawberry.input
class CommentOnCaseInput(OneCase):
    text: str


@strawberry.input
class CloseCaseInput(OneCase):
    pass


@strawberry.input
class ReopenCaseInput(OneCase):
    pass


@strawberry.type
class CaseCreated:
    this_case: Case = strawberry.field(name="case")
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CaseCreated":
        return cls(this_case=ref(Case, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class CaseUpdated:
    this_case: Case = strawberry.field(name="case")
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CaseUpdated":
        return cls(this_case=ref(Case, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class CaseAssigned:
    this_case: Case = strawberry.field(name="case")
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CaseAssigned":
        return cls(this_case=ref(Case, done.id), operation=ref(Operation, done.operation))


@strawberry.type(description="The comment is the last one of the case's.")
class CaseCommentedOn:
    this_case: Case = strawberry.field(name="case")
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CaseCommentedOn":
        return cls(this_case=ref(Case, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class CaseClosed:
    this_case: Case = strawberry.field(name="case")
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CaseClosed":
        return cls(this_case=ref(Case, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class CaseReopened:
    this_case: Case = strawberry.field(name="case")
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CaseReopened":
        return cls(this_case=ref(Case, done.id), operation=ref(Operation, done.operation))
