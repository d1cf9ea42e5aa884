"""Family trees as clients read them (SPEC 9.2)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client import Client

TREE = """query($root: ID!, $up: Int, $down: Int, $collaterals: Boolean, $asOf: Date) {
    familyTree(root: $root, up: $up, down: $down, collaterals: $collaterals, asOf: $asOf) {
    root { name } people { person { name } generation hasMoreParents hasMoreChildren }
    couples { partners children kind relationships { type { code } } }
    parentages { parent child pedigree } truncated { reason limit } } }"""
BORN = {"ada": "1900", "bob": "1898", "cat": "1905", "dan": "1925", "eve": "1930", "fay": "1950", "gus": "1952"}


class Family:
    """A family by first names: Ada and Bob, divorced, had Dan; Bob and Cat, married, have Eve, whom Ada adopted.

    Dan and Eve have Fay and Gus of partners of whom nothing is known; nobody knows anything of Cat's parents.
    """

    def __init__(self, client: Client, ids: dict[str, str]) -> None:
        self.client, self.ids = client, ids
        self.names = {id: name for name, id in ids.items()}

    @classmethod
    async def made(cls, client: Client) -> "Family":
        ids = {name: await client.consumer(name, birthDate=born) for name, born in BORN.items()}
        family = cls(client, ids)
        await client.relate_all(
            [
                family.between("SPOUSE", "ada", "bob", validFrom="1920", validTo="1928"),
                family.between("SPOUSE", "cat", "bob", validFrom="1929"),
                family.between("PARENT", "ada", "dan"),
                family.between("PARENT", "bob", "dan"),
                family.between("PARENT", "bob", "eve"),
                family.between("PARENT", "cat", "eve"),
                family.between("PARENT", "ada", "eve", validFrom="1940", properties={"pedigree": "ADOPTIVE"}),
                family.between("PARENT", "dan", "fay"),
                family.between("PARENT", "eve", "gus"),
            ]
        )
        return family

    def between(self, type: str, source: str, target: str, **more: Any) -> dict[str, Any]:
        """A relationship as it is given."""
        return {"type": type, "source": self.ids[source], "target": self.ids[target], **more}

    async def tree(self, root: str, **arguments: Any) -> dict[str, Any]:
        """The tree of somebody, with first names for ids."""
        found = (await self.client.ask(TREE, root=self.ids[root], **arguments))["familyTree"]
        return {
            "people": [(p["person"]["name"], p["generation"]) for p in found["people"]],
            "couples": [
                (
                    sorted(self.names[id] for id in couple["partners"]),
                    [self.names[id] for id in couple["children"]],
                    couple["kind"],
                    len(couple["relationships"]),
                )
                for couple in found["couples"]
            ],
            "parentages": sorted(
                (self.names[p["parent"]], self.names[p["child"]], p["pedigree"]) for p in found["parentages"]
            ),
        }

    async def more(self, root: str, **arguments: Any) -> dict[str, tuple[bool, bool]]:
        """Of everybody in a tree whether there are parents and children who are not shown."""
        found = (await self.client.ask(TREE, root=self.ids[root], **arguments))["familyTree"]
        return {p["person"]["name"]: (p["hasMoreParents"], p["hasMoreChildren"]) for p in found["people"]}


async def test_second_families_and_adoptive_parents_are_couples_of_their_own(client: Client) -> None:
    """9.2: a child hangs on the couple of its parents of equal pedigree, else on one."""
    family = await Family.made(client)
    assert await family.tree("bob") == {
        "people": [("bob", 0), ("ada", 0), ("cat", 0), ("dan", 1), ("eve", 1), ("fay", 2), ("gus", 2)],
        "couples": [
            (["ada", "bob"], ["dan"], "FORMER", 1),
            (["bob", "cat"], ["eve"], "MARRIED", 1),
            (["ada"], ["eve"], "PARENTS_ONLY", 0),
            (["dan"], ["fay"], "PARENTS_ONLY", 0),
            (["eve"], ["gus"], "PARENTS_ONLY", 0),
        ],
        "parentages": [
            ("ada", "dan", "BIRTH"),
            ("ada", "eve", "ADOPTIVE"),
            ("bob", "dan", "BIRTH"),
            ("bob", "eve", "BIRTH"),
            ("cat", "eve", "BIRTH"),
            ("dan", "fay", "BIRTH"),
            ("eve", "gus", "BIRTH"),
        ],
    }


async def test_a_tree_goes_so_many_generations_up_and_down(client: Client) -> None:
    """9.2: three either way unless told."""
    family = await Family.made(client)
    assert (await family.tree("dan", up=0, down=0))["people"] == [("dan", 0)]
    assert (await family.tree("dan", up=1, down=0))["people"] == [("bob", -1), ("ada", -1), ("cat", -1), ("dan", 0)]
    assert (await family.tree("dan", up=0, down=1))["people"] == [("dan", 0), ("fay", 1)]
    assert (await family.tree("gus"))["people"] == [
        ("bob", -2),
        ("ada", -2),
        ("cat", -2),
        ("eve", -1),
        ("gus", 0),
    ]


async def test_with_collaterals_the_ancestors_other_descendants_stand_in_it(client: Client) -> None:
    """9.2: half-siblings, nephews and cousins, each in the generation of the shortest way."""
    family = await Family.made(client)
    assert (await family.tree("gus", collaterals=True))["people"] == [
        ("bob", -2),
        ("ada", -2),
        ("cat", -2),
        ("dan", -1),
        ("eve", -1),
        ("fay", 0),
        ("gus", 0),
    ]


async def test_each_says_whether_there_are_parents_and_children_who_are_not_shown(client: Client) -> None:
    """9.2"""
    family = await Family.made(client)
    assert await family.more("dan", up=1, down=0) == {
        "bob": (False, True),
        "ada": (False, True),
        "cat": (False, True),
        "dan": (False, True),
    }
    assert await family.more("eve", up=0, down=1) == {"eve": (True, False), "gus": (False, False)}


async def test_a_tree_as_of_a_day_holds_what_held_on_it(client: Client) -> None:
    """3.2, 9.2: without asOf it is over all time."""
    family = await Family.made(client)
    then = await family.tree("bob", down=1, asOf="1925-06-01")
    assert then["people"] == [("bob", 0), ("ada", 0), ("cat", 0), ("dan", 1), ("eve", 1)]
    assert then["couples"] == [
        (["ada", "bob"], ["dan"], "MARRIED", 1),
        (["bob", "cat"], ["eve"], "PARENTS_ONLY", 0),
    ]
    assert ("ada", "eve", "ADOPTIVE") not in then["parentages"]
    later = await family.tree("bob", down=1, asOf="1941-01-01")
    assert later["couples"] == [
        (["ada", "bob"], ["dan"], "PARENTS_ONLY", 0),
        (["bob", "cat"], ["eve"], "MARRIED", 1),
        (["ada"], ["eve"], "PARENTS_ONLY", 0),
    ]


async def test_a_couple_is_once_with_all_its_partnerships(client: Client) -> None:
    """9.2: who married again is married, who will only tomorrow is not yet."""
    family = await Family.made(client)
    tomorrow = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
    await client.relate_all([family.between("SPOUSE", "bob", "ada", validFrom=tomorrow)])
    assert (["ada", "bob"], ["dan"], "FORMER", 2) in (await family.tree("dan"))["couples"]
    await client.relate_all([family.between("SPOUSE", "bob", "ada", validFrom="1990", validTo=tomorrow)])
    assert (["ada", "bob"], ["dan"], "MARRIED", 3) in (await family.tree("dan"))["couples"]


async def test_siblings_of_whom_no_parent_is_known_are_collaterals(client: Client) -> None:
    """2.2, 9.2"""
    family = await Family.made(client)
    await client.relate_all([family.between("SIBLING", "cat", "ada")])
    assert (await family.tree("cat", up=1, down=0, collaterals=True))["people"] == [("bob", 0), ("ada", 0), ("cat", 0)]
    assert (await family.tree("cat", up=1, down=0))["people"] == [("bob", 0), ("cat", 0)]


async def test_a_tree_is_a_field_of_a_consumer_too(client: Client) -> None:
    """9.2"""
    family = await Family.made(client)
    found = await client.node(
        family.ids["gus"],
        "... on Consumer { familyTree(up: 1) { root { name } people { person { name kind } generation } } }",
    )
    assert found["familyTree"] == {
        "root": {"name": "gus"},
        "people": [
            {"person": {"name": "eve", "kind": "CONSUMER"}, "generation": -1},
            {"person": {"name": "gus", "kind": "CONSUMER"}, "generation": 0},
        ],
    }


async def test_somebody_alone_is_a_tree(client: Client) -> None:
    """9.2"""
    found = (await client.ask(TREE, root=await client.consumer("Ann")))["familyTree"]
    assert found == {
        "root": {"name": "Ann"},
        "people": [{"person": {"name": "Ann"}, "generation": 0, "hasMoreParents": False, "hasMoreChildren": False}],
        "couples": [],
        "parentages": [],
        "truncated": None,
    }


async def test_a_tree_of_nobody_is_null_with_an_error(client: Client) -> None:
    """9.2, 11.2"""
    for root in ("nobody", "consumer_01m81cvtwye3hvm7mmkgnzsdq1", await client.account()):
        found = await client.answer(TREE, root=root)
        assert found["data"] == {"familyTree": None}
        assert [(e["extensions"]["code"], e["path"]) for e in found["errors"]] == [("NOT_FOUND", ["familyTree"])]


@pytest.mark.parametrize("arguments", [{"up": -1}, {"down": -1}, {"up": 101}, {"down": 2_147_483_647}], ids=str)
async def test_generations_that_cannot_be_are_an_error_that_names_them(
    client: Client, arguments: dict[str, int]
) -> None:
    """9.2"""
    found = await client.answer(TREE, root=await client.consumer(), **arguments)
    (name,) = arguments
    (error,) = found["errors"]
    assert (found["data"], error["extensions"]["code"]) == ({"familyTree": None}, "BAD_USER_INPUT")
    assert error["message"].startswith(f"{name}: ")
