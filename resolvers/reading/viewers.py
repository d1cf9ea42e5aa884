"""Classes of viewers: what the planner puts into every statement, so that each viewer sees what he or she may."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Test:
    """A fragment that says of one variable of its own whether it may be shown (RETURN .. AS value); with a word, the
    fragment gives a list, and the word must stand in it."""

    __test__ = False  # it is no test of pytest's

    fragment: str
    variable: str
    word: str | None = None


@dataclass(frozen=True)
class Along:
    """How a relationship itself tells that its far party is seen, before that one is looked at.

    `fragment` decides (RETURN .. AS value), of those columns of a list's rows that `columns` names: a list without one
    of them is none that it is for. `near` is asked of the near party, once for all its relationships; what that gave is
    `known` to the fragment. Where it is false the far party's own test decides.
    """

    fragment: str
    columns: frozenset[str]
    near: Test | None = None

    @property
    def named(self) -> set[str]:
        """The fragments that it names."""
        return {self.fragment, *([self.near.fragment] if self.near else [])}


@dataclass(frozen=True)
class Sooner:
    """How a test is made of an object of which another one is made too: by a `fragment` of the same answer, to which
    what the test `of` gave is `known`."""

    fragment: str
    of: Test


@dataclass(frozen=True)
class ViewerClass:
    """What a class of viewers may see.

    `predicates`: subject of a scope -> the fragment that says of it whether the viewer may see it (RETURN .. AS value).
    `redacted`: the fields, as `Type.field`, that it gets as null or as an empty list: all of them, or those that do not
    pass a test of the first of these variables that stands there.
    `tests`: what tests in fragments are. `instead`: fragments of roots and lists, and what is read in their place.
    `prologue`: a fragment that each statement begins with; its columns stand everywhere in it, and `viewer_standing`,
    one of them, is what the class was chosen by.
    `parameters`: those of every statement in which viewers of the class differ.
    `shows`: the only fields, as `Type.field`, that it gets at all, where that is not all of them: a query that names
    another is refused. `neutral`: what redacted leaves that may not be null are instead, as the answer has them.
    `along`: what spares most far parties of relationships their test. `sooner`: by the fragment of a test, what spares
    it where another is made of the same object. `gates`: by the name of a list's fragment, what must hold of its owner.
    """

    name: str
    predicates: Mapping[str, str]
    redacted: Mapping[str, Mapping[str, Test]] = field(default_factory=dict)
    tests: Mapping[str, Test] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    prologue: str | None = None
    parameters: frozenset[str] = frozenset({"viewer", "session", "claimed", "login"})
    shows: frozenset[str] | None = None
    neutral: Mapping[str, str] = field(default_factory=dict)
    along: Along | None = None
    sooner: Mapping[str, Sooner] = field(default_factory=dict)
    gates: Mapping[str, Test] = field(default_factory=dict)

    def gets(self, field: str) -> bool:
        """Whether it gets a field, as `Type.field`, at all; what GraphQL itself has everybody does."""
        return self.shows is None or field in self.shows or ".__" in field or field.startswith("__")

    @property
    def named(self) -> set[str]:
        """The fragments that it names."""
        redacted = (test for fields in self.redacted.values() for test in fields.values())
        tests = [*self.tests.values(), *redacted, *self.gates.values(), *(sooner.of for sooner in self.sooner.values())]
        return {
            *self.predicates.values(),
            *self.instead.values(),
            *(test.fragment for test in tests),
            *(sooner.fragment for sooner in self.sooner.values()),
            *([self.prologue] if self.prologue else []),
            *(self.along.named if self.along else []),
        }
