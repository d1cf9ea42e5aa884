"""What a new relationship must go together with: duplicates, limits, one head of a household and one primary household
of a consumer, and cycles, on any day (SPEC 3.3, 4.1)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from domain.cycles import Link, Links
from domain.ids import PartyId, RelationshipId
from domain.limits import crowded
from domain.partial_dates import Period
from domain.parties import PartyKind
from domain.refusals import DuplicateRelationship, Refusal, TooMany, WouldMakeCycle
from domain.relationship_types import Category, RelationshipType


class Tie(Protocol):
    """What these rules ask of a relationship; `type` is the type's code."""

    @property
    def id(self) -> RelationshipId: ...
    @property
    def type(self) -> str: ...
    @property
    def source(self) -> PartyId: ...
    @property
    def target(self) -> PartyId: ...
    @property
    def period(self) -> Period: ...
    @property
    def responsibility(self) -> str | None: ...
    @property
    def head(self) -> bool: ...
    @property
    def primary(self) -> bool: ...


class Neighbours:
    """The stored relationships that a plan may meet, and those that it has made so far.

    They are found by what they may be in the way of, since a plan may have 500 drafts beside thousands.
    """

    def __init__(
        self,
        types: Mapping[str, RelationshipType],
        existing: Iterable[Tie],
        lineage: Iterable[Tie],
        planned: Iterable[tuple[str, PartyId, PartyId]],
        exclusive: Collection[str] = (),
    ) -> None:
        """`lineage` is where cycles could lie, see `domain.lineage`; `planned` are (type, source, target); `exclusive`
        are responsibilities that one may carry at a time for the same target."""
        self.types, self.exclusive = types, exclusive
        self.carrying: dict[tuple[str | None, PartyId], list[Tie]] = defaultdict(list)
        self.between: dict[tuple[str, PartyId, PartyId], list[Tie]] = defaultdict(list)
        self.at: dict[tuple[str, str, PartyId], list[Tie]] = defaultdict(list)
        self.marked: dict[tuple[str, PartyId], list[Tie]] = defaultdict(list)
        self.stored = set[RelationshipId]()
        self.lineage, self.planned = list(lineage), list(planned)
        self.edges: dict[str, Links] = {}
        for tie in existing:
            self.stored.add(tie.id)
            self.place(tie)

    def add(self, made: Tie) -> None:
        """From now on the relationship is one of them."""
        self.place(made)
        if self.types[made.type].acyclic:
            self.links(self.types[made.type]).add(link(made, self.types[made.type]))

    def place(self, tie: Tie) -> None:
        """Puts a relationship where it is found by its pair and by its ends, a symmetric one both ways (SPEC 2.4), and
        by its responsibility."""
        if tie.responsibility in self.exclusive:
            self.carrying[tie.responsibility, tie.target].append(tie)
        type = self.types.get(tie.type)  # None: of a type that no draft is of, in the way by what it carries or marks
        ends = [(tie.source, tie.target), (tie.target, tie.source)] if type else []
        for near, far in ends if type and type.symmetric else ends[:1]:
            self.between[tie.type, near, far].append(tie)
            self.at[tie.type, "source", near].append(tie)
            self.at[tie.type, "target", far].append(tie)
        for mark, party in marks(tie):
            self.marked[mark, party].append(tie)

    def in_the_way(self, new: Tie) -> list[Refusal]:
        """What does not go together with a new relationship: a duplicate, what is too many besides, and a cycle."""
        type = self.types[new.type]
        refusals: list[Refusal] = []
        pair = self.between.get((new.type, new.source, new.target), ())
        same = [tie for tie in pair if tie.period.overlaps(new.period)]
        if same:
            existing = same[0].id if same[0].id in self.stored else None
            refusals.append(DuplicateRelationship(path=("target",), existing=existing))
        refusals += self.too_many(new, type, {tie.id for tie in same})
        refusals += self.held_already(new, {tie.id for tie in same})
        refusals += self.second_ones(new, {tie.id for tie in same})
        if type.acyclic and (cycle := self.links(type).cycle(link(new, type))):
            refusals.append(WouldMakeCycle(path=("target",), cycle=cycle))
        return refusals

    def too_many(self, new: Tie, type: RelationshipType, besides: set[RelationshipId]) -> list[Refusal]:
        """Ends that on some day would have more of the type than it allows; at a symmetric one all of a party count."""
        refusals: list[Refusal] = []
        for end, party, limit in (
            ("source", new.source, type.max_per_source),
            ("target", new.target, type.max_per_target),
        ):
            if limit is not None:
                others = [tie for tie in self.at.get((new.type, end, party), ()) if tie.id not in besides]
                if crowd := crowded(new.period, others, limit):
                    existing = tuple(tie.id for tie in crowd if tie.id in self.stored)
                    refusals.append(TooMany(path=(end,), limit=limit, existing=existing))
        return refusals

    def held_already(self, new: Tie, besides: set[RelationshipId]) -> list[Refusal]:
        """Others of any type who on some day carry, for the same target, what only one may at a time (SPEC 5.1)."""
        if new.responsibility not in self.exclusive:
            return []
        others = [tie for tie in self.carrying.get((new.responsibility, new.target), ()) if tie.id not in besides]
        crowd = crowded(new.period, others, 1)
        existing = tuple(tie.id for tie in crowd if tie.id in self.stored)
        return [TooMany(path=("responsibility",), limit=1, existing=existing)] if crowd else []

    def second_ones(self, new: Tie, besides: Collection[RelationshipId] = ()) -> list[Refusal]:
        """Whether on some day it would be a household's second head, or a consumer's second primary place: the first.

        Of whichever type the places are: a household has one head, not one of each type.
        """
        refusals: list[Refusal] = []
        for mark, party in marks(new):
            others = [tie for tie in self.marked.get((mark, party), ()) if tie.id not in besides]
            if crowd := crowded(new.period, others, 1):
                existing = tuple(tie.id for tie in crowd if tie.id in self.stored)
                refusals.append(TooMany(path=(mark,), limit=1, existing=existing))
        return refusals

    def first_household(self, new: Tie) -> bool:
        """Whether a new place is in a consumer's first household, which becomes primary (SPEC 4.1): on no day of it
        another is primary."""
        others = self.marked.get(("primary", new.source), ())
        type = self.types[new.type]
        return in_household(type, new.source, new.target) and not crowded(new.period, others, 1)

    def links(self, type: RelationshipType) -> Links:
        """All acyclic types of a type's edge together."""
        if type.edge not in self.edges:
            acyclic = {code for code, other in self.types.items() if other.acyclic and other.edge == type.edge}
            stored = [link(tie, self.types[tie.type]) for tie in self.lineage if tie.type in acyclic]
            planned = [Link(source, target, None) for code, source, target in self.planned if code in acyclic]
            self.edges[type.edge] = Links(stored, planned)
        return self.edges[type.edge]


def marks(tie: Tie) -> list[tuple[str, PartyId]]:
    """What a relationship is the only one of at a time, and of whom: the head of a household, a consumer's primary."""
    return [
        (mark, party)
        for mark, party, is_so in (("head", tie.target, tie.head), ("primary", tie.source, tie.primary))
        if is_so
    ]


def in_household(type: RelationshipType, source: PartyId, target: PartyId) -> bool:
    """Whether it is a consumer's place in a household: only such a one can be head or primary (SPEC 4.1, 4.4)."""
    ends = PartyKind.of(source), PartyKind.of(target)
    return type.category is Category.GROUP and ends == (PartyKind.CONSUMER, PartyKind.HOUSEHOLD)


def link(tie: Tie, type: RelationshipType) -> Link:
    """A relationship as cycles see it: who is a parent is so for ever."""
    return Link(tie.source, tie.target, None if type.category is Category.PARENTAGE else tie.period)
