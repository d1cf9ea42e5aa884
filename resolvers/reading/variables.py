"""The variables of an operation, coerced: what graphql-core does, without a look at their definitions each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    GraphQLBoolean,
    GraphQLError,
    GraphQLID,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    Undefined,
    get_nullable_type,
    get_variable_values,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource

PLAIN: Final[Mapping[object, type]] = {GraphQLID: str, GraphQLString: str, GraphQLBoolean: bool}
"""Types of which a value of this class is what it is coerced to."""


@dataclass(frozen=True)
class Plain:
    """A variable of such a type."""

    signature: GraphQLVariableSignature
    type: type


@dataclass(frozen=True)
class Variables:
    """What an operation declares; `plain` is None where not all of it is."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    plain: Mapping[str, Plain] | None

    @classmethod
    def of(cls, schema: GraphQLSchema, operation: OperationDefinitionNode) -> "Variables":
        """Those of a valid operation."""
        plain = dict[str, Plain]()
        for definition in operation.variable_definitions or ():
            signature = get_variable_signature(schema, definition)
            assert not isinstance(signature, GraphQLError)
            type_ = PLAIN.get(get_nullable_type(signature.type))
            if type_ is None:
                return cls(schema, operation, None)
            plain[signature.name] = Plain(signature, type_)
        return cls(schema, operation, plain)

    def coerced(self, given: Mapping[str, Any]) -> VariableValues | list[GraphQLError]:
        """The values of the variables, or what is wrong with those given."""
        if self.plain is not None:
            values = {name: given.get(name, Undefined) for name in self.plain}
            if all(type(values[name]) is one.type for name, one in self.plain.items()):
                sources = {name: VariableValueSource(one.signature, values[name]) for name, one in self.plain.items()}
                return VariableValues(sources, values)
        return get_variable_values(self.schema, self.operation.variable_definitions or (), dict(given))
