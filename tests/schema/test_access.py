"""Who sees what (SPEC 5.4, 5.6), through GraphQL and by tokens of parties."""

from collections.abc import Callable

from tests.client import Client

AsParty = Callable[[str], Client]
SERVES = {"responsibility": "RELATIONSHIP_MANAGER"}
FAR = """{ relationships(first: 100, period: ALL) { totalCount { value } edges { label cursor
    node { id type { code } validFrom validTo note isCurrent source { id name } target { __typename id name } }
    party { __typename id kind name } } } }"""


async def test_an_agent_of_relationships_sees_whom_they_reach(client: Client, as_party: AsParty) -> None:
    """5.6: RELATIONSHIP_AGENT alone only what relationships reach; the far ends of these are placeholders."""
    served, friend, stranger = [await client.consumer(name) for name in ("Ann", "Bea", "Cid")]
    agent = await client.user()
    await client.relate("CONSUMER_TEAM", agent, served, **SERVES)
    await client.relate("FRIEND", served, friend, validFrom="2020-01-01", note="from school")
    seen = as_party(agent)
    assert (await seen.node(served, "... on Consumer { name }")) == {"name": "Ann"}
    assert await seen.codes("query($id: ID!) { node(id: $id) { id } }", id=stranger) == [("NOT_FOUND", ["node"])]
    assert await seen.codes("query($id: ID!) { node(id: $id) { id } }", id=friend) == [("NOT_FOUND", ["node"])]
    listed = await seen.ask("{ parties { totalCount { value } edges { node { name } } } }")
    assert listed["parties"] == {
        "totalCount": {"value": 2},
        "edges": [{"node": {"name": "Ann"}}, {"node": {"name": "Sam"}}],
    }
    assert (await seen.ask('{ parties(search: "bea") { totalCount { value } } }'))["parties"]["totalCount"] == {
        "value": 0
    }
    found = (await seen.node(served, f"... on Consumer {FAR}"))["relationships"]
    assert found["totalCount"] == {"value": 2}
    by_type = {edge["node"]["type"]["code"]: edge for edge in found["edges"]}
    hidden = by_type["FRIEND"]
    assert hidden["party"]["id"] == hidden["node"]["target"]["id"] != friend
    assert hidden["party"] == {
        "__typename": "HiddenParty",
        "id": hidden["party"]["id"],
        "kind": "CONSUMER",
        "name": "Hidden",
    }
    assert {key: hidden["node"][key] for key in ("validFrom", "validTo", "note")} == dict.fromkeys(
        ("validFrom", "validTo", "note")
    )
    assert by_type["CONSUMER_TEAM"]["party"]["name"] == "Sam"
    assert await seen.codes("query($id: ID!) { node(id: $id) { id } }", id=hidden["party"]["id"]) == [
        ("NOT_FOUND", ["node"])
    ]


async def test_of_an_accounts_contacts_those_are_seen_who_live_and_are_it_now(
    client: Client, as_party: AsParty
) -> None:
    """5.3, 5.6: who serves an account reaches its contacts, but none who is it no more or not yet, nor the dead."""
    account, agent = await client.account("Ost"), await client.user()
    people = {name: await client.consumer(name) for name in ("Now", "Past", "Future", "Dead", "Friend")}
    times = {"Past": {"validTo": "2020-01-01"}, "Future": {"validFrom": "2100-01-01"}}
    for name, person in people.items():
        await client.relate("INVESTOR" if name == "Friend" else "CONTACT", person, account, **times.get(name, {}))
    await client.do("updateConsumer", {"id": people["Dead"], "deceased": True})
    await client.relate("ACCOUNT_TEAM", agent, account, responsibility="ACCOUNT_MANAGER")
    seen = as_party(agent)
    found = (await seen.node(account, f"... on Account {FAR}"))["relationships"]["edges"]
    assert sorted(edge["party"]["name"] for edge in found) == ["Hidden"] * 4 + ["Now", "Sam"]
    (tie,) = [edge["node"]["id"] for edge in found if edge["party"]["name"] == "Now"]
    await client.do("endRelationship", {"id": tie})
    found = (await seen.node(account, f"... on Account {FAR}"))["relationships"]["edges"]
    assert sorted(edge["party"]["name"] for edge in found) == ["Hidden"] * 5 + ["Sam"]


async def test_what_a_consumer_sees(client: Client, as_party: AsParty) -> None:
    """5.6: a consumer sees himself or herself, and who is represented; 5.2: nothing of the dead."""
    self, ward, dead, other = [await client.consumer(name) for name in ("Ann", "Bea", "Cid", "Dan")]
    for target in (ward, dead):
        await client.relate("REPRESENTATIVE", self, target, responsibility="AUTHORIZED_REPRESENTATIVE")
    await client.relate("PARENT", self, other, validFrom="1990")
    await client.do("updateConsumer", {"id": dead, "deceased": True})
    seen = as_party(self)
    listed = await seen.ask("{ parties { edges { node { name } } } viewer { party { id } roles } }")
    assert [edge["node"]["name"] for edge in listed["parties"]["edges"]] == ["Ann", "Bea"]
    assert listed["viewer"] == {"party": {"id": self}, "roles": []}
    tree = await seen.ask(
        """query($id: ID!) { familyTree(root: $id) { people { generation person { id kind name } }
             couples { partners children kind } parentages { parent child } } }""",
        id=self,
    )
    people = {person["person"]["name"]: person["person"]["id"] for person in tree["familyTree"]["people"]}
    assert people == {"Ann": self, "Hidden": people["Hidden"]}
    assert tree["familyTree"]["couples"] == [
        {"partners": [self], "children": [people["Hidden"]], "kind": "PARENTS_ONLY"}
    ]
    assert other not in str(tree)


async def test_a_role_is_gone_with_the_next_request(client: Client, as_party: AsParty) -> None:
    """5.3, 5.4: who a viewer is, is looked at with every request."""
    agent, somebody = await client.user(roles=["AGENT"]), await client.consumer("Ann")
    seen = as_party(agent)
    assert await seen.node(somebody, "id") == {"id": somebody}
    await client.do("updateInternalUser", {"id": agent, "roles": []})
    assert await seen.codes("query($id: ID!) { node(id: $id) { id } }", id=somebody) == [("NOT_FOUND", ["node"])]
    assert (await seen.refusals("createConsumer", {"givenName": "Bea"}))[0]["__typename"] == "NotAllowed"
    await client.do("updateInternalUser", {"id": agent, "roles": ["AGENT"]})
    assert await client.consumer("Cid")
    assert (await seen.do("createConsumer", {"givenName": "Bea"}))["__typename"] == "ConsumerCreated"


async def test_a_consumer_who_is_deactivated_is_signed_out(client: Client, as_party: AsParty) -> None:
    """6.2: no sign-in, from the next request on."""
    self = await client.consumer("Ann")
    seen = as_party(self)
    assert await seen.node(self, "id") == {"id": self}
    await client.do("deactivate", {"id": self})
    change = 'mutation($id: ID!) { updateConsumer(input: {id: $id, givenName: "Eve"}) { __typename } }'
    assert (await seen.send(change, id=self)).status_code == 401
    assert (await seen.send("{ viewer { roles } }")).status_code == 401
    await client.do("reactivate", {"id": self})
    assert await seen.node(self, "id") == {"id": self}


async def test_access_is_told_with_its_reasons(client: Client, as_party: AsParty) -> None:
    """5.5: what is granted and by which path of relationships, or what is missing."""
    head, branch = await client.account("Head"), await client.account("Branch")
    contact, agent = await client.consumer("Ann"), await client.user()
    serves = await client.relate("ACCOUNT_TEAM", agent, head, responsibility="ACCOUNT_MANAGER")
    below = await client.relate("HEAD_OFFICE", head, branch)
    beside = await client.relate("CONTACT", contact, head)
    document = """query($viewer: ID!, $target: ID!) { access(viewer: $viewer, target: $target) {
        grants roles missing needed ways { grants relationships { id } } } }"""
    four = ["VIEW_PROFILE", "VIEW_CASES", "CREATE_CASES", "MANAGE_CASES"]
    for target, path in ((head, [serves]), (branch, [serves, below]), (contact, [serves, beside])):
        found = (await client.ask(document, viewer=agent, target=target))["access"]
        assert found == {
            "grants": four,
            "roles": [],
            "missing": ["MANAGE_RELATIONSHIPS", "MANAGE_MEMBERS"],
            "needed": [],
            "ways": [{"grants": four, "relationships": [{"id": id} for id in path]}],
        }
    await client.do("updateInternalUser", {"id": agent, "roles": ["AGENT"]})
    found = (await client.ask(document, viewer=agent, target=head))["access"]
    assert (found["grants"], found["roles"], found["needed"]) == (["VIEW_PROFILE"], ["AGENT"], ["RELATIONSHIP_AGENT"])
    assert await as_party(contact).codes(document, viewer=contact, target=head) == [("NOT_FOUND", ["access"])]


CASES = "{ cases { totalCount { value } edges { node { subject customer { name } } } } }"


async def test_cases_by_grant(client: Client, as_party: AsParty) -> None:
    """5.4 to 5.6: an agent sees all profiles, of cases those that the graph grants; the moment a relationship ends, so
    does the access; what was opened keeps the relationship through which it was."""
    served, other = await client.consumer("Ann"), await client.consumer("Bea")
    agent = await client.user(roles=["AGENT", "RELATIONSHIP_AGENT"])
    serves = await client.relate("CONSUMER_TEAM", agent, served, **SERVES)
    seen, opened = as_party(agent), "... on CaseCreated { case { id subject openedThrough { id } } }"
    made = await seen.do("createCase", {"customer": served, "subject": "Lamp"}, opened)
    assert made["case"]["openedThrough"] == {"id": serves}
    assert (await seen.refusals("createCase", {"customer": other, "subject": "Lamp"})) == [
        {"__typename": "NotAllowed", "path": ["customer"], "missing": ["CREATE_CASES"]}
    ]
    hidden = await client.do("createCase", {"customer": other, "subject": "Chair"}, opened)
    listed = (await seen.ask(CASES))["cases"]
    assert listed == {
        "totalCount": {"value": 1},
        "edges": [{"node": {"subject": "Lamp", "customer": {"name": "Ann"}}}],
    }
    assert await seen.codes("query($id: ID!) { node(id: $id) { id } }", id=hidden["case"]["id"]) == [
        ("NOT_FOUND", ["node"])
    ]
    assert await seen.refusals("closeCase", {"case": hidden["case"]["id"]}) == [
        {"__typename": "NotFound", "path": ["case"]}
    ]
    analyst = as_party(await client.user(login="an@kith.example", roles=["ANALYST"]))
    listed = (await analyst.ask(CASES))["cases"]
    assert [edge["node"]["subject"] for edge in listed["edges"]] == [None, None]
    await client.do("endRelationship", {"id": serves})
    assert (await seen.ask(CASES))["cases"] == {"totalCount": {"value": 0}, "edges": []}
    assert await seen.refusals("closeCase", {"case": made["case"]["id"]}) == [
        {"__typename": "NotFound", "path": ["case"]}
    ]


async def test_a_consumer_and_cases(client: Client, as_party: AsParty) -> None:
    """5.6, 5.7: a consumer's own cases, and on behalf of whom he or she represents; not those of others."""
    self, ward, other = [await client.consumer(name) for name in ("Ann", "Bea", "Cid")]
    await client.relate("REPRESENTATIVE", self, ward, responsibility="AUTHORIZED_REPRESENTATIVE")
    seen = as_party(self)
    for customer in (self, ward):
        made = await seen.do("createCase", {"customer": customer, "subject": "Lamp"})
        assert made["__typename"] == "CaseCreated", made
    assert await seen.refusals("createCase", {"customer": other, "subject": "Lamp"}) == [
        {"__typename": "NotFound", "path": ["customer"]}
    ]
    assert (await seen.ask(CASES))["cases"]["totalCount"] == {"value": 2}


async def test_a_head_of_a_household(client: Client, as_party: AsParty) -> None:
    """5.2: the head views profiles and cases of current members; the dead are placeholders, others not counted."""
    home = await client.household("Home")
    head, child, dead = [await client.consumer(name) for name in ("Ann", "Bea", "Cid")]
    await client.member(home, head, head=True)
    await client.member(home, child, role="CHILD")
    await client.member(home, dead)
    await client.do("createCase", {"customer": child, "subject": "Lamp"})
    await client.do("updateConsumer", {"id": dead, "deceased": True})
    seen = as_party(head)
    found = await seen.node(
        home,
        """... on Household { name openCaseCount memberCounts { status count }
           members { totalCount { value } edges { node { isHead member { name } } } } }""",
    )
    members = {edge["node"]["member"]["name"]: edge["node"]["isHead"] for edge in found.pop("members")["edges"]}
    assert members == {"Ann": True, "Bea": False, "Hidden": False}
    assert found == {"name": "Home", "openCaseCount": 1, "memberCounts": [{"status": "ACTIVE", "count": 2}]}
    assert (await seen.ask(CASES))["cases"]["totalCount"] == {"value": 1}
    assert (await as_party(child).ask(CASES))["cases"]["totalCount"] == {"value": 1}
    assert await as_party(child).codes("query($id: ID!) { node(id: $id) { id } }", id=home) == [("NOT_FOUND", ["node"])]
