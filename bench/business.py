"""Accounts and their hierarchies, staff who serve many, representatives, family accounts, looser ties, and hubs."""

from random import Random

from bench import names
from bench.records import Draft, Records, Tie, day
from domain.internal_users import Role
from domain.parties import PartyKind

SINCE, UNTIL = 1990, 2025
TODAY, CROWD = 110, (120, 160)
"""How many people a hub is related to: at least today, and in all."""


def found(records: Records, accounts: int, random: Random) -> range:
    """Adds so many accounts; answers their places."""
    first = len(records.parties)
    for place in range(first, first + accounts):
        legal_name, industry = names.firm(random)
        given: dict[str, object] = {
            "legal_name": legal_name,
            "industry": industry,
            "registration_number": f"FN {random.randint(10000, 999999)}{random.choice('abcdfghikp')}",
            "email": f"office{place}@firm.example",
            "address": names.address(random),
            "phone": names.phone("US", random),
        }
        if random.random() < 0.3:
            given["external_ids"] = [{"system": "erp", "value": f"A-{place:07}"}]
        records.add(Draft(PartyKind.ACCOUNT, given))
    return range(first, first + accounts)


def employ(records: Records, staff: int, random: Random) -> range:
    """Adds so many of the staff; answers their places."""
    first = len(records.parties)
    for place in range(first, first + staff):
        name = f"{names.given_name(random.choice(tuple(names.GIVEN)), random)} {names.family_name(random)}"
        roles = random.sample([Role.AGENT, Role.RELATIONSHIP_AGENT, Role.MANAGER, Role.ANALYST], 2)
        roles = list({*roles, Role.RELATIONSHIP_AGENT})  # anybody may come to serve somebody
        given = {"name": name, "login": f"staff{place}@kith.example", "roles": roles, "location": "Boston"}
        records.add(Draft(PartyKind.INTERNAL_USER, given))
    return range(first, first + staff)


def oversee(records: Records, accounts: range, random: Random) -> None:
    """Head offices: trees of four in five accounts, each below one of the ten before it."""
    for place in accounts[1:]:
        if random.random() < 0.8:
            above = random.randint(max(accounts[0], place - 10), place - 1)
            records.tie(Tie("HEAD_OFFICE", above, place, valid_from=period(random)[0]))


def serve(records: Records, staff: range, how_many: int, random: Random) -> None:
    """Staff who serve parties: the first few of the staff serve most of them, and so are hubs."""
    teams = {
        PartyKind.ACCOUNT: ("ACCOUNT_TEAM", "ACCOUNT_MANAGER"),
        PartyKind.CONSUMER: ("CONSUMER_TEAM", "RELATIONSHIP_MANAGER"),
        PartyKind.HOUSEHOLD: ("HOUSEHOLD_TEAM", "RELATIONSHIP_MANAGER"),
    }
    for _ in range(how_many):
        served = random.randrange(staff[0])
        team = teams.get(records.parties[served].kind)
        if team:
            server = staff[int(len(staff) * random.random() ** 3)]
            start, end = period(random)
            records.tie(Tie(team[0], server, served, start, end, responsibility=team[1]))


def represent(records: Records, consumers: range, how_many: int, random: Random) -> None:
    """Consumers who represent others."""
    for _ in range(how_many):
        start, end = period(random)
        one, other = random.choice(consumers), random.choice(consumers)
        records.tie(Tie("REPRESENTATIVE", one, other, start, end, responsibility="AUTHORIZED_REPRESENTATIVE"))


def group(records: Records, consumers: range, how_many: int, random: Random) -> None:
    """Family accounts of two to five."""
    for _ in range(how_many):
        members = random.sample(consumers, random.randint(2, min(5, len(consumers))))
        name = f"{records.parties[members[0]].given['family_name']} family account"
        place = records.add(Draft(PartyKind.GROUP, {"name": name}, of="FAMILY_ACCOUNT"))
        for index, member in enumerate(members):
            role = "MEMBER" if index else "OWNER"
            records.tie(Tie("FAMILY_ACCOUNT", member, place, valid_from=period(random)[0], role=role))


def gather(records: Records, hubs: range, consumers: range, random: Random) -> None:
    """People around accounts that nobody else is related to, such as associations: their contacts, a few invest."""
    for hub in hubs:
        for number, person in enumerate(random.sample(consumers, min(random.randint(*CROWD), len(consumers)))):
            start, end = period(random)
            type = "CONTACT" if random.random() < 0.9 else "INVESTOR"
            records.tie(Tie(type, person, hub, start, end if number >= TODAY else None))


def link(records: Records, consumers: range, accounts: range, in_all: int, random: Random) -> None:
    """Friends, contacts, investors and subsidiaries, until there are so many relationships in all."""
    while len(records.ties) < in_all:
        person, account, start_end = random.choice(consumers), random.choice(accounts), period(random)
        match random.randrange(4):
            case 0:
                records.tie(Tie("FRIEND", person, random.choice(consumers), *start_end))
            case 1:
                records.tie(Tie("CONTACT", person, account, *start_end))
            case 2:
                records.tie(Tie("INVESTOR", random.choice((person, random.choice(accounts))), account, *start_end))
            case 3:
                records.tie(Tie("SUBSIDIARY", random.choice(accounts), account, *start_end))


def period(random: Random) -> tuple[str, str | None]:
    """Since a day of the last decades; every fourth is over."""
    start = random.randint(SINCE, UNTIL - 1)
    end = day(random.randint(start + 1, UNTIL), random) if random.random() < 0.25 else None
    return day(start, random), end
