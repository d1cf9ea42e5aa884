"""What a cycle could lie in, found from the side that has less of it (SPEC 3.3)."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import PartyId
from domain.lineage import Lineage, Question


@dataclass(frozen=True)
class Link:
    source: PartyId
    target: PartyId


def link(source: str, target: str) -> Link:
    return Link(PartyId(source), PartyId(target))


def found(sources: str, targets: str, stored: list[Link]) -> tuple[list[Link], list[Question]]:
    """What a lineage finds among stored links, and what it asks for that."""
    lineage: Lineage[Link] = Lineage(map(PartyId, sources), map(PartyId, targets))
    questions = []
    while question := lineage.question():
        questions.append(question)
        lineage.step([each for each in stored if each.target in question.to or each.source in question.of])
    return list(lineage.links), questions


def test_somebody_without_children_is_asked_about_once_however_many_ancestors_there_are() -> None:
    stored = [link(str(n), str(n + 1)) for n in range(9)]
    links, questions = found("9", "x", [*stored, link("a", "9"), link("b", "9")])
    assert (links, len(questions)) == ([], 2)


def test_the_narrower_side_is_followed_to_its_end() -> None:
    stored = [link("a", "s"), *(link("t", str(n)) for n in range(9)), *(link(str(n), "z") for n in range(9))]
    assert found("s", "t", stored) == ([link("a", "s")], [Question(to=(PartyId("s"),)), Question(to=(PartyId("a"),))])


def test_nothing_is_asked_for_twice_where_links_go_round() -> None:
    links, questions = found("s", "t", [link("a", "s"), link("s", "a"), link("t", "u"), link("u", "t")])
    asked = [party for question in questions for party in (*question.to, *question.of)]
    assert len(asked) == len(set(asked))
    assert set(links) in ({link("a", "s"), link("s", "a")}, {link("t", "u"), link("u", "t")})


PARTIES = st.sampled_from("abcdefgh")
LINKS = st.lists(st.builds(link, PARTIES, PARTIES), max_size=20)


@settings(max_examples=300)
@given(st.sets(PARTIES, min_size=1, max_size=3), st.sets(PARTIES, min_size=1, max_size=3), LINKS)
def test_every_way_from_a_target_to_a_source_is_in_what_is_found(
    sources: set[str], targets: set[str], stored: list[Link]
) -> None:
    links, _ = found("".join(sources), "".join(targets), stored)
    on_ways = {
        each for each in stored if leads(stored, targets, each.source) and leads_on(stored, each.target, sources)
    }
    assert on_ways <= set(links) <= set(stored)


def leads(stored: list[Link], targets: set[str], party: str) -> bool:
    """Whether a way leads from one of the targets to a party, or it is one."""
    reached = set(targets)
    for _ in stored:
        reached |= {each.target for each in stored if each.source in reached}
    return party in reached


def leads_on(stored: list[Link], party: str, sources: set[str]) -> bool:
    """Whether a way leads from a party to one of the sources, or it is one."""
    return any(leads(stored, {party}, source) for source in sources)
