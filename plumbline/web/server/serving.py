"""The life of the serving process: it owns the store from start to stop, and is warm at the first page."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import streamlit
from starlette.middleware import Middleware
from starlette.routing import Route

import plumbline.charts
from plumbline import audit, log
from plumbline.access.sessions import Session, Sessions
from plumbline.errors import ConfigError, PlumblineError, StoreBusy
from plumbline.sharing.sessions import LinkSessions
from plumbline.store import Store, open_store
from plumbline.trail import report
from plumbline.web import cache
from plumbline.web.door.doors import Door, Loopback, SignedIn, Vouched
from plumbline.web.door.gate import Gate
from plumbline.web.door.headers import App
from plumbline.web.door.signin import SignIn
from plumbline.web.errors import keep_values_out_of_the_log
from plumbline.web.server import control, modes
from plumbline.web.server.health import Health
from plumbline.web.server.keeper import Keeper
from plumbline.web.share.keeper import ShareKeeper

WARM = ("altair", "pandas", "pyarrow", "streamlit.elements.vega_charts", "streamlit.elements.arrow")


@dataclass
class _Process:
    """What this process holds; one serving process has one store."""

    settings: modes.Settings | None = None
    store: Store | None = None
    refusal: str | None = None
    door: Door | None = None
    shares: LinkSessions | None = None


@dataclass(frozen=True)
class Held:
    """What the serving process holds while it serves."""

    store: Store
    mode: str
    door: Door
    shares: LinkSessions


_process = _Process()


def store() -> Store:
    """The open store. Raises PlumblineError before the start and after the stop."""
    if _process.store is None:
        raise PlumblineError("The store isn't open: Plumbline is starting or stopping. Reload the page in a moment.")
    return _process.store


def mode() -> str:
    """The mode of this process: demo, local, oidc or proxy. Raises ConfigError where none was chosen."""
    return _settings().mode


def sessions() -> Sessions | None:
    """Who is signed in; None in demo and local mode, where nobody signs in."""
    return _process.door.sessions if _process.door else None


def shares() -> LinkSessions | None:
    """Who has a patient's link open, in every mode; None before the start and after the stop."""
    return _process.shares


def session(handle: str | None) -> Session | None:
    """The live session of a handle, which the gate puts on every request; None where there is none."""
    for known in (sessions(), shares()):
        if known and (found := known.of_handle(handle)):
            return found
    return None


def address() -> str:
    """The address that people type, of which a patient's link is made."""
    return _settings().url or os.environ.get("PLUMBLINE_ADDRESS", _own_address())


def configure() -> None:
    """Read and check the settings when app.py is imported; if they won't do, one sentence and exit code 2."""
    try:
        _process.settings = modes.settings(os.environ)
        modes.check_address(streamlit.get_option("server.address"), _process.settings.mode)
        if streamlit.get_option("browser.gatherUsageStats") or not streamlit.get_option("server.trustedUserHeaders"):
            raise ConfigError("The settings in .streamlit/config.toml weren't read: start Plumbline in its own folder.")
    except ConfigError as refused:
        print(refused, file=sys.stderr)
        sys.exit(2)


def middleware(links: App) -> list[Middleware]:
    """The middleware of app.py: the gate, and nothing before it. `links` answers what is under `/s`."""
    return [
        Middleware(
            Gate, refusal=lambda: _process.refusal, door=lambda: _process.door, shares=shares, links=links
        )
    ]


def routes() -> list[Route]:
    """The addresses of our own in app.py, beside the pages: is it well, and the ways in and out."""
    settings = _process.settings
    own = Health(store).routes()
    return [*own, *SignIn(settings, _signed_in).routes()] if settings and settings.signs_in else own


def held() -> Held:
    """What this process holds, for who answers without Streamlit. Raises PlumblineError before the start."""
    if _process.door is None or _process.shares is None:
        raise PlumblineError("Plumbline is starting or stopping: try again in a moment.")
    return Held(store(), mode(), _process.door, _process.shares)


def _signed_in() -> SignedIn:
    if not isinstance(_process.door, SignedIn):
        raise PlumblineError("Plumbline is starting or stopping: try again in a moment.")
    return _process.door


def _door(settings: modes.Settings, opened: Store) -> Door:
    if settings.proxy:
        return Vouched(settings, Sessions(opened), settings.proxy)
    return SignedIn(settings, Sessions(opened)) if settings.signs_in else Loopback()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Open the store once, answer commands, warm what the first page needs; let go of everything at the end."""
    with ExitStack() as held:
        try:
            opened = _open()
            held.callback(opened.close)
            held.callback(cache.shared().clear)
            held.callback(cache.large().clear)
            held.callback(control.Control(opened).close)
            door = _door(_settings(), opened)
            if door.sessions is not None:
                audit.record(opened, "start", audit.SYSTEM, ("mode", _settings().mode))
        except PlumblineError as refused:
            _process.refusal = str(refused)
            raise
        except Exception as error:  # its text can quote values, so it is not said
            _process.refusal = f"Plumbline can't start; the log has why under the code {report(error)}."
            raise
        _process.store, _process.door, _process.shares = opened, door, LinkSessions(opened)
        warm()
        keep_values_out_of_the_log()
        held.callback(Keeper(opened, door.sessions).close)
        held.callback(ShareKeeper(opened, _process.shares).close)
        print(f"Plumbline is ready at {address()} (stop it with Ctrl-C).", flush=True)
        log.event("started", mode=_settings().mode)
        try:
            yield {}
        finally:
            _process.store = _process.door = _process.shares = None
            log.event("stopped")
            gc.unfreeze()  # so that the interpreter can take everything down in order


def _settings() -> modes.Settings:
    if _process.settings is None:
        raise ConfigError("Plumbline was started without a mode: start it with `make run`.")
    return _process.settings


def _open() -> Store:
    settings = _settings()
    if settings.mode == "demo" and not settings.store_path.exists():
        raise ConfigError(f"There is no demo store at {settings.store_path.name}: make it with `make run`.")
    try:
        opened = open_store(settings.store_path)
    except StoreBusy as busy:
        if control.is_served(settings.store_path):
            raise StoreBusy(
                f"The store {settings.store_path.name} is already served by another Plumbline: use that one, or "
                "stop it and start again."
            ) from busy
        raise
    if settings.mode == "demo" and not opened.synthetic:
        opened.close()
        raise ConfigError(
            f"The store {settings.store_path.name} isn't marked as made up, and the demo mode shows made-up "
            f"patients only: open it with `make run STORE={settings.store_path.name}`."
        )
    return opened


def _own_address() -> str:
    return f"http://{streamlit.get_option('server.address')}:{streamlit.get_option('server.port')}"


def warm() -> None:
    """Import what pages draw with, then move it all out of the garbage collector's sight.

    A collection walks every object that it knows, and imports alone make a million of them.
    """
    for name in WARM:
        importlib.import_module(name)
    for module in pkgutil.iter_modules(plumbline.charts.__path__):
        importlib.import_module(f"plumbline.charts.{module.name}")
    gc.collect()
    gc.freeze()
