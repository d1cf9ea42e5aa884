"""Consents to partner apps: who gives and withdraws them, for whom, and for how long (SPEC 5.6, 5.7), through HTTP."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from domain.consents import years_before
from tests.client import Client
from tests.schema.test_access import AsParty
from tests.unchanged import Unchanged

ADULT = "1980-02-01"
CONSENTS = """... on Consumer { consents { app { name } scopes shown byGuardian validFrom validTo
    consumer { name } givenBy { name } withdrawnBy { name } } }"""
NODE = "query($id: ID!) { node(id: $id) { id } }"


def born(age: int, days: int = 0) -> str:
    """The birthday of who becomes so many years old today, or in so many days."""
    return years_before(date.today() + timedelta(days=days), age).isoformat()


async def consents(client: Client, id: str) -> list[dict[str, Any]]:
    """The consents of a consumer, as he or she reads them."""
    found: list[dict[str, Any]] = (await client.node(id, CONSENTS))["consents"]
    return found


async def test_a_consumer_consents_reads_what_apps_read_and_withdraws(
    client: Client, as_party: AsParty, unchanged: Unchanged
) -> None:
    """5.6: dated, kept after it was withdrawn, and in the history."""
    ann, app, today = await client.consumer("Ann", birthDate=ADULT), await client.app(), date.today().isoformat()
    self, input = as_party(ann), {"consumer": ann, "app": app}
    async with unchanged.during():
        (refusal,) = await self.refusals("withdrawConsent", input)
        assert (refusal["__typename"], refusal["path"]) == ("NotConsented", ["app"])
    given = await self.consent(ann, app, "FAMILY", "PROFILE")
    entry = {
        "app": {"name": "Trees"},
        "scopes": ["PROFILE", "FAMILY"],
        "shown": ["PROFILE", "FAMILY"],
        "byGuardian": False,
        "validFrom": today,
        "validTo": None,
        "consumer": {"name": "Ann"},
        "givenBy": {"name": "Ann"},
        "withdrawnBy": None,
    }
    assert await consents(self, ann) == [entry]
    async with unchanged.during():
        assert await self.refusals("giveConsent", input) == [
            {"__typename": "AlreadyConsented", "path": ["app"], "consent": {"id": given}}
        ]
    await self.do("withdrawConsent", input)
    assert await consents(self, ann) == [{**entry, "shown": [], "validTo": today, "withdrawnBy": {"name": "Ann"}}]
    await self.consent(ann, app)
    assert [one["validTo"] for one in await consents(self, ann)] == [None, today]
    history = "... on Consumer { history { edges { node { kind } ownChanges { edges { node { record old new } } } } } }"
    told = [
        (edge["node"]["kind"], edge["ownChanges"]["edges"][0]["node"])
        for edge in (await self.node(ann, history))["history"]["edges"]
    ]
    assert [kind for kind, _ in told] == ["giveConsent", "withdrawConsent", "giveConsent", "createConsumer"]
    assert told[1][1] == {"record": given, "old": {"valid_to": None}, "new": {"valid_to": today}}
    assert told[2][1]["new"]["scopes"] == ["PROFILE", "FAMILY"]


async def test_a_repeat_is_answered_as_the_first_time(client: Client, as_party: AsParty) -> None:
    """11.2: one consent, the same id."""
    ann, app = await client.consumer("Ann", birthDate=ADULT), await client.app()
    given = {"consumer": ann, "app": app, "idempotencyKey": "1"}
    first, second = [
        await as_party(ann).do("giveConsent", given, "... on ConsentGiven { consent { id } operation { id } }")
        for _ in range(2)
    ]
    assert first == second
    assert len(await consents(as_party(ann), ann)) == 1


@pytest.mark.parametrize(
    ("birth", "own", "by_parent"),
    [
        (born(16), True, False),
        (born(16, days=1), False, True),
        (str(date.today().year - 16), False, False),
        (str(date.today().year - 15), False, True),
        (str(date.today().year - 17), True, False),
        (None, False, False),
    ],
)
async def test_the_age_decides_who_consents(
    birth: str | None, own: bool, by_parent: bool, client: Client, as_party: AsParty, unchanged: Unchanged
) -> None:
    """5.6: from 16 on oneself, before that a parent; who may be either, nobody."""
    kim, mum, app = await client.consumer("Kim", birthDate=birth), await client.consumer("Mum"), await client.app()
    await client.relate("PARENT", mum, kim)
    for viewer, allowed in ((kim, own), (mum, by_parent)):
        if allowed:
            assert await as_party(viewer).consent(kim, app)
            continue
        async with unchanged.during():
            (refusal,) = await as_party(viewer).refusals("giveConsent", {"consumer": kim, "app": app})
        assert refusal == {"__typename": "WrongAge", "path": ["consumer"]}


async def test_a_parents_consent_lapses_on_the_16th_birthday(client: Client, as_party: AsParty) -> None:
    """5.6: at once, with nothing done; then only the consumer's own counts."""
    kim, mum, app = await client.consumer("Kim", birthDate=born(12)), await client.consumer("Mum"), await client.app()
    await client.relate("PARENT", mum, kim)
    seen = client.signed_in(await client.key(app))
    await as_party(mum).consent(kim, app)
    assert await seen.node(kim, "... on Consumer { givenName }") == {"givenName": "Kim"}
    (entry,) = await consents(as_party(kim), kim)
    assert (entry["byGuardian"], entry["givenBy"]["name"], entry["consumer"]["name"]) == (True, "Hidden", "Kim")
    await client.do("updateConsumer", {"id": kim, "birthDate": born(16)})
    assert await seen.codes(NODE, id=kim) == [("NOT_FOUND", ["node"])]
    (entry,) = await consents(as_party(kim), kim)
    assert (entry["shown"], entry["validTo"]) == ([], None)
    refusals = await as_party(mum).refusals("giveConsent", {"consumer": kim, "app": app})
    assert [refusal["__typename"] for refusal in refusals] == ["WrongAge", "AlreadyConsented"]
    await as_party(kim).consent(kim, app)
    assert await seen.node(kim, "... on Consumer { givenName }") == {"givenName": "Kim"}
    found = [(one["byGuardian"], one["validTo"]) for one in await consents(as_party(kim), kim)]
    assert found == [(False, None), (True, date.today().isoformat())]
    await client.do("updateConsumer", {"id": kim, "birthDate": born(12)})
    assert await seen.codes(NODE, id=kim) == [("NOT_FOUND", ["node"])]


async def test_parents_and_representatives_of_today_act_for_a_child(
    client: Client, as_party: AsParty, unchanged: Unchanged
) -> None:
    """5.6, 5.2: by birth or adoption, or as Authorized Representative; nobody else, however near, and no staff."""
    kim, app = await client.consumer("Kim", birthDate=born(8)), await client.app()
    names = ("mum", "adopter", "stepfather", "former", "head", "representative", "contact", "sister", "stranger")
    who = {name: await client.consumer(name.capitalize(), birthDate=ADULT) for name in names}
    await client.responsibility(
        "SCHOOL_CONTACT", holderKinds=["CONSUMER"], subjectKinds=["CONSUMER"], grants=["VIEW_PROFILE"]
    )
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    home = await client.household()
    await client.relate("PARENT", who["mum"], kim)
    await client.relate("PARENT", who["adopter"], kim, properties={"pedigree": "ADOPTIVE"})
    await client.relate("PARENT", who["stepfather"], kim, properties={"pedigree": "STEP"})
    await client.relate("PARENT", who["former"], kim, validFrom="2020", validTo=yesterday)
    await client.relate("REPRESENTATIVE", who["representative"], kim, responsibility="AUTHORIZED_REPRESENTATIVE")
    await client.relate("REPRESENTATIVE", who["contact"], kim, responsibility="SCHOOL_CONTACT")
    await client.relate("SIBLING", who["sister"], kim)
    await client.member(home, who["head"], head=True)
    await client.member(home, kim)
    who |= {
        "agent": await client.user("agent@kith.example", roles=["AGENT"]),
        "manager": await client.user("manager@kith.example", roles=["MANAGER"]),
    }
    told = {}
    for name, id in who.items():
        viewer, given = as_party(id), {"consumer": kim, "app": app}
        if name in ("mum", "adopter", "representative"):
            await viewer.consent(kim, app)
            done = await viewer.do("withdrawConsent", given)
            assert done["__typename"] == "ConsentWithdrawn", name
            continue
        async with unchanged.during():
            for deed in ("giveConsent", "withdrawConsent"):
                (refusal,) = await viewer.refusals(deed, given)
                told[name, deed] = (refusal["__typename"], refusal["path"])
    unseen, seen, role = ("NotFound", ["consumer"]), ("NotAllowed", ["consumer"]), ("NotAllowed", [])
    expected = {"contact": seen, "head": seen, "agent": role, "manager": role}
    assert told == {(name, deed): expected.get(name, unseen) for name, deed in told}
    (refusal,) = await client.refusals("giveConsent", {"consumer": kim, "app": app})
    assert refusal == {"__typename": "NotAllowed", "path": [], "missing": ["CONSUMER"]}


async def test_a_child_and_an_administrator_withdraw_what_a_parent_gave(client: Client, as_party: AsParty) -> None:
    """5.6, 5.7: to withdraw shows nobody anything."""
    kim, mum, app = await client.consumer("Kim", birthDate=born(8)), await client.consumer("Mum"), await client.app()
    await client.relate("PARENT", mum, kim)
    for viewer in (as_party(kim), client, as_party(mum)):
        await as_party(mum).consent(kim, app)
        done = await viewer.do("withdrawConsent", {"consumer": kim, "app": app})
        assert done["__typename"] == "ConsentWithdrawn"


async def test_what_cannot_be_consented_to_is_refused(client: Client, as_party: AsParty, unchanged: Unchanged) -> None:
    """5.6, 11.2: unknown and inactive apps, scopes that the app has not, others than consumers."""
    ann, app, idle = await client.consumer("Ann", birthDate=ADULT), await client.app("FAMILY"), await client.app()
    await client.do("updatePartnerApp", {"id": idle, "active": False})
    unknown = "app_01m81cvtwye3hvm7mmkgnzsdq1"
    account = await client.account()
    async with unchanged.during():
        for given, kind, path in (
            ({"consumer": ann, "app": unknown}, "NotFound", ["app"]),
            ({"consumer": ann, "app": ann}, "NotFound", ["app"]),
            ({"consumer": ann, "app": ""}, "NotFound", ["app"]),
            ({"consumer": ann, "app": idle}, "InvalidValue", ["app"]),
            ({"consumer": ann, "app": app, "scopes": ["CONTACT", "FAMILY"]}, "InvalidValue", ["scopes"]),
            ({"consumer": ann, "app": app, "scopes": []}, "InvalidValue", ["scopes"]),
            ({"consumer": app, "app": app}, "NotFound", ["consumer"]),
            ({"consumer": account, "app": app}, "WrongKind", ["consumer"]),
        ):
            (refusal,) = await as_party(ann).refusals("giveConsent", given)
            assert (refusal["__typename"], refusal["path"]) == (kind, path), given


async def test_of_ten_who_consent_at_once_one_does(client: Client, as_party: AsParty) -> None:
    """5.6, 3.7: mother and father for the same child, again and again."""
    kim, app = await client.consumer("Kim", birthDate=born(8)), await client.app()
    parents = [await client.consumer(name) for name in ("Mum", "Dad")]
    for parent in parents:
        await client.relate("PARENT", parent, kim)
    for _ in range(3):
        given = {"consumer": kim, "app": app}
        made = await asyncio.gather(*(as_party(p).do("giveConsent", given) for p in parents * 5))
        assert sorted(one["__typename"] for one in made) == ["ConsentGiven", *["Refused"] * 9]
        over = await asyncio.gather(*(as_party(p).do("withdrawConsent", given) for p in parents * 5))
        assert sorted(one["__typename"] for one in over) == ["ConsentWithdrawn", *["Refused"] * 9]
    assert len(await consents(as_party(kim), kim)) == 3


async def test_consents_are_seen_by_whoever_sees_the_consumer(client: Client, as_party: AsParty) -> None:
    """5.6: staff by their classes; nobody else."""
    ann, app = await client.consumer("Ann", birthDate=ADULT), await client.app()
    await as_party(ann).consent(ann, app)
    agent, stranger = await client.user("a@kith.example", roles=["AGENT"]), await client.consumer("Bob")
    (entry,) = await consents(as_party(agent), ann)
    assert entry["shown"] == ["PROFILE", "CONTACT", "FAMILY", "HOUSEHOLDS"]
    assert await as_party(stranger).codes(NODE, id=ann) == [("NOT_FOUND", ["node"])]
