"""Speaks a language: English as it is written here and in data/reference, others by `locale/<language>/…/plumbline.po`.

A new language is a new .po file; what it lacks is said in English.
"""

from __future__ import annotations

import gettext
from datetime import date, datetime
from functools import cache
from io import BytesIO

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages import mofile, pofile

from plumbline.sql import ROOT

FOLDER = ROOT / "locale"
ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/plumbline.po")))
WEEK, MONTH, YEAR = 7, 30, 365
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
WEEKS_TOLD = range(0, 90)  # later in months
MONTHS_TOLD = range(90, YEAR)


@cache
def catalog(language: str) -> gettext.NullTranslations:
    """The translations of a language, made from its .po file; of English none are needed."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    with (FOLDER / language / "LC_MESSAGES" / "plumbline.po").open("rb") as file:
        read = pofile.read_po(file, locale=language)
    packed = BytesIO()
    mofile.write_mo(packed, read)
    packed.seek(0)
    return gettext.GNUTranslations(packed)


class Speaker:
    """Says a sentence of ours in one language; an unknown language is English. Called as gettext's `_` is."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else ENGLISH
        self._catalog = catalog(self.language)
        self.locale = Locale.parse("en_GB" if self.language == ENGLISH else self.language)

    def __call__(self, text: str, **given: object) -> str:
        """The text translated, then filled."""
        said = self._catalog.gettext(text) if text else ""
        return said.format(**given) if given else said

    def count(self, one: str, many: str, number: int) -> str:
        """Which of both for a number; `{n}` is the number, as a word where it is small."""
        return self._catalog.ngettext(one, many, number).format(n=self.number(number))

    def number(self, number: int) -> str:
        """A small number as a word."""
        return self(NUMBERS[number - 2]) if 2 <= number < len(NUMBERS) + 2 else str(number)

    @property
    def direction(self) -> str:
        """Which way it is written."""
        return str(self.locale.text_direction)

    @property
    def name(self) -> str:
        """The language's own name."""
        told = str(self.locale.get_language_name(self.language))
        return told[:1].upper() + told[1:]

    def day(self, day: date, today: date) -> str:
        """A date with its day of the week; with the year where it isn't this one."""
        pattern = self("EEEE d MMMM") if day.year == today.year else self("d MMMM y")
        return str(format_date(day, pattern, locale=self.locale))

    def short(self, day: date) -> str:
        """A date as an axis names it."""
        return str(format_date(day, self("d MMMM"), locale=self.locale))

    def moment(self, at: datetime, today: date) -> str:
        """When something happened, on the clinic's clock."""
        time = str(format_time(at.time(), "H:mm", locale=self.locale))
        far = (today - at.date()).days
        if far == 0:
            return self("today at {time}", time=time)
        if far == 1:
            return self("yesterday at {time}", time=time)
        return self("on {date} at {time}", date=self.day(at.date(), today), time=time)

    def span(self, days: int) -> str:
        """A stretch of days in the largest unit that fits: two weeks, three months."""
        if days < WEEK:
            return self.count("one day", "{n} days", days)
        if days in WEEKS_TOLD:
            return self.count("one week", "{n} weeks", days // WEEK)
        if days in MONTHS_TOLD:
            return self.count("one month", "{n} months", days // MONTH)
        return self.count("one year", "{n} years", days // YEAR)

    def when(self, day: int) -> str:
        """A day as a chart and a table name it: Day 3, 2 weeks."""
        if day in WEEKS_TOLD and day > WEEK and day % WEEK == 0:
            return self("{n} weeks", n=day // WEEK)
        return self("Day {n}", n=day) if day else self("Same day")

    def visit(self, day: int) -> str:
        """A planned visit by its day: 2 weeks, 3 months."""
        if day < WEEK:
            return self("Day {n}", n=day)
        if day in WEEKS_TOLD:
            return self("1 week") if day == WEEK else self("{n} weeks", n=day // WEEK)
        if day in MONTHS_TOLD:
            return self("{n} months", n=day // MONTH)
        return self("1 year") if day == YEAR else self("{n} years", n=day // YEAR)
