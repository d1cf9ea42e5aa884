"""Tests in fragments: what stands in their places for a class of viewers.

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
from dataclasses import dataclass, replace
from functools import cached_property

from resolvers.reading.fragments import Fragment, rename
from resolvers.reading.simplified import settled
from resolvers.reading.viewers import ViewerClass

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
class Inlined:
    """Fragments as a class of viewers reads them: with its tests in their places."""

    viewer: ViewerClass
    every: Mapping[str, Fragment]

    @cached_property
    def given(self) -> frozenset[str]:
        """The variables that stand everywhere."""
        prologue = self.every.get(self.viewer.prologue) if self.viewer.prologue else None
        return frozenset(prologue.columns if prologue else ())

    def fragments(self) -> dict[str, Fragment]:
        """All of them, by their names."""
        return {name: replace(one, text=self.tested(one), given=self.given) for name, one in self.every.items()}

    def tested(self, fragment: Fragment) -> str:
        """A fragment's text with tests in their places, and without what then is settled."""

        def test(found: re.Match[str]) -> str:
            name, variable, grant = found.groups()
            if name == "limited":
                return "TRUE" if "seen" in self.viewer.tests else "FALSE"
            known = self.viewer.tests.get(name)
            if known is None:
                return UNBOUNDED[name].format(variable)
            return self.value(known.fragment, {known.variable: variable}, grant)

        body = self.ordered(fragment.body)
        return settled(TEST.sub(test, body)) if TEST.search(body) else body

    def value(self, fragment: str, variables: Mapping[str, str], grant: str | None = None) -> str:
        """What a test's fragment says of these variables; its own get names of their own."""
        text = " ".join(self.tested(self.every[fragment]).split())
        text = text.removeprefix("RETURN ").removesuffix(" AS value")
        return f"({rename(text.replace('$grant', grant or '$grant'), variables, {}, 'there', self.given)})"

    def ordered(self, body: str) -> str:
        """A text with a column for each test in its order, `seen_far` of `far`, so that it is made once for a row; and
        with one for what is at hand for it sooner, `known_far`."""
        order = ORDER.search(body)
        if order is None or "seen" not in self.viewer.tests:
            return body
        before, by = body[: order.start()].rstrip(), body[order.start() :]
        for name in dict.fromkeys(SEEN.findall(by)):
            before = self.columned(before, name)
        return before + "\n" + SEEN.sub(r"seen_\1", by)

    def columned(self, text: str, name: str) -> str:
        """A text with the column of whether somebody is seen."""
        test = self.viewer.tests["seen"]
        sooner = self.viewer.sooner.get(test.fragment)
        if sooner is None:
            return f"{text}, seen({name}) AS seen_{name}"
        match, returns = text.rsplit("\nRETURN ", 1)
        known = self.value(sooner.of.fragment, {sooner.of.variable: name})
        seen = self.value(sooner.fragment, {test.variable: name, "known": f"known_{name}"})
        made = f"WITH *, {known} AS known_{name}\nWITH *, {seen} AS seen_{name}"
        return f"{match}\n{made}\nRETURN {returns}, known_{name}, seen_{name}"
