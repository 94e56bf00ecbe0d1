"""Colours and type of every chart, light and dark; contrast measured on the page colour (3:1 marks, 4.5:1 words)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One set of colour tokens; names say what a colour is for, never how it looks.

    `groups`: the cohorts of a comparison in their order, each with a shape and a dash of its own (`compare_base`);
    `wash`: what is expected, or too small to act on, behind them; `quiet`: marks that only stand beside.
    """

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
    groups: tuple[str, str, str, str]
    wash: str
    quiet: str

    def state(self, verdict: str) -> str:
        """The colour of a verdict; always beside its shape and word."""
        return {"on_course": self.accent, "cannot_tell": self.muted, "closed": self.muted}.get(
            verdict, getattr(self, verdict, self.muted)
        )


LIGHT = Theme(
    page="#FAFBFA",
    surface="#EFF3F2",
    text="#17262C",
    muted="#55646A",
    accent="#0B6170",
    own="#17262C",
    band="#4F8A96",
    red_flag="#A3152B",
    new_problem="#9A3B00",
    slower="#755600",
    ahead="#1D6B3C",
    groups=("#123F86", "#C26405", "#2E0F33", "#2F6B4F"),
    wash="#DDE5E8",
    quiet="#6B7A82",
)
DARK = Theme(
    page="#10191D",
    surface="#19252B",
    text="#E4EBEB",
    muted="#A3B1B5",
    accent="#86D9E2",
    own="#F6FAFA",
    band="#4E97A4",
    red_flag="#FF9096",
    new_problem="#FFA866",
    slower="#E6C14F",
    ahead="#77D09B",
    groups=("#B9D6FF", "#E0862A", "#FFF9D9", "#78C898"),
    wash="#2A3A43",
    quiet="#8798A0",
)
THEMES = {"light": LIGHT, "dark": DARK}
