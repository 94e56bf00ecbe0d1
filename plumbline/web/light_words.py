"""What stands on the pages before it is known who reads: in every language at once, each in its own words."""

from __future__ import annotations

LANGUAGES = {"en": "English", "es": "Español"}
DOOR = {
    "en": {
        "title": "Your recovery",
        "ask": "Type your date of birth, or the 6-digit code that we gave you.",
        "such": "A date of birth: day, month, year. For example: 31 12 1944",
        "open": "Open my page",
        "again": "That did not open the page. Look at the date or the code, and try again. Call your clinic if it "
        "still does not open.",
        "over": "This page is closed. Open it again with your link or your QR code.",
        "help": "This is not for emergencies. If you need help now, call.",
    },
    "es": {
        "title": "Su recuperación",
        "ask": "Escriba su fecha de nacimiento, o el código de 6 cifras que le dimos.",
        "such": "Fecha de nacimiento: día, mes, año. Por ejemplo: 31 12 1944",
        "open": "Abrir mi página",
        "again": "La página no se abrió. Mire la fecha o el código y pruebe otra vez. Llame a su clínica si sigue sin "
        "abrirse.",
        "over": "Esta página está cerrada. Ábrala otra vez con su enlace o su código QR.",
        "help": "Esto no es para emergencias. Si necesita ayuda ya, llame.",
    },
}
