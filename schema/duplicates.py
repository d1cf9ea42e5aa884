"""Duplicates: customers who may be one (SPEC 7.6)."""

from collections.abc import Iterable, Sequence

import strawberry

from domain import duplicates as rules
from domain.duplicates import LEAST_SCORE, EvidenceKind
from domain.ids import PartyId
from resolvers.duplicates import duplicates_of, noted
from resolvers.operations import Done
from resolvers.reading.connections import Count, PageInfo
from resolvers.reading.declare import ref
from schema.idempotency import Once
from schema.info import Info
from schema.listed import page
from schema.operations import Operation
from schema.parties import PartyRecord

strawberry.enum(EvidenceKind, name="DuplicateEvidenceCode", description="What speaks for or against two being one.")
MOST_NOTED = 1_000


@strawberry.type(description="One piece of evidence: `bits` above zero speak for two being one, below zero against.")
class DuplicateEvidence:
    code: EvidenceKind
    message: str
    bits: float


@strawberry.type(description="Two customers who may be one, and why: the strongest evidence first.")
class Duplicate:
    one: PartyRecord
    other: PartyRecord
    score: float = strawberry.field(description="How likely it is, from 0 to 1.")
    evidence: list[DuplicateEvidence]


@strawberry.type
class DuplicateEdge:
    cursor: str
    node: Duplicate


@strawberry.type
class DuplicateConnection:
    edges: list[DuplicateEdge]
    page_info: PageInfo
    total_count: Count


async def duplicates_of_customer(
    info: Info,
    customer: strawberry.ID,
    min_score: float | None,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> DuplicateConnection:
    """Who may be the same as a customer, as the graph is now, the likeliest first."""
    found = await duplicates_of(info.context, PartyId(customer), least_of(min_score))
    return connection([(one.one, one.other, one.score, told(one)) for one in found], first, after, last, before)


async def root_duplicates(
    info: Info,
    min_score: float | None = LEAST_SCORE,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> DuplicateConnection:
    """The likeliest pairs of all customers, as the last run over them noted them."""
    found = await noted(info.context, least_of(min_score), None, MOST_NOTED)
    pairs = [(one.one, one.other, one.score, read(one.evidence)) for one in found]
    return connection(pairs, first, after, last, before)


Pair = tuple[str, str, float, list[DuplicateEvidence]]


def connection(
    pairs: Sequence[Pair], first: int | None, after: str | None, last: int | None, before: str | None
) -> DuplicateConnection:
    """A page of pairs."""
    rows, info, count = page(pairs, "duplicates", first, after, last, before)
    edges = [
        DuplicateEdge(
            cursor=cursor,
            node=Duplicate(one=ref(PartyRecord, one), other=ref(PartyRecord, other), score=score, evidence=evidence),
        )
        for cursor, (one, other, score, evidence) in rows
    ]
    return DuplicateConnection(edges=edges, page_info=info, total_count=count)


def least_of(score: float | None) -> float:
    """The least score that is asked for; none below that at which two are as likely one as not."""
    return max(LEAST_SCORE, LEAST_SCORE if score is None else score)


def told(found: rules.Match) -> list[DuplicateEvidence]:
    """The evidence of a match."""
    return [evidence_of(one.kind, one.bits) for one in found.evidence]


def read(stored: Iterable[str]) -> list[DuplicateEvidence]:
    """Evidence as it was noted."""
    parts = (text.split() for text in stored)
    return [evidence_of(EvidenceKind[code], float(bits)) for code, bits in parts]


def evidence_of(kind: EvidenceKind, bits: float) -> DuplicateEvidence:
    """One piece of evidence."""
    return DuplicateEvidence(code=kind, message=kind.value, bits=bits)


@strawberry.input(description="Two customers of one kind who are not the same.")
class MarkNotDuplicatesInput(Once):
    one: strawberry.ID
    other: strawberry.ID


@strawberry.type(description="They are not told to be duplicates any more, and are not merged.")
class MarkedNotDuplicates:
    one: PartyRecord
    other: PartyRecord
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "MarkedNotDuplicates":
        one, other = done.ids
        return cls(one=ref(PartyRecord, one), other=ref(PartyRecord, other), operation=ref(Operation, done.operation))
