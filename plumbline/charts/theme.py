"""Colours and type of every chart, light and dark; contrast was measured on the page colour (3:1 marks, 4.5:1 words)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One set of colour tokens; names say what a colour is for, never how it looks."""

    page: str
    surface: str
    text: str
    muted: str
    accent: str
    own: str
    band: str
    red_flag: str
    new_problem: str
    slower: str
    ahead: str

    def state(self, verdict: str) -> str:
        """The colour of a verdict; always beside its shape and word."""
        return {"on_course": self.accent, "cannot_tell": self.muted, "closed": self.muted}.get(
            verdict, getattr(self, verdict, self.muted)
        )


LIGHT = Theme("#FAFBFA", "#EFF3F2", "#17262C", "#55646A", "#0B6170", "#17262C", "#4F8A96", "#A3152B", "#9A3B00", "#755600", "#1D6B3C")
DARK = Theme("#10191D", "#19252B", "#E4EBEB", "#A3B1B5", "#86D9E2", "#F2F6F6", "#4E97A4", "#FF9096", "#FFA866", "#E6C14F", "#77D09B")
THEMES = {"light": LIGHT, "dark": DARK}
