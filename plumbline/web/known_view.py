"""The control that chooses an instant: a day and a time, or one of those at which something of a patient changed."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import streamlit as st

from plumbline.web import instant
from plumbline.web.text import plain
from plumbline.web.ui import Context, context, go_to_instant, require

_OPEN = "known_popover"
MOST_CHANGES = 400


@st.fragment
def chooser(action: str, patient_id: str | None = None) -> None:
    """A small button that opens the choice of an instant; with a patient, of the instants of this patient, too."""
    ctx = context()
    require(ctx, action)
    opened = st.popover("As known on …", key=_OPEN, on_change="rerun", type="tertiary", icon=":material/history:")
    if not opened.open:
        return
    zone = instant.zone_of(ctx.present)
    with opened:
        st.markdown("**See this page as it was known on an earlier day.** What was recorded later is left out.")
        _clock(ctx, zone)
        if patient_id is not None:
            _changes(ctx, patient_id, zone)


def _clock(ctx: Context, zone: tzinfo | None) -> None:
    now = instant.local(datetime.now(UTC), zone)
    begin = instant.local(ctx.known_at, zone) if ctx.known_at else now
    with st.form("known_form", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        day = st.date_input("Day", begin.date(), max_value=now.date(), format="DD/MM/YYYY", width=140)
        time = st.time_input("Time", begin.time().replace(second=0, microsecond=0), step=60, width=120)
        pressed = st.form_submit_button("Show", type="primary")
    if not pressed:
        return
    if day is None or time is None:
        st.error("Choose a day and a time.")
        return
    try:
        chosen = instant.read(f"{datetime.combine(day, time):%Y-%m-%dT%H:%M}", zone)
    except instant.WrongInstant as wrong:
        st.error(str(wrong))
        return
    go_to_instant(instant.written(chosen, zone))
    st.rerun(scope="app")


def _changes(ctx: Context, patient_id: str, zone: tzinfo | None) -> None:
    """The instants at which something of this patient was recorded or taken back, the newest first."""
    found = ctx.at_present.arrow("history/instant_by_patient", patient_id=patient_id, most=MOST_CHANGES)
    labels = {
        instant.written(row["happened_at"], zone): f"{instant.words(row['happened_at'], zone)} · {row['told']}"
        for row in found.to_pylist()
    }
    chosen = st.selectbox(
        "Or as it was right after something of this patient was recorded",
        list(labels),
        index=None,
        format_func=lambda text: labels[text],
        placeholder="Choose a moment",
        key=f"known_change:{ctx.known_at}",
    )
    if chosen:
        go_to_instant(chosen)
        st.rerun(scope="app")


def unknown_then(ctx: Context) -> bool:
    """Say that somebody wasn't known yet, where the address leads to a person of this store who wasn't, then."""
    patients = getattr(ctx.store, "patients", None)
    if ctx.known_at is None or not patients:
        return False
    said = instant.words(ctx.known_at, instant.zone_of(ctx.present))
    st.header("Not known yet", anchor=False)
    st.write(plain(f"On {said}, nobody had recorded this patient yet. Go back to now, or choose a later instant."))
    chooser("view_patient", patients[0])
    return True
