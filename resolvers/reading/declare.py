"""How a type says where its fields come from.

A field without anything is *stored*: a property of the type's subject, or a variable of its scope. What leads to
another object is *joined* by a fragment of Cypher, unless that object stands on variables that its owner already has.
`derived` is a pure function of stored properties, `computed` a resolver; `constant` and `opaque` are what a
placeholder shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast, get_type_hints

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

READING: Final = "reading"
T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """The Cypher names that stand for an object of a type. The first, its subject, has the stored properties."""

    names: tuple[str, ...]
    typename: str | None = None
    refs: str | None = None

    @property
    def subject(self) -> str:
        return self.names[0]


@dataclass(frozen=True)
class Stored:
    property: str


@dataclass(frozen=True)
class Joined:
    fragments: tuple[str, ...]
    given: tuple[tuple[str, str], ...] = ()
    required: bool = False
    each: str | None = None
    prepared: tuple[tuple[str, Callable[[Any], Any]], ...] = ()
    reach: tuple[tuple[str, int], ...] = ()
    table: str | None = None
    telling: tuple[tuple[str, Callable[[Any], str | None]], ...] = ()
    known: tuple[tuple[str, str], ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        return (*self.fragments, *(fragment for _, fragment in self.given))


@dataclass(frozen=True)
class Moved:
    """An object on variables that its owner's scope already has."""


@dataclass(frozen=True)
class Derived:
    function: Callable[..., Any]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Computed:
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Constant:
    value: str | int | bool | tuple[()] | None


@dataclass(frozen=True)
class Opaque:
    """A stored value that the client sees only as a token."""

    property: str


@dataclass(frozen=True)
class Cursor:
    """The place of an edge in its list."""


Reading = Stored | Joined | Moved | Derived | Computed | Constant | Opaque | Cursor


def scope(*names: str, typename: str | None = None, refs: str | None = None) -> Scope:
    """The variables of one object, its subject first.

    `typename` names the fragment that gives the concrete type of an interface's object, `refs` the fragment that
    finds such objects by `$ids`.
    """
    return Scope(names, typename, refs)


def stored(property: str) -> Any:
    """A field that is stored under another name than its own."""
    return declared(Stored(property))


def joined(
    *fragments: str,
    arguments: type[object] | None = None,
    given: Mapping[str, str] | None = None,
    required: bool = False,
    each: str | None = None,
    prepared: Mapping[str, Callable[[Any], Any]] | None = None,
    reach: Mapping[str, int] | None = None,
    table: str | None = None,
    telling: Mapping[str, Callable[[Any], str | None]] | None = None,
    known: Mapping[str, str] | None = None,
) -> Any:
    """A field that fragments of Cypher give; its arguments are their parameters of the same name.

    `given`: where that argument is there and not null, its fragment is read instead.
    `required`, of a nullable field: where nothing is found, null and an error NOT_FOUND.
    `each`, the name of a list argument of ids: the answer has one entry for each of them in their order, null where
    nothing was found (with `required` an error for each).
    `prepared`: an argument that is not null becomes what its function makes of it; the function raises ValueError
    for one that cannot be.
    `reach`: how many rows of that fragment all pages together reach; as many as there are is still told.
    `table`, of a leaf: a fragment without an owner that a statement reads once, keys with lists as their values. What
    the field's own fragment gives is a key, and a place in its list.
    `telling`: the function of an argument names the only one of the fragments that can give anything for a value, None
    if it cannot be told. There should be few of them: each has a plan of its own.
    `known`: stored properties of the object that its owner has too, and what they are called there. Where no others are
    selected nothing is read.
    """
    reading = Joined(
        fragments,
        tuple((given or {}).items()),
        required,
        each,
        tuple((prepared or {}).items()),
        tuple((reach or {}).items()),
        table,
        tuple((telling or {}).items()),
        tuple((known or {}).items()),
    )
    return declared(reading, arguments)


def derived(function: Callable[..., Any], *needs: str) -> Any:
    """A leaf that is a pure function of stored properties (or variables of the scope).

    The function takes them as the driver gives them, None where there is none, and returns what goes into the
    answer as it is: something that JSON can hold, None only if the field is nullable.
    """
    return declared(Derived(function, needs))


def computed(*needs: str) -> Callable[[Callable[..., Any]], Any]:
    """A resolver on a type of the graph, whose `self` has the stored fields named here and no others.

    They come as Python has them (dates, members of enums); lists come as tuples.
    """
    return lambda resolver: strawberry.field(resolver, metadata={READING: Computed(needs)})


def constant(value: str | int | bool | tuple[()] | None, arguments: type[object] | None = None) -> Any:
    """A field that is the same for every object; an empty list is written `()`."""
    return declared(Constant(value), arguments)


def opaque(property: str) -> Any:
    """A stored value of which the client sees a token only; the type that has one is a placeholder."""
    return declared(Opaque(property))


def cursor() -> Any:
    """The cursor of an edge, made of the order of its connection's fragment."""
    return declared(Cursor())


def declared(reading: Reading, arguments: type[object] | None = None) -> Any:
    field: Any = strawberry.field(metadata={READING: reading})
    if arguments is not None:
        field.arguments = [
            StrawberryArgument(name, None, StrawberryAnnotation(hint), default=default(arguments, name))
            for name, hint in get_type_hints(arguments, include_extras=True).items()
        ]
    return field


def default(arguments: type[object], name: str) -> Any:
    """An argument's default; None is left out, which means the same and isn't printed as `= null`."""
    value = getattr(arguments, name, None)
    return strawberry.UNSET if value is None else value


@dataclass(slots=True)  # not frozen, which takes twice as long: there may be thousands
class Refs:
    """Ids that a resolver hands over; the planner reads what is selected of them."""

    cls: type
    ids: tuple[str, ...]
    many: bool


def ref(cls: type[T], id: str) -> T:
    """The object of this id, of a type or interface whose scope (or whose types' scopes) has `refs`."""
    return cast(T, Refs(cls, (id,), many=False))


def refs(cls: type[T], ids: Sequence[str]) -> list[T]:
    """The objects of these ids, in this order."""
    return cast(list[T], Refs(cls, tuple(ids), many=True))
