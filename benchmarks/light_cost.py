"""What a patient's light page costs, beside one rerun of the Patient page: the server's work, bytes, the first look."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.client import Client
from benchmarks.page_cost import EPISODE, RERUNS, ROUNDS, WARM, Page, key_of
from benchmarks.servers import Server, free_port, running
from plumbline import audit, progress
from plumbline.report import patient_pdf
from plumbline.sharing import links
from plumbline.store import open_store

OPENS = 100  # of the light page in a round: processor time is told in hundredths of a second
PAPERS = 20
LOOKS = 6
FOOTER = "not an emergency channel"


@dataclass(frozen=True)
class Opened:
    """Both pages, each on a server of its own; the link's is opened with its second factor."""

    light: Server
    staff: Server
    browser: httpx2.Client
    query: str

    def look(self) -> tuple[float, int]:
        """Ask for the light page: seconds, and bytes in all."""
        began = time.perf_counter()
        answer = self.browser.get(f"http://127.0.0.1:{self.light.port}/s")
        answer.raise_for_status()
        heads = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
        return time.perf_counter() - began, len(answer.content) + heads


@contextmanager
def _opened(store: Path, folder: Path, as_of: date) -> Iterator[Opened]:
    ports = {name: free_port() for name in ("light", "staff")}
    paths = {name: Path(shutil.copy(store, folder / f"{name}.duckdb")) for name in ports}
    kept = open_store(paths["light"])
    patient = kept.cursor().execute(
        "select patient_id from episode_summary where episode_id = $episode", {"episode": EPISODE}
    ).fetchone()[0]  # fmt: skip
    made = links.create(kept, audit.SYSTEM, patient, factor="code")
    kept.close()
    with ExitStack() as held:
        light, staff = (
            held.enter_context(
                running(
                    ["-m", "plumbline", "serve", "--port", str(ports[name]), "--store", str(paths[name])],
                    ports[name], folder, {"PLUMBLINE_AUTH": "demo"},
                )
            )
            for name in ("light", "staff")
        )  # fmt: skip
        browser = held.enter_context(httpx2.Client(timeout=30))
        browser.post(f"http://127.0.0.1:{light.port}{made.path}", data={"factor": made.code})
        yield Opened(light, staff, browser, f"episode={key_of(store, EPISODE)}&as_of={as_of.isoformat()}")


def _work(both: Opened) -> dict[str, Any]:
    """Processor time and wait of each, in interleaved rounds, in milliseconds; medians."""
    spent: dict[str, list[float]] = {"light": [], "staff": [], "light_wait": [], "ratio": []}
    size = 0
    with Client(both.staff.port, "patient", both.query) as client:
        client.run()
        page = Page("staff", both.staff, client)
        page.round(WARM)
        both.look()
        for _ in range(ROUNDS):
            page.round(RERUNS)
            before = both.light.cpu()
            looks = [both.look() for _ in range(OPENS)]
            spent["light"].append(1000 * (both.light.cpu() - before) / OPENS)
            spent["staff"].append(page.cpu[-1])
            spent["light_wait"].append(1000 * statistics.median(seconds for seconds, _ in looks))
            spent["ratio"].append(spent["light"][-1] / spent["staff"][-1])
            size = looks[-1][1]
    return {name: round(statistics.median(found), 3) for name, found in spent.items()} | {"bytes": size}


def _first_looks(both: Opened) -> dict[str, float]:
    """From the address to what is there to read, in a browser that has nothing yet: medians in milliseconds."""
    spent: dict[str, list[float]] = {"light": [], "staff": []}
    cookies = [
        {"name": one.name, "value": one.value, "url": f"http://127.0.0.1:{both.light.port}"}
        for one in both.browser.cookies.jar
    ]
    with sync_playwright() as started:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])

        def look(context: BrowserContext, address: str, words: str) -> float:
            page = context.new_page()
            began = time.perf_counter()
            page.goto(address)
            page.get_by_text(words).first.wait_for()
            return 1000 * (time.perf_counter() - began)

        for _ in range(LOOKS):
            with browser.new_context() as context:
                context.add_cookies(cookies)  # type: ignore[arg-type]
                spent["light"].append(look(context, f"http://127.0.0.1:{both.light.port}/s", "About this page"))
            with browser.new_context() as context:
                address = f"http://127.0.0.1:{both.staff.port}/patient?{both.query}"
                spent["staff"].append(look(context, address, FOOTER))
        browser.close()
    return {name: round(statistics.median(times[1:]), 1) for name, times in spent.items()}


def _paper(store: Path, folder: Path, as_of: date) -> dict[str, float]:
    """The first PDF, with everything that is worked out once, and the median of those after it, in milliseconds."""
    kept = open_store(Path(shutil.copy(store, folder / "paper.duckdb")))
    told = progress.of(kept.cursor(), EPISODE, as_of)
    kept.close()
    spent = []
    for _ in range(PAPERS):
        began = time.perf_counter()
        patient_pdf(told)
        spent.append(1000 * (time.perf_counter() - began))
    return {"first": round(spent[0], 1), "warm": round(statistics.median(spent[1:]), 1)}


def measure(store: Path, folder: Path, as_of: date) -> dict[str, Any]:
    """The light page beside the Patient page, and the paper."""
    with _opened(store, folder, as_of) as both:
        work, looks = _work(both), _first_looks(both)
    return {
        "work": work, "looks_ms": looks, "looks": round(looks["light"] / looks["staff"], 3),
        "pdf_ms": _paper(store, folder, as_of),
    }  # fmt: skip
