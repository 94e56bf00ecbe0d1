"""What stands on the pages before it is known who reads: in every language at once, each in its own words."""

from __future__ import annotations

from plumbline.progress.words import LANGUAGES as CODES
from plumbline.progress.words import Speaker

LANGUAGES = {code: Speaker(code).name for code in CODES}
SAID = {
    "title": "Your recovery",
    "ask": "Type your date of birth, or the 6-digit code that we gave you.",
    "such": "A date of birth: day, month, year. For example: 31 12 1944",
    "open": "Open my page",
    "again": "That did not open the page. Look at the date or the code, and try again. Call your clinic if it "
    "still does not open.",
    "busy": "We can not open the page just now. Try again in a few minutes. Call your clinic if it still does not "
    "open.",
    "over": "This page is closed. Open it again with your link or your QR code.",
    "help": "This is not for emergencies. If you need help now, call.",
}


def _said(code: str) -> dict[str, str]:
    speak = Speaker(code)
    return {name: speak(text) for name, text in SAID.items()}


DOOR = {code: _said(code) for code in CODES}
