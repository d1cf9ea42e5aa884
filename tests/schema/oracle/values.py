"""Arguments that lead somewhere: ids of the world, days about its dates, cursors of its lists; and some that don't."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from domain.cases import CaseStatus
from domain.parties import CUSTOMERS, CustomerStatus, PartyKind
from domain.relationship_types import Category
from tests.schema.oracle.pages import Cursors
from tests.schema.oracle.world import World

Values = st.SearchStrategy[Any]
SEARCHES = [
    "",
    "ada",
    "ost",
    "quillon",
    "dr xu",
    "o'brien",
    "kith.example",
    "617 555",
    "0101",
    "crm consumer",
    "zzz",
    "é",
]
UNKNOWN = ["consumer_01m81cvtwye3hvm7mmkgnzsdq1", "nobody", "relationship_01m81cvtwye3hvm7mmkgnzsdq1"]
SIZES = [1, 2, 3, 5, 20, 100]
WRONG_SIZES = [0, -1, 101]


class Arguments:
    """Values of arguments, by their names: these mean the same wherever they stand, but for cursors of a list."""

    def __init__(self, world: World, cursors: Cursors) -> None:
        self._values = values(world)
        self._places = places(cursors)

    def of(self, field: str, name: str, sound: bool) -> Values | None:
        """Values of an argument; with `sound` of none that can refuse a page, None for an argument to be left out."""
        if sound and name in ("first", "after", "last", "before"):
            return st.sampled_from(SIZES) if name == "first" else None
        return self._places.get(field) if name in ("after", "before") else self._values[name]


def places(cursors: Cursors) -> dict[str, Values]:
    """Cursors by the field that has the list; now and then of another list, or none."""
    listed: dict[str, list[str]] = {}
    for token, (name, _) in sorted(cursors.places.items()):
        field = "cases" if "cases" in name else {"found": "parties"}.get(name, name)
        listed.setdefault(field, []).append(token)
    wrong = ["garbage", *(tokens[0] for tokens in listed.values())]
    return {field: st.sampled_from([*tokens, *wrong]) for field, tokens in listed.items()}


def values(world: World) -> dict[str, Values]:
    """Values by the name of the argument."""
    ids = st.sampled_from([*[*world.parties] * 9, *world.ids, *UNKNOWN * 9])  # what most documents ask for, most of all
    parties = st.sampled_from([*world.parties, *world.parties, *UNKNOWN])
    codes = st.sampled_from([*world.types, "NOBODYS"])
    size = st.sampled_from([*SIZES * 20, *WRONG_SIZES])
    generations = st.sampled_from([0, 1, 2, 3, 1, 2, 3, 5, -1, 101])
    return {
        "id": ids,
        "ids": st.integers(0, 40).flatmap(
            lambda n: st.lists(ids, max_size=5) if n < 40 else ids.map(lambda id: [id] * 101)
        ),
        "by": named(world),
        "root": st.sampled_from([*world.of(PartyKind.CONSUMER) * 3, *world.of(PartyKind.ACCOUNT), *UNKNOWN]),
        "first": size,
        "last": size,
        "asOf": days(world),
        "period": st.sampled_from(["CURRENT", "PAST", "FUTURE", "ALL", "ALL"]),
        "types": st.lists(codes, max_size=3),
        "categories": st.lists(st.sampled_from([category.name for category in Category]), max_size=3),
        "direction": st.sampled_from(["OUTGOING", "INCOMING"]),
        "responsibility": st.sampled_from([*(r.code for r in world.responsibilities), "NOBODYS"]),
        "kinds": st.lists(st.sampled_from([kind.name for kind in PartyKind]), max_size=3),
        "search": st.sampled_from(SEARCHES),
        "orderBy": st.sampled_from(["TYPE", "VALID_FROM", "CREATED_AT"]),
        "statuses": st.lists(st.sampled_from([status.name for status in CustomerStatus]), max_size=3),
        "eligibleFor": eligible(world),
        "active": st.booleans(),
        "location": st.sampled_from(["Ghent", " gHENT", "Wien", "wién", "Nowhere", ""]),
        "status": st.sampled_from([status.name for status in CaseStatus]),
        "customer": st.sampled_from([*world.of(*CUSTOMERS), *UNKNOWN]),
        "assignee": st.sampled_from([*world.of(PartyKind.INTERNAL_USER), *UNKNOWN]),
        "pointsTypes": st.lists(st.sampled_from([*world.points_types, "NOBODYS"]), max_size=3),
        "from": parties,
        "to": parties,
        "limit": st.sampled_from([1, 2, 3, 5, 9, 25, 1, 2, 3, 5, 9, 25, 0, 26]),
        "maxLength": st.sampled_from([1, 2, 3, 4, 12, 1, 2, 3, 4, 12, 0, 13]),
        "avoiding": st.lists(parties, max_size=3),
        "up": generations,
        "down": generations,
        "collaterals": st.booleans(),
    }


def days(world: World) -> Values:
    """Days about today, and any other."""
    near = st.integers(-2, 2) | st.integers(-4000, 1500)
    return near.map(lambda offset: (world.today + timedelta(days=offset)).isoformat())


def named(world: World) -> Values:
    """One way to name a party."""
    parties = [world.parties[id] for id in world.of(*PartyKind)]
    numbers = [str(party.properties["number"]) for party in parties if party.kind in CUSTOMERS]
    external = [{"system": e.system, "value": e.value} for party in parties for e in party.external_ids]
    return st.one_of(
        st.sampled_from([*(party.id for party in parties), *UNKNOWN]).map(lambda id: {"id": id}),
        st.sampled_from([*numbers, "000000000000"]).map(lambda number: {"number": number}),
        st.sampled_from([*external, {"system": "x", "value": "y"}]).map(lambda id: {"externalId": id}),
    )


def eligible(world: World) -> Values:
    """A relationship to be made, with the end that is known; now and then with both, or none."""
    codes, ids = st.sampled_from([*world.types, "NOBODYS"]), st.sampled_from(world.of(*PartyKind))
    ends = st.sampled_from([("source",), ("target",), ("source",), ("target",), ("source", "target"), ()])
    return st.tuples(codes, ends, ids).map(lambda it: {"type": it[0], **dict.fromkeys(it[1], it[2])})
