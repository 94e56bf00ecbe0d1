"""The pages, each once: its file and address, its title, and the action that opens it. A role sees only its own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import streamlit as st

from plumbline import sql
from plumbline.web import ui

FOLDER = sql.ROOT / "pages"


@dataclass(frozen=True)
class Place:
    """A page: the name of its file, which is its address, too; what it is called; what its reader may do."""

    name: str
    title: str
    action: str


PLACES = (
    Place("worklist", "Worklist", "view_worklist"),
    Place("patient", "Patient", "view_patient"),
    Place("progress", "Patient's view", "view_progress"),
    Place("flags", "Flags", "view_flags"),
    Place("followups", "Follow-ups", "view_followups"),
    Place("cohorts", "Cohorts", "view_cohorts"),
    Place("clinics", "Clinics", "view_clinics"),
    Place("quality", "Data quality", "view_quality"),
    Place("imports", "Data in", "import_data"),
    Place("audit", "Record", "view_audit"),
    Place("users", "Accounts", "view_users"),
    Place("settings", "Settings", "view_settings"),
    Place("reference", "Reference", "view_reference"),
    Place("protocol", "Protocol", "view_protocol"),
)
"""In the order of the navigation; who opens a bare address begins with the first that the role has."""


def pages(actions: Collection[str]) -> list[Any]:
    """What `st.navigation` gets: the pages whose action the role has; the addresses of the others only refuse.

    `actions`: what whoever asks may do. The file of a page that the role lacks is not among them.
    """
    mine = [place for place in PLACES if place.action in actions]
    # No icons here: Streamlit would fetch the page's icon from a font server for the browser tab.
    built = [
        st.Page(FOLDER / f"{place.name}.py", title=place.title, url_path=place.name, default=place is PLACES[0])
        for place in mine
    ]
    if PLACES[0] not in mine:
        built.insert(0, st.Page(_start(built), title="Plumbline", url_path="start", default=True, visibility="hidden"))
    return built + [_refusing(place) for place in PLACES[1:] if place not in mine]


def _start(built: list[Any]) -> Callable[[], None]:
    """Where the role lacks the first page: a bare address leads to the first of its own."""
    own = list(built)

    def start() -> None:
        if own:
            st.switch_page(own[0], query_params=st.query_params.to_dict())
        _guard(PLACES[0])

    return start


def _refusing(place: Place) -> Any:
    def refuse() -> None:
        _guard(place)

    return st.Page(refuse, title=place.title, url_path=place.name, visibility="hidden")


def _guard(place: Place) -> None:
    """What the page itself would do first; for a role without its action that is all."""
    ui.page(place.title, place.action)
    st.rerun()  # the role has it by now: the next run has the page
