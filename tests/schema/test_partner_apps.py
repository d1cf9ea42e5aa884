"""Partner apps and their keys, and what an app is shown (SPEC 5.6, 5.7, 11.3), through HTTP."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from domain.access import RIGHTS
from graphdb.graph import Graph
from kith.context import Contexts
from resolvers.reading.seam import Schema
from tests.client import Client
from tests.schema.ann import Family, family_of
from tests.schema.test_access import AsParty
from tests.schema.test_rights import inputs, mutations, world
from tests.unchanged import Unchanged

NODE = "query($id: ID!) { node(id: $id) { id } }"
SCOPES = ("PROFILE", "CONTACT", "FAMILY", "HOUSEHOLDS")


@pytest_asyncio.fixture(loop_scope="session")
async def family(client: Client) -> Family:
    """Ann and hers."""
    return await family_of(client)


async def test_an_app_reads_the_family_of_who_consented_and_nothing_else(family: Family, as_party: AsParty) -> None:
    """5.6: in one query, names and couples included; the living others as placeholders, the dead by name."""
    ann = family["ann"]
    assert await family.seen.codes(NODE, id=ann) == [("NOT_FOUND", ["node"])]
    await as_party(ann).consent(ann, family.app, "FAMILY")
    found = await family.seen.ask(
        """query($id: ID!) { familyTree(root: $id) {
            people { generation person { __typename id kind name
                ... on Consumer { birthDate deceased deathDate email givenName } } }
            couples { kind partners children relationships { type { code } validFrom source { name } target { name } } }
        } }""",
        id=ann,
    )
    people = {person["person"]["name"]: person["person"] for person in found["familyTree"]["people"]}
    assert set(people) == {"Ann Ost", "Dad", "Olga", "Hidden"}
    assert people["Ann Ost"] == {
        "__typename": "Consumer",
        "id": ann,
        "kind": "CONSUMER",
        "name": "Ann Ost",
        "birthDate": "1980-02-01",
        "deceased": False,
        "deathDate": None,
        "email": None,
        "givenName": None,
    }
    assert (people["Dad"]["birthDate"], people["Dad"]["deathDate"], people["Dad"]["email"]) == ("1948", "2001", None)
    hidden = [p["person"] for p in found["familyTree"]["people"] if p["person"]["name"] == "Hidden"]
    assert [set(person) for person in hidden] == [{"__typename", "id", "kind", "name"}] * 3
    marriages = [c["relationships"][0] for c in found["familyTree"]["couples"] if c["relationships"]]
    told = sorted((m["validFrom"] or "", sorted((m["source"]["name"], m["target"]["name"]))) for m in marriages)
    assert told == [("", ["Ann Ost", "Hidden"]), ("", ["Dad", "Hidden"])]
    for name in ("mum", "kim", "sam", "bob", "home", "ltd", "far"):
        assert family[name] not in str(found)
        assert await family.seen.codes(NODE, id=family[name]) == [("NOT_FOUND", ["node"])], name
    for name in ("dad", "old", "ann"):
        assert await family.seen.node(family[name], "id") == {"id": family[name]}


async def test_dates_of_a_couple_are_told_where_both_are_shown(family: Family, as_party: AsParty) -> None:
    """5.6: once the husband has consented, too, when they married."""
    for name in ("ann", "sam"):
        await as_party(family[name]).consent(family[name], family.app, "FAMILY")
    selection = "... on Consumer { partners { relationship { validFrom } party { name } } }"
    found = await family.seen.node(family["ann"], selection)
    assert found == {"partners": [{"relationship": {"validFrom": "2010-05-01"}, "party": {"name": "Sam"}}]}


OF_SCOPE: Mapping[str, Mapping[str, Any]] = {
    "PROFILE": {
        "givenName": "Ann",
        "familyName": "Ost",
        "otherNames": [{"text": "Quillon"}],
        "gender": "FEMALE",
        "language": "de",
        "lifeEvents": [{"name": "Graduation"}],
        "birthDate": "1980-02-01",
        "birthDateInWords": "1 February 1980",
    },
    "CONTACT": {"email": "ann@kith.example", "phone": {"e164": "+14155550123"}, "address": {"city": "Bonn"}},
    "FAMILY": {
        "birthDate": "1980-02-01",
        "birthDateInWords": "1 February 1980",
        "parents": [{"party": {"name": "Hidden"}}, {"party": {"name": "Dad"}}],
        "children": [{"party": {"name": "Hidden"}}],
        "partners": [{"party": {"name": "Hidden"}}],
        "relationships": {"totalCount": {"value": 4}},
        "familyTree": {"people": 6},
    },
    "HOUSEHOLDS": {"households": [{"role": "PARTNER", "group": {"name": "The Osts"}, "member": {"name": "Ann Ost"}}]},
}
WITHOUT: Mapping[str, Any] = {
    **dict.fromkeys(("givenName", "familyName", "language", "birthDate", "birthDateInWords"), None),
    **dict.fromkeys(("email", "phone", "address", "deathDate", "prefix", "suffix"), None),
    **{name: [] for name in ("otherNames", "lifeEvents", "parents", "children", "partners", "households")},
    "gender": "UNKNOWN",
    "deceased": False,
    "relationships": {"totalCount": {"value": 0}},
    "familyTree": {"people": 1},
}
PROFILE = """... on Consumer { id kind name givenName familyName prefix suffix otherNames { text } gender birthDate
    birthDateInWords deceased deathDate language lifeEvents { name } email phone { e164 } address { city }
    parents { party { name } } children { party { name } } partners { party { name } }
    relationships(period: ALL) { totalCount { value } } familyTree { people { generation } }
    households { role group { name } member { name } } }"""


@pytest.mark.parametrize("scope", SCOPES)
async def test_each_scope_shows_its_fields_and_no_others(scope: str, family: Family, as_party: AsParty) -> None:
    """5.6: of whoever consented, by the scopes that were consented to; 1.3: what these fields are."""
    ann = family["ann"]
    await as_party(ann).consent(ann, family.app, scope)
    found = await family.seen.node(ann, PROFILE)
    found["familyTree"]["people"] = len(found["familyTree"]["people"])
    found["parents"].sort(key=lambda parent: parent["party"]["name"] == "Dad")
    assert found == {"id": ann, "kind": "CONSUMER", "name": "Ann Ost", **WITHOUT, **OF_SCOPE[scope]}


async def test_a_household_shows_its_members_as_placeholders(family: Family, as_party: AsParty) -> None:
    """5.6: the household's name, and of its members those who consented."""
    ann, home = family["ann"], family["home"]
    await as_party(ann).consent(ann, family.app, "HOUSEHOLDS")
    found = await family.seen.node(
        home, "... on Household { name members { totalCount { value } edges { node { role member { id name } } } } }"
    )
    members = {edge["node"]["member"]["name"]: edge["node"] for edge in found["members"]["edges"]}
    assert (found["name"], found["members"]["totalCount"]) == ("The Osts", {"value": 2})
    assert members["Ann Ost"] == {"role": "PARTNER", "member": {"id": ann, "name": "Ann Ost"}}
    assert members["Hidden"]["role"] is None
    assert members["Hidden"]["member"]["id"].startswith("hidden_")
    assert await family.seen.codes(NODE, id=family["bobs"]) == [("NOT_FOUND", ["node"])]


async def test_what_is_shown_is_in_both_the_consent_and_the_scopes_now(
    family: Family, client: Client, as_party: AsParty
) -> None:
    """5.6: an app whose scopes grow gains nothing without another consent; one whose scopes shrink loses at once."""
    ann, app = family["ann"], family.app
    await client.do("updatePartnerApp", {"id": app, "scopes": ["PROFILE", "FAMILY"]})
    await as_party(ann).consent(ann, app)
    await client.do("updatePartnerApp", {"id": app, "scopes": ["PROFILE", "CONTACT"]})
    selection = "... on Consumer { givenName email parents { party { id } } }"
    assert await family.seen.node(ann, selection) == {"givenName": "Ann", "email": None, "parents": []}
    assert await family.seen.codes(NODE, id=family["dad"]) == [("NOT_FOUND", ["node"])]
    await client.do("updatePartnerApp", {"id": app, "scopes": ["CONTACT"]})
    assert await family.seen.codes(NODE, id=ann) == [("NOT_FOUND", ["node"])]
    told = await as_party(ann).node(ann, "... on Consumer { consents { scopes shown } }")
    assert told == {"consents": [{"scopes": ["PROFILE", "FAMILY"], "shown": []}]}


async def test_lists_and_searches_find_who_consented(family: Family, as_party: AsParty) -> None:
    """5.6: what a viewer may not read does not match, totals included; 1.5."""
    ann, seen = family["ann"], family.seen
    await as_party(ann).consent(ann, family.app, "PROFILE", "FAMILY")
    listed = "query($s: String) { parties(search: $s) { totalCount { value } edges { node { name } } } }"

    async def names(search: str | None) -> list[str]:
        found = (await seen.ask(listed, s=search))["parties"]
        assert found["totalCount"]["value"] == len(found["edges"])
        return [edge["node"]["name"] for edge in found["edges"]]

    assert await names(None) == ["Ann Ost"]
    assert await names("ost") == ["Ann Ost"]
    assert await names("dad") == ["Dad"]
    for hidden in ("ann@kith", "4155550123", "77", "bob", "mum", "osts", "axn", "d@kith.example", "far"):
        assert await names(hidden) == [], hidden
    by = "query($by: PartyBy!) { party(by: $by) { id } }"
    number = {"number": (await as_party(ann).node(ann, "... on Customer { number }"))["number"]}
    for one in (number, {"externalId": {"system": "crm", "value": "77"}}, {"id": family["bob"]}):
        assert await seen.codes(by, by=one) == [("NOT_FOUND", ["party"])], one
    assert (await seen.ask(by, by={"id": ann}))["party"] == {"id": ann}
    counted = "query($f: [CustomerStatus!]) { parties(statuses: $f) { totalCount { value } } }"
    assert (await seen.ask(counted, f=["ACTIVE"]))["parties"]["totalCount"] == {"value": 0}
    await as_party(ann).do("withdrawConsent", {"consumer": ann, "app": family.app})
    assert await names(None) == []
    await as_party(ann).consent(ann, family.app, "CONTACT")
    assert await names("ann@kith") == await names("415 555 0123") == ["Ann Ost"]


async def test_a_withdrawn_consent_counts_with_the_next_request(family: Family, as_party: AsParty) -> None:
    """5.6: and so does one of the dead, and one of somebody deactivated, while that is so."""
    ann, seen = family["ann"], family.seen
    await as_party(ann).consent(ann, family.app)
    assert await seen.node(ann, "id") == {"id": ann}
    await as_party(ann).do("withdrawConsent", {"consumer": ann, "app": family.app})
    for name in ("ann", "dad", "old", "home"):
        assert await seen.codes(NODE, id=family[name]) == [("NOT_FOUND", ["node"])]


@pytest.mark.parametrize("deed", ["deactivate", "unenroll", "die"])
async def test_a_consent_lapses_with_whose_it_is(deed: str, family: Family, client: Client, as_party: AsParty) -> None:
    """5.6, 6.2: the dead, the unenrolled and the deactivated are shown to no app."""
    ann = family["ann"]
    await as_party(ann).consent(ann, family.app)
    if deed == "die":
        await client.do("updateConsumer", {"id": ann, "deceased": True})
    else:
        await client.do("enroll", {"id": ann})
        await client.do(deed, {"id": ann})
    assert await family.seen.codes(NODE, id=ann) == [("NOT_FOUND", ["node"])]
    assert await family.seen.codes(NODE, id=family["dad"]) == [("NOT_FOUND", ["node"])]


async def test_a_key_that_is_no_longer_good_is_refused_at_once(
    family: Family, client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """11.3: revoked, expired, of an inactive app: 401, be it known from before or not."""
    good, over, revoked = [await client.key(family.app, name=name) for name in ("good", "over", "revoked")]
    keys = {key: client.signed_in(key) for key in (good, over, revoked)}
    for seen in keys.values():
        assert (await seen.send("{ parties { totalCount { value } } }")).status_code == 200
    listed = await client.node(family.app, "... on PartnerApp { keys { id name hint } }")
    ids = {key["name"]: key["id"] for key in listed["keys"]}
    assert {key["hint"] for key in listed["keys"]} >= {good[-4:], over[-4:]}
    await client.do("revokeApiKey", {"id": ids["revoked"]})
    await graph.apply(
        f"CYPHER 25 MATCH (k:ApiKey {{id: '{ids['over']}'}}) SET k.expires_at = datetime() - duration('PT1S')"
    )
    async with unchanged.during():
        for key in (revoked, over, good + "x", "kith_" + "x" * 43, "kith_", "kith_" + "x" * 10_000):
            for seen in (client.signed_in(key), keys.get(key, client.signed_in(key))):
                response = await seen.send("{ parties { totalCount { value } } }")
                told = response.json()["errors"][0]
                assert (response.status_code, told["extensions"]["code"]) == (401, "UNAUTHENTICATED"), key
                assert told["message"] == "Sign in first."
    assert (await keys[good].send(NODE, id="x")).status_code == 200
    await client.do("updatePartnerApp", {"id": family.app, "active": False})
    assert (await keys[good].send(NODE, id="x")).status_code == 401
    await client.do("updatePartnerApp", {"id": family.app, "active": True})
    assert (await keys[good].send(NODE, id="x")).status_code == 200


async def test_a_key_is_told_once_and_kept_nowhere(client: Client, graph: Graph) -> None:
    """11.3, 11.2: hashed; a repeat under the same idempotency key has the same id and no key; the history neither."""
    app = await client.app()
    given = {"app": app, "name": "server", "idempotencyKey": "1"}
    selection = """... on ApiKeyIssued { secret key { id name hint revokedAt }
        operation { id changes { edges { node { new } } } } }"""
    first, second = [await client.do("issueApiKey", given, selection) for _ in range(2)]
    assert second == {**first, "secret": None}
    assert first["secret"].startswith("kith_")
    assert len(first["secret"]) == 48
    everything = await graph.run("CYPHER 25 MATCH (n) RETURN properties(n) AS held", {}, "tests")
    told = str([row["held"] for row in everything])
    assert first["secret"] not in told
    assert "hash" not in str(first)
    assert first["operation"]["changes"]["edges"][0]["node"]["new"]["hint"] == first["secret"][-4:]
    once = {"id": first["key"]["id"]}
    revoked = await client.do("revokeApiKey", once, "... on ApiKeyRevoked { key { revokedAt } }")
    again = await client.do("revokeApiKey", once, "... on ApiKeyRevoked { key { revokedAt } }")
    assert revoked == again
    assert revoked["key"]["revokedAt"]


async def test_when_a_key_was_last_used_is_noted_once_a_minute(
    client: Client, contexts: Contexts, graph: Graph
) -> None:
    """11.3: not in the way of the request, and not lost at the end."""
    app = await client.app()
    seen = client.signed_in(await client.key(app))

    async def last() -> str | None:
        found = await client.node(app, "... on PartnerApp { keys { lastUsedAt } }")
        return found["keys"][0]["lastUsedAt"]

    await contexts.uses.write()
    assert await last() is None
    await seen.ask("{ parties { totalCount { value } } }")
    assert await last() is None
    await contexts.uses.write()
    first = await last()
    assert first
    assert datetime.fromisoformat(first) > datetime.now(UTC) - timedelta(minutes=1)
    await seen.ask("{ parties { totalCount { value } } }")
    await contexts.uses.write()
    assert await last() == first


BAD_APPS: Mapping[str, tuple[Mapping[str, Any], list[list[str]]]] = {
    "no name": ({"name": " ", "scopes": ["FAMILY"]}, [["name"]]),
    "no scopes": ({"name": "x", "scopes": []}, [["scopes"]]),
    "neither": ({"name": "x" * 101, "scopes": []}, [["name"], ["scopes"]]),
}


@pytest.mark.parametrize("case", BAD_APPS)
async def test_an_app_that_cannot_be_is_refused(case: str, client: Client, unchanged: Unchanged) -> None:
    """11.2: all that is wrong, each with its place."""
    given, places = BAD_APPS[case]
    async with unchanged.during():
        found = await client.refusals("createPartnerApp", given)
    assert [(refusal["__typename"], refusal["path"]) for refusal in found] == [("InvalidValue", p) for p in places]


async def test_apps_are_changed_under_a_version(client: Client, unchanged: Unchanged) -> None:
    """1.2: a stale version is refused; unknown ones, and keys of what is unknown, are NotFound."""
    app = await client.app("FAMILY")
    changed = await client.do(
        "updatePartnerApp",
        {"id": app, "expectedVersion": 1, "name": "Roots", "scopes": ["HOUSEHOLDS", "PROFILE", "PROFILE"]},
        "... on PartnerAppUpdated { app { name scopes active version } }",
    )
    assert changed["app"] == {"name": "Roots", "scopes": ["PROFILE", "HOUSEHOLDS"], "active": True, "version": 2}
    unknown, past = "app_01m81cvtwye3hvm7mmkgnzsdq1", "2020-01-01T00:00:00Z"
    async with unchanged.during():
        for deed, given, kind, path in (
            ("updatePartnerApp", {"id": app, "expectedVersion": 1, "name": "x"}, "StaleVersion", ["expectedVersion"]),
            ("updatePartnerApp", {"id": app, "active": None}, "InvalidValue", ["active"]),
            ("updatePartnerApp", {"id": unknown, "name": "x"}, "NotFound", ["id"]),
            ("issueApiKey", {"app": unknown, "name": "x"}, "NotFound", ["app"]),
            ("issueApiKey", {"app": app, "name": "x", "expiresAt": past}, "InvalidValue", ["expiresAt"]),
            ("issueApiKey", {"app": app, "name": "x", "expiresAt": past[:-1]}, "InvalidValue", ["expiresAt"]),
            ("issueApiKey", {"app": app, "name": ""}, "InvalidValue", ["name"]),
            ("revokeApiKey", {"id": unknown}, "NotFound", ["id"]),
        ):
            (refusal,) = await client.refusals(deed, given)
            assert (refusal["__typename"], refusal["path"]) == (kind, path), given
    listed = await client.ask("{ partnerApps { id name } }")
    assert listed["partnerApps"] == [{"id": app, "name": "Roots"}]
    assert (await client.ask("query($id: ID!) { partnerApp(id: $id) { name } }", id=app))["partnerApp"][
        "name"
    ] == "Roots"


async def test_apps_and_keys_are_the_administrators(client: Client, as_party: AsParty) -> None:
    """5.7: nobody else lists apps or reads of keys; whoever is to consent may read an app's name and scopes."""
    app = await client.app()
    await client.key(app)
    for viewer in (
        await client.user("m@kith.example", roles=["MANAGER"]),
        await client.user("a@kith.example", roles=["AGENT"]),
        await client.consumer("Ann"),
    ):
        seen = as_party(viewer)
        assert await seen.codes("{ partnerApps { id } }") == [("FORBIDDEN", ["partnerApps"])]
        found = await seen.node(app, "... on PartnerApp { name keys { hint } }")
        assert found == {"name": "Trees", "keys": None}


async def test_an_app_does_nothing(family: Family, client: Client, schema: Schema, unchanged: Unchanged) -> None:
    """5.7: no mutation at all."""
    made = inputs(await world(client))
    assert set(made) == set(mutations(schema)) <= set(RIGHTS)
    async with unchanged.during():
        for deed, given in made.items():
            found = await family.seen.refusals(deed, given)
            assert [(refusal["__typename"], refusal["path"]) for refusal in found] == [("NotAllowed", [])], deed


async def test_an_app_beside_others_sees_what_was_consented_to_it(
    family: Family, client: Client, as_party: AsParty
) -> None:
    """5.6: at the same time, in one batch, each app is shown its own; placeholders of one are useless to another."""
    ann, other = family["ann"], await client.app(name="Other")
    seen = client.signed_in(await client.key(other))
    await as_party(ann).consent(ann, family.app, "FAMILY")
    await as_party(ann).consent(ann, other, "PROFILE")
    text = "query($id: ID!) { node(id: $id) { ... on Consumer { givenName children { party { id } } } } }"
    answers = await asyncio.gather(*(viewer.ask(text, id=ann) for _ in range(10) for viewer in (family.seen, seen)))
    for first, second in zip(answers[::2], answers[1::2], strict=True):
        assert first["node"]["givenName"] is None
        assert second["node"] == {"givenName": "Ann", "children": []}
    placeholder = answers[0]["node"]["children"][0]["party"]["id"]
    assert placeholder != family["kim"]
    for viewer in (family.seen, seen):
        assert await viewer.codes(NODE, id=placeholder) == [("NOT_FOUND", ["node"])]
