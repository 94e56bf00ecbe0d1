"""What happens meanwhile: a write is under way, an account changes, a session ends; nobody waits in vain, or gains."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from plumbline import audit
from plumbline.access import accounts, sessions
from plumbline.access.sessions import Sessions, handle_of
from plumbline.errors import NotAllowed
from plumbline.store import Store, open_store
from plumbline.turns import MAY_WRITE
from plumbline.web.door import signin
from plumbline.web.door.doors import MOST_NOTES, SignedIn
from plumbline.web.server import modes
from tests.attacks.provider import Provider
from tests.attacks.signed import SECRET, cookie_of, run_apart, sign_in, wire
from tests.attacks.test_sessions import where_sent
from tests.conftest import Served
from tests.writing import somebody_writes

HERE = "http://127.0.0.1:1"


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(empty_store)
    accounts.add(opened, audit.SYSTEM, "anna", issuer="i", subject="s", role="specialist", clinics=None)
    yield opened
    opened.close()


@pytest.fixture
def anna(store: Store) -> accounts.Account:
    return accounts.of_identity(store, "i", "s") or pytest.fail("no account")


@pytest.fixture
def busy(store: Store) -> Iterator[threading.Event]:
    """Somebody writes for as long as the test takes, or until it says that they are done."""
    with somebody_writes(store) as done:
        yield done


def ways_in(store: Store) -> Starlette:
    settings = modes.settings(
        {
            "PLUMBLINE_AUTH": "oidc", "PLUMBLINE_URL": HERE, "PLUMBLINE_SECRET": SECRET,
            "PLUMBLINE_OIDC_ISSUER": HERE, "PLUMBLINE_OIDC_CLIENT_ID": "plumbline",
            "PLUMBLINE_OIDC_CLIENT_SECRET": "known to both",
        }
    )  # fmt: skip
    door = SignedIn(settings, Sessions(store))
    return Starlette(routes=signin.SignIn(settings, lambda: door).routes())


@pytest.mark.attack(22)
def test_a_strangers_nonsense_holds_up_nobody_while_somebody_writes(store: Store, busy: threading.Event) -> None:
    async def ask() -> int:
        transport = httpx2.ASGITransport(ways_in(store))
        async with httpx2.AsyncClient(transport=transport, base_url=HERE, timeout=30) as client:
            waiting = asyncio.create_task(client.get("/signin/back?code=1&state=2"))
            await asyncio.sleep(0.2)
            answer = await client.get("/signin")  # the same loop answers somebody else
            busy.set()
            assert (await waiting).status_code == httpx2.codes.BAD_REQUEST
            return answer.status_code

    assert run_apart(ask()) == httpx2.codes.OK


def test_strangers_fill_no_disk(store: Store) -> None:
    async def ask() -> None:
        transport = httpx2.ASGITransport(ways_in(store))
        async with httpx2.AsyncClient(transport=transport, base_url=HERE, timeout=30) as client:
            for _ in range(MOST_NOTES + 20):
                answer = await client.get("/signin/back?code=1&state=2")
                assert answer.status_code == httpx2.codes.BAD_REQUEST

    run_apart(ask())
    assert len(audit.search(store.cursor(), most=1000, event="sign_in_failed")) == MOST_NOTES


@pytest.mark.attack(5)
@pytest.mark.parametrize("how", ["closed", "role"])
def test_an_account_that_changes_while_its_person_signs_in_gives_no_old_rights(
    store: Store, anna: accounts.Account, how: str
) -> None:
    known = Sessions(store)
    if how == "closed":
        accounts.disable(store, audit.SYSTEM, "anna")
    else:
        accounts.change(store, audit.SYSTEM, "anna", "auditor", None)
    with pytest.raises(NotAllowed, match="has just been changed"):
        known.begin(anna, None)
    assert known.count("anna") == 0


def test_all_are_out_before_the_first_end_is_written_down(
    store: Store, anna: accounts.Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Sessions(store)
    tokens = [known.begin(anna, None) for _ in range(3)]
    store.cursor().execute("alter table account_session rename to gone")
    assert known.end_all_of("anna", "everywhere") == 3
    assert [known.of_token(token) for token in tokens] == [None] * 3
    store.cursor().execute("alter table gone rename to account_session")
    known.sweep()  # what could not be written is written now, so that a restart brings nobody back
    (left,) = store.cursor().execute("select count(*) from account_session where ended_at is null").fetchone()
    assert left == 0


def test_an_account_is_on_so_many_devices_and_the_first_leaves(
    store: Store, anna: accounts.Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "MOST_SESSIONS", 2)
    known = Sessions(store)
    tokens = [known.begin(anna, None) for _ in range(3)]
    assert [known.of_token(token) is not None for token in tokens] == [False, True, True]
    assert known.ended_why(tokens[0]) == "too_many"


@pytest.mark.attack(13)
def test_what_waits_to_be_written_isnt_once_its_person_is_out(
    store: Store, anna: accounts.Account, busy: threading.Event
) -> None:
    known = Sessions(store)
    busy.set()
    handle = handle_of(known.begin(anna, None))
    wrote: list[str] = []

    def work() -> None:
        def check() -> None:
            if known.of_handle(handle) is None:
                raise NotAllowed("out")

        MAY_WRITE.set(check)
        began.set()
        try:
            with store.write() as cursor:
                cursor.execute("insert into store_meta values ('late', 'x')")
        except NotAllowed:
            wrote.append("refused")

    began = threading.Event()
    with store.write():
        thread = threading.Thread(target=work)
        thread.start()
        began.wait(10)
        with known._lock:
            known._live.pop(handle)
    thread.join()
    assert wrote == ["refused"]
    assert store.meta("late") is None


@pytest.mark.browser
@pytest.mark.attack(16)
def test_a_page_that_comes_back_without_its_cookie_is_cleared(oidc: Served, provider: Provider) -> None:
    """Another tab signed out while this machine slept, and took the cookie with it."""
    with wire(oidc, cookie_of(sign_in(oidc)[0])) as page:
        page.ask("reference")
        name = page.session_id
    with wire(oidc, "", subprotocols=["streamlit", "x", name]) as page:
        assert where_sent(page) == "/signin?next=%2F"


@pytest.mark.browser
@pytest.mark.attack(40)
@pytest.mark.parametrize("who", ["anna", "mark", "ada", "aude"])
def test_who_brings_no_files_in_uploads_none(oidc: Served, provider: Provider, who: str) -> None:
    provider.sub = who
    client, _ = sign_in(oidc)
    assert client.put(f"{oidc.url}/_stcore/upload_file/a/b", content=b"x").status_code == httpx2.codes.FORBIDDEN


@pytest.mark.browser
@pytest.mark.attack(27)
def test_a_link_of_another_site_to_the_way_in_ends_nobodys_session(oidc: Served, provider: Provider) -> None:
    client, _ = sign_in(oidc)
    answer = client.get(f"{oidc.url}/signin/go?next=/flags")
    assert (answer.status_code, answer.headers["location"]) == (httpx2.codes.SEE_OTHER, "/flags")
    assert client.get(oidc.url).status_code == httpx2.codes.OK


@pytest.mark.parametrize("path", ["/signin/", "/signin/out/", "/signin/go/"])
def test_no_way_in_leads_to_an_address_in_the_clear(store: Store, path: str) -> None:
    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(ways_in(store))
        async with httpx2.AsyncClient(transport=transport, base_url=HERE) as client:
            return await client.get(path)

    assert run_apart(ask()).status_code == httpx2.codes.NOT_FOUND
