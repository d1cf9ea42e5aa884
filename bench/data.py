"""The data that benchmarks run on: customers in families and organisations, all seven edge types, dates on most."""

from random import Random

from bench import business, families
from bench.records import EACH, Records

CUSTOMERS, SEED = 100_000, 7
ACCOUNTS, HUBS, OLD_FAMILIES, STAFF = 0.15, 1 / 1000, 0.1, 1 / 500
MEMBERSHIPS, SERVED, REPRESENTED, GROUPS = 0.45, 0.25, 0.05, 0.01
"""How many of each there are for a customer."""


def records(customers: int = CUSTOMERS, seed: int = SEED, made: Records | None = None) -> Records:
    """So many customers and `EACH` times as many relationships; a seed always gives the same. At least 50 customers.

    They are added to `made`, which has nothing yet, if that is given; of parties it need keep no more than the kind,
    and what is given of a family name.
    """
    random, made = Random(seed), Records() if made is None else made
    hubs, old = int(customers * HUBS), int(customers * OLD_FAMILIES)
    accounts = business.found(made, int(customers * ACCOUNTS) - hubs, random)
    consumers = range(len(accounts), customers - hubs)
    couples = families.populate(made, old, families.OLD, random)
    couples += families.populate(made, len(consumers) - old, families.RECENT, random)
    families.house(made, couples, int(customers * MEMBERSHIPS), random)
    business.oversee(made, accounts, random)
    staff = business.employ(made, max(3, int(customers * STAFF)), random)
    business.serve(made, staff, int(customers * SERVED), random)
    business.represent(made, consumers, int(customers * REPRESENTED), random)
    business.group(made, consumers, max(1, int(customers * GROUPS)), random)
    business.gather(made, business.found(made, hubs, random), consumers, random)
    business.link(made, consumers, accounts, customers * EACH, random)
    return made
