"""Signing in: only whom the provider vouches for, for us, now, in the browser that asked; and onto our own pages."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import RSAKey

from plumbline import audit
from plumbline.access import accounts
from plumbline.store import open_store
from plumbline.web.door.doors import local_path
from tests.attacks.provider import Claims, Provider
from tests.attacks.signed import browser, cookie_of, on_record, sign_in
from tests.conftest import Served

pytestmark = pytest.mark.browser


def is_in(served: Served, client: httpx2.Client) -> bool:
    return client.get(f"{served.url}/").status_code == httpx2.codes.OK


def test_who_has_an_account_is_let_in_and_the_address_is_kept(oidc: Served, provider: Provider) -> None:
    client, answer = sign_in(oidc, "/patient?episode=abc&as_of=2026-03-01")
    assert answer.status_code == httpx2.codes.SEE_OTHER
    assert answer.headers["location"] == "/patient?episode=abc&as_of=2026-03-01"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    assert "Max-Age" not in answer.headers["set-cookie"]
    assert is_in(oidc, client)
    assert not is_in(oidc, browser())
    asked = provider.asked[-1]
    assert asked["scope"] == "openid"
    assert asked["code_challenge_method"] == "S256"


def _set(**wrong: object) -> Callable[[Claims], None]:
    return lambda claims: claims.update(wrong)


NOT_OURS: dict[str, Callable[[Claims], None]] = {
    "wrong nonce": _set(nonce="another"),
    "no nonce": _set(nonce=None),
    "wrong issuer": _set(iss="https://id.example"),
    "no issuer": _set(iss=None),
    "expired": lambda claims: claims.update(iat=claims["iat"] - 900, exp=claims["exp"] - 900),
    "no expiry": _set(exp=None),
    "for another client": _set(aud="someone-else"),
    "for several, and us not the asker": lambda claims: claims.update(aud=["plumbline", "other"], azp="other"),
    "for nobody": _set(aud=None),
    "of nobody": _set(sub=None),
    "not yet": lambda claims: claims.update(nbf=claims["iat"] + 900),
}


@pytest.mark.attack(21)
@pytest.mark.parametrize("how", NOT_OURS)
def test_a_token_that_isnt_for_us_now_signs_nobody_in(oidc: Served, provider: Provider, how: str) -> None:
    provider.spoil = NOT_OURS[how]
    client, answer = sign_in(oidc)
    assert answer.status_code == httpx2.codes.BAD_REQUEST
    assert cookie_of(client) == ""
    assert not is_in(oidc, client)


@pytest.mark.attack(21)
@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256"])
def test_a_token_that_the_provider_didnt_sign_signs_nobody_in(
    oidc: Served, provider: Provider, algorithm: str
) -> None:
    """Unsigned, signed with the public key as a secret, signed by another key under the same name."""
    provider.algorithm = algorithm
    if algorithm == "RS256":
        provider.key = RSAKey.generate_key(2048, {"kid": "first"})
    client, answer = sign_in(oidc)
    assert answer.status_code == httpx2.codes.BAD_REQUEST
    assert not is_in(oidc, client)


def test_a_provider_may_change_its_key(oidc: Served, provider: Provider) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "second"})
    provider.published = [*provider.published, provider.key]
    client, _ = sign_in(oidc)
    assert is_in(oidc, client)


@pytest.mark.attack(21, 26)
def test_an_answer_to_another_browsers_question_signs_nobody_in(oidc: Served, provider: Provider) -> None:
    """A forged state, and an attacker's own good answer that a victim opens, to enter into a strange account."""
    attacker = browser()
    asked = attacker.get(f"{oidc.url}/signin/go")
    answer = attacker.get(asked.headers["location"]).headers["location"]
    victim = browser()
    for address in (answer, f"{oidc.url}/signin/back?code=x&state=forged", f"{oidc.url}/signin/back"):
        told = victim.get(address)
        assert told.status_code == httpx2.codes.BAD_REQUEST
        assert not is_in(oidc, victim)
    victim.get(f"{oidc.url}/signin/go")  # even where the victim has begun to sign in
    assert victim.get(answer).status_code == httpx2.codes.BAD_REQUEST
    assert not is_in(oidc, victim)
    assert {row["result"] for row in on_record(oidc.store, "sign_in_failed")} >= {"not begun in this browser"}


@pytest.mark.attack(21)
def test_an_answer_is_good_once(oidc: Served, provider: Provider) -> None:
    client = browser()
    asked = client.get(f"{oidc.url}/signin/go")
    flow = client.cookies["plumbline-signin"]
    answer = client.get(asked.headers["location"]).headers["location"]
    assert client.get(answer).status_code == httpx2.codes.SEE_OTHER
    again = browser()
    again.cookies.set("plumbline-signin", flow, domain="127.0.0.1")  # with the browser's own state, too
    assert again.get(answer).status_code == httpx2.codes.BAD_REQUEST
    assert not is_in(oidc, again)


@pytest.mark.attack(23)
def test_the_same_key_of_another_provider_is_another_person() -> None:
    store = open_store(":memory:")
    accounts.add(store, audit.SYSTEM, "anna", issuer="https://a.example", subject="1", role="specialist", clinics=None)
    assert accounts.of_identity(store, "https://b.example", "1") is None
    assert accounts.of_identity(store, "https://a.example", "2") is None
    found = accounts.of_identity(store, "https://a.example", "1")
    assert found == accounts.Account("anna", "specialist", None, ("https://a.example", "1"))
    store.close()


@pytest.mark.attack(24)
def test_an_email_or_a_role_in_the_token_opens_nothing(oidc: Served, provider: Provider) -> None:
    provider.sub = "mallory"
    provider.spoil = _set(email="anna@clinic.example", email_verified=True, preferred_username="anna", role="admin")
    client, answer = sign_in(oidc)
    assert answer.status_code == httpx2.codes.FORBIDDEN
    assert "you have no open account" in answer.text
    assert "mallory" in answer.text  # what to pass on
    assert "anna" not in answer.text
    assert not is_in(oidc, client)
    assert on_record(oidc.store, "sign_in_denied")


ELSEWHERE = [
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
    "javascript:alert(1)", "/x\r\nSet-Cookie: a=b", "/" + "a" * 5000, "", "evil", "///evil.example", "/ü", "/a b",
]  # fmt: skip


@pytest.mark.attack(25)
@pytest.mark.parametrize("to", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_after_signing_in_one_is_on_our_pages(oidc: Served, provider: Provider, to: str) -> None:
    assert local_path(to) == "/"
    _, answer = sign_in(oidc, to)
    assert answer.headers["location"] == "/"
    assert "evil" not in answer.headers.get("set-cookie", "")


@pytest.mark.attack(27)
def test_reading_an_address_signs_nobody_out(oidc: Served, provider: Provider) -> None:
    client, _ = sign_in(oidc)
    for address in ("/signin/out", "/signout", "/signin", "/signin?why=sign_out", "/auth/logout"):
        client.get(f"{oidc.url}{address}")
        client.post(f"{oidc.url}{address}", headers={"Origin": "https://evil.example"})
    assert is_in(oidc, client)


def test_who_is_in_already_isnt_asked_again(oidc: Served, provider: Provider) -> None:
    client, _ = sign_in(oidc)
    answer = client.get(f"{oidc.url}/signin", params={"next": "/flags"})
    assert (answer.status_code, answer.headers["location"]) == (httpx2.codes.SEE_OTHER, "/flags")


def test_signing_in_anew_ends_the_session_before(oidc: Served, provider: Provider) -> None:
    first, _ = sign_in(oidc)
    before = cookie_of(first)
    client = browser()  # begun in one page, while another of the same browser has come in
    asked = client.get(f"{oidc.url}/signin/go")
    client.cookies.set("plumbline", before, domain="127.0.0.1")
    answer = client.get(client.get(asked.headers["location"]).headers["location"])
    assert f"plumbline={before}" not in answer.headers["set-cookie"]
    old = browser()
    old.cookies.set("plumbline", before, domain="127.0.0.1")
    assert not is_in(oidc, old)


def test_a_page_sends_a_stranger_to_sign_in_and_back(oidc: Served) -> None:
    answer = browser().get(f"{oidc.url}/patient?episode=k&as_of=2026-01-01")
    assert answer.status_code == httpx2.codes.SEE_OTHER
    target = urlsplit(answer.headers["location"])
    assert target.path == "/signin"
    assert parse_qs(target.query)["next"] == ["/patient?episode=k&as_of=2026-01-01"]
    shown = browser().get(f"{oidc.url}{answer.headers['location']}")
    assert "/signin/go?next=%2Fpatient%3Fepisode%3Dk%26as_of%3D2026-01-01" in shown.text.replace("&amp;", "&")


def test_the_cookie_of_a_sign_in_under_way_is_ours_alone(oidc: Served, provider: Provider) -> None:
    """Streamlit keeps a session cookie of its own for two weeks: nothing of ours may get into it."""
    client = browser()
    client.get(f"{oidc.url}/signin/go")
    assert set(client.cookies) == {"plumbline-signin"}
