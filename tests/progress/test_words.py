"""Both languages are whole, and each sentence that there is can be read by somebody who reads little."""

from __future__ import annotations

import ast
import csv
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog

from plumbline.progress import LANGUAGES, blocks, chart, summary, words
from plumbline.progress.words import Speaker, catalog
from plumbline.store import reference_frame
from plumbline.web.share import light_words
from tests.progress import reading

FIELDS = {
    "guidance": ("title", "text"), "situation_line": ("title",), "help_sign": ("title", "said"),
    "patient_step": ("title",), "patient_answer": ("title",),
}  # fmt: skip
OTHERS = [language for language in LANGUAGES if language != "en"]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
BANNED = {
    "en": "other patients|other people|late|normal|fine|safe|healed|flag|abnormal|failed|percentile|odi|verdict",
    "es": "otros pacientes|otras personas|normal|seguro|segura|curado|curada|alarma|anormal|percentil|odi|veredicto",
}


def in_tables() -> set[str]:
    """What the reference rows say; what is nothing but a placeholder is filled, and not translated."""
    found: set[str] = set()
    for table, columns in FIELDS.items():
        frame = reference_frame(table)
        found |= {text for column in columns for text in frame[column].dropna()}
    return {text for text in found if not re.fullmatch(r"\{\w+\}", text)}


def in_code() -> tuple[set[str], set[tuple[str, str]]]:
    """What the code gives to `_`, and what it counts with."""
    said = {*summary.BANDS, *words.NUMBERS, *blocks.PHASES.values(), *blocks.OPENED.values(), summary.NEXT_STEP}
    said |= {text for pair in summary.RANGE.values() for text in pair}
    counted = set()
    for module in (words, summary, chart, blocks, words):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if isinstance(node.func, ast.Name) and node.func.id in ("_", "self") and given:
                said.add(given[0])
            elif isinstance(node.func, ast.Attribute) and node.func.attr == "count" and len(given) > 1:
                counted.add((given[0], given[1]))
    said |= set(light_words.SAID.values())
    source = Path(str(blocks.__file__)).parent / "__init__.py"
    said |= set(re.findall(r'_\("([^"]+)"', source.read_text(encoding="utf-8")))
    return said, counted


def read(language: str) -> Catalog:
    path = words.FOLDER / language / "LC_MESSAGES" / "plumbline.po"
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_all_that_english_says_and_nothing_else(language: str) -> None:
    said, counted = in_code()
    wanted = {*in_tables(), *said, *counted}
    given = {message.id for message in read(language) if message.id}
    assert (wanted - given, given - wanted) == (set(), set())


@pytest.mark.parametrize("language", OTHERS)
def test_each_translation_is_there_with_the_same_placeholders_and_nobody_guessed_it(language: str) -> None:
    faults = []
    for message in read(language):
        if not message.id:
            continue
        ids, strings = ([one] if isinstance(one, str) else list(one) for one in (message.id, message.string))
        if message.fuzzy or not all(strings):
            faults.append(message.id)
        for text, said in zip(ids, strings, strict=True):
            if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(said)):
                faults.append(text)
    assert faults == []


def everything(language: str) -> list[str]:
    """Each sentence that could be said in a language, its placeholders filled with what is long."""
    said, counted = in_code()
    speak = Speaker(language)
    texts = [catalog(language).gettext(text) for text in {*in_tables(), *said} - {"EEEE d MMMM", "d MMMM y", "d MMMM"}]
    texts += [catalog(language).ngettext(*pair, number) for pair in counted for number in (1, 2)]
    fill = {
        "date": speak.day(date(2026, 9, 23), date(2026, 9, 30)), "pain": "10", "name": "Rosa", "n": "11",
        "when": speak.moment(datetime(2026, 9, 23, 19, 12), date(2026, 9, 30)), "number": "01632 960 142",
        "span": speak.span(77), "emergency": "112", "step": speak("A walk to the bathroom"), "range": "0 to 5",
        "sign": speak("trouble with passing water or stool"), "low": "0", "high": "5", "time": "19:12",
    }  # fmt: skip
    fill |= {"seen": fill["date"], "performed": fill["date"]}
    filled = [PLACEHOLDER.sub(lambda match: fill[match[1]], text) for text in texts]
    return [sentence for text in filled for sentence in reading.sentences(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_more_than_14_words(language: str) -> None:
    assert [text for text in everything(language) if len(text.split()) > reading.LONGEST] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_jargon_and_no_word_that_comforts_or_frightens(language: str) -> None:
    with (Path(__file__).parent / "jargon.csv").open(encoding="utf-8", newline="") as file:
        jargon = [row["english" if language == "en" else "spanish"] for row in csv.DictReader(file)]
    assert len(jargon) == 60
    bad = re.compile(rf"\b({'|'.join(map(re.escape, jargon))}|{BANNED[language]})s?\b", re.IGNORECASE)
    assert [text for text in everything(language) if bad.search(text)] == []


def test_an_unknown_language_is_english_and_directions_are_known() -> None:
    assert (Speaker("tlh").language, Speaker("en").direction, Speaker("es").name) == ("en", "ltr", "Español")


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        (1, "one day", "un día"), (6, "six days", "seis días"), (7, "one week", "una semana"),
        (13, "one week", "una semana"), (14, "two weeks", "dos semanas"), (83, "eleven weeks", "once semanas"),
        (90, "three months", "tres meses"), (364, "12 months", "12 meses"), (365, "one year", "un año"),
        (730, "two years", "dos años"),
    ],
)  # fmt: skip
def test_a_stretch_of_days_is_said_in_its_largest_unit(days: int, english: str, spanish: str) -> None:
    assert (Speaker("en").span(days), Speaker("es").span(days)) == (english, spanish)


def test_dates_and_times_are_said_as_people_say_them() -> None:
    today = date(2026, 11, 23)
    assert Speaker("en").day(date(2026, 12, 4), today) == "Friday 4 December"
    assert Speaker("es").day(date(2026, 12, 4), today) == "viernes 4 de diciembre"
    assert Speaker("es").day(date(2027, 1, 4), today) == "4 de enero de 2027"
    assert Speaker("en").moment(datetime(2026, 11, 23, 9, 5), today) == "today at 9:05"
    assert Speaker("es").moment(datetime(2026, 11, 22, 19, 5), today) == "ayer a las 19:05"
    assert Speaker("en").moment(datetime(2026, 11, 20, 9, 5), today) == "on Friday 20 November at 9:05"


def test_every_statement_of_the_recovery_text_to_a_patient_has_a_card_on_each_of_its_days() -> None:
    """Statements 1 to 4 speak of the procedure, 5 to 50 to the patient; statements.csv has the days that each is of."""
    cards = list(reference_frame("guidance").query("kind != 'hold'").itertuples())
    with (Path(__file__).parent / "statements.csv").open(encoding="utf-8", newline="") as file:
        statements = list(csv.DictReader(file))
    assert [int(row["statement"]) for row in statements] == list(range(5, 51))
    lacking = [
        (row["says"], day)
        for row in statements
        for day in range(int(row["from_day"]), int(row["to_day"] or 730) + 1)
        if not any(row["statement"] in card.statements.split() and _holds(card, day) for card in cards)
    ]
    assert lacking == []


def test_each_day_has_cards_for_moving_and_for_what_to_leave_and_what_ends_says_when() -> None:
    cards = reference_frame("guidance")
    held = list(cards.query("kind != 'hold'").itertuples())
    for day in range(731):
        kinds = [card.kind for card in held if _holds(card, day)]
        assert {"avoid", "movement"} <= set(kinds)
        assert 5 <= len(kinds) <= 9
    assert len(cards.query("kind == 'hold'")) == 4
    for card in cards.query("kind == 'avoid'").itertuples():
        assert (card.to_day is not None) == ("{date}" in card.title) == (card.until_day is not None)
        assert card.to_day is None or int(card.until_day) == int(card.to_day) + 1


def _holds(row: object, day: int) -> bool:
    start, end = row.from_day, row.to_day  # type: ignore[attr-defined]
    return int(start) <= day <= (day if end is None else int(end))
