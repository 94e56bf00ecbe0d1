"""Words from outside act on nothing: a real page in a real browser shows them letter for letter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect

from plumbline.web.text import plain
from tests.conftest import environment, free_port

NASTY = {
    "picture": "![x](http://127.0.0.1:9/beacon.png)",
    "markup": "<img src=x onerror=alert(1)><b>bold</b>",
    "link": "[click](javascript:alert(1))",
    "address": "see http://evil.example/a and https://evil.example and www.evil.example now",
    "e-mail": "write to someone@evil.example today",
    "formula": "$x^2$ and $$y$$",
    "icon": ":material/home: :smile: :red[red] :streamlit: :blue-badge[b] :shortcode:",
    "emphasis": "**bold** _slanted_ ~~gone~~ `code` # 1. - + > | a | b |",
    "arrows": "<- -> <-> -- >= <= ~=",
    "entities": "&lt;b&gt; &amp; &#42;",
    "break": "one\ntwo\u2028three\x00four\tfive",
    "backwards": "\u202eevil\u202c",
    "quotes": "O'Neil \"said\" 100 % 5 / 6 = x",
    "footnote": "[^1] [^1]: note",
    "list": "1. first",
    "heading": "# heading",
}
SHOWN = {"break": "one two three four five", "backwards": "evil"}

# A page of our own kind, served by Streamlit itself: the helper in every field that pages use.
SCRIPT = """
import json, sys
sys.path.insert(0, {root!r})
import streamlit as st
from plumbline.web.text import plain
for name, text in json.loads({nasty!r}).items():
    with st.container(key="k-" + name.replace(" ", "-")):
        st.markdown(plain(text))
        st.markdown("**" + plain(text) + "** · :small[" + plain(text) + "]")
        st.caption(plain(text))
        st.badge(plain(text))
st.write("the end")
"""


@pytest.mark.browser
def test_every_field_shows_the_letters_and_asks_nobody(page: Page, tmp_path: Path) -> None:
    import json
    import subprocess

    root = str(Path(__file__).resolve().parents[2])
    script = tmp_path / "words.py"
    script.write_text(SCRIPT.format(root=root, nasty=json.dumps(NASTY)))
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    options = ["--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1"]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    with subprocess.Popen([*command, *options], env=environment(None), cwd=tmp_path) as server:
        try:
            _open(page, f"http://127.0.0.1:{port}")
            expect(page.get_by_text("the end")).to_be_visible(timeout=30_000)
            faults = [fault for name, text in NASTY.items() for fault in _faults(page, name, SHOWN.get(name, text))]
        finally:
            server.terminate()
    assert not faults, "\n".join(faults)
    assert [url for url in asked if f"127.0.0.1:{port}" not in url] == []


def _open(page: Page, url: str) -> None:
    for _ in range(100):
        try:
            page.goto(url)
            return
        except Exception:
            page.wait_for_timeout(200)
    raise AssertionError("the page of words didn't start")


def _faults(page: Page, name: str, text: str) -> list[str]:
    box = page.locator(f".st-key-k-{name}")
    found = []
    wanted = " ".join(text.split())
    shown = [" ".join(line.split()) for line in box.inner_text().replace("\u2060", "").split("\n") if line.strip()]
    expected = [wanted, f"{wanted} · {wanted}", wanted, wanted]
    if shown != expected:
        found.append(f"{name}: shows {shown}, not {expected}")
    for element in ("a", "img", "code", "em", "del", "table", "h1", "li", "svg", ".katex", "[data-testid*=Icon]"):
        if box.locator(element).count():
            found.append(f"{name}: makes a {element}")
    return found


@given(st.text())
def test_any_text_is_one_paragraph_of_its_own_letters(text: str) -> None:
    shown = MarkdownIt("commonmark").parse(plain(text))
    inline = [token for token in shown if token.type == "inline"]
    assert len(inline) <= 1
    assert {child.type for token in inline for child in token.children or []} <= {"text", "text_special"}


def test_a_name_is_left_alone_but_for_escapes() -> None:
    assert plain("Søren Müller") == "Søren Müller"
    assert plain(None) == "None"
    assert plain(7) == "7"
