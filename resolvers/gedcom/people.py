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
    """A person of a file, the party to be made of it unless it is there already, and what the history keeps of that."""

    person: Person
    party: Party
    change: Change


def newcomers(reading: Reading, system: str, country: str, progress: Callable[[int], None]) -> Iterator[Newcomer]:
    """The people of a file who can be parties; what the rules refuse of people is told and counted.

    All of them is ready to be written, since this is done ahead, while others are.
    """
    for person in reading.people(progress):
        party, lost = admitted(person, system, country, reading.remarks.tell)
        reading.leave(lost)
        if party:
            yield newcomer(person, party)


def newcomer(person: Person, party: Party) -> Newcomer:
    """A person, and what is written where it becomes this party."""
    return Newcomer(person, party, Change(party.id, party.id, None, recorded(party)))


@dataclass(frozen=True)
class Settled:
    """The ids of people by their references: of those who were there, and of those whom this import has made."""

    there: Mapping[str, PartyId]
    made: Mapping[str, PartyId]


async def settle(context: Context, done: OperationId, system: str, some: Sequence[Newcomer]) -> Settled:
    """Makes those who are not there yet, and writes them down in the operation.

    Tried again where a number was drawn twice, or another import brings the same people at the same time.
    """
    for _ in range(TRIES):
        try:
            return await context.graph.write(partial(made, context, done, some), DEED, BATCH_SECONDS)
        except NotUnique:
            some = [drawn_again(one, system, context.country) for one in some]
    raise RuntimeError("no free numbers were drawn")


async def made(context: Context, done: OperationId, some: Sequence[Newcomer], tx: Transaction) -> Settled:
    """Makes those whose external ids nobody has. Raises NotUnique."""
    keys = {external_id.key: one.person.xref for one in some for external_id in one.party.external_ids}
    rows = await tx.rows("parties/holders", keys=list(keys), login=None)
    there = {keys[row["key"]]: PartyId(row["party"]) for row in rows}
    new = [one for one in some if one.person.xref not in there]
    if new:
        await parties.create(tx, [one.party for one in new], context.now)
        operations.record(tx, operation(context, done, DEED, [one.change for one in new]))
    return Settled(there, {one.person.xref: one.party.id for one in new})


def drawn_again(one: Newcomer, system: str, country: str) -> Newcomer:
    """A newcomer with another number; what the rules refuse of it was told before."""
    party, _ = admitted(one.person, system, country, lambda line, text: None)
    assert party is not None  # it was admitted before
    return newcomer(one.person, party)
