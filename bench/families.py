"""Consumers: families of so many generations, who are children, partners and parents, and live in households."""

from dataclasses import dataclass, replace
from random import Random

from bench import names
from bench.records import Draft, Records, Tie, about, day
from domain.parties import PartyKind
from domain.texts import fold

YEARS_APART, THIS_YEAR, OLDEST = 28, 2025, 88
PAIRED, MOST_CHILDREN, ADOPTED, PARTED, ADULT = 0.85, 4, 0.03, 0.1, 21


@dataclass(frozen=True)
class Age:
    """How old families are: so many generations, the first of which was born from a year on."""

    generations: int
    first_year: int


RECENT, OLD = Age(5, 1895), Age(10, 1745)


@dataclass
class Person:
    """A consumer by place, with what the records of the family hang on."""

    place: int
    family_name: str
    born: int
    died: int | None


@dataclass
class Couple:
    """Two partners, since a year, and their children."""

    partners: tuple[Person, Person]
    since: int
    children: list[Person]


def populate(records: Records, consumers: int, age: Age, random: Random) -> list[Couple]:
    """Adds so many consumers in families; answers the couples, the oldest first."""
    couples = list[Couple]()
    generation = [founder(records, age, random) for _ in range(max(2, consumers // age.generations))]
    left = consumers - len(generation)
    while left > 0:
        children = list[Person]()
        for one, other in pairs(generation, random):
            couple = wed(records, one, other, random)
            couples.append(couple)
            for _ in range(min(random.randint(0, MOST_CHILDREN) + (random.random() < 0.4), left - len(children))):
                couple.children.append(born(records, couple, random))
            children += couple.children
        left -= len(children)
        generation = children or [founder(records, age, random) for _ in range(min(left, 10))]
        left -= 0 if children else len(generation)
    return couples


def pairs(generation: list[Person], random: Random) -> list[tuple[Person, Person]]:
    """Most of a generation who are old enough, two by two; nobody marries into a family of the same name."""
    adults = [person for person in generation if person.born <= THIS_YEAR - ADULT]
    shuffled = random.sample(adults, int(len(adults) * PAIRED))
    return [
        (one, other)
        for one, other in zip(shuffled[::2], shuffled[1::2], strict=False)
        if one.family_name != other.family_name
    ]


def founder(records: Records, age: Age, random: Random) -> Person:
    """Somebody whose parents nobody knows."""
    return person(records, names.family_name(random), age.first_year + random.randint(0, 9), random)


def born(records: Records, couple: Couple, random: Random) -> Person:
    """A child of a couple, one in a few adopted."""
    eldest = max(partner.born for partner in couple.partners)
    child = person(records, couple.partners[0].family_name, eldest + YEARS_APART + random.randint(-8, 8), random)
    adopted = random.random() < ADOPTED
    for parent in couple.partners:
        records.tie(
            Tie(
                "PARENT",
                parent.place,
                child.place,
                valid_from=about(child.born + random.randint(1, 5), random) if adopted else None,
                pedigree="ADOPTIVE" if adopted else "BIRTH",
            )
        )
    return child


def wed(records: Records, one: Person, other: Person, random: Random) -> Couple:
    """Two who marry; some part, the others stay together until one dies."""
    since = max(one.born, other.born) + random.randint(19, 21)
    ends = [year for year in (one.died, other.died) if year and year > since]
    if random.random() < PARTED:
        ends.append(since + random.randint(2, 20))
    until = min(ends, default=None)
    over = about(until, random) if until and until <= THIS_YEAR else None
    records.tie(Tie("SPOUSE", one.place, other.place, valid_from=about(since, random), valid_to=over))
    return Couple((one, other), since, [])


def person(records: Records, family_name: str, year: int, random: Random) -> Person:
    """A consumer; who lives can be reached, those of old left only their names."""
    born = min(year, THIS_YEAR)
    gender = random.choice(tuple(names.GIVEN))
    died = born + random.randint(45, OLDEST)
    given: dict[str, object] = {
        "given_name": names.given_name(gender, random),
        "family_name": family_name,
        "gender": gender,
        "birth_date": about(born, random),
    }
    if died <= THIS_YEAR:
        given["death_date"] = about(died, random)
    else:
        given |= reachable(given, len(records.parties), random)
    if random.random() < 0.05:
        given["other_names"] = [{"kind": "FORMER", "text": names.family_name(random)}]
    if random.random() < 0.3:
        given["external_ids"] = [{"system": "crm", "value": f"C-{len(records.parties):07}"}]
    place = records.add(Draft(PartyKind.CONSUMER, given))
    return Person(place, family_name, born, died if died <= THIS_YEAR else None)


def reachable(given: dict[str, object], place: int, random: Random) -> dict[str, object]:
    """Ways to reach somebody."""
    home = names.address(random)
    found: dict[str, object] = {"address": home}
    if random.random() < 0.8:
        found["phone"] = names.phone(home["country"], random)
    if random.random() < 0.7:
        who = fold(f"{given['given_name']} {given['family_name']}")
        dotted = ".".join("".join(c if c.isascii() and c.isalnum() else " " for c in who).split())
        found["email"] = f"{dotted or 'mail'}{place}@mail.example"
    return found


def house(records: Records, couples: list[Couple], memberships: int, random: Random) -> None:
    """Households of the youngest couples with children, until there are so many memberships; grown children left.

    One of a couple who lives is head. Of two households of somebody the one of his or her own is primary.
    """
    housed = set[int]()
    for couple in reversed(couples):
        if memberships <= 0:
            return
        if not couple.children or all(partner.died for partner in couple.partners):
            continue
        name = f"{random.choice(('The', 'Familie', 'Famille'))} {couple.partners[0].family_name}"
        household = records.add(Draft(PartyKind.HOUSEHOLD, {"name": name, "address": names.address(random)}))
        since = min(couple.since, THIS_YEAR)
        head = next(partner for partner in couple.partners if not partner.died)
        for partner, role in zip(couple.partners, ("HEAD_OF_FAMILY", "PARTNER"), strict=True):
            over = day(max(partner.died, since + 1), random) if partner.died else None
            place = member(partner, household, day(since, random), over, role)
            records.tie(replace(place, head=partner is head, primary=partner.place not in housed))
            housed.add(partner.place)
        for child in couple.children:
            grown = child.born + random.randint(18, 30)
            over = day(grown, random) if grown <= THIS_YEAR else None
            place = member(child, household, day(max(child.born, since), random), over, "CHILD")
            records.tie(replace(place, primary=child.place not in housed))
            housed.add(child.place)
        memberships -= 2 + len(couple.children)


def member(person: Person, household: int, since: str, over: str | None, role: str) -> Tie:
    """Somebody's place in a household; over sooner than begun is over the next day but one."""
    if over and over <= since:
        over = None
    return Tie("HOUSEHOLD_MEMBER", person.place, household, valid_from=since, valid_to=over, role=role)
