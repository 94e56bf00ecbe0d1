"""What Plumbline was told: mode, address, secrets. Says what is missing and never what a secret is."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from plumbline import sql
from plumbline.doctor import Finding, good, look, wrong
from plumbline.errors import ConfigError
from plumbline.web.server import modes

SECRETS = ("PLUMBLINE_SECRET", "PLUMBLINE_OIDC_CLIENT_SECRET", "PLUMBLINE_PROXY_SECRET")
MOST_PEERS = 256


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Everything about the settings in this environment."""
    if not (sql.ROOT / ".streamlit" / "config.toml").is_file():
        yield wrong("Settings", ".streamlit/config.toml isn't there.", "Install all of Plumbline's folder anew.")
    try:
        told = modes.settings(environ)
    except ConfigError as refused:
        yield wrong("Mode", str(refused), "Set it where the server gets its environment, such as its EnvironmentFile.")
        return
    yield _mode(told)
    if told.signs_in and not told.is_https:
        yield look("Address", f"{told.url} is without TLS.", "For trying out only: give PLUMBLINE_URL with https.")
    elif told.signs_in:
        yield good("Address", f"{told.url}: your proxy passes its Host on as it is")
    if told.proxy:
        wide = [str(network) for network in told.proxy.networks if network.num_addresses > MOST_PEERS]
        if wide:
            yield look(
                "Proxy", f"{', '.join(wide)} is believed, {MOST_PEERS} machines and more.",
                "Name the proxy alone in PLUMBLINE_PROXY_CIDR.",
            )  # fmt: skip
    yield from _secrets(environ)


def _mode(told: modes.Settings) -> Finding:
    words = {
        "demo": "made-up patients, on this machine only",
        "local": "one person on their own machine; nobody signs in",
        "oidc": f"people sign in at {told.oidc.issuer}" if told.oidc else "",
        "proxy": "a reverse proxy says who somebody is",
    }
    return good("Mode", f"{told.mode}: {words[told.mode]}")


def _secrets(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Secrets are long enough where the mode was accepted; here: can others read them?"""
    for name in SECRETS:
        file = environ.get(f"{name}_FILE")
        if not file:
            continue
        mode = stat.S_IMODE(Path(file).stat().st_mode) if Path(file).exists() else 0
        if mode & stat.S_IRWXO:
            yield wrong("Secrets", f"Every user of this machine can read the file of {name}.", f"`chmod 600 {file}`")
        else:
            yield good("Secrets", f"{name} comes from a file that others can't read")
