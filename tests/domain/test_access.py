"""The rules of access (SPEC 5), over every combination that there is."""

from itertools import chain, combinations, product

import pytest

from domain.access import (
    HEAD_GRANTS,
    RIGHTS,
    Asker,
    Grant,
    Granted,
    Granting,
    Link,
    Need,
    Reach,
    Reached,
    Sight,
    access,
    granted_by,
    grants_of,
    sight_of,
    ways,
)
from domain.ids import PartyId, RelationshipId
from domain.internal_users import Role
from domain.parties import CustomerStatus, PartyKind

ALL = frozenset(Grant)
SUBSETS = [frozenset(some) for some in chain.from_iterable(combinations(Role, n) for n in range(len(Role) + 1))]
REACHES = [frozenset(some) for some in chain.from_iterable(combinations(Reach, n) for n in range(len(Reach) + 1))]


def link(category: str, type: str = "X", **more: object) -> Link:
    """A relationship of a chain."""
    return Link(RelationshipId(f"{category}-{type}"), type, category, **more)  # type: ignore[arg-type]


SERVES, MEMBER, CONTACT = link("TEAM", responsibility="R"), link("GROUP"), link("LOOSE", "CONTACT")
OVERSEES, FRIEND, HEAD = link("HIERARCHY"), link("LOOSE", "FRIEND"), link("GROUP", head=True)


@pytest.mark.parametrize("roles", SUBSETS)
def test_what_staff_of_any_roles_see(roles: frozenset[Role]) -> None:
    """5.6: several roles see what any of them does; RELATIONSHIP_AGENT adds nothing but what relationships reach."""
    expected = (
        Sight.ALL
        if roles & {Role.ADMIN, Role.MANAGER}
        else {
            (True, True): Sight.AGENT_ANALYST,
            (True, False): Sight.AGENT,
            (False, True): Sight.ANALYST,
            (False, False): Sight.STAFF,
        }[Role.AGENT in roles, Role.ANALYST in roles]
    )
    assert sight_of(PartyKind.INTERNAL_USER, roles, None, False) is expected


@pytest.mark.parametrize(("status", "deceased"), [*product(CustomerStatus, (False, True))])
def test_which_consumers_sign_in(status: CustomerStatus, deceased: bool) -> None:
    """6.2, 6.4: those who are ACTIVE or ENROLLED, and alive; 5.2: nothing by the dead."""
    may = status in (CustomerStatus.ACTIVE, CustomerStatus.ENROLLED) and not deceased
    assert sight_of(PartyKind.CONSUMER, (), status, deceased) is (Sight.CONSUMER if may else Sight.NONE)


@pytest.mark.parametrize("kind", [PartyKind.ACCOUNT, PartyKind.HOUSEHOLD, PartyKind.GROUP])
def test_nobody_else_signs_in(kind: PartyKind) -> None:
    """11.3: staff and consumers do."""
    assert sight_of(kind, (), CustomerStatus.ACTIVE, False) is Sight.NONE


@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize(
    ("beyond", "needed"),
    [
        ((), None),
        ((MEMBER,), Reach.MEMBERS),
        ((CONTACT,), Reach.CONTACTS),
        ((OVERSEES,), Reach.DESCENDANTS),
        ((OVERSEES, OVERSEES, OVERSEES), Reach.DESCENDANTS),
    ],
)
def test_how_far_a_responsibility_reaches(
    reach: frozenset[Reach], beyond: tuple[Link, ...], needed: Reach | None
) -> None:
    """5.1: the party itself always; members, contacts and descendants where it says so."""
    granted = Granted({"R": Granting(ALL, reach)}, {})
    within = needed is None or needed in reach
    assert grants_of((SERVES, *beyond), granted) == (ALL if within else frozenset())


@pytest.mark.parametrize(
    "beyond", [(FRIEND,), (MEMBER, MEMBER), (OVERSEES, CONTACT), (CONTACT, OVERSEES), (CONTACT, CONTACT), (SERVES,)]
)
def test_what_no_reach_reaches(beyond: tuple[Link, ...]) -> None:
    """5.1: one step, or down one hierarchy; a branch's contacts are not reached from the head office."""
    assert grants_of((SERVES, *beyond), Granted({"R": Granting(ALL, frozenset(Reach))}, {})) == frozenset()


@pytest.mark.parametrize("first", [FRIEND, CONTACT, OVERSEES, link("PARENTAGE"), link("PARTNERSHIP"), link("KIN")])
def test_what_grants_nothing(first: Link) -> None:
    """5.2: only serving, representing and places in households and groups do."""
    assert grants_of((first,), Granted({"R": Granting(ALL, frozenset(Reach))}, {})) == frozenset()


def test_an_unknown_responsibility_grants_nothing() -> None:
    """5.1: and so does none at all."""
    for responsibility in ("OTHER", None):
        assert grants_of((link("TEAM", responsibility=responsibility),), Granted({}, {})) == frozenset()


@pytest.mark.parametrize(("head", "role"), [*product((False, True), (None, "HELPER", "OTHER"))])
def test_places_in_households(head: bool, role: str | None) -> None:
    """5.1, 5.2: the head's grants, and those of a role; of the household and its members, but not further."""
    granted = Granted({}, {("X", "HELPER"): frozenset({Grant.MANAGE_CASES})})
    own = (HEAD_GRANTS if head else frozenset()) | (granted.roles["X", "HELPER"] if role == "HELPER" else frozenset())
    place = link("GROUP", head=head, role=role)
    assert grants_of((place,), granted) == grants_of((place, MEMBER), granted) == own
    assert grants_of((place, CONTACT), granted) == grants_of((place, MEMBER, MEMBER), granted) == frozenset()


@pytest.mark.parametrize("roles", SUBSETS)
def test_staff_need_the_role_to_use_a_relationship(roles: frozenset[Role]) -> None:
    """5.3: RELATIONSHIP_AGENT, whatever else they are."""
    reached = Reached(PartyId("p"), False, ((SERVES,),))
    found = ways(PartyKind.INTERNAL_USER, roles, reached, Granted({"R": Granting(ALL, frozenset())}, {}))
    assert granted_by(found) == (ALL if Role.RELATIONSHIP_AGENT in roles else frozenset())


def test_for_the_dead_there_is_nothing() -> None:
    """5.2: neither for them nor by them."""
    granted = Granted({"R": Granting(ALL, frozenset())}, {})
    dead, alive = (Reached(PartyId("p"), deceased, ((SERVES,),)) for deceased in (True, False))
    agent = Asker(PartyId("s"), PartyKind.INTERNAL_USER, frozenset({Role.RELATIONSHIP_AGENT}))
    assert access(agent, dead, granted).granted == frozenset()
    assert access(agent, dead, granted).needed == (Need.BOTH_ALIVE,)
    by_the_dead = access(Asker(PartyId("c"), PartyKind.CONSUMER, deceased=True), alive, granted)
    assert (by_the_dead.granted, by_the_dead.needed) == (frozenset(), (Need.BOTH_ALIVE,))


def test_the_shortest_way_comes_first() -> None:
    """5.5: each chain that grants something is a way."""
    granted = Granted({"R": Granting(ALL, frozenset(Reach))}, {})
    chains = ((SERVES, OVERSEES, OVERSEES), (SERVES, MEMBER), (SERVES,), (FRIEND,))
    found = ways(PartyKind.INTERNAL_USER, {Role.RELATIONSHIP_AGENT}, Reached(PartyId("p"), False, chains), granted)
    assert [len(way.links) for way in found] == [1, 2, 3]


def test_access_by_role_and_to_oneself() -> None:
    """5.6, 5.7: managers have all, agents see profiles, everybody sees himself or herself."""
    nobody = Reached(PartyId("p"), False, ())
    none = Granted({}, {})
    for role, expected in (
        (Role.ADMIN, ALL),
        (Role.MANAGER, ALL),
        (Role.AGENT, {Grant.VIEW_PROFILE}),
        (Role.ANALYST, {Grant.VIEW_PROFILE}),
        (Role.RELATIONSHIP_AGENT, set()),
    ):
        found = access(Asker(PartyId("s"), PartyKind.INTERNAL_USER, frozenset({role})), nobody, none)
        assert found.granted == expected
        assert set(found.missing) == ALL - expected
    own = access(Asker(PartyId("p"), PartyKind.CONSUMER), nobody, none)
    assert own.granted == ALL - {Grant.MANAGE_RELATIONSHIPS, Grant.MANAGE_MEMBERS}


def test_administrators_alone() -> None:
    """5.7: users and their roles, partner apps and their keys; beside the consumer they withdraw consents."""
    alone = {deed for deed, right in RIGHTS.items() if right.roles == {Role.ADMIN}}
    apps = {"partnerApps", "createPartnerApp", "updatePartnerApp", "issueApiKey", "revokeApiKey", "withdrawConsent"}
    assert alone == {"createInternalUser", "updateInternalUser", "setPassword", "endSessions", "erase", *apps}
    others = [right for right in RIGHTS.values() if not right.itself]
    assert all(Role.RELATIONSHIP_AGENT not in right.roles for right in others)
    without = [deed for deed, right in RIGHTS.items() if Role.ADMIN not in right.roles and not right.itself]
    assert without == ["giveConsent"]


def test_what_is_about_oneself_needs_no_role() -> None:
    """6.4: one's own password and session; nothing else, and no role or grant could give somebody else's."""
    itself = {deed: right for deed, right in RIGHTS.items() if right.itself}
    assert set(itself) == {"changePassword", "signOut"}
    assert all(not right.roles and right.grant is None and not right.own for right in itself.values())
