"""Classes of viewers: what the planner puts into every statement, so that each viewer sees what he or she may.

A fragment may test somebody in passing: `seen(far)` is TRUE where the viewer sees the party of that variable,
`viewed(far)` where its cases may be viewed, `reached(far, 'VIEW_CASES')` where the viewer has that grant for it;
`case_viewed` and `case_reached` are the same of a case, and `searchable(far)` is what a party may be found by;
`words(query)` names the full-text index of what may be searched where something is misspelt.
`consented(far, 'FAMILY')` is whether somebody lets a partner app read so much, `in_family(far)` whether it may read the
ties of his or her family.
What these are, its class says; to whom a class sets no bound, everybody is seen and reached, and all is searchable.
`limited()` is whether somebody may be hidden from the class at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from resolvers.reading.fragments import Fragment, rename
from resolvers.reading.simplified import settled

UNBOUNDED = {
    **dict.fromkeys(("seen", "viewed", "reached", "case_viewed", "case_reached"), "TRUE"),
    **dict.fromkeys(("consented", "in_family"), "TRUE"),
    "searchable": "{}.search",
    "words": "'party_words'",
}
"""What a test is for a class that has none, over a variable."""
TEST = re.compile(rf"\b({'|'.join(UNBOUNDED)}|limited)\((\w*)(?:, ('\w+'))?\)")
SEEN = re.compile(r"\bseen\((\w+)\)")
ORDER = re.compile(r"^ORDER BY\b", re.MULTILINE)


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
    `along`: what spares most far parties of relationships their test.
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

    def gets(self, field: str) -> bool:
        """Whether it gets a field, as `Type.field`, at all; what GraphQL itself has everybody does."""
        return self.shows is None or field in self.shows or ".__" in field or field.startswith("__")

    @property
    def named(self) -> set[str]:
        """The fragments that it names."""
        tests = [*self.tests.values(), *(test for fields in self.redacted.values() for test in fields.values())]
        return {
            *self.predicates.values(),
            *self.instead.values(),
            *(test.fragment for test in tests),
            *([self.prologue] if self.prologue else []),
            *(self.along.named if self.along else []),
        }

    def fragments(self, every: Mapping[str, Fragment]) -> dict[str, Fragment]:
        """The fragments as this class reads them: with its tests in their places."""
        prologue = every.get(self.prologue) if self.prologue else None
        given = frozenset(prologue.columns if prologue else ())
        return {name: replace(one, text=self.tested(one, every, given), given=given) for name, one in every.items()}

    def ordered(self, body: str) -> str:
        """A text with a column for each test in its order, `seen_far` of `far`, so that it is made once for a row."""
        order = ORDER.search(body)
        if order is None or "seen" not in self.tests:
            return body
        before, by = body[: order.start()].rstrip(), body[order.start() :]
        columns = "".join(f", seen({name}) AS seen_{name}" for name in dict.fromkeys(SEEN.findall(by)))
        return before + columns + "\n" + SEEN.sub(r"seen_\1", by)

    def tested(self, fragment: Fragment, every: Mapping[str, Fragment], given: frozenset[str]) -> str:
        """A fragment's text with the class's tests in their places, and without what then is settled. The variables of
        a test get names of their own there."""

        def test(found: re.Match[str]) -> str:
            name, variable, grant = found.groups()
            if name == "limited":
                return "TRUE" if "seen" in self.tests else "FALSE"
            known = self.tests.get(name)
            if known is None:
                return UNBOUNDED[name].format(variable)
            text = " ".join(self.tested(every[known.fragment], every, given).split())
            value = text.removeprefix("RETURN ").removesuffix(" AS value")
            value = rename(value.replace("$grant", grant or "$grant"), {known.variable: variable}, {}, "there", given)
            return f"({value})"

        body = self.ordered(fragment.body)
        return settled(TEST.sub(test, body)) if TEST.search(body) else body
