"""What operations keep of relationships: enough to tell of them, and to bring them back (SPEC 6.5, 8.5)."""

from domain.operations import Change, differing
from domain.relationships import Made, Relationship


def changes(before: Relationship | None, after: Relationship | None, made: Made | None = None) -> list[Change]:
    """What the history of either end keeps of a relationship; of one that was removed also when and by whom `made`."""
    told = after or before
    assert told is not None
    old, new = recorded(before), recorded(after)
    if old and made:
        old |= remembered(before, made)
    if old and new:
        old, new = differing(old, new)
    return [Change(told.id, party, old, new) for party in (told.source, told.target)]


def recorded(relationship: Relationship | None) -> dict[str, object] | None:
    """A relationship as an operation keeps it: enough to bring it back."""
    if relationship is None:
        return None
    start, end = relationship.period.start, relationship.period.end
    household = {"household": relationship.household} if relationship.household else {}
    return {
        "type": relationship.type,
        "source": relationship.source,
        "target": relationship.target,
        "valid_from": start.text if start else None,
        "valid_to": end.text if end else None,
        "responsibility": relationship.responsibility,
        "properties": dict(relationship.properties),
        "note": relationship.note,
        "role": relationship.role,
        "head": relationship.head,
        "primary": relationship.primary,
        **household,
    }


def remembered(relationship: Relationship | None, made: Made) -> dict[str, object]:
    """What brings a removed relationship back as it was, beside what is recorded of any."""
    if relationship is None:
        return {}
    first = {"first": relationship.within.first} if relationship.within else {}
    return {"version": relationship.version, "created_at": made.at, "created_by": made.by, **first}
