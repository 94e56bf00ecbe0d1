"""`python -m plumbline serve`: the application of app.py on a socket of our own, on this machine only."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

import uvicorn

from plumbline import sql
from plumbline.errors import ConfigError
from plumbline.web.server import modes

STOP_SECONDS = 5
LONGEST_HEADERS = 64 * 1024


def serve(port: int, store: Path | None, address: str = "127.0.0.1") -> int:
    """Serve until stopped; gives the exit code. Raises ConfigError where mode, address or port won't do."""
    os.environ["PLUMBLINE_STORE"] = str(modes.store_path(os.environ, store))
    modes.check_address(address, modes.settings(os.environ).mode)
    # Streamlit looks for its settings, and app.py for the entry script, in the working folder
    os.chdir(sql.ROOT)
    sys.path.insert(0, str(sql.ROOT))
    with listen(address, port) as listening:
        os.environ["PLUMBLINE_ADDRESS"] = f"http://{_name(address)}:{listening.getsockname()[1]}"
        server = uvicorn.Server(config("app:app"))
        # uvicorn ends with codes of its own: for a failed start, and for Ctrl-C, which is how one stops it
        with suppress(SystemExit, KeyboardInterrupt):
            server.run(sockets=[listening])
    return 0 if server.started else 2


def config(app: str) -> uvicorn.Config:
    """How an application is served; the benchmarks serve theirs the same way."""
    # a longer line than it takes would leave whoever sent it without an answer: as long as uvicorn takes them
    os.environ.setdefault("WEBSOCKETS_MAX_LINE_LENGTH", str(LONGEST_HEADERS))
    return uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=50 * 1024 * 1024,
        ws_per_message_deflate=False,  # on this machine only: packing costs a tenth of a rerun and saves no time
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_level="warning",
        h11_max_incomplete_event_size=LONGEST_HEADERS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def listen(address: str, port: int) -> socket.socket:
    """A listening socket. TCP_NODELAY is inherited by what it accepts; without it quick reruns wait 40 ms."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind((address, port))
    except OSError as error:
        listening.close()
        raise ConfigError(
            f"Port {port} is taken, or not allowed: stop what uses it, or give another with `--port` "
            "(`make run PORT=8502`)."
        ) from error
    listening.listen(2048)
    listening.setblocking(False)
    return listening


def _name(address: str) -> str:
    return f"[{address}]" if ":" in address else address
