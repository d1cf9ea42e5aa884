"""Names that people, organisations and places might have, in several languages, some more frequent than others."""

from random import Random

GIVEN = {
    "FEMALE": (
        *("Anna", "Maria", "Zoë", "Chloé", "Ingrid", "Margarethe", "Jane", "Siobhán", "Łucja", "Renée", "Ida", "Sofía"),
        *(
            "Françoise",
            "Elizabeth",
            "Catherine",
            "Olga",
            "Yasmin",
            "Mei",
            "Þóra",
            "Ana Lucía",
            "Ruth",
            "Käthe",
            "Beatriz",
        ),
        *("Charlotte", "Agnieszka", "Nóra", "Helga", "Priya", "Amélie", "Johanna", "Teresa", "Žofia", "Grace", "Leïla"),
    ),
    "MALE": (
        *("John", "José", "Émile", "Søren", "Igor", "Heinrich", "Anton", "Luís", "Paul", "Michał", "Björn", "Matthew"),
        *("François", "Alexander", "Thomas", "Nguyễn", "Omar", "Wei", "Óscar", "Jean-Luc", "David", "Jörg", "Ramón"),
        *(
            "William",
            "Stanisław",
            "István",
            "Günther",
            "Arjun",
            "Benoît",
            "Johannes",
            "Pietro",
            "Tomáš",
            "Henry",
            "René",
        ),
    ),
}
FREQUENT = (
    *("Müller", "García", "Smith", "O'Brien", "de Vries", "Skłodowski", "Novák", "Nagy", "Ångström", "Silva", "Rossi"),
    *(
        "Lefèvre",
        "Johnson",
        "Schröder",
        "Fernández",
        "Kowalczyk",
        "Williams",
        "Gruber",
        "Özdemir",
        "Nguyen",
        "D'Angelo",
    ),
)
BEGINNINGS = (
    *("Berg", "Lind", "Sand", "Holm", "Grün", "Stein", "Wald", "Kirch", "Nord", "Öster", "Ahl", "Rosen", "Hag", "Ek"),
    *("Brand", "Falk", "Gyllen", "Häll", "Krön", "Mar", "Neu", "Ost", "Palm", "Quast", "Rühl", "Sjö", "Tann", "Ulm"),
    *(
        "Wein",
        "Zimmer",
        "Alt",
        "Born",
        "Dorn",
        "Eich",
        "Frei",
        "Gold",
        "Hoch",
        "Jung",
        "Klein",
        "Lager",
        "Moos",
        "Vest",
    ),
)
ENDINGS = (
    *(
        "ström",
        "qvist",
        "mann",
        "berg",
        "er",
        "sson",
        "sen",
        "gren",
        "feld",
        "bauer",
        "hofer",
        "thal",
        "lund",
        "meister",
    ),
    *("wald", "bach", "müller", "stedt", "vik", "dahl", "haus", "inger", "egger", "blad", "kamp", "ner"),
)
MIDDLES = ("", "", "", "A.", "J.", "M.")
FIRMS = (
    *("Alpine", "Baltic", "Côte", "Danube", "Elbe", "First", "Garonne", "Harbour", "Isar", "Jura", "Nordic", "Ostsee"),
    *(
        "Pacific",
        "Quartz",
        "Rhône",
        "Saône",
        "Tatra",
        "United",
        "Vistula",
        "Weser",
        "Yorkshire",
        "Zürich",
        "Amber",
        "Crown",
    ),
)
TRADES = {
    "Shipping": "Transport",
    "Press": "Publishing",
    "Holding": "Investment",
    "Bank": "Finance",
    "Brewery": "Food",
    "Bakeries": "Food",
    "Steel": "Manufacturing",
    "Instruments": "Manufacturing",
    "Pharma": "Health",
    "Energy": "Energy",
    "Textiles": "Manufacturing",
    "Consulting": "Services",
    "Insurance": "Finance",
    "Software": "Technology",
}
FORMS = ("GmbH", "AG", "Ltd", "Inc.", "S.A.", "AB", "B.V.", "Sp. z o.o.", "S.p.A.", "& Co")
CITIES = (
    *(
        ("Wien", "AT"),
        ("Graz", "AT"),
        ("Zürich", "CH"),
        ("München", "DE"),
        ("Köln", "DE"),
        ("Lyon", "FR"),
        ("Boston", "US"),
    ),
    *(("Leeds", "GB"), ("Kraków", "PL"), ("Malmö", "SE"), ("Århus", "DK"), ("Chicago", "US"), ("Bilbao", "ES")),
)
STREETS = ("Main Street", "Hauptstraße", "Rue de l'Église", "Storgatan", "Calle Mayor", "Mill Lane", "Długa")
NUMBERS = {
    "AT": ("+43664", 7),
    "CH": ("+4179", 7),
    "DE": ("+49151", 8),
    "FR": ("+336", 8),
    "US": ("+1617", 7),
    "GB": ("+4479", 8),
    "PL": ("+4860", 7),
    "SE": ("+4670", 7),
    "DK": ("+4531", 6),
    "ES": ("+346", 8),
}
"""How mobile numbers of a country begin, and how many digits follow."""


def family_name(random: Random) -> str:
    """Every third is of a few that are frequent, the rest are of a thousand."""
    if random.random() < 0.33:
        return random.choice(FREQUENT)
    return random.choice(BEGINNINGS) + random.choice(ENDINGS)


def given_name(gender: str, random: Random) -> str:
    """One name, or one and an initial."""
    return f"{random.choice(GIVEN[gender])} {random.choice(MIDDLES)}".strip()


def address(random: Random) -> dict[str, str]:
    """A street in a city, as a client gives it."""
    city, country = random.choice(CITIES)
    street = f"{random.choice(STREETS)} {random.randint(1, 240)}"
    return {"street": street, "city": city, "postal_code": f"{random.randint(1000, 99999)}", "country": country}


def phone(country: str, random: Random) -> str:
    """A mobile number of a country, in E.164."""
    start, digits = NUMBERS[country]
    return f"{start}{random.randrange(10 ** (digits - 1), 10**digits)}"


def firm(random: Random) -> tuple[str, str]:
    """The legal name of an organisation, and its industry."""
    trade = random.choice(tuple(TRADES))
    partner = f" {family_name(random)}" if random.random() < 0.4 else ""
    return f"{random.choice(FIRMS)}{partner} {trade} {random.choice(FORMS)}", TRADES[trade]
