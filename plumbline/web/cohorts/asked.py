"""What the Cohorts page is asked, in its address: whoever opens the link sees the same comparison.

What was asked is kept for the session and stands in the address; an address that somebody opens, or goes back to, wins.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import streamlit as st

from plumbline.cohorts import Definition, DefinitionError
from plumbline.errors import PlumblineError

BY = {"clinic": "Clinic", "surgeon": "Surgeon", "year": "Year", "cause": "Cause", "region": "Region", "saved": "Saved"}
MOST_AGAINST = 3
_KEPT, _TOLD, _TURN = "cohorts_asked", "cohorts_told", "cohorts_turn"
_EVERYBODY = Definition().text


@dataclass(frozen=True)
class Asked:
    """Which groups, by which outcome. `against`: none is all others. `within`: the canonical text of the filters that
    narrow every group. Empty texts: not chosen, so the page chooses."""

    by: str = ""
    group: str = ""
    against: tuple[str, ...] = ()
    outcome: str = "nrs_back"
    visit: str = "month_3"
    milestone: str = "light_tasks"
    lines: str = "average"
    within: str = _EVERYBODY

    @property
    def shared(self) -> Definition:
        """The filters that narrow every group. Raises DefinitionError."""
        return Definition(self.within)


_FIRST = Asked()
_NAMES = tuple(one.name for one in fields(Asked))


def current() -> tuple[Asked, int]:
    """What is asked now, and the turn, part of the widgets' keys: an address that was opened begins another."""
    told = _told()
    kept: Asked = st.session_state.get(_KEPT) or _FIRST
    if told and told != st.session_state.get(_TOLD):
        kept = _read(told)
        st.session_state[_TURN] = int(st.session_state.get(_TURN, 0)) + 1
        st.session_state[_KEPT], st.session_state[_TOLD] = kept, told
    return kept, int(st.session_state.get(_TURN, 0))


def keep(asked: Asked) -> None:
    """Remember what is asked, and put it into the address."""
    st.session_state[_KEPT] = asked
    told = {name: values for name in _NAMES if (values := _words(asked, name))}
    if told == _told():
        st.session_state[_TOLD] = told
        return
    for name in _NAMES:
        if name in told:
            st.query_params[name] = told[name]
        elif name in st.query_params:
            del st.query_params[name]
    st.session_state[_TOLD] = told


def change(**what: object) -> None:
    """Ask something else from the next run on, as a button does; the widgets follow."""
    kept: Asked = st.session_state.get(_KEPT) or _FIRST
    st.session_state[_KEPT] = replace(kept, **what)  # type: ignore[arg-type]
    st.session_state[_TURN] = int(st.session_state.get(_TURN, 0)) + 1


def forget() -> None:
    """Ask nothing any more: the page chooses."""
    for name in _NAMES:
        st.query_params.pop(name, None)
    st.session_state.pop(_TOLD, None)
    change(**{one.name: getattr(_FIRST, one.name) for one in fields(Asked)})


def _told() -> dict[str, list[str]]:
    return {name: values for name in _NAMES if (values := st.query_params.get_all(name))}


def _words(asked: Asked, name: str) -> list[str]:
    value = getattr(asked, name)
    if value == getattr(_FIRST, name):
        return []
    return list(value) if isinstance(value, tuple) else [value]


def _read(told: dict[str, list[str]]) -> Asked:
    """From an address, which anybody may have written. Raises PlumblineError for one that can't be understood."""
    found = _FIRST
    for name, values in told.items():
        given: object = tuple(values[:MOST_AGAINST]) if name == "against" else values[-1]
        found = replace(found, **{name: given})  # type: ignore[arg-type]
    if found.by not in {"", *BY}:
        raise PlumblineError(f"Groups can't be compared by that: choose one of {', '.join(BY.values()).lower()}.")
    try:
        Definition(found.within)
    except DefinitionError as wrong:
        raise PlumblineError(f"The filters in this address can't be read, so nothing is shown. {wrong}") from wrong
    return found
