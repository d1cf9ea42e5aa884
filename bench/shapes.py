"""Answers brought to one shape, and where two of them differ."""

from collections.abc import Iterator
from typing import Any

from domain.parties import PartyKind

PAGE = 20


def difference(one: Any, other: Any, place: str = "") -> str | None:
    """The first place in which two answers differ, and what they have there; None where they don't."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = [(f"{place}.{key}" if place else str(key), one[key], other[key]) for key in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{place}[{index}]", *pair) for index, pair in enumerate(zip(one, other, strict=True))]
    else:
        return (
            None if one == other and type(one) is type(other) else f"{place or 'all'}: {shown(one)}, not {shown(other)}"
        )
    return next(filter(None, (difference(mine, theirs, name) for name, mine, theirs in pairs)), None)


def shown(value: Any) -> str:
    """A value as a line: of what is long, what sort of thing it is and how much."""
    if isinstance(value, dict):
        return f"an object of {', '.join(map(str, value)) or 'nothing'}"
    return f"a list of {len(value)}" if isinstance(value, list) else repr(value)


def whole(answer: Any) -> Any:
    """All of an answer."""
    return answer


def page(answer: Any) -> list[str]:
    """The ids of the parties in an answer, in their order, as a page has them; one more tells of more."""
    return list(dict.fromkeys(ids(answer)))[:PAGE]


def members(answer: Any) -> list[str]:
    """The ids of the parties in an answer, each once, in an order of their own."""
    return sorted(set(ids(answer)))


def ids(value: Any) -> Iterator[str]:
    """The ids of parties in something nested."""
    match value:
        case str() if PartyKind.of(value):
            yield value
        case list():
            for item in value:
                yield from ids(item)
        case dict():
            for item in value.values():
                yield from ids(item)


def tree(answer: Any) -> dict[str, Any]:
    """Who stands in a family tree, in which generation, and whose children they are."""
    found = answer["data"]["familyTree"]
    return {
        "people": {one["person"]["id"]: [one["generation"], one["person"]["name"]] for one in found["people"]},
        "children": pairs(
            (parent, child) for c in found["couples"] for parent in c["partners"] for child in c["children"]
        ),
    }


def tree_by_hand(answer: Any) -> dict[str, Any]:
    """The same of rows of id, name, generation, ids of parents, partners."""
    people = {id: [generation, name] for id, name, generation, _, _ in answer["data"]["people"]}
    known = ((parent, id) for id, _, _, parents, _ in answer["data"]["people"] for parent in parents)
    return {"people": people, "children": pairs(pair for pair in known if pair[0] in people)}


def pairs(found: Iterator[tuple[str, str]]) -> list[list[str]]:
    """Pairs, each once, in an order of their own."""
    return [list(pair) for pair in sorted(set(found))]


def lengths(answer: Any) -> list[int]:
    """How long paths are: which of several of one length is found is not told."""
    return [path["length"] for path in answer["data"]["paths"]["paths"]]
