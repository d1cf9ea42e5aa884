"""People of a GEDCOM file, made parties in batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from domain.gedcom import DEED
from domain.gedcom_people import Person, admitted
from domain.ids import OperationId, PartyId
from domain.operations import Change
from domain.parties import Party
from graphdb import operations, parties
from graphdb.errors import NotUnique
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.context import Context
from resolvers.gedcom.reading import Reading
from resolvers.operations import operation
from resolvers.parties import TRIES, recorded


@dataclass(frozen=True)
class Newcomer:
    """A person of a file, and the party to be made of it unless it is there already; None where it can be none."""

    person: Person
    party: Party | None


def newcomers(reading: Reading, system: str, country: str, progress: Callable[[int], None]) -> Iterator[Newcomer]:
    """The people of a file with the parties to be made of them; what the rules refuse of them is told and counted."""
    for person in reading.people(progress):
        party, lost = admitted(person, system, country, reading.remarks.tell)
        reading.leave(lost)
        yield Newcomer(person, party)


@dataclass(frozen=True)
class Settled:
    """The ids of people by their references: of those who were there, and of those whom this import has made."""

    there: Mapping[str, PartyId]
    made: Mapping[str, PartyId]


async def settle(context: Context, done: OperationId, system: str, some: Sequence[Newcomer]) -> Settled:
    """Makes those who are not there yet, and writes them down in the operation.

    Tried again where a number was drawn twice, or another import brings the same people at the same time.
    """
    people = {one.person.xref: one.party for one in some if one.party}
    for _ in range(TRIES):
        try:
            return await context.graph.write(partial(made, context, done, people), DEED, BATCH_SECONDS)
        except NotUnique:
            people = {one.person.xref: again for one in some if (again := drawn_again(one, system, context.country))}
    raise RuntimeError("no free numbers were drawn")


async def made(context: Context, done: OperationId, people: Mapping[str, Party], tx: Transaction) -> Settled:
    """Makes those of the people, by their references, whose external ids nobody has. Raises NotUnique."""
    keys = {external_id.key: xref for xref, party in people.items() for external_id in party.external_ids}
    rows = await tx.rows("parties/holders", keys=list(keys), login=None)
    there = {keys[row["key"]]: PartyId(row["party"]) for row in rows}
    new = {xref: party for xref, party in people.items() if xref not in there}
    if new:
        told = [Change(party.id, party.id, None, recorded(party)) for party in new.values()]
        await parties.create(tx, list(new.values()), context.now)
        operations.record(tx, operation(context, done, DEED, told))
    return Settled(there, {xref: party.id for xref, party in new.items()})


def drawn_again(one: Newcomer, system: str, country: str) -> Party | None:
    """The party of a newcomer with another number; what the rules refuse of it was told before."""
    party, _ = admitted(one.person, system, country, lambda line, text: None)
    return party
