"""What staff hand over on paper: the QR code of a link and how to open it, in every language at once, without a name.

Nothing is known of the reader yet, and whoever finds the paper learns no name; a code is told by phone, never here.
"""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from plumbline.report.press import printed

WORDS = {
    "en": {
        "title": "Your recovery page",
        "steps": [
            "Hold your phone's camera over the square.",
            "Tap the link that comes up.",
            "Type what the page asks for:",
        ],
        "birth": "your date of birth (day, month, year).",
        "code": "the 6-digit code that we tell you.",
        "until": "It works until {day}.",
        "lost": "If you lose this paper, call your clinic. We can close the page.",
        "help": "This is not for emergencies. If you need help now, call.",
    },
    "es": {
        "title": "Su página de recuperación",
        "steps": [
            "Ponga la cámara del teléfono sobre el cuadro.",
            "Toque el enlace que sale.",
            "Escriba lo que pide la página:",
        ],
        "birth": "su fecha de nacimiento (día, mes, año).",
        "code": "el código de 6 cifras que le decimos.",
        "until": "Sirve hasta el {day}.",
        "lost": "Si pierde este papel, llame a su clínica. Podemos cerrar la página.",
        "help": "Esto no es para emergencias. Si necesita ayuda ya, llame.",
    },
}


def handout_pdf(address: str, square: str, factor: str, until: date) -> bytes:
    """One A4 page. `square`: the QR code of the address as SVG; `factor`: birth or code, as the link asks."""
    told = [
        {
            "language": language,
            "title": words["title"],
            "steps": words["steps"],
            "factor": words[factor],
            "until": str(words["until"]).format(day=format_date(until, "long", locale=language)),
            "lost": words["lost"],
            "help": words["help"],
        }
        for language, words in WORDS.items()
    ]
    return printed("handout.typ", {"address": address, "told": told}, square)
