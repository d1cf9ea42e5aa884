"""The five kinds of parties as mutations make and change them; what all kinds have is tested on each."""

from dataclasses import dataclass
from typing import Any

from tests.client import Client


@dataclass(frozen=True)
class Kind:
    """A kind: its type in the schema, the field that its mutations answer it in, and the least that one is made of."""

    type: str
    field: str
    given: dict[str, Any]
    renamed: dict[str, Any]

    @property
    def prefix(self) -> str:
        """How ids of the kind begin."""
        return "internal_user" if self.type == "InternalUser" else self.type.lower()

    async def create(self, client: Client, selection: str, **fields: Any) -> Any:
        """What is selected of a new one."""
        given = {**self.given, **fields}
        if self.type == "Group":
            given["members"] = [{"party": await client.consumer()}, {"party": await client.consumer()}]
        made = await client.do(
            f"create{self.type}", given, f"... on {self.type}Created {{ {self.field} {{ {selection} }} }}"
        )
        assert made["__typename"] == f"{self.type}Created", made
        return made[self.field]

    async def update(self, client: Client, id: str, selection: str, **fields: Any) -> Any:
        """What is selected of one that is changed."""
        selection = f"... on {self.type}Updated {{ {self.field} {{ {selection} }} }}"
        changed = await client.do(f"update{self.type}", {"id": id, **fields}, selection)
        assert changed["__typename"] == f"{self.type}Updated", changed
        return changed[self.field]

    async def new(self, client: Client, **fields: Any) -> str:
        """The id of a new one."""
        return str((await self.create(client, "id", **fields))["id"])


KINDS = [
    Kind("Consumer", "consumer", {"givenName": "Ann"}, {"givenName": "Bea"}),
    Kind("Account", "account", {"legalName": "Ann"}, {"legalName": "Bea"}),
    Kind("Household", "household", {"name": "Ann"}, {"name": "Bea"}),
    Kind("Group", "group", {"name": "Ann", "type": "FAMILY_ACCOUNT"}, {"name": "Bea"}),
    Kind("InternalUser", "internalUser", {"name": "Ann", "login": "ann@kith.example"}, {"name": "Bea"}),
]
