"""Every mutation writes an operation with its changes, in its own transaction, and answers its id (DESIGN 2, 5)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.operations import Operation
from graphdb import operations
from graphdb.errors import Unavailable
from graphdb.graph import Graph, Transaction
from tests.client import Client
from tests.schema.kinds import KINDS, Kind
from tests.schema.test_relationship_type_changes import type_id
from tests.unchanged import Unchanged

STORED = """CYPHER 25
MATCH (operation:Operation {id: $id})
RETURN operation.kind AS kind, operation.created_by AS by, toString(operation.created_at) AS at,
       COLLECT {
         MATCH (change:Change {operation: $id})
         RETURN {party: change.party, record: change.record, old: change.old, new: change.new}
         ORDER BY change.record, change.party
       } AS changes"""
ALL = "CYPHER 25 MATCH (operation:Operation) RETURN operation.id AS id ORDER BY id"
Change = dict[str, Any]


async def did(client: Client, graph: Graph, mutation: str, given: Mapping[str, Any], type: str) -> list[Change]:
    """Does a mutation; the changes of the operation that it answers, old and new read from their JSON."""
    before = await graph.run(ALL, {}, "tests")
    start = datetime.now(UTC)
    answered = await client.do(mutation, given, f"... on {type} {{ operation {{ id kind createdAt }} }}")
    assert answered["__typename"] == type, answered
    told = answered["operation"]
    assert await graph.run(ALL, {}, "tests") == [*before, {"id": told["id"]}]
    assert told["id"].startswith("operation_")
    assert told["kind"] == mutation
    assert start <= datetime.fromisoformat(told["createdAt"]) <= datetime.now(UTC)
    (stored,) = await graph.run(STORED, {"id": told["id"]}, "tests")
    assert (stored["kind"], stored["by"], stored["at"]) == (mutation, "administrator", told["createdAt"])
    return [{**change, "old": read(change["old"]), "new": read(change["new"])} for change in stored["changes"]]


def read(text: str | None) -> dict[str, Any] | None:
    """What a change keeps, None where there was nothing."""
    return None if text is None else dict(json.loads(text))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.type != "Group"], ids=lambda kind: kind.type)
async def test_creating_a_party_is_kept_with_all_that_was_given(client: Client, graph: Graph, kind: Kind) -> None:
    """2, 5"""
    given = {**kind.given, "externalIds": [{"system": "crm", "value": "7"}]}
    (change,) = await did(client, graph, f"create{kind.type}", given, f"{kind.type}Created")
    (party,) = await graph.run("CYPHER 25 MATCH (party:Party) RETURN properties(party) AS held", {}, "tests")
    held = party["held"]
    made = {name: held[name] for name in held if name not in ("id", "kind", "version", "search", "sort_name", "_lock")}
    assert change["new"] == {
        **{name: value for name, value in made.items() if name not in ("created_at", "updated_at") and value != []},
        "external_ids": ["crm|7"],
    }
    assert (change["record"], change["party"], change["old"]) == (held["id"], held["id"], None)


async def test_creating_a_consumer_keeps_what_is_derived_too(client: Client, graph: Graph) -> None:
    """2, 6.5"""
    (change,) = await did(client, graph, "createConsumer", {"givenName": "Ann", "birthDate": "1823"}, "ConsumerCreated")
    new = change["new"]
    assert new.pop("number").isdigit()
    assert new == {
        "status": "ACTIVE",
        "email_opt_in": False,
        "given_name": "Ann",
        "gender": "UNKNOWN",
        "birth_date": "1823",
        "birth_date_earliest": "1823-01-01",
        "birth_date_latest": "1823-12-31",
        "deceased": False,
        "name": "Ann",
        "external_ids": [],
    }


async def test_updating_a_party_keeps_old_and_new_values_of_what_changed(client: Client, graph: Graph) -> None:
    """6.5"""
    crm, erp = {"system": "crm", "value": "7"}, {"system": "erp", "value": "8"}
    id = await client.consumer("Ann", familyName="Ost", birthDate="1823", externalIds=[crm])
    given = {"id": id, "givenName": "Bea", "familyName": "Ost", "birthDate": None, "externalIds": [crm, erp]}
    assert await did(client, graph, "updateConsumer", given, "ConsumerUpdated") == [
        {
            "record": id,
            "party": id,
            "old": {
                "given_name": "Ann",
                "name": "Ann Ost",
                "birth_date": "1823",
                "birth_date_earliest": "1823-01-01",
                "birth_date_latest": "1823-12-31",
                "external_ids": ["crm|7"],
            },
            "new": {
                "given_name": "Bea",
                "name": "Bea Ost",
                "birth_date": None,
                "birth_date_earliest": None,
                "birth_date_latest": None,
                "external_ids": ["crm|7", "erp|8"],
            },
        }
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.type)
async def test_updating_any_kind_is_kept(client: Client, graph: Graph, kind: Kind) -> None:
    """6.5"""
    id = await kind.new(client)
    (change,) = await did(client, graph, f"update{kind.type}", {"id": id, **kind.renamed}, f"{kind.type}Updated")
    assert (change["record"], change["party"]) == (id, id)
    assert (change["old"]["name"], change["new"]["name"]) == ("Ann", "Bea")


async def test_creating_a_group_keeps_the_group_and_each_membership_on_both_sides(client: Client, graph: Graph) -> None:
    """2, 3.4"""
    ann, ost = await client.consumer(), await client.account()
    members = [{"party": ann, "role": "OWNER"}, {"party": ost}]
    given = {"type": "FAMILY_ACCOUNT", "name": "Osts", "members": members}
    changes = await did(client, graph, "createGroup", given, "GroupCreated")
    group = changes[0]["record"]
    assert changes[0] == {
        "record": group,
        "party": group,
        "old": None,
        "new": {"name": "Osts", "group_type": "FAMILY_ACCOUNT", "external_ids": []},
    }
    kept = [(change["party"], change["old"], change["new"]["source"], change["new"]["role"]) for change in changes[1:]]
    assert sorted(kept, key=str) == sorted(
        [
            (ann, None, ann, "OWNER"),
            (group, None, ann, "OWNER"),
            (ost, None, ost, None),
            (group, None, ost, None),
        ],
        key=str,
    )


async def test_defining_a_type_is_kept(client: Client, graph: Graph) -> None:
    """2.1"""
    given = {
        "code": "COACH",
        "name": "Coach",
        "label": "trains",
        "reverseLabel": "is trained by",
        "category": "LOOSE",
        "sourceKinds": ["CONSUMER"],
        "targetKinds": ["CONSUMER"],
        "maxPerSource": 2,
    }
    (change,) = await did(client, graph, "defineRelationshipType", given, "RelationshipTypeDefined")
    new = change["new"]
    assert (change["record"], change["party"], change["old"]) == (new["id"], None, None)
    assert (new["code"], new["label"], new["source_kinds"], new["max_per_source"]) == (
        "COACH",
        "trains",
        ["Consumer"],
        2,
    )


async def relationship(client: Client) -> tuple[str, str, str, dict[str, Any]]:
    """A new relationship with its source and target, and what operations keep of it."""
    ann, bea = await client.consumer(), await client.consumer()
    id = await client.relate("PARENT", ann, bea, validFrom="1823~", note="n")
    kept = {
        "type": "PARENT",
        "source": ann,
        "target": bea,
        "valid_from": "1823~",
        "valid_to": None,
        "responsibility": None,
        "properties": {"pedigree": "BIRTH"},
        "note": "n",
        "role": None,
        "head": False,
        "primary": False,
    }
    return id, ann, bea, kept


def on_both_sides(record: str, parties: tuple[str, str], old: object, new: object) -> list[dict[str, object]]:
    """The changes of a relationship: one in the history of each end."""
    return [{"record": record, "party": party, "old": old, "new": new} for party in sorted(parties)]


async def test_relating_is_kept_on_both_sides_of_each_relationship(client: Client, graph: Graph) -> None:
    """2, 3.4"""
    ann, bea, cat = [await client.consumer() for _ in range(3)]
    drafts = [{"type": "FRIEND", "source": ann, "target": other} for other in (bea, cat)]
    changes = await did(client, graph, "relate", {"relationships": drafts}, "Related")
    assert [(change["party"], change["old"], change["new"]["target"]) for change in changes] == [
        (ann, None, bea),
        (bea, None, bea),
        (ann, None, cat),
        (cat, None, cat),
    ]


async def test_updating_a_relationship_keeps_old_and_new_values_of_what_changed(client: Client, graph: Graph) -> None:
    """2, 3.5"""
    id, ann, bea, _ = await relationship(client)
    given = {"id": id, "validFrom": "1824", "note": None, "properties": {"pedigree": "STEP"}}
    changes = await did(client, graph, "updateRelationship", given, "RelationshipUpdated")
    old = {"valid_from": "1823~", "note": "n", "properties": {"pedigree": "BIRTH"}}
    new = {"valid_from": "1824", "note": None, "properties": {"pedigree": "STEP"}}
    assert changes == on_both_sides(id, (ann, bea), old, new)


async def test_ending_a_relationship_is_kept(client: Client, graph: Graph) -> None:
    """2, 3.6"""
    id, ann, bea, _ = await relationship(client)
    changes = await did(client, graph, "endRelationship", {"id": id, "on": "1850-01-01"}, "RelationshipEnded")
    assert changes == on_both_sides(id, (ann, bea), {"valid_to": None}, {"valid_to": "1850-01-01"})


async def test_removing_a_relationship_keeps_all_of_it(client: Client, graph: Graph) -> None:
    """2, 3.6"""
    id, ann, bea, kept = await relationship(client)
    stamp = await client.node(id, "... on Relationship { version createdAt }")
    changes = await did(client, graph, "removeRelationship", {"id": id}, "RelationshipRemoved")
    made = {"created_at": datetime.fromisoformat(stamp["createdAt"]).isoformat(), "created_by": "administrator"}
    assert changes == on_both_sides(id, (ann, bea), {**kept, "version": stamp["version"], **made}, None)


async def test_adding_and_ending_a_membership_is_kept(client: Client, graph: Graph) -> None:
    """2, 4.1"""
    ann, home = await client.consumer(), await client.household()
    added = await did(client, graph, "addMember", {"group": home, "party": ann, "role": "CHILD"}, "MemberAdded")
    id, new = added[0]["record"], added[0]["new"]
    assert (new["type"], new["source"], new["target"], new["role"]) == ("HOUSEHOLD_MEMBER", ann, home, "CHILD")
    assert added == on_both_sides(id, (ann, home), None, new)
    ended = await did(client, graph, "endMembership", {"membership": id, "on": "2001-01-01"}, "MembershipEnded")
    assert ended == on_both_sides(id, (ann, home), {"valid_to": None}, {"valid_to": "2001-01-01"})


async def test_changing_a_membership_is_kept_as_a_row_that_closes_and_one_that_opens(
    client: Client, graph: Graph
) -> None:
    """2, 4.1"""
    ann, home = await client.consumer(), await client.household()
    id = await client.member(home, ann, role="CHILD", validFrom="2001-01-01")
    given = {"membership": id, "role": "OTHER", "head": True, "on": "2020-01-01"}
    changes = await did(client, graph, "changeMembership", given, "MembershipChanged")
    closed = [change for change in changes if change["record"] == id]
    opened = [change for change in changes if change["record"] != id]
    assert closed == on_both_sides(id, (ann, home), {"valid_to": None}, {"valid_to": "2020-01-01"})
    new = opened[0]["new"]
    assert opened == on_both_sides(opened[0]["record"], (ann, home), None, new)
    assert new == {
        "type": "HOUSEHOLD_MEMBER",
        "source": ann,
        "target": home,
        "valid_from": "2020-01-01",
        "valid_to": None,
        "responsibility": None,
        "properties": {},
        "note": None,
        "role": "OTHER",
        "head": True,
        "primary": True,
    }


async def test_what_cannot_be_written_down_is_not_done(
    client: Client, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2: one transaction, so that where the operation fails, all of the mutation does."""
    people = [await client.consumer() for _ in range(3)]
    friends, home = await client.relate("FRIEND", people[0], people[1]), await client.household()
    member = await client.member(home, people[0])
    rivals = await client.relate("OTHER", people[0], people[1])
    removed = await client.do("removeRelationship", {"id": rivals}, "... on RelationshipRemoved { operation { id } }")
    parties = {kind.type: await kind.new(client) for kind in KINDS}
    members = [{"party": id} for id in people]
    type, bonus = await type_id(client, await client.define("TUTOR")), await client.points_type()
    books = await client.responsibility("BOOKKEEPER")
    open_case, closed_case = await client.open_case(people[0]), await client.open_case(people[0])
    await client.do("closeCase", {"case": closed_case})
    planned = "query($id: ID!) { deletePlan(input: {id: $id}) { ... on DeletePlan { token } } }"
    token = (await client.ask(planned, id=await client.account("Gone")))["deletePlan"]["token"]
    given: dict[str, dict[str, Any]] = {
        **{
            f"create{kind.type}": {**kind.given, "login": "eve@kith.example"}
            for kind in KINDS
            if kind.type == "InternalUser"
        },
        **{f"create{kind.type}": kind.given for kind in KINDS if kind.type not in ("Group", "InternalUser")},
        **{f"update{kind.type}": {"id": parties[kind.type], **kind.renamed} for kind in KINDS},
        "createGroup": {"type": "FAMILY_ACCOUNT", "name": "Osts", "members": members},
        "defineRelationshipType": {
            "code": "COACH",
            "name": "Coach",
            "label": "trains",
            "reverseLabel": "is trained by",
            "category": "LOOSE",
            "sourceKinds": ["CONSUMER"],
            "targetKinds": ["CONSUMER"],
        },
        "updateRelationshipType": {"id": type, "name": "Tutor", "maxPerSource": 1},
        "relate": {"relationships": [{"type": "FRIEND", "source": people[1], "target": people[2]}]},
        "updateRelationship": {"id": friends, "note": "n"},
        "endRelationship": {"id": friends},
        "removeRelationship": {"id": friends},
        "addMember": {"group": home, "party": people[1]},
        "changeMembership": {"membership": member, "role": "OTHER"},
        "endMembership": {"membership": member},
        "enroll": {"id": people[0]},
        "unenroll": {"id": people[0]},
        "deactivate": {"id": people[1]},
        "reactivate": {"id": people[1]},
        "setEmailPreference": {"id": people[2], "optedIn": True, "origin": "web form"},
        "definePointsType": {"code": "MILES", "name": "Miles"},
        "updatePointsType": {"id": bonus, "name": "More"},
        "defineResponsibility": {
            "code": "AUDITOR",
            "name": "Auditor",
            "holderKinds": ["INTERNAL_USER"],
            "subjectKinds": ["ACCOUNT"],
        },
        "updateResponsibility": {"id": books, "name": "Books", "exclusive": True},
        "adjustPoints": {"customer": people[2], "pointsType": "BONUS", "amount": 1, "reason": "a gift"},
        "createCase": {"customer": people[0], "subject": "A question"},
        "updateCase": {"case": open_case, "subject": "Another"},
        "assignCase": {"case": open_case, "assignee": parties["InternalUser"]},
        "commentOnCase": {"case": open_case, "text": "Hello"},
        "closeCase": {"case": open_case},
        "reopenCase": {"case": closed_case},
        "delete": {"token": token},
        "restore": {"operation": removed["operation"]["id"]},
    }

    def fail(tx: Transaction, operation: Operation) -> None:
        raise Unavailable("The database cannot be reached now; try again.")

    with monkeypatch.context() as patched:
        patched.setattr(operations, "record", fail)
        for mutation, input in given.items():
            if mutation in ("unenroll", "reactivate"):  # which take a customer whom another of them has changed
                continue
            name = mutation[0].upper() + mutation[1:]
            document = f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename }} }}"
            async with unchanged.during():
                assert await client.codes(document, input=input) == [("UNAVAILABLE", [mutation])]
    for mutation, input in given.items():
        if mutation != "removeRelationship":
            assert (await client.do(mutation, input))["__typename"] != "Refused"


async def test_the_list_of_mutations_here_is_whole(client: Client) -> None:
    """2: whoever adds a mutation adds its test."""
    found = await client.ask("{ __schema { mutationType { fields { name } } } }")
    names = {field["name"] for field in found["__schema"]["mutationType"]["fields"]}
    assert names == {
        *(f"{deed}{kind.type}" for deed in ("create", "update") for kind in KINDS),
        *("defineRelationshipType", "updateRelationshipType"),
        *("relate", "updateRelationship", "endRelationship", "removeRelationship"),
        *("addMember", "changeMembership", "endMembership"),
        *("delete", "restore", "cancelJob"),
        *("enroll", "unenroll", "deactivate", "reactivate", "setEmailPreference"),
        *("definePointsType", "updatePointsType", "adjustPoints"),
        *("defineResponsibility", "updateResponsibility"),
        *("createCase", "updateCase", "assignCase", "commentOnCase", "closeCase", "reopenCase"),
        *ELSEWHERE,
    }


ELSEWHERE = (
    *("createPartnerApp", "updatePartnerApp", "issueApiKey", "revokeApiKey", "giveConsent", "withdrawConsent"),
    *("signOut", "endSessions", "changePassword", "setPassword", "resetPassword", "merge", "undoMerge"),
    "markNotDuplicates",
    "findDuplicates",
)
"""What has tests of its own of what it writes down."""


async def test_an_operation_is_read_by_its_id(client: Client) -> None:
    """5"""
    made = await client.do(
        "createHousehold", {"name": "Osts"}, "... on HouseholdCreated { operation { id kind createdAt } }"
    )
    assert await client.node(made["operation"]["id"], "... on Operation { id kind createdAt }") == made["operation"]
    found = await client.ask("query($id: ID!) { operation(id: $id) { id kind createdAt } }", id=made["operation"]["id"])
    assert found == {"operation": made["operation"]}
    for id in ("operation_01m87xd5tje62avxydcp5f4ept", "x"):
        document = f'{{ operation(id: "{id}") {{ id }} }}'
        assert await client.codes(document) == [("NOT_FOUND", ["operation"])]
