"""What all tests share: a demo store built once, an empty store, the running application and a browser."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import FloatRect, Locator, Page, expect

from plumbline import demo, worklist
from plumbline.store import open_store

expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
ROOT = Path(__file__).resolve().parent.parent
DEMO_PATIENTS = 60
DEMO_SEED = 7
DEMO_UNTIL = date(2026, 11, 23)
START_SECONDS = 60.0
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run"]


# A commit that passed passes again: its random tests draw the same examples each time. `make explore` draws others.
# A busy machine fails none of them.
UNTIMED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("repeatable", derandomize=True, **UNTIMED)
settings.register_profile("explore", derandomize=False, print_blob=True, **UNTIMED)
settings.load_profile("repeatable")

pytest_plugins = ["tests.attack_table"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="of a test's many cases run the first; make check does")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --quick: leave what `cases` marks as many cases of one claim to make test, but for the first of each."""
    if not config.getoption("--quick"):
        return
    seen: set[str] = set()
    now: list[pytest.Item] = []
    later: list[pytest.Item] = []
    for item in items:
        claim = item.nodeid.partition("[")[0]
        is_another = claim in seen and item.get_closest_marker("cases") is not None
        (later if is_another else now).append(item)
        seen.add(claim)
    config.hook.pytest_deselected(items=later)
    items[:] = now


@pytest.fixture(scope="session")
def demo_original(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo store, built once even where several workers test at once."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    path = folder / "original.duckdb"
    with (folder / "original.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            building = folder / "building.duckdb"
            store = open_store(building)
            demo.build(store, DEMO_PATIENTS, DEMO_SEED, DEMO_UNTIL, lambda *_: None)
            worklist.make_ready(store, DEMO_UNTIL)
            store.close()
            demo.truth_path(building).replace(demo.truth_path(path))
            building.replace(path)
    return path


@pytest.fixture(scope="session")
def copy_demo_store(demo_original: Path) -> Callable[[Path], Path]:
    """Copies the demo store and its truth to a path, for a test that serves it or writes to it."""

    def copy(to: Path) -> Path:
        shutil.copy(demo_original, to)
        shutil.copy(demo.truth_path(demo_original), demo.truth_path(to))
        return to

    return copy


@pytest.fixture(scope="session")
def demo_store(copy_demo_store: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo store for this worker to open and read: 60 made-up patients until 2026-11-23. Close what you open."""
    return copy_demo_store(tmp_path_factory.mktemp("demo") / "demo.duckdb")


@pytest.fixture(scope="session")
def empty_original(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """An empty store, made once for all workers, as tabulating the band takes most of a second. Copy it."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    path = folder / "empty.duckdb"
    with (folder / "empty.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            building = folder / "empty-building.duckdb"
            open_store(building).close()
            building.replace(path)
    return path


@pytest.fixture(scope="module")
def empty_of_module(empty_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store for what the tests of one module share."""
    return Path(shutil.copy(empty_original, tmp_path_factory.mktemp("module") / "empty.duckdb"))


@pytest.fixture
def empty_store(empty_original: Path, tmp_path: Path) -> Path:
    """A store with the schema and the reference, and nobody in it; a test's own file."""
    return Path(shutil.copy(empty_original, tmp_path / "empty.duckdb"))


@dataclass
class Served:
    """A running server: its address, its store, its process and what it printed."""

    url: str
    store: Path
    mode: str
    process: subprocess.Popen[bytes]
    log: Path
    port: int = field(default=0)

    def printed(self) -> str:
        """Everything that the server wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self, sign: int = signal.SIGINT) -> int:
        """Ask it to stop, as Ctrl-C does, and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        return self.process.wait(timeout=30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def environment(mode: str | None, **more: str) -> dict[str, str]:
    """The environment of a command under test, with no mode or store that came from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "STREAMLIT_"))}
    kept |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}
    return kept if mode is None else {**kept, "PLUMBLINE_AUTH": mode}


def start(store: Path, mode: str, log: Path, command: list[str] | None = None, **more: str) -> Served:
    """Start a server on a free port and wait until it answers."""
    port = free_port()
    asked = command or [sys.executable, "-m", "plumbline", "serve", "--port", "{port}", "--store", str(store)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [part.replace("{port}", str(port)) for part in asked],
            cwd=ROOT,
            env=environment(mode, **{name: value.replace("{port}", str(port)) for name, value in more.items()}),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    served = Served(f"http://127.0.0.1:{port}", store, mode, process, log, port)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if answers(served.url):
            return served
        time.sleep(0.1)
    process.kill()
    raise AssertionError(f"the server didn't start:\n{served.printed()}")


def answers(url: str) -> bool:
    """Whether a server is ready there."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as response:
            return bool(response.status == 200)
    except urllib.error.HTTPError as refused:
        return refused.code == 403  # behind a proxy it is ready, and not for us
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start servers of a test's own: `serve(store, mode, command=None, **environment)`; all stop at the end."""
    running: list[Served] = []

    def one(store: Path, mode: str = "local", command: list[str] | None = None, **more: str) -> Served:
        running.append(start(store, mode, tmp_path / f"server-{len(running)}.log", command, **more))
        return running[-1]

    yield one
    for served in running:
        served.stop()


@pytest.fixture(scope="session")
def running_app(
    copy_demo_store: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """One server for the session, in demo mode on a copy of the demo store."""
    folder = tmp_path_factory.mktemp("served")
    served = start(copy_demo_store(folder / "demo.duckdb"), "demo", folder / "server.log")
    yield served
    assert served.stop() == 0, served.printed()


def eventually(page: Page, claim: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether a claim about what is drawn comes true: a page settles when its styles and its chart have arrived."""
    until = time.monotonic() + seconds
    while not (holds := claim()) and time.monotonic() < until:
        page.wait_for_timeout(100)
    return holds


def resting_box(locator: Locator) -> FloatRect:
    """Where something stands once it no longer moves."""
    places: list[FloatRect | None] = [None]

    def rests() -> bool:
        places.append(locator.bounding_box())
        return places[-1] is not None and places[-1] == places[-2]

    assert eventually(locator.page, rests)
    return cast("FloatRect", places[-1])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium where there is one, else Playwright's own; quiet, so that requests are the page's."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    own = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **own, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A specialist's screen."""
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}}
