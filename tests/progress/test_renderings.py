"""What the words say of the demo's patients is what the light page and the paper say, in each language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from plumbline import flag_runs, progress
from plumbline.report import patient_pdf
from plumbline.store import open_store
from plumbline.web.share import light
from tests.report import papers
from tests.web.test_light import Read, texts

DAYS = (0, 60)
OPENED = ((datetime(2026, 11, 25, 9, 40), "you"), (datetime(2026, 11, 24, 8, 5), "failed"))
TODAY = date(2026, 11, 23)


@pytest.mark.slow
def test_page_and_paper_say_every_sentence_and_nothing_of_their_own(demo_store: Path) -> None:
    store = open_store(demo_store)
    flag_runs.refresh(store)
    seen: set[str] = set()
    for back in DAYS:
        told = progress.gather(store.cursor(), TODAY - timedelta(days=back))
        for number, facts in enumerate(told.values()):
            situation = facts.situation["situation"]
            if situation is None or (situation in seen and number % 15):
                continue
            seen.add(situation)
            for language in progress.LANGUAGES:
                for compared in (True, False):
                    said = progress.say(facts, language=language, compared=compared, openings=OPENED)
                    page = Read(light.page(said, compared=compared, paper=True))
                    every = " ".join(page.words)
                    assert [text for text in texts(said) if text not in every] == [], (situation, language)
                    if not compared:
                        continue
                    pdf = patient_pdf(said)
                    paper = papers.words(pdf)
                    summary = said.summary
                    must = [said.hello, said.when, summary.headline, *summary.lines, summary.next_visit]
                    must += [said.help.now_heading, *said.help.now, *said.help.today, said.help.watched]
                    must += [card.title for card in (said.guidance.cards if said.guidance else ())]
                    assert [text for text in must if text not in paper] == [], (situation, language)
                    assert len(papers.read(pdf).pages) == 1
                    assert papers.least_size(pdf) >= 14
    store.close()
    assert len(seen) >= 8
