"""The blocks of the Settings page: the clinic, its settings, what a change would do before it is saved, its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from plumbline import settings, worklist
from plumbline.errors import PlumblineError
from plumbline.web import instant, on_record, ui
from plumbline.web.settings import words
from plumbline.web.ui import Context, plain

EDIT = "edit_settings"
_SAID, _SEEN = "settings_said", "settings_seen"


def choose(ctx: Context) -> dict[str, Any] | None:
    """The clinic that is looked at, as it is set; None where there is none to see."""
    found: list[dict[str, Any]] = ctx.arrow("settings/clinic_by_name").to_pylist()
    rows = {row["clinic_id"]: row for row in found}
    if len(rows) > 1:
        picked = st.selectbox(
            "Clinic", list(rows), format_func=lambda one: rows[one]["name"], key="settings_clinic", width=340
        )
        return rows[picked]
    return next(iter(rows.values()), None)


def shown(row: dict[str, Any]) -> None:
    """The settings, for who may only look."""
    listed = [{"Setting": label, "Value": words.value(field, row[field])} for field, label in words.LABELS.items()]
    st.dataframe(listed, hide_index=True, width=640, height="content", alt="The settings of this clinic")


def _told(given: dict[str, Any]) -> None:
    """What became of the last click, until something else stands in the fields."""
    told = st.session_state.get(_SAID)
    if told is None:
        return
    if told.setdefault("given", given) != given:
        del st.session_state[_SAID]
        return
    (st.success if told["done"] else st.error)(plain(told["words"]))


def form(row: dict[str, Any]) -> dict[str, Any]:
    """The fields, filled in as they are stored; gives what stands in them now."""
    told, seen = st.container(), _seen(row)
    keys = {field: _key(row["clinic_id"], seen, field) for field in settings.FIELDS}
    for field, key in keys.items():
        st.session_state.setdefault(key, row[field] if row[field] is not None else "")
    if seen != row["recorded_at"]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.warning(plain(f"{row['recorded_by']} has changed these settings meanwhile."))
            st.button("See them as they are now", on_click=_look_again, args=(row["clinic_id"],))
    st.text_input("Name", key=keys["name"], autocomplete="off")
    labels = words.LABELS
    day, night, emergency = st.columns(3)
    day.text_input(labels["phone_in_hours"], key=keys["phone_in_hours"], autocomplete="off")
    night.text_input(labels["phone_out_of_hours"], key=keys["phone_out_of_hours"], autocomplete="off")
    emergency.text_input(labels["emergency_number"], key=keys["emergency_number"], autocomplete="off")
    st.number_input(
        "Amber budget: urgent amber flags per 100 patient-weeks", key=keys["amber_budget"],
        min_value=0.0, step=1.0, format="%g", width=340,
        help="How many patients without a danger sign the team can look at. Worst and newest come first.",
    )  # fmt: skip
    st.checkbox(
        "Pain without a site is back pain", key=keys["pain_is_back_pain"],
        help="For clinics whose pain score is always about the back, though its code says only pain.",
    )  # fmt: skip
    zone = plain(row["time_zone"])
    st.caption(f"Time zone: {zone}. It isn't changed here: the days of all that is stored depend on it.")
    given = {field: st.session_state[key] for field, key in keys.items()}
    with told:
        _told(given)
    return given


def _seen(row: dict[str, Any]) -> datetime:
    """The version that this session began to change, so that nobody's change is written over unseen."""
    seen: dict[str, datetime] = st.session_state.setdefault(_SEEN, {})
    return seen.setdefault(row["clinic_id"], row["recorded_at"])


def _key(clinic_id: str, seen: datetime, field: str) -> str:
    return f"settings_{field}_{clinic_id}_{seen.isoformat()}"


def preview(ctx: Context, row: dict[str, Any], given: dict[str, Any]) -> None:
    """What the change would do, worked out as of today and stored nowhere; then the button that saves it."""
    clinic_id, asked = row["clinic_id"], given["amber_budget"]
    st.markdown("**What it would change**" if _differs(row, given) else "**As it is today**")
    if asked is not None:
        today = ui.today(ctx.store)
        worklist.make_ready(ctx.store, today)
        urgent = ctx.arrow("settings/urgent_by_clinic", as_of=today, amber_budget=float(asked)).to_pylist()
        st.markdown(words.budget(_own(urgent, clinic_id), asked, row["amber_budget"]))
    scores = ctx.arrow("settings/pain_by_clinic").to_pylist()
    held = row["pain_is_back_pain"]
    st.markdown(words.pain(_own(scores, clinic_id), asked=given["pain_is_back_pain"], held=held))
    st.markdown("**How a patient would read the numbers**")
    st.text(words.phones(given))
    st.button("Save", type="primary", key="settings_save", on_click=_save, args=(clinic_id, _seen(row), given))


def _own(rows: list[dict[str, Any]], clinic_id: str) -> dict[str, Any] | None:
    return next((row for row in rows if row["clinic_id"] == clinic_id), None)


def _differs(row: dict[str, Any], given: dict[str, Any]) -> bool:
    return any((given[field] or None) != (row[field] or None) for field in settings.FIELDS)


def _save(clinic_id: str, seen: datetime, previewed: dict[str, Any]) -> None:
    """Store what stands in the fields, in the name of whoever asks; a refusal is said and changes nothing.

    Who clicks while still typing has not seen what it would change: it is shown first, and stored by the next click.
    """
    ctx = ui.context()
    ui.require(ctx, EDIT)
    given = {field: st.session_state.get(_key(clinic_id, seen, field)) for field in settings.FIELDS}
    if given != previewed:
        _say(False, "Not saved yet: look at what it would change, then save.")
        return
    try:
        changed = settings.change(
            ctx.present, on_record.actor(ctx), clinic_id, given, shown=seen, within=ctx.clinics
        )
    except PlumblineError as refused:
        _say(False, str(refused))
        return
    _forget(clinic_id)
    told = ", ".join(words.LABELS[field].lower() for field in changed)
    _say(True, f"Saved, and on record: {told}.")


def _say(done: bool, words: str) -> None:
    st.session_state[_SAID] = {"done": done, "words": words}


def _look_again(clinic_id: str) -> None:
    ui.require(ui.context(), EDIT)
    _forget(clinic_id)


def _forget(clinic_id: str) -> None:
    st.session_state.get(_SEEN, {}).pop(clinic_id, None)


def history(ctx: Context, row: dict[str, Any]) -> None:
    """Every change of this clinic's settings: when, who, from what to what."""
    zone = ZoneInfo(row["time_zone"])
    rows = ctx.arrow("settings/change_by_clinic", clinic_id=row["clinic_id"]).to_pylist()
    st.subheader("Earlier versions", anchor=False)
    if not rows:
        st.markdown(f"Nothing was changed since it was first stored, {_when(row['recorded_at'], zone)}.")
        return
    listed = [
        {
            "When": _when(one["changed_at"], zone),
            "Who": one["changed_by"] if one["is_staff"] else f"{one['changed_by']}, by an import",
            "Setting": words.LABELS[one["field"]],
            "From": words.value(one["field"], one["said_before"]),
            "To": words.value(one["field"], one["said"]),
        }
        for one in rows
    ]
    st.dataframe(listed, hide_index=True, width="stretch", height="content", alt="Every change of these settings")


def _when(at: datetime, zone: ZoneInfo) -> str:
    return instant.words(at.replace(microsecond=0), zone)
