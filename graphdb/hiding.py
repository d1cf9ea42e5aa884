"""What a job removes is out of sight until it is gone: how statements don't see it (decision 29).

Plainly sent, a statement that follows relationships fails where anything is being hidden, by a look at the count of
what hides; it is asked warily then, with a condition at each relationship, which is right at any time. So nobody has to
know whether something is hidden, and who reads pays nothing while nothing is.

What a job brings back is out of sight until all of it is back. It was judged by how things stood, so until then whoever
locks a party that it is tied to is told to try again later: the wary form of such a statement fails there.
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
TIED, EDGE_TYPE = "SET tied._lock = TRUE", "SET lock._lock = TRUE"
"""Where whoever makes, changes or removes relationships locks parties, and edge types over which cycles count."""
RETURNING = (
    "{0} WITH {1} FILTER 1 / CASE WHEN EXISTS {{ MATCH (hiding:Hiding) WHERE hiding.restores IS NOT NULL"
    " {2} }} THEN 0 ELSE 1 END = 1 {0}"
)
"""Fails by a division by zero where what comes back, and is out of sight until all of it is back, has been judged by
how things stand at this party, or by the cycles of this edge type: until then nothing is changed there."""
TO_SOMEONE = (
    "MATCH (tied)-[back:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(other)"
    " WHERE other:Deleted OR back.type = hiding.type OR back.responsibility = hiding.responsibility"
    " OR back.household = hiding.household"
)
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

    return unless_returning(EDGE.sub(there, bare(text)).replace(NOTHING, COLLECTED))


def unless_returning(text: str) -> str:
    """The statement as it locks nobody who is tied to what is coming back."""
    if TIED not in text:
        return text
    text = text.replace(EDGE_TYPE, RETURNING.format(EDGE_TYPE, "lock", "AND lock.id IN hiding.edges"))
    return text.replace(TIED, RETURNING.format(TIED, "tied", TO_SOMEONE))
