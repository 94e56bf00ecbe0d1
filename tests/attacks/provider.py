"""An identity provider on loopback that says yes at once, and that can be told to lie, as no library's mock does."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.conftest import free_port

Claims = dict[str, Any]


@dataclass
class Provider:
    """A running provider: who it vouches for, and how it lies."""

    sub: str = "anna"
    client_id: str = "plumbline"
    spoil: Callable[[Claims], None] = lambda _: None
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    published: list[RSAKey] = field(default_factory=list)
    broken: str = ""
    more: Claims = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.published = self.published or [self.key]
        self._codes: dict[str, dict[str, str]] = {}
        paths = {
            "/.well-known/openid-configuration": self._about,
            "/authorize": self._authorize,
            "/token": self._token,
            "/jwks": self._keys,
            "/end": self._end,
        }
        app = Starlette(routes=[Route(path, end, methods=["GET", "POST"]) for path, end in paths.items()])
        self._server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        """Answer nobody any more."""
        self._server.should_exit = True
        self._thread.join()

    def behave(self) -> None:
        """Say the truth again."""
        self.sub, self.broken, self.algorithm, self.more = "anna", "", "RS256", {}
        self.spoil = lambda _: None
        self.key, self.published = self.published[0], self.published[:1]

    async def _about(self, _request: Request) -> Response:
        if answer := await self._broken("about"):
            return answer
        told = {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        }  # fmt: skip
        return JSONResponse(told | self.more)

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.asked.append(asked)
        code = hashlib.sha256(f"{len(self.asked)} {asked['state']}".encode()).hexdigest()
        self._codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def _token(self, request: Request) -> Response:
        if answer := await self._broken("token"):
            return answer
        form = await request.form()
        asked = self._codes.pop(str(form["code"]), None)
        proof = _base64(hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest())
        if asked is None or proof != asked.get("code_challenge"):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.url, "sub": self.sub, "aud": self.client_id, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"],
        }  # fmt: skip
        self.spoil(claims)
        claims = {name: value for name, value in claims.items() if value is not None}
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self._signed(claims)})

    def _signed(self, claims: Claims) -> str:
        if self.algorithm in {"none", "HS256"}:  # by hand, as the library won't: with a secret that everybody has
            body = ".".join(_base64(json.dumps(part).encode()) for part in ({"alg": self.algorithm}, claims))
            proof = hmac.digest(self.key.as_pem(private=False), body.encode(), "sha256")
            return f"{body}." + ("" if self.algorithm == "none" else _base64(proof))
        return jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, claims, self.key)

    async def _keys(self, _request: Request) -> Response:
        if answer := await self._broken("keys"):
            return answer
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.published]})

    async def _end(self, request: Request) -> Response:
        self.asked.append(dict(request.query_params))
        return RedirectResponse(str(request.query_params["post_logout_redirect_uri"]), 302)

    async def _broken(self, where: str) -> Response | None:
        if self.broken == f"{where}: slow":
            await asyncio.sleep(5)
        told = {
            "500": PlainTextResponse("Traceback: secret", 500),
            "bad json": PlainTextResponse("<html>", 200, media_type="application/json"),
            "not an object": JSONResponse(["x"]),
            "empty": JSONResponse({}),
            "another issuer": JSONResponse({"issuer": "https://id.example"}),
        }
        place, _, how = self.broken.partition(": ")
        return told.get(how) if place == where else None


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
