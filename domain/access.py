"""Access: who sees what and may do what, by role and by relationships that hold now (SPEC 5).

The tables and rules here are the one place that decides. What the planner puts into statements, `cypher/access/`, says
the same of many parties at once; a property test holds the two together.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.ids import PartyId, RelationshipId
from domain.internal_users import Role
from domain.parties import CustomerStatus, PartyKind


class Grant(Enum):
    """What may be done on behalf of a customer, and seen of one."""

    VIEW_PROFILE = "VIEW_PROFILE"
    VIEW_CASES = "VIEW_CASES"
    CREATE_CASES = "CREATE_CASES"
    MANAGE_CASES = "MANAGE_CASES"
    MANAGE_RELATIONSHIPS = "MANAGE_RELATIONSHIPS"
    MANAGE_MEMBERS = "MANAGE_MEMBERS"


class Reach(Enum):
    """Who is reached beside the party itself, which always is: a household's or group's current members, an account's
    contacts, an account's descendants."""

    MEMBERS = "MEMBERS"
    CONTACTS = "CONTACTS"
    DESCENDANTS = "DESCENDANTS"


class Sight(Enum):
    """Classes of viewers, by what they see (5.6). The values name the planner's classes."""

    ALL = "manager"
    AGENT = "agent"
    ANALYST = "analyst"
    AGENT_ANALYST = "agent_analyst"
    STAFF = "staff"
    CONSUMER = "consumer"
    PARTNER_APP = "partner_app"
    NONE = "none"


SIGN_IN = frozenset({CustomerStatus.ACTIVE, CustomerStatus.ENROLLED})
HEAD_GRANTS = frozenset({Grant.VIEW_PROFILE, Grant.VIEW_CASES})
MANAGERS = frozenset({Role.ADMIN, Role.MANAGER})
"""Who sees and does all, but for what administrators do alone."""


def sight_of(kind: PartyKind, roles: Collection[Role], status: CustomerStatus | None, deceased: bool) -> Sight:
    """What a party that signs in sees; several roles see what any of them does.

    A consumer signs in while ACTIVE or ENROLLED (6.4) and alive; accounts, households and groups never do.
    """
    if kind is PartyKind.CONSUMER:
        return Sight.CONSUMER if status in SIGN_IN and not deceased else Sight.NONE
    if kind is not PartyKind.INTERNAL_USER:
        return Sight.NONE
    if MANAGERS & set(roles):
        return Sight.ALL
    if Role.AGENT in roles:
        return Sight.AGENT_ANALYST if Role.ANALYST in roles else Sight.AGENT
    return Sight.ANALYST if Role.ANALYST in roles else Sight.STAFF


@dataclass(frozen=True)
class Right:
    """Who may do something: staff of these roles, whoever has the grant for those whom it touches, and, `own`, a
    consumer for himself or herself. `itself`: it is about whoever does it, and no person needs anything for that."""

    roles: frozenset[Role]
    grant: Grant | None = None
    own: bool = False
    itself: bool = False


ALONE = Right(frozenset({Role.ADMIN}))
MANAGING = Right(MANAGERS)
AGENCY = Right(MANAGERS | {Role.AGENT})
RELATING = Right(MANAGERS | {Role.AGENT}, Grant.MANAGE_RELATIONSHIPS)
GATHERING = Right(MANAGERS | {Role.AGENT}, Grant.MANAGE_MEMBERS)
RIGHTS: Mapping[str, Right] = {
    **dict.fromkeys(
        (
            *("createInternalUser", "updateInternalUser", "setPassword", "endSessions", "partnerApps", "erase"),
            *("createPartnerApp", "updatePartnerApp", "issueApiKey", "revokeApiKey"),
        ),
        ALONE,
    ),
    **dict.fromkeys(("changePassword", "signOut"), Right(frozenset(), itself=True)),
    "giveConsent": Right(frozenset(), own=True),
    "withdrawConsent": Right(ALONE.roles, own=True),
    **dict.fromkeys(
        (
            *("defineRelationshipType", "updateRelationshipType", "defineResponsibility", "updateResponsibility"),
            *("definePointsType", "updatePointsType", "delete", "restore", "daily", "cancelJob"),
        ),
        MANAGING,
    ),
    **dict.fromkeys(
        (
            *("createConsumer", "createAccount", "updateAccount", "createHousehold", "updateHousehold"),
            *("createGroup", "updateGroup", "enroll", "unenroll", "deactivate", "reactivate", "adjustPoints"),
            *(
                "resetPassword",
                "importGedcom",
                "merge",
                "undoMerge",
                "duplicates",
                "markNotDuplicates",
                "findDuplicates",
            ),
        ),
        AGENCY,
    ),
    **dict.fromkeys(("updateConsumer", "setEmailPreference"), Right(AGENCY.roles, own=True)),
    **dict.fromkeys(("relate", "updateRelationship", "endRelationship", "removeRelationship"), RELATING),
    **dict.fromkeys(("addMember", "changeMembership", "endMembership"), GATHERING),
    "createCase": Right(MANAGERS, Grant.CREATE_CASES, own=True),
    **dict.fromkeys(
        ("updateCase", "commentOnCase", "closeCase", "reopenCase", "assignCase"),
        Right(MANAGERS, Grant.MANAGE_CASES, own=True),
    ),
    "integrityReport": Right(MANAGERS | {Role.ANALYST}),
}
"""What each role may do (5.7), by the names of the mutations; a partner app may do nothing."""


@dataclass(frozen=True)
class Link:
    """A relationship that holds now, as one step from a viewer to whom he or she reaches."""

    id: RelationshipId
    type: str
    category: str
    responsibility: str | None = None
    role: str | None = None
    head: bool = False


@dataclass(frozen=True)
class Granting:
    """What a responsibility grants, and how far."""

    grants: frozenset[Grant]
    reach: frozenset[Reach]


@dataclass(frozen=True)
class Granted:
    """What is defined: what responsibilities grant, by code, and roles in a household, by type and role."""

    responsibilities: Mapping[str, Granting]
    roles: Mapping[tuple[str, str], frozenset[Grant]]


@dataclass(frozen=True)
class Way:
    """By which relationships, from the viewer on, something is granted."""

    grants: frozenset[Grant]
    links: tuple[Link, ...]


NOTHING: frozenset[Grant] = frozenset()
OWN_GRANTS = frozenset({Grant.VIEW_PROFILE, Grant.VIEW_CASES, Grant.CREATE_CASES, Grant.MANAGE_CASES})
"""What a consumer may do for himself or herself (5.6, 5.7)."""


class Need(Enum):
    """What would have to be so for somebody to be granted something, or something more."""

    RELATIONSHIP_AGENT = "RELATIONSHIP_AGENT"
    BOTH_ALIVE = "BOTH_ALIVE"
    RELATIONSHIP = "RELATIONSHIP"


@dataclass(frozen=True)
class Asker:
    """Somebody whose access is asked for."""

    id: PartyId
    kind: PartyKind
    roles: frozenset[Role] = frozenset()
    deceased: bool = False


def grants_of(links: Sequence[Link], granted: Granted) -> frozenset[Grant]:
    """What a chain of relationships from a viewer grants for whom it leads to (5.1, 5.2).

    It begins with a relationship of the viewer's own: a TEAM or a REPRESENTATION, whose responsibility grants, or a
    membership, in which the head, or the role, does. What follows must be within its reach.
    """
    first, *rest = links
    if first.category in ("TEAM", "REPRESENTATION"):
        known = granted.responsibilities.get(first.responsibility or "")
        return known.grants if known and within(rest, known.reach) else NOTHING
    if first.category == "GROUP":
        own = granted.roles.get((first.type, first.role or ""), NOTHING) | (HEAD_GRANTS if first.head else NOTHING)
        return own if within(rest, {Reach.MEMBERS}) else NOTHING
    return NOTHING


def within(links: Sequence[Link], reach: Collection[Reach]) -> bool:
    """Whether the relationships from the party itself on stay within a reach: one step, or down a hierarchy."""
    if not links:
        return True
    if len(links) == 1 and links[0].category == "GROUP":
        return Reach.MEMBERS in reach
    if len(links) == 1 and links[0].type == "CONTACT":
        return Reach.CONTACTS in reach
    return Reach.DESCENDANTS in reach and all(link.category == "HIERARCHY" for link in links)


@dataclass(frozen=True)
class Reached:
    """Somebody a viewer asks for: whether he or she is deceased, and the chains that lead there from the viewer."""

    party: PartyId
    deceased: bool
    chains: tuple[tuple[Link, ...], ...]


def ways(viewer: PartyKind, roles: Collection[Role], reached: Reached, granted: Granted) -> tuple[Way, ...]:
    """By what a viewer, who is alive, is granted something for somebody; the shortest first.

    Staff use relationships as RELATIONSHIP_AGENT only (5.3); for the dead there is nothing (5.2).
    """
    if reached.deceased or (viewer is PartyKind.INTERNAL_USER and Role.RELATIONSHIP_AGENT not in roles):
        return ()
    found = [Way(grants, links) for links in reached.chains if (grants := grants_of(links, granted))]
    return tuple(sorted(found, key=lambda way: (len(way.links), [link.id for link in way.links])))


def granted_by(found: Sequence[Way]) -> frozenset[Grant]:
    """All that some ways grant together."""
    return frozenset[Grant]().union(*(way.grants for way in found))


@dataclass(frozen=True)
class Access:
    """What somebody has for somebody else: by `roles` without relationships, and by relationships, the `ways`.

    `needed` is what would have to be so for relationships to grant something.
    """

    granted: frozenset[Grant]
    roles: tuple[Role, ...]
    ways: tuple[Way, ...]
    needed: tuple[Need, ...]

    @property
    def missing(self) -> tuple[Grant, ...]:
        """What is not granted."""
        return tuple(grant for grant in Grant if grant not in self.granted)


def access(viewer: Asker, target: Reached, granted: Granted) -> Access:
    """What a viewer has for a party, by role, by being it, and by relationships; and what is in the way (5.5).

    An agent sees every profile; managers have all; oneself one has but for managing relationships and members.
    """
    managers = tuple(role for role in (Role.ADMIN, Role.MANAGER) if role in viewer.roles)
    viewing = tuple(role for role in (Role.AGENT, Role.ANALYST) if role in viewer.roles)
    by_role = frozenset(Grant) if managers else frozenset({Grant.VIEW_PROFILE}) if viewing else NOTHING
    own = OWN_GRANTS if viewer.id == target.party and viewer.kind is PartyKind.CONSUMER else NOTHING
    itself = frozenset({Grant.VIEW_PROFILE}) if viewer.id == target.party else NOTHING
    found = () if viewer.deceased else ways(viewer.kind, viewer.roles, target, granted)
    unused = [links for links in target.chains if grants_of(links, granted)]
    needed: list[Need] = []
    if unused and not found:
        if viewer.kind is PartyKind.INTERNAL_USER and Role.RELATIONSHIP_AGENT not in viewer.roles:
            needed.append(Need.RELATIONSHIP_AGENT)
        if viewer.deceased or target.deceased:
            needed.append(Need.BOTH_ALIVE)
    elif not unused:
        needed.append(Need.RELATIONSHIP)
    return Access(by_role | own | itself | granted_by(found), managers or viewing, found, tuple(needed))
