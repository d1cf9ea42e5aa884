"""People of GEDCOM as consumers (SPEC 1.3)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ged4py.model import Record

from domain.consumers import MOST_LISTED, Gender
from domain.gedcom_names import names
from domain.gedcom_records import Day, at, dated, happened, leave, line, line_of, of_tag, reference, references
from domain.gedcom_remarks import Tell, quoted
from domain.partial_dates import UNKNOWN
from domain.parties import Party, PartyKind, camel, new_party
from domain.refusals import InvalidValue, Place, Refused

GENDERS = {"M": Gender.MALE, "F": Gender.FEMALE, "X": Gender.OTHER, "U": Gender.UNKNOWN, "": Gender.UNKNOWN}
LONGEST_EVENT = 100
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


@dataclass(frozen=True)
class Bond:
    """What one side says of a child's tie to the husband and to the wife of a family, in GEDCOM's words, or nothing.

    `line` is the number of the line that says that there is a tie.
    """

    husband: str = ""
    wife: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Person:
    """A person of a file: `given` are a consumer's fields, `bonds` the families it is a child of.

    `line` is where it stands, `partner_in` names families with the lines that name them.
    """

    xref: str
    given: Mapping[str, object]
    bonds: Mapping[str, Bond]
    line: int = field(default=0, compare=False)
    partner_in: Mapping[str, int] = field(default_factory=dict, compare=False)


def person(record: Record, written: date, tell: Tell) -> tuple[Person, Counter[str]]:
    """The person of an INDI record, and what of it is not taken, by tag; `written` is the day of the file."""
    left = Counter[str]()
    given = names(record, left)
    born = dated([event for event in of_tag(record, "BIRT") if happened(event)], tell, left)
    died = dated([event for event in of_tag(record, "DEAT") if happened(event)], tell, left)
    events = life_events(record, written, tell, left)
    for name, when in (("Birth", born), ("Death", died)):
        events += [in_words(name, day, written, tell) for day in when.in_words]
    left["other names beyond 50"] += cut(given.get("other_names"))
    left["life events beyond 50"] += cut(events)
    gender = GENDERS.get(line_of(record, "SEX").upper())
    fields = {
        **given,
        "gender": (gender or Gender.UNKNOWN).value,
        "birth_date": born.date,
        "deceased": any(happened(event) for event in of_tag(record, *DEATHS)) or None,
        "death_date": died.date,
        "email": line_of(record, "EMAIL"),
        "phone": line_of(record, "PHON"),
        "life_events": events,
    }
    left["SEX"] += gender is None
    for tag in ("EMAIL", "PHON"):
        left[f"another {tag}"] += max(0, len(of_tag(record, tag)) - 1)
    for sub in of_tag(record, "FAMC", "FAMS"):
        leave(sub, left, "PEDI")
    left.update(str(sub.tag) for sub in record.sub_records if sub.tag not in TAKEN)
    xref = (record.xref_id or "").strip("@")
    taken = {name: value for name, value in fields.items() if value}
    return Person(xref, taken, bonds(record), at(record), references(record, "FAMS")), +left


def life_events(record: Record, written: date, tell: Tell, left: Counter[str]) -> list[dict[str, object]]:
    """The dated events of a life beside birth and death; what of events is not taken is counted in `left`."""
    events: list[dict[str, object]] = []
    for sub in (sub for sub in record.sub_records if sub.tag in EVENTS):
        lost = Counter[str]()
        when = dated([sub], tell, lost)
        name = EVENTS[str(sub.tag)] or line_of(sub, "TYPE") or line(sub)
        if (when.date or when.in_words) and name and happened(sub):
            events += [in_words(name, day, written, tell) for day in when.in_words]
            if not when.in_words:
                events.append({"name": name, "date": when.date, "yearly": False})
            used = {"EVEN TYPE": 1, "EVEN text": not line_of(sub, "TYPE")}
            left += lost - Counter(used if sub.tag == "EVEN" else {}) - Counter(adoption(sub))
        elif adoption(sub):
            left += lost - Counter(adoption(sub))
        else:
            left[str(sub.tag)] += 1
    return events


def in_words(name: str, day: Day, written: date, tell: Tell) -> dict[str, object]:
    """The life event that keeps what is said in words of a date, for which consumers have no field.

    Where the words are all there is, the event at least lies before the day of the file.
    """
    text = f"{name}: {day.words}"
    tell(day.line, f"DATE in words kept as a life event: {quoted(text)}")
    return {
        "name": text if len(text) <= LONGEST_EVENT else f"{text[: LONGEST_EVENT - 3]}...",
        "date": day.date or f"{UNKNOWN}/{written.isoformat()}",
        "yearly": False,
    }


def cut(listed: object) -> int:
    """Cuts a list to what a consumer can have; how many were too many."""
    too_many = listed[MOST_LISTED:] if isinstance(listed, list) else []
    if isinstance(listed, list):
        del listed[MOST_LISTED:]
    return len(too_many)


def bonds(record: Record) -> dict[str, Bond]:
    """What a person says of the families it is a child of: by PEDI, else by an adoption that names the family."""
    found: dict[str, Bond] = {}
    for sub in of_tag(record, "FAMC"):
        if family := reference(sub):
            word = line_of(sub, "PEDI")
            found.setdefault(family, Bond(word, word, at(sub)))
    for event in of_tag(record, "ADOP"):
        for sub in of_tag(event, "FAMC"):
            family, by = reference(sub), line_of(sub, "ADOP").upper()
            if family and found.get(family, Bond()) == Bond():
                found[family] = Bond("" if by == "WIFE" else "adopted", "" if by == "HUSB" else "adopted", at(sub))
    return found


def adoption(event: Record) -> list[str]:
    """What of an event tells who adopted, as `dated` would count it."""
    return [f"ADOP {sub.tag}" for sub in of_tag(event, "FAMC")] if event.tag == "ADOP" else []


def admitted(one: Person, system: str, country: str, tell: Tell) -> tuple[Party | None, Counter[str]]:
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
                    tell(one.line, "INDI left out: its reference is too long, or none")
                    return None, Counter(["INDI: its reference is too long, or none"])
                reason = refusal.reason if isinstance(refusal, InvalidValue) else refusal.message
                left[f"{field}: {reason}"] += 1
                tell(one.line, f"{field} left out: {reason}")
                given = without(given, field, tuple(rest))


def without(given: Mapping[str, object], field: str, rest: Place) -> dict[str, object]:
    """The fields less what was refused: an item of a list where the place names one, else the whole field."""
    name = next(name for name in given if camel(name) == field)
    value = given[name]
    if rest and isinstance(value, list):
        return {**given, name: [item for index, item in enumerate(value) if str(index) != rest[0]]}
    return {other: value for other, value in given.items() if other != name}
