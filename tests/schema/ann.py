"""A consumer who may consent, her family, and others; with an app."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tests.client import Client


@dataclass(frozen=True)
class Family:
    """Ann, who can consent, of her family what is alive and what is dead, and others; by first names."""

    ids: Mapping[str, str]
    app: str
    seen: Client

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


async def family_of(client: Client) -> Family:
    """Ann with her living mother and daughter, a husband, a dead father, an ancestor of whom nobody knows when she
    died, a friend, a household, an account, and an app of all scopes."""
    of_ann = {
        "familyName": "Ost",
        "birthDate": "1980-02-01",
        "gender": "FEMALE",
        "language": "de",
        "email": "ann@kith.example",
        "phone": "+14155550123",
        "address": {"city": "Bonn"},
        "otherNames": [{"kind": "FORMER", "text": "Quillon"}],
        "lifeEvents": [{"name": "Graduation", "date": "2001", "yearly": False}],
        "externalIds": [{"system": "crm", "value": "77"}],
    }
    ids = {
        "ann": await client.consumer("Ann", **of_ann),
        "mum": await client.consumer("Mum", birthDate="1950"),
        "kim": await client.consumer("Kim", birthDate=f"{date.today().year - 8}-01-01"),
        "sam": await client.consumer("Sam", birthDate="1979"),
        "dad": await client.consumer("Dad", birthDate="1948", deceased=True, deathDate="2001", email="d@kith.example"),
        "old": await client.consumer("Olga", birthDate="1850"),
        "far": await client.consumer("Farah", birthDate="1700", deceased=True),
        "bob": await client.consumer("Bob", birthDate="1980"),
        "home": await client.household("The Osts"),
        "bobs": await client.household("The Bobs"),
        "ltd": await client.account("Glass Ltd"),
    }
    parents = [("mum", "ann"), ("dad", "ann"), ("ann", "kim"), ("sam", "kim"), ("old", "dad")]
    for parent, child in parents:
        await client.relate("PARENT", ids[parent], ids[child])
    await client.relate("SPOUSE", ids["ann"], ids["sam"], validFrom="2010-05-01", note="in Bonn")
    await client.relate("SPOUSE", ids["mum"], ids["dad"], validFrom="1975")
    await client.relate("FRIEND", ids["ann"], ids["bob"])
    await client.relate("CONTACT", ids["ann"], ids["ltd"])
    await client.member(ids["home"], ids["ann"], role="PARTNER")
    await client.member(ids["home"], ids["sam"], role="HEAD_OF_FAMILY")
    await client.member(ids["bobs"], ids["bob"])
    app = await client.app()
    return Family(ids, app, client.signed_in(await client.key(app)))
