"""The schema that is served, and its SDL."""

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from graphdb.statements import FOLDER
from resolvers.reading.seam import Schema
from schema.accounts import Account
from schema.consumers import Consumer
from schema.groups import Group
from schema.households import Household
from schema.internal_users import InternalUser
from schema.limits import Limited
from schema.mutation import Mutation
from schema.operations import Operation
from schema.parties import HiddenParty
from schema.query import Query
from schema.refusals import SHOWN
from schema.scalars import SCALARS
from schema.viewers import VIEWERS


class Served(Schema):
    """Kith's schema. Strawberry's log of errors is left out: it holds documents, and so personal data."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Nothing: `schema.errors` logs what is unexpected."""

    def get_extensions(self, sync: bool = False) -> list[SchemaExtension]:
        """The planner's, and the limits behind it: what it knows has been within them."""
        return [*super().get_extensions(sync), Limited()]


def served() -> Schema:
    """The schema over the graph; raises where its declarations and cypher/ don't fit together."""
    return Served(
        query=Query,
        mutation=Mutation,
        types=[
            *(Consumer, Account, Household, Group, InternalUser, HiddenParty, Operation),
            *(refusal for refusal, _ in SHOWN.values()),
        ],
        cypher=FOLDER,
        viewers=VIEWERS,
        config=StrawberryConfig(scalar_map=dict(SCALARS)),
    )
