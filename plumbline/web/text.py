"""Words from outside on the screen: names, notes and file contents are shown as they are, and never act."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# what Streamlit still recognises after Markdown's escapes: `:names:`, mail and web addresses, `->` and `>=`
_JOINED = re.compile(r"(?<=[:@])|(?i:(?<=www)(?=\.))|(?<=[<>=~-])(?=[<>=~-])")
_JOINER = "\u2060"
_PUNCTUATION = re.compile(r"([\\`*_{}()<>#+\-.!|~$^=&\"'%@/:])")
_BRACKETS = str.maketrans({"[": "&#91;", "]": "&#93;"})  # a badge escapes brackets itself, so no backslash there
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def plain(text: object) -> str:
    """One line of untrusted text for a Markdown field: letter for letter, no links, images, colours or icons.

    Markdown's signs are escaped, and an invisible joiner breaks what Streamlit would recognise after that.
    Marks that turn the reading direction are dropped. Where a value stands alone, `st.text` is simpler.
    """
    return _plain(str(text))


@lru_cache(maxsize=4096)  # a page says the same words on every rerun
def _plain(text: str) -> str:
    line = "".join(" " if _is_break(sign) else sign for sign in text if sign not in _DIRECTION)
    joined = _JOINED.sub(_JOINER, " ".join(line.split()))
    return _PUNCTUATION.sub(r"\\\1", joined).translate(_BRACKETS)


def _is_break(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Zl", "Zp"}
