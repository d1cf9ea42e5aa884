"""The demo: two real families, and accounts, staff and households made up around them; for an empty store only."""

from collections.abc import Callable, Mapping
from pathlib import Path

from domain.cases import NewCase
from domain.ids import CaseId, PartyId
from domain.internal_users import Role
from domain.lifecycle import CustomerAction
from domain.parties import PartyKind
from domain.points import Adjustment
from domain.relationships import NewRelationship
from kith.context import Contexts
from resolvers.cases import comment_on_case, create_case
from resolvers.context import Context
from resolvers.gedcom.importing import import_gedcom
from resolvers.lifecycle import change_status, set_email_preference
from resolvers.memberships import NewMember, add_member, create_group
from resolvers.parties import create_party
from resolvers.points import adjust_points
from resolvers.points_types import define_points_type
from resolvers.relationships import relate
from resolvers.viewers import ADMINISTRATOR

FOLDER = Path(__file__).parents[1] / "demo"
KENNEDYS, WASHINGTONS = "kennedy.ged", "washington.ged"
JOHN, JACQUELINE, CAROLINE, JOHN_JUNIOR, ROBERT, ETHEL = "I52", "I53", "I54", "I55", "I21", "I22"
Progress = Callable[[int, int], None]


def key(file: str, xref: str) -> str:
    """The key of the external id that a person of one of the files has."""
    return f"gedcom:{file}|{xref}"


async def load(contexts: Contexts, bar: Callable[[str], Progress]) -> None:
    """Loads the demo if there is no party yet; `bar` makes a bar for a step of it."""
    context = contexts.of(ADMINISTRATOR)
    if await context.graph.rows("parties/any"):
        return
    for file in (KENNEDYS, WASHINGTONS):
        await import_gedcom(context, FOLDER / file, file, bar(f"Loading the demo: {file}"))
    keys = [key(KENNEDYS, xref) for xref in (JOHN, JACQUELINE, CAROLINE, JOHN_JUNIOR, ROBERT, ETHEL)]
    rows = await context.graph.rows("parties/holders", keys=keys, login=None)
    people = {row["key"].rpartition("|")[2]: PartyId(row["party"]) for row in rows}
    accounts = await make_accounts(context)
    staff = await make_staff(context)
    await make_households(context, people, staff)
    await relate_them(context, people, accounts, staff)
    await enroll_some(context, people, accounts)
    await open_cases(context, people, accounts, staff)


async def make_accounts(context: Context) -> Mapping[str, PartyId]:
    """Some organisations by their legal names."""
    made = {}
    for legal_name, industry, city in (
        ("Hyannis Holding", "Investment", "Boston"),
        ("Hyannis Shipping", "Transport", "Boston"),
        ("Hyannis Shipping New York", "Transport", "New York"),
        ("Potomac Press", "Publishing", "Washington"),
    ):
        address = {"street": None, "city": city, "postal_code": None, "region": None, "country": "US"}
        given = {"legal_name": legal_name, "industry": industry, "address": address}
        made[legal_name] = PartyId((await create_party(context, PartyKind.ACCOUNT, given)).id)
    return made


async def make_staff(context: Context) -> Mapping[str, PartyId]:
    """Some staff by their logins."""
    made = {}
    for name, login, roles, location in (
        ("Ada Agent", "ada@kith.example", [Role.AGENT, Role.RELATIONSHIP_AGENT], "Boston"),
        ("Max Manager", "max@kith.example", [Role.MANAGER], "Boston"),
        ("Rita Reader", "rita@kith.example", [Role.ANALYST], "New York"),
    ):
        given = {"name": name, "login": login, "roles": roles, "location": location}
        made[login] = PartyId((await create_party(context, PartyKind.INTERNAL_USER, given)).id)
    return made


async def make_households(context: Context, people: Mapping[str, PartyId], staff: Mapping[str, PartyId]) -> None:
    """Two households with their members, one with somebody who serves it, and a family account across them."""
    for name, city, members in (
        (
            "The Kennedys at the White House",
            "Washington",
            ((JOHN, "HEAD_OF_FAMILY"), (JACQUELINE, "PARTNER"), (CAROLINE, "CHILD"), (JOHN_JUNIOR, "CHILD")),
        ),
        ("The Kennedys of Hickory Hill", "McLean", ((ROBERT, "HEAD_OF_FAMILY"), (ETHEL, "PARTNER"))),
    ):
        address = {"street": None, "city": city, "postal_code": None, "region": None, "country": "US"}
        made = await create_party(context, PartyKind.HOUSEHOLD, {"name": name, "address": address})
        household = PartyId(made.id)
        for xref, role in members:
            draft = NewRelationship(
                type="",
                source=people[xref],
                target=household,
                role=role,
                head=role == "HEAD_OF_FAMILY",
                valid_from="1961-01-20",
            )
            await add_member(context, household, draft)
        served = NewRelationship(
            type="HOUSEHOLD_TEAM",
            source=staff["ada@kith.example"],
            target=household,
            responsibility="RELATIONSHIP_MANAGER",
        )
        await relate(context, [served])
    brothers = [NewMember(people[JOHN], "OWNER"), NewMember(people[ROBERT], "MEMBER")]
    await create_group(context, "FAMILY_ACCOUNT", {"name": "Kennedy family account"}, brothers)


async def relate_them(
    context: Context,
    people: Mapping[str, PartyId],
    accounts: Mapping[str, PartyId],
    staff: Mapping[str, PartyId],
) -> None:
    """Relations among the accounts, one pair by two types, and between them, people and staff."""
    holding, shipping = accounts["Hyannis Holding"], accounts["Hyannis Shipping"]
    branch, press = accounts["Hyannis Shipping New York"], accounts["Potomac Press"]
    await relate(
        context,
        [
            NewRelationship(type="HEAD_OFFICE", source=holding, target=shipping, valid_from="1950-01-01"),
            NewRelationship(type="SUBSIDIARY", source=shipping, target=holding, valid_from="1950-01-01"),
            NewRelationship(type="HEAD_OFFICE", source=shipping, target=branch, valid_from="1955-06-01"),
            NewRelationship(type="INVESTOR", source=holding, target=press),
            NewRelationship(type="INVESTOR", source=people[JACQUELINE], target=press),
            NewRelationship(type="CONTACT", source=people[ROBERT], target=holding),
            NewRelationship(
                type="ACCOUNT_TEAM",
                source=staff["ada@kith.example"],
                target=holding,
                responsibility="ACCOUNT_MANAGER",
            ),
        ],
    )


async def enroll_some(context: Context, people: Mapping[str, PartyId], accounts: Mapping[str, PartyId]) -> None:
    """Some customers enrolled, one with a wish on email, one deactivated; and points that were given and spent."""
    await define_points_type(context, "BONUS", "Bonus points", "Given for what is bought.")
    for xref in (JOHN, JACQUELINE, ETHEL):
        await change_status(context, people[xref], CustomerAction.ENROLL)
    await change_status(context, accounts["Potomac Press"], CustomerAction.DEACTIVATE)
    await set_email_preference(context, people[ETHEL], True, "web form")
    for xref, amount, reason in (
        (JACQUELINE, 500, "Welcome gift"),
        (JACQUELINE, -120, "Spent on a hat"),
        (ETHEL, 500, "Welcome gift"),
    ):
        await adjust_points(context, Adjustment(people[xref], "BONUS", amount), reason)


async def open_cases(
    context: Context, people: Mapping[str, PartyId], accounts: Mapping[str, PartyId], staff: Mapping[str, PartyId]
) -> None:
    """Two cases, one of which somebody looks after and has commented on."""
    draft = NewCase(
        customer=accounts["Hyannis Holding"],
        subject="Late invoice",
        description="The invoice of May has not come yet.",
        assignee=staff["ada@kith.example"],
    )
    id = CaseId((await create_case(context, draft)).id)
    await comment_on_case(context, id, "It was sent to the old address; a copy is on its way.")
    await create_case(context, NewCase(customer=people[ETHEL], subject="How are points spent?"))
