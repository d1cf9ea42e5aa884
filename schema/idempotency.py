"""The idempotency key that every mutation takes (SPEC 11.2)."""

from collections.abc import Collection
from dataclasses import replace

import strawberry

from domain.idempotency import keyed
from resolvers.context import Context
from schema.given import given
from schema.info import Info


@strawberry.input
class Once:
    """What the input of every mutation has."""

    idempotency_key: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Sent again with the same input, nothing more is done, and the same ids are answered; for 30 days.",
    )


def asked(info: Info, input: Once, *, secret: Collection[str] = ()) -> Context:
    """The context of one mutation, which has its own key. Raises Refused where the text can be no key.

    `secret`: texts of the input that must not be kept, not as a hash either that somebody could try to find again.
    """
    context, text = info.context, input.idempotency_key
    if text is None or text is strawberry.UNSET:
        return context
    what = given(input, without=("idempotency_key", *secret))
    what |= {name: context.seal(getattr(input, name)) for name in secret}
    return replace(context, key=keyed(context.viewer.id, info.field_name, text, what))
