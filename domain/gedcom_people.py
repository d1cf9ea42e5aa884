"""People of GEDCOM as consumers (SPEC 1.3)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ged4py.model import Record

from domain.consumers import Gender
from domain.gedcom_names import names
from domain.gedcom_records import beside, dated, happened, line, line_of, of_tag, reference
from domain.parties import Party, PartyKind, camel, new_party
from domain.refusals import InvalidValue, Place, Refused

GENDERS = {"M": Gender.MALE, "F": Gender.FEMALE, "X": Gender.OTHER, "U": Gender.UNKNOWN, "": Gender.UNKNOWN}
DEATHS = ("DEAT", "BURI", "CREM")
EVENTS = {
    "CHR": "Christening",
    "BAPM": "Baptism",
    "BARM": "Bar Mitzvah",
    "BASM": "Bas Mitzvah",
    "FCOM": "First communion",
    "CONF": "Confirmation",
    "ADOP": "Adoption",
    "GRAD": "Graduation",
    "ORDN": "Ordination",
    "EMIG": "Emigration",
    "IMMI": "Immigration",
    "NATU": "Naturalization",
    "RETI": "Retirement",
    "EVEN": "",
}
"""Events that are life events where they have a date; EVEN is called what its TYPE says."""
TAKEN = {
    *("NAME", "NICK", "_AKA", "_MARNM", "ALIA", "TITL", "SEX", "BIRT", "DEAT"),
    *("EMAIL", "PHON", "FAMC", "FAMS", *EVENTS),
}

Pedigrees = tuple[str, str]
"""What a child says of its tie to the husband and to the wife of a family, in GEDCOM's words; empty: nothing."""


@dataclass(frozen=True)
class Person:
    """A person of a file: `given` are a consumer's fields, `pedigrees` the families it is a child of."""

    xref: str
    given: Mapping[str, object]
    pedigrees: Mapping[str, Pedigrees]


def person(record: Record) -> tuple[Person, Counter[str]]:
    """The person of an INDI record, and what of it is not taken, by tag."""
    given, left = names(record)
    born, lost = dated([event for event in of_tag(record, "BIRT") if happened(event)])
    left += lost
    died, lost = dated([event for event in of_tag(record, "DEAT") if happened(event)])
    left += lost
    events, lost = life_events(record)
    left += lost
    gender = GENDERS.get(line_of(record, "SEX").upper())
    fields = {
        **given,
        "gender": (gender or Gender.UNKNOWN).value,
        "birth_date": born,
        "deceased": any(happened(event) for event in of_tag(record, *DEATHS)) or None,
        "death_date": died,
        "email": line_of(record, "EMAIL"),
        "phone": line_of(record, "PHON"),
        "life_events": events,
    }
    left["SEX"] += gender is None
    for tag in ("EMAIL", "PHON"):
        left[f"another {tag}"] += max(0, len(of_tag(record, tag)) - 1)
    for sub in of_tag(record, "FAMC", "FAMS"):
        left += beside(sub, "PEDI")
    left += Counter(str(sub.tag) for sub in record.sub_records if sub.tag not in TAKEN)
    xref = (record.xref_id or "").strip("@")
    return Person(xref, {name: value for name, value in fields.items() if value}, pedigrees(record)), +left


def life_events(record: Record) -> tuple[list[dict[str, object]], Counter[str]]:
    """The dated events of a life beside birth and death, and what of events is not taken."""
    events: list[dict[str, object]] = []
    left: Counter[str] = Counter()
    for sub in of_tag(record, *EVENTS):
        text, lost = dated([sub])
        name = EVENTS[str(sub.tag)] or line_of(sub, "TYPE") or line(sub)
        if text and name and happened(sub):
            events.append({"name": name, "date": text, "yearly": False})
            used = {"EVEN TYPE": 1, "EVEN text": not line_of(sub, "TYPE")}
            left += lost - Counter(used if sub.tag == "EVEN" else {}) - Counter(adoption(sub))
        elif adoption(sub):
            left += lost - Counter(adoption(sub))
        else:
            left[str(sub.tag)] += 1
    return events, left


def pedigrees(record: Record) -> dict[str, Pedigrees]:
    """What a person says of the families it is a child of: by PEDI, else by an adoption that names the family."""
    found: dict[str, Pedigrees] = {}
    for sub in of_tag(record, "FAMC"):
        if family := reference(sub):
            word = line_of(sub, "PEDI")
            found.setdefault(family, (word, word))
    for event in of_tag(record, "ADOP"):
        for sub in of_tag(event, "FAMC"):
            family, by = reference(sub), line_of(sub, "ADOP").upper()
            if family and not any(found.get(family, ("", ""))):
                found[family] = ("" if by == "WIFE" else "adopted", "" if by == "HUSB" else "adopted")
    return found


def adoption(event: Record) -> list[str]:
    """What of an event tells who adopted, as `dated` would count it."""
    return [f"ADOP {sub.tag}" for sub in of_tag(event, "FAMC")] if event.tag == "ADOP" else []


def admitted(one: Person, system: str, country: str) -> tuple[Party | None, Counter[str]]:
    """A new consumer of what the rules accept of a person, and what they refuse, by field and reason.

    None where even its reference is refused: without it nothing could be related to it.
    """
    given: dict[str, object] = {**one.given, "external_ids": [{"system": system, "value": one.xref}]}
    left: Counter[str] = Counter()
    while True:
        try:
            return new_party(PartyKind.CONSUMER, given, country), left
        except Refused as refused:
            for refusal in refused.refusals:
                field, *rest = refusal.path
                if field == "externalIds":
                    return None, Counter(["INDI: its reference is too long, or none"])
                reason = refusal.reason if isinstance(refusal, InvalidValue) else refusal.message
                left[f"{field}: {reason}"] += 1
                given = without(given, field, tuple(rest))


def without(given: Mapping[str, object], field: str, rest: Place) -> dict[str, object]:
    """The fields less what was refused: an item of a list where the place names one, else the whole field."""
    name = next(name for name in given if camel(name) == field)
    value = given[name]
    if rest and isinstance(value, list):
        return {**given, name: [item for index, item in enumerate(value) if str(index) != rest[0]]}
    return {other: value for other, value in given.items() if other != name}
