"""The integrity report (SPEC 9.6): what of the store is damaged, and what is odd."""

from collections.abc import Sequence

import strawberry

from domain import integrity
from domain.integrity import MOST_RECORDS, Finding
from resolvers.integrity import integrity_report
from schema.info import Info

strawberry.enum(Finding, name="IntegrityCode", description="What an integrity report can find.")


@strawberry.type(description=f"What was found, how often, and the first {MOST_RECORDS} records in which it was.")
class IntegrityFinding:
    code: Finding
    message: str
    count: int
    records: list[strawberry.ID] = strawberry.field(
        description="Ids, of several records where it lies between them; keys of external ids."
    )


@strawberry.type
class IntegrityReport:
    errors: list[IntegrityFinding] = strawberry.field(description="Damage: there is none after any operation.")
    notices: list[IntegrityFinding] = strawberry.field(description="What is allowed, and yet odd.")


async def report(info: Info) -> IntegrityReport:
    """The report on the whole store, as it is now."""
    found = await integrity_report(info.context)
    return IntegrityReport(errors=shown(found.errors), notices=shown(found.notices))


def shown(totals: Sequence[integrity.Total]) -> list[IntegrityFinding]:
    """Findings as the schema has them."""
    return [
        IntegrityFinding(
            code=total.finding,
            message=total.finding.value,
            count=total.count,
            records=[strawberry.ID(record) for record in total.records],
        )
        for total in totals
    ]
