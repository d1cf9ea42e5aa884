"""Clients that race: whoever comes second is refused, and the rules hold afterwards (SPEC 3.7, DESIGN 2).

Three rounds of each, or as many as KITH_ROUNDS says: `make soak` has a thousand.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.kinds import KINDS

rounds = pytest.mark.parametrize("round", range(int(os.environ.get("KITH_ROUNDS", "3"))))
RACERS = 8


async def race(client: Client, mutation: str, given: Sequence[dict[str, Any]]) -> Counter[str]:
    """How often each answer came when all were sent at once: the type of what happened, or of the refusal."""
    answers = await asyncio.gather(*(client.do(mutation, each) for each in given))
    return Counter(
        ",".join(refusal["__typename"] for refusal in answer.get("refusals", [])) or answer["__typename"]
        for answer in answers
    )


RELATED = "... on Related { relationships { id } }"


def related(*pairs: tuple[str, str, str]) -> list[dict[str, Any]]:
    """An input for each client, who relates one pair by a type."""
    return [{"relationships": [{"type": type, "source": a, "target": b}]} for type, a, b in pairs]


async def count(graph: Graph, pattern: str) -> int:
    """How many there are of a pattern `x`."""
    (row,) = await graph.run(f"CYPHER 25 MATCH {pattern} RETURN count(x) AS count", {}, "tests")
    return int(row["count"])


@rounds
async def test_one_gets_an_external_id(client: Client, graph: Graph, round: int) -> None:
    """1.2"""
    given = [{"externalIds": [{"system": "crm", "value": "7"}]} for _ in range(RACERS)]
    assert await race(client, "createConsumer", given) == {"ConsumerCreated": 1, "AlreadyTaken": RACERS - 1}
    assert await count(graph, "(:Party)<-[:IDENTIFIES]-(x:ExternalId)") == await count(graph, "(x:Party)") == 1


@rounds
async def test_one_gets_an_external_id_by_an_update(client: Client, graph: Graph, round: int) -> None:
    """1.2"""
    ids = [await client.consumer() for _ in range(RACERS)]
    given = [{"id": id, "externalIds": [{"system": "crm", "value": "7"}]} for id in ids]
    assert await race(client, "updateConsumer", given) == {"ConsumerUpdated": 1, "AlreadyTaken": RACERS - 1}
    assert await count(graph, "(x:ExternalId)") == 1


@rounds
async def test_one_gets_a_login(client: Client, graph: Graph, round: int) -> None:
    """1.4"""
    given = [{"name": "Sam", "login": login} for login in ("sam@kith.example", "SAM@kith.example")] * (RACERS // 2)
    assert await race(client, "createInternalUser", given) == {"InternalUserCreated": 1, "AlreadyTaken": RACERS - 1}
    assert await count(graph, "(x:InternalUser)") == 1


@rounds
async def test_one_gets_the_code_of_a_type(client: Client, graph: Graph, round: int) -> None:
    """2.1"""
    given = {
        "code": "COACH",
        "name": "Coach",
        "label": "trains",
        "reverseLabel": "is trained by",
        "category": "LOOSE",
        "sourceKinds": ["CONSUMER"],
        "targetKinds": ["CONSUMER"],
    }
    told = await race(client, "defineRelationshipType", [given] * RACERS)
    assert told == {"RelationshipTypeDefined": 1, "AlreadyTaken": RACERS - 1}
    assert await count(graph, "(x:RelationshipType {code: 'COACH'})") == 1


@rounds
async def test_one_update_of_a_version_is_made(client: Client, round: int) -> None:
    """1.2"""
    id = await client.consumer()
    given = [{"id": id, "expectedVersion": 1, "givenName": f"Bea {n}"} for n in range(RACERS)]
    assert await race(client, "updateConsumer", given) == {"ConsumerUpdated": 1, "StaleVersion": RACERS - 1}
    assert await client.node(id, "... on Consumer { version }") == {"version": 2}


@rounds
async def test_no_update_without_a_version_is_lost(client: Client, round: int) -> None:
    """1.2"""
    id = await client.consumer("Ann")
    given = [{"id": id, name: "Ost"} for name in ("familyName", "prefix", "suffix")]
    assert await race(client, "updateConsumer", given) == {"ConsumerUpdated": 3}
    found = await KINDS[0].update(client, id, "name version")
    assert found == {"name": "Ost Ann Ost Ost", "version": 4}


@rounds
async def test_one_gets_the_last_place(client: Client, graph: Graph, round: int) -> None:
    """3.7"""
    branch, *offices = [await client.account() for _ in range(RACERS + 1)]
    told = await race(client, "relate", related(*(("HEAD_OFFICE", office, branch) for office in offices)))
    assert told == {"Related": 1, "TooMany": RACERS - 1}
    assert await count(graph, "()-[x:OVERSEES]->()") == 1


@rounds
async def test_one_of_two_who_are_the_same_is_made(client: Client, graph: Graph, round: int) -> None:
    """2.4, 3.7: and one of a pair and its mirror."""
    ann, bea = await client.consumer(), await client.consumer()
    told = await race(client, "relate", related(("FRIEND", ann, bea), ("FRIEND", bea, ann)) * (RACERS // 2))
    assert told == {"Related": 1, "DuplicateRelationship": RACERS - 1}
    assert await count(graph, "()-[x:LINKED_TO]->()") == 1


@rounds
async def test_one_member_is_added(client: Client, graph: Graph, round: int) -> None:
    """3.7"""
    given = {"group": await client.household(), "party": await client.consumer()}
    assert await race(client, "addMember", [given] * RACERS) == {"MemberAdded": 1, "DuplicateRelationship": RACERS - 1}
    assert await count(graph, "()-[x:MEMBER_OF]->()") == 1


@rounds
@pytest.mark.parametrize("length", [2, 4])
@pytest.mark.parametrize("type", ["PARENT", "HEAD_OFFICE"])
async def test_all_but_one_of_the_edges_of_a_cycle_are_made(
    client: Client, graph: Graph, type: str, length: int, round: int
) -> None:
    """3.7: two ends locked would still let four clients close a cycle of four."""
    make = client.consumer if type == "PARENT" else client.account
    ring = [await make() for _ in range(length)]
    pairs = [(type, ring[place], ring[(place + 1) % length]) for place in range(length)]
    assert await race(client, "relate", related(*pairs)) == {"Related": length - 1, "WouldMakeCycle": 1}
    assert await count(graph, "(p:Party)-[x:PARENT_OF|OVERSEES]->()") == length - 1
    assert await count(graph, "(x:Party)-[:PARENT_OF|OVERSEES]->{1,4}(x)") == 0


@rounds
@pytest.mark.parametrize("limited", ["maxPerSource", "maxPerTarget"])
async def test_the_last_of_two_places_at_either_end_is_taken_by_one(
    client: Client, graph: Graph, limited: str, round: int
) -> None:
    """3.3, 3.7"""
    await client.define("SPONSOR", category="LOOSE", **{limited: 2})
    hub, *others = [await client.account() for _ in range(RACERS + 1)]
    pairs = [("SPONSOR", hub, far) if limited == "maxPerSource" else ("SPONSOR", far, hub) for far in others]
    assert await race(client, "relate", related(*pairs)) == {"Related": 2, "TooMany": RACERS - 2}
    assert await count(graph, "()-[x:LINKED_TO {type: 'SPONSOR'}]->()") == 2


@rounds
async def test_a_cycle_over_several_types_of_one_edge_is_not_closed(client: Client, graph: Graph, round: int) -> None:
    """3.3, 3.7: all acyclic types of one edge together."""
    await client.define(
        "GUARDIAN", category="PARENTAGE", acyclic=True, sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"]
    )
    ring = [await client.consumer() for _ in range(4)]
    types = ["PARENT", "GUARDIAN"] * 2
    pairs = [(type, ring[place], ring[(place + 1) % 4]) for place, type in enumerate(types)]
    assert await race(client, "relate", related(*pairs)) == {"Related": 3, "WouldMakeCycle": 1}
    assert await count(graph, "(x:Party)-[:PARENT_OF]->{1,4}(x)") == 0


@rounds
async def test_whoever_is_refused_is_told_who_was_first(client: Client, round: int) -> None:
    """3.5, 3.7: the duplicate names the relationship, too many names it, what is taken names the party."""
    ann, bea = await client.consumer(), await client.consumer()
    branch, *offices = [await client.account() for _ in range(RACERS)]
    won, refusals = await told(client, "relate", related(*[("FRIEND", ann, bea)] * RACERS), RELATED)
    assert [refusal["existing"] for refusal in refusals] == [won["relationships"][0]] * (RACERS - 1)
    heads = related(*(("HEAD_OFFICE", office, branch) for office in offices))
    won, refusals = await told(client, "relate", heads, RELATED)
    assert [refusal["present"] for refusal in refusals] == [won["relationships"]] * (RACERS - 2)
    taken = [{"externalIds": [{"system": "crm", "value": "7"}]}] * RACERS
    won, refusals = await told(client, "createConsumer", taken, "... on ConsumerCreated { consumer { id } }")
    assert [refusal["by"] for refusal in refusals] == [won["consumer"]] * (RACERS - 1)


@rounds
async def test_one_gets_what_only_one_may_hold(client: Client, graph: Graph, round: int) -> None:
    """3.7, 5.1: by whatever type, whoever is refused is told of the winner."""
    await client.responsibility("BOOKKEEPER", exclusive=True)
    await client.define("AUDIT", category="TEAM", sourceKinds=["INTERNAL_USER"], targetKinds=["ACCOUNT"])
    ost, staff = await client.account(), [await client.user(f"staff{n}@kith.example") for n in range(RACERS)]
    given = related(*((("ACCOUNT_TEAM", "AUDIT")[n % 2], one, ost) for n, one in enumerate(staff)))
    for each in given:
        each["relationships"][0]["responsibility"] = "BOOKKEEPER"
    won, refusals = await told(client, "relate", given, RELATED)
    assert [(r["__typename"], r["path"], r["limit"], r["present"]) for r in refusals] == [
        ("TooMany", ["relationships", "0", "responsibility"], 1, won["relationships"])
    ] * (RACERS - 1)
    assert await count(graph, "()-[x:SERVES]->()") == 1


@rounds
async def test_of_two_one_comes_to_hold_what_only_one_may(client: Client, graph: Graph, round: int) -> None:
    """3.7, 5.1: by a change of the responsibility, or of the days."""
    await client.responsibility("BOOKKEEPER", exclusive=True)
    ost, staff = await client.account(), [await client.user(f"staff{n}@kith.example") for n in range(RACERS)]
    common = {"type": "ACCOUNT_TEAM", "target": ost}
    ids = await client.relate_all(
        [
            *({**common, "source": one, "responsibility": "ACCOUNT_MANAGER"} for one in staff[:4]),
            *(
                {**common, "source": one, "responsibility": "BOOKKEEPER", "validFrom": day, "validTo": day}
                for one, day in zip(staff[4:], (f"200{n}-01-01" for n in range(4)), strict=True)
            ),
        ]
    )
    given = [
        *({"id": id, "responsibility": "BOOKKEEPER"} for id in ids[:4]),
        *({"id": id, "validTo": None} for id in ids[4:]),
    ]
    assert await race(client, "updateRelationship", given) == {"RelationshipUpdated": 1, "TooMany": RACERS - 1}
    held = "()-[x:SERVES {responsibility: 'BOOKKEEPER'}]->() WHERE x.valid_to IS NULL"
    assert await count(graph, held) == 1


@rounds
async def test_an_end_that_is_deleted_meanwhile_leaves_nothing_dangling(
    client: Client, graph: Graph, round: int
) -> None:
    """3.7: whoever came before is related, whoever came after is told that there is nobody."""
    ann, *others = [await client.consumer() for _ in range(RACERS)]
    relating = race(client, "relate", related(*(("FRIEND", ann, other) for other in others)))
    deleting = graph.apply(f"CYPHER 25 MATCH (n:Party {{id: '{ann}'}}) SET n._lock = TRUE DETACH DELETE n")
    told, _ = await asyncio.gather(relating, deleting)
    assert set(told) <= {"Related", "NotFound"}
    assert await count(graph, "()-[x:LINKED_TO]->()") == 0


async def told(
    client: Client, mutation: str, given: Sequence[dict[str, Any]], selection: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What happened, once, and the refusals of all others."""
    answers = await asyncio.gather(*(client.do(mutation, each, selection) for each in given))
    refusals = [refusal for answer in answers for refusal in answer.get("refusals", [])]
    (won,) = [answer for answer in answers if answer["__typename"] != "Refused"]
    return won, refusals


@rounds
async def test_a_place_given_up_is_taken_by_one(client: Client, graph: Graph, round: int) -> None:
    """3.7: those who wait for a lock decide on what they find under it."""
    branch, old, *offices = [await client.account() for _ in range(4)]
    held = await client.relate("HEAD_OFFICE", old, branch)
    removing = client.do("removeRelationship", {"id": held})
    taking = race(client, "relate", related(*(("HEAD_OFFICE", office, branch) for office in offices)))
    removed, told = await asyncio.gather(removing, taking)
    assert removed["__typename"] == "RelationshipRemoved"
    assert told["Related"] + told["TooMany"] == 2
    assert told["Related"] <= 1
    assert await count(graph, "()-[x:OVERSEES]->()") == told["Related"]


@rounds
async def test_a_relationship_is_removed_once(client: Client, graph: Graph, round: int) -> None:
    """3.6"""
    id = await client.relate("FRIEND", await client.consumer(), await client.consumer())
    told = await race(client, "removeRelationship", [{"id": id}] * RACERS)
    assert told == {"RelationshipRemoved": 1, "NotFound": RACERS - 1}
    assert await count(graph, "(x:Operation {kind: 'removeRelationship'})") == 1


@rounds
async def test_the_last_points_are_spent_once(client: Client, graph: Graph, round: int) -> None:
    """6.3: no balance comes below zero; another type of the same customer has its own."""
    ann = await client.consumer()
    await client.points_type("BONUS")
    await client.points_type("MILES")
    await client.points(ann, 10)
    taken = {"customer": ann, "pointsType": "BONUS", "amount": -4, "reason": "spent"}
    given = [taken] * (RACERS - 2) + [{**taken, "pointsType": "MILES", "amount": 1}] * 2
    assert await race(client, "adjustPoints", given) == {"PointsAdjusted": 4, "NotEnoughPoints": RACERS - 4}
    found = await client.node(
        ann, "... on Consumer { points { type { code } balance } pointsLedger { edges { node { balance } } } }"
    )
    assert found["points"] == [{"type": {"code": code}, "balance": 2} for code in ("BONUS", "MILES")]
    assert sorted(edge["node"]["balance"] for edge in found["pointsLedger"]["edges"]) == [1, 2, 2, 6, 10]
    assert await count(graph, "(x:PointsEntry)") == 5


@rounds
async def test_whoever_unenrolls_and_whoever_adjusts_points_meet_in_one_order(
    client: Client, graph: Graph, round: int
) -> None:
    """6.1, 6.2: none are gained by who is unenrolled already."""
    ann = await client.consumer()
    await client.points_type()
    await client.do("enroll", {"id": ann})
    given = {"customer": ann, "pointsType": "BONUS", "amount": 1, "reason": "a gift"}
    leaving = race(client, "unenroll", [{"id": ann}] * 2)
    told, left = await asyncio.gather(race(client, "adjustPoints", [given] * (RACERS - 2)), leaving)
    assert left == {"CustomerUnenrolled": 1, "ActionNotAvailable": 1}
    assert told["PointsAdjusted"] + told["ActionNotAvailable"] == RACERS - 2
    assert await count(graph, "(x:PointsEntry)") == told["PointsAdjusted"]


MEMBER = "... on MemberAdded { membership { relationship { id } } }"
CHANGED = "... on MembershipChanged { membership { relationship { id } } }"


@rounds
async def test_one_becomes_head_and_the_others_are_told_who(client: Client, graph: Graph, round: int) -> None:
    """3.7, 4.1: by joining as head, or by becoming it."""
    home = await client.household()
    joining = [{"group": home, "party": await client.consumer(), "head": True} for _ in range(RACERS)]
    won, refusals = await told(client, "addMember", joining, MEMBER)
    first = won["membership"]["relationship"]
    assert [(r["__typename"], r["path"], r["present"]) for r in refusals] == [("TooMany", ["head"], [first])] * 7
    assert await count(graph, "()-[x:MEMBER_OF {is_head: true}]->()") == 1
    other = await client.household()
    members = [await client.member(other, each["party"], validFrom="2001-01-01") for each in joining]
    changing = [{"membership": id, "head": True} for id in members]
    won, refusals = await told(client, "changeMembership", changing, CHANGED)
    first = won["membership"]["relationship"]
    assert [(r["__typename"], r["path"], r["present"]) for r in refusals] == [("TooMany", ["head"], [first])] * 7
    assert await count(graph, "()-[x:MEMBER_OF {is_head: true}]->()") == 2


@rounds
async def test_one_household_becomes_primary(client: Client, graph: Graph, round: int) -> None:
    """3.7, 4.1: the first, where nothing is said; the only one, where all are to be."""
    ann, bea = await client.consumer(), await client.consumer()
    homes = [await client.household() for _ in range(RACERS)]
    given = [{"group": home, "party": ann} for home in homes]
    assert await race(client, "addMember", given) == {"MemberAdded": RACERS}
    assert await count(graph, "()-[x:MEMBER_OF {is_primary: true}]->()") == 1
    joining = [{"group": home, "party": bea, "primary": True} for home in homes]
    won, refusals = await told(client, "addMember", joining, MEMBER)
    first = won["membership"]["relationship"]
    assert [(r["__typename"], r["path"], r["present"]) for r in refusals] == [("TooMany", ["primary"], [first])] * 7
    assert await count(graph, "()-[x:MEMBER_OF {is_primary: true}]->()") == 2


@rounds
async def test_a_head_who_takes_another_role_meanwhile_is_still_in_the_way(
    client: Client, graph: Graph, round: int
) -> None:
    """3.7, 4.1: nobody sees the closed row without the one that was opened."""
    home, people = await client.household(), [await client.consumer() for _ in range(RACERS)]
    head = await client.member(home, people[0], head=True, validFrom="2001-01-01")
    joining = [{"group": home, "party": who, "head": True} for who in people[1:]]
    changing = client.do("changeMembership", {"membership": head, "role": "OTHER"})
    answers, changed = await asyncio.gather(race(client, "addMember", joining), changing)
    assert (answers, changed["__typename"]) == ({"TooMany": RACERS - 1}, "MembershipChanged")
    assert await count(graph, "()-[x:MEMBER_OF {is_head: true}]->()") == 2


@rounds
async def test_those_who_take_over_at_once_do_so_one_after_the_other(client: Client, graph: Graph, round: int) -> None:
    """3.7, 4.1: there is one head in the end, also while the one who was takes another role."""
    home, people = await client.household(), [await client.consumer() for _ in range(RACERS)]
    members = [await client.member(home, who, validFrom="2001-01-01", head=who == people[0]) for who in people]
    taking = [{"membership": id, "head": True, "takeOver": True} for id in members[1:]]
    changing = client.do("changeMembership", {"membership": members[0], "role": "OTHER"})
    answers, changed = await asyncio.gather(race(client, "changeMembership", taking), changing)
    assert answers == {"MembershipChanged": RACERS - 1}
    assert changed["__typename"] in ("MembershipChanged", "Refused")
    current = "()-[x:MEMBER_OF {is_head: true}]->() WHERE x.valid_to_day IS NULL"
    assert await count(graph, current) == 1


@rounds
async def test_one_gets_the_code_of_a_points_type(client: Client, graph: Graph, round: int) -> None:
    """6.3"""
    given = {"code": "MILES", "name": "Miles"}
    told = await race(client, "definePointsType", [given] * RACERS)
    assert told == {"PointsTypeDefined": 1, "AlreadyTaken": RACERS - 1}
    assert await count(graph, "(x:PointsType)") == 1


@rounds
async def test_a_case_is_closed_once(client: Client, graph: Graph, round: int) -> None:
    """5.4: whoever comes second learns that somebody has closed it."""
    id = await client.open_case(await client.consumer())
    assert await race(client, "closeCase", [{"case": id}] * RACERS) == {"CaseClosed": 1, "WrongCaseStatus": RACERS - 1}
    assert await count(graph, "(x:Operation {kind: 'closeCase'})") == 1


@rounds
async def test_of_comments_made_at_once_all_stand_each_in_its_place(client: Client, graph: Graph, round: int) -> None:
    """5.4"""
    id = await client.open_case(await client.consumer())
    given = [{"case": id, "text": str(n)} for n in range(RACERS)]
    assert await race(client, "commentOnCase", given) == {"CaseCommentedOn": RACERS}
    found = await client.node(id, "... on Case { version comments { edges { node { place text } } } }")
    said = [edge["node"] for edge in found["comments"]["edges"]]
    assert [comment["place"] for comment in said] == list(range(1, RACERS + 1))
    assert sorted(comment["text"] for comment in said) == [str(n) for n in range(RACERS)]
    assert found["version"] == 1


@rounds
async def test_no_change_of_a_case_is_lost(client: Client, round: int) -> None:
    """5.4, 1.2: who changes its texts, who gives it to somebody and who closes it meet in one order."""
    ann, sam = await client.consumer(), await client.user()
    id = await client.open_case(ann)
    told = await asyncio.gather(
        race(client, "updateCase", [{"case": id, "subject": "Another"}, {"case": id, "description": "Long ago."}]),
        race(client, "assignCase", [{"case": id, "assignee": sam}]),
        race(client, "closeCase", [{"case": id}]),
        race(client, "createCase", [{"customer": ann, "subject": "Beside it", "assignee": sam}] * 2),
    )
    assert told == [{"CaseUpdated": 2}, {"CaseAssigned": 1}, {"CaseClosed": 1}, {"CaseCreated": 2}]
    found = await client.node(id, "... on Case { subject description status version assignee { id } }")
    whole = {"subject": "Another", "description": "Long ago.", "status": "CLOSED", "assignee": {"id": sam}}
    assert found == {**whole, "version": 5}


@rounds
async def test_a_case_is_of_no_customer_household_or_assignee_who_was_deleted_before(
    client: Client, graph: Graph, round: int
) -> None:
    """5.4: no edge keeps them, so a lock does."""
    ann, home, sam = await client.consumer(), await client.household(), await client.user()
    await client.member(home, ann)
    gone = (ann, home, sam)[round % 3]
    given = {"customer": ann, "subject": "A question", "household": home, "assignee": sam}
    deleting = graph.apply(
        f"CYPHER 25 MATCH (n:Party {{id: '{gone}'}}) SET n._lock = TRUE WITH n CALL (n) {{ "
        "MATCH (c:Case) WHERE n.id IN [c.customer, c.household, c.assignee] DELETE c } DETACH DELETE n"
    )
    told, _ = await asyncio.gather(race(client, "createCase", [given] * RACERS), deleting)
    assert set(told) <= {"CaseCreated", "NotFound"}
    assert await count(graph, f"(x:Case) WHERE NOT EXISTS {{ (:Party {{id: '{gone}'}}) }}") == 0


async def related_within(client: Client, people: int) -> tuple[str, list[str], list[str]]:
    """A household, its members, and their memberships; each member represents the next there."""
    home, members = await client.household(), [await client.consumer() for _ in range(people)]
    rows = [await client.member(home, who, validFrom="2001-01-01") for who in members]
    for who, other in zip(members, [*members[1:], members[0]], strict=True):
        await client.relate_all([within(home, who, other)])
    return home, members, rows


def within(home: str, source: str, target: str) -> dict[str, Any]:
    """A relationship to be made within a household."""
    answers = {"responsibility": "AUTHORIZED_REPRESENTATIVE"}
    return {"type": "HOUSEHOLD_REPRESENTATIVE", "source": source, "target": target, "household": home, **answers}


@rounds
@pytest.mark.parametrize("mutation", ["endMembership", "removeRelationship"])
async def test_whoever_leaves_while_relating_within_the_household_leaves_nothing(
    client: Client, graph: Graph, mutation: str, round: int
) -> None:
    """3.7, 4.2: what was made before is taken, what comes after is refused; from either end."""
    home, (ann, *others), rows = await related_within(client, 4)
    drafts = [within(home, ann, others[1]), *(within(home, other, ann) for other in others[:2])]
    leaving = client.do(mutation, {"membership" if mutation == "endMembership" else "id": rows[0]})
    relating = race(client, "relate", [{"relationships": [draft]} for draft in drafts])
    left, told = await asyncio.gather(leaving, relating)
    assert left["__typename"] != "Refused"
    assert set(told) <= {"Related", "NotInOneHousehold"}
    assert await count(graph, f"(:Party {{id: '{ann}'}})-[x:REPRESENTS]-()") == 0


@rounds
async def test_all_who_leave_at_once_leave_nothing(client: Client, graph: Graph, round: int) -> None:
    """3.7, 4.2: everybody waits for the others in one order; nothing is taken twice."""
    _, members, rows = await related_within(client, 4)
    assert await race(client, "endMembership", [{"membership": row} for row in rows]) == {"MembershipEnded": 4}
    assert await count(graph, "()-[x:REPRESENTS]->()") == 0
    kept = "(x:Change) WHERE x.old CONTAINS 'HOUSEHOLD_REPRESENTATIVE' AND x.new IS NULL"
    assert await count(graph, kept) == 2 * len(members)


@rounds
async def test_leavings_to_come_that_are_told_at_once_both_count(client: Client, graph: Graph, round: int) -> None:
    """3.7, 4.2: the days of a relationship rest on both its ends."""
    _, _, rows = await related_within(client, 2)
    given = [{"membership": row, "on": on} for row, on in zip(rows, ("2998-01-01", "2999-01-01"), strict=True)]
    assert await race(client, "endMembership", given) == {"MembershipEnded": 2}
    held = "()-[x:REPRESENTS]->() WHERE x.valid_to_day = date('2998-01-01') AND x.within_until = x.valid_to_day"
    assert await count(graph, held) == 2


@rounds
async def test_an_operation_is_restored_once(client: Client, graph: Graph, round: int) -> None:
    """3.7, 8.5"""
    _, _, rows = await related_within(client, 3)
    done = await client.do("endMembership", {"membership": rows[0]}, "... on MembershipEnded { operation { id } }")
    told = await race(client, "restore", [{"operation": done["operation"]["id"]}] * RACERS)
    assert told == {"Restored": 1, "CannotBeRestored": RACERS - 1}
    assert await count(graph, "()-[x:REPRESENTS]->()") == 3


@rounds
async def test_whoever_restores_and_whoever_relates_do_not_do_so_twice(
    client: Client, graph: Graph, round: int
) -> None:
    """3.7, 8.5: one of the two is a duplicate, and is told so."""
    home, (ann, bea), _ = await related_within(client, 2)
    (row,) = await graph.run(
        f"CYPHER 25 MATCH (:Party {{id: '{ann}'}})-[r:REPRESENTS]->() RETURN r.id AS id", {}, "tests"
    )
    done = await client.do("removeRelationship", {"id": row["id"]}, "... on RelationshipRemoved { operation { id } }")
    restoring = race(client, "restore", [{"operation": done["operation"]["id"]}])
    told = await asyncio.gather(restoring, race(client, "relate", [{"relationships": [within(home, ann, bea)]}]))
    assert sum(told, Counter()) in (
        Counter({"Restored": 1, "DuplicateRelationship": 1}),
        Counter({"Related": 1, "DuplicateRelationship": 1}),
    )
    assert await count(graph, f"(:Party {{id: '{ann}'}})-[x:REPRESENTS]->()") == 1
