"""Whom a viewer sees, as a plan tests it: each object once, and by what is at hand already."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from resolvers.reading.fragments import Bound, Fragment
from resolvers.reading.rows import At, Lets, Names, Tie
from resolvers.reading.viewers import Test, ViewerClass


@dataclass(frozen=True)
class Seeing:
    """The tests of a class of viewers, in their places in a plan."""

    viewer: ViewerClass
    fragments: Mapping[str, Fragment]
    names: Names

    def told(self, bound: Bound) -> dict[object, str]:
        """The tests that a fragment's order has made, each by its column."""
        seen = self.viewer.tests.get("seen")
        sooner = self.viewer.sooner.get(seen.fragment) if seen else None
        return {
            (test, name): bound.names[f"{column}_{v}"]
            for test, column in ((seen, "seen"), (sooner.of if sooner else None, "known"))
            for v, name in bound.names.items()
            if f"{column}_{v}" in bound.names
        }

    def ties(self, bound: Bound, owner: At) -> dict[str, Tie]:
        """What a fragment's row has to tell whether the viewer sees its far party."""
        along = self.viewer.along
        if along is None or owner.lets is None or not along.columns <= bound.names.keys():
            return {}
        always = {column for column, expression in bound.columns.items() if expression == "TRUE"}
        names = {column: "TRUE" if column in always else bound.names[column] for column in along.columns}
        return {bound.names["far"]: Tie(names, owner)}

    def seen(self, at: At) -> list[str]:
        """The test whether the viewer sees the object; none where it is known, or where nobody is hidden."""
        test = self.predicate(at)
        if test is None:
            return []
        told = at.lets.known.get((test, at.subject)) if at.lets else None
        return [told or self.tested(test.fragment, at.names)]

    def found(self, at: At) -> list[str]:
        """The test as `seen` has it, of rows without a limit, behind whatever else is asked of them: so it may be made
        of that."""
        test = self.predicate(at)
        if test is None or at.lets is None:
            return self.seen(at)
        self.sooner(test, at.subject, at.lets)
        at_hand = at.lets.at_hand((test, at.subject))
        if at_hand is None:
            return self.seen(at)
        at.lets.where = at.lets.sooner[test, at.subject][1](at_hand)
        return []

    def predicate(self, at: At) -> Test | None:
        """What the viewer's class tests of the object; None where it is known to be seen, or where nobody is hidden."""
        name = self.viewer.predicates.get(at.scope.subject) if at.scope and at.subject not in at.seen else None
        return Test(name, at.scope.subject) if name and at.scope else None

    def tested(self, fragment: str, names: Mapping[str, str]) -> str:
        """The expression of a test."""
        return self.fragments[fragment].bind(names, {}, self.names.number()).columns["value"]

    def kept(self, at: At) -> list[str]:
        """The test as `seen` tells it, made once for each row where it stands in a subquery."""
        test = self.predicate(at)
        return [self.let(test, at.subject, at)] if test else []

    def let(self, test: Test, subject: str, at: At) -> str:
        """The test of one object, made once for each row where it stands in a subquery."""
        if test.word:
            return f"'{test.word}' IN {self.let(replace(test, word=None), subject, at)}"
        expression, along = self.tested(test.fragment, {test.variable: subject}), ""
        if (tie := at.ties.get(subject)) and test == self.viewer.tests.get("seen"):
            along = f"{self.along(tie)} OR "
        if at.lets is None:
            return f"({along}{expression})"
        self.sooner(test, subject, at.lets, along)
        return at.lets.name((test, subject), f"({along}{expression})")

    def sooner(self, test: Test, subject: str, lets: Lets, along: str = "") -> None:
        """Notes what spares the test of an object, in case that is at hand."""
        if found := self.viewer.sooner.get(test.fragment):

            def spared(known: str) -> str:
                return f"({along}{self.tested(found.fragment, {test.variable: subject, 'known': known})})"

            lets.sooner.setdefault((test, subject), ((found.of, subject), spared))

    def along(self, tie: Tie) -> str:
        """The expression of whether a relationship tells that its far party is seen."""
        along = self.viewer.along
        assert along
        known = {"known": self.let(along.near, tie.near.subject, tie.near)} if along.near else {}
        return self.tested(along.fragment, {**tie.names, **known})

    def redacted(self, field: str, at: At) -> str | None:
        """The test that a redacted field must pass to be shown; None where it never is."""
        for variable, test in self.viewer.redacted[field].items():
            if variable in at.names:
                return self.let(test, at.names[variable], at)
        return None

    @staticmethod
    def shown(at: At) -> At:
        """The object behind the test that it is seen."""
        return replace(at, seen=at.seen | {at.subject})
