"""A family tree of any size as a GEDCOM file, made up from a seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

GIVEN = {
    "M": ("John", "Carl", "José", "Émile", "Søren", "Igor", "Henry", "Anton", "Luís", "Paul"),
    "F": ("Ann", "Zoé", "Maria", "Ingrid", "Chloë", "Rosa", "Jane", "Eve", "Olga", "Þóra"),
}
FAMILY = ("Bell", "Müller", "Dean", "García", "Ångström", "Novák", "Ost", "O'Brien", "de Vries", "Skłodowski")
PLACES = ("Leeds, Yorkshire, England", "Graz, Steiermark, Austria", "Boston, Massachusetts, USA", "Lyon, France")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
FOUNDERS_IN, FIRST_YEAR, LAST_YEAR, MOST_CHILDREN = 50, 1600, 2020, 6


@dataclass
class Person:
    """One of the tree; families by their numbers."""

    number: int
    sex: str
    family_name: str
    born: int
    child_of: int | None
    partner_in: list[int] = field(default_factory=list)


@dataclass
class Family:
    """A couple and its children."""

    number: int
    husband: Person
    wife: Person
    children: list[Person] = field(default_factory=list)


def families(people: int, seed: int) -> Iterator[str]:
    """The lines, without their ends, of a GEDCOM 5.5.1 file in UTF-8 of so many people; a seed always gives the same.

    One in fifty has no parents in the file; of each generation all who find one have a partner, most are married, and
    couples have up to six children. That makes some 2.3 relationships for each person, and for 100,000 people 15
    generations.
    """
    random = Random(seed)
    everybody, couples = tree(people, random)
    yield from ("0 HEAD", "1 SOUR Kith", "1 GEDC", "2 VERS 5.5.1", "2 FORM LINEAGE-LINKED", "1 CHAR UTF-8")
    for person in everybody:
        yield from individual(person, random)
    for couple in couples:
        yield from family(couple, random)
    yield "0 TRLR"


def tree(people: int, random: Random) -> tuple[list[Person], list[Family]]:
    """The people of a tree, generation by generation, and its couples."""
    everybody = list[Person]()
    couples = list[Family]()

    def born(year: int, parents: Family | None) -> Person:
        name = parents.husband.family_name if parents else random.choice(FAMILY)
        person = Person(len(everybody) + 1, random.choice("MF"), name, year, parents.number if parents else None)
        everybody.append(person)
        return person

    generation = [born(FIRST_YEAR + random.randrange(10), None) for _ in range(min(people, 2 + people // FOUNDERS_IN))]
    while len(everybody) < people:
        children = list[Person]()
        for husband, wife in pairs(generation, random):
            couple = Family(len(couples) + 1, husband, wife)
            couples.append(couple)
            for partner in (husband, wife):
                partner.partner_in.append(couple.number)
            for _ in range(min(random.randint(0, MOST_CHILDREN), people - len(everybody))):
                couple.children.append(born(wife.born + random.randint(18, 40), couple))
            children += couple.children
        generation = children or [born(FIRST_YEAR, None) for _ in range(min(10, people - len(everybody)))]
    return everybody, couples


def pairs(generation: Sequence[Person], random: Random) -> Iterator[tuple[Person, Person]]:
    """Men and women of a generation, paired at random as far as they go."""
    sides = [[person for person in generation if person.sex == sex] for sex in "MF"]
    for side in sides:
        random.shuffle(side)
    return zip(*sides, strict=False)


def individual(person: Person, random: Random) -> Iterator[str]:
    """The lines of a person."""
    yield f"0 @I{person.number}@ INDI"
    yield f"1 NAME {random.choice(GIVEN[person.sex])} /{person.family_name}/"
    yield f"1 SEX {person.sex}"
    yield from ("1 BIRT", f"2 DATE {day(person.born, random)}", f"2 PLAC {random.choice(PLACES)}")
    if person.born + 90 < LAST_YEAR:
        yield from ("1 DEAT", f"2 DATE {day(person.born + random.randint(41, 90), random)}")
    if person.number % 10 == 0:
        yield from ("1 NOTE Found in the register of the parish,", "2 CONT and in letters.")
    if person.child_of:
        yield f"1 FAMC @F{person.child_of}@"
    yield from (f"1 FAMS @F{number}@" for number in person.partner_in)


def family(couple: Family, random: Random) -> Iterator[str]:
    """The lines of a couple and its children."""
    yield from (f"0 @F{couple.number}@ FAM", f"1 HUSB @I{couple.husband.number}@", f"1 WIFE @I{couple.wife.number}@")
    if random.random() < 0.9:
        yield from ("1 MARR", f"2 DATE {day(couple.wife.born + 17, random)}", f"2 PLAC {random.choice(PLACES)}")
    yield from (f"1 CHIL @I{child.number}@" for child in couple.children)


def day(year: int, random: Random) -> str:
    """A date in a year: most are of a day, some are only about."""
    if random.random() < 0.1:
        return f"ABT {year}"
    return f"{random.randint(1, 28)} {random.choice(MONTHS)} {year}"
