"""Who may do what (SPEC 5.7): every mutation by every class of viewers, and by every grant over every reach.

What is expected is generated from the table of rights and the rule of reach; what is answered comes through GraphQL.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from domain.access import RIGHTS, Grant, Reach
from domain.internal_users import Role
from resolvers.access import permitted
from resolvers.reading.seam import Schema
from resolvers.viewers import Viewer
from tests.client import Client
from tests.unchanged import Unchanged

AsParty = Callable[[str], Client]


def mutations(schema: Schema) -> list[str]:
    """The names of all mutations that are served."""
    found = schema._schema.mutation_type
    assert found
    return list(found.fields)


def test_every_mutation_has_a_right(schema: Schema) -> None:
    """5.7: nothing can be done that the table does not name."""
    assert set(mutations(schema)) <= set(RIGHTS)


@dataclass(frozen=True)
class World:
    """Ids of what mutations are tried on; nobody of it is related to a viewer."""

    consumer: str
    friend: str
    account: str
    household: str
    group: str
    user: str
    friendship: str
    membership: str
    case: str
    type: str
    points_type: str
    responsibility: str
    removal: str
    token: str
    app: str
    key: str
    deletion: str


async def world(client: Client) -> World:
    """One of everything."""
    consumer, friend, household = await client.consumer("Ann"), await client.consumer("Bea"), await client.household()
    membership = await client.member(household, consumer)
    case = await client.do(
        "createCase", {"customer": consumer, "subject": "Lamp"}, "... on CaseCreated { case { id } }"
    )
    points = await client.points_type()
    app = await client.app()
    key = await client.do("issueApiKey", {"app": app, "name": "x"}, "... on ApiKeyIssued { key { id } }")
    gone = await client.relate("OTHER", consumer, friend)
    removed = await client.do("removeRelationship", {"id": gone}, "... on RelationshipRemoved { operation { id } }")
    gone_later = await client.account("Gone")
    return World(
        consumer,
        friend,
        await client.account(),
        household,
        await client.group([{"party": consumer}, {"party": friend}]),
        await client.user("other@kith.example"),
        await client.relate("FRIEND", consumer, friend),
        membership,
        case["case"]["id"],
        (await client.ask("{ relationshipTypes { id } }"))["relationshipTypes"][0]["id"],
        points,
        await client.responsibility("SCHOOL_CONTACT"),
        removed["operation"]["id"],
        (await client.merge_plan(friend, await client.consumer("Cid")))["token"],
        app,
        key["key"]["id"],
        (
            await client.ask(
                "query($id: ID!) { deletePlan(input: {id: $id}) { ... on DeletePlan { token } } }", id=gone_later
            )
        )["deletePlan"]["token"],
    )


def inputs(w: World) -> Mapping[str, Mapping[str, Any]]:
    """An input of each mutation, which an administrator's would be done with."""
    member = {"party": w.consumer}
    define = {"code": "X", "name": "X", "label": "x", "reverseLabel": "y", "category": "LOOSE"}
    kinds = {"sourceKinds": ["CONSUMER"], "targetKinds": ["CONSUMER"]}
    of_case = {"case": w.case}
    return {
        "createConsumer": {"givenName": "New"},
        "updateConsumer": {"id": w.consumer, "givenName": "New"},
        "createAccount": {"legalName": "New"},
        "updateAccount": {"id": w.account, "legalName": "New"},
        "createInternalUser": {"name": "New", "login": "new@kith.example"},
        "updateInternalUser": {"id": w.user, "roles": ["ADMIN"]},
        "createHousehold": {"name": "New"},
        "updateHousehold": {"id": w.household, "name": "New"},
        "createGroup": {"type": "FAMILY_ACCOUNT", "name": "New", "members": [member, {"party": w.account}]},
        "updateGroup": {"id": w.group, "name": "New"},
        "defineRelationshipType": {**define, **kinds},
        "updateRelationshipType": {"id": w.type, "name": "New"},
        "relate": {"relationships": [{"type": "OTHER", "source": w.consumer, "target": w.account}]},
        "updateRelationship": {"id": w.friendship, "note": "new"},
        "endRelationship": {"id": w.friendship},
        "removeRelationship": {"id": w.friendship},
        "addMember": {"group": w.group, "party": w.account},
        "changeMembership": {"membership": w.membership, "role": "OTHER"},
        "endMembership": {"membership": w.membership},
        **{name: {"id": w.consumer} for name in ("enroll", "deactivate")},
        "unenroll": {"id": w.consumer},
        "reactivate": {"id": w.consumer},
        "resetPassword": {"id": w.consumer},
        "setEmailPreference": {"id": w.consumer, "optedIn": True, "origin": "phone call"},
        "definePointsType": {"code": "NEW", "name": "New"},
        "updatePointsType": {"id": w.points_type, "name": "New"},
        "adjustPoints": {"customer": w.consumer, "pointsType": "BONUS", "amount": 1, "reason": "new"},
        "defineResponsibility": {
            "code": "NEW",
            "name": "New",
            "holderKinds": ["INTERNAL_USER"],
            "subjectKinds": ["ACCOUNT"],
            "grants": [grant.name for grant in Grant],
        },
        "updateResponsibility": {"id": w.responsibility, "grants": [grant.name for grant in Grant]},
        "createCase": {"customer": w.consumer, "subject": "New"},
        "updateCase": {**of_case, "subject": "New"},
        "assignCase": {**of_case, "assignee": w.user},
        **dict.fromkeys(("closeCase", "reopenCase"), of_case),
        "commentOnCase": {**of_case, "text": "New"},
        "merge": {"token": w.token},
        "undoMerge": {"operation": w.removal},
        "delete": {"token": w.deletion},
        "findDuplicates": {},
        "cancelJob": {"job": "job_01m8n35hn1eehsv1fztd4se43m"},
        "restore": {"operation": w.removal},
        "markNotDuplicates": {"one": w.consumer, "other": w.friend},
        "setPassword": {"party": w.consumer, "password": "correct horse battery"},
        "endSessions": {"party": w.consumer},
        "changePassword": {"current": "correct horse battery", "new": "another horse battery"},
        "signOut": {},
        "createPartnerApp": {"name": "New", "scopes": ["FAMILY"]},
        "updatePartnerApp": {"id": w.app, "name": "New"},
        "issueApiKey": {"app": w.app, "name": "new"},
        "revokeApiKey": {"id": w.key},
        **{deed: {"consumer": w.consumer, "app": w.app} for deed in ("giveConsent", "withdrawConsent")},
    }


VIEWERS: Mapping[str, tuple[Role, ...] | None] = {
    **{role.name: (role,) for role in Role},
    "AGENT serving": (Role.AGENT, Role.RELATIONSHIP_AGENT),
    "nobody": (),
    "consumer": None,
}


@pytest.mark.parametrize("name", VIEWERS)
async def test_who_may_do_nothing_of_a_kind_is_refused(
    name: str, client: Client, as_party: AsParty, unchanged: Unchanged, schema: Schema
) -> None:
    """5.7: what no grant would allow a viewer is refused before anything is looked at; what a grant might is refused
    without it, and as an unknown id where the viewer does not see whom it is about. Nothing is written."""
    made, roles = inputs(await world(client)), VIEWERS[name]
    assert set(made) == set(mutations(schema))
    if roles is None:
        id, known = await client.consumer("Viewer"), frozenset[Role]()
    else:
        id, known = await client.user("viewer@kith.example", roles=[role.name for role in roles]), frozenset(roles)
    seen, viewer = as_party(id), Viewer(id, known)
    async with unchanged.during():
        for deed, given in made.items():
            if RIGHTS[deed].roles & known or RIGHTS[deed].itself:
                continue
            found = await seen.refusals(deed, given)
            kinds, places = {refusal["__typename"] for refusal in found}, [refusal["path"] for refusal in found]
            if not permitted(viewer, deed):
                assert (kinds, places) == ({"NotAllowed"}, [[]]), (deed, found)
            elif Role.AGENT in known and deed == "createCase":
                assert kinds == {"NotAllowed"}, (deed, found)
            else:
                assert kinds == {"NotFound"}, (deed, found)


@pytest.mark.parametrize("name", [name for name, roles in VIEWERS.items() if roles])
async def test_who_may_by_role_is_not_refused_for_that(name: str, client: Client, as_party: AsParty) -> None:
    """5.7: by role alone, with whomever; a status or an order of things may be in the way of some."""
    made, roles = inputs(await world(client)), frozenset(VIEWERS[name] or ())
    seen = as_party(await client.user("viewer@kith.example", roles=[role.name for role in roles]))
    for deed, given in made.items():
        if RIGHTS[deed].roles & roles:
            found = await seen.do(deed, given)
            refused = [refusal["__typename"] for refusal in found.get("refusals", [])]
            assert not {"NotAllowed"} & set(refused), (deed, found)


REACHES: Mapping[str, Reach | None] = {
    "party": None,
    "member": Reach.MEMBERS,
    "contact": Reach.CONTACTS,
    "branch": Reach.DESCENDANTS,
}


@pytest.mark.parametrize("grant", [None, *Grant])
async def test_what_a_grant_allows_and_how_far(grant: Grant | None, client: Client, as_party: AsParty) -> None:
    """5.1, 5.3, 5.7: each grant by each reach, for an agent, who sees everybody: it allows what it names, for whom it
    reaches, and nothing else."""
    account, branch, contact = (
        await client.account("Head"),
        await client.account("Branch"),
        await client.consumer("Ann"),
    )
    household, member = await client.household("Home"), await client.consumer("Bea")
    await client.relate("HEAD_OFFICE", account, branch)
    await client.relate("CONTACT", contact, account)
    await client.member(household, member)
    targets = {"account": account, "household": household, "member": member, "contact": contact, "branch": branch}
    grants = {"grants": [grant.name]} if grant else {}
    kinds = {"subjectKinds": ["ACCOUNT", "HOUSEHOLD"]}
    for place, reach in REACHES.items():
        agent = await client.user(f"{place}@kith.example", roles=["AGENT", "RELATIONSHIP_AGENT"])
        code = f"BY_{place.upper()}"
        reaching = {"reach": [reach.name]} if reach else {}
        await client.responsibility(code, **kinds, **grants, **reaching)
        await client.relate("ACCOUNT_TEAM", agent, account, responsibility=code)
        await client.relate("HOUSEHOLD_TEAM", agent, household, responsibility=code)
        seen, reached = as_party(agent), {"account", "household", place}
        document = "query($v: ID!, $t: ID!) { access(viewer: $v, target: $t) { grants } }"
        for name, target in targets.items():
            found = (await client.ask(document, v=agent, t=target))["access"]["grants"]
            expected = {"VIEW_PROFILE"} | ({grant.name} if grant and name in reached else set())
            assert set(found) == expected, (place, name)
            if name == "household":
                continue
            made = await seen.do("createCase", {"customer": target, "subject": "Lamp"})
            allowed = grant is Grant.CREATE_CASES and name in reached
            assert made["__typename"] == ("CaseCreated" if allowed else "Refused"), (place, name, made)


async def test_nobody_helps_himself(client: Client, as_party: AsParty, unchanged: Unchanged) -> None:
    """5.7: no agent grants himself a role, serves a customer, or makes a responsibility; no manager serves anybody by
    his own hand."""
    customer = await client.consumer("Ann")
    agent = await client.user("agent@kith.example", roles=["AGENT", "RELATIONSHIP_AGENT"])
    manager = await client.user("manager@kith.example", roles=["MANAGER", "RELATIONSHIP_AGENT"])
    serves = {"type": "CONSUMER_TEAM", "target": customer, "responsibility": "RELATIONSHIP_MANAGER"}
    async with unchanged.during():
        for viewer, deed, given in (
            (agent, "updateInternalUser", {"id": agent, "roles": ["ADMIN"]}),
            (manager, "updateInternalUser", {"id": manager, "roles": ["ADMIN"]}),
            (agent, "relate", {"relationships": [{**serves, "source": agent}]}),
            (agent, "relate", {"relationships": [{**serves, "source": manager}]}),
            (manager, "relate", {"relationships": [{**serves, "source": manager}]}),
            (
                agent,
                "defineResponsibility",
                {"code": "X", "name": "X", "holderKinds": ["INTERNAL_USER"], "subjectKinds": ["CONSUMER"]},
            ),
        ):
            (refusal,) = await as_party(viewer).refusals(deed, given)
            assert refusal["__typename"] == "NotAllowed", (deed, refusal)
    assert await as_party(manager).relate(source=agent, **serves)


async def test_a_consumer_does_for_himself(client: Client, as_party: AsParty, unchanged: Unchanged) -> None:
    """5.7: own profile, preferences and cases; nobody else's, and no external ids, which tell whose they are."""
    self, other = await client.consumer("Ann"), await client.consumer("Bea")
    seen = as_party(self)
    assert (await seen.do("updateConsumer", {"id": self, "familyName": "Ost"}))["__typename"] == "ConsumerUpdated"
    preference = {"optedIn": True, "origin": "web form"}
    assert (await seen.do("setEmailPreference", {"id": self, **preference}))["__typename"] == "EmailPreferenceSet"
    async with unchanged.during():
        for deed, given in (
            ("updateConsumer", {"id": other, "familyName": "Ost"}),
            ("setEmailPreference", {"id": other, **preference}),
        ):
            assert await seen.refusals(deed, given) == [{"__typename": "NotFound", "path": ["id"]}]
        mine = {"id": self, "externalIds": [{"system": "crm", "value": "1"}]}
        assert (await seen.refusals("updateConsumer", mine))[0]["__typename"] == "NotAllowed"
