"""deploy/plumbline.service as systemd itself reads it: part of `make test-proxy`, and needs systemd-analyze."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.conftest import ROOT

UNIT = ROOT / "deploy" / "plumbline.service"
WORST = 2.0  # of 10; what is left is the network that it serves and a user of its own


def test_systemd_takes_every_line_of_the_unit(tmp_path: Path) -> None:
    copied = tmp_path / UNIT.name
    here = UNIT.read_text(encoding="utf-8").replace("/srv/plumbline/.venv/bin/python", "/bin/sh")
    copied.write_text(here, encoding="utf-8")
    found = subprocess.run(["systemd-analyze", "verify", str(copied)], capture_output=True, text=True, check=False)
    told = [line for line in found.stderr.splitlines() if "plumbline" in line]
    assert (found.returncode, told) == (0, [])


def test_the_service_may_do_little(tmp_path: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    level = re.search(r"exposure level for plumbline\.service: ([\d.]+)", found.stdout)
    assert level, found.stderr
    assert float(level[1]) <= WORST
