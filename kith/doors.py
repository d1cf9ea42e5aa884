"""The doors: where one signs in, stays so, and signs out (SPEC 6.4, 11.3). They are open to everybody."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from domain.sessions import Place, Session
from graphdb.errors import GraphError
from kith import signin_pages as pages
from kith.bodies import FORM, form_of, json_of, kind_of, text
from kith.browsers import cookie_of, foreign, give_cookie, take_cookie
from kith.context import Contexts
from kith.http import JSON, BadRequest, accepted, failed, from_elsewhere, unauthenticated
from kith.limits import TooMuch
from kith.refresh_tokens import RefreshTokens
from kith.signin import HOME, PATH, SignIn
from kith.tokens import Audience, secret_of
from resolvers import sessions
from resolvers.attempts import TooManyAttempts
from resolvers.passwords import Busy
from resolvers.sessions import NotSignedIn
from resolvers.viewers import ADMINISTRATOR

MANY, BUSY_SECONDS = "TOO_MANY_ATTEMPTS", 5
NO_STORE = {"cache-control": "no-store"}

log = structlog.get_logger()


@dataclass(frozen=True)
class Doors:
    """Signs parties in and out, under one instance's tokens and settings."""

    sign_in: SignIn
    contexts: Contexts

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route(PATH, self.guarded(self.look_in), methods=["GET"]),
            Route(PATH, self.guarded(self.enter), methods=["POST"]),
            Route(f"{PATH}/refresh", self.guarded(self.refresh), methods=["POST"]),
            Route("/sign-out", self.guarded(self.look_out), methods=["GET"]),
            Route("/sign-out", self.guarded(self.leave), methods=["POST"]),
            Route("/.well-known/jwks.json", self.keys, methods=["GET"]),
        ]

    @property
    def refresh_tokens(self) -> RefreshTokens:
        return RefreshTokens(secret_of(self.contexts.settings))

    def guarded(self, door: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """A door that tells what went wrong: to a form as a page, else as a GraphQL error."""

        async def answer(request: Request) -> Response:
            by_form = kind_of(request) == FORM
            try:
                return await door(request)
            except NotSignedIn as wrong:
                log.info("sign_in_refused", reason=wrong.reason)
                return pages.form(str(wrong), 401) if by_form else unauthenticated(request, str(wrong))
            except (TooManyAttempts, Busy) as many:
                log.info("sign_in_refused", reason="BUSY" if isinstance(many, Busy) else "TOO_MANY_ATTEMPTS")
                wait = BUSY_SECONDS if isinstance(many, Busy) else many.seconds
                told = pages.form(str(many), 429) if by_form else failed(str(many), MANY, 429, accepted(request))
                told.headers["retry-after"] = str(wait)
                return told
            except Foreign:
                log.info("sign_in_refused", reason="FOREIGN_ORIGIN")
                return from_elsewhere(request)
            except (BadRequest, TooMuch) as bad:
                return failed(str(bad), bad.code, bad.status, accepted(request))
            except GraphError as error:
                return failed(str(error), error.code, 503, accepted(request))

        return answer

    async def look_in(self, request: Request) -> Response:
        """The form; or what a link does: signs the browser in, once, whoever it was before.

        No other site may have it opened: so nobody is made somebody else unawares. Neither that uses a link up, nor
        looking whether it is there (HEAD).
        """
        code = request.query_params.get("code")
        if code is None or request.method == "HEAD":
            return pages.form()
        if foreign(request):
            return pages.link_elsewhere()
        if self.sign_in.opened(code):
            life, now = timedelta(hours=self.contexts.settings.browser_hours), datetime.now(UTC)
            session = await sessions.begin(self.contexts.graph, ADMINISTRATOR.id, now, Place.LINK, life)
            return self.signed_in(request, session, now)
        if await self.sign_in.browser(request):
            return RedirectResponse(HOME, 303, NO_STORE)
        log.info("sign_in_refused", reason="LINK")
        return pages.link_used()

    async def enter(self, request: Request) -> Response:
        """Signs a party in with login and password: a browser by the form, what is none by JSON, for its tokens."""
        if kind_of(request) == FORM:
            demand_ours(request)
            given = await form_of(request)
            life = timedelta(hours=self.contexts.settings.browser_hours)
            return self.signed_in(request, *await self.entered(request, given, Place.BROWSER, life))
        given = await json_of(request)
        life = timedelta(days=self.contexts.settings.session_days)
        return self.tokens_of(*await self.entered(request, given, Place.TOKENS, life))

    async def entered(
        self, request: Request, given: dict[str, object], place: Place, life: timedelta
    ) -> tuple[Session, datetime]:
        """A new session of whoever shows login and password, and when. Raises all that `guarded` tells."""
        login, password = text(given, "login"), text(given, "password")
        attempts, address, contexts = self.contexts.attempts, address_of(request), self.contexts
        await attempts.sign_in(login, address)
        now = datetime.now(UTC)
        session = await sessions.sign_in(contexts.graph, contexts.hasher, login, password, now, place, life)
        await attempts.signed_in(login, address)
        return session, now

    async def refresh(self, request: Request) -> Response:
        """New tokens for a refresh token, which is good once. The graph is asked only of tokens that we made."""
        token = text(await json_of(request), "refreshToken")
        await self.contexts.attempts.refresh(address_of(request))
        known = self.refresh_tokens.read(token)
        if known is None:
            raise NotSignedIn("REFRESH_TOKEN")
        now = datetime.now(UTC)
        return self.tokens_of(await sessions.refresh(self.contexts.graph, *known, now), now)

    async def look_out(self, request: Request) -> Response:
        """A button."""
        return pages.sign_out()

    async def leave(self, request: Request) -> Response:
        """Ends the session of whoever asks, by whichever of its tokens; a browser forgets its cookie."""
        if cookie_of(request):
            demand_ours(request)
        ended = await self.leaving(request)
        if ended:
            await sessions.end(self.contexts.graph, ended, datetime.now(UTC))
        page = "text/html" in request.headers.get("accept", "")
        answer = RedirectResponse(PATH, 303, NO_STORE) if page else Response(status_code=204, headers=NO_STORE)
        take_cookie(request, answer)
        return answer

    async def leaving(self, request: Request) -> str | None:
        """Which session is to end; None where there is none that could. Raises NotSignedIn where nobody asks."""
        if kind_of(request) == JSON:
            known = self.refresh_tokens.read(text(await json_of(request), "refreshToken"))
            if known is None:
                raise NotSignedIn("REFRESH_TOKEN")
            return known[0]
        caller = await self.sign_in.caller(request)
        if caller is None and "authorization" in request.headers:
            raise NotSignedIn("TOKEN")
        return caller.session if caller else None

    async def keys(self, request: Request) -> Response:
        """The public keys (RFC 7517)."""
        return JSONResponse(self.sign_in.tokens.jwks(), headers={"cache-control": "public, max-age=300"})

    def signed_in(self, request: Request, session: Session, now: datetime) -> Response:
        """Sends a browser on with a new cookie, whatever it had before."""
        answer = RedirectResponse(HOME, 303, NO_STORE)
        life = session.expires_at - now
        token = self.sign_in.tokens.new(session.party, now, session.id, life, Audience.BROWSER)
        give_cookie(request, answer, token, life)
        return answer

    def tokens_of(self, session: Session, now: datetime) -> Response:
        """The tokens of a session as they are now."""
        life = min(timedelta(minutes=self.contexts.settings.token_minutes), session.expires_at - now)
        return JSONResponse(
            {
                "accessToken": self.sign_in.tokens.new(session.party, now, session.id, life),
                "refreshToken": self.refresh_tokens.new(session.id, session.refreshes),
                "expiresIn": int(life.total_seconds()),
                "tokenType": "Bearer",
            },
            headers=NO_STORE,
        )


class Foreign(Exception):
    """Raised for what a page that is not ours has a browser do."""


def demand_ours(request: Request) -> None:
    """Raises Foreign where a page that is not ours made a request."""
    if foreign(request):
        raise Foreign


def address_of(request: Request) -> str:
    """From where a request came."""
    return request.client.host if request.client else ""
