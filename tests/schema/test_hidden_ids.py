"""An id of somebody hidden is as good as one that never was, in every argument that takes an id (SPEC 5.6)."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest_asyncio
from graphql import GraphQLInputObjectType, GraphQLInputType, build_schema, get_named_type

from resolvers.reading.seam import Schema
from tests.client import REFUSAL, Client
from tests.schema.test_access import AsParty
from tests.unchanged import Unchanged

REACHED = ["VIEW_PROFILE", "VIEW_CASES", "CREATE_CASES", "MANAGE_CASES", "MANAGE_RELATIONSHIPS", "MANAGE_MEMBERS"]


@dataclass(frozen=True)
class Ids:
    """What is hidden by kind, and of the seen a consumer, Ann, and the household that she is head of."""

    hidden: Mapping[str, str]
    ann: str
    home: str
    agent: str

    def unknown(self, id: str) -> str:
        """An id of the same kind that never was."""
        return f"{id.rpartition('_')[0]}_01m81cvtwye3hvm7mmkgnzsdq1" if "_" in id else "000000000000"


@pytest_asyncio.fixture(loop_scope="session")
async def ids(client: Client) -> AsyncIterator[Ids]:
    """Ann, whom an agent serves with all that can be granted, has a friend, Bob; neither sees what is his."""
    ann, bob, cid = [await client.consumer(name, externalIds=[{"system": "crm", "value": name}]) for name in NAMES]
    home, account = await client.household("The Osts"), await client.account("Glass Ltd")
    await client.responsibility("CARER", subjectKinds=["HOUSEHOLD", "CONSUMER"], grants=REACHED, reach=["MEMBERS"])
    agent, other = await client.user(), await client.user("tim@kith.example")
    for type, target in (("HOUSEHOLD_TEAM", home), ("CONSUMER_TEAM", ann)):
        await client.relate(type, agent, target, responsibility="CARER")
    await client.member(home, ann, head=True, role="HEAD_OF_FAMILY")
    hidden_home = await client.household("The Quillons")
    await client.points_type()
    made = await client.do("createCase", {"customer": bob, "subject": "Late"}, "... on CaseCreated { case { id } }")
    done = await client.do("endRelationship", {"id": await client.relate("FRIEND", bob, cid)}, ENDED)
    number = (await client.node(bob, "... on Customer { number }"))["number"]
    await client.relate("FRIEND", ann, bob)
    yield Ids(
        {
            "consumer": bob,
            "account": account,
            "household": hidden_home,
            "internalUser": other,
            "group": await client.group([{"party": bob}, {"party": cid}]),
            "relationship": await client.relate("OTHER", bob, account),
            "membership": await client.member(hidden_home, bob),
            "case": made["case"]["id"],
            "entry": await client.points(bob, 5),
            "operation": done["operation"]["id"],
            "number": number,
            "external": NAMES[1],
        },
        ann,
        home,
        agent,
    )


NAMES, ENDED = ("Ann", "Bob", "Cid"), "... on RelationshipEnded { operation { id } }"


def queries(ids: Ids) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """The argument, a document with $id there, its kind, and other variables."""
    for kind in ids.hidden.keys() - {"number", "external"}:
        yield "node.id", "query($id: ID!) { node(id: $id) { id } }", kind, {}
        yield "nodes.ids", "query($id: ID!) { nodes(ids: [$id]) { id } }", kind, {}
    parties = ("consumer", "account", "household", "internalUser", "group")
    for kind in parties:
        yield "party.by.id", "query($id: ID!) { party(by: {id: $id}) { id } }", kind, {}
        yield "familyTree.root", "query($id: ID!) { familyTree(root: $id) { people { generation } } }", kind, {}
        for one, other in (("from", "to"), ("to", "from")):
            text = f"query($id: ID!, $ann: ID!) {{ paths({one}: $id, {other}: $ann) {{ paths {{ length }} }} }}"
            yield f"paths.{one}", text, kind, {"ann": ids.ann}
        for one, other in (("viewer", "target"), ("target", "viewer")):
            text = f"query($id: ID!, $ann: ID!) {{ access({one}: $id, {other}: $ann) {{ grants }} }}"
            yield f"access.{one}", text, kind, {"ann": ids.ann}
        for end in ("source", "target"):
            wanted = f'{{type: "OTHER", {end}: $id}}'
            text = f"query($id: ID!) {{ parties(eligibleFor: {wanted}) {{ edges {{ node {{ id }} }} }} }}"
            yield f"parties.eligibleFor.{end}", text, kind, {}
        yield (
            "paths.avoiding",
            """query($id: ID!, $ann: ID!, $home: ID!) {
                paths(from: $ann, to: $home, avoiding: [$id]) { paths { length } } }""",
            kind,
            {"ann": ids.ann, "home": ids.home},
        )
        for end in ("customer", "assignee"):
            yield f"cases.{end}", f"query($id: ID!) {{ cases({end}: $id) {{ totalCount {{ value }} }} }}", kind, {}
        yield (
            "pointsPreview.input.customer",
            f"""query($id: ID!) {{ pointsPreview(input: {{customer: $id, pointsType: "BONUS", amount: 1}}) {{ __typename
                ... on Refused {{ refusals {{ {REFUSAL} }} }} }} }}""",
            kind,
            {},
        )
    yield "party.by.number", "query($id: String!) { party(by: {number: $id}) { id } }", "number", {}
    by = 'query($id: String!) { party(by: {externalId: {system: "crm", value: $id}}) { id } }'
    yield "party.by.externalId", by, "external", {}
    yield "operation.id", "query($id: ID!) { operation(id: $id) { kind } }", "operation", {}
    yield "leavingPlan.membership", "query($id: ID!) { leavingPlan(membership: $id) { __typename } }", "membership", {}
    for end, other in (("survivor", "merged"), ("merged", "survivor")):
        text = f"""query($id: ID!, $ann: ID!) {{ mergePlan(input: {{{end}: $id, {other}: $ann}}) {{ __typename
            ... on Refused {{ refusals {{ {REFUSAL} }} }} }} }}"""
        yield f"mergePlan.input.{end}", text, "consumer", {"ann": ids.ann}
    for kind in ("consumer", "account", "household", "group", "internalUser", "relationship"):
        text = f"""query($id: ID!) {{ deletePlan(input: {{id: $id}}) {{ __typename
            ... on Refused {{ refusals {{ {REFUSAL} }} }} }} }}"""
        yield "deletePlan.input.id", text, kind, {}
    text = "query($id: ID!) { undoMergePlan(operation: $id) { __typename } }"
    yield "undoMergePlan.operation", text, "operation", {}
    yield "restorePlan.operation", "query($id: ID!) { restorePlan(operation: $id) { __typename } }", "operation", {}


def mutations(ids: Ids) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """The same of mutations: the mutation, the place of the id, its kind, and the input with "$id" there."""
    ann, home = ids.ann, ids.home
    for kind in ("consumer", "account"):
        for deed in ("enroll", "unenroll", "deactivate", "reactivate"):
            yield deed, "id", kind, {"id": "$id"}
        yield "setEmailPreference", "id", kind, {"id": "$id", "optedIn": True, "origin": "call"}
        yield "adjustPoints", "customer", kind, {"customer": "$id", "pointsType": "BONUS", "amount": 5, "reason": "x"}
        yield "createCase", "customer", kind, {"customer": "$id", "subject": "x"}
        for one, other in (("source", "target"), ("target", "source")):
            between = {"type": "OTHER", one: "$id", other: ann}
            yield "relate", f"relationships.{one}", kind, {"relationships": [between]}
        yield "addMember", "party", kind, {"group": home, "party": "$id"}
        members = [{"party": ann}, {"party": "$id"}]
        yield "createGroup", "members.party", kind, {"type": "FAMILY_ACCOUNT", "name": "x", "members": members}
    within = {
        "type": "HOUSEHOLD_REPRESENTATIVE",
        "source": ann,
        "target": ann,
        "household": "$id",
        "responsibility": "AUTHORIZED_REPRESENTATIVE",
    }
    yield "relate", "relationships.household", "household", {"relationships": [within]}
    yield "updateConsumer", "id", "consumer", {"id": "$id", "givenName": "x"}
    yield "updateAccount", "id", "account", {"id": "$id", "legalName": "x"}
    for kind, deed in (("household", "Household"), ("group", "Group"), ("internalUser", "InternalUser")):
        yield f"update{deed}", "id", kind, {"id": "$id", "name": "x"}
    for kind in ("household", "group"):
        yield "addMember", "group", kind, {"group": "$id", "party": ann}
    for kind in ("relationship", "membership"):
        yield "updateRelationship", "id", kind, {"id": "$id", "note": "x"}
        yield "endRelationship", "id", kind, {"id": "$id"}
        yield "removeRelationship", "id", kind, {"id": "$id"}
        yield "changeMembership", "membership", kind, {"membership": "$id", "role": None}
        yield "endMembership", "membership", kind, {"membership": "$id"}
    for kind in ("consumer", "internalUser"):
        yield "setPassword", "party", kind, {"party": "$id", "password": "correct horse battery"}
        yield "endSessions", "party", kind, {"party": "$id"}
    yield "resetPassword", "id", "consumer", {"id": "$id"}
    for one, other in (("one", "other"), ("other", "one")):
        yield "markNotDuplicates", one, "consumer", {one: "$id", other: ann}
    for deed in ("giveConsent", "withdrawConsent"):
        yield deed, "consumer", "consumer", {"consumer": "$id", "app": "app_01m81cvtwye3hvm7mmkgnzsdq1"}
    yield "createCase", "household", "household", {"customer": ann, "subject": "x", "household": "$id"}
    yield "createCase", "assignee", "internalUser", {"customer": ann, "subject": "x", "assignee": "$id"}
    for deed, more in (("update", {"subject": "x"}), ("assign", {}), ("close", {}), ("reopen", {})):
        yield f"{deed}Case", "case", "case", {"case": "$id", **more}
    yield "commentOnCase", "case", "case", {"case": "$id", "text": "x"}
    yield "restore", "operation", "operation", {"operation": "$id"}
    yield "undoMerge", "operation", "operation", {"operation": "$id"}


OF_NOBODY = {
    *(f"update{noun}.input.id" for noun in ("RelationshipType", "PointsType", "Responsibility", "PartnerApp")),
    *("job.id", "cancelJob.input.job"),  # of whoever asked for it
    *("partnerApp.id", "issueApiKey.input.app", "revokeApiKey.input.id"),
    *("giveConsent.input.app", "withdrawConsent.input.app"),
    "assignCase.input.assignee",  # as createCase's, but a case is needed that is seen
    "restore.input.leaveOut",  # ids of what the operation removed
    "undoMerge.input.leaveOut",  # of what it moved
}
"""Arguments that name nobody who could be hidden, or are tested elsewhere."""


async def test_a_hidden_id_is_answered_as_one_that_never_was(
    ids: Ids, as_party: AsParty, unchanged: Unchanged, schema: Schema
) -> None:
    """5.6: code, path and message are the same, and nothing is written."""
    asked = set()
    async with unchanged.during():
        for viewer in (as_party(ids.agent), as_party(ids.ann)):
            assert await viewer.node(ids.ann, "id") == {"id": ids.ann}
            for place, text, kind, more in queries(ids):
                asked.add(place)
                await alike(viewer, ids, ids.hidden[kind], text, more)
            for deed, place, kind, given in mutations(ids):
                asked.add(f"{deed}.input.{place}")
                name = deed[0].upper() + deed[1:]
                text = f"""mutation($input: {name}Input!) {{ {deed}(input: $input) {{
                    __typename ... on Refused {{ refusals {{ {REFUSAL} }} }} }} }}"""
                await alike(viewer, ids, ids.hidden[kind], text, {"input": given})
    assert asked - {"party.by.number", "party.by.externalId"} == arguments(schema) - OF_NOBODY


async def alike(viewer: Client, ids: Ids, hidden: str, text: str, given: dict[str, Any]) -> None:
    """Fails where a hidden id is not answered as an unknown one."""
    told = []
    for id in (hidden, ids.unknown(hidden)):
        variables = json.loads(json.dumps(given).replace('"$id"', json.dumps(id)))
        if "$id" in text.partition("{")[0]:
            variables["id"] = id
        response = await viewer.send(text, **variables)
        told.append(json.loads(response.text.replace(id, "ID")))
    assert told[0] == told[1], f"{text}\n{given}\n{told[0]}\n{told[1]}"


def arguments(schema: Schema) -> set[str]:
    """The places of all arguments that take an id."""
    known = build_schema(schema.as_str())
    assert known.query_type
    assert known.mutation_type
    fields = {**known.query_type.fields, **known.mutation_type.fields}
    return {
        ".".join((field, name, *path))
        for field, one in fields.items()
        for name, argument in one.args.items()
        for path in within(argument.type)
    }


def within(type: GraphQLInputType) -> Iterator[tuple[str, ...]]:
    """The ways into an input type that end at an id."""
    named = get_named_type(type)
    if named.name == "ID":
        yield ()
    if isinstance(named, GraphQLInputObjectType):
        for name, field in named.fields.items():
            for path in within(field.type):
                yield (name, *path)


async def test_history_names_nobody_who_is_hidden(ids: Ids, client: Client, as_party: AsParty) -> None:
    """5.6: who did something, and to whom a case was given, is told as a placeholder, or as hidden in a change."""
    tim, agents = ids.hidden["internalUser"], {"roles": ["AGENT", "RELATIONSHIP_AGENT"]}
    await client.do("updateInternalUser", {"id": tim, **agents})
    await as_party(tim).do("setEmailPreference", {"id": ids.ann, "optedIn": True, "origin": "call"})
    given = {"customer": ids.ann, "subject": "Late", "assignee": tim, "household": ids.home}
    made = await client.do("createCase", given, "... on CaseCreated { case { id } }")
    assert made["__typename"] == "CaseCreated"
    for viewer in (as_party(ids.ann), as_party(ids.agent)):
        response = await viewer.send(HISTORY, id=ids.ann)
        (created,) = [
            change["new"]
            for edge in response.json()["data"]["node"]["history"]["edges"]
            for change in (one["node"] for one in edge["ownChanges"]["edges"])
            if change["record"] == made["case"]["id"]
        ]
        assert created["assignee"] == "hidden"
        assert created["customer"] == ids.ann
        assert [id for id in ids.hidden.values() if id in response.text] == []
    told = (await client.send(HISTORY, id=ids.ann)).text
    assert tim in told


HISTORY = """query($id: ID!) { node(id: $id) { ... on Consumer {
    emailPreference { changedBy { id name } }
    cases { edges { node { assignee { id name } household { id name } createdBy { id name } } } }
    history(first: 100) { edges { node { createdBy { id name } }
        ownChanges(first: 100) { edges { node { record old new } } } } } } } }"""
