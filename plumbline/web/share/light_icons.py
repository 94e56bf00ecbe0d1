"""The small drawings beside the cards of guidance, by the name in `Card.icon`: lines on 24 by 24, drawn by us."""

from __future__ import annotations

from markupsafe import Markup

_NO = '<circle cx="12" cy="12" r="10"/><path d="M5 5l14 14"/>'
_LINES = {
    "phone": '<path d="M6 3h3l2 5-2 1.5a11 11 0 0 0 5.5 5.5L16 13l5 2v3a3 3 0 0 1-3 3C10 21 3 14 3 6a3 3 0 0 1 3-3z"/>',
    "no_load": _NO + '<path d="M8 10h8l1 7H7zM10 10V8h4v2"/>',
    "no_bend": _NO + '<path d="M8 18v-6a4 4 0 0 1 4-4h4"/><circle cx="17" cy="10.5" r="1"/>',
    "fall": '<circle cx="17" cy="5" r="2"/><path d="M15 8l-5 4 4 3-1 5M10 12l-5 1M3 21h18M15 8l1 4 4 1"/>',
    "heart": '<path d="M12 20C6 16 3 12.5 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3.5-3 7-9 11z"/>'
    '<path d="M6 12h3l1.5-3 3 5 1.5-2h3"/>',
    "walk": '<circle cx="13" cy="4" r="2"/><path d="M12 8l-3 4 4 3v6M9 12l-1 9M12 8l3 3h3M9 12l-3 1"/>',
    "swim": '<circle cx="17" cy="8" r="2"/><path d="M3 13l5-4 4 2-3 4M3 17c2-1.5 4-1.5 6 0s4 1.5 6 0 4-1.5 6 0'
    'M3 21c2-1.5 4-1.5 6 0s4 1.5 6 0 4-1.5 6 0"/>',
    "home": '<path d="M3 12l9-8 9 8M6 10v10h12V10M10 20v-6h4v6"/>',
    "seat": '<circle cx="9" cy="4" r="2"/><path d="M9 8v7h6v6M5 8v10h5M5 18v3M10 18v3"/>',
    "turn": '<circle cx="12" cy="4" r="2"/><path d="M12 7v9M10 21l2-5 2 5M5 12a7 3 0 0 0 13 1M18 10v3.5h-3.5"/>',
    "bed": '<path d="M3 6v13M3 15h18v4M21 15v-2a3 3 0 0 0-3-3h-8v5"/><circle cx="6.5" cy="11.5" r="1.8"/>',
    "stretch": '<circle cx="12" cy="4" r="2"/><path d="M12 7v7M4 8l8 1 8-1M12 14l-4 7M12 14l4 7"/>',
    "strong": '<path d="M3 12h3M18 12h3M6 8v8M18 8v8M9 6v12M15 6v12M9 12h6"/>',
    "glass": '<path d="M5 4h8l-1 16H6zM5.4 9h7.2M17 4v16M17 4c3 2 3 7 0 8"/>',
    "tablet": '<rect x="3" y="8" width="18" height="8" rx="4" transform="rotate(-35 12 12)"/><path d="M10 9l4.5 6.5"/>',
    "bone": '<path d="M8 6a2.5 2.5 0 1 0-3.5 3A2.5 2.5 0 1 0 8 12l6 6a2.5 2.5 0 1 0 3.5-2.5'
    'A2.5 2.5 0 1 0 16 12l-6-6a2 2 0 0 0-2 0z" transform="rotate(4 12 12)"/>',
    "calendar": '<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8 3v4M16 3v4M8 14h3"/>',
    "other": '<circle cx="12" cy="12" r="9"/><path d="M8 12l3 3 5-6"/>',
}


def lines(name: str) -> Markup:
    """The lines of an icon; a name that has none gets a plain mark."""
    return Markup(_LINES.get(name, _LINES["other"]))


def names() -> frozenset[str]:
    """Every icon that there is."""
    return frozenset(_LINES)
