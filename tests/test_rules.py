"""This repository keeps every code rule; and each rule sees a fault that is put before it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plumbline import sql
from tests import code_rules as rules

Rule = Callable[[Path], list[str]]


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=sql.ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps(rule: Rule) -> None:
    assert rule(sql.ROOT) == []


def test_nothing_secret_is_tracked() -> None:
    assert rules.nothing_secret_is_tracked(tracked()) == []


def test_nobody_real_is_named() -> None:
    assert rules.nobody_real_is_named(sql.ROOT, tracked()) == []


def test_neither_a_command_nor_the_application_begins_by_loading_statistics() -> None:
    begun = (
        "import sys, plumbline.cli.main, plumbline.web.server.serving\n"
        "import plumbline.web.navigation, plumbline.web.cohorts.data\n"
        "print(sorted({'scipy', 'statsmodels'} & {name.partition('.')[0] for name in sys.modules}))"
    )
    command = [sys.executable, "-c", begun]
    ended = subprocess.run(command, cwd=sql.ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert ended.stdout.split("\n")[-2] == "[]"


LONG = "x = 1\n"
SEEDS: list[tuple[Rule, str, str, str]] = [
    (rules.no_pages_beside_the_entry, "plumbline/web/pages/one.py", "", "pages stands beside entry.py"),
    (rules.streamlit_stays_in_the_web_layer, "plumbline/charts/a.py", "import streamlit as st", "imports streamlit"),
    (rules.streamlit_stays_in_the_web_layer, "plumbline/status.py", "from streamlit import x", "imports streamlit"),
    (rules.streamlit_stays_in_the_web_layer, "plumbline/web/a.py", "import pages.patient", "imports a page"),
    (rules.statistics_load_where_they_are_used, "plumbline/a.py", "from scipy import stats", "loads scipy"),
    (
        rules.statistics_load_where_they_are_used,
        "pages/a.py",
        "try:\n    import statsmodels.api as sm\nexcept ImportError:\n    sm = None",
        "loads statsmodels",
    ),
    (rules.nothing_draws_untrusted_markup, "pages/a.py", "st.html(name)", "calls st.html"),
    (rules.nothing_draws_untrusted_markup, "plumbline/web/ui.py", "st.html(f'<b>{name}</b>')", "calls st.html"),
    (rules.nothing_draws_untrusted_markup, "pages/a.py", "st.markdown(x, unsafe_allow_html=True)", "unsafe_allow_html"),
    (rules.nothing_draws_untrusted_markup, "pages/a.py", "st.map(frame)", "calls st.map"),
    (rules.nothing_draws_untrusted_markup, "pages/a.py", "st.column_config.LinkColumn('a')", "LinkColumn"),
    (rules.nothing_draws_untrusted_markup, "pages/a.py", "st.column_config.ImageColumn('a')", "ImageColumn"),
    (rules.nothing_draws_untrusted_markup, "plumbline/charts/a.py", "base.encode(href='note')", "passes href"),
    (rules.nothing_draws_untrusted_markup, "pages/a.py", "st.set_page_config(page_icon=':material/x:')", "font server"),
    (rules.files_leave_by_ticket, "plumbline/web/a.py", "left.download_button('a', data)", "uses download_button"),
    (rules.files_leave_by_ticket, "pages/a.py", "st.image(scan)", "uses image"),
    (rules.every_chart_has_words, "pages/a.py", "st.vega_lite_chart(rows, spec)", "draws without alt"),
    (rules.words_from_outside_are_shown_plainly, "pages/a.py", "st.markdown(f'**{row.name}**')", "shows row.name"),
    (rules.words_from_outside_are_shown_plainly, "plumbline/web/a.py", "st.caption(note['title'])", "note['title']"),
    (
        rules.words_from_outside_are_shown_plainly,
        "pages/a.py",
        "st.page_link(p, label=f'{row.name}')",
        "shows row.name",
    ),
    (rules.caches_are_keyed_by_plain_values, "pages/a.py", "@st.cache_data\ndef f(_user: str): ...", "caches by _user"),
    (
        rules.caches_are_keyed_by_plain_values,
        "pages/a.py",
        "@st.cache_data(ttl=1)\ndef f(a: pd.DataFrame): ...",
        "DataFrame",
    ),
    (rules.caches_are_keyed_by_plain_values, "pages/a.py", "@st.cache_data\ndef f(a): ...", "caches by a: nothing"),
    (
        rules.pages_begin_with_their_guard,
        "pages/a.py",
        "import x\nst.title('a')\nctx = page('a', 'b')",
        "begin with page",
    ),
    (rules.pages_begin_with_their_guard, "pages/a.py", '"""Doc."""\nx = 1\nctx = page("a", "b")', "begin with page"),
    (
        rules.fragments_and_callbacks_are_guarded,
        "pages/a.py",
        "@st.fragment\ndef f():\n    st.text(1)",
        "f runs without",
    ),
    (
        rules.fragments_and_callbacks_are_guarded,
        "pages/a.py",
        "def f(): ...\nst.button('a', on_click=f)",
        "f runs without",
    ),
    (rules.everything_is_short, "pages/a.py", LONG * 81, "81 lines, more than 80"),
    (rules.everything_is_short, "plumbline/a.py", LONG * 251, "251 lines, more than 250"),
    (rules.everything_is_short, "plumbline/a.py", "def f():\n" + "    x = 1\n" * 50, "f has 51 lines"),
    (rules.sql_lives_in_files, "pages/a.py", "ctx.cursor.execute('select 1')", "executes SQL"),
    (rules.sql_lives_in_files, "plumbline/sql.py", "c.execute(f'select {x}')", "formats SQL"),
    (rules.sql_lives_in_files, "plumbline/store.py", "c.execute(f'delete from {x}')", "formats SQL"),
    (rules.sql_lives_in_files, "plumbline/known.py", "c.execute(f'delete from {x}')", "formats SQL"),
    (rules.sql_lives_in_files, "plumbline/store.py", "c.execute('select ' + x)", "from parts"),
    (rules.sql_lives_in_files, "plumbline/store.py", "c.executemany('select {}'.format(x), [])", "from parts"),
    (rules.numbers_that_judge_are_rows, "queries/a/b.sql", "select a\nfrom b\nwhere day >= 42", "compares with 42"),
    (rules.numbers_that_judge_are_rows, "queries/a/b.sql", "select value <= 0.7 * baseline", "compares with 0.7"),
    (rules.numbers_that_judge_are_rows, "queries/a/b.sql", "where day between 0 and 14", "compares with 14"),
    (rules.numbers_that_judge_are_rows, "plumbline/status.py", "late = day > 42", "compares with 42"),
    (rules.numbers_that_judge_are_rows, "pages/a.py", "st.text(1 if pain >= 5 else 0)", "compares with 5"),
    (rules.nothing_calls_out, "plumbline/a.py", "import httpx", "imports httpx"),
    (rules.nothing_calls_out, "plumbline/a.py", "from urllib import request", "imports urllib.request"),
    (
        rules.nothing_calls_out,
        "plumbline/web/style.css",
        "@import url(https://fonts.example.org/a.css);",
        "names https://fonts",
    ),
    (rules.nothing_calls_out, ".streamlit/config.toml", 'font = "https://fonts.example.org"', "names https://fonts"),
    (rules.public_names_are_explained, "plumbline/a.py", '"""Doc."""\ndef f(): ...', "f has no docstring"),
    (
        rules.public_names_are_explained,
        "plumbline/a.py",
        '"""Doc."""\nclass A:\n    """A."""\n    def g(self): ...',
        "g has no",
    ),
    (rules.public_names_are_explained, "plumbline/a.py", "x = 1", "has no docstring"),
    (rules.the_changelog_has_room, "CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n## 0.1\n\n- it\n", "no line under"),
]


@pytest.mark.parametrize(("rule", "name", "text", "fault"), SEEDS)
def test_a_seeded_fault_is_seen(tmp_path: Path, rule: Rule, name: str, text: str, fault: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert any(fault in found for found in rule(tmp_path)), rule(tmp_path)


def test_every_rule_has_a_seeded_fault() -> None:
    assert {rule for rule, *_ in SEEDS} == set(rules.RULES)


@pytest.mark.parametrize(
    "name", ["demo.duckdb", "a/b.duckdb.wal", ".streamlit/secrets.toml", ".env", "x.pem", "s.truth.json"]
)
def test_a_tracked_secret_is_seen(name: str) -> None:
    assert rules.nothing_secret_is_tracked(["README.md", name]) == [f"{name} is tracked"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("write to jane.doe" + "@hospital.org", "an e-mail address"),
        ("call +49 " + "30 1234567", "a telephone number"),
        ("ssn 123-" + "45-6789", "a social security number"),
        ("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
    ],
)
def test_a_real_looking_person_is_seen(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "notes.csv").write_text(text)
    (tmp_path / "fine.csv").write_text("nurse@example.org, +1 212 555 0123, 999-12-3456")
    assert rules.nobody_real_is_named(tmp_path, ["notes.csv", "fine.csv"]) == [f"notes.csv holds {what}"]
