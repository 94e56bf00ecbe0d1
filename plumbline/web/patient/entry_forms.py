"""The forms: scores of a visit, milestones, an event, a medicine, a note, a goal. What comes first, when comes last."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from plumbline.entry.kinds import KINDS
from plumbline.web.patient import entry_goals
from plumbline.web.patient.entry_fields import DAY, Form
from plumbline.web.patient.entry_notes import structured
from plumbline.web.text import plain

STEPS = 11  # a scale of so many whole numbers is chosen with one click


def draw(kind: str, form: Form) -> None:
    """Draw the form of a kind."""
    _FORMS[kind](form)
    if not KINDS[kind].has_time:
        return
    with st.container(horizontal=True, gap="small"):
        form.field("moment_on", partial(DAY, "Day", max_value=form.today, width=170), form.today)
        form.field("moment_time", partial(st.time_input, "Time, if it matters", value=None, width=170))
    if form.values["moment_on"] and form.values["moment_on"] > form.ctx.as_of:
        st.caption(f"You are looking at {form.ctx.as_of:%-d %b %Y}: this will be seen from its own day on.")


def has_form(kind: str) -> bool:
    """Whether a fact of this kind is corrected here; what has no form can be taken back."""
    return kind in _FORMS


def choices(form: Form, name: str) -> dict[str, dict[str, Any]]:
    """A list of reference rows by code, in order."""
    rows = form.ctx.arrow("entry/choice_by_list").to_pylist()
    return {row["code"]: row for row in rows if row["list"] == name}


def _scores(form: Form) -> None:
    rows = form.ctx.arrow("entry/instrument_by_course", episode_id=form.course["episode_id"]).to_pylist()
    correcting = {field.partition(":")[2] for field in form.before if field.startswith("value:")}
    used = [row for row in rows if (row["instrument"] in correcting if correcting else row["is_used"])]
    others = {row["instrument"]: row for row in rows if row not in used}
    shown = list(used)
    if not correcting:
        asked = st.session_state.get(form.key("more")) or form.start("more") or []
        shown += [others[name] for name in asked if name in others]
    statuses = choices(form, "score_status")
    scales = [row for row in shown if _is_scale(row)]
    numbers = [row for row in shown if not _is_scale(row)]
    for row in scales:
        _score(form, row, statuses)
    half = (len(numbers) + 1) // 2
    for column, some in zip(st.columns(2, gap="medium"), (numbers[:half], numbers[half:]), strict=True):
        with column:
            for row in some:
                _score(form, row, statuses)
    if others and not correcting:
        more = partial(
            st.multiselect,
            "Another instrument",
            list(others),
            format_func=lambda name: others[name]["label"],
            placeholder="Choose, if something else was asked",
        )
        form.field("more", more, [], others)
    if form.performed_on is not None and st.session_state.get(form.key("moment_on")) == form.performed_on:
        words = {"before": "before the procedure", None: "after it, or not known"}
        on_day = partial(st.radio, "On the day of the procedure", list(words), format_func=words.__getitem__)
        form.field("context", partial(on_day, horizontal=True), None, words)


def _is_scale(row: dict[str, Any]) -> bool:
    return bool(row["is_integer"]) and row["maximum"] - row["minimum"] < STEPS


def _score(form: Form, row: dict[str, Any], statuses: dict[str, dict[str, Any]]) -> None:
    name = row["instrument"]
    low, high = row["minimum"], row["maximum"]
    last = f" · last {row['last_value']:g} on {row['last_on']:%-d %b %Y}" if row["last_on"] else ""
    # a label is read aloud as it is written here, so it holds no Markdown; the words are those of our own rows
    words = f"{row['short_label']}: {low:g} {row['low_words']} … {high:g} {row['high_words']}{last}"
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if _is_scale(row):
            scale: list[int | None] = [None, *range(int(low), int(high) + 1)]
            with st.container(key=form.key(f"scale:{name}"), width=520):
                one = partial(st.radio, words, scale, format_func=lambda value: "–" if value is None else str(value))
                form.field(f"value:{name}", partial(one, horizontal=True), None, scale)
        else:
            step = 1.0 if row["is_integer"] else 0.1
            number = partial(st.number_input, words, value=None, step=step, format="%g", width=190)
            form.field(f"value:{name}", partial(number, placeholder="not asked"))
        why = partial(
            st.selectbox,
            f"{row['short_label']}: why there is no score",
            list(statuses),
            index=None,
            format_func=lambda code: statuses[code]["label"],
            placeholder="or why not",
            label_visibility="collapsed",
            width=130,
        )
        form.field(f"status:{name}", why, None, statuses)


def _milestones(form: Form) -> None:
    rows = form.ctx.arrow("entry/milestone_by_course", episode_id=form.course["episode_id"]).to_pylist()
    chosen = [field.partition(":")[2] for field in form.before if field.startswith("milestone:")]
    everything = bool(chosen) or form.field("settled", partial(st.toggle, "Also those reached already"), False)
    st.markdown("Which, and its usual day")
    with st.container(horizontal=True, gap="small", key=form.key("pills:milestone")):
        for row in rows:
            field = f"milestone:{row['milestone']}"
            started = st.session_state.get(form.key(field)) or form.start(field)
            if row["milestone"] in chosen or started or (not chosen and (everything or not row["is_settled"])):
                said = f", {row['last_label']}" if row["last_label"] else ""
                label = f"{row['label']} · day {row['expected_day']}{said}"
                form.field(field, partial(st.checkbox, label, disabled=bool(chosen)), False)
    states = choices(form, "milestone_status")
    with st.container(key=form.key("scale:status")):
        state = partial(st.radio, "How it stands", list(states), format_func=lambda code: states[code]["label"])
        form.field("status", partial(state, horizontal=True), "achieved", states)


def _event(form: Form) -> None:
    kinds = choices(form, "event_kind")
    if form.before.get("kind") and form.before["kind"] not in kinds:
        st.markdown(f"**{plain(form.before['kind'])}**")
        form.values["kind"] = form.before["kind"]
    else:
        with st.container(key=form.key("pills:event")):
            sign = partial(
                st.radio,
                "What happened; ⚑ is a danger sign",
                list(kinds),
                index=None,
                format_func=lambda code: ("⚑ " if kinds[code]["mark"] else "") + kinds[code]["label"],
                horizontal=True,
            )
            chosen = form.field("kind", sign, None, kinds)
        if chosen and kinds[chosen]["mark"]:
            st.markdown(":red[⚑ A danger sign: once saved, the verdict is **red flag** until a clinician closes it.]")
    levels = choices(form, "level")
    with st.container(horizontal=True, gap="small"):
        level = partial(st.selectbox, "Level, if one is meant", list(levels), index=None, placeholder="none", width=170)
        form.field("level", level, None, levels)
        form.field("detail", partial(st.text_input, "In a few words", placeholder="where, how, what was done"))


def _medicine(form: Form) -> None:
    drugs = choices(form, "drug")
    known = list(dict.fromkeys([*drugs, *filter(None, [form.before.get("drug"), form.start("drug")])]))
    name = partial(
        st.selectbox, "Medicine", known, index=None, accept_new_options=True, placeholder="Choose, or type another name"
    )
    drug = form.field("drug", name)
    if drug and drug.strip().lower() not in drugs:
        words = {"yes": "yes", "no": "no", None: "not known"}
        ask = partial(st.radio, "Is it an opioid? It is not in our list", list(words), format_func=words.__getitem__)
        form.field("opioid", partial(ask, horizontal=True), None, words)
    with st.container(horizontal=True, gap="small"):
        form.field("dose", partial(st.number_input, "Single dose", value=None, step=1.0, format="%g", width=170))
        form.field("unit", partial(st.text_input, "Unit", placeholder="mg", width=110))
        form.field("moment_on", partial(DAY, "Since", max_value=form.today, width=170), form.today)
        form.field("stopped_on", partial(DAY, "Stopped on", value=None, max_value=form.today, width=170))


def _note(form: Form) -> None:
    kinds = choices(form, "note_kind")
    with st.container(horizontal=True, gap="small"):
        what = partial(st.selectbox, "Kind", list(kinds), format_func=lambda code: kinds[code]["label"], width=200)
        kind = form.field("kind", what, "visit", kinds)
        form.field("title", partial(st.text_input, "Title, if any"))
    fields = structured(form, kind, choices(form, "event_kind"))
    label, height = ("Note", 150) if fields is None else ("Anything else", 80)
    form.field("text", partial(st.text_area, label, height=height))
    form.values["author"] = form.before.get("author") or form.ctx.user
    form.values["fields"] = fields


_FORMS = {"score": _scores, "milestone": _milestones, "event": _event, "medication": _medicine, "note": _note}
_FORMS |= {"goal": entry_goals.goal, "goal_review": entry_goals.review}
