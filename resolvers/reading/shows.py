"""Which fields a class of viewers gets at all: a query that names another is refused before anything is read."""

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLNamedType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    visit,
)

from resolvers.reading.catalogue import Catalogue
from resolvers.reading.document import Document
from resolvers.reading.viewers import ViewerClass


class Naming(Visitor):
    """Finds the fields of a document that a class does not get."""

    def __init__(self, catalogue: Catalogue, viewer: ViewerClass, types: TypeInfo) -> None:
        super().__init__()
        self.catalogue, self.viewer, self.types = catalogue, viewer, types
        self.found: dict[str, FieldNode] = {}

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.types.get_parent_type()
        if parent is not None and not self.gets(parent, node.name.value):
            self.found.setdefault(f"{parent.name}.{node.name.value}", node)

    def gets(self, parent: GraphQLNamedType, name: str) -> bool:
        """Whether the class gets a field of a type; of an interface, if it does of a type that may stand there."""
        names = [type_.name for type_ in self.catalogue.possible(parent)] or [parent.name]
        return any(self.viewer.gets(f"{type_}.{name}") for type_ in names)


def demand_shown(catalogue: Catalogue, viewer: ViewerClass, document: Document) -> None:
    """Raises GraphQLError with FORBIDDEN where a query names a field that the class does not get, whatever it would
    hold: so the answer tells of nobody."""
    if viewer.shows is None:
        return
    for part in (document.operation, *(fragment.definition for fragment in document.fragments.values())):
        types = TypeInfo(catalogue.schema)
        naming = Naming(catalogue, viewer, types)
        visit(part, TypeInfoVisitor(types, naming))
        for field, node in naming.found.items():
            raise GraphQLError(f"{field} is not shown here.", node, extensions={"code": "FORBIDDEN"})
