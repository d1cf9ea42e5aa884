"""What undoing a merge rests on (SPEC 7.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ids import CaseId, ConsentId, PartyId
from domain.ledgers import Line
from domain.parties import Party
from domain.relationships import Known, Relationship
from domain.restoring import Done, Now
from domain.within import Places


@dataclass(frozen=True, kw_only=True)
class UnmergeFacts:
    """What undoing a merge rests on: the operation, the two as they are, and of all that it moved what there is now.

    `now` are relationships, `customers` whose the cases are, `consenters` whose the consents, `lines` the survivor's
    ledger, `holders` whose the external ids are.
    `known` is what giving back those that collapsed or were dropped is judged by. `housed` are what either has within
    the households of which a membership is given back, `places` who is a member of these.
    """

    done: Done
    survivor: Party
    merged: Party
    now: Mapping[str, Now]
    known: Known
    customers: Mapping[CaseId, PartyId]
    consenters: Mapping[ConsentId, PartyId]
    lines: Sequence[Line]
    holders: Mapping[str, PartyId]
    housed: Sequence[Relationship] = ()
    places: Places
