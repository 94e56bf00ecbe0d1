"""The fields of a structured note, drawn from their rows; a danger sign that was told is offered as a red flag."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from plumbline.entry.forms import SIGNS
from plumbline.web.patient.entry_fields import DAY, Form
from plumbline.web.text import plain

BETWEEN = "; "  # several choices in one field


def structured(form: Form, kind: str, events: Mapping[str, dict[str, Any]]) -> dict[str, str] | None:
    """Draw the fields of this kind of note and give what is in them; None for a kind of free text.

    A note that was free text stays so. `events`: the kinds of event, for the danger signs among the answers.
    """
    rows = [row for row in form.ctx.arrow("entry/field_by_note_kind").to_pylist() if row["kind"] == kind]
    if not rows or (form.before and form.before.get("fields") is None):
        return None
    stored: dict[str, str] = form.before.get("fields") or {}
    given = {}
    for row in rows:
        given[row["field"]] = _DRAWN[row["input"]](form, row, stored.get(row["field"]))
        if row["input"] == "choices":
            _offer(form, given[row["field"]], events)
    return {name: text for name, text in given.items() if text}


def _label(row: dict[str, Any]) -> str:
    return str(row["label"]) if row["is_required"] else f"{row['label']} (optional)"


def _text(form: Form, row: dict[str, Any], stored: str | None) -> str:
    draw = partial(st.text_input, _label(row), placeholder=row["help"])
    return (form.field(f"field:{row['field']}", draw, stored or "") or "").strip()


def _long_text(form: Form, row: dict[str, Any], stored: str | None) -> str:
    draw = partial(st.text_area, _label(row), placeholder=row["help"], height=80)
    return (form.field(f"field:{row['field']}", draw, stored or "") or "").strip()


def _number(form: Form, row: dict[str, Any], stored: str | None) -> str:
    low, high = map(float, row["alone"])
    draw = partial(st.number_input, _label(row), low, high, step=1.0, format="%g", help=row["help"], width=200)
    value = form.field(f"field:{row['field']}", draw, float(stored) if stored else None)
    return "" if value is None else f"{value:g}"


def _date(form: Form, row: dict[str, Any], stored: str | None) -> str:
    draw = partial(DAY, _label(row), width=200)
    value = form.field(f"field:{row['field']}", draw, date.fromisoformat(stored) if stored else None)
    return value.isoformat() if value else ""


def _choice(form: Form, row: dict[str, Any], stored: str | None) -> str:
    with st.container(key=form.key(f"scale:{row['field']}")):
        draw = partial(st.radio, _label(row), row["alone"], index=None, horizontal=True)
        return form.field(f"field:{row['field']}", draw, stored, row["alone"]) or ""


def _choices(form: Form, row: dict[str, Any], stored: str | None) -> str:
    """A box for each, so that they can be read out one by one."""
    chosen = (stored or "").split(BETWEEN)
    st.markdown(f"{plain(_label(row))} :gray[· {plain(row['help'])}]")
    named = []
    with st.container(horizontal=True, gap="small", key=form.key(f"pills:{row['field']}")):
        for number, label in enumerate([*row["alone"], *row["together"]]):
            box = partial(st.checkbox, label)
            if form.field(f"field:{row['field']}:{number}", box, label in chosen):
                named.append(label)
    return BETWEEN.join(named)


def _offer(form: Form, answer: str, events: Mapping[str, dict[str, Any]]) -> None:
    """A danger sign in an answer is a red flag: recorded in the same click, unless that is not wanted."""
    told = answer.split(BETWEEN)
    signs = [code for code, row in events.items() if row["mark"] and row["label"] in told]
    if not signs or form.before:
        return
    names = ", ".join(events[code]["label"] for code in signs)
    label = f"Also record as a danger sign: {names}"
    wanted = form.field("record_signs", partial(st.toggle, label), True)
    form.values[SIGNS] = signs if wanted else []
    if wanted:
        st.markdown(":red[⚑ Once saved, the verdict is **red flag** until a clinician closes it.]")
    else:
        st.markdown(":orange[It will stand in the note only, and raise no flag.]")


_DRAWN = {"text": _text, "long_text": _long_text, "number": _number, "date": _date, "choice": _choice}
_DRAWN |= {"choices": _choices}
