"""The socket beside the store: commands ask the serving process, since only one process may have the file open.

One JSON line goes in: `{"command", "options"}`. Lines come back: a greeting, `{"progress": [label, done, total]}`
as often as needed, then `{"result": …}`. Only the user who started the server may connect (mode 0600). A client
that leaves changes nothing: the server finishes what it began.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import socketserver
import stat
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from plumbline import commands
from plumbline.errors import StoreError
from plumbline.store import Store

GREETING = {"plumbline": 1}
LONGEST = 100  # bytes; Linux takes 107, macOS 103
_GREETING_SECONDS = 20.0
_PROGRESS_SECONDS = 0.1


def address(store_path: Path) -> Path:
    """Where the server of this store listens: beside it, or in a short folder where that path would be too long."""
    real = Path(os.path.realpath(store_path))
    beside = real.with_name(real.name + ".sock")
    if len(os.fsencode(beside)) <= LONGEST:
        return beside
    return Path("/tmp") / f"plumbline-{hashlib.sha256(os.fsencode(real)).hexdigest()[:20]}" / "sock"


class _Handler(socketserver.StreamRequestHandler):
    """One client: reads a command, tells progress, gives the result."""

    server: _Server
    timeout = 30  # seconds for a client that connects and says nothing

    def handle(self) -> None:
        """Answer one command; a client that has left is no reason to stop it."""
        self._say(GREETING)
        try:
            asked = json.loads(self.rfile.readline(1_000_000))
            name, options = str(asked["command"]), dict(asked["options"])
        except (ValueError, KeyError, TypeError):
            self._say({"result": {"error": "The server didn't understand the command.", "exit_code": 2}})
            return
        last = 0.0

        def emit(label: str, done: int, total: int) -> None:
            nonlocal last
            if done >= total or time.monotonic() - last >= _PROGRESS_SECONDS:
                last = time.monotonic()
                self._say({"progress": [label, done, total]})

        self._say({"result": commands.run(self.server.store, name, options, emit)})

    def _say(self, message: dict[str, Any]) -> None:
        with suppress(OSError):
            self.wfile.write(json.dumps(message).encode() + b"\n")


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = False  # closing waits for commands that still run
    block_on_close = True

    def __init__(self, path: Path, store: Store) -> None:
        self.store = store
        super().__init__(str(path), _Handler)

    def server_bind(self) -> None:
        """Bind with mode 0600 from the first instant."""
        before = os.umask(0o177)
        try:
            super().server_bind()
        finally:
            os.umask(before)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that breaks off is not worth a trace."""


class Control:
    """The listening end, for the life of the serving process."""

    def __init__(self, store: Store) -> None:
        self.path = address(store.path)
        _make_room(self.path)
        self._server = _Server(self.path, store)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.2,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more commands, let the running ones finish, remove the socket."""
        self._server.shutdown()
        self._server.server_close()
        with suppress(FileNotFoundError):
            self.path.unlink()


def _make_room(path: Path) -> None:
    """Remove the socket of a server that was killed: whoever holds the store's lock, as we do, is the only one."""
    if path.parent.name.startswith("plumbline-") and path.parent.parent == Path("/tmp"):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _check_owner(path.parent)
    if not path.exists():
        return
    if not stat.S_ISSOCK(path.lstat().st_mode):
        raise StoreError(f"{path.name} is in the way of the server's socket: move it elsewhere and start again.")
    path.unlink()


def _check_owner(path: Path) -> None:
    strange = os.geteuid() != 0 and path.lstat().st_uid not in {os.geteuid(), 0}
    if strange or path.is_symlink():
        raise StoreError("The store's server belongs to another user, so this command can't talk to it.")


def is_served(store_path: Path) -> bool:
    """Whether a serving process answers for this store."""
    connection = _connect(address(store_path))
    if connection is None:
        return False
    with connection, connection.makefile("rb") as lines:
        try:
            return _greeted(lines)
        except OSError:
            return False


def ask(
    store_path: Path, command: str, options: dict[str, Any], progress: Callable[[str, int, int], None]
) -> commands.Answer | None:
    """The serving process's answer; None where no server has this store. Raises StoreError when it falls silent."""
    connection = _connect(address(store_path))
    if connection is None:
        return None
    with connection, connection.makefile("rb") as lines:
        try:
            if not _greeted(lines):
                raise StoreError("What answers on the store's socket isn't Plumbline, or is another version of it.")
            connection.settimeout(None)
            connection.sendall(json.dumps({"command": command, "options": options}).encode() + b"\n")
            for line in lines:
                message = json.loads(line)
                if "result" in message:
                    return dict(message["result"])
                progress(*message["progress"])
        except (OSError, ValueError) as error:
            raise _silent() from error
    raise _silent()


def _connect(path: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        _check_owner(path)
        connection.settimeout(_GREETING_SECONDS)
        connection.connect(str(path))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    except PermissionError as error:
        connection.close()
        raise StoreError("The store is served by another user, so this command can't reach it.") from error
    return connection


def _greeted(lines: Any) -> bool:
    try:
        return bool(json.loads(lines.readline() or b"null") == GREETING)
    except ValueError:
        return False


def _silent() -> StoreError:
    return StoreError(
        "The server stopped before it answered. An import is stored wholly or not at all: "
        "`python -m plumbline imports` lists those that are stored."
    )
