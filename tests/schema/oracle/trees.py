"""Family trees, as SPEC 9.2 plainly read has them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from domain.parties import PartyKind
from tests.domain.plain_family import plain_family_tree
from tests.schema.oracle.refusals import failed
from tests.schema.oracle.relationships import holds

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain

MOST_GENERATIONS = 100


def tree(
    plain: Plain,
    root: str,
    up: int | None = 3,
    down: int | None = 3,
    collaterals: bool | None = False,
    asOf: str | None = None,
) -> Object:
    """The tree of a consumer; null means what leaving out does.

    Raises BAD_USER_INPUT for generations out of range, NOT_FOUND for anybody else.
    """
    ups, downs = (3 if given is None else given for given in (up, down))
    if not all(0 <= generations <= MOST_GENERATIONS for generations in (ups, downs)):
        raise failed("BAD_USER_INPUT")
    world = plain.world
    if root not in world.of(PartyKind.CONSUMER) or not plain.sees(root):
        raise failed("NOT_FOUND")
    ties = [r for r in world.relationships.values() if asOf is None or holds(r, "CURRENT", plain.day(asOf))]
    of = {edge: [r for r in ties if world.types[r.type].edge == edge] for edge in ("PARENT_OF", "PARTNER_OF")}
    found = plain_family_tree(
        people=[(id, born(plain, id)) for id in world.of(PartyKind.CONSUMER)],
        parents=[(r.source, r.target, str(r.properties["pedigree"])) for r in of["PARENT_OF"]],
        partnerships=[(r.id, r.source, r.target, holds(r, "CURRENT", plain.day(asOf))) for r in of["PARTNER_OF"]],
        siblings=[(r.source, r.target) for r in ties if r.type == "SIBLING"],
        root=root,
        up=ups,
        down=downs,
        collaterals=bool(collaterals),
    )
    return shown(plain, found)


def born(plain: Plain, id: str) -> date | None:
    """The earliest day of a birth."""
    found = plain.world.parties[id].properties.get("birth_date_earliest")
    return found if isinstance(found, date) and plain.sees(id) else None


def shown(plain: Plain, found: dict[str, Any]) -> Object:
    """A tree of ids with the objects that they name."""
    return {
        **found,
        "root": plain.party(found["root"]["id"]),
        "people": [{**person, "person": plain.party(person["person"]["id"])} for person in found["people"]],
        "couples": [
            {
                **couple,
                **opaque(plain, couple, "partners", "children"),
                "relationships": [plain.relationship(r["id"]) for r in couple["relationships"]],
            }
            for couple in found["couples"]
        ],
        "parentages": [{**one, **opaque(plain, one, "parent", "child")} for one in found["parentages"]],
    }


def opaque(plain: Plain, found: dict[str, Any], *names: str) -> dict[str, Any]:
    """Ids, alone or in lists, as they are shown."""
    told = {name: found[name] for name in names}
    return {n: [*map(plain.opaque, ids)] if isinstance(ids, list) else plain.opaque(ids) for n, ids in told.items()}
