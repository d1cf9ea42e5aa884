"""Access: what a relationship grants, and how far that reaches (SPEC 5.1, 5.2)."""

from enum import Enum


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
