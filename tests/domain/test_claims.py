"""What an issuer's claims say (SPEC 11.3)."""

import math
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Fault, Policy, Rejected, Told, found, told
from domain.internal_users import Role

NOW = 1_800_000_000.0
POLICY = Policy("https://issuer.example", "kith")
CLAIMS: dict[str, Any] = {
    "iss": "https://issuer.example",
    "aud": "kith",
    "sub": "248289761001",
    "exp": NOW + 300,
    "nbf": NOW - 10,
    "iat": NOW - 10,
    "email": "Sam@Kith.Example",
    "email_verified": True,
}
GONE = object()


def claims(**changes: Any) -> dict[str, Any]:
    """Good claims with changes; GONE takes one away."""
    return {name: value for name, value in {**CLAIMS, **changes}.items() if value is not GONE}


def fault(policy: Policy = POLICY, **changes: Any) -> Fault | None:
    """Why claims are refused; None where they are not."""
    try:
        told(claims(**changes), policy, NOW)
    except Rejected as rejected:
        return rejected.fault
    return None


def test_good_claims_tell_a_login_and_when_they_end() -> None:
    assert told(CLAIMS, POLICY, NOW) == Told("sam@kith.example", None, NOW + 330)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        *(
            ({"iss": iss}, Fault.WRONG_ISSUER)
            for iss in ("https://issuer.example/", "https://other.example", ["https://issuer.example"], None, GONE)
        ),
        *(
            ({"aud": aud}, Fault.WRONG_AUDIENCE)
            for aud in ("other", "kith-web", ["other"], [], {"kith": 1}, [["kith"]], None, GONE)
        ),
        *(({"exp": NOW - ago}, Fault.EXPIRED) for ago in (30, 31, 1e6, NOW)),
        *(
            ({name: value}, Fault.MALFORMED)
            for name in ("exp", "nbf", "iat")
            for value in ("1", True, None, [], -1, math.nan, math.inf, 10**400, 2**53)
        ),
        ({"exp": GONE}, Fault.MALFORMED),
        *(({name: NOW + later}, Fault.NOT_YET) for name in ("nbf", "iat") for later in (31, 1e6)),
        *(({"sub": sub}, Fault.NO_SUBJECT) for sub in ("", 7, None, GONE, "x" * 256)),
        *(({"email": email}, Fault.NO_LOGIN) for email in ("", "sam", 7, None, GONE, ["sam@kith.example"], "a@b@c")),
        *(({"email_verified": known}, Fault.NOT_VERIFIED) for known in (False, "false", None, 0, "no", [])),
    ],
)
def test_what_is_wrong_with_claims_is_told_by_a_reason(changes: dict[str, Any], expected: Fault) -> None:
    assert fault(**changes) is expected


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": ["other", "kith"]},
        {"exp": NOW - 29},
        {"nbf": NOW + 30, "iat": NOW + 30},
        {"nbf": GONE, "iat": GONE},
        {"email_verified": GONE},
        {"email_verified": "true"},
        {"email": "jürgen@kith.example"},
    ],
)
def test_what_is_not_wrong_is_not_refused(changes: dict[str, Any]) -> None:
    assert fault(**changes) is None


@pytest.mark.parametrize(
    "email", ["ſam@kith.example", "\u212aai@kith.example", "Jürgen@kith.example", "ﬁa@kith.example"]
)
def test_no_letter_that_only_folds_to_another_names_its_login(email: str) -> None:
    """Whoever registers "ſam@…" at an issuer is not "sam@…"."""
    assert fault(email=email) is Fault.NO_LOGIN


def test_another_claim_can_name_the_login() -> None:
    upn = Policy("https://issuer.example", "kith", login="upn")
    assert told(claims(upn="bea@kith.example", email_verified=False), upn, NOW).login == "bea@kith.example"
    assert fault(upn) is Fault.NO_LOGIN


MAPPING = {"staff": (Role.AGENT, Role.RELATIONSHIP_AGENT), "chiefs": (Role.MANAGER,)}


@pytest.mark.parametrize(
    ("value", "by_name", "by_mapping"),
    [
        (["AGENT", "ADMIN", "AGENT"], ("ADMIN", "AGENT"), ()),
        ("ANALYST", ("ANALYST",), ()),
        (["chiefs", "staff", "x"], (), ("AGENT", "MANAGER", "RELATIONSHIP_AGENT")),
        ("chiefs", (), ("MANAGER",)),
        (["admin", "ADMIN ", "", 7, None, ["ADMIN"], {"ADMIN": True}], (), ()),
        ({"ADMIN": True}, (), ()),
        (True, (), ()),
        (None, (), ()),
        (GONE, (), ()),
    ],
)
def test_roles_are_those_that_the_claim_names(value: object, by_name: Any, by_mapping: Any) -> None:
    def roles(mapping: Any) -> Any:
        policy = Policy("https://issuer.example", "kith", roles_claim="realm_access.roles", roles=mapping)
        return told(claims(realm_access=GONE if value is GONE else {"roles": value}), policy, NOW).roles

    assert (roles(None), roles(MAPPING)) == (by_name, by_mapping)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("roles", 1),
        ("realm_access.roles", 2),
        ("https://kith.example/roles", 3),
        ("resource_access.kith.example.roles", 4),
        ("a.b.c", 5),
        ("roles.x", None),
        ("realm_access.", None),
        ("", None),
        (".", None),
    ],
)
def test_a_path_leads_through_names_that_may_hold_points(path: str, expected: object) -> None:
    held: dict[str, object] = {
        "roles": 1,
        "realm_access": {"roles": 2},
        "https://kith.example/roles": 3,
        "resource_access": {"kith.example": {"roles": 4}},
        "a.b": {"x": 0},
        "a": {"b.c": 5},
    }
    assert found(held, path) == expected


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from([*CLAIMS, "roles"]), json))
def test_whatever_claims_hold_is_told_or_refused(changes: dict[str, Any]) -> None:
    policy = Policy("https://issuer.example", "kith", roles_claim="roles")
    with suppress(Rejected):
        assert told({**CLAIMS, **changes}, policy, NOW).ends > NOW
