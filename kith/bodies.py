"""Bodies of requests that are small: a form, or a JSON object."""

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kith.http import JSON, BadRequest, decoded
from kith.limits import body_of

FORM = "application/x-www-form-urlencoded"
LARGEST, MOST_FIELDS, BODY_SECONDS = 16_384, 10, 10.0


def kind_of(request: Request) -> str:
    """The media type of the body."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read(request: Request) -> bytes:
    """The body, which is small and comes soon. Raises BadRequest and TooMuch."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await body_of(request, LARGEST)
    except ClientDisconnect as error:
        raise BadRequest("The body broke off.") from error
    except TimeoutError as error:
        raise BadRequest("The body did not come in time.", 408, "TOO_SLOW") from error


async def json_of(request: Request) -> dict[str, object]:
    """What a body in JSON gives. Raises BadRequest and TooMuch."""
    if kind_of(request) != JSON:
        raise BadRequest(f"The body must be {JSON}.", 415)
    given = decoded(await read(request))
    if not isinstance(given, dict):
        raise BadRequest("The body must be a JSON object.")
    return given


async def form_of(request: Request) -> dict[str, object]:
    """What a form gives. Raises BadRequest and TooMuch."""
    try:
        fields = parse_qsl((await read(request)).decode(), True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise BadRequest("This is no form.") from error
    return dict(fields)


def text(given: dict[str, object], name: str) -> str:
    """A text that must be given. Raises BadRequest naming it."""
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise BadRequest(f"{name}: must be text.")
    return value
