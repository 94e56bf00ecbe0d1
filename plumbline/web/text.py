"""Words from outside on the screen: names, notes and file contents are shown as they are, and never act."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^=&\"'%@/:])")
_JOINER = "\u2060"
# Direction marks could make a name read backwards.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def plain(text: object) -> str:
    """One line of untrusted text for a Markdown field: letter for letter, no links, images, colours or icons.

    Markdown's signs are escaped. Streamlit recognises web and e-mail addresses and `:names:` after that, so an
    invisible joiner breaks them. Where a value stands alone, `st.text` is simpler.
    """
    line = "".join(" " if _is_break(sign) else sign for sign in str(text) if sign not in _DIRECTION)
    line = " ".join(line.split())
    escaped = _PUNCTUATION.sub(r"\\\1", line)
    for sign in (":", "@"):
        escaped = escaped.replace(sign, sign + _JOINER)
    return re.sub(r"(?i)www(?=\\\.)", lambda found: found.group() + _JOINER, escaped)


def _is_break(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Zl", "Zp"}
