"""SPEC 2: what administrators define, and what each category allows."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import Grant
from domain.ids import prefix_of
from domain.parties import PartyKind
from domain.properties import PropertyDefinition, PropertyKind
from domain.refusals import InvalidValue, Refused
from domain.relationship_types import EDGES, ENDS, PEDIGREE, Category, RelationshipType, RoleGrants, TypeDraft, define
from tests.domain.ties import ACCOUNT, CONSUMER, GROUP, HOUSEHOLD, STAFF

MENTOR = TypeDraft(
    code="MENTOR",
    name="Mentor",
    label="is mentor of",
    reverse_label="is pupil of",
    category=Category.LOOSE,
    source_kinds=[CONSUMER],
    target_kinds=[CONSUMER],
)
NEIGHBOUR = replace(MENTOR, code="NEIGHBOUR", label="is neighbour of", reverse_label=None, symmetric=True)


def refused(draft: TypeDraft) -> list[tuple[str, tuple[str, ...]]]:
    """All that is wrong with a draft: reasons and places."""
    with pytest.raises(Refused) as caught:
        define(draft)
    return [(r.reason, r.path) for r in caught.value.refusals if isinstance(r, InvalidValue)]


@pytest.mark.parametrize(
    ("category", "edge"),
    [
        (Category.PARENTAGE, "PARENT_OF"),
        (Category.PARTNERSHIP, "PARTNER_OF"),
        (Category.KIN, "LINKED_TO"),
        (Category.LOOSE, "LINKED_TO"),
        (Category.HIERARCHY, "OVERSEES"),
        (Category.TEAM, "SERVES"),
        (Category.REPRESENTATION, "REPRESENTS"),
        (Category.GROUP, "MEMBER_OF"),
    ],
)
def test_the_category_fixes_the_edge(category: Category, edge: str) -> None:
    """SPEC 2.2"""
    assert EDGES[category] == edge


def test_every_category_has_an_edge_and_ends() -> None:
    """SPEC 2.2"""
    assert set(EDGES) == set(ENDS) == set(Category)


def test_a_type_is_as_it_is_drafted() -> None:
    """SPEC 2.1: the texts without the space around them, the kinds in one order."""
    share = PropertyDefinition("share", "Share", PropertyKind.NUMBER)
    draft = replace(
        MENTOR,
        name=" Mentor ",
        description=" Teaches.\r\nAnd learns. ",
        source_kinds=[ACCOUNT, CONSUMER, ACCOUNT],
        acyclic=True,
        max_per_source=10_000,
        max_per_target=1,
        properties=[share],
    )
    made = define(draft)
    assert made == RelationshipType(
        id=made.id,
        code="MENTOR",
        name="Mentor",
        label="is mentor of",
        reverse_label="is pupil of",
        description="Teaches.\nAnd learns.",
        category=Category.LOOSE,
        source_kinds=(CONSUMER, ACCOUNT),
        target_kinds=(CONSUMER,),
        symmetric=False,
        acyclic=True,
        max_per_source=10_000,
        max_per_target=1,
        within_household=False,
        roles=(),
        properties=(share,),
        active=True,
        built_in=False,
    )
    assert (prefix_of(made.id), made.edge) == ("relationship_type", "LINKED_TO")


def test_a_symmetric_type_has_one_label() -> None:
    """SPEC 2.4"""
    for reverse in (None, "is neighbour of"):
        made = define(replace(MENTOR, label="is neighbour of", reverse_label=reverse, symmetric=True))
        assert (made.label, made.reverse_label) == ("is neighbour of", "is neighbour of")


def test_every_parentage_has_a_pedigree() -> None:
    """SPEC 2.3"""
    note = PropertyDefinition("source", "Source", PropertyKind.TEXT)
    made = define(replace(MENTOR, category=Category.PARENTAGE, properties=[note]))
    assert made.properties == (PEDIGREE, note)
    assert (
        PropertyDefinition("pedigree", "Pedigree", PropertyKind.CHOICE, choices=("BIRTH", "ADOPTIVE", "FOSTER", "STEP"))
        == PEDIGREE
    )


def test_a_group_type_has_roles() -> None:
    """SPEC 2.1"""
    club = replace(MENTOR, category=Category.GROUP, target_kinds=[GROUP], roles=["CHAIR", "MEMBER"])
    assert define(club).roles == ("CHAIR", "MEMBER")


def test_roles_carry_grants() -> None:
    """SPEC 5.1: in one order; a role without any is as one that is not told."""
    club = replace(MENTOR, category=Category.GROUP, target_kinds=[GROUP], roles=["CHAIR", "MEMBER", "GUEST"])
    view, cases = Grant.VIEW_PROFILE, Grant.VIEW_CASES
    given = [RoleGrants("MEMBER", (view,)), RoleGrants("GUEST", ()), RoleGrants("CHAIR", (cases, view, cases))]
    made = define(replace(club, role_grants=given))
    assert made.role_grants == (RoleGrants("CHAIR", (view, cases)), RoleGrants("MEMBER", (view,)))
    reason = "must be one of the roles, each once"
    twice = [*given, RoleGrants("CHAIR", ()), RoleGrants("chair", ())]
    assert refused(replace(club, role_grants=twice)) == [(reason, ("roleGrants", n, "role")) for n in ("3", "4")]
    assert refused(replace(MENTOR, role_grants=given[:1])) == [(reason, ("roleGrants", "0", "role"))]


CODE = "must be capital letters, digits and underscores, at most 50"


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        *[({"code": code}, [(CODE, ("code",))]) for code in ("", "mentor", "1ST", "_A", "Ä", "A B", "A\n", "A" * 51)],
        ({"name": ""}, [("must not be empty", ("name",))]),
        ({"name": "a" * 101}, [("at most 100 characters", ("name",))]),
        ({"label": "\x00"}, [("holds a control character", ("label",))]),
        ({"label": "\u200b"}, [("must not be empty", ("label",))]),
        ({"reverse_label": None}, [("must not be empty", ("reverseLabel",))]),
        ({"description": "a" * 2001}, [("at most 2000 characters", ("description",))]),
        ({"description": "\ud800"}, [("holds half of a surrogate pair", ("description",))]),
        ({"max_per_source": 0}, [("must be 1 to 10,000", ("maxPerSource",))]),
        ({"max_per_target": 10_001}, [("must be 1 to 10,000", ("maxPerTarget",))]),
        (
            {"max_per_source": -1, "max_per_target": 2**31 - 1},
            [("must be 1 to 10,000", ("maxPerSource",)), ("must be 1 to 10,000", ("maxPerTarget",))],
        ),
        ({"roles": ["CHAIR"]}, [("only a GROUP type has roles", ("roles",))]),
        (
            {"source_kinds": []},
            [("of LOOSE must be some of CONSUMER, ACCOUNT, HOUSEHOLD, GROUP", ("sourceKinds",))],
        ),
        (
            {"properties": [PropertyDefinition("a", "\x00", PropertyKind.TEXT)]},
            [("holds a control character", ("properties", "0", "name"))],
        ),
        (
            {
                "category": Category.PARENTAGE,
                "properties": [PropertyDefinition("pedigree", "Pedigree", PropertyKind.TEXT)],
            },
            [("must differ from the others", ("properties", "0", "code"))],
        ),
    ],
)
def test_what_a_type_cannot_have_is_refused(
    changes: dict[str, Any], refusals: list[tuple[str, tuple[str, ...]]]
) -> None:
    """SPEC 2.1"""
    assert refused(replace(MENTOR, **changes)) == refusals


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"acyclic": True}, [("is not possible for a symmetric type", ("acyclic",))]),
        ({"target_kinds": [ACCOUNT]}, [("needs the same kinds at both ends", ("symmetric",))]),
        ({"max_per_source": 1}, [("of a symmetric type must be the same at both ends", ("maxPerTarget",))]),
        ({"reverse_label": "is pupil of"}, [("a symmetric type has one label", ("reverseLabel",))]),
        *[
            ({"category": category}, [(f"is not possible for {category.value}", ("symmetric",))])
            for category in (Category.PARENTAGE, Category.HIERARCHY, Category.REPRESENTATION)
        ],
    ],
)
def test_what_a_symmetric_type_cannot_have_is_refused(
    changes: dict[str, Any], refusals: list[tuple[str, tuple[str, ...]]]
) -> None:
    """SPEC 2.4: its two ends are one and the same."""
    assert refused(replace(NEIGHBOUR, **changes)) == refusals


def test_a_partnership_is_symmetric() -> None:
    """SPEC 2.2, 2.3"""
    assert refused(replace(MENTOR, category=Category.PARTNERSHIP)) == [("must be true for PARTNERSHIP", ("symmetric",))]


def test_all_that_is_wrong_with_a_type_is_told_at_once() -> None:
    """SPEC 3.4"""
    draft = TypeDraft(
        code="x",
        name="",
        label="",
        category=Category.TEAM,
        source_kinds=[CONSUMER],
        target_kinds=[STAFF],
        description="\x00",
        symmetric=True,
        acyclic=True,
        max_per_source=0,
        max_per_target=1,
        roles=["A", "A", "b"],
        properties=[PropertyDefinition("A", "A", PropertyKind.CHOICE)],
    )
    assert refused(draft) == [
        (CODE, ("code",)),
        (CODE, ("roles", "2")),
        ("must not be empty", ("label",)),
        ("must not be empty", ("name",)),
        ("holds a control character", ("description",)),
        ("of TEAM must be some of INTERNAL_USER", ("sourceKinds",)),
        ("of TEAM must be some of CONSUMER, ACCOUNT, HOUSEHOLD, GROUP", ("targetKinds",)),
        ("is not possible for TEAM", ("symmetric",)),
        ("needs the same kinds at both ends", ("symmetric",)),
        ("of a symmetric type must be the same at both ends", ("maxPerTarget",)),
        ("is not possible for a symmetric type", ("acyclic",)),
        ("must be 1 to 10,000", ("maxPerSource",)),
        ("only a GROUP type has roles", ("roles",)),
        ("must be different, at most 30", ("roles",)),
        (
            "must begin with a small letter and hold letters, digits and underscores only, at most 50",
            ("properties", "0", "code"),
        ),
        ("are for a CHOICE, which needs some", ("properties", "0", "choices")),
    ]


ALLOWED = {
    Category.PARENTAGE: ([CONSUMER], [CONSUMER]),
    Category.PARTNERSHIP: ([CONSUMER], [CONSUMER]),
    Category.KIN: ([CONSUMER], [CONSUMER]),
    Category.LOOSE: ([CONSUMER, ACCOUNT, HOUSEHOLD, GROUP], [CONSUMER, ACCOUNT, HOUSEHOLD, GROUP]),
    Category.HIERARCHY: ([CONSUMER, ACCOUNT], [CONSUMER, ACCOUNT]),
    Category.TEAM: ([STAFF], [CONSUMER, ACCOUNT, HOUSEHOLD, GROUP]),
    Category.REPRESENTATION: ([CONSUMER], [CONSUMER]),
    Category.GROUP: ([CONSUMER, ACCOUNT], [HOUSEHOLD, GROUP]),
}


@pytest.mark.parametrize("category", list(Category))
@pytest.mark.parametrize("source", list(PartyKind))
@pytest.mark.parametrize("target", list(PartyKind))
def test_a_category_takes_its_kinds_and_no_others(category: Category, source: PartyKind, target: PartyKind) -> None:
    """SPEC 2.1, 2.2"""
    symmetric = category is Category.PARTNERSHIP
    draft = replace(
        MENTOR,
        category=category,
        source_kinds=[source],
        target_kinds=[target],
        symmetric=symmetric,
        reverse_label=None if symmetric else "is pupil of",
    )
    sources, targets = ALLOWED[category]
    wrong = {
        place
        for place, kind, kinds in (("sourceKinds", source, sources), ("targetKinds", target, targets))
        if kind not in kinds
    }
    if symmetric and source != target:
        wrong.add("symmetric")
    if wrong:
        assert {path[0] for _, path in refused(draft)} == wrong
    else:
        made = define(draft)
        assert (made.source_kinds, made.target_kinds) == ((source,), (target,))


@given(
    st.builds(
        TypeDraft,
        code=st.text(st.sampled_from("AB1_a"), max_size=4),
        name=st.text(max_size=5),
        label=st.sampled_from(["is", "", "was"]),
        reverse_label=st.sampled_from([None, "is", "was"]),
        category=st.sampled_from(Category),
        source_kinds=st.lists(st.sampled_from(PartyKind), max_size=3),
        target_kinds=st.lists(st.sampled_from(PartyKind), max_size=3),
        symmetric=st.booleans(),
        acyclic=st.booleans(),
        max_per_source=st.none() | st.integers(0, 2),
        max_per_target=st.none() | st.integers(0, 2),
        roles=st.lists(st.sampled_from(["A", "B", "c"]), max_size=2),
    )
)
def test_any_draft_is_refused_or_makes_a_type_that_holds_together(draft: TypeDraft) -> None:
    """SPEC 2.1, 2.4"""
    try:
        made = define(draft)
    except Refused:
        return
    assert made.name
    assert made.label
    assert made.reverse_label
    assert set(made.source_kinds) <= ENDS[made.category][0]
    assert set(made.target_kinds) <= ENDS[made.category][1]
    if made.symmetric:
        assert (made.label, made.source_kinds, made.max_per_source, made.acyclic) == (
            made.reverse_label,
            made.target_kinds,
            made.max_per_target,
            False,
        )
    assert made.symmetric or made.category is not Category.PARTNERSHIP
    assert made.category is Category.GROUP or not made.roles
