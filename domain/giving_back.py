"""What a merge did to each record, and what of it is given back when it is undone (SPEC 7.5)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from domain import consumers
from domain.collapsing import ended
from domain.ids import RelationshipId
from domain.ledgers import Ledger, ledger
from domain.operations import as_text, as_values
from domain.parties import FIELDS, ExternalId, Party, PartyKind, complete
from domain.refusals import AlreadyTaken, NotEnoughPoints, Refusal
from domain.relating import described
from domain.relationships import Known, Relationship
from domain.restoring import draft_of, lenient
from domain.unmerge_facts import UnmergeFacts
from domain.values import Property
from domain.winners import blanks

OPT_IN = ("email_opt_in", "email_opt_in_at", "email_opt_in_by", "email_opt_in_origin")


@dataclass(frozen=True)
class Given:
    """What a merge did to each record, but those that are left out; and what of it is to be given back."""

    facts: UnmergeFacts
    records: Mapping[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]
    left_out: frozenset[str]

    @classmethod
    def of(cls, facts: UnmergeFacts, leave_out: Collection[str]) -> "Given":
        """Those of an operation."""
        left = {record: told for record, told in facts.done.records.items() if record not in leave_out}
        return cls(facts, left, frozenset(leave_out))

    def of_prefix(self, prefix: str) -> list[str]:
        """Records by the beginning of their ids, in order."""
        return sorted(record for record in self.records if record.startswith(prefix))

    def has_moved(self, record: str) -> bool:
        """Whether a relationship got another end, be it left out or not."""
        old, new = self.facts.done.records.get(record, (None, None))
        return bool(old and new and {"source", "target"} & set(new))

    def moved(self) -> Iterator[tuple[Relationship, Relationship]]:
        """Relationships that got another end, as they are and with the one they had; whether they are primary, too,
        where nobody has changed that. One that was removed since stays so."""
        survivor, merged = self.facts.survivor.id, self.facts.merged.id
        for record in self.of_prefix("relationship_"):
            old, new = self.records[record]
            now = self.facts.now.get(record)
            if old and new and now and {"source", "target"} & set(new):
                before = now.relationship
                primary = old.get("primary", before.primary)
                primary = primary if before.primary == new.get("primary", before.primary) else before.primary
                yield before, replace(ended(before, survivor, merged), primary=primary)

    def changed(self) -> Iterator[tuple[Relationship, Relationship]]:
        """Relationships of the survivor's that took others in, as they are and as they were in all that nobody has
        changed since."""
        for record in self.of_prefix("relationship_"):
            old, new = self.records[record]
            now = self.facts.now.get(record)
            if old and new and now and not {"source", "target"} & set(new):
                before = now.relationship
                there = {**now.recorded, **({"first": before.within.first.isoformat()} if before.within else {})}
                back = {name: value for name, value in old.items() if there.get(name) == new[name]}
                after = rebuilt(before, {**there, **back}, self.facts.known)
                if after and after != before:
                    yield before, after

    def gone(self) -> Iterator[tuple[RelationshipId, Mapping[str, Any]]]:
        """Relationships that collapsed or were dropped, and what was kept of them; not those of which what they became
        was removed since."""
        for record in self.of_prefix("relationship_"):
            old, new = self.records[record]
            if new is None and old and (old.get("into") is None or old["into"] in self.facts.now):
                yield RelationshipId(record), old

    def external_ids(self) -> tuple[tuple[str, ...], list[Refusal]]:
        """The ids elsewhere that are given back, and those that are another's now. Who was given none keeps none."""
        old, _ = self.records.get(self.facts.merged.id, (None, None))
        keys = [str(key) for key in (old or {}).get("external_ids", ()) if key not in self.left_out]
        holders = {key: self.facts.holders[key] for key in keys if key in self.facts.holders}
        taken = [AlreadyTaken(path=(key,), by=by) for key, by in holders.items() if by != self.facts.survivor.id]
        return tuple(key for key, by in holders.items() if by == self.facts.survivor.id), [*taken]

    def ledgers(self) -> tuple[tuple[Ledger, Ledger] | None, list[Refusal]]:
        """The two ledgers parted again, and of which types the survivor has spent what would go back."""
        ids = set(self.of_prefix("points_entry_"))
        lines = self.facts.lines
        theirs = [line for line in lines if line.id in ids and line.type not in self.left_out]
        if not theirs:
            return None, []
        back = {line.id for line in theirs}
        ours = ledger(line for line in lines if line.id not in back)
        now = ledger(lines).balances
        spent = [code for code, lowest in ours.lowest.items() if lowest < 0]
        return (ours, ledger(theirs)), [NotEnoughPoints(path=(code,), balance=now[code]) for code in spent]

    def survivor(self, keys: Collection[str]) -> Party:
        """The survivor with the fields that it had, but those that somebody has changed since."""
        party = self.facts.survivor
        old, new = (side or {} for side in self.records.get(party.id, (None, None)))
        properties = dict(party.properties)
        now = as_values(as_text(properties)) or {}
        for name, blank in (*blanks(party.kind).items(), ("email_opt_in", dict.fromkeys(OPT_IN))):
            here = [part for part in blank if part in old]
            if here and all(now.get(part) == new.get(part) for part in here):
                properties |= as_stored(party.kind, name, {**properties, **{part: old[part] for part in here}}, blank)
        if party.kind is PartyKind.CONSUMER and consumers.completed(properties, {})[1]:  # with what was changed since
            days = [f"{day}_date{end}" for day in ("birth", "death") for end in ("", "_earliest", "_latest")]
            properties |= {name: party.properties.get(name) for name in (*days, "deceased")}
        left = tuple(external for external in party.external_ids if external.key not in keys)
        return complete(replace(party, properties=properties, external_ids=left))

    def merged(self, keys: Collection[str]) -> Party:
        """The merged one as a customer of its own again."""
        party = self.facts.merged
        old, _ = self.records[party.id]
        standing = {name: (old or {}).get(name) for name in ("status", "inactive_reason", "status_before")}
        ids = tuple(ExternalId(*key.split("|", 1)) for key in sorted(keys))
        return complete(replace(party, properties={**party.properties, **standing}, external_ids=ids, survivor=None))

    def can_leave_out(self) -> Iterator[str]:
        """Records that can stay with the survivor: all but the two themselves; of points whole types."""
        parties = {self.facts.survivor.id, self.facts.merged.id}
        for record, (old, _) in sorted(self.facts.done.records.items()):
            if record == self.facts.merged.id:
                yield from (str(key) for key in (old or {}).get("external_ids", ()))
            elif record not in parties and not record.startswith("points_entry_"):
                yield record
        moved = set(self.facts.done.records)
        yield from sorted({line.type for line in self.facts.lines if line.id in moved})


def as_stored(
    kind: PartyKind, name: str, properties: Mapping[str, Property], blank: Mapping[str, Property]
) -> dict[str, Property]:
    """The properties of a field that was kept as JSON, as they are stored: dates are no texts."""
    if name in properties and f"{name}_earliest" in blank:
        return dict(FIELDS[kind][name](name, properties[name]))
    found = {part: properties.get(part) for part in blank}
    at = found.get("email_opt_in_at")
    return {**found, "email_opt_in_at": datetime.fromisoformat(at)} if isinstance(at, str) else found


def rebuilt(before: Relationship, recorded: Mapping[str, Any], known: Known) -> Relationship | None:
    """A relationship as it was recorded, None where that cannot be: an end that was changed since may lie before the
    start that it had."""
    type = known.types.get(before.type)
    if type is None:
        return None
    draft = draft_of(recorded)
    found, _ = described(draft, before.id, lenient(type))
    if found is None:
        return None
    within = replace(before.within, first=draft.first) if before.within and isinstance(draft.first, date) else None
    return replace(found, within=within or before.within, version=before.version)
