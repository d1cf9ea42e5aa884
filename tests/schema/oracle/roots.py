"""The roots of reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

from domain.parties import Party
from domain.search import searched
from tests.schema.oracle.cases import all_cases
from tests.schema.oracle.pages import Row, page
from tests.schema.oracle.paths import paths
from tests.schema.oracle.refusals import failed
from tests.schema.oracle.teams import at_location
from tests.schema.oracle.trees import tree

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain


def query(plain: Plain) -> Object:
    """All fields of Query but those that are a resolver's whole answer."""
    world = plain.world
    return {
        "node": lambda info, id: plain.node(id) or failed("NOT_FOUND"),
        "nodes": lambda info, ids: [plain.node(id) or failed("NOT_FOUND") for id in ids],
        "party": lambda info, by: named(plain, by),
        "parties": lambda info, **given: parties(plain, **given),
        "relationshipTypes": lambda info, **given: types(plain, **given),
        "responsibilities": [plain.responsibility(code) for code in sorted(r.code for r in world.responsibilities)],
        "team": lambda info, **given: at_location(plain, **given),
        "pointsTypes": lambda info, active=None: points_types(plain, active),
        "cases": lambda info, **given: all_cases(plain, **given),
        "operation": lambda info, id: operation(plain, id),
        "familyTree": lambda info, root, **given: tree(plain, root, **given),
        "paths": lambda info, **given: paths(plain, given.pop("from"), given.pop("to"), **given),
    }


def operation(plain: Plain, id: str) -> Object | GraphQLError:
    """The operation of an id."""
    found = plain.world.operations.get(id)
    return plain.operation(id) if found and plain.sees_done(found) else failed("NOT_FOUND")


def named(plain: Plain, by: dict[str, Any]) -> Object | GraphQLError:
    """The party of an id, a number, or an external id."""
    (way, value), found = next(iter(by.items())), []
    for party in filter(lambda party: plain.sees(party.id), plain.world.parties.values()):
        external = [{"system": e.system, "value": e.value} for e in party.external_ids]
        known = {"id": party.id, "number": party.properties.get("number")}
        if value in external if way == "externalId" else value == known[way]:
            found.append(party)
    return plain.party(found[0].id) if found else failed("NOT_FOUND")


def types(plain: Plain, categories: Sequence[str] | None = None, active: bool | None = None) -> list[Object]:
    found = sorted(plain.world.types.values(), key=lambda type: type.code)
    found = [type for type in found if categories is None or type.category.value in categories]
    return [plain.type(type.code) for type in found if active is None or type.active is active]


def points_types(plain: Plain, active: bool | None) -> list[Object]:
    found = sorted(plain.world.points_types.values(), key=lambda type: type.code)
    return [plain.points_type(type.code) for type in found if active is None or type.active is active]


def parties(
    plain: Plain,
    search: str | None = None,
    kinds: Sequence[str] | None = None,
    statuses: Sequence[str] | None = None,
    eligibleFor: dict[str, Any] | None = None,
    **paging: Any,
) -> Object:
    """A page of all parties by name, or of those found, the best first."""
    found = [
        party
        for party in plain.world.parties.values()
        if plain.sees(party.id)
        and (kinds is None or party.kind.name in kinds)
        and (statuses is None or party.properties.get("status") in statuses)
        and (eligibleFor is None or eligible(plain, party, **eligibleFor))
    ]
    name = "parties" if search is None else "found"
    rows: list[Row] = []
    for party in found:
        key = (str(party.properties["sort_name"]), party.id)
        rank = 0 if search is None else ranked(plain.searched(party), search)
        if rank is not None:
            rows.append((key if search is None else (rank, *key), {"node": plain.party(party.id)}))
    return page(plain.cursors, name, rows, **paging)


def eligible(plain: Plain, party: Party, type: str, source: str | None = None, target: str | None = None) -> bool:
    """Whether a relationship of the type could take the party at its other end."""
    known = plain.world.types.get(type)
    if known is None or party.id in (source, target) or party.properties.get("status") == "MERGED":
        return False
    return party.kind in (known.source_kinds if source is None else known.target_kinds)


def ranked(text: str, search: str) -> int | None:
    """How well what a party is found by matches, 0 the best, None: not at all. Nothing is taken to be misspelt."""
    looked_for = searched(search)
    if not has_all(text, looked_for["parts"]):
        return None
    if str(looked_for["line"]) in text:
        return 0
    return next((n for n, part in enumerate(("wholes", "starts"), 1) if has_all(text, looked_for[part])), 3)


def has_all(text: str, parts: object) -> bool:
    assert isinstance(parts, list)
    return all(part in text for part in parts)
