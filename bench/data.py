"""The data that benchmarks run on: customers in families and organisations, all seven edge types, dates on most."""

from random import Random

from bench import business, families
from bench.records import EACH, Records

CUSTOMERS, SEED = 100_000, 7
ACCOUNTS, STAFF, MEMBERSHIPS, SERVED, REPRESENTED, GROUPS = 0.15, 1 / 500, 0.45, 0.25, 0.05, 0.01
"""How many of each there are for a customer."""


def records(customers: int = CUSTOMERS, seed: int = SEED) -> Records:
    """So many customers and `EACH` times as many relationships; a seed always gives the same. At least 50 customers."""
    random, made = Random(seed), Records()
    accounts = business.found(made, int(customers * ACCOUNTS), random)
    couples = families.populate(made, customers - len(accounts), random)
    consumers = range(len(accounts), customers)
    families.house(made, couples, int(customers * MEMBERSHIPS), random)
    business.oversee(made, accounts, random)
    staff = business.employ(made, max(3, int(customers * STAFF)), random)
    business.serve(made, staff, int(customers * SERVED), random)
    business.represent(made, consumers, int(customers * REPRESENTED), random)
    business.group(made, consumers, max(1, int(customers * GROUPS)), random)
    business.link(made, consumers, accounts, customers * EACH, random)
    return made
