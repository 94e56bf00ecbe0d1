"""The commands as a person types them: what they print, where, and how they end; with a server and without."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from plumbline.cli import main as cli
from plumbline.store import open_store
from tests.conftest import Served, environment

PATIENTS = "patient_id,birth_date,sex,clinic\nP1,1950-01-02,female,North\nP2,1944,male,North\n"
EPISODES = "episode_id,patient_id,performed_at,levels\nE1,P1,2026-01-10T09:30,T12;L1\n"
SCORES = (
    "episode_id,taken_at,instrument,value\n"
    "E1,2026-01-08,nrs_back,8\n"
    "E1,2026-01-13,nrs_back,4\n"
    "E1,2026-01-18,nrs_back,3\n"
    "E1,2026-01-23,nrs_back,11\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Three native files; one score of them is impossible."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in (("patients", PATIENTS), ("episodes", EPISODES), ("scores", SCORES)):
        (folder / f"{name}.csv").write_text(text)
    return folder


@dataclass
class Ended:
    """How a command ended, and what it printed where."""

    returncode: int
    stdout: str
    stderr: str


def ask(*words: str | Path) -> Ended:
    """Type a command; in this process, as starting Python anew takes longer than most commands."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            cli.app([str(word) for word in words] or ["--help"], prog_name="python -m plumbline")
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ended(code, out.getvalue(), err.getvalue())


def ask_anew(*words: str | Path, cwd: Path | None = None, **more: str) -> Ended:
    """Type a command in a process of its own."""
    command = [sys.executable, "-m", "plumbline", *map(str, words)]
    ended = subprocess.run(
        command, cwd=cwd, env=environment(None, **more), capture_output=True, text=True, timeout=120, check=False
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def answer(*words: str | Path, code: int = 0) -> Any:
    """The JSON of a command, which stands on stdout alone."""
    ended = ask(*words, "--json")
    assert ended.returncode == code, ended.stderr
    return json.loads(ended.stdout)


@pytest.fixture
def store(empty_store: Path) -> Path:
    """A store that nobody serves; `test_both_ways_print_the_same` says that a served one is no different."""
    return empty_store


@pytest.mark.slow
def test_an_import_stores_what_is_right_and_lists_what_is_not(store: Path, files: Path) -> None:
    first = answer("import", files, "--store", store, code=1)
    assert first["totals"] == {"rows": 7, "accepted": 6, "unchanged": 0, "ignored": 0, "rejected": 1}
    assert [(one["file"], one["rejected"]) for one in first["files"]] == [
        ("episodes.csv", 0),
        ("patients.csv", 0),
        ("scores.csv", 1),
    ]
    found = answer("rejects", first["batch_id"], "--store", store)
    assert [(one["file"], one["line"], one["value"]) for one in found] == [("scores.csv", 5, "11")]
    again = answer("import", files, "--store", store, code=1)
    assert (again["totals"]["accepted"], again["totals"]["unchanged"]) == (0, 6)
    listed = answer("imports", "--store", store)
    assert [one["batch_id"] for one in listed] == [again["batch_id"], first["batch_id"]]


@pytest.mark.slow
def test_an_import_takes_what_is_said_about_a_file(store: Path, files: Path) -> None:
    people = files / "patients.csv"
    people.write_bytes(("Export\n" + PATIENTS.replace("North", "Zürich").replace(",", ":")).encode("latin-1"))
    said = ("--encoding", "windows-1252", "--delimiter", ":", "--header-line", "2")
    taken = answer("import", people, *said, "--store", store)
    assert taken["totals"]["accepted"] == 2
    assert "Zürich" in json.dumps(taken, ensure_ascii=False)
    refused = answer("import", files / "scores.csv", "--dates", "day-first", "--store", store, code=1)
    told = answer("rejects", refused["batch_id"], "--store", store)
    assert "leave --sheet, --dates and --decimal out" in told[0]["reason"]


@pytest.mark.slow
def test_a_verdict_changes_with_the_day_alone(store: Path, files: Path) -> None:
    answer("import", files, "--store", store, code=1)
    early = answer("status", "E1", "--as-of", "2026-01-20", "--store", store)
    late = answer("status", "E1", "--as-of", "2026-11-20", "--store", store)
    assert (early["episode_id"], early["day"]) == ("E1", 10)
    assert late["verdict"] == "cannot_tell" != early["verdict"]
    assert early["address"].startswith("/patient?episode=")
    no_procedure = answer("status", "patient:P2", "--as-of", "2026-01-20", "--store", store)
    assert (no_procedure["day"], no_procedure["verdict"]) == (None, "cannot_tell")


@pytest.mark.slow
def test_a_dry_run_stores_nothing(store: Path, files: Path) -> None:
    assert answer("import", files, "--dry-run", "--store", store, code=1)["totals"]["accepted"] == 6
    assert answer("imports", "--store", store) == []


@pytest.mark.slow
def test_what_cannot_be_done_says_so_in_one_paragraph(store: Path, tmp_path: Path) -> None:
    for words in (
        ("import", tmp_path / "nothing-here"),
        ("rejects", "no-such-import"),
        ("status", "no-such-episode"),
        ("status", "E1", "--as-of", "2026-02-30"),
    ):
        ended = ask(*words, "--store", store, "--json")
        assert ended.returncode == 2
        assert ended.stdout == ""
        assert "Traceback" not in ended.stderr
        assert 0 < ended.stderr.strip().count("\n") + 1 <= 2
    assert answer("imports", "--store", store) == []


@pytest.mark.slow
def test_people_get_tables(store: Path, files: Path) -> None:
    done = ask("import", files, "--store", store)
    assert done.returncode == 1
    assert "together" in done.stdout
    assert "plumbline rejects" in done.stdout
    batch = answer("imports", "--store", store)[0]["batch_id"]
    assert batch in ask("imports", "--store", store).stdout
    assert "scores.csv" in ask("rejects", batch, "--store", store).stdout
    said = ask("status", "E1", "--as-of", "2026-01-20", "--store", store).stdout
    assert "E1, day 10, as of 2026-01-20" in said


@pytest.mark.browser
def test_both_ways_print_the_same(
    empty_store: Path, files: Path, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    stores = (empty_store, serve(tmp_path / "served.duckdb", "local").store)
    for words in (
        ("import", files, "--dry-run"),
        ("imports",),
        ("import", files),
        ("import", files, "--replace"),
        ("rejects", "{batch}"),
        ("imports",),
        ("status", "patient:P2", "--as-of", "2026-01-20"),
        ("status", "E1", "--as-of", "2026-01-20"),
        ("status", "nobody"),
        ("rejects", "nothing"),
        ("import", tmp_path / "nothing"),
    ):
        for more in ((), ("--json",)):
            found = []
            for path in stores:
                listed = json.loads(ask("imports", "--json", "--store", path).stdout)
                named = [str(word).replace("{batch}", listed[0]["batch_id"] if listed else "") for word in words]
                ended = ask(*named, *more, "--store", path)
                found.append((ended.returncode, _without_chance(ended.stdout), _without_chance(ended.stderr)))
            assert found[0] == found[1]
            assert any(found[0][1:])


def _without_chance(printed: str) -> list[str]:
    """Without batch ids, times and opaque keys."""
    chance = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}|\d{2}:\d{2}[\d:.]*|episode=[0-9a-f]+|[0-9a-f-]{36}")
    return chance.sub("*", printed).splitlines()


@pytest.mark.browser
@pytest.mark.parametrize("served", [True, False], ids=["server", "file"])
def test_two_imports_at_once_both_end_well(
    empty_store: Path, tmp_path: Path, serve: Callable[..., Served], served: bool
) -> None:
    if served:
        serve(empty_store, "local")
    running = []
    for number in range(2):
        (tmp_path / f"{number}.csv").mkdir()
        rows = "".join(f"P{number}-{i},1950,female,North\n" for i in range(3000))
        (tmp_path / f"{number}.csv" / "patients.csv").write_text("patient_id,birth_date,sex,clinic\n" + rows)
        command = [sys.executable, "-m", "plumbline", "import", str(tmp_path / f"{number}.csv"), "--json"]
        command += ["--store", str(empty_store)]
        running.append(subprocess.Popen(command, env=environment(None), stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], [error for _, error in ended]
    assert [json.loads(out)["totals"]["accepted"] for out, _ in ended] == [3000, 3000]
    assert sorted(one["accepted"] for one in answer("imports", "--store", empty_store)) == [3000, 3000]


def begin_import(tmp_path: Path, store: Path, rows: int = 60_000) -> subprocess.Popen[str]:
    """Begin an import that takes a moment."""
    text = "".join(f"P{i},1950,female,North\n" for i in range(rows))
    (tmp_path / "patients.csv").write_text("patient_id,birth_date,sex,clinic\n" + text)
    command = [sys.executable, "-m", "plumbline", "import", str(tmp_path / "patients.csv"), "--json"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*command, "--store", str(store)], env=environment(None), text=True, **streams)


def wait_until_served(served: Served) -> None:
    """Wait until a command talks to the server: its end of the socket is there beside the listening one."""
    server = psutil.Process(served.process.pid)
    while sum(one.laddr == f"{served.store}.sock" for one in server.net_connections("unix")) < 2:
        time.sleep(0.02)
    time.sleep(0.2)


@pytest.mark.browser
def test_a_command_whose_person_leaves_is_finished_by_the_server(
    empty_store: Path, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    served = serve(empty_store, "local")
    leaving = begin_import(tmp_path, empty_store)
    wait_until_served(served)
    leaving.send_signal(signal.SIGINT)
    _, said = leaving.communicate(timeout=60)
    assert leaving.returncode == 130
    assert "The server goes on and finishes" in said
    until = time.monotonic() + 60
    while not (stored := answer("imports", "--store", empty_store)) and time.monotonic() < until:
        time.sleep(0.5)
    assert [one["accepted"] for one in stored] == [60_000]


@pytest.mark.browser
def test_a_server_that_is_stopped_finishes_what_it_was_asked(
    empty_store: Path, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    served = serve(empty_store, "local")
    asking = begin_import(tmp_path, empty_store)
    wait_until_served(served)
    assert served.stop() == 0
    out, said = asking.communicate(timeout=60)
    assert asking.returncode == 0, said
    assert json.loads(out)["totals"]["accepted"] == 60_000
    assert [one["accepted"] for one in answer("imports", "--store", empty_store)] == [60_000]


@pytest.mark.browser
def test_a_server_that_is_killed_leaves_all_or_nothing_and_the_command_says_so(
    empty_store: Path, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    served = serve(empty_store, "local")
    asking = begin_import(tmp_path, empty_store)
    wait_until_served(served)
    served.process.kill()
    _, said = asking.communicate(timeout=60)
    assert asking.returncode == 2
    assert "stored wholly or not at all" in said
    assert [one["accepted"] for one in answer("imports", "--store", empty_store)] in ([], [60_000])


def opens(process: psutil.Process, store: Path) -> bool:
    """Whether a process has the store open; one that has ended doesn't."""
    with suppress(psutil.NoSuchProcess):
        return any(one.path == str(store) for one in process.open_files())
    return False


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.1, 0.4, 0.8, 1.3])
def test_an_import_that_is_stopped_is_stored_wholly_or_not_at_all(
    empty_store: Path, tmp_path: Path, after: float
) -> None:
    stopping = begin_import(tmp_path, empty_store, rows=200_000)
    process = psutil.Process(stopping.pid)
    while not opens(process, empty_store):
        assert stopping.poll() is None
        time.sleep(0.02)
    time.sleep(after)
    stopping.send_signal(signal.SIGINT)
    _, said = stopping.communicate(timeout=60)
    stored = [one["accepted"] for one in answer("imports", "--store", empty_store)]
    assert stored in ([], [200_000])
    assert stopping.returncode == 130 or (stopping.returncode == 0 and stored)  # 0: done before the signal came
    assert "Traceback" not in said
    assert "support code" not in said
    if stopping.returncode == 130:
        assert "stored wholly or not at all" in said


@pytest.mark.slow
def test_a_query_that_ctrl_c_stops_is_known_as_such() -> None:
    """The commands rely on DuckDB's own words for it."""
    script = """
import os, signal, sys, threading
import duckdb
from plumbline import sql
connection = duckdb.connect()
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    with sql.heeding_ctrl_c():
        connection.execute("select sum(hash(range)) from range(500000000)").fetchall()
except KeyboardInterrupt as stop:
    sys.exit(0 if type(stop.__cause__) is RuntimeError else repr(stop.__cause__))
sys.exit("the query went on to its end")
"""
    ended = subprocess.run([sys.executable, "-c", script], env=environment(None), timeout=60, check=False)
    assert ended.returncode == 0


@pytest.mark.browser
def test_the_socket_is_this_users_alone_and_a_dead_one_is_replaced(
    empty_store: Path, serve: Callable[..., Served]
) -> None:
    beside = empty_store.with_name("empty.duckdb.sock")
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(beside))
    served = serve(empty_store, "local")
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert answer("imports", "--store", empty_store) == []
    served.process.kill()
    served.process.wait()
    assert beside.exists()
    assert answer("imports", "--store", empty_store) == []
    serve(empty_store, "local")
    assert answer("imports", "--store", empty_store) == []


@pytest.mark.browser
def test_a_store_deep_in_the_folders_is_reached_as_well(
    empty_store: Path, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    deep = tmp_path.joinpath(*(["a-rather-long-name-of-a-folder"] * 4))
    deep.mkdir(parents=True)
    (tmp_path / "short").symlink_to(deep)
    store = empty_store.rename(deep / "store.duckdb")
    serve(store, "local")
    assert not list(deep.glob("*.sock"))
    for path in (store, tmp_path / "short" / "store.duckdb", Path(os.path.relpath(store, tmp_path))):
        ended = ask_anew("imports", "--json", "--store", path, cwd=tmp_path)
        assert (ended.returncode, ended.stdout) == (0, "[]\n"), ended.stderr


@pytest.mark.browser
def test_made_up_stores_take_no_other_data(
    copy_demo_store: Callable[[Path], Path], serve: Callable[..., Served], tmp_path: Path, files: Path
) -> None:
    store = copy_demo_store(tmp_path / "demo.duckdb")
    direct = ask("import", files, "--store", store)
    serve(store, "demo")
    through = ask("import", files, "--store", store)
    assert direct.returncode == through.returncode == 2
    assert direct.stderr == through.stderr
    assert "made-up patients" in direct.stderr


@pytest.mark.slow
def test_without_arguments_it_says_what_there_is() -> None:
    ended = ask_anew()
    assert ended.returncode == 0
    for command in ("import", "rejects", "imports", "status", "expected", "demo", "serve"):
        assert f"\n  {command} " in ended.stdout


@pytest.mark.slow
def test_a_store_that_isnt_there_is_not_made_by_asking(tmp_path: Path, files: Path) -> None:
    for words in (("status", "E1"), ("imports",), ("rejects", "b"), ("import", tmp_path / "nothing")):
        ended = ask(*words, "--store", tmp_path / "none.duckdb")
        assert ended.returncode == 2
    assert ask("import", files, "--dry-run", "--store", tmp_path / "none.duckdb").returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files"]


def test_the_store_comes_from_the_environment_too(empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_STORE", str(empty_store))
    assert ask("imports", "--json").stdout == "[]\n"


@pytest.mark.slow
def test_demo_makes_a_store_again_but_not_in_place_of_real_data(tmp_path: Path, empty_store: Path) -> None:
    store = tmp_path / "demo.duckdb"
    words = ("demo", "--patients", "60", "--seed", "7", "--until", "2026-11-23", "--store")
    assert ask(*words, store).returncode == 0
    truth = (tmp_path / "demo.duckdb.truth.json").read_bytes()
    assert ask(*words, store).returncode == 0
    assert (tmp_path / "demo.duckdb.truth.json").read_bytes() == truth
    opened = open_store(store)
    assert opened.synthetic
    opened.close()
    before = empty_store.read_bytes()
    refused = ask(*words, empty_store)
    assert refused.returncode == 2
    assert "isn't marked as made up" in refused.stderr
    assert empty_store.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"demo.duckdb", "demo.duckdb.truth.json", "empty.duckdb"}
