"""Somebody of one clinic signs in: what the server sends, page by page, holds nobody of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import pytest

from plumbline import audit
from plumbline.access import accounts
from plumbline.cohorts import Definition
from plumbline.store import open_store
from plumbline.web.door.doors import PROXY_SECRET
from plumbline.web.navigation import PLACES
from tests.attacks import signed
from tests.attacks.signed import browser, cookie_of, on_record
from tests.conftest import Served, start
from tests.web.wire import Seen, Wire

pytestmark = pytest.mark.browser

MINE = "demo-heath"
ROLES = ("specialist", "coordinator", "data_steward", "clinic_manager")
Ask = Callable[[str, str, str], Seen]


@pytest.fixture(scope="module")
def served(copy_demo_store: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo's patients, and for each role an account that looks after one of its clinics."""
    folder = tmp_path_factory.mktemp("clinics")
    path = copy_demo_store(folder / "demo.duckdb")
    store = open_store(path)
    for role in ROLES:
        accounts.add(store, audit.SYSTEM, role, issuer="proxy", subject=role, role=role, clinics=(MINE,))
    store.close()
    running = start(path, "proxy", folder / "server.log", **signed.PROXY)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def ask(served: Served) -> Ask:
    """Ask for a page as somebody who is signed in in a role."""

    def one(role: str, page: str, query: str = "") -> Seen:
        known = {PROXY_SECRET: signed.PROXY["PLUMBLINE_PROXY_SECRET"], "X-Forwarded-User": role}
        client = browser()
        client.get(f"{served.url}/reference", headers=known)
        with Wire(served.url, additional_headers=known | {"Cookie": f"plumbline={cookie_of(client)}"}) as wire:
            return wire.ask(page, query=query)

    return one


def told_of(store: Path, condition: str) -> set[bytes]:
    """Names, ids, phones and keys of the patients of some clinics, and the clinics' own names."""
    whose = f"patient_id in (select patient_id from patient where {condition})"
    with duckdb.connect(str(store), read_only=True) as connection:
        found = connection.execute(
            f"select patient_id from patient where {whose} union select phone from patient where {whose} "
            f"union select given_name || ' ' || family_name from patient where {whose} "
            f"union select episode_id from episode where {whose} "
            f"union select episode_key from episode where {whose} union select name from clinic where {condition}"
        ).fetchall()
    return {str(one).encode() for (one,) in found if one and len(one) > 5}


def test_no_page_of_any_role_sends_anything_of_another_clinic(ask: Ask, demo_store: Path) -> None:
    theirs, ours = told_of(demo_store, f"clinic_id <> '{MINE}'"), told_of(demo_store, f"clinic_id = '{MINE}'")
    theirs -= ours
    assert len(theirs) > 150
    seen: dict[tuple[str, str], set[bytes]] = {}
    for role in ROLES:
        for place in PLACES:
            raw = ask(role, "" if place is PLACES[0] else place.name, "").raw
            assert {one for one in theirs if one in raw} == set(), (role, place.name)
            seen[role, place.name] = {one for one in ours if one in raw}
    for role, page in (("specialist", "worklist"), ("coordinator", "followups"), ("data_steward", "quality")):
        assert len(seen[role, page]) > 1, (role, page)


def test_the_address_of_another_clinics_patient_leads_to_nobody_and_is_on_record(
    ask: Ask, served: Served, demo_store: Path
) -> None:
    with duckdb.connect(str(demo_store), read_only=True) as connection:
        keys = dict(
            connection.execute(
                f"select clinic_id = '{MINE}', min(episode_key) from episode_summary "
                "where performed_on is not null group by 1"
            ).fetchall()
        )
    theirs = told_of(demo_store, f"clinic_id <> '{MINE}'") - told_of(demo_store, f"clinic_id = '{MINE}'")
    assert "No such patient" not in ask("specialist", "patient", f"episode={keys[True]}").said
    for query in (f"episode={keys[False]}", f"episode={keys[False]}&known_at=2026-11-20T10:00"):
        said = ask("specialist", "patient", query)
        assert "No such patient" in said.said
        assert {one for one in theirs if one in said.raw and one != keys[False].encode()} == set()
    (denied, *_) = on_record(served.store, "access_denied")
    assert (denied["actor"], denied["object_key"], denied["result"]) == ("specialist", keys[False], "denied")


@pytest.mark.attack(56)
def test_no_address_of_the_pages_that_compare_leads_to_another_clinic(
    ask: Ask, served: Served, demo_store: Path
) -> None:
    """By the groups, the filters and the saved cohorts that an address can name, now and in the past."""
    theirs = told_of(demo_store, f"clinic_id <> '{MINE}'") - told_of(demo_store, f"clinic_id = '{MINE}'")
    with duckdb.connect(str(demo_store), read_only=True) as connection:
        surgeons = dict(
            connection.execute(
                f"select clinic_id = '{MINE}', list(distinct surgeon) from episode_summary where surgeon is not null "
                "group by 1"
            ).fetchall()
        )
    other, surgeon = "demo-harbor", next(one for one in surgeons[False] if one not in surgeons[True])
    within = Definition.of({"clinic": [other]}).text
    queries = [
        {"by": "clinic", "group": other}, {"by": "surgeon", "group": surgeon}, {"by": "year", "within": within},
        {"by": "year", "within": Definition.of({"surgeon": [surgeon]}).text}, {"by": "saved", "group": "0123456789"},
        {"by": "surgeon", "group": surgeons[True][0], "against": surgeon}, {"by": "year"},
    ]  # fmt: skip
    rest = [one.encode() for one in surgeons[False] if one not in surgeons[True]]
    for query in queries:
        for known_at in ({}, {"known_at": "2026-09-30T23:59"}):
            seen = ask("clinic_manager", "cohorts", urlencode(query | known_at))
            told = {one for one in [*theirs, *rest] if one in seen.raw and one.decode() not in str(query)}
            assert told == set(), (query, known_at)
            if query != {"by": "year"} and not known_at:
                assert "vega_lite_chart" not in seen.kinds, query
    for query in (f"of_clinic={other}", "by=surgeon", f"by=surgeon&of_surgeon={surgeon}"):
        raw = ask("clinic_manager", "clinics", query).raw
        assert {one for one in [*theirs, *rest] if one in raw and one.decode() not in query} == set(), query
