"""Fragments in their places: names, parameters, who may be seen, and the subquery around them."""

from collections.abc import Sequence
from dataclasses import replace

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLNamedType,
    VariableNode,
    get_argument_values,
    get_named_type,
)
from graphql.execution.collect_fields import FieldDetailsList

from resolvers.reading.catalogue import PAGING, Catalogue, python_name
from resolvers.reading.cursors import Direction, Page, tag
from resolvers.reading.declare import Joined, Scope
from resolvers.reading.document import Document
from resolvers.reading.fragments import Bound, split
from resolvers.reading.plan import Inputs, Varying
from resolvers.reading.rows import MOST_LEVELS, At, Lets, Names, too_complex
from resolvers.reading.seeing import Seeing
from resolvers.reading.viewers import ViewerClass


class Binder:
    def __init__(self, catalogue: Catalogue, viewer: ViewerClass, document: Document, names: Names) -> None:
        self.catalogue, self.viewer, self.document, self.names = catalogue, viewer, document, names
        self.fragments = catalogue.fragments_of(viewer)
        self.inputs: dict[tuple[int, Joined], Inputs] = {}
        self.own: set[str] = set()  # the parameters of roots
        self.seeing = Seeing(viewer, self.fragments, names)
        self.path: list[str | int] = []  # the response keys down to where the walk is; of ids, their number first

    def bind(self, reading: Joined, field: GraphQLField, nodes: FieldDetailsList, at: At) -> list[Bound]:
        inputs, chosen = self.inputs_of(reading, field, nodes), self.chosen(reading, field, nodes[0].node)
        names = inputs.names
        if at.scope is None and inputs.page is None:
            self.own |= set(names.values())
        known = self.known(reading, field, nodes[0].node)
        instead = [self.viewer.instead.get(name, name) for name in chosen]
        bounds = [self.fragments[name].bind(at.names, names, self.names.number(), known) for name in instead]
        return [self.gated(bound, at) for bound in bounds]

    def gated(self, bound: Bound, at: At) -> Bound:
        """A list of no rows where its owner does not pass the gate that the viewer's class has for it."""
        gate = self.viewer.gates.get(bound.name)
        return replace(bound, match=f"{bound.match} AND {self.seeing.let(gate, at.subject, at)}") if gate else bound

    def known(self, reading: Joined, field: GraphQLField, node: FieldNode) -> dict[str, str | None]:
        """The parameters of arguments that the document does not name, where they are null or a word."""
        named = {argument.name.value for argument in node.arguments or ()}
        if not (absent := [key for key in field.args if key not in named]):
            return {}
        values, keys = self.values(field, node), {field.args[key].out_name or key for key in absent}
        found = {name: one.of(values) for name, one in self.catalogue.arguments(field).items() if one.keys[0] in keys}
        prepared = {name for name, _ in reading.prepared}
        return {n: v for n, v in found.items() if v is None or (isinstance(v, str) and n not in prepared)}

    def chosen(self, reading: Joined, field: GraphQLField, node: FieldNode) -> tuple[str, ...]:
        """The fragments that are read: the one of the first argument that has its own and is given, else the usual,
        or the one of them that an argument tells."""
        values = self.values(field, node) if reading.given or reading.telling else {}
        arguments = self.catalogue.arguments(field)
        for argument, fragment in reading.given:
            if arguments[argument].of(values) is not None:
                return (fragment,)
        for argument, telling in reading.telling:
            if mixed(field, node, argument):
                continue
            if (value := arguments[argument].of(values)) is not None and (told := telling(value)):
                return (told,)
        return reading.fragments

    def values(self, field: GraphQLField, node: FieldNode) -> dict[str, object]:
        """The arguments of a field; only whether a deciding one is null, and what one tells, may be looked at."""
        try:
            return get_argument_values(field, node, self.document.variables)
        except GraphQLError as error:
            code = {"code": "BAD_USER_INPUT"}
            raise GraphQLError(error.message, node, path=tuple(self.path), extensions=code) from error

    def inputs_of(self, reading: Joined, field: GraphQLField, nodes: FieldDetailsList) -> Inputs:
        """The parameters of a field; a node that stands in several places, through a fragment, has them once."""
        key = (id(nodes[0].node), reading)
        if key not in self.inputs:
            node, number, prepared = nodes[0].node, self.names.number(), dict(reading.prepared)
            arguments = {
                python: replace(argument, prepare=prepared.get(python))
                for python, argument in self.catalogue.arguments(field).items()
            }
            names = {python: f"{python}_{number}" for python in arguments if python not in PAGING}
            paged = self.catalogue.is_connection(get_named_type(field.type))
            page = self.page(reading, field, node, number) if paged else None
            self.inputs[key] = Inputs(field, node, names, arguments, page, tuple(self.path))
        return self.inputs[key]

    def page(self, reading: Joined, field: GraphQLField, node: FieldNode, number: int) -> Page:
        (name,) = self.chosen(reading, field, node)
        keys = len(split(self.fragments[self.viewer.instead.get(name, name)].parts["order"]))
        try:
            direction = Direction.of(self.values(field, node))
        except GraphQLError as error:
            raise GraphQLError(error.message, node, path=tuple(self.path), extensions=error.extensions) from error
        limit, after, before = (f"{parameter}_{number}" for parameter in ("limit", "after", "before"))
        return Page(limit, after, before, tag(name), keys, direction, dict(reading.reach).get(name))

    def at(self, target: GraphQLNamedType, bound: Bound, owner: At) -> At:
        """Where the object of a fragment stands. Whoever the viewer sees there already is seen under the new name."""
        scope = self.scope(target, bound)
        seen = {bound.names[column] for column, expression in bound.columns.items() if expression in owner.seen}
        level = owner.level + 1
        if level > MOST_LEVELS:
            raise too_complex()
        names = {name: bound.names[name] for name in scope.names}
        lets = Lets(self.names, self.seeing.told(bound))
        return At(scope, names, owner.seen | seen, level=level, lets=lets, ties=self.seeing.ties(bound, owner))

    def scope(self, target: GraphQLNamedType, bound: Bound) -> Scope:
        """The scope that a fragment's object has."""
        scopes = [s for s in self.catalogue.scopes(target) if set(s.names) <= set(bound.names)]
        return max(scopes, key=lambda s: len(s.names))  # what is left over is only there to be ordered by

    @staticmethod
    def collected(
        bound: Bound,
        wheres: Sequence[str],
        order: str,
        result: str,
        call: str = "COLLECT",
        lets: Lets | None = None,
    ) -> str:
        given = ", ".join(f"{expression} AS {bound.names[name]}" for name, expression in bound.columns.items())
        where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        kept = lets.cypher if lets else ""
        return f"{call} {{ {bound.match} WITH {bound.distinct}{given}{where}{order}{kept} RETURN {result} }}"

    def table(self, fragment: str) -> str:
        """The expression of a whole table."""
        bound = self.fragments[fragment].bind({}, {}, self.names.number())
        return self.collected(bound, [], "", f"[{bound.names['key']}, {bound.names['value']}]")

    def scalar(self, bound: Bound, listed: bool) -> str:
        """The expression of a leaf that a fragment gives."""
        if not bound.match and not listed:
            return f"({bound.columns['value']})"
        text = self.collected(bound, [], bound.by, bound.names["value"])
        return text if listed else f"{text}[0]"


def mixed(field: GraphQLField, node: FieldNode, argument: str) -> bool:
    """Whether variables stand inside an argument, in a list of ids: nothing tells plans apart by what these are."""
    for given in node.arguments or ():
        if python_name(field.args[given.name.value]) == argument and not isinstance(given.value, VariableNode):
            return Varying.stands(given.value)
    return False
