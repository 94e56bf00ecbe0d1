"""Start and stop the three servers that are compared; each in a process of its own, whose CPU can be read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from plumbline.sql import ROOT

START_SECONDS = 60.0


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its process and how long it took until it answered, in seconds."""

    port: int
    process: psutil.Process
    start_seconds: float

    def cpu(self) -> float:
        """Seconds of processor time that it has used so far, all threads, user and system."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    arguments: list[str], port: int, folder: Path, environment: dict[str, str], asks: str = "/_stcore/health"
) -> Iterator[Server]:
    """Start a server, wait until it answers, stop it at the end."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("STREAMLIT_", "PLUMBLINE_"))}
    env |= {"PYTHONPATH": str(ROOT), **environment}
    began = time.perf_counter()
    log = folder / f"server-{port}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder if "plain" in str(arguments) else ROOT,
            env=env,
            stdout=out,
            stderr=out,
        )
    try:
        _wait(process, port, log, asks)
        yield Server(port, psutil.Process(process.pid), time.perf_counter() - began)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path, asks: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{asks}", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"The server on port {port} didn't start:\n{log.read_text(encoding='utf-8')[-2000:]}")
