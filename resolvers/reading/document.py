"""A document that has passed validation: what is fixed in it, and which variables decide its plan."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FragmentDefinitionNode,
    Node,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues

Telling = Callable[[Any], str | None]
BYTES_A_CHARACTER: Final = 275


def weight_of(node: Node) -> int:
    """How many bytes of memory the document of a node takes at most, all of which whoever holds the node holds on to:
    the densest text, of names of one letter, was measured."""
    return BYTES_A_CHARACTER * len(node.loc.source.body) if node.loc else 0


@dataclass(frozen=True)
class Document:
    """An operation with the values of its variables, of which only the deciding ones may be looked at."""

    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues


class Deciding(Visitor):
    """Finds the variables whose values decide a plan (@skip, @include), those of which it matters whether they are
    null, since they stand at arguments that choose a fragment or a page's text, and those that tell something else."""

    def __init__(self, arguments: Collection[str], telling: Mapping[str, Telling]) -> None:
        super().__init__()
        self.arguments, self.telling = arguments, telling
        self.values: set[str] = set()
        self.nulls: set[str] = set()
        self.told: dict[tuple[str, str], Telling] = {}

    @classmethod
    def of(cls, document: Document, arguments: Collection[str], telling: Mapping[str, Telling]) -> "Deciding":
        found = cls(arguments, telling)
        for part in (document.operation, *(fragment.definition for fragment in document.fragments.values())):
            visit(part, found)
        return found

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        if node.name.value in ("skip", "include"):
            self.values |= {a.value.name.value for a in node.arguments or () if isinstance(a.value, VariableNode)}

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        if node.name.value in self.arguments and isinstance(node.value, VariableNode):
            self.nulls.add(node.value.name.value)
        if node.name.value in self.telling and isinstance(node.value, VariableNode):
            self.told[node.value.name.value, node.name.value] = self.telling[node.name.value]

    def variant(self, coerced: Mapping[str, object]) -> tuple[object, ...]:
        """What of the variables' values decides the plan. One left out may mean an argument's default: not null."""
        nulls = ((name in coerced, coerced.get(name) is None) for name in sorted(self.nulls))
        told = (
            None if coerced.get(name) is None else function(coerced[name]) for (name, _), function in self.told.items()
        )
        return (*(coerced.get(name) for name in sorted(self.values)), *nulls, *told)


@dataclass(frozen=True)
class Parsed:
    """A validated operation, kept for the next time it comes."""

    node: DocumentNode
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]

    @classmethod
    def of(cls, node: DocumentNode, name: str | None) -> "Parsed | None":
        """The operation of this name, or the only one; None where it isn't told which."""
        operations = [d for d in node.definitions if isinstance(d, OperationDefinitionNode)]
        named = [o for o in operations if name is None or (o.name and o.name.value == name)]
        if len(named) != 1:
            return None
        definitions = [d for d in node.definitions if isinstance(d, FragmentDefinitionNode)]
        return cls(node, named[0], {d.name.value: FragmentDetails(d) for d in definitions})

    @property
    def weight(self) -> int:
        """How many bytes of memory it takes at most."""
        return weight_of(self.node)

    @property
    def name(self) -> str | None:
        return self.operation.name.value if self.operation.name else None

    @property
    def is_query(self) -> bool:
        return self.operation.operation is OperationType.QUERY

    def is_one_of(self, kinds: Iterable[Enum] | None) -> bool:
        """Whether it is a query or a mutation that may be answered; None: any. A subscription is neither."""
        kind = self.operation.operation
        return kind is not OperationType.SUBSCRIPTION and (kinds is None or kind.value in (k.value for k in kinds))
