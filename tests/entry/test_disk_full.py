"""A full disk says so and whether it was saved; what was acknowledged is there, nothing is half there."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plumbline import sql
from plumbline.store import open_store
from plumbline.verify import verify
from tests.conftest import environment

pytestmark = pytest.mark.slow

MB = 1_000_000
# An own, small file system where this user may have one, and a limit on the size of any file everywhere.
INSIDE = """
mount -t tmpfs -o size=$1 none /mnt && cp "$2" /mnt/store.duckdb && "$4" -c "$5" /mnt/store.duckdb
cp /mnt/* "$3"
"""
NOTES = 20  # in one entry: a note is 20,000 characters at most
WRITER = f"NOTES = {NOTES}" + """
import secrets, sys, datetime
from plumbline.entry.record import save
from plumbline.entry.steps import Add
from plumbline.errors import PlumblineError
from plumbline.store import open_store
store = open_store(sys.argv[1])
try:
    for number in range(2000):
        texts = [secrets.token_urlsafe(14_900) for _ in range(NOTES)]
        steps = [Add("note", {"kind": "visit", "text": text, "moment_on": datetime.date.today()}) for text in texts]
        print("saved", *save(store, "nurse", "e1", steps).fact_ids, flush=True)
except PlumblineError as error:
    print("refused", error, flush=True)
try:
    store.cursor().execute("select count(*) from note").fetchall()
    print("still reads", flush=True)
except Exception as error:
    from plumbline.errors import disk_full
    print("stopped", disk_full(error), flush=True)
"""


def may_mount() -> bool:
    command = ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def write(store: Path, folder: Path, size: int, way: str) -> tuple[Path, list[str]]:
    """Save notes until it is refused; gives the store as it was left, and what was said."""
    writer = [sys.executable, "-c", WRITER]
    folder.mkdir()
    left = folder / "store.duckdb"
    if way == "a small file system":
        shell = ["sh", "-c", INSIDE, "sh", str(size), str(store), str(folder), writer[0], writer[2]]
        command = ["unshare", "--user", "--map-root-user", "--mount", *shell]
        limit = None
    else:
        shutil.copy(store, left)
        command = [*writer, str(left)]

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    ended = subprocess.run(
        command, cwd=sql.ROOT, env=environment(None), preexec_fn=limit, capture_output=True, text=True, check=False
    )
    return left, ended.stdout.splitlines() or [ended.stderr]


WAYS = ["a limit on files", *(["a small file system"] if may_mount() else [])]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("room", ["a little", "enough to write but not to tidy up"])
@pytest.mark.attack(50)
def test_it_is_said_and_everything_acknowledged_is_there(prepared: Path, tmp_path: Path, way: str, room: str) -> None:
    # DuckDB tidies up when its log reaches 16 MiB: then there must be room for the log, but not for both
    size = prepared.stat().st_size + 3 * MB if room == "a little" else 19 * MB
    if way == "a limit on files" and room == "a little":
        size = min(size, 12 * MB)  # of each file alone, so that the log ends before it would be tidied up
    if way == "a small file system" and room != "a little":
        size += prepared.stat().st_size
    left, said = write(prepared, tmp_path / "full", size, way)
    kept = [note for line in said if line.startswith("saved") for note in line.split()[1:]]
    assert len(kept) > 2 * NOTES, said
    refused = [line for line in said if line.startswith("refused")]
    assert len(refused) == 1, said
    store = open_store(left)
    notes = {note for (note,) in store.cursor().execute("select note_id from note").fetchall()}
    changes = {fact for (fact,) in store.cursor().execute("select fact_id from change").fetchall()}
    assert set(kept) <= notes
    assert notes == changes
    if room == "a little":
        assert "The disk is full: nothing was saved. Make room" in refused[0]
        assert notes == set(kept)
        assert said[-1] == "still reads"
    else:
        assert "It was saved, but now the disk is full" in refused[0]
        assert len(notes) == len(kept) + NOTES
        assert "start it again" in said[-1]
    assert verify(store) == []
    store.close()
