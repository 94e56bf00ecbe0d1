"""Who is let through the gate: in demo and local mode this machine, with sign-in whoever has a live session."""

from __future__ import annotations

import hmac
import ipaddress
import re
from urllib.parse import urlsplit

from starlette.requests import cookie_parser
from starlette.responses import Response

from plumbline import audit
from plumbline.access import accounts
from plumbline.access.sessions import WAIT_SECONDS, Session, Sessions
from plumbline.web.door.headers import Message
from plumbline.web.door.sparing import Sparing
from plumbline.web.server.modes import LOOPBACK, Proxy, Settings

Headers = dict[str, list[str]]
Peer = ipaddress.IPv4Address | ipaddress.IPv6Address
PROXY_SECRET = "x-plumbline-proxy-secret"
_PLAIN_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", flags=re.ASCII)
_LONGEST = 2000
MOST_NOTES = 60  # strangers on record in a minute


class Refused(Exception):
    """Somebody whom the door doesn't let in at all; the text is what they are told."""


class _Door:
    """What every door knows: where a request comes from, and the cookie of who has a patient's link open."""

    is_https = False

    @property
    def link_cookie(self) -> str:
        """The name of that cookie."""
        return f"{cookie_name(is_https=self.is_https)}-share"

    def link_token_of(self, headers: Headers) -> str | None:
        """What a browser holds that has a patient's link open; None where it is missing or there twice."""
        return _cookie(headers, self.link_cookie)

    def give_link(self, answer: Response, token: str) -> Response:
        """Have the browser hold what stands for an open link; no other site's page makes it send that."""
        answer.set_cookie(self.link_cookie, token, path="/", secure=self.is_https, httponly=True, samesite="strict")
        return answer

    def take_link(self, answer: Response) -> Response:
        """Have the browser forget it."""
        answer.delete_cookie(self.link_cookie, path="/", secure=self.is_https, httponly=True, samesite="strict")
        return answer

    def peer_of(self, scope: Message, headers: Headers) -> Peer | None:
        """The address that a request came from: the socket's own."""
        return _ip((scope.get("client") or ("",))[0])

    def address_of(self, scope: Message, headers: Headers) -> str | None:
        """The network that a request came from, for the record."""
        peer = self.peer_of(scope, headers)
        return None if peer is None else _network(peer, 24, 48)

    def household_of(self, scope: Message, headers: Headers) -> str:
        """What wrong tries are counted by: the address, of IPv6 the part that one house has."""
        peer = self.peer_of(scope, headers)
        return "unknown" if peer is None else _network(peer, 32, 64)

    def link_allowed(self, scope: Message, headers: Headers) -> None:
        """Whether a patient may come from there. Raises Refused."""


class Loopback(_Door):
    """Demo and local mode: nobody signs in, so nothing from elsewhere comes in."""

    sessions = None

    def host_allowed(self, scope: Message, hosts: list[str]) -> bool:
        """One of this machine's three names, on a socket of this machine alone."""
        listening = (scope.get("server") or ("", 0))[0]
        if listening not in LOOPBACK or len(hosts) != 1:
            return False
        try:
            parts = urlsplit(f"//{hosts[0]}")
            is_bare = parts.netloc == hosts[0] and parts.username is None
            return is_bare and parts.hostname in LOOPBACK and parts.port != 0
        except ValueError:
            return False

    def origin_allowed(self, origins: list[str], host: str) -> bool:
        """The page that was asked for by the same name."""
        return len(origins) == 1 and origins[0].lower() == f"http://{host.lower()}"


class SignedIn(_Door):
    """Mode oidc: one public address, and a cookie that stands for a live session."""

    def __init__(self, settings: Settings, sessions: Sessions) -> None:
        self._url = settings.url
        self._host = urlsplit(settings.url).netloc
        self._networks = settings.networks
        self.is_https = settings.is_https
        self.sessions = sessions
        self.cookie = cookie_name(is_https=self.is_https)
        self._notes = Sparing(MOST_NOTES)

    def may_note(self) -> bool:
        """Whether one more stranger goes on record: so many a minute, or strangers would fill the disk."""
        return self._notes.may()

    def host_allowed(self, _scope: Message, hosts: list[str]) -> bool:
        """The public name alone."""
        return len(hosts) == 1 and hosts[0].lower() == self._host

    def origin_allowed(self, origins: list[str], _host: str) -> bool:
        """The public address alone: a sibling's page or a missing origin is refused."""
        return len(origins) == 1 and origins[0].lower() == self._url

    def token_of(self, headers: Headers) -> str | None:
        """The cookie's value; None where it is missing or there twice."""
        return _cookie(headers, self.cookie)

    def give(self, answer: Response, token: str) -> Response:
        """Have the browser hold what stands for its session, until it is closed."""
        answer.set_cookie(self.cookie, token, path="/", secure=self.is_https, httponly=True, samesite="lax")
        return answer

    def take(self, answer: Response) -> Response:
        """Have the browser forget it."""
        answer.delete_cookie(self.cookie, path="/", secure=self.is_https, httponly=True, samesite="lax")
        return answer

    def session_of(self, scope: Message, headers: Headers) -> Session | None:
        """The live session of the cookie. Raises Refused where somebody else than the proxy asks."""
        return self.sessions.of_token(self.token_of(headers))

    def peer_of(self, scope: Message, headers: Headers) -> Peer | None:
        """The address that a request came from: as a proxy on this machine or the known one says, else the peer's."""
        peer = super().peer_of(scope, headers)
        said = headers.get("x-forwarded-for", [])
        if peer and said and (peer.is_loopback or any(peer in network for network in self._networks)):
            return _ip(said[-1].rpartition(",")[2].strip()) or peer
        return peer


class Vouched(SignedIn):
    """Mode proxy: a proxy that is known by its address and its secret says who it is; sessions as in mode oidc."""

    def __init__(self, settings: Settings, sessions: Sessions, proxy: Proxy) -> None:
        super().__init__(settings, sessions)
        self._proxy = proxy

    def session_of(self, scope: Message, headers: Headers) -> Session | None:
        """The live session of the cookie, where the proxy vouches for the same person. Raises Refused."""
        identity = self.identity_of(scope, headers)
        session = super().session_of(scope, headers)
        return session if session and session.account.identity == identity else None

    def link_allowed(self, scope: Message, headers: Headers) -> None:
        """Patients, too, come through the proxy; it vouches for nobody then. Raises Refused."""
        peer = _ip((scope.get("client") or ("",))[0])
        given = headers.get(PROXY_SECRET, [])
        is_known = peer is not None and any(peer in network for network in self._proxy.networks)
        knows = len(given) == 1 and hmac.compare_digest(given[0].encode(), self._proxy.secret.encode())
        if not is_known or not knows:
            raise Refused("Plumbline is reached through its proxy only.")

    def identity_of(self, scope: Message, headers: Headers) -> tuple[str, str]:
        """Issuer and subject as the proxy says them. Raises Refused where it isn't the proxy who says it."""
        self.link_allowed(scope, headers)
        named = headers.get(self._proxy.user_header, [])
        if len(named) != 1 or not named[0].strip():
            raise Refused("The proxy doesn't say who you are: sign in there first.")
        return self._proxy.issuer, named[0].strip()

    def sign_in(self, scope: Message, headers: Headers) -> str | None:
        """Begin a session for whom the proxy vouches; what the browser is to hold. None: no open account."""
        identity = self.identity_of(scope, headers)
        account = accounts.of_identity(self.sessions.store, *identity)
        if account is None:
            nobody = audit.Actor("nobody", "none", address=self.address_of(scope, headers))
            if self.may_note():
                audit.record(self.sessions.store, "sign_in_denied", nobody, result="no account", wait=WAIT_SECONDS)
            return None
        return self.sessions.begin(account, self.address_of(scope, headers))


Door = Loopback | SignedIn


def cookie_name(*, is_https: bool) -> str:
    """Under `__Host-` a browser takes a cookie over TLS from this host alone, for all its paths."""
    return "__Host-plumbline" if is_https else "plumbline"


def local_path(asked: str | None) -> str:
    """A path of ours to go on to; anything else, such as another site's address, is the first page."""
    return asked if asked and len(asked) <= _LONGEST and _PLAIN_PATH.fullmatch(asked) else "/"


def _cookie(headers: Headers, asked: str) -> str | None:
    found = [
        value
        for line in headers.get("cookie", [])
        for part in line.split(";")
        for name, value in cookie_parser(part).items()
        if name == asked
    ]
    return found[0] if len(found) == 1 else None


def _network(peer: Peer, bits_of_4: int, bits_of_6: int) -> str:
    bits = bits_of_4 if isinstance(peer, ipaddress.IPv4Address) else bits_of_6
    return str(ipaddress.ip_network(f"{peer}/{bits}", strict=False))


def _ip(text: str) -> Peer | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
