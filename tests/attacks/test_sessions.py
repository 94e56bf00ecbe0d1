"""A page is open for a live session alone: looked at when it opens, on every message, and when nobody says anything."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from plumbline.access.sessions import handle_of
from plumbline.web.visit import MOST_PAGES
from tests.attacks import signed
from tests.attacks.conftest import ROLES
from tests.attacks.provider import Provider
from tests.attacks.signed import browser, cookie_of, sign_in, soon_on_record, wire
from tests.conftest import Served, environment
from tests.web.conftest import made_up
from tests.web.wire import Wire, page_hash

pytestmark = pytest.mark.browser

FOOTER = "not an emergency channel"
QUICK = (
    "import sys, datetime, plumbline.access.sessions as one; "
    "one.IDLE, one.WARN = datetime.timedelta(seconds=4), datetime.timedelta(seconds=2); "
    "one.ABSOLUTE = datetime.timedelta(seconds=float(sys.argv.pop(1))); "
    "from plumbline.cli.main import main; main()"
)


def come_in(served: Served, provider: Provider, sub: str = "anna") -> str:
    """What the browser of somebody holds who has just signed in."""
    provider.sub = sub
    return cookie_of(sign_in(served)[0])


def opens(served: Served, **more: object) -> int:
    """What the server answers to a page that wants to open: 101 where it lets it."""
    try:
        with Wire(served.url, **more):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def where_sent(page: Wire) -> str:
    """Where the browser is told to go next; nothing else may be drawn before."""
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(page.receive())
        if answer.WhichOneof("type") == "auth_redirect":
            return answer.auth_redirect.url
        assert answer.WhichOneof("type") != "delta"


@pytest.mark.attack(1)
@pytest.mark.parametrize("path", ["/", "/patient", "/flags", "/imports", "/entry", "/worklist", "/~/+/", "/nothing"])
def test_a_stranger_gets_no_page_by_its_address(oidc: Served, path: str) -> None:
    answer = browser().get(f"{oidc.url}{path}")
    assert answer.status_code == httpx2.codes.SEE_OTHER
    assert answer.headers["location"].startswith("/signin?next=")


@pytest.mark.attack(1, 17)
@pytest.mark.parametrize(
    "path", ["/_stcore/stream", "/_stcore/upload_file/x/y", "/component/x", "/dl/x", "/media/x.png", "/_stcore/message"]
)
def test_a_stranger_gets_nothing_that_a_page_fetches(oidc: Served, path: str) -> None:
    for method in ("GET", "PUT", "POST"):
        assert browser().request(method, f"{oidc.url}{path}").status_code in {401, 404}


@pytest.mark.attack(3)
def test_a_page_without_a_cookie_isnt_opened(oidc: Served) -> None:
    assert opens(oidc) == httpx2.codes.FORBIDDEN


@pytest.mark.attack(4)
@pytest.mark.parametrize("held", ["x", "0" * 43, "a" * 10_000, "%00", '"', "\u00fc\u00ff", "=;=", "; plumbline=", ".."])
def test_a_made_up_cookie_opens_nothing_and_breaks_nothing(oidc: Served, provider: Provider, held: str) -> None:
    good = come_in(oidc, provider)
    for value in (held, good[:-1], good + "x"):
        header = {"Cookie": f"plumbline={value}"}
        assert opens(oidc, additional_headers=header) == httpx2.codes.FORBIDDEN
    both = {"Cookie": f"plumbline={good}; plumbline=x"}  # one that another host of the domain has set beside ours
    assert opens(oidc, additional_headers=both) == httpx2.codes.FORBIDDEN
    raw = httpx2.Headers([(b"Cookie", f"plumbline={held}".encode())])
    answer = browser().get(oidc.url, headers=raw)
    assert answer.status_code == httpx2.codes.SEE_OTHER


def test_a_live_session_opens_a_page(oidc: Served, provider: Provider) -> None:
    with wire(oidc, come_in(oidc, provider)) as page:
        assert FOOTER in page.ask().said


@pytest.mark.attack(2)
def test_a_page_by_its_hash_is_guarded_like_the_page(oidc: Served, provider: Provider) -> None:
    with wire(oidc, come_in(oidc, provider, "mark")) as page:
        for name in ("patient", "imports"):
            seen = page.ask(by_hash=page_hash(name))
            assert "doesn't include this page" in seen.said
            assert "Bring data in" not in seen.said
        assert "What the flags are worth" in page.ask(by_hash=page_hash("nothing")).said  # the first of the role's own


@pytest.mark.attack(6, 7)
def test_nobody_takes_over_the_page_of_another(oidc: Served, provider: Provider) -> None:
    """The id of another's page as the third word of the protocol, as a browser sends its own when it comes back."""
    first, second = come_in(oidc, provider), come_in(oidc, provider, "mark")
    with wire(oidc, first) as page:
        page.ask("reference", query="as_of=2026-01-01")
        theirs = page.session_id
    assert theirs
    with wire(oidc, first, subprotocols=["streamlit", "x", theirs]) as page:
        page.ask()
        assert page.session_id == theirs  # one's own page is found again
    for cookie in (second, come_in(oidc, provider)):  # another person, and the same person's other session
        with wire(oidc, cookie, subprotocols=["streamlit", "x", theirs]) as page:
            page.ask()
            assert page.session_id
            assert page.session_id != theirs


@pytest.mark.attack(8)
@pytest.mark.parametrize("name", ["X-Plumbline-Session", "x-plumbline-session", "X-PLUMBLINE-SESSION"])
def test_nobody_says_themselves_who_they_are(oidc: Served, provider: Provider, name: str) -> None:
    anna, mark = come_in(oidc, provider), come_in(oidc, provider, "mark")
    assert opens(oidc, additional_headers={name: handle_of(anna)}) == httpx2.codes.FORBIDDEN
    doubled = [("Cookie", f"plumbline={mark}"), (name, handle_of(anna)), ("X-Plumbline-Role", "admin"), (name, "x")]
    with Wire(oidc.url, additional_headers=doubled) as page:
        assert "clinic manager" in page.ask().said
        assert "anna" not in page.ask().said
    assert browser().get(oidc.url, headers={name: handle_of(anna)}).status_code == httpx2.codes.SEE_OTHER


@pytest.mark.attack(9)
@pytest.mark.parametrize("header", ["X-Forwarded-User", "X-Remote-User", "Remote-User", "X-Forwarded-Email"])
def test_a_name_in_a_header_is_nobody_where_people_sign_in(oidc: Served, header: str) -> None:
    assert browser().get(oidc.url, headers={header: "anna"}).status_code == httpx2.codes.SEE_OTHER
    assert opens(oidc, additional_headers={header: "anna"}) == httpx2.codes.FORBIDDEN


AS_BEFORE = ("role", "anna", "--role", "specialist", "--all-clinics")


def users(served: Served, *asked: str) -> None:
    command = [sys.executable, "-m", "plumbline", "users", *asked, "--store", str(served.store)]
    subprocess.run(command, env=environment(None), check=True, capture_output=True, timeout=60)


@pytest.mark.attack(5, 13)
@pytest.mark.parametrize(
    "asked",
    [
        ("disable", "anna"),
        ("role", "anna", "--role", "auditor", "--all-clinics"),
        ("role", "anna", "--role", "specialist", "--clinic", "a"),
    ],
    ids=["disabled", "role", "clinics"],
)
def test_a_changed_account_leaves_every_open_page_at_once(
    oidc: Served, provider: Provider, asked: tuple[str, ...]
) -> None:
    cookie = come_in(oidc, provider)
    with wire(oidc, cookie) as page:
        page.ask("reference")
        users(oidc, *asked)
        try:
            assert where_sent(page) == "/signin?why=account&next=%2F"
            with pytest.raises(ConnectionClosed):
                page.ask("reference")
        finally:
            users(oidc, *AS_BEFORE)
    assert opens(oidc, additional_headers={"Cookie": f"plumbline={cookie}"}) == httpx2.codes.FORBIDDEN


def test_a_page_that_comes_back_after_the_end_is_cleared(oidc: Served, provider: Provider) -> None:
    """A machine that slept: its page still shows a patient, and opens its line anew."""
    cookie = come_in(oidc, provider)
    with wire(oidc, cookie) as page:
        page.ask()
        name = page.session_id
    users(oidc, *AS_BEFORE)
    with wire(oidc, cookie, subprotocols=["streamlit", "x", name]) as page:
        assert where_sent(page).startswith("/signin?why=account")


@pytest.fixture(scope="module")
def quick(honest: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server in which nobody stays for longer than four seconds without doing something."""
    folder = tmp_path_factory.mktemp("quick")
    store = signed.with_accounts(made_up(folder / "made-up.duckdb"), honest.url, **ROLES)
    command = [sys.executable, "-c", QUICK, "60", "serve", "--port", "{port}"]
    served = signed.serve_oidc(store, folder / "server.log", honest, command)
    yield served
    served.stop()


@pytest.mark.attack(15)
def test_a_page_that_nobody_uses_is_left_without_a_word_from_it(quick: Served, provider: Provider) -> None:
    cookie = come_in(quick, provider)
    with wire(quick, cookie) as page:
        page.ask("reference", query="as_of=2026-01-01", url=f"{quick.url}/reference")
        assert where_sent(page) == "/signin?why=idle&next=%2Freference%3Fas_of%3D2026-01-01"
    answer = browser().get(quick.url, headers={"Cookie": f"plumbline={cookie}"})
    assert answer.status_code == httpx2.codes.SEE_OTHER
    assert soon_on_record(quick.store, "session_ended")[0]["result"] == "idle"


def keep_asking(page: Wire, until: float) -> None:
    while time.monotonic() < until:
        page.ask("reference", by_itself=True)
        time.sleep(0.5)


def test_what_a_page_does_by_itself_is_no_use_of_it(quick: Served, provider: Provider) -> None:
    cookie = come_in(quick, provider)
    with wire(quick, cookie) as page:
        page.ask("reference")
        with pytest.raises(ConnectionClosed):
            keep_asking(page, until=time.monotonic() + 12)


def test_a_page_that_is_used_stays(quick: Served, provider: Provider) -> None:
    with wire(quick, come_in(quick, provider)) as page:
        for _ in range(6):
            assert FOOTER in page.ask("reference").said
            time.sleep(1)


@pytest.mark.attack(47)
def test_one_session_opens_so_many_pages_and_others_are_served(oidc: Served, provider: Provider) -> None:
    cookie, other = come_in(oidc, provider), come_in(oidc, provider, "mark")
    pages = [wire(oidc, cookie) for _ in range(MOST_PAGES)]
    assert opens(oidc, additional_headers={"Cookie": f"plumbline={cookie}"}) == httpx2.codes.FORBIDDEN
    with wire(oidc, other) as page:
        assert FOOTER in page.ask("reference").said
    for page in pages:
        page.__exit__()
    until = time.monotonic() + 10
    while opens(oidc, additional_headers={"Cookie": f"plumbline={cookie}"}) != 101 and time.monotonic() < until:
        time.sleep(0.1)
    with wire(oidc, cookie) as page:
        assert FOOTER in page.ask().said


def pour(page: Wire) -> None:
    for _ in range(1000):
        page.send_raw(page.asking("reference"))
    while True:
        page.receive()


@pytest.mark.attack(47)
def test_a_flood_ends_its_own_page_only(oidc: Served, provider: Provider) -> None:
    with wire(oidc, come_in(oidc, provider, "mark")) as calm, wire(oidc, come_in(oidc, provider)) as flood:
        with pytest.raises(ConnectionClosed):
            pour(flood)
        assert FOOTER in calm.ask("reference").said


def test_the_store_never_holds_what_a_browser_holds(oidc: Served, provider: Provider, tmp_path: Path) -> None:
    cookie = come_in(oidc, provider)
    files = [path for path in oidc.store.parent.iterdir() if path.is_file()]
    assert files
    for file in files:
        assert cookie.encode() not in file.read_bytes()
