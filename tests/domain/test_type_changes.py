"""SPEC 2.1, 2.3: how types change, what that makes narrower, and what is stored and would not fit."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.access import Grant
from domain.cycles import Link, find_cycle
from domain.ids import RelationshipId
from domain.limits import crowded
from domain.misfits import MOST_EXAMPLES, Chained, Instance, Misfits, closing, overfull, unfitting
from domain.partial_dates import Period
from domain.properties import PropertyDefinition, PropertyKind, Value
from domain.refusals import InvalidValue, Refused, WouldNotFit
from domain.relationship_types import PEDIGREE, RelationshipType, RoleGrants
from domain.type_changes import changed, narrowed
from tests.domain.ties import (
    ACCOUNT,
    CONSUMER,
    CONTACT,
    CUSTOMERS,
    FAMILY_ACCOUNT,
    FRIEND,
    GROUP,
    PARENT,
    PEOPLE,
    party,
    period,
    tie,
)

A, B = party(CONSUMER, 1), party(CONSUMER, 2)
FIRST = date(2026, 1, 1)
SINCE = PropertyDefinition("since", "Since", PropertyKind.DATE)
LEVEL = PropertyDefinition("level", "Level", PropertyKind.CHOICE, choices=("LOW", "HIGH"))
WIDE = replace(CONTACT, source_kinds=CUSTOMERS, target_kinds=CUSTOMERS, properties=(SINCE, LEVEL))
HOUSE = replace(FAMILY_ACCOUNT, built_in=True)


def refused(type: RelationshipType, **fields: Any) -> list[tuple[str, ...]]:
    """The places of what is wrong with a change, all of it invalid values."""
    with pytest.raises(Refused) as raised:
        changed(type, fields)
    assert {type_.__class__ for type_ in raised.value.refusals} == {InvalidValue}
    return [refusal.path for refusal in raised.value.refusals]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "Touch"},
        {"description": "Of whom we ask", "active": False},
        {"source_kinds": CUSTOMERS, "max_per_source": 3},
        {"label": "is", "reverse_label": "was"},
        {"properties": (SINCE,)},
        {"acyclic": True},
    ],
)
def test_what_is_given_changes_and_the_rest_stays(fields: dict[str, Any]) -> None:
    """SPEC 2.1: the version is counted where it is written."""
    type = replace(CONTACT, version=7)
    assert changed(type, fields) == replace(type, **fields)


def test_none_empties_what_can_be_empty() -> None:
    """SPEC 2.1"""
    full = replace(FAMILY_ACCOUNT, description="D", max_per_target=2, properties=(SINCE,))
    emptied = dict.fromkeys(["description", "max_per_target", "properties", "roles"])
    assert changed(full, emptied) == replace(FAMILY_ACCOUNT, roles=())


@pytest.mark.parametrize("field", ["name", "label", "reverse_label", "source_kinds", "target_kinds"])
def test_none_is_refused_where_a_type_needs_something(field: str) -> None:
    """SPEC 2.1"""
    first, *rest = field.split("_")
    assert refused(CONTACT, **{field: None}) == [("".join([first, *(word.capitalize() for word in rest)]),)]


def test_flags_are_yes_or_no() -> None:
    """SPEC 2.1"""
    assert refused(CONTACT, acyclic=None, active=None) == [("acyclic",), ("active",)]


def test_the_label_of_a_symmetric_type_is_its_only_one() -> None:
    """SPEC 2.4"""
    friend = replace(FRIEND, label="is friend of", reverse_label="is friend of")
    assert changed(friend, {"label": "likes"}) == replace(friend, label="likes", reverse_label="likes")
    assert refused(friend, reverse_label="is liked by") == [("reverseLabel",)]
    assert refused(friend, source_kinds=CUSTOMERS) == [("symmetric",)]
    assert refused(friend, max_per_source=1) == [("maxPerTarget",)]
    assert refused(friend, acyclic=True) == [("acyclic",)]


def test_the_pedigree_of_parentage_stays() -> None:
    """SPEC 2.3: given back as it was read or left out."""
    for properties in ((SINCE,), (PEDIGREE, SINCE)):
        assert changed(PARENT, {"properties": properties}) == replace(PARENT, properties=(PEDIGREE, SINCE))


def test_grants_of_roles_change_and_go_with_their_roles() -> None:
    """SPEC 5.1: which makes nothing narrower by itself."""
    owner, member = (RoleGrants(role, (Grant.VIEW_PROFILE,)) for role in ("OWNER", "MEMBER"))
    type = replace(HOUSE, role_grants=(owner, member), built_in=False)
    assert changed(HOUSE, {"role_grants": [member, owner]}) == replace(HOUSE, role_grants=(owner, member))
    assert changed(type, {"name": "N"}) == replace(type, name="N")
    assert changed(type, {"roles": ("MEMBER",)}) == replace(type, roles=("MEMBER",), role_grants=(member,))
    assert changed(type, {"role_grants": None}) == replace(type, role_grants=())
    assert refused(type, roles=("MEMBER",), role_grants=[owner]) == [("roleGrants", "0", "role")]
    assert narrowed(type, replace(type, role_grants=())) == type


def test_a_built_in_type_changes_its_texts_and_gets_roles() -> None:
    """SPEC 2.3"""
    texts = {"name": "N", "label": "l", "reverse_label": "r", "description": "d"}
    assert changed(HOUSE, texts) == replace(HOUSE, **texts)  # type: ignore[arg-type]
    assert changed(HOUSE, {"roles": ("MEMBER", "CHILD", "OWNER")}) == replace(HOUSE, roles=("MEMBER", "CHILD", "OWNER"))
    same = {"active": True, "source_kinds": CUSTOMERS, "acyclic": False, "max_per_source": None, "properties": ()}
    assert changed(HOUSE, same) == HOUSE


def test_all_else_that_changes_in_a_built_in_type_is_refused_at_once() -> None:
    """SPEC 2.3"""
    fields = {"acyclic": True, "active": False, "max_per_source": 1, "max_per_target": 1}
    kinds = {"source_kinds": PEOPLE, "properties": (SINCE,), "roles": ("OWNER",)}
    assert refused(HOUSE, **fields, **kinds) == [
        *(("acyclic",), ("active",), ("maxPerSource",), ("maxPerTarget",), ("sourceKinds",), ("properties",)),
        ("roles",),
    ]
    assert refused(replace(HOUSE, target_kinds=()), target_kinds=(GROUP,)) == [("targetKinds",)]


@pytest.mark.parametrize(
    "after",
    [
        {"name": "N", "active": False, "description": "d"},
        {"source_kinds": (*CUSTOMERS, GROUP)},
        {"properties": (replace(LEVEL, choices=("MIDDLE", "HIGH", "LOW"), name="Rank"), replace(SINCE, required=True))},
        {"roles": ("NEW",)},
    ],
)
def test_what_takes_all_that_it_took_is_not_narrower(after: dict[str, Any]) -> None:
    """SPEC 2.1: nor is a property that becomes required, which binds new ones only."""
    assert set(narrowed(WIDE, replace(WIDE, **after)).properties) == {SINCE, LEVEL}
    assert replace(narrowed(WIDE, replace(WIDE, **after)), properties=WIDE.properties) == WIDE


@pytest.mark.parametrize(
    ("before", "after", "both"),
    [
        ({}, {"source_kinds": PEOPLE}, {"source_kinds": PEOPLE}),
        ({"target_kinds": PEOPLE}, {"target_kinds": (ACCOUNT,)}, {"target_kinds": ()}),
        ({}, {"max_per_source": 2}, {"max_per_source": 2}),
        ({"max_per_target": 1}, {"max_per_target": 2}, {}),
        ({"max_per_target": 2}, {"max_per_target": 1}, {"max_per_target": 1}),
        ({"max_per_target": 2}, {"max_per_target": None}, {}),
        ({}, {"acyclic": True}, {"acyclic": True}),
        ({"acyclic": True}, {"acyclic": False}, {}),
        ({"roles": ("A", "B")}, {"roles": ("C", "B")}, {"roles": ("B",)}),
        ({}, {"properties": (SINCE,)}, {"properties": (SINCE,)}),
        (
            {},
            {"properties": (replace(LEVEL, choices=("HIGH", "TOP")), SINCE)},
            {"properties": (SINCE, replace(LEVEL, choices=("HIGH",)))},
        ),
        ({}, {"properties": (replace(SINCE, kind=PropertyKind.TEXT), LEVEL)}, {"properties": (LEVEL,)}),
        ({}, {"properties": (SINCE, replace(LEVEL, choices=("TOP",)))}, {"properties": (SINCE,)}),
    ],
)
def test_a_narrower_type_takes_what_both_take(
    before: dict[str, Any], after: dict[str, Any], both: dict[str, Any]
) -> None:
    """SPEC 2.1: and keeps its texts until the change is made."""
    type = replace(WIDE, **before)
    assert narrowed(type, replace(type, name="New", **after)) == replace(type, **both)


def instance(role: str | None = None, **properties: Value) -> Instance:
    """A relationship from a consumer to an account."""
    id = RelationshipId("relationship_1")
    return Instance(id, True, A, CONSUMER, party(ACCOUNT, 1), ACCOUNT, period(), role, properties)


@pytest.mark.parametrize(
    ("one", "after", "names"),
    [
        (instance(), WIDE, []),
        (instance(since="2001-01-01", level="LOW"), WIDE, []),
        (instance(), replace(WIDE, properties=(replace(SINCE, required=True),)), []),
        (instance(), replace(WIDE, source_kinds=(ACCOUNT,)), ["source_kinds"]),
        (instance(), replace(WIDE, target_kinds=PEOPLE), ["target_kinds"]),
        (instance("OWNER"), replace(WIDE, roles=("OWNER",)), []),
        (instance("OWNER"), replace(WIDE, roles=("MEMBER",)), ["roles"]),
        (instance(level="LOW"), replace(WIDE, properties=(SINCE,)), ["properties"]),
        (instance(level="LOW"), replace(WIDE, properties=(replace(LEVEL, choices=("HIGH",)),)), ["properties"]),
        (instance(since="2001-01-01"), replace(WIDE, properties=(replace(SINCE, kind=PropertyKind.TEXT),)), []),
        (instance(level="LOW"), replace(WIDE, properties=(replace(SINCE, code="level"),)), ["properties"]),
        (
            instance("X", x=1),
            replace(WIDE, source_kinds=(), target_kinds=()),
            [*("source_kinds", "target_kinds", "roles", "properties")],
        ),
    ],
)
def test_a_relationship_that_does_not_fit_tells_by_which_fields(
    one: Instance, after: RelationshipType, names: list[str]
) -> None:
    """SPEC 2.1"""
    assert list(unfitting(one, after)) == names


def test_misfits_are_counted_by_field_and_some_are_named() -> None:
    """SPEC 2.1"""
    found = Misfits()
    ids = [RelationshipId(f"relationship_{number}") for number in range(MOST_EXAMPLES + 2)]
    for id in ids:
        found.add("max_per_source", id)
    found.add("roles", ids[0])
    refusals = found.refusals()
    assert refusals == [
        WouldNotFit(path=("maxPerSource",), count=12, examples=tuple(ids[:10])),
        WouldNotFit(path=("roles",), count=1, examples=(ids[0],)),
    ]
    assert [refusal.message for refusal in refusals] == [
        "12 relationships would not fit.",
        "1 relationship would not fit.",
    ]


def day(number: int | None) -> str | None:
    return None if number is None else (FIRST + timedelta(number)).isoformat()


BOUNDS = st.tuples(st.none() | st.integers(0, 7), st.none() | st.integers(0, 7))
EXACT = BOUNDS.map(lambda bounds: period(day(bounds[0]), day(bounds[1])))
IMPRECISE = st.sampled_from(
    [
        period(*each)
        for each in [("1990", None), ("1991/..", None), (None, "../1995"), ("1990", "1992"), ("1991", "1991")]
    ]
)


@settings(max_examples=300)
@given(st.lists(EXACT, max_size=8) | st.lists(IMPRECISE, max_size=6), st.integers(1, 3))
def test_those_are_too_many_who_could_not_be_added_to_the_others(periods: list[Period], limit: int) -> None:
    """SPEC 3.3: days count as they do for new relationships."""
    ties = [tie(number, FRIEND, A, B) for number in range(len(periods))]
    ties = [replace(each, period=period) for each, period in zip(ties, periods, strict=True)]
    assert overfull(periods, limit) == [
        place
        for place, each in enumerate(ties)
        if crowded(each.period, [other for other in ties if other is not each], limit)
    ]


LINKS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), BOUNDS, st.booleans()), max_size=10)


@settings(max_examples=300)
@given(LINKS)
def test_those_close_a_cycle_that_could_not_be_added_to_the_others(
    drawn: list[tuple[int, int, tuple[int | None, int | None], bool]],
) -> None:
    """SPEC 3.3: of the type itself, among all of its edge."""
    links = [
        Chained(
            party(ACCOUNT, source),
            party(ACCOUNT, target),
            period(day(bounds[0]), day(bounds[1])),
            RelationshipId(f"relationship_{number}") if own else None,
        )
        for number, (source, target, bounds, own) in enumerate(drawn)
        if source != target
    ]
    assert closing(links) == sorted(
        each.id
        for each in links
        if each.id and find_cycle(each, [Link(o.source, o.target, o.period) for o in links if o is not each])
    )


def test_a_hundred_thousand_are_judged_without_a_look_at_all_for_each() -> None:
    """DESIGN 3.9: a chain, and one end that has all of them, in time that grows with their number."""
    many = 100_000
    chain = [Chained(party(ACCOUNT, n), party(ACCOUNT, n + 1), None, RelationshipId(f"r{n:06}")) for n in range(many)]
    back = Chained(party(ACCOUNT, 2), party(ACCOUNT, 0), None, RelationshipId("back"))
    assert closing(chain) == []
    assert closing([*chain, back]) == ["back", "r000000", "r000001"]
    following = [period(day(n % 3_000), day(n % 3_000 + 1)) for n in range(many)]
    assert overfull(following, 34) == []
    assert len(overfull(following, 33)) == 34 * (many - 33 * 3_000)
