"""Work that is killed (SIGKILL) in its middle, again and again: one forked process each, so that each takes no time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from types import TracebackType
from typing import IO, Any

from plumbline import sql

_SERVER = """
import importlib, json, os, sys
import plumbline.backup, plumbline.intake.undo, plumbline.store, openpyxl
module = importlib.import_module(sys.argv[1])
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        def tell(*words):
            os.write(1, ("|".join(map(str, words)) + chr(10)).encode())
        tell("pid", os.getpid())
        try:
            module.work(json.loads(line), tell)
            tell("done")
            sys.stdin.readline()  # lives until it is killed
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.write(1, b"ended" + chr(10).encode())
"""


class Victims:
    """Forks a process for each piece of work, and kills it at a moment. `module.work(told, tell)` does the work."""

    def __init__(self, module: str) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-c", _SERVER, module],
            cwd=sql.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(sql.ROOT)},
        )

    def __enter__(self) -> Victims:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._input.close()
        self._server.wait(timeout=60)
        self._output.close()

    def kill(self, told: dict[str, Any], step: str, delay: float = 0.0) -> bool:
        """Begin the work, wait for the step that begins with `step`, then `delay`, and kill. Whether it had ended."""
        self._input.write(json.dumps(told) + "\n")
        self._input.flush()
        pid = int(self._output.readline().removeprefix("pid|"))
        seen = "pid"
        while not seen.startswith(step):
            seen = self._output.readline().strip()
            assert seen, "the work ended before the moment of the kill"
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        said = [seen]
        while said[-1] != "ended":
            said.append(self._output.readline().strip())
            assert said[-1], "the victims' server is gone"
        return "done" in said

    @property
    def _input(self) -> IO[str]:
        assert self._server.stdin is not None
        return self._server.stdin

    @property
    def _output(self) -> IO[str]:
        assert self._server.stdout is not None
        return self._server.stdout
