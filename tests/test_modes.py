"""How Plumbline starts, and when it won't: one sentence, exit code 2, no trace, whichever way it is started."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plumbline.errors import ConfigError
from plumbline.store import open_store
from plumbline.web.server import modes
from plumbline.web.server.serve import listen
from tests.conftest import ROOT, Served, environment, free_port

STARTS = {
    "serve": [sys.executable, "-m", "plumbline", "serve", "--port", "{port}"],
    "streamlit": [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "{port}"],
    "uvicorn": [sys.executable, "-m", "uvicorn", "app:app", "--port", "{port}"],
}


def begin(
    command: list[str], mode: str | None, cwd: Path = ROOT, **more: str
) -> subprocess.CompletedProcess[str]:
    """Start something that is expected not to start."""
    asked = [part.replace("{port}", str(free_port())) for part in command]
    return subprocess.run(
        asked, cwd=cwd, env=environment(mode, **more), capture_output=True, text=True, timeout=60, check=False
    )


SECRET = "correct horse battery staple, and more of it"
OIDC = {
    "PLUMBLINE_AUTH": "oidc",
    "PLUMBLINE_URL": "https://plumbline.example",
    "PLUMBLINE_SECRET": SECRET,
    "PLUMBLINE_OIDC_ISSUER": "https://id.example/realms/clinic",
    "PLUMBLINE_OIDC_CLIENT_ID": "plumbline",
    "PLUMBLINE_OIDC_CLIENT_SECRET": "known to both",
}
PROXY = {
    "PLUMBLINE_AUTH": "proxy",
    "PLUMBLINE_URL": "https://plumbline.example",
    "PLUMBLINE_SECRET": SECRET,
    "PLUMBLINE_PROXY_CIDR": "127.0.0.1/32",
    "PLUMBLINE_PROXY_SECRET": SECRET,
}


@pytest.mark.parametrize("mode", ["", "oauth", "Demo", "local ", "local,demo", "0"])
def test_only_four_modes_are_known(mode: str) -> None:
    with pytest.raises(ConfigError, match=r"PLUMBLINE_AUTH .*`make run`"):
        modes.settings({"PLUMBLINE_AUTH": mode})
    assert modes.MODES == ("demo", "local", "oidc", "proxy")
    for asked in ({"PLUMBLINE_AUTH": "demo"}, {"PLUMBLINE_AUTH": "local"}, OIDC, PROXY):
        assert modes.settings(asked).mode == asked["PLUMBLINE_AUTH"]


@pytest.mark.attack(52)
@pytest.mark.parametrize("missing", [name for name in (*OIDC, *PROXY) if name != "PLUMBLINE_AUTH"])
def test_a_half_configured_sign_in_refuses_to_start_and_names_the_missing_piece(missing: str) -> None:
    whole = OIDC if missing in OIDC else PROXY
    for value in ("", "   "):
        with pytest.raises(ConfigError, match=f"^{missing} is not set, so Plumbline doesn't start"):
            modes.settings(whole | {missing: value})


@pytest.mark.attack(52)
@pytest.mark.parametrize(
    ("whole", "name", "value", "said"),
    [
        (OIDC, "PLUMBLINE_URL", "http://plumbline.example", "must begin with https"),
        (OIDC, "PLUMBLINE_URL", "plumbline.example", "no web address"),
        (OIDC, "PLUMBLINE_URL", "https://plumbline.example/sub", "has a path"),
        (OIDC, "PLUMBLINE_URL", "https://a:b@plumbline.example", "no web address"),
        (OIDC, "PLUMBLINE_URL", "https://plumbline.example?x=1", "no web address"),
        (OIDC, "PLUMBLINE_OIDC_ISSUER", "http://id.example", "must begin with https"),
        (OIDC, "PLUMBLINE_SECRET", "short", "too short or too plain"),
        (OIDC, "PLUMBLINE_SECRET", "a" * 64, "too short or too plain"),
        (PROXY, "PLUMBLINE_PROXY_SECRET", "short", "too short or too plain"),
        (PROXY, "PLUMBLINE_PROXY_CIDR", "everywhere", "no network"),
        (PROXY, "PLUMBLINE_PROXY_CIDR", "10.0.0.5/8", "no network"),
        (PROXY, "PLUMBLINE_PROXY_CIDR", "0.0.0.0/0", "believes everybody"),
        (PROXY, "PLUMBLINE_PROXY_CIDR", "127.0.0.1/32,::/0", "believes everybody"),
    ],
)
def test_a_setting_that_would_let_others_in_refuses_to_start(
    whole: dict[str, str], name: str, value: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=rf"{name} .*{said}.*doesn't start"):
        modes.settings(whole | {name: value})


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    given = {name: value for name, value in OIDC.items() if name != "PLUMBLINE_SECRET"}
    assert modes.settings(given | {"PLUMBLINE_SECRET_FILE": str(tmp_path / "secret")}).secret == SECRET
    with pytest.raises(ConfigError, match="PLUMBLINE_SECRET_FILE names a file that can't be read"):
        modes.settings(given | {"PLUMBLINE_SECRET_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize(
    ("written", "is_read_as"),
    [
        ("https://Plumbline.Example/", "https://plumbline.example"),
        ("https://plumbline.example:443", "https://plumbline.example"),
        ("https://plumbline.example:8443", "https://plumbline.example:8443"),
        ("http://127.0.0.1:8501", "http://127.0.0.1:8501"),
        ("http://[::1]:8501", "http://[::1]:8501"),
    ],
)
def test_the_public_address_is_written_as_a_browser_names_it(written: str, is_read_as: str) -> None:
    assert modes.settings(OIDC | {"PLUMBLINE_URL": written}).url == is_read_as


@pytest.mark.browser
@pytest.mark.parametrize(
    ("way", "mode"), [("serve", None), ("serve", "oauth"), ("streamlit", "oauth"), ("uvicorn", None)]
)
def test_without_a_known_mode_nothing_starts(way: str, mode: str | None, tmp_path: Path) -> None:
    ended = begin(STARTS[way], mode, PLUMBLINE_STORE=str(tmp_path / "never.duckdb"))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "PLUMBLINE_AUTH" in ended.stderr
    assert "`make run`" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.attack(52)
@pytest.mark.parametrize("way", ["serve", "streamlit"])
def test_without_a_secret_nobody_can_sign_in_so_nothing_starts(way: str, tmp_path: Path) -> None:
    given = {name: value for name, value in OIDC.items() if name not in {"PLUMBLINE_AUTH", "PLUMBLINE_SECRET"}}
    ended = begin(STARTS[way], "oidc", PLUMBLINE_STORE=str(tmp_path / "never.duckdb"), **given)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("PLUMBLINE_SECRET is not set")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("way", "option", "mode", "address"),
    [
        ("serve", "--address", "demo", "0.0.0.0"),
        ("serve", "--address", "local", "::"),
        ("streamlit", "--server.address", "demo", "::"),
        ("streamlit", "--server.address", "local", "0.0.0.0"),
    ],
)
def test_without_sign_in_it_answers_on_this_machine_only(
    way: str, option: str, mode: str, address: str, tmp_path: Path
) -> None:
    ended = begin([*STARTS[way], option, address], mode, PLUMBLINE_STORE=str(tmp_path / "never.duckdb"))
    assert ended.returncode == 2
    assert "on this machine only" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.attack(52)
@pytest.mark.parametrize("way", STARTS)
def test_demo_shows_made_up_patients_only(way: str, empty_store: Path) -> None:
    ended = begin(STARTS[way], "demo", PLUMBLINE_STORE=str(empty_store))
    assert ended.returncode != 0
    assert "isn't marked as made up" in ended.stderr
    assert "`make run STORE=empty.duckdb`" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.browser
def test_demo_doesnt_make_a_store(tmp_path: Path) -> None:
    ended = begin(STARTS["serve"], "demo", PLUMBLINE_STORE=str(tmp_path / "none.duckdb"))
    assert ended.returncode == 2
    assert "make it with `make run`" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.parametrize("way", STARTS)
def test_local_makes_a_store_and_each_way_serves_it(
    way: str, serve: Callable[..., Served], tmp_path: Path
) -> None:
    store = tmp_path / "own.duckdb"
    served = serve(store, "local", STARTS[way], PLUMBLINE_STORE=str(store))
    assert store.with_name("own.duckdb.sock").exists()
    code = served.stop()
    assert code == 0 or way != "serve"
    assert not store.with_name("own.duckdb.sock").exists()
    open_store(store).close()
    assert "Plumbline is ready at http://127.0.0.1:" in served.printed()
    assert "Traceback" not in served.printed()
    assert "leaked" not in served.printed()


@pytest.mark.browser
def test_a_second_server_on_one_store_says_so(serve: Callable[..., Served], tmp_path: Path) -> None:
    store = tmp_path / "own.duckdb"
    serve(store, "local")
    ended = begin(STARTS["serve"], "local", PLUMBLINE_STORE=str(store))
    assert ended.returncode == 2
    assert "already served by another Plumbline" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.browser
def test_a_taken_port_says_so_and_leaves_the_store_alone(serve: Callable[..., Served], tmp_path: Path) -> None:
    served = serve(tmp_path / "one.duckdb", "local")
    command = [*STARTS["serve"][:-1], str(served.port), "--store", str(tmp_path / "two.duckdb")]
    ended = begin(command, "local")
    assert ended.returncode == 2
    assert f"Port {served.port} is taken" in ended.stderr
    assert not (tmp_path / "two.duckdb").exists()


@pytest.mark.browser
def test_it_starts_in_any_folder(tmp_path: Path) -> None:
    """A relative path means the folder of the person who typed it."""
    port = free_port()
    command = [*STARTS["serve"][:-1], str(port), "--store", "here.duckdb"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment("local"), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"Plumbline is ready" in process.stdout.readline()
        assert (tmp_path / "here.duckdb").exists()
        process.terminate()


@pytest.mark.browser
@pytest.mark.parametrize("content", [b"not a database", b""])
def test_a_file_that_is_no_store_says_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(content or b"\0" * 5000)
    ended = begin(STARTS["serve"], "local", PLUMBLINE_STORE=str(tmp_path / "notes.txt"))
    assert ended.returncode == 2
    assert "notes.txt" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_store_is_the_one_named_then_the_environments_then_the_projects(tmp_path: Path) -> None:
    assert modes.store_path({"PLUMBLINE_STORE": "a"}, tmp_path / "b") == tmp_path / "b"
    assert modes.store_path({"PLUMBLINE_STORE": str(tmp_path / "a")}) == tmp_path / "a"
    assert modes.store_path({"PLUMBLINE_STORE": ""}) == ROOT / "data" / "plumbline.duckdb"


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "127.0.0.1.evil.example", "example.org"])
def test_only_loopback_addresses_are_of_this_machine(address: str | None) -> None:
    with pytest.raises(ConfigError):
        modes.check_address(address, "local")
    for own in modes.LOOPBACK:
        modes.check_address(own, "local")
    modes.check_address(address, "oidc")


def test_accepted_connections_dont_wait_to_fill_a_packet() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        listening.setblocking(True)
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
