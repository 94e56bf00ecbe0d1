"""How this process was told to run: in which mode, on which store, behind which address. What is unclear is refused.

`demo` and `local` have no sign-in and answer on this machine only. `oidc` signs people in through an identity
provider, `proxy` believes a reverse proxy that has done so.
"""

from __future__ import annotations

import getpass
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from plumbline import sql
from plumbline.errors import ConfigError

DEFAULT_STORE = sql.ROOT / "data" / "plumbline.duckdb"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MODES = ("demo", "local", "oidc", "proxy")
SIGNED_IN = frozenset({"oidc", "proxy"})
SECRET_BYTES = 32
_COMMAND = "type `make run` for made-up patients, or `make run STORE=my.duckdb` for your own"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Oidc:
    """The identity provider, and who we are to it."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Proxy:
    """The reverse proxy that is believed: where it speaks from, what it knows, and where it names the person."""

    networks: tuple[Network, ...]
    secret: str
    user_header: str
    issuer: str


@dataclass(frozen=True)
class Settings:
    """The mode and the store of this process; with sign-in also its public address and its secret.

    `networks`: from where a proxy speaks, whose word is taken for where somebody comes from.
    """

    mode: str
    store_path: Path
    url: str = ""
    secret: str = ""
    oidc: Oidc | None = None
    proxy: Proxy | None = None
    networks: tuple[Network, ...] = ()

    @property
    def signs_in(self) -> bool:
        """Whether people sign in."""
        return self.mode in SIGNED_IN

    @property
    def is_https(self) -> bool:
        """Whether browsers come over TLS; only an address of this machine may be without."""
        return self.url.startswith("https://")


def store_path(environ: Mapping[str, str], given: Path | None = None) -> Path:
    """The store to use: what the command names, else PLUMBLINE_STORE, else the project's own."""
    chosen = given or (Path(environ["PLUMBLINE_STORE"]) if environ.get("PLUMBLINE_STORE") else DEFAULT_STORE)
    return Path(chosen).expanduser().absolute()


def settings(environ: Mapping[str, str]) -> Settings:
    """Mode and store from the environment. Raises ConfigError with the one sentence to show."""
    mode = environ.get("PLUMBLINE_AUTH", "")
    if not mode:
        raise ConfigError(f"PLUMBLINE_AUTH is not set, so Plumbline doesn't start: {_COMMAND}.")
    if mode not in MODES:
        raise ConfigError(f"PLUMBLINE_AUTH must be demo, local, oidc or proxy, so Plumbline doesn't start: {_COMMAND}.")
    path = store_path(environ)
    if mode == "oidc":
        networks = _networks(environ["PLUMBLINE_PROXY_CIDR"]) if environ.get("PLUMBLINE_PROXY_CIDR", "").strip() else ()
        secret = _secret(environ, "PLUMBLINE_SECRET")
        return Settings(mode, path, _url(environ), secret, oidc=_oidc(environ), networks=networks)
    if mode == "proxy":
        proxy = _proxy(environ)
        secret = _secret(environ, "PLUMBLINE_SECRET")
        return Settings(mode, path, _url(environ), secret, proxy=proxy, networks=proxy.networks)
    return Settings(mode, path)


def check_address(address: str | None, mode: str) -> None:
    """Without sign-in Plumbline answers on this machine only. Raises ConfigError."""
    if mode not in SIGNED_IN and address not in LOOPBACK:
        raise ConfigError(
            f"In {mode} mode nobody signs in, so Plumbline answers on this machine only, "
            f"not on {address or 'every address'}: use 127.0.0.1, or PLUMBLINE_AUTH=oidc."
        )


def login() -> str:
    """The name of whoever started this process: without sign-in, the one that entries are recorded by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def issuer_asked() -> str:
    """Who vouches for people here, for a command that adds an account. Raises ConfigError where nothing says it."""
    if os.environ.get("PLUMBLINE_AUTH") == "proxy":
        return os.environ.get("PLUMBLINE_PROXY_ISSUER") or "proxy"
    issuer = os.environ.get("PLUMBLINE_OIDC_ISSUER")
    if not issuer:
        raise ConfigError("Say who vouches for the person: --issuer, or PLUMBLINE_OIDC_ISSUER as the server has it.")
    return issuer


def _needed(environ: Mapping[str, str], name: str, what: str) -> str:
    """A setting, or the content of the file that NAME_FILE names."""
    file = environ.get(f"{name}_FILE")
    if file:
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{name}_FILE names a file that can't be read: {what} stands there.") from error
    else:
        value = environ.get(name, "").strip()
    if not value:
        raise ConfigError(f"{name} is not set, so Plumbline doesn't start: it is {what}.")
    return value


def _secret(environ: Mapping[str, str], name: str) -> str:
    value = _needed(environ, name, f"a secret of at least {SECRET_BYTES} bytes: `openssl rand -base64 48` makes one")
    if len(value.encode()) < SECRET_BYTES or len(set(value)) < SECRET_BYTES // 4:
        raise ConfigError(
            f"{name} is too short or too plain to be a secret, so Plumbline doesn't start: "
            "`openssl rand -base64 48` makes one."
        )
    return value


def _web_address(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        sound = False
    if not sound or parts.scheme not in {"https", "http"} or parts.query or parts.fragment:
        raise ConfigError(f"{name} is no web address, so Plumbline doesn't start: write it like https://id.example.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ConfigError(f"{name} must begin with https, so Plumbline doesn't start: only 127.0.0.1 may be without.")
    return value


def _url(environ: Mapping[str, str]) -> str:
    value = _needed(environ, "PLUMBLINE_URL", "the address that people type, such as https://plumbline.example")
    address = _web_address("PLUMBLINE_URL", value)
    parts = urlsplit(address)
    if parts.path.strip("/"):
        raise ConfigError("PLUMBLINE_URL has a path, so Plumbline doesn't start: it needs a host name of its own.")
    usual = {"https": 443, "http": 80}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in {None, usual} else "")


def _oidc(environ: Mapping[str, str]) -> Oidc:
    issuer = _needed(environ, "PLUMBLINE_OIDC_ISSUER", "the provider's issuer, as its set-up page names it")
    return Oidc(
        _web_address("PLUMBLINE_OIDC_ISSUER", issuer),
        _needed(environ, "PLUMBLINE_OIDC_CLIENT_ID", "the name that the provider knows Plumbline by"),
        _needed(environ, "PLUMBLINE_OIDC_CLIENT_SECRET", "what Plumbline proves itself to the provider with"),
    )


def _proxy(environ: Mapping[str, str]) -> Proxy:
    networks = _networks(_needed(environ, "PLUMBLINE_PROXY_CIDR", "where the proxy speaks from, such as 127.0.0.1/32"))
    header = environ.get("PLUMBLINE_PROXY_USER_HEADER", "").strip() or "X-Forwarded-User"
    issuer = environ.get("PLUMBLINE_PROXY_ISSUER", "").strip() or "proxy"
    return Proxy(networks, _secret(environ, "PLUMBLINE_PROXY_SECRET"), header.lower(), issuer)


def _networks(given: str) -> tuple[Network, ...]:
    try:
        networks = tuple(ipaddress.ip_network(one.strip()) for one in given.split(","))
    except ValueError as error:
        raise ConfigError(
            "PLUMBLINE_PROXY_CIDR is no network, so Plumbline doesn't start: write it like 10.0.0.5/32."
        ) from error
    if any(network.prefixlen == 0 for network in networks):
        raise ConfigError("PLUMBLINE_PROXY_CIDR believes everybody, so Plumbline doesn't start: name the proxy alone.")
    return networks
