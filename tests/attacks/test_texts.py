"""Attack 38: a name, a note or a label that tries to be markup is set as it is, in every rendering."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from plumbline.progress.model import Note
from plumbline.report import patient_pdf
from plumbline.web.share import light
from tests.progress.sample import PAGES

EVIL = ['#read("/etc/passwd")', "= Big", "$ x $ \\ @ref", "<script>alert(1)</script>", "A\r\nSet-Cookie: a=b", "</svg>"]
PAGE = next(page for page in PAGES.values() if page.chart and page.notes == () and page.guidance)


@pytest.mark.attack(38)
@pytest.mark.parametrize("evil", EVIL)
def test_attack_38_a_text_is_set_as_it_is_on_paper_and_never_in_the_title(evil: str) -> None:
    reader = PdfReader(BytesIO(patient_pdf(replace(PAGE, hello=evil))))
    said = re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))
    assert re.sub(r"\s+", "", evil) in said
    assert "root:" not in said
    assert reader.metadata is None or evil not in str(reader.metadata)


@pytest.mark.attack(38)
@pytest.mark.parametrize("evil", EVIL)
def test_attack_38_a_text_is_set_as_it_is_in_the_light_page_and_its_chart(evil: str) -> None:
    assert PAGE.chart
    visits = tuple(replace(one, label=evil, when=evil, sentence=evil) for one in PAGE.chart.visits)
    note = Note(PAGE.as_of, evil, evil)
    shown = replace(PAGE, hello=evil, notes=(note,), chart=replace(PAGE.chart, heading=evil, visits=visits))
    html = light.page(shown, compared=True, paper=False)
    assert html.count("<svg") == light.page(PAGE, compared=True, paper=False).count("<svg")
    assert html.count("</svg>") == html.count("<svg")
    assert "<script" not in html
