"""What a request or a command carries, made of the service's parts at that moment."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from graphdb.graph import Graph
from kith.api_keys import Uses
from kith.settings import Settings
from kith.tokens import secret_of
from resolvers.attempts import Attempts
from resolvers.context import Context
from resolvers.passwords import Hasher
from resolvers.post import Post
from resolvers.reading.batches import Batches
from resolvers.reading.context import ReadingContext
from resolvers.viewers import Viewer, Viewers, hiding


@dataclass
class Contexts:
    """Makes contexts over one graph, under one set of settings."""

    graph: Graph
    settings: Settings
    hasher: Hasher = field(default_factory=Hasher)
    post: Post | None = None
    job_made: asyncio.Event = field(default_factory=asyncio.Event)
    attempts: Attempts = field(init=False)
    batches: Batches = field(init=False)
    viewers: Viewers = field(init=False)
    uses: Uses = field(init=False)

    def __post_init__(self) -> None:
        self.batches = Batches(lambda *asked: self.graph.planned_row(*asked))
        self.viewers = Viewers(self.graph)
        self.attempts = Attempts(self.settings.login_attempts, self.settings.address_attempts)
        self.uses = Uses(self.graph)

    @cached_property
    def secret(self) -> bytes:
        """What the ids of placeholders are made with."""
        return hashlib.blake2b(secret_of(self.settings).encode(), digest_size=32).digest()

    def seal(self, text: str) -> str:
        """What stands for a text that must not be kept: nobody without the secret can try which one it was."""
        return hashlib.blake2b(text.encode(errors="replace"), key=self.secret, digest_size=32).hexdigest()

    def of(self, viewer: Viewer) -> Context:
        """The context of a viewer, now."""
        now = datetime.now(UTC)
        today = self.settings.today(now)
        known = {"session": viewer.session, "claimed": viewer.claimed, "login": viewer.login}
        constants = {"today": today, "viewer": viewer.id, **known}
        hide = hiding(self.secret, viewer.id, today) if viewer.standing else str
        reading = ReadingContext(viewer.viewer_class, constants, self.batches, hide, viewer.standing)
        country, days = self.settings.country, self.settings.undo_days
        return Context(
            self.graph,
            viewer,
            now,
            today,
            country,
            reading,
            self.viewers,
            self.hasher,
            self.attempts,
            self.seal,
            self.job_made,
            undo_days=days,
            post=self.post,
        )
