"""Names of GEDCOM as a consumer's names (SPEC 1.3)."""

import re
from collections import Counter
from dataclasses import dataclass

from ged4py.model import NameRec, Record

from domain.consumers import OtherNameKind
from domain.gedcom_records import leave, line, line_of, of_tag
from domain.texts import fold

KINDS = {
    "maiden": OtherNameKind.FORMER,
    "birth": OtherNameKind.FORMER,
    "former": OtherNameKind.FORMER,
    "nick": OtherNameKind.NICKNAME,
    "nickname": OtherNameKind.NICKNAME,
    "": OtherNameKind.ALIAS,
    "aka": OtherNameKind.ALIAS,
    "alias": OtherNameKind.ALIAS,
    "also known as": OtherNameKind.ALIAS,
    "professional": OtherNameKind.ALIAS,
    "religious": OtherNameKind.RELIGIOUS,
}
"""By the name's TYPE; any other, "married" and "immigrant" among them, is OTHER."""
BELOW = {"NICK": OtherNameKind.NICKNAME, "_AKA": OtherNameKind.ALIAS, "_MARNM": OtherNameKind.OTHER}
PARTS = ("NPFX", "GIVN", "SPFX", "SURN", "NSFX")
GENERATION = re.compile(r"(jr|sr|junior|senior|[ivx]+)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """The parts of one name, each may be empty; `maiden` is a family name before the present one."""

    prefix: str
    given: str
    family: str
    suffix: str
    maiden: str

    @property
    def text(self) -> str:
        """The name as it is said."""
        return " ".join(part for part in (self.prefix, self.given, self.family, self.suffix) if part)


def names(person: Record, left: Counter[str]) -> dict[str, object]:
    """A consumer's fields for all the names of a person; what of them is not taken is counted in `left`.

    The first name without a TYPE is the present one, else the first; a TITL like "Jr." or "III" is its suffix.
    """
    records = [record for record in of_tag(person, "NAME") if isinstance(record, NameRec)]
    first = next((record for record in records if not line_of(record, "TYPE")), records[0] if records else None)
    name = parts(first) if first else Name("", "", "", "", "")
    suffix = titles(person, name, left)
    others: dict[str, tuple[str, str]] = {}

    def also(text: str, kind: OtherNameKind) -> None:
        if text and fold(text) not in {fold(name.text), fold(name.family)}:
            others.setdefault(fold(text), (kind.value, text))

    if name.maiden:
        also(" ".join(part for part in (name.given, name.maiden) if part), OtherNameKind.FORMER)
    for record in records:
        if record is not first:
            also(parts(record).text, KINDS.get(line_of(record, "TYPE").casefold(), OtherNameKind.OTHER))
    holders: list[Record] = [*records, person]
    for sub in (sub for holder in holders for sub in of_tag(holder, *BELOW)):
        also(clean(line(sub)), BELOW[str(sub.tag)])
    for sub in of_tag(person, "ALIA"):
        also(clean(line(sub)), OtherNameKind.ALIAS)
        left["ALIA"] += not line(sub)
    for record in records:
        leave(record, left, *PARTS, *BELOW, "TYPE")
        leave_unsaid(record, left)
    fields = {
        "prefix": name.prefix,
        "given_name": name.given,
        "family_name": name.family,
        "suffix": suffix,
        "other_names": [{"kind": kind, "text": text} for kind, text in others.values()],
    }
    return {field: value for field, value in fields.items() if value}


def parts(record: NameRec) -> Name:
    """The parts of a NAME: its value, where family names stand between slashes, and the parts below for what it lacks.

    What follows the family name is a suffix, unless no given name stands before it.
    """
    value = [clean(str(part)) for part in record.value or ()]
    before, family, after, maiden = (*value, "", "", "", "")[:4]
    below = {tag: clean(line_of(record, tag)) if record.sub_records else "" for tag in PARTS}
    prefix, suffix = below["NPFX"], below["NSFX"]
    given = (before or after).removeprefix(f"{prefix} " if prefix else "")
    if before and after and not suffix:
        suffix = after
    elif before and after and fold(after) != fold(suffix):
        given = f"{given} {after}"
    spelled_out = " ".join(part for part in (below["SPFX"], below["SURN"]) if part)
    return Name(prefix, given or below["GIVN"], family or spelled_out, suffix, maiden)


def titles(person: Record, name: Name, left: Counter[str]) -> str:
    """The name's suffix, from a title if it has none; titles that are not taken are counted in `left`.

    Programs of old have no suffix and put "Jr." here; a title of nobility is not part of a name for us.
    """
    suffix = name.suffix
    for sub in of_tag(person, "TITL"):
        title = clean(line(sub))
        if not suffix and GENERATION.fullmatch(title):
            suffix = title
        elif fold(title) not in {fold(name.prefix), fold(suffix)}:
            left["TITL"] += 1
        leave(sub, left)
    return suffix


def leave_unsaid(record: NameRec, left: Counter[str]) -> None:
    """Counts given and family names spelled out below a NAME that its value does not have."""
    if spelled_out := of_tag(record, "GIVN", "SURN"):
        name = parts(record)
        said = set(fold(f"{name.text} {name.maiden}").split())
        for sub in spelled_out:
            left[f"NAME {sub.tag}"] += bool(set(fold(clean(line(sub)).replace(",", " ")).split()) - said)


def clean(text: str) -> str:
    """A part of a name on its own; a slash only marks where it began or ended."""
    return " ".join(text.replace("/", " ").split())
