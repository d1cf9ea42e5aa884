"""The oracle for one viewer: what section 5 hides is absent, or a placeholder."""

from typing import Any

from domain.cases import Case
from domain.operations import Change, Operation
from domain.parties import Party
from domain.relationships import Relationship
from tests.schema.oracle.plain import Object, Plain
from tests.schema.oracle.sight import Sight
from tests.schema.oracle.world import World

HIDDEN = "hidden: "
"""What the oracle's ids of placeholders begin with; the party's own follows, so that they can be told apart."""
CONTACT = ("email", "phone", "address")
DATED = ("validFrom", "validFromInWords", "validTo", "validToInWords", "pedigree")


class Seeing(Plain):
    """The world as objects of the schema, as somebody sees it."""

    def __init__(self, sdl: str, world: World, sight: Sight) -> None:
        super().__init__(sdl, world)
        self.sight = sight

    def sees(self, id: str) -> bool:
        return self.sight.sees(id)

    def sees_done(self, operation: Operation) -> bool:
        """Whether an operation is shown by its id: one's own, and where it changed somebody who is seen."""
        about = {change.party for change in operation.changes if change.party}
        return self.sight.everybody or operation.by == self.sight.viewer or any(map(self.sees, about))

    def sees_case(self, case: Case) -> bool:
        return self.sight.sees_case(case)

    def reads_case(self, case: Case) -> bool:
        return self.sight.reads_case(case)

    def tells(self, operation: Operation, change: Change) -> bool:
        """Whether a change is shown: where all whom it is about are seen, of a relationship both ends; one of a case
        where it is."""
        about = [same.party for same in operation.changes if same.record == change.record]
        case = self.world.cases.get(change.record)
        if case and not self.sight.sees_case(case):
            return False
        return self.sight.everybody or all(party is not None and self.sees(party) for party in about)

    def tells_values(self, operation: Operation, change: Change) -> bool:
        """Whether it is shown what a change said; to an analyst only where it would be shown to who is no analyst."""
        about = [same.party for same in operation.changes if same.record == change.record]
        if case := self.world.cases.get(change.record):
            return self.sight.reads_case(case)
        return self.sight.closely or all(party is not None and self.sight.is_near(party) for party in about)

    def searched(self, party: Party) -> str:
        """What a party is found by, without contact data where these are not shown."""
        text = super().searched(party)
        if not self.sight.sees_closely(party.id):
            contact = (str(party.properties.get("email") or "").lower(), str(party.properties.get("phone") or "")[1:])
            text = "".join(f"{line}\n" for line in text.split("\n") if line.strip() not in contact or not line.strip())
        return text

    def opaque(self, id: str) -> str:
        return id if self.sees(id) else f"{HIDDEN}{id}"

    def first_day(self, stored: Relationship, pages: bool = False) -> str:
        """Where somebody may be hidden pages have no order of days, and lists none of those that are not told."""
        shown = self.sight.everybody if pages else self.sees_ends(stored)
        return super().first_day(stored) if shown else ""

    def sort_name(self, id: str) -> str:
        return super().sort_name(id) if self.sees(id) else ""

    def sees_ends(self, stored: Relationship) -> bool:
        return self.sees(stored.source) and self.sees(stored.target)

    def party(self, id: str) -> Object:
        """A party, or the placeholder of one that is hidden."""
        if not self.sees(id):
            kind = self.world.parties[id].kind
            return {"__typename": "HiddenParty", "id": self.opaque(id), "kind": kind.name, "name": "Hidden"}
        found = super().party(id)
        return found if self.sight.sees_closely(id) else {**found, **{name: None for name in CONTACT if name in found}}

    def relationship(self, id: str) -> Object:
        """A relationship, without what is not told of one with somebody hidden."""
        stored, untold = self.world.relationships[id], dict[str, Any]()
        if not self.sees_ends(stored):
            untold = {**dict.fromkeys(DATED), "properties": []}
        if not all(map(self.sight.sees_closely, (stored.source, stored.target))):
            untold["note"] = None
        return {**super().relationship(id), **untold}
