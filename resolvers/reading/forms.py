"""The shapes of what resolvers hand over: made when they're first needed, and kept."""

from dataclasses import dataclass
from typing import Final

from graphql import GraphQLOutputType, GraphQLSchema
from graphql.execution.collect_fields import FieldDetailsList

from resolvers.reading.document import Document, weight_of
from resolvers.reading.handed import Forming, Shape
from resolvers.reading.kept import Kept
from resolvers.reading.planner import Planner

FORMS: Final = "forms"
MOST_FORMS, HEAVIEST_FORMS = 1_000, 2**26


@dataclass(frozen=True)
class Form:
    """How the value of a field is shaped, None where it is the executor's; with the nodes that it was made of."""

    shape: Shape | None
    nodes: object
    held: int


class Forms:
    """The forms of a schema, made when they are first needed, and kept."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._forms: Kept[Form] = Kept(MOST_FORMS, HEAVIEST_FORMS, lambda form: form.held)

    @staticmethod
    def of(schema: GraphQLSchema) -> "Forms":
        """Those that a schema was built with."""
        forms = schema.extensions[FORMS]
        assert isinstance(forms, Forms)
        return forms

    def shape(
        self, document: Document, variant: object, type_: GraphQLOutputType, nodes: FieldDetailsList
    ) -> Shape | None:
        """How the value of a field is shaped, None where that is the executor's. `variant` is what of the variables'
        values decides it."""

        def make() -> Form:
            shape = Forming(self._planner.catalogue, document).value(type_, nodes)
            return Form(shape, (document.operation, nodes), weight_of(document.operation))

        key = (id(type_), id(document.operation), *(id(details.node) for details in nodes), variant)
        return self._forms.made(key, make).shape
