"""What one rerun of the Patient page, the Worklist and Cohorts costs, beside a bare page and one written plainly."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.client import Client
from benchmarks.servers import Server, free_port, running
from plumbline.store import open_store

ROUNDS, RERUNS, PLAIN_RERUNS, WARM = 5, 30, 6, 4
THINK_SECONDS = 0.02
EPISODE = "demo-0001"
AXIS = ("axis", ("dates", "days"))
VERDICTS = ("worklist_verdicts", ("slower", "cannot_tell"))
LINES = ("cohorts_lines_0", ("spread", "average"))
TURNED = {"worklist": VERDICTS, "cohorts": LINES}


@dataclass
class Page:
    """One page being measured: CPU and round trip of each rerun, by round, in milliseconds."""

    name: str
    server: Server
    client: Client
    turned: tuple[str, tuple[str, str]] = AXIS
    cpu: list[float] = field(default_factory=list)
    wait: list[float] = field(default_factory=list)
    bytes: int = 0
    elements: int = 0

    def round(self, reruns: int) -> None:
        """Turn the axis (the verdict, the lines) to and fro; keeps a rerun's mean CPU and the median wait."""
        waits, before = [], self.server.cpu()
        key, values = self.turned
        for turn in range(reruns):
            self.client.choose(key, values[turn % 2])
            waits.append(self.client.run())
            time.sleep(THINK_SECONDS)
        time.sleep(0.2)  # what the server does after its last answer belongs to it
        self.cpu.append(1000 * (self.server.cpu() - before) / reruns)
        self.wait.append(1000 * statistics.median(waits))
        self.bytes, self.elements = self.client.received, self.client.elements


def key_of(store: Path, episode: str) -> str:
    """The key by which a course is named in an address."""
    opened = open_store(store)
    try:
        text = "select episode_key from episode where episode_id = $episode and retracted_at is null"
        return str(opened.cursor().execute(text, {"episode": episode}).fetchone()[0])
    finally:
        opened.close()


def _as_served(app: str, port: int) -> list[str]:
    """Serve an application as `python -m plumbline serve` serves its own."""
    text = (
        "import uvicorn; from plumbline.web.server.serve import config, listen; "
        f"uvicorn.Server(config({app!r})).run(sockets=[listen('127.0.0.1', {port})])"
    )
    return ["-c", text]


@contextmanager
def _pages(store: Path, folder: Path, as_of: date) -> Iterator[dict[str, Page]]:
    """The servers side by side, each with one session on its page."""
    copy = folder / "plain.duckdb"
    key = key_of(store, EPISODE)
    shutil.copy(store, copy)
    plain = {"BENCH_STORE": str(copy), "BENCH_EPISODE": EPISODE, "BENCH_AS_OF": as_of.isoformat(), "HOME": str(folder)}
    script = str(Path(__file__).parent / "pages" / "plain.py")
    address = f"episode={key}&as_of={as_of.isoformat()}"
    ports = {name: free_port() for name in ("ours", "worklist", "cohorts", "bare", "plain", "plain_cached")}
    listed, compared = folder / "listed.duckdb", folder / "compared.duckdb"
    for path in (listed, compared):
        shutil.copy(store, path)

    def default(name: str) -> list[str]:
        options = [
            "--server.headless",
            "true",
            "--server.port",
            str(ports[name]),
            "--browser.gatherUsageStats",
            "false",
        ]
        return ["-m", "streamlit", "run", script, *options]

    def served(name: str, path: Path) -> list[str]:
        return ["-m", "plumbline", "serve", "--port", str(ports[name]), "--store", str(path)]

    plans: dict[str, tuple[list[str], dict[str, str], str, str]] = {
        "ours": (served("ours", store), {"PLUMBLINE_AUTH": "demo"}, "patient", address),
        "worklist": (served("worklist", listed), {"PLUMBLINE_AUTH": "demo"}, "", f"as_of={as_of.isoformat()}"),
        "cohorts": (served("cohorts", compared), {"PLUMBLINE_AUTH": "demo"}, "cohorts", f"as_of={as_of.isoformat()}"),
        "bare": (_as_served("benchmarks.bare_app:app", ports["bare"]), {}, "", ""),
        "plain": (default("plain"), plain, "", ""),
        "plain_cached": (default("plain_cached"), plain | {"BENCH_PLAIN_CACHE": "1"}, "", ""),
    }
    with ExitStack() as stack:
        pages = {}
        for name, (arguments, environment, page, query) in plans.items():
            server = stack.enter_context(running(arguments, ports[name], folder, environment))
            client = stack.enter_context(Client(ports[name], page, query))
            client.run()
            pages[name] = Page(name, server, client, TURNED.get(name, AXIS))
        yield pages


def _start(store: Path, folder: Path) -> float:
    """Seconds from the command to the first answer, on a store that is there: the median of three starts."""
    spent = []
    for _ in range(3):
        port = free_port()
        serve = ["-m", "plumbline", "serve", "--port", str(port), "--store", str(store)]
        with running(serve, port, folder, {"PLUMBLINE_AUTH": "demo"}) as server:
            spent.append(server.start_seconds)
    return statistics.median(spent)


def measure(store: Path, folder: Path, as_of: date, rounds: int = ROUNDS, reruns: int = RERUNS) -> dict[str, Any]:
    """CPU of one rerun of each page, in interleaved rounds, and the two ratios that are promised."""
    start = _start(store, folder)
    with _pages(store, folder, as_of) as pages:
        for page in pages.values():
            page.round(WARM)
            page.cpu.clear()
            page.wait.clear()
        for _ in range(rounds):
            for page in pages.values():
                page.round(min(reruns, PLAIN_RERUNS) if "plain" in page.name else reruns)
    return {
        "cpu_ms": {name: round(statistics.median(page.cpu), 1) for name, page in pages.items()},
        "wait_ms": {name: round(statistics.median(page.wait), 1) for name, page in pages.items()},
        "kilobytes": {name: round(page.bytes / 1000, 1) for name, page in pages.items()},
        "elements": {name: page.elements for name, page in pages.items()},
        "start_s": round(start, 2),
        "to_bare": ratio(pages["ours"], pages["bare"]),
        "worklist_to_bare": ratio(pages["worklist"], pages["bare"]),
        "cohorts_to_bare": ratio(pages["cohorts"], pages["bare"]),
        "to_plain": ratio(pages["ours"], pages["plain"]),
        "to_plain_cached": ratio(pages["ours"], pages["plain_cached"]),
    }


def ratio(ours: Page, other: Page) -> float:
    """The median over the rounds of the ratio within a round: other work on the machine hits both alike."""
    return round(statistics.median(a / b for a, b in zip(ours.cpu, other.cpu, strict=True)), 3)
