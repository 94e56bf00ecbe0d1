"""A form whose every field is kept as a draft once it was left, with what was found wrong beside the field."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from plumbline import status
from plumbline.entry import drafts
from plumbline.entry.drafts import Place
from plumbline.entry.forms import Filled
from plumbline.entry.steps import Refused
from plumbline.web import ui
from plumbline.web.text import plain
from plumbline.web.ui import Context

DAY = partial(st.date_input, format="DD/MM/YYYY")  # as on the Worklist


class Form:
    """One form of one dialog. `values`: what its fields hold in this run; the draft in the store is what lasts.

    `opened`: which opening of the dialog this is, so that no field remembers an earlier one.
    """

    def __init__(
        self, ctx: Context, course: dict[str, Any], name: str, opened: str, before: dict[str, Any] | None = None
    ) -> None:
        self.ctx, self.course, self.name = ctx, course, name
        self.values: dict[str, Any] = {}
        self.before = before or {}
        self.place = Place(ctx.user, course["episode_id"], name)
        self._at = f"{opened}:{name}"
        found = ctx.arrow("entry/course_by_id", episode_id=course["episode_id"]).to_pylist()[0]
        self.zone, self.performed_on = found["time_zone"], found["performed_on"]
        self.has_procedure = found["has_procedure"]
        self.today: date = status.today_of(ctx.cursor, course["episode_id"])
        self._draft = drafts.read(ctx.store, self.place)
        st.session_state.setdefault(f"{self._at}:restored", self._draft.saved_at)

    def key(self, field: str) -> str:
        """The widget's key of a field."""
        return f"{self._at}:{st.session_state.get(f'{self._at}:round', 0)}:{field}"

    def start(self, field: str) -> Any:
        """What a field begins with: the draft, else what is stored."""
        return self._draft.values.get(field, self.before.get(field))

    def field(
        self, name: str, draw: Callable[..., Any], default: Any = None, choices: Collection[Any] | None = None
    ) -> Any:
        """Draw one field: it begins with the draft, else with what is stored, else with `default`."""
        key = self.key(name)
        if key not in st.session_state:
            start = self._draft.values.get(name, self.before.get(name, default))
            st.session_state[key] = start if choices is None else _among(choices, start, default)
        day_key = self.key("moment_on")
        value = draw(key=key, on_change=_left, args=(self.place, self._at, name, key, day_key))
        self.values[name] = value
        for text in st.session_state.get(f"{self._at}:wrong", {}).get(name, ()):
            st.markdown(f":red[**✕** {plain(text)}]")
        return value

    def restored(self) -> None:
        """Say that a draft came back, and offer to throw it away."""
        saved_at: datetime | None = st.session_state[f"{self._at}:restored"]
        if saved_at is None:
            return
        local = saved_at.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone))
        when = f"{local:%H:%M}" if local.date() == self.today else f"{local:%-d %b, %H:%M}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":gray[Draft from {when} restored.]", width="content")
            args = (self.place, self._at)
            st.button("Throw away", key=self.key("throw"), type="tertiary", on_click=_throw_away, args=args)

    def refused(self, error: Refused, filled: Filled) -> None:
        """Keep what was found for the next run: the impossible at its field, the unusual as a question."""
        wrong: dict[str, list[str]] = {}
        impossible = [found for found in error.findings if found.severity == "impossible"]
        for found in impossible:
            wrong.setdefault(filled.field(found), []).append(found.text)
        st.session_state[f"{self._at}:wrong"] = wrong
        unusual = {} if impossible else {found.key: found.text for found in error.findings}
        st.session_state[f"{self._at}:unusual"] = unusual
        st.session_state.setdefault(f"{self._at}:meant", set())

    def questions(self) -> list[str]:
        """The sentences of what is unusual and not yet confirmed."""
        return list(st.session_state.get(f"{self._at}:unusual", {}).values())

    def unplaced(self) -> list[str]:
        """What is wrong with a field that this form doesn't show."""
        wrong: dict[str, list[str]] = st.session_state.get(f"{self._at}:wrong", {})
        return [text for field, texts in wrong.items() if field not in self.values for text in texts]

    def confirmed(self, *, now: bool) -> set[str]:
        """The keys of what is meant; `now`: what was just asked is, too."""
        meant: set[str] = st.session_state.setdefault(f"{self._at}:meant", set())
        if now:
            meant |= set(st.session_state.get(f"{self._at}:unusual", {}))
        return meant

    def done(self) -> None:
        """The form was saved: forget its draft."""
        drafts.throw_away(self.ctx.store, self.place, clinics=self.ctx.clinics)


def _among(choices: Collection[Any], start: Any, default: Any) -> Any:
    if isinstance(start, list):
        return [one for one in start if one in choices]
    return next((one for one in choices if one == start), default) if start is not None else None


def _left(place: Place, at: str, field: str, key: str, day_key: str) -> None:
    """A field was left: keep it, and the day that the form is about; what was found is asked anew."""
    ctx = ui.context()
    ui.require(ctx, "enter_facts")
    _forget_findings(at)
    kept = {field: st.session_state.get(key)}
    if st.session_state.get(day_key) is not None:
        kept["moment_on"] = st.session_state[day_key]
    drafts.keep(ctx.store, Place(ctx.user, place.episode_id, place.form), kept, clinics=ctx.clinics)


def _throw_away(place: Place, at: str) -> None:
    ctx = ui.context()
    ui.require(ctx, "enter_facts")
    _forget_findings(at)
    drafts.throw_away(ctx.store, Place(ctx.user, place.episode_id, place.form), clinics=ctx.clinics)
    st.session_state[f"{at}:restored"] = None
    st.session_state[f"{at}:round"] = st.session_state.get(f"{at}:round", 0) + 1


def _forget_findings(at: str) -> None:
    for what in ("wrong", "unusual", "meant"):
        st.session_state.pop(f"{at}:{what}", None)
