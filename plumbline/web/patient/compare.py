"""Visits side by side: two moments of a course, what changed between them, and whether that is more than error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from plumbline.charts import course as chart
from plumbline.web.text import plain
from plumbline.web.ui import Context

STANDING = {
    "better": "▲ better",
    "small": "△ better, but little",
    "worse": "▼ worse",
    "unsure": "≈ within measurement error",
    "same": "= the same",
    "unjudged": "? not judged",
    "none": "no change known",
}
MIC = (
    "Expected: 8 in 10 people. MIC: the smallest change that matters to people, published for getting better; points "
    "and share of the earlier score must both be reached. None was found in patients with a vertebral fracture. "
    "A change within measurement error may be no change at all."
)


@dataclass(frozen=True)
class Pair:
    """The two moments compared, and every moment that can be chosen, with its words and date."""

    episode_id: str
    first: str
    second: str
    labels: dict[str, str]
    dates: dict[str, date]

    @property
    def ordered(self) -> tuple[str, str]:
        """The earlier moment first."""
        later = self.dates[self.first] > self.dates[self.second]
        return (self.second, self.first) if later else (self.first, self.second)


def pair(ctx: Context, episode_id: str, rows: pa.Table) -> Pair | None:
    """What is compared: as chosen, as clicked in the chart, else baseline and latest; None where nothing is."""
    if not st.session_state.get("compare"):
        return None
    moments = ctx.arrow(
        "patient/moment_of_course", as_of=ctx.as_of, episode_id=episode_id, low=None, high=None
    ).to_pylist()
    labels = {moment["moment"]: moment["label"] for moment in moments}
    if not labels:
        return None
    dates = {moment["moment"]: moment["on_date"] for moment in moments}
    _pin_clicked(episode_id, rows, labels)
    earliest = min(dates, key=lambda moment: (dates[moment], moment))
    first = _chosen(episode_id, "from", labels, "baseline" if "baseline" in labels else earliest)
    return Pair(episode_id, first, _chosen(episode_id, "to", labels, "latest"), labels, dates)


def _key(episode_id: str, side: str) -> str:
    return f"compare_{side}:{episode_id}"


def _chosen(episode_id: str, side: str, labels: dict[str, str], usual: str) -> str:
    """The choice of this session, where that day still knows it."""
    key = _key(episode_id, side)
    if st.session_state.get(key) not in labels:
        st.session_state[key] = usual
    return str(st.session_state[key])


def _pin_clicked(episode_id: str, rows: pa.Table, labels: dict[str, str]) -> None:
    """A score clicked in the chart becomes the moment compared with, once."""
    state = st.session_state.get(f"course:{episode_id}")
    picked = (state["selection"].get(chart.PICK) or []) if state else []
    clicked = next((row["id"] for row in picked if row.get("id")), None)
    seen = _key(episode_id, "seen")
    if clicked is None or st.session_state.get(seen) == clicked:
        return
    st.session_state[seen] = clicked
    found = rows.filter(pc.and_(pc.equal(rows["id"], clicked), pc.equal(rows["layer"], "score")))
    moment = f"date:{found['happened_on'][0].as_py()}" if found.num_rows else None
    if moment in labels:
        st.session_state[_key(episode_id, "to")] = moment


def pins(compared: Pair | None, rows: pa.Table) -> tuple[float | None, float | None] | None:
    """Where the two moments lie on the chart's axis; None for one outside the stretch of time shown."""
    if compared is None:
        return None
    earlier, later = compared.ordered
    return _place(compared.dates[earlier], rows), _place(compared.dates[later], rows)


def _place(on: date, rows: pa.Table) -> float | None:
    found = rows.filter(pc.and_(pc.equal(rows["layer"], "score"), pc.equal(rows["happened_on"], pa.scalar(on))))
    return found["x"][0].as_py() if found.num_rows else None


def controls(ctx: Context, compared: Pair | None) -> None:
    """The switch, From and To, and in plain words what changed; it stands beside the chart and moves nothing there."""
    is_on = st.toggle("Compare two visits", key="compare")
    if not is_on:
        return
    if compared is None or len(set(compared.dates.values())) < 2:
        st.caption("Two dates with a score are needed to compare.")
        return
    for side, label in (("from", "From"), ("to", "To")):
        st.selectbox(
            label,
            list(compared.labels),
            format_func=lambda moment: compared.labels[moment],
            key=_key(compared.episode_id, side),
        )
    if compared.dates[compared.first] == compared.dates[compared.second]:
        st.caption("From and To are the same day: choose two.")
        return
    lines = [
        f"- **{plain(row['label'])}:** {plain(row['words'])}"
        + (f" :gray[Limits: {plain(row['how_known'])}.]" if row["how_known"] else "")
        for row in _changes(ctx, compared)
    ]
    st.markdown("\n".join(lines))
    st.caption("A click on a score in the chart sets To. The numbers are under the chart.")


def _changes(ctx: Context, compared: Pair) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ctx.arrow(
        "patient/change_between_moments",
        as_of=ctx.as_of,
        episode_id=compared.episode_id,
        first=compared.first,
        second=compared.second,
        low=None,
        high=None,
    ).to_pylist()
    return found


def side_by_side(ctx: Context, compared: Pair | None) -> None:
    """Under the chart: the numbers of both moments, and what happened between them."""
    if compared is None or compared.dates[compared.first] == compared.dates[compared.second]:
        return
    st.subheader("Side by side", anchor=False)
    earlier, later = (compared.labels[moment] for moment in compared.ordered)
    changes = _changes(ctx, compared)
    table = {
        "Instrument": [row["label"] for row in changes],
        earlier: [row["first_words"] for row in changes],
        "Expected then": [row["first_expected"] or "–" for row in changes],
        later: [row["second_words"] for row in changes],
        "Expected on that day": [row["second_expected"] or "–" for row in changes],
        "Change": [row["change_words"] or "–" for row in changes],
        "Days": [str(row["days"]) if row["change"] is not None else "–" for row in changes],
        "A week": [row["per_week_words"] or "–" for row in changes],
        "That is": [STANDING[row["standing"]] for row in changes],
    }
    st.table(pa.table(table), border="horizontal", alt="Scores at both moments, and the change", hide_index=True)
    st.markdown("\n".join(_between(ctx, compared)))
    st.caption(MIC)


def _between(ctx: Context, compared: Pair) -> list[str]:
    """What happened from one moment to the other, and how the goals stood at both."""
    first, second = compared.first, compared.second
    happened = ctx.arrow(
        "patient/happening_between_moments",
        as_of=ctx.as_of,
        episode_id=compared.episode_id,
        first=first,
        second=second,
        low=None,
        high=None,
    ).to_pylist()
    goals = ctx.arrow(
        "patient/goal_between_moments",
        as_of=ctx.as_of,
        episode_id=compared.episode_id,
        first=first,
        second=second,
        low=None,
        high=None,
    ).to_pylist()
    lines = [f"- {plain(row['label'])}: {_count(row)}" for row in happened]
    return lines + [
        f"- Goal “{plain(row['words'])}”: {plain(row['first_words'])} → **{plain(row['second_words'])}**"
        for row in goals
    ]


def _count(row: dict[str, Any]) -> str:
    return f"**{row['number']}** :gray[{plain(row['words'])}]" if row["number"] else ":gray[none]"
