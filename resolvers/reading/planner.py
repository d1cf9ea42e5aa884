"""The plans of a schema: made when they're first needed, and kept."""

from collections.abc import Hashable, Sequence

from graphql import GraphQLNamedType, GraphQLSchema, OperationDefinitionNode
from graphql.execution.collect_fields import FieldDetailsList

from resolvers.reading.catalogue import Catalogue
from resolvers.reading.compiler import Compiler
from resolvers.reading.document import Deciding, Document, weight_of
from resolvers.reading.kept import Kept
from resolvers.reading.plan import Plan
from resolvers.reading.shows import demand_shown

EXTENSION = "planner"
Selection = tuple[type, GraphQLNamedType, FieldDetailsList]


class Planner:
    """Keys name nodes of a document by their identity, so what is kept holds on to the nodes."""

    def __init__(self, catalogue: Catalogue, most: int = 1000, heaviest: int = 2**28) -> None:
        self.catalogue = catalogue
        self.plans: Kept[Plan] = Kept(most, heaviest, lambda plan: plan.weight)
        self.deciding: Kept[tuple[OperationDefinitionNode, Deciding]] = Kept(
            most, heaviest, lambda kept: weight_of(kept[0])
        )

    @staticmethod
    def of(schema: GraphQLSchema) -> "Planner":
        """The planner that a schema was built with."""
        planner = schema.extensions[EXTENSION]
        assert isinstance(planner, Planner)
        return planner

    def query(self, viewer: str, document: Document) -> Plan:
        """The plan of a whole query for a class of viewers. Raises GraphQLError where that does not get a field."""

        def make() -> Plan:
            demand_shown(self.catalogue, self.catalogue.viewers[viewer], document)
            plan = self.compiler(viewer, document).query()
            plan.nodes, plan.held = document.operation, weight_of(document.operation)
            return plan

        return self.plans.made((viewer, id(document.operation), *self.variant(document)), make)

    def refs(self, viewer: str, document: Document, wanted: Sequence[Selection]) -> Plan:
        """The plan that reads several selections, each of objects of a class by their ids."""

        def make() -> Plan:
            asked = [(self.catalogue.finders(cls), type_, nodes) for cls, type_, nodes in wanted]
            plan = self.compiler(viewer, document).refs(asked)
            plan.nodes, plan.held = asked, weight_of(document.operation)
            return plan

        selections: list[Hashable] = [(cls, type_.name, *(id(d.node) for d in nodes)) for cls, type_, nodes in wanted]
        return self.plans.made((viewer, *selections, *self.variant(document)), make)

    def compiler(self, viewer: str, document: Document) -> Compiler:
        return Compiler(self.catalogue, self.catalogue.viewers[viewer], document)

    def variant(self, document: Document) -> tuple[object, ...]:
        """What of the variables' values decides a plan."""
        operation, c = document.operation, self.catalogue
        _, deciding = self.deciding.made(
            id(operation), lambda: (operation, Deciding.of(document, c.deciding, c.telling))
        )
        return deciding.variant(document.variables.coerced)
