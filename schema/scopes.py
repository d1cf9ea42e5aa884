"""What a partner app is shown (SPEC 5.6): every field that it gets, and by which scope. All else it does not get, so
that a new field of the schema is shown to no app until it stands here."""

from collections.abc import Iterable, Mapping

from domain.access import Sight
from resolvers.reading.viewers import Along, Sooner, Test, ViewerClass

PROFILE, CONTACT, FAMILY, HOUSEHOLDS, DATES = (
    Test("access/shown_to_app", "party", word) for word in ("PROFILE", "CONTACT", "FAMILY", "HOUSEHOLDS", "DATES")
)
BOTH = Test("access/both_in_family", "relationship")
SHOWN, SEEN = Test("access/shown_to_app", "party"), Test("access/seen_by_app", "party")


def fields(type: str, *names: str) -> Iterable[str]:
    """Fields of a type."""
    return (f"{type}.{name}" for name in names)


EVERYONE = ("id", "kind", "name")
DATED = ("birthDate", "birthDateInWords", "deathDate", "deathDateInWords")
PERIOD = ("validFrom", "validFromInWords", "validTo", "validToInWords")
OWN = ("givenName", "familyName", "prefix", "suffix", "otherNames", "gender", "language", "lifeEvents")
BY_TEST: Mapping[str, Mapping[str, Test]] = {
    **{field: {"party": PROFILE} for field in fields("Consumer", *OWN)},
    **{field: {"party": DATES} for field in fields("Consumer", *DATED)},
    **{field: {"party": CONTACT} for field in fields("Consumer", "email", "phone", "address")},
    **{field: {"party": FAMILY} for field in fields("Consumer", "parents", "children", "partners")},
    "Consumer.households": {"party": HOUSEHOLDS},
    "Membership.role": {"member": HOUSEHOLDS},
    **{field: {"far": SEEN, "relationship": BOTH} for field in fields("Relationship", "pedigree", *PERIOD)},
}
"""Fields that are null, or empty, but for whom a test allows them."""

ALWAYS = frozenset(
    (
        *fields("Query", "node", "nodes", "party", "parties", "familyTree"),
        *(field for type in ("Account", "Group", "InternalUser", "HiddenParty") for field in fields(type, *EVERYONE)),
        *fields("Consumer", *EVERYONE, "deceased", "relationships", "familyTree"),
        *fields("Household", *EVERYONE, "members"),
        *fields("Phone", "e164", "national"),
        *fields("Address", "street", "city", "postalCode", "region", "country"),
        *fields("OtherName", "kind", "text"),
        *fields("LifeEvent", "name", "date", "yearly"),
        *fields("Membership", "group", "member"),
        *fields("Relationship", "id", "type", "source", "target"),
        *fields("RelationshipType", "code", "name", "label", "reverseLabel", "category", "symmetric"),
        *fields("Relation", "relationship", "label", "direction", "party"),
        *fields("FamilyTree", "root", "people", "couples", "truncated"),
        *fields("TreePerson", "person", "generation", "hasMoreParents", "hasMoreChildren"),
        *fields("Couple", "partners", "children", "kind", "relationships"),
        *fields("Truncation", "reason", "limit"),
        *(
            field
            for type in ("Party", "Relationship", "Membership")
            for field in fields(f"{type}Connection", "edges", "pageInfo", "totalCount")
        ),
        *fields("PartyEdge", "cursor", "node"),
        *fields("MembershipEdge", "cursor", "node"),
        *fields("RelationshipEdge", "cursor", "node", "label", "direction", "party"),
        *fields("PageInfo", "hasNextPage", "hasPreviousPage", "startCursor", "endCursor"),
        *fields("Count", "value", "isExact"),
    )
)
"""Fields that are shown of whom, and of what, the app is shown at all."""


def partner_apps() -> ViewerClass:
    """Those who see whoever has consented, and the dead among the relatives of who let them read the family."""
    return ViewerClass(
        Sight.PARTNER_APP.value,
        predicates={
            "party": SEEN.fragment,
            **dict.fromkeys(
                ("responsibility", "operation", "change", "points_type", "entry", "this_case", "app", "job"),
                "access/never",
            ),
        },
        redacted=BY_TEST,
        neutral={"Consumer.gender": "UNKNOWN"},
        shows=ALWAYS | BY_TEST.keys(),
        tests={
            "seen": SEEN,
            "consented": Test("access/consented", "party"),
            "in_family": Test("access/in_family", "party"),
            "searchable": Test("access/searchable_by_app", "party"),
        },
        instead={
            "parties/all": "access/parties_of_app",
            "parties/found": "access/found_by_app",
            "parties/by_number": "access/nobody_by_number",
            "parties/by_external_id": "access/nobody_by_external_id",
            "relationships/by_id": "access/kin_by_id",
            "relationships/by_ids": "access/kin_by_ids",
            "relationships/of_party": "access/kin_of_party",
            **dict.fromkeys(("relationship_types/by_id", "relationship_types/by_ids"), "access/no_type"),
        },
        prologue="access/app",
        along=Along("access/kin_along", frozenset({"far", "of_family"})),
        sooner={SEEN.fragment: Sooner("access/seen_as_shown", SHOWN)},
        gates={"access/kin_of_party": FAMILY},
    )
