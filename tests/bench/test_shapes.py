"""How answers are compared before anything is measured."""

from bench.shapes import difference, members, page, tree, tree_by_hand

ONE, TWO, THREE = (f"consumer_01m88ygfxmegea732b9evhd9{end}" for end in ("9p", "9q", "9r"))


def test_equal_answers_do_not_differ_whatever_the_order_of_their_keys() -> None:
    assert difference({"a": [1, {"b": None}], "c": "d"}, {"c": "d", "a": [1, {"b": None}]}) is None


def test_the_first_place_in_which_answers_differ_is_told() -> None:
    """What is long is told by its size."""
    assert difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == "a[1].b: 2, not 3"
    assert difference({"a": [1, 2]}, {"a": [1]}) == "a: a list of 2, not a list of 1"
    assert difference({"a": 1}, {"b": 1}) == "all: an object of a, not an object of b"
    assert difference({"a": {}}, {"a": None}) == "a: an object of nothing, not None"


def test_a_value_is_not_the_same_as_one_that_only_equals_it() -> None:
    """JSON tells true from 1 and 1 from 1.0, Python does not."""
    assert difference([True], [1]) == "[0]: True, not 1"
    assert difference([1], [1.0]) == "[0]: 1, not 1.0"


def test_parties_are_found_wherever_they_stand_in_an_answer() -> None:
    """In a page in their order, as members of something in one of their own; other ids are none of them."""
    answer = {"rows": [["relationship_01m88ygfxmegea732b9evhd99p", [TWO, {"id": ONE}], TWO, 3, None]]}
    assert page(answer) == [TWO, ONE]
    assert members(answer) == [ONE, TWO]


def test_a_family_tree_and_the_rows_of_a_statement_have_one_shape() -> None:
    """The parents of a child are its couple's; a parent who is not in the tree is in no couple."""
    people = [
        {"generation": 0, "person": {"id": ONE, "name": "A"}},
        {"generation": 1, "person": {"id": TWO, "name": "B"}},
    ]
    kith = {"data": {"familyTree": {"people": people, "couples": [{"partners": [ONE], "children": [TWO]}]}}}
    rows = {"data": {"people": [[TWO, "B", 1, [ONE, THREE], []], [ONE, "A", 0, [], []]]}}
    assert tree(kith) == tree_by_hand(rows) == {"people": {ONE: [0, "A"], TWO: [1, "B"]}, "children": [[ONE, TWO]]}
