"""What doesn't hold in a schema's declarations is told at the start, all at once."""

from typing import ClassVar

import pytest
import strawberry

from resolvers.reading.connections import Connection, Paging
from resolvers.reading.declare import Scope, computed, constant, cursor, joined, scope
from resolvers.reading.faults import Undeclared
from resolvers.reading.seam import Schema
from resolvers.reading.viewers import ViewerClass
from tests.resolvers.reading.example import CYPHER, ById


@strawberry.interface
class Animal:
    id: strawberry.ID


@strawberry.type
class Cat(Animal):
    scope: ClassVar[Scope] = scope("animal")


@strawberry.type
class Dog(Animal):
    scope: ClassVar[Scope] = scope("animal")


@strawberry.type
class PetEdge:
    scope: ClassVar[Scope] = scope("party")

    cursor: str = cursor()
    node: "Pet"


@strawberry.type
class PetConnection(Connection[PetEdge]): ...


@strawberry.type
class Owner:
    scope: ClassVar[Scope] = scope("party")

    id: strawberry.ID


@strawberry.type
class Pet:
    scope: ClassVar[Scope] = scope("pet", refs="pets/by_ids")

    id: strawberry.ID
    friends: list["Pet"]
    toys: list[str] = joined("pets/toys")
    house: str = joined("relationships/far")
    sound: str = joined("relationships/label", table="parties/by_id")
    owner: Owner = joined("relationships/far", arguments=ById)
    mates: PetConnection = constant(())
    wanted: Owner = joined("relationships/source", required=True)
    each: Owner | None = joined("parties/by_ids", each="ids", given={"name": "parties/by_ids"})

    @strawberry.field
    def age(self) -> int:
        return 1

    @computed("id", "size")
    def weight(self) -> int:
        return 1


@strawberry.type
class PetQuery:
    pet: Pet | None
    pets: PetConnection = joined("parties/by_ids", arguments=Paging)


def test_what_is_not_declared_is_found_at_the_start() -> None:
    viewers = [ViewerClass("analyst", {"party": "visibility/nobody"}, {"Pet.age": {}})]
    with pytest.raises(Undeclared) as refused:
        Schema(query=PetQuery, types=[Cat, Dog], cypher=CYPHER, viewers=viewers)
    assert sorted(str(refused.value).splitlines()) == [
        "Animal may be Cat or Dog, and no typename tells which",
        "Pet.age has a resolver but doesn't say what it needs: use @computed",
        "Pet.each has no argument for ['ids'] of parties/by_ids",
        "Pet.each has no argument for ['ids'] of parties/by_ids",
        "Pet.each has no argument ids",
        "Pet.each has no argument name",
        "Pet.each has one entry for each of ids, so it must be a list",
        "Pet.friends is neither stored, joined nor computed",
        "Pet.house: relationships/far gives ('party',), wanted [('value',)]",
        "Pet.mates is a connection, which cannot be constant",
        "Pet.owner must not be null, but may lead to someone hidden for whom Owner has no placeholder",
        "Pet.owner: nothing uses ['id']",
        "Pet.sound: parties/by_id is no table of keys and values",
        "Pet.toys: there is no cypher/pets/toys.cypher",
        "Pet.wanted is required, so it must be a nullable object",
        "Pet.wanted must not be null, but may lead to someone hidden for whom Owner has no placeholder",
        "Pet.weight needs size, which Pet hasn't",
        "PetEdge.node is neither stored, joined nor computed",
        "PetQuery.pet is neither joined nor computed",
        "PetQuery.pets has no argument for ['ids'] of parties/by_ids",
        "PetQuery.pets: parties/by_ids has no order to page by",
        "analyst loses Pet.age, which may not be null",
        "there is no cypher/pets/by_ids.cypher",
        "there is no cypher/visibility/nobody.cypher",
    ]
