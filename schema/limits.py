"""What a document may ask for (SPEC 11.4): measured once for each text, before it is validated.

Everything is counted as if each fragment stood where it is spread; yet each is walked once, because what a fragment
asks for does not depend on where. So the work is linear in the document, however its fragments multiply.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    ListTypeNode,
    ListValueNode,
    NameNode,
    Node,
    NonNullTypeNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Source,
    get_named_type,
    is_composite_type,
)
from graphql.language.parser import Parser
from strawberry.extensions import SchemaExtension

from resolvers.reading.seam import Schema
from schema.costs import is_edges, page, price, size

MOST_CHARACTERS: Final = 100_000
MOST_TOKENS: Final = 2_000
MOST_LEVELS: Final = 50
MOST_ROOTS: Final = 20
MOST_ALIASES: Final = 200
MOST_DIRECTIVES: Final = 100
MOST_ITEMS: Final = 1_000
MOST_REPEATS: Final = 100
MOST_COST: Final = 500_000


def too_much(code: str, message: str) -> GraphQLError:
    """The error of a document over a limit; it names the limit, not the place: there may be thousands."""
    return GraphQLError(f"{message} in a document.", extensions={"code": code})


def too_deep() -> GraphQLError:
    return too_much("TOO_DEEP", f"There may be at most {MOST_LEVELS} levels")


@dataclass(frozen=True)
class Measure:
    """What a part of a document asks for, its fragments expanded.

    `levels`: selections in one another. `fields`: those of the part itself, not below. `paged`: what each edge of the
    connection that the part is of costs; `cost`: all the rest.
    """

    levels: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0
    paged: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(
            max(self.levels, other.levels),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.cost + other.cost,
            self.paged + other.paged,
        )

    def check(self) -> None:
        """Raises the GraphQLError of the first limit that an operation of this measure exceeds."""
        for found, most, code, what in (
            (self.fields, MOST_ROOTS, "TOO_MANY_ROOTS", "fields at the root"),
            (self.aliases, MOST_ALIASES, "TOO_MANY_ALIASES", "aliases"),
            (self.directives, MOST_DIRECTIVES, "TOO_MANY_DIRECTIVES", "directives"),
        ):
            if found > most:
                raise too_much(code, f"There may be at most {most} {what}")
        if self.cost > MOST_COST:
            raise too_much("TOO_COMPLEX", f"This costs {self.cost:,}; there may be a cost of at most {MOST_COST:,}")


class Measuring:
    """The measuring of one document, which may be invalid in any way; `visited` counts the nodes looked at."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.schema, self.document, self.visited = schema, document, 0
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self.measured: dict[str, Measure] = {}
        self.written: Counter[str] = Counter()

    def check(self) -> None:
        """Raises the GraphQLError of a limit; fragments that nothing spreads are walked too, since validation will."""
        for name in self.fragments:
            self.fragment(name, 1)
        for definition in self.document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                self.operation(definition).check()

    def operation(self, node: OperationDefinitionNode) -> Measure:
        defined = [variable.default_value for variable in node.variable_definitions or ()]
        self.values([*(variable.type for variable in node.variable_definitions or ()), *filter(None, defined)])
        directives = [d for variable in node.variable_definitions or () for d in variable.directives or ()]
        root = self.schema.get_root_type(node.operation)
        return self.directed([*directives, *(node.directives or ())]) + self.selected(root, node.selection_set, 1)

    def selected(self, parent: GraphQLNamedType | None, node: SelectionSetNode | None, level: int) -> Measure:
        """The measure of a selection; `level` is how deep it stands. Raises where that is too deep."""
        whole = Measure()
        if node is None:
            return whole
        if level > MOST_LEVELS:
            raise too_deep()
        for selection in node.selections:
            self.visited += 1
            whole += self.directed(selection.directives or ())
            match selection:
                case FieldNode():
                    whole += self.field(parent, selection, level)
                case InlineFragmentNode():
                    type_ = self.named(selection.type_condition.name) if selection.type_condition else parent
                    whole += deeper(self.selected(type_, selection.selection_set, level + 1))
                case FragmentSpreadNode():
                    whole += deeper(self.fragment(selection.name.value, level + 1))
        return whole

    def fragment(self, name: str, level: int) -> Measure:
        """The measure of a fragment. One that is not there, or spreads itself, is left to validation."""
        node = self.fragments.get(name)
        if name not in self.measured and node:
            self.measured[name] = Measure()
            type_ = self.named(node.type_condition.name)
            measured = self.directed(node.directives or ()) + self.selected(type_, node.selection_set, level)
            self.measured[name] = measured
        found = self.measured.get(name, Measure())
        if level + found.levels - 1 > MOST_LEVELS:
            raise too_deep()
        return found

    def field(self, parent: GraphQLNamedType | None, node: FieldNode, level: int) -> Measure:
        """A field costs its price, and what is selected of each object that it leads to."""
        self.values([argument.value for argument in node.arguments or ()])
        self.repeated(node)
        known = self.known(parent, node.name.value)
        target = get_named_type(known.type) if known else None
        below = self.selected(target, node.selection_set, level + 1)
        cost = price(target) + size(parent, known, node) * below.cost + page(node) * below.paged
        aliases = below.aliases + (1 if node.alias else 0)
        if is_edges(parent, node):
            return Measure(below.levels + 1, 1, aliases, below.directives, paged=cost)
        return Measure(below.levels + 1, 1, aliases, below.directives, cost)

    def repeated(self, node: FieldNode) -> None:
        """Raises where a name is written too often: validation compares what is selected of each with each other."""
        name = (node.alias or node.name).value
        self.written[name] += 1 if node.selection_set else 0
        if self.written[name] > MOST_REPEATS:
            raise too_much("TOO_MANY_REPEATS", f"Of one field may be selected at most {MOST_REPEATS} times")

    def directed(self, directives: Sequence[DirectiveNode]) -> Measure:
        self.visited += len(directives)
        self.values([argument.value for directive in directives for argument in directive.arguments or ()])
        return Measure(directives=len(directives))

    def values(self, nodes: Sequence[Node]) -> None:
        """Raises where values, or types of variables, are nested too deep or a list is too long."""
        levels = 0
        while nodes:
            self.visited += len(nodes)
            levels += 1
            if levels > MOST_LEVELS:
                raise too_deep()
            nodes = [inner for node in nodes for inner in inside(node)]

    def known(self, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
        return self.schema.get_field(parent, name) if is_composite_type(parent) else None

    def named(self, name: NameNode) -> GraphQLNamedType | None:
        return self.schema.get_type(name.value)


def deeper(measure: Measure) -> Measure:
    return measure + Measure(levels=measure.levels + 1)


def inside(node: Node) -> Iterator[Node]:
    """The values in a value, the type in a type."""
    match node:
        case ListValueNode(values=values):
            if len(values) > MOST_ITEMS:
                raise too_much("TOO_MANY_ITEMS", f"There may be at most {MOST_ITEMS:,} items in a list")
            yield from values
        case ObjectValueNode(fields=fields):
            yield from (field.value for field in fields)
        case ListTypeNode(type=type_) | NonNullTypeNode(type=type_):
            yield type_


def parsed(text: str) -> DocumentNode:
    """The tree of a text of bounded length. Raises GraphQLError; the tree takes memory by its tokens, so that these
    are counted while it grows."""
    if len(text) > MOST_CHARACTERS:
        raise too_much("TOO_LONG", f"There may be at most {MOST_CHARACTERS:,} characters")
    parser = Parser(Source(text), max_lexical_tokens=MOST_TOKENS)
    try:
        return parser.parse_document()
    except GraphQLSyntaxError as error:
        if parser.token_count > MOST_TOKENS:
            raise too_much("TOO_MANY_TOKENS", f"There may be at most {MOST_TOKENS:,} tokens") from error
        raise
    except RecursionError:
        pass  # and raised below, so that nothing holds on to its thousand frames
    raise too_deep()


class Limited(SchemaExtension):
    """Refuses a document over a limit. It stands behind the planner's extension, which sets documents that are known:
    these were within the limits before."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.graphql_document is None and context.query:
            context.graphql_document = parsed(context.query)
        yield

    def on_validate(self) -> Iterator[None]:
        """Before validation, some of whose rules take time that grows with the square of what they look at."""
        context = self.execution_context
        if context.pre_execution_errors is None and context.graphql_document:
            Measuring(cast(Schema, context.schema)._schema, context.graphql_document).check()
        yield
