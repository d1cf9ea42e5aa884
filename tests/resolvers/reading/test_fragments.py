"""Fragments take their owner's names, and keep their own apart."""

from resolvers.reading.fragments import Fragment, load, rename, split
from tests.resolvers.reading.example import CYPHER


def test_only_variables_and_parameters_are_renamed() -> None:
    text = "MATCH (party:Party {name: $name})-[r:OF|IN]-(x) WHERE r.party = 'party $name' AND size(x.xs) > $m.size"
    assert rename(text, {"party": "far_3"}, {"name": "name_7", "m": "m_7"}, 9) == (
        "MATCH (far_3:Party {name: $name_7})-[r_9:OF|IN]-(x_9) "
        "WHERE r_9.party = 'party $name' AND size(x_9.xs) > $m_7.size"
    )


def test_commas_in_brackets_and_quotes_do_not_split() -> None:
    assert split("coalesce(a, ''), [b, c], ',(', d") == ["coalesce(a, '')", "[b, c]", "',('", "d"]


def test_a_fragment_gives_its_columns_under_names_of_its_level() -> None:
    text = "// Heads.\n\nMATCH (party)<--(head)\nRETURN DISTINCT head AS party\nORDER BY party.name DESC, party.id\n"
    bound = Fragment("f", text).bind({"party": "far_3"}, {}, 5)
    assert (bound.match, dict(bound.columns), bound.by) == (
        "MATCH (far_3)<--(head_5)",
        {"party": "head_5"},
        " ORDER BY party_5.name DESC, party_5.id",
    )


def test_what_stands_before_return_need_not_be_a_match() -> None:
    text = (
        "// Ids.\n\nFILTER party.xs IS NOT NULL\nUNWIND range(0, 3) AS i\nRETURN party.xs[i] AS value\nORDER BY value\n"
    )
    bound = Fragment("f", text).bind({"party": "far_3"}, {}, 5)
    assert bound.match == "FILTER far_3.xs IS NOT NULL\nUNWIND range(0, 3) AS i_5"
    assert dict(bound.columns) == {"value": "far_3.xs[i_5]"}


def test_the_first_paragraph_of_the_header_is_the_purpose() -> None:
    assert Fragment("f", "// One\n// thing.\n//\n// $id  its id\n\nRETURN $id AS value\n").purpose == "One thing."


def test_an_order_is_an_indexs_where_the_text_says_that_its_key_is_not_null() -> None:
    text = "MATCH (p:P)\nWHERE p.name IS NOT NULL\nRETURN p\nORDER BY p.name, p.id\n"
    assert Fragment("f", text).bind({}, {}, 2).indexed
    assert not Fragment("f", text.replace("p.name IS", "p.id IS")).bind({}, {}, 2).indexed


def test_every_header_names_the_parameters() -> None:
    for name, fragment in load(CYPHER).items():
        header = {line.split()[1][1:] for line in fragment.text.splitlines() if line.startswith("// $")}
        assert header == fragment.parameters, name
