"""Attacks 28 to 36 on patients' links, over HTTP and the WebSocket, on a server where staff sign in."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count

import pytest

from plumbline.sharing import links
from plumbline.web.share import light
from tests.attacks import signed
from tests.attacks.conftest import ROLES
from tests.attacks.provider import Provider
from tests.attacks.signed import cookie_of, on_record, sign_in
from tests.attacks.test_sessions import where_sent
from tests.conftest import Served, start
from tests.sharing.made import BORN, FORM, WRONG, Phone, linked, with_patients
from tests.web.wire import Wire

pytestmark = pytest.mark.browser

_NUMBERS = count(1)
SHUT, REFUSED, WAITS, TOO_LONG, SEE = 200, 403, 429, 413, 303
NO_LINKS = [
    "x" * 43, "x" * 42, "x" * 44, "%C3%BC" * 20, "..", "../", "../s/x", "%00", "a%2fb", "%2e%2e%2f", "a/b/c", "", "%ff",
    "leave", "paper", "paper/x", "?lang=es",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, empty_of_module: object) -> dict[str, list[links.Made]]:
    """Links of two patients, of whom nobody has one open yet."""
    path = tmp_path_factory.mktemp("links") / "links.duckdb"
    with_patients(path, p1="Rosa", p2="Ada")
    return {"p1": linked(path, 30), "p2": linked(path, 3, "p2"), "path": [path]}  # type: ignore[list-item]


@pytest.fixture(scope="module")
def clinic(made: dict[str, list[links.Made]], honest: Provider) -> Iterator[Served]:
    """The server."""
    path = made["path"][0]
    signed.with_accounts(path, honest.url, **ROLES)  # type: ignore[arg-type]
    served = signed.serve_oidc(path, path.parent / "server.log", honest)  # type: ignore[arg-type, attr-defined]
    yield served
    served.stop()


@pytest.fixture
def link(made: dict[str, list[links.Made]]) -> links.Made:
    """A link that no other test has tried."""
    return made["p1"].pop()


@pytest.fixture
def phone(clinic: Served) -> Phone:
    """A phone at an address of its own."""
    return Phone(clinic, f"203.0.113.{next(_NUMBERS)}")


def run(served: Served, *command: str) -> str:
    """A command that the running server answers."""
    asked = [sys.executable, "-m", "plumbline", *command, "--store", str(served.store)]
    return subprocess.run(asked, capture_output=True, check=True, timeout=60, text=True).stdout


@pytest.mark.attack(28)
def test_attack_28_every_address_has_the_same_door_and_the_same_refusal(
    phone: Phone, link: links.Made, clinic: Served
) -> None:
    door = phone.ask("GET", f"/s/{link.token}")
    assert (door.status, door.body) == (SHUT, light.door("en", again=False))
    for path in NO_LINKS:
        told = phone.ask("GET", f"/s/{path}")
        assert (told.status, told.body) == (door.status, door.body) or path.startswith("paper/")
    right = phone.open(link.token)
    assert right.status == SEE
    refused = phone.open(link.token, WRONG)
    assert (refused.status, refused.body) == (REFUSED, light.door("en", again=True))
    assert {k: v for k, v in refused.headers.items() if k != "date"} == {
        k: v for k, v in Phone(clinic, "198.51.100.9").open("x" * 43).headers.items() if k != "date"
    }
    took = {}
    for number, token in enumerate(["x" * 43, "x" * 42, "%C3%BC", "a%2fb", "..", "%00", link.token]):
        other = Phone(clinic, f"198.51.100.{20 + number}")
        began = time.monotonic()
        told = other.open(token, WRONG)
        took[token] = time.monotonic() - began
        assert (told.status, told.body) == (REFUSED, refused.body)
    assert min(took.values()) >= 0.3, "no answer comes sooner than the floor"
    print({token[:8]: round(seconds, 3) for token, seconds in took.items()})


@pytest.mark.attack(29)
def test_attack_29_six_wrong_dates_lock_a_link_for_everybody(phone: Phone, link: links.Made, clinic: Served) -> None:
    told = [phone.open(link.token, WRONG) for _ in range(6)] + [phone.open(link.token)]
    told.append(Phone(clinic, "198.51.100.77").open(link.token))
    assert {(one.status, one.body) for one in told} == {(REFUSED, light.door("en", again=True))}
    assert [row["object_key"] for row in on_record(clinic.store, "link_locked")][:1] == [link.link_id]


@pytest.mark.attack(29)
def test_attack_29_the_eleventh_link_from_an_address_has_to_wait_whatever_it_claims(
    clinic: Served, phone: Phone, link: links.Made
) -> None:
    for number in range(10):
        assert phone.open(f"{number}" * 43, WRONG).status == REFUSED
    told = phone.open(link.token)
    assert (told.status, told.body) == (WAITS, light.door("en", again=True))
    claims = Phone(clinic, f"198.51.100.5, {phone.address}")
    assert claims.open(link.token).status == WAITS, "what a proxy adds counts, not what came with the request"
    assert Phone(clinic, "198.51.100.78").open(link.token).status == SEE


@pytest.mark.attack(31)
def test_attack_31_a_link_that_is_taken_back_is_left_at_once(phone: Phone, link: links.Made, clinic: Served) -> None:
    assert phone.open(link.token).status == SEE
    assert "Rosa" in phone.ask("GET", "/s").body
    with Wire(clinic.url, additional_headers={"Cookie": phone.cookie}) as page:
        page.ask("progress")
        assert "taken back" in run(clinic, "links", "revoke", link.link_id)
        assert where_sent(page) == "/s"
    told = phone.ask("GET", "/s")
    assert (told.status, told.body) == (SHUT, light.over("en"))
    again = phone.open(link.token)
    assert (again.status, again.body) == (REFUSED, light.door("en", again=True))
    ended = on_record(clinic.store, "link_revoked", "session_ended")
    assert {row["event"] for row in ended if link.link_id in (row["object_key"], row["actor"])} == {
        "link_revoked", "session_ended",
    }  # fmt: skip


@pytest.mark.attack(32)
def test_attack_32_who_only_looks_opens_nothing(phone: Phone, link: links.Made, clinic: Served) -> None:
    for method, headers in (("GET", {}), ("HEAD", {}), ("GET", {"Sec_Purpose": "prefetch"}), ("PUT", {}), ("GET", {})):
        told = phone.ask(method, f"/s/{link.token}", **headers)
        assert told.status == SHUT
        assert "set-cookie" not in told.headers
    rows = [row for row in run(clinic, "links", "list").splitlines() if link.link_id in row]
    assert len(rows) == 1
    assert "never" in rows[0]
    assert not [row for row in on_record(clinic.store, "link_failed") if row["object_key"] == link.link_id]


@pytest.mark.attack(34)
def test_attack_34_whoever_has_a_link_open_gets_their_own_progress_and_nothing_else(
    phone: Phone, link: links.Made, clinic: Served
) -> None:
    phone.open(link.token)
    with Wire(clinic.url, additional_headers={"Cookie": phone.cookie}) as page:
        for name in ("worklist", "patient", "flags", "followups", "audit", "users", "settings", "imports", "nothing"):
            seen = page.ask(name, query="episode=key-e-p2&role=specialist&as_of=2020-01-01&known_at=2026-01-01T00:00")
            assert "Ada" not in seen.said
            assert seen.offered in ([], ["Patient's view"])
            assert not {"arrow_data_frame", "arrow_vega_lite_chart"} & set(seen.kinds)
        seen = page.ask("progress", query="episode=key-e-p2")
        assert "Ada" not in seen.said
        assert b"key-e-p2" not in seen.raw
        assert "Rosa" in seen.said
    assert phone.ask("GET", "/s?episode=key-e-p2&patient=p2").body.count("Ada") == 0
    for path in ("/dl/x", "/_stcore/upload_file/a/b", "/media/x"):
        assert phone.ask("PUT" if "upload" in path else "GET", path).status in {403, 404}


@pytest.mark.attack(34)
def test_attack_34_under_s_a_signed_in_person_is_nobody_and_elsewhere_they_go_first(
    phone: Phone, link: links.Made, clinic: Served, provider: Provider
) -> None:
    provider.sub = "anna"
    staff = cookie_of(sign_in(clinic)[0])
    phone.cookie = f"plumbline={staff}"
    assert phone.ask("GET", "/s").body == light.over("en")
    phone.open(link.token)
    both = f"plumbline={staff}; {phone.cookie}"
    assert "Rosa" in Phone(clinic, None, both).ask("GET", "/s").body
    with Wire(clinic.url, additional_headers={"Cookie": both}) as page:
        assert "Worklist" in page.ask("").offered
    assert Phone(clinic, None, phone.cookie).ask("GET", "/").status == SHUT
    assert Phone(clinic, None, "").ask("GET", "/").status == SEE


@pytest.mark.attack(35)
def test_attack_35_no_page_of_a_link_can_be_framed_or_keep_its_opener(phone: Phone, link: links.Made) -> None:
    phone.open(link.token)
    for path in (f"/s/{link.token}", "/s", "/s/leave"):
        told = phone.ask("GET", path)
        assert "frame-ancestors 'none'" in told.headers["content-security-policy"]
        assert told.headers["x-frame-options"] == "DENY"
        assert told.headers["cross-origin-opener-policy"] == "same-origin"
        assert told.headers["referrer-policy"] == "no-referrer"
        assert told.headers["cache-control"] == "no-store"
        assert "noindex" in told.headers["x-robots-tag"]
        assert "<script" not in told.body


@pytest.mark.attack(36)
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("factor=1950-2-1", FORM["Content-Type"], REFUSED),
        ("factor=0000-00-00", FORM["Content-Type"], REFUSED),
        ("factor=' or 1=1", FORM["Content-Type"], REFUSED),
        (f"factor={BORN}&factor={BORN}", FORM["Content-Type"], REFUSED),
        (f"factor={BORN}&more=1", FORM["Content-Type"], REFUSED),
        (f"other={BORN}", FORM["Content-Type"], REFUSED),
        (f'{{"factor": "{BORN}"}}', "application/json", REFUSED),
        (f"factor={BORN}", "text/plain", REFUSED),
        (b"factor=\xff\xfe", FORM["Content-Type"], REFUSED),
        ("", FORM["Content-Type"], REFUSED),
        ("factor=" + "1" * 1_000_000, FORM["Content-Type"], TOO_LONG),
    ],
)
def test_attack_36_what_is_no_second_factor_gets_the_one_answer(
    phone: Phone, made: dict[str, list[links.Made]], body: bytes | str, kind: str, status: int
) -> None:
    token = made["p2"][next(_NUMBERS) % 3].token
    told = phone.ask("POST", f"/s/{token}", body, Content_Type=kind)
    assert (told.status, told.body) == (status, light.door("en", again=True))


@pytest.mark.attack(36)
def test_attack_36_a_form_of_another_site_opens_and_ends_nothing(phone: Phone, link: links.Made) -> None:
    assert phone.open(link.token, Sec_Fetch_Site="cross-site").status == REFUSED
    assert phone.open(link.token, Sec_Fetch_Site="same-origin").status == SEE
    assert phone.ask("POST", "/s/leave", Sec_Fetch_Site="same-site").status == REFUSED
    assert "Rosa" in phone.ask("GET", "/s").body
    assert phone.ask("GET", "/s/leave").status == SHUT
    assert "Rosa" in phone.ask("GET", "/s").body
    assert phone.ask("POST", "/s/leave", Sec_Fetch_Site="same-origin").status == SEE
    assert phone.ask("GET", "/s").body == light.over("en")


def test_managers_and_admins_see_links_and_no_patient_and_others_see_none(
    clinic: Served, provider: Provider, link: links.Made
) -> None:
    for who, sees in (("mark", True), ("ada", True), ("aude", False)):
        provider.sub = who
        with signed.wire(clinic, cookie_of(sign_in(clinic)[0])) as page:
            seen = page.ask("users")
        assert ("Links to patients" in seen.said) is sees
        assert (link.link_id.encode() in seen.raw) is sees
        assert b"key-e-p" not in seen.raw
        assert b"Rosa" not in seen.raw


def test_the_commands_list_take_back_and_put_away_and_show_nothing_that_opens(clinic: Served, link: links.Made) -> None:
    listed = run(clinic, "links", "list", "--patient", "p1", "--json")
    assert link.link_id in listed
    assert link.token not in listed
    assert links.digest_of(link.token) not in listed
    assert "argon2" not in listed
    assert "taken back" in run(clinic, "links", "revoke", link.link_id)
    assert '"state": "revoked"' in run(clinic, "links", "list", "--patient", "p1", "--json")
    assert "0 old ones" in run(clinic, "links", "sweep")


def test_the_range_and_the_language_are_chosen_in_the_address(phone: Phone, link: links.Made) -> None:
    phone.open(link.token)
    answer = phone.ask("GET", "/s?lang=es").headers
    assert answer["content-language"] == "es"
    assert answer["refresh"] == "1805;url=/s", "a page on a shared screen goes once its session is over"
    assert phone.ask("GET", "/s", Accept_Language="es-MX,en").headers["content-language"] == "es"
    assert phone.ask("GET", "/s?lang=xx&range=off").headers["content-language"] == "en"
    assert phone.ask("GET", "/s?range=off").body != phone.ask("GET", "/s").body


def test_a_copy_on_paper_comes_once_and_on_record(phone: Phone, link: links.Made, clinic: Served) -> None:
    phone.open(link.token)
    sent = phone.ask("POST", "/s/paper?lang=es")
    assert sent.status == SEE
    where = sent.headers["location"]
    assert phone.ask("HEAD", where).status == SHUT, "what looks ahead spends nothing"
    connection_said = Phone(clinic, None, "").ask("GET", where)
    assert connection_said.status == 404
    sent = phone.ask("POST", "/s/paper")
    told = raw_bytes(phone, sent.headers["location"])
    assert told.startswith(b"%PDF")
    assert phone.ask("GET", sent.headers["location"]).status == 404
    assert [row["actor"] for row in on_record(clinic.store, "pdf_made")] == [link.link_id]


def raw_bytes(phone: Phone, path: str) -> bytes:
    """The bytes behind an address."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", phone.served.port, timeout=60)
    connection.request("GET", path, headers={"Cookie": phone.cookie})
    return connection.getresponse().read()


@pytest.mark.attack(29)
def test_attack_29_without_a_proxy_nobody_is_believed_where_they_come_from(
    tmp_path: object, made: dict[str, list[links.Made]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = with_patients(tmp_path_factory.mktemp("local") / "local.duckdb", p1="Rosa")
    (one,) = linked(path, 1)
    served = start(path, "local", path.parent / "server.log")
    try:
        for number in range(10):
            assert Phone(served, f"203.0.113.{number}").open(f"{number}" * 43, WRONG).status == REFUSED
        assert Phone(served, "203.0.113.99").open(one.token).status == WAITS
        stale = Phone(served, None, "plumbline-share=gone")
        told = stale.ask("GET", "/")
        assert (told.status, told.headers["location"]) == (SEE, "/s"), "not straight on to what is for staff"
        assert "plumbline-share=" in told.headers["set-cookie"]
        assert Phone(served).ask("GET", "/").status == SHUT
    finally:
        served.stop()
