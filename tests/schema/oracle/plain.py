"""The oracle: graphql-core executes a document over the printed schema, one plain resolver a field.

Objects are dictionaries, leaves as the answer shows them and functions for all that leads on. What it takes from the
service are pure rules that are not what is tested here: partial dates in words, what a search text holds, national
phone numbers.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    ValueNode,
    build_schema,
    default_field_resolver,
    execute_sync,
    parse,
)

from domain.cases import Case
from domain.operations import Change, Operation
from domain.parties import Party
from domain.relationships import Relationship
from tests.schema.oracle import cases, histories, parties, relationship_types, relationships, roots
from tests.schema.oracle.pages import Cursors
from tests.schema.oracle.refusals import failed, refused
from tests.schema.oracle.world import World

Object = dict[str, Any]
Answer = dict[str, Any]


class Plain:
    """The world as objects of the schema, on a day."""

    def __init__(self, sdl: str, world: World) -> None:
        self.schema, self.world, self.cursors = build_schema(sdl), world, Cursors()

    def answer(self, text: str, variables: dict[str, Any] | None = None) -> Answer:
        """The answer to a valid document: data, and of each error its code and path."""
        root = roots.query(self)
        found = execute_sync(self.schema, parse(text), root, variable_values=variables, field_resolver=self.resolved)
        assert isinstance(found, ExecutionResult)
        return {"data": found.data, "errors": sorted(map(told, found.errors or []), key=str)}

    def resolved(self, source: Object, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        """What a field has. Arguments that cannot be are an error here too, though the service refuses the document."""
        for code in refused(info.parent_type.name, info.field_name, given, self.cursors):
            raise failed(code)
        return default_field_resolver(source, info, **given)

    def sees(self, id: str) -> bool:
        """Whether a party is shown to who asks; an administrator, as here, sees everybody and everything."""
        return True

    def sees_one(self, stored: Relationship) -> bool:
        """Whether a relationship is shown by its id: where an end is seen."""
        return self.sees(stored.source) or self.sees(stored.target)

    def sees_done(self, operation: Operation) -> bool:
        """Whether an operation is shown by its id."""
        return True

    def tells(self, operation: Operation, change: Change) -> bool:
        """Whether a change of an operation is shown."""
        return True

    def tells_values(self, operation: Operation, change: Change) -> bool:
        """Whether it is shown what a change said."""
        return True

    def sees_case(self, case: Case) -> bool:
        """Whether a case is shown."""
        return True

    def reads_case(self, case: Case) -> bool:
        """Whether its texts are shown."""
        return True

    def searched(self, party: Party) -> str:
        """What a party is found by."""
        return str(party.properties["search"])

    def opaque(self, id: str) -> str:
        """The id of a party where it may stand for somebody hidden."""
        return id

    def first_day(self, stored: Relationship, pages: bool = False) -> str:
        """The first day of a relationship as far as lists, of pages or whole, are ordered by it."""
        return relationships.first_day(stored)

    def sort_name(self, id: str) -> str:
        """The name of a party as far as lists are ordered by it."""
        return str(self.world.parties[id].properties["sort_name"])

    def party(self, id: str) -> Object:
        return parties.party(self, self.world.parties[id])

    def relationship(self, id: str) -> Object:
        return relationships.relationship(self, self.world.relationships[id])

    def type(self, code: str) -> Object:
        return relationship_types.relationship_type(self, self.world.types[code])

    def responsibility(self, code: str) -> Object:
        (found,) = (r for r in self.world.responsibilities if r.code == code)
        names = ("id", "code", "name", "description", "exclusive", "active")
        return {
            "__typename": "Responsibility",
            **{name: getattr(found, name) for name in names},
            "holderKinds": [kind.name for kind in found.holder_kinds],
            "subjectKinds": [kind.name for kind in found.subject_kinds],
            "grants": [grant.name for grant in found.grants],
            "reach": [reach.name for reach in found.reach],
            "builtIn": found.built_in,
            **self.stamp(found.id),
        }

    def operation(self, id: str) -> Object:
        return histories.shown(self, self.world.operations[id])

    def points_type(self, code: str) -> Object:
        found = self.world.points_types[code]
        told = {name: getattr(found, name) for name in ("id", "code", "name", "description", "active")}
        return {"__typename": "PointsType", **told, **self.stamp(found.id)}

    def entry(self, id: str) -> Object:
        """An adjustment of points."""
        found, stamp = self.world.entries[id], self.world.stamps[id]
        return {
            "__typename": "PointsEntry",
            **{name: getattr(found, name) for name in ("id", "amount", "balance", "reason")},
            "customer": lambda info: self.party(found.customer),
            "type": lambda info: self.points_type(found.type),
            "createdAt": moment(stamp.at),
            "createdBy": lambda info: self.party(stamp.by) if stamp.by in self.world.parties else None,
        }

    def case(self, id: str) -> Object:
        return cases.shown(self, self.world.cases[id])

    def moment(self, at: Any) -> str:
        return moment(at)

    def node(self, id: str) -> Object | None:
        """Whatever has this id."""
        places: list[tuple[Callable[[str], Object], dict[str, str]]] = [
            (self.party, {id: id for id in self.world.parties if self.sees(id)}),
            (self.relationship, {id: id for id, r in self.world.relationships.items() if self.sees_one(r)}),
            (self.operation, {id: id for id, done in self.world.operations.items() if self.sees_done(done)}),
            (self.type, {type.id: code for code, type in self.world.types.items()}),
            (self.points_type, {type.id: code for code, type in self.world.points_types.items()}),
            (self.entry, {id: id for id, entry in self.world.entries.items() if self.sees(entry.customer)}),
            (self.case, {id: id for id, case in self.world.cases.items() if self.sees_case(case)}),
            (self.responsibility, {r.id: r.code for r in self.world.responsibilities}),
        ]
        return next((make(keys[id]) for make, keys in places if id in keys), None)

    def stamp(self, id: str) -> Object:
        """When a record was made and last changed, and its version."""
        stamp = self.world.stamps[id]
        times = {"createdAt": moment(stamp.at), "updatedAt": moment(stamp.changed or stamp.at)}
        return {"version": stamp.version, **times}

    def day(self, given: str | None) -> date:
        """The day that is asked about: today unless told."""
        return date.fromisoformat(given) if given else self.world.today


def told(error: GraphQLError) -> tuple[str, list[str | int]]:
    """An error by its code and path; what no resolver here raised on purpose is a fault of the oracle.

    But graphql-core refuses values in the document: a variable that is null, where its default could stand.
    """
    if any(isinstance(node, ValueNode) for node in error.nodes or ()):
        return "BAD_USER_INPUT", error.path or []
    assert error.extensions, error
    return error.extensions["code"], error.path or []


def moment(at: datetime) -> str:
    """A moment as RFC 3339 has it, no longer than it must be."""
    whole, point, fraction = at.isoformat().removesuffix("+00:00").partition(".")
    return f"{whole}{point}{fraction.rstrip('0')}Z"
