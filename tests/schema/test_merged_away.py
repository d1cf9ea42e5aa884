"""A customer who was merged away, in every argument that takes an id (SPEC 7.4): itself, its survivor, or refused."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest_asyncio

from resolvers.reading.seam import Schema
from tests.client import REFUSAL, Client
from tests.schema.test_hidden_ids import arguments
from tests.unchanged import Unchanged

ITSELF = {"node.id", "nodes.ids", "enroll.input.id", "deletePlan.input.id"}
"""These take its id as itself; `operation`, `undoMergePlan` and `undoMerge` name operations."""


@dataclass(frozen=True)
class Chain:
    """Bea was merged into Ann, and Ann into Zoe, who has a mother, a household, points and a case; Sam serves her."""

    zoe: str
    ann: str
    bea: str
    mother: str
    home: str
    group: str
    sam: str
    number: str
    case: str


@pytest_asyncio.fixture(loop_scope="session")
async def chain(client: Client) -> Chain:
    """Two merges, one after the other; what Zoe has all came with Bea."""
    zoe, ann, bea = [await client.consumer(name) for name in ("Zoe", "Ann", "Bea")]
    mother, home, sam = await client.consumer("Mother"), await client.household(), await client.user()
    await client.relate("PARENT", mother, bea)
    await client.relate("CONSUMER_TEAM", sam, bea, responsibility="RELATIONSHIP_MANAGER")
    await client.member(home, bea)
    await client.points_type()
    await client.points(bea, 5)
    case = await client.open_case(bea)
    group = await client.group([{"party": mother}, {"party": await client.consumer("Otto")}])
    number = (await client.node(bea, "... on Customer { number }"))["number"]
    await client.merge(ann, bea)
    await client.merge(zoe, ann)
    return Chain(zoe, ann, bea, mother, home, group, sam, number, case)


def reads(c: Chain) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The argument, a document with $id there, and other variables."""
    yield "party.by.id", "query($id: ID!) { party(by: {id: $id}) { id name } }", {}
    yield "familyTree.root", "query($id: ID!) { familyTree(root: $id) { people { person { id } } } }", {}
    for one, other in (("from", "to"), ("to", "from")):
        text = f"query($id: ID!, $m: ID!) {{ paths({one}: $id, {other}: $m) {{ paths {{ parties {{ id }} }} }} }}"
        yield f"paths.{one}", text, {"m": c.mother}
    text = "query($id: ID!, $m: ID!, $h: ID!) { paths(from: $m, to: $h, avoiding: [$id]) { paths { length } } }"
    yield "paths.avoiding", text, {"m": c.mother, "h": c.home}
    yield "access.target", "query($id: ID!, $s: ID!) { access(viewer: $s, target: $id) { grants } }", {"s": c.sam}
    yield "access.viewer", "query($id: ID!, $m: ID!) { access(viewer: $id, target: $m) { needed } }", {"m": c.mother}
    yield "cases.customer", "query($id: ID!) { cases(customer: $id) { edges { node { id } } } }", {}
    preview = """query($id: ID!) { pointsPreview(input: {customer: $id, pointsType: "BONUS", amount: 1}) {
        ... on PointsPreview { customer { id } after } } }"""
    yield "pointsPreview.input.customer", preview, {}
    for end in ("source", "target"):
        wanted = f'{{type: "FRIEND", {end}: $id}}'
        text = f'query($id: ID!) {{ parties(search: "o", eligibleFor: {wanted}) {{ edges {{ node {{ id }} }} }} }}'
        yield f"parties.eligibleFor.{end}", text, {}


def writes(c: Chain) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The mutation, the place of the id, and the input with "$id" there."""
    yield "updateConsumer", "id", {"id": "$id", "givenName": "x"}
    for deed in ("unenroll", "deactivate", "reactivate"):
        yield deed, "id", {"id": "$id"}
    yield "setEmailPreference", "id", {"id": "$id", "optedIn": True, "origin": "x"}
    yield "adjustPoints", "customer", {"customer": "$id", "pointsType": "BONUS", "amount": 1, "reason": "x"}
    yield "createCase", "customer", {"customer": "$id", "subject": "x"}
    yield "endSessions", "party", {"party": "$id"}
    for one, other in (("one", "other"), ("other", "one")):
        yield "markNotDuplicates", one, {one: "$id", other: c.mother}
    yield "withdrawConsent", "consumer", {"consumer": "$id", "app": "app_01m81cvtwye3hvm7mmkgnzsdq1"}
    yield "setPassword", "party", {"party": "$id", "password": "correct horse battery staple"}
    for one, other in (("source", "target"), ("target", "source")):
        between = {"type": "FRIEND", one: "$id", other: c.mother}
        yield "relate", f"relationships.{one}", {"relationships": [between]}
    for group in (c.home, c.group):
        yield "addMember", "party", {"group": group, "party": "$id"}
    members = [{"party": c.mother}, {"party": "$id"}]
    yield "createGroup", "members.party", {"type": "FAMILY_ACCOUNT", "name": "x", "members": members}


PLANS = {f"mergePlan.input.{side}" for side in ("survivor", "merged")}
"""Plans of a merge refuse it as the merge would."""
OF_NO_CUSTOMER = {
    *("updateAccount.input.id", "updateHousehold.input.id", "updateGroup.input.id", "updateInternalUser.input.id"),
    *("addMember.input.group", "createCase.input.household", "createCase.input.assignee", "assignCase.input.assignee"),
    *(f"{deed}Case.input.case" for deed in ("update", "assign", "close", "reopen")),
    *("commentOnCase.input.case", "cases.assignee", "relate.input.relationships.household"),
    *(f"{deed}Relationship.input.id" for deed in ("update", "end", "remove")),
    *("changeMembership.input.membership", "endMembership.input.membership", "leavingPlan.membership"),
    *(f"update{noun}.input.id" for noun in ("RelationshipType", "PointsType", "Responsibility")),
    *("operation.id", "restorePlan.operation", "restore.input.operation", "restore.input.leaveOut"),
    *("partnerApp.id", "updatePartnerApp.input.id", "issueApiKey.input.app", "revokeApiKey.input.id"),
    *("giveConsent.input.app", "withdrawConsent.input.app"),
    "giveConsent.input.consumer",  # nobody consents for others but a guardian
    "resetPassword.input.id",  # refused before where no mail is set up, as in these tests
    *("undoMergePlan.operation", "undoMerge.input.operation", "undoMerge.input.leaveOut"),
    *("job.id", "cancelJob.input.job"),
}
"""Arguments that name something else: what is of a customer who was merged away is the survivor's by then."""


async def test_every_argument_takes_it_as_itself_as_its_survivor_or_not_at_all(
    chain: Chain, client: Client, schema: Schema, unchanged: Unchanged
) -> None:
    """7.4: through chains; on a refusal nothing is written."""
    told = set(ITSELF | PLANS | OF_NO_CUSTOMER)
    async with unchanged.during():
        for place, text, more in reads(chain):
            told.add(place)
            expected = await client.ask(text, id=chain.zoe, **more)
            for id in (chain.bea, chain.ann):
                assert await client.ask(text, id=id, **more) == expected, place
            assert chain.bea not in json.dumps(expected), place
        for deed, place, given in writes(chain):
            told.add(f"{deed}.input.{place}")
            for id in (chain.bea, chain.ann):
                found = await client.refusals(deed, json.loads(json.dumps(given).replace("$id", id)))
                assert [(one["__typename"], one.get("survivor")) for one in found] == [
                    ("MergedAway", {"id": chain.zoe})
                ], (deed, found)
        for ends in ((chain.bea, chain.mother), (chain.mother, chain.bea)):
            text = f"""query($a: ID!, $b: ID!) {{ mergePlan(input: {{survivor: $a, merged: $b}}) {{
                ... on Refused {{ refusals {{ {REFUSAL} }} }} }} }}"""
            (refusal,) = (await client.ask(text, a=ends[0], b=ends[1]))["mergePlan"]["refusals"]
            assert (refusal["__typename"], refusal["survivor"]) == ("MergedAway", {"id": chain.zoe})
    assert told == arguments(schema)


async def test_a_number_and_what_somebody_was_called_lead_to_the_survivor(chain: Chain, client: Client) -> None:
    """7.4, 1.5: by number, by id, by name; among all only those who are asked for by their status."""
    by_number = "query($n: String!) { party(by: {number: $n}) { id ... on Consumer { formerIds } } }"
    assert await client.ask(by_number, n=chain.number) == {
        "party": {"id": chain.zoe, "formerIds": sorted([chain.ann, chain.bea])}
    }
    search = """query($s: String, $in: [CustomerStatus!]) { parties(search: $s, statuses: $in, kinds: [CONSUMER]) {
        totalCount { value } edges { node { id } } } }"""

    async def found(text: str | None, *statuses: str) -> set[str]:
        answer = (await client.ask(search, s=text, **({"in": list(statuses)} if statuses else {})))["parties"]
        assert answer["totalCount"]["value"] == len(answer["edges"])
        return {edge["node"]["id"] for edge in answer["edges"]}

    for text in ("Bea", "Beq", chain.bea, chain.number, "Ann"):
        assert await found(text) == {chain.zoe}, text
    assert await found("Bea", "MERGED") == {chain.bea}
    assert await found("Bea", "ACTIVE") == {chain.zoe}
    assert {chain.ann, chain.bea} & await found(None) == set()
    assert await found(None, "MERGED") == {chain.ann, chain.bea}


async def test_as_itself_it_tells_what_it_was_and_where_it_went(chain: Chain, client: Client) -> None:
    """7.4"""
    has: Mapping[str, Any] = await client.node(
        chain.bea,
        """... on Consumer { name status number survivor { id name } formerIds availableActions version
        relationships { totalCount { value } } cases { edges { cursor } } points { balance } }""",
    )
    assert has == {
        "name": "Bea",
        "status": "MERGED",
        "number": chain.number,
        "survivor": {"id": chain.zoe, "name": "Zoe"},
        "formerIds": [],
        "availableActions": ["ENROLL", "UNDO_MERGE"],
        "version": 2,
        "relationships": {"totalCount": {"value": 0}},
        "cases": {"edges": []},
        "points": [],
    }
    nodes = await client.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[chain.bea, chain.zoe])
    assert nodes == {"nodes": [{"id": chain.bea}, {"id": chain.zoe}]}
    assert (await client.node(chain.case, "... on Case { customer { id } }")) == {"customer": {"id": chain.zoe}}
