"""The lifecycle of customers: status, and email preference (SPEC 6.1, 6.2, 6.4)."""

from datetime import datetime
from typing import ClassVar

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import Scope, joined, ref, scope, stored
from schema.customers import Customer
from schema.idempotency import Once
from schema.operations import Operation
from schema.parties import Party


@strawberry.type(
    description="Whether a customer wants email, and how that is known; all else is null until it is said."
)
class EmailPreference:
    scope: ClassVar[Scope] = scope("party")

    opted_in: bool = stored("email_opt_in")
    changed_at: datetime | None = stored("email_opt_in_at")
    changed_by: Party | None = joined("lifecycle/opted_by")
    origin: str | None = stored("email_opt_in_origin")


@strawberry.input
class EnrollInput(Once):
    id: strawberry.ID


@strawberry.input
class UnenrollInput(Once):
    id: strawberry.ID


@strawberry.input
class DeactivateInput(Once):
    id: strawberry.ID


@strawberry.input
class ReactivateInput(Once):
    id: strawberry.ID


@strawberry.input
class SetEmailPreferenceInput(Once):
    id: strawberry.ID
    opted_in: bool
    origin: str = strawberry.field(description='Where it was said: "web form", "phone call".')


@strawberry.type
class CustomerEnrolled:
    customer: Customer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CustomerEnrolled":
        return cls(customer=ref(Customer, done.id), operation=ref(Operation, done.operation))


@strawberry.type(description="The customer is opted out, and keeps the points.")
class CustomerUnenrolled:
    customer: Customer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CustomerUnenrolled":
        return cls(customer=ref(Customer, done.id), operation=ref(Operation, done.operation))


@strawberry.type(description="The customer keeps everything, and can be reactivated.")
class CustomerDeactivated:
    customer: Customer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CustomerDeactivated":
        return cls(customer=ref(Customer, done.id), operation=ref(Operation, done.operation))


@strawberry.type(description="The customer stands as before.")
class CustomerReactivated:
    customer: Customer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "CustomerReactivated":
        return cls(customer=ref(Customer, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class EmailPreferenceSet:
    customer: Customer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "EmailPreferenceSet":
        return cls(customer=ref(Customer, done.id), operation=ref(Operation, done.operation))
