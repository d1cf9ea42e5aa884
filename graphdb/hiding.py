"""What a job removes is out of sight until it is gone: how statements don't see it (decision 29).

Plainly sent, a statement that follows relationships fails where anything is being hidden, by a look at the count of
what hides; it is asked warily then, with a condition at each relationship, which is right at any time. So nobody has to
know whether something is hidden, and who reads pays nothing while nothing is.
"""

import re
from functools import lru_cache

CHECK = "FILTER 1 / CASE COUNT { (:Hiding) } WHEN 0 THEN 1 ELSE 0 END = 1 "
"""Fails by a division by zero; who has begun before something was hidden is waited for, so one look is enough."""
EDGE = re.compile(
    r"\[\s*(?P<name>\w*):(?P<types>(?:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF)"
    r"(?:\|[A-Z_]+)*)(?P<given>\s*\{[^{}]*\})?(?P<where>\s+WHERE\b)?(?=\s*\]|(?<=WHERE))"
)
"""A pattern of relationships, whose variable may be missing."""
THERE = (
    "NOT (startNode({0}):Deleted OR endNode({0}):Deleted OR EXISTS {{ MATCH (hiding:Hiding)"
    " WHERE hiding.type = {0}.type OR hiding.responsibility = {0}.responsibility"
    " OR hiding.household = {0}.household }})"
)
"""Of a relationship: that nothing it needs is being removed."""
IN_PATHS = (
    "NOT (startNode({0}):Deleted OR endNode({0}):Deleted OR coalesce('type ' + {0}.type IN hidden, FALSE)"
    " OR coalesce('responsibility ' + {0}.responsibility IN hidden, FALSE)"
    " OR coalesce('household ' + {0}.household IN hidden, FALSE))"
)
"""The same where Neo4j takes no subqueries, within shortest paths: of what was collected before as `hidden`."""
NOTHING = "[] AS hidden"
COLLECTED = (
    "COLLECT { MATCH (hiding:Hiding) UNWIND ['type ' + hiding.type, 'responsibility ' + hiding.responsibility,"
    " 'household ' + hiding.household] AS one WITH one WHERE one IS NOT NULL RETURN one } AS hidden"
)


def checked(text: str) -> str:
    """A statement's text, without its language, as it is sent plainly."""
    return CHECK + text if EDGE.search(text) else text


def bare(text: str) -> str:
    """The statement as whoever removes what is hidden sends it: it sees all."""
    return text.replace(CHECK, "", 1)


@lru_cache(500)
def wary(text: str) -> str:
    """The statement as it sees only what is not being removed, whether anything is or not."""
    number = 0

    def there(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        name = found["name"] or f"shown_{number}"
        and_so_on = " AND" if found["where"] else ""
        condition = IN_PATHS if "SHORTEST" in found.string[: found.start()] else THERE
        return f"[{name}:{found['types']}{found['given'] or ''} WHERE {condition.format(name)}{and_so_on}"

    return EDGE.sub(there, bare(text)).replace(NOTHING, COLLECTED)
