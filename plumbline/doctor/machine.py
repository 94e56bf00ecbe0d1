"""What this machine has: Python, the libraries, the clock, the disk and the port."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

from plumbline import sql
from plumbline.doctor import Finding, good, look, wrong

OLDEST_PYTHON = (3, 11)
LEAST_FREE = 2 * 1024**3  # bytes
SHARED = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"})
REQUIREMENTS = sql.ROOT / "requirements.txt"


def examine(store: Path, port: int, *, is_served: bool) -> Iterator[Finding]:
    """Everything about the machine that serves this store on this port."""
    yield python()
    yield libraries(REQUIREMENTS.read_text(encoding="utf-8"))
    yield clock(datetime.now(UTC))
    yield from place(store)
    yield listening(port, is_served=is_served)


def python() -> Finding:
    """Is Python new enough?"""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        return wrong("Python", f"It is {version}.", f"Install {needed} or newer and make the environment anew.")
    return good("Python", f"Python {version}")


def libraries(listed: str) -> Finding:
    """Are the libraries those that were tested?"""
    wanted = [Requirement(line) for line in listed.splitlines() if line and line[0].isalnum()]
    differ = []
    for one in wanted:
        if one.marker is not None and not one.marker.evaluate():
            continue
        try:
            has = importlib.metadata.version(one.name)
        except importlib.metadata.PackageNotFoundError:
            has = "missing"
        if not one.specifier.contains(has if has != "missing" else "0", prereleases=True):
            differ.append(f"{one.name} {has} instead of {str(one.specifier).lstrip('=')}")
    if differ:
        more = f" and {len(differ) - 5} more" if differ[5:] else ""
        told = ", ".join(differ[:5]) + more
        return wrong("Libraries", f"Not those of requirements.txt: {told}.", "Run `pip install -r requirements.txt`.")
    return good("Libraries", f"{len(wanted)} libraries as requirements.txt has them")


def clock(now: datetime) -> Finding:
    """Does the clock say a time that can be, and are time zones known?"""
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return wrong("Clock", "No time zones are known.", "Install the system's tzdata package.")
    made = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if now < made:
        return wrong(
            "Clock", f"It says {now:%Y-%m-%d %H:%M} UTC, before this program was installed.",
            "Set the clock, and let it be kept (NTP): days and sign-ins hang on it.",
        )  # fmt: skip
    here = now.astimezone()
    return good("Clock", f"{now:%Y-%m-%d %H:%M} UTC, {here:%H:%M} here ({here:%Z}); compare it with yours")


def place(store: Path) -> Iterator[Finding]:
    """The store's file and folder: there, writable, ours alone, on a disk of this machine with room."""
    folder = store.parent
    if not folder.is_dir():
        yield wrong("Store", f"Its folder {folder} isn't there.", "Make it, or name another store.")
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield wrong("Store", f"Its folder {folder} can't be written to.", "Give it to the user that runs Plumbline.")
    if not store.exists():
        yield look("Store", f"There is none at {store} yet.", "`serve` or `import` makes it; or name another: --store.")
    elif not os.access(store, os.R_OK | os.W_OK):
        yield wrong("Store", f"{store} can't be read and written.", "Give it to the user that runs Plumbline.")
    else:
        yield _private(store)
    kind = _file_system(folder)
    if kind in SHARED:
        yield wrong(
            "Disk", f"The store lies on {kind}, whose locks don't keep two machines apart.",
            "Move it to a disk of this machine.",
        )  # fmt: skip
    free, size = shutil.disk_usage(folder).free, store.stat().st_size if store.exists() else 0
    if free < max(LEAST_FREE, 2 * size):
        yield look("Disk", f"{free / 1024**3:.1f} GiB free beside {size / 1024**3:.1f} GiB of store.", "Make room.")
    else:
        yield good("Disk", f"{free / 1024**3:.0f} GiB free")


def _private(store: Path) -> Finding:
    mode = stat.S_IMODE(store.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return look("Store", f"Other users of this machine can read {store.name}.", f"`chmod 600 {store}`")
    return good("Store", f"{store}, for its own user alone")


def _file_system(folder: Path) -> str:
    """The kind of file system under a folder; empty where that can't be told."""
    best, kind = "", ""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    real = str(folder.resolve())
    for line in mounts:
        _, at, found, *_ = line.split(" ")
        inside = real == at or real.startswith(at.rstrip("/") + "/")
        if inside and len(at) >= len(best):
            best, kind = at, found
    return kind


def listening(port: int, *, is_served: bool) -> Finding:
    """Is the port free, or is it ours?"""
    with socket.socket() as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind(("127.0.0.1", port))
        except OSError:
            if is_served:
                return good("Port", f"Port {port} is in use, and this store is served")
            return look("Port", f"Port {port} is in use by something else.", "Stop that, or serve on another: --port.")
    return good("Port", f"Port {port} is free")
