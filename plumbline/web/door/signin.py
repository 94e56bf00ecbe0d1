"""The ways in and out where people sign in: our own pages, and OpenID Connect by Authlib.

The provider is asked for nothing but who it is (scope `openid`); role and clinics are ours. Only its issuer and its
key for the person are looked at, never an e-mail address. The flow's state, nonce and PKCE verifier live for ten
minutes in a signed cookie of the browser that began it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.integrations.starlette_client import OAuth, OAuthError, StarletteOAuth2App
from joserfc.errors import JoseError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from plumbline import audit
from plumbline.access import accounts
from plumbline.access.sessions import WAIT_SECONDS, handle_of
from plumbline.errors import PlumblineError
from plumbline.trail import report
from plumbline.web.door import headers, signin_pages
from plumbline.web.door.doors import SignedIn, cookie_name, local_path
from plumbline.web.server.modes import Oidc, Settings

PROVIDER_SECONDS = 8.0  # for all that one sign-in asks of the provider
FLOW_SECONDS = 600
LEFT_ALONE = {"idle", "absolute"}
LEEWAY_SECONDS = 60  # by which the provider's clock may differ from ours
SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""What an id token may be signed with: the provider's own key, never `none` or a shared secret."""


class ProviderFailed(PlumblineError):
    """The provider doesn't answer as it should; the message is for whoever looks after Plumbline."""


class _Client(StarletteOAuth2App):
    """Authlib's client, which believes what the provider says of itself; ours checks its name and its algorithms."""

    issuer = ""

    async def load_server_metadata(self) -> dict[str, Any]:
        found: dict[str, Any] = await super().load_server_metadata()
        if found.get("issuer") != self.issuer:
            raise ProviderFailed("The provider names another issuer than PLUMBLINE_OIDC_ISSUER: write it as it does.")
        offered = found.get("id_token_signing_alg_values_supported") or ["RS256"]
        found["id_token_signing_alg_values_supported"] = [one for one in offered if one in SIGNED] or ["RS256"]
        return found


class _OAuth(OAuth):
    oauth2_client_cls = _Client


class _Apart:
    """An application in which a cookie of ours is the session: Streamlit has one for two weeks, and would copy ours."""

    def __init__(self, app: headers.App) -> None:
        self._app = app

    async def __call__(self, scope: headers.Message, receive: headers.Receive, send: headers.Send) -> None:
        await self._app({name: value for name, value in scope.items() if name != "session"}, receive, send)


class SignIn:
    """`/signin`: the page, the way to the provider, the way back, the farewell. One for the process."""

    def __init__(self, settings: Settings, door: Callable[[], SignedIn]) -> None:
        self._settings, self._door_of = settings, door
        self._provider: Any = _client(settings.oidc) if settings.oidc else None
        self._farewells: dict[str, str] = {}  # id tokens, for the provider's own sign-out

    @property
    def _door(self) -> SignedIn:
        return self._door_of()

    async def page(self, request: Request) -> Response:
        """Why somebody is out, and the one button that leads in; whoever is in goes on to where they wanted."""
        to = local_path(request.query_params.get("next"))
        if self._door.session_of(request.scope, headers.of(request.scope)):
            return RedirectResponse(to, 303)
        if self._door.sessions.ended_why(self._door.token_of(headers.of(request.scope))) in LEFT_ALONE:
            request.session["anew"] = True  # whoever is at this machine now says who they are
        go = f"/signin/go?{urlencode({'next': to})}" if self._provider else to
        return self._door.take(signin_pages.asked(request.query_params.get("why"), go))

    async def go(self, request: Request) -> Response:
        """Off to the provider, to come back to this browser only."""
        to = local_path(request.query_params.get("next"))
        if self._door.session_of(request.scope, headers.of(request.scope)):
            return RedirectResponse(to, 303)
        anew = {"prompt": "login"} if request.session.get("anew") else {}
        request.session.clear()
        request.session["next"] = to
        try:
            async with asyncio.timeout(PROVIDER_SECONDS):
                back = f"{self._settings.url}/signin/back"
                answer: Response = await self._provider.authorize_redirect(request, back, **anew)
                return answer
        except Exception as error:
            return await asyncio.to_thread(self._failed, request, error, "asking")

    async def back(self, request: Request) -> Response:
        """Back from the provider: a session for whom it vouches, if they have an open account here."""
        to = local_path(request.session.get("next"))
        try:
            async with asyncio.timeout(PROVIDER_SECONDS):
                token = await self._provider.authorize_access_token(
                    request, claims_options=self._claims(), leeway=LEEWAY_SECONDS
                )
            claims = token["userinfo"]
            identity = str(claims["iss"]), str(claims["sub"])
        except Exception as error:
            return await asyncio.to_thread(self._failed, request, error, "answer")
        finally:
            request.session.clear()
        return await asyncio.to_thread(self._arrived, request, identity, str(token.get("id_token", "")), to)

    async def out(self, request: Request) -> Response:
        """The farewell of a session that its person has ended: on to the provider's own sign-out, where it has one."""
        token = self._door.token_of(headers.of(request.scope))
        if self._door.sessions.ended_why(token) not in {"sign_out", "everywhere"}:
            return RedirectResponse("/signin", 303)
        hint = self._farewells.get(handle_of(token or ""), "")
        address = await self._provider_sign_out(hint) if self._provider else None
        why = self._door.sessions.ended_why(token)
        return self._door.take(RedirectResponse(address or f"/signin?why={why}", 303))

    def routes(self) -> list[Route]:
        """The addresses of the ways in and out, with the cookie that holds a sign-in under way."""
        found = [Route("/signin", self.page), Route("/signin/out", self.out)]
        if self._provider:
            found += [Route("/signin/go", self.go), Route("/signin/back", self.back)]
        flow = Middleware(
            SessionMiddleware,
            secret_key=self._settings.secret,
            session_cookie=f"{cookie_name(is_https=self._settings.is_https)}-signin",
            max_age=FLOW_SECONDS,
            same_site="lax",
            https_only=self._settings.is_https,
        )
        inner = Starlette(routes=found, middleware=[flow])
        inner.router.redirect_slashes = False
        apart = _Apart(inner)
        return [Route("/signin", apart), Route("/signin/{rest:path}", apart)]

    def _arrived(self, request: Request, identity: tuple[str, str], id_token: str, to: str) -> Response:
        sessions, said = self._door.sessions, headers.of(request.scope)
        address = self._door.address_of(request.scope, said)
        try:
            account = accounts.of_identity(sessions.store, *identity)
            if account is None:
                nobody = audit.Actor("nobody", "none", address=address)
                if self._door.may_note():
                    audit.record(sessions.store, "sign_in_denied", nobody, result="no account", wait=WAIT_SECONDS)
                return signin_pages.denied(identity)
            if before := sessions.of_token(self._door.token_of(said)):
                sessions.end(before.handle, "replaced")
            token = sessions.begin(account, address)
        except Exception as error:
            return signin_pages.out_of_order(_said(error))
        if id_token:
            for old in list(self._farewells)[:-1000]:
                del self._farewells[old]
            self._farewells[handle_of(token)] = id_token
        return self._door.give(RedirectResponse(to, 303), token)

    def _claims(self) -> dict[str, Any]:
        return {
            "iss": {"essential": True, "value": self._provider.issuer},
            "aud": {"essential": True, "value": self._provider.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "nonce": {"essential": True},
        }

    def _failed(self, request: Request, error: Exception, when: str) -> Response:
        """The provider doesn't answer (503), or what came back isn't the answer to our question (400)."""
        nobody = audit.Actor("nobody", "none", address=self._door.address_of(request.scope, headers.of(request.scope)))
        is_theirs = isinstance(error, httpx2.HTTPError | TimeoutError | ProviderFailed) or when == "asking"
        if not self._door.may_note():
            return signin_pages.failed("too many", is_theirs=is_theirs)
        code = report(error)
        try:
            store = self._door.sessions.store
            audit.record(store, "sign_in_failed", nobody, result=_kind(error), wait=WAIT_SECONDS)
        except audit.AuditFailed as unwritable:
            return signin_pages.out_of_order(str(unwritable))
        return signin_pages.failed(code, is_theirs=is_theirs)

    async def _provider_sign_out(self, hint: str) -> str | None:
        try:
            async with asyncio.timeout(PROVIDER_SECONDS):
                found = await self._provider.create_logout_url(
                    post_logout_redirect_uri=f"{self._settings.url}/signin", id_token_hint=hint or None,
                    client_id=self._provider.client_id,
                )  # fmt: skip
        except Exception:  # it has no sign-out of its own, or doesn't answer: ours is done all the same
            return None
        return str(found["url"]) if urlsplit(str(found["url"])).scheme in {"http", "https"} else None


def _client(oidc: Oidc) -> Any:
    settings: dict[str, Any] = {"scope": "openid", "code_challenge_method": "S256", "timeout": PROVIDER_SECONDS}
    settings["verify"] = httpx2.create_ssl_context()  # once: reading the certificates takes longer than a sign-in
    found = _OAuth().register(
        "provider",
        client_id=oidc.client_id,
        client_secret=oidc.client_secret,
        server_metadata_url=f"{oidc.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs=settings,
    )
    found.issuer = oidc.issuer
    return found


def _kind(error: Exception) -> str:
    """What went wrong, without what it said: a provider's words can be anybody's."""
    if isinstance(error, OAuthError):
        return "refused by the provider" if error.error not in {"mismatching_state"} else "not begun in this browser"
    if isinstance(error, JoseError):
        return "id token not good"
    return "provider doesn't answer"


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, PlumblineError) else f"Its log has why under the code {report(error)}."
