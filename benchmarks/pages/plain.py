"""The Patient page as one would write it first: the same queries, pandas frames, Altair charts, `st.altair_chart`.

It draws the same panels, tracks and notes with fewer layers than ours (about 30 against about 100), so the comparison
leans to its side. `BENCH_PLAIN_CACHE=1` keeps the answers of its queries with `st.cache_data`.
"""

import os
from datetime import date

import altair as alt
import duckdb
import pandas as pd
import streamlit as st

from plumbline import sql

EPISODE, AS_OF = os.environ["BENCH_EPISODE"], date.fromisoformat(os.environ["BENCH_AS_OF"])
BAND = ["p10", "p25", "p75", "p90"]


@st.cache_resource
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["BENCH_STORE"], read_only=True)


def ask(name: str, **params: object) -> pd.DataFrame:
    return sql.ask(connection().cursor(), name, **params)


if os.environ.get("BENCH_PLAIN_CACHE") == "1":
    ask = st.cache_data(ask)


def days(title: str = "") -> alt.X:
    scale = alt.Scale(type="symlog", domain=[-0.9, 365])
    return alt.X("x:Q", title=title, scale=scale, axis=alt.Axis(values=[0, 1, 3, 7, 14, 30, 42, 90, 180, 365]))


def panel(rows: pd.DataFrame, title: str, low: float, high: float, reverse: bool, height: int) -> alt.LayerChart:
    y = alt.Y("y:Q", title=title, scale=alt.Scale(domain=[low, high], reverse=reverse))
    band = alt.Chart(rows[rows["layer"].isin(["band", "mean"])]).encode(x=days())
    own = alt.Chart(rows[rows["layer"] == "score"]).encode(x=days(), y=y)
    hover = [
        alt.Tooltip(f"{name}:N") for name in ("what", "when_words", "value_words", "expected_words", "standing_words")
    ]
    return alt.layer(
        band.mark_area(opacity=0.16, interpolate="step-after").encode(y="p10:Q", y2="p90:Q"),
        band.mark_area(opacity=0.3, interpolate="step-after").encode(y="p25:Q", y2="p75:Q"),
        band.mark_line(strokeDash=[4, 3], interpolate="step-after").encode(y=y),
        own.mark_line(color="#17262C").encode(detail="stretch:N"),
        own.mark_point(filled=True, color="#17262C").encode(tooltip=hover),
        alt.Chart(rows[rows["layer"] == "band_word"]).mark_text(align="left").encode(x=days(), y=y, text="word:N"),
    ).properties(height=height)


def bars(rows: pd.DataFrame, title: str) -> alt.LayerChart:
    chart = alt.Chart(rows).encode(x=days(), y=alt.Y("y:O", title=title))
    shape = alt.Shape("state:N", legend=None)
    return alt.layer(
        chart.mark_bar(height=5).encode(x2="x2:Q", color=alt.Color("state:N", legend=None)),
        chart.mark_point(filled=True).encode(shape=shape, tooltip=["what:N", "when_words:N", "value_words:N"]),
        chart.mark_text(align="left", dx=6).encode(text="word:N"),
    ).properties(height=15 * max(1, rows["y"].nunique()))


def track(rows: pd.DataFrame, today: pd.DataFrame) -> alt.LayerChart:
    chart = alt.Chart(rows).encode(x=days("Days after the procedure"))
    return alt.layer(
        chart.mark_point(size=60).encode(shape=alt.Shape("state:N", legend=None), tooltip=["what:N", "note_words:N"]),
        chart.mark_text(dy=14).encode(text="short_word:N"),
        alt.Chart(today).mark_rule(color="#0B6170").encode(x=days()),
    ).properties(height=60)


st.set_page_config(page_title="Patient", layout="wide")
status = ask("status/verdict_by_course", as_of=AS_OF, episode_id=EPISODE).iloc[0]
course = ask("patient/course_of_key", clinics=None, key=status["episode_key"], as_of=AS_OF).iloc[0]
st.markdown(
    f"**{course['name']}** {course['patient_id']} · {course['age_words']} · {course['levels']} · {course['surgeon']}"
)
left, right = st.columns([1, 3.1])
with right:
    kind = st.segmented_control("Axis", ["days", "dates"], default="days", key="axis")
    marks = ask(
        "patient/mark_by_course", as_of=AS_OF, episode_id=EPISODE, low=-30.0, high=365.0, before=0.9, flagged="",
        verdict=status["verdict"], bars=8, points=900,
    )  # fmt: skip
    drawn = marks[marks["is_drawn"]].drop(columns=["happened_on"])
    by_panel = dict(list(drawn.groupby("panel")))
    stack = [
        panel(
            by_panel[row.instrument], row.label, row.minimum, row.maximum, row.direction == "lower_better",
            204 if row.is_primary else 54,
        )
        for row in ask("patient/panel_of_course", as_of=AS_OF, episode_id=EPISODE, low=None, high=None).itertuples()
    ]  # fmt: skip
    stack += [
        bars(by_panel[name][by_panel[name]["layer"] == name], name)
        for name in ("milestone", "medicine")
        if name in by_panel
    ]
    stack.append(track(by_panel["visit"], by_panel["today"]))
    st.altair_chart(alt.vconcat(*stack).resolve_scale(color="independent", shape="independent"))
notes = ask("patient/note_by_course", as_of=AS_OF, episode_id=EPISODE, search="", kind=None)
with left:
    st.markdown(f":gray-badge[{status['verdict_label']}] **Day {status['day']}** · {status['phase_label']}")
    st.header(status["headline"])
    st.markdown("\n".join(f"- {reason['text']}" for reason in status["reasons"]))
    st.caption(f"Latest note · {notes.iloc[0]['title']}")
    st.text(notes.iloc[0]["text"])
    with st.popover("Where the range comes from"):
        st.dataframe(ask("patient/source_by_knot", episode_id=EPISODE), hide_index=True)
st.subheader("Notes")
st.text_input("Search notes", key="note_search")
st.selectbox("Kind", ["All kinds", *notes["kind_label"].unique()], key="note_kind")
for note in notes.itertuples():
    st.markdown(f"**{note.written_on:%d %b %Y}** {note.title} · {note.author}")
    st.text(note.text)
st.caption("Not a medical device, and not an emergency channel.")
