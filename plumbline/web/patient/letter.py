"""The letter to the referring doctor, from the Patient page: what it says is asked for as the file is fetched."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from plumbline import sql
from plumbline.errors import NotFound
from plumbline.report import Letter, letter_pdf
from plumbline.web import downloads, signed, ui
from plumbline.web.ui import Context

ACTION = "view_patient"
PREVIEW = sql.ROOT / "pages" / "progress.py"
COLUMNS = ("Score", "Before", "Latest", "Expected then", "Change")
AHEAD = {"ahead", "unknown"}  # nobody has said anything of these
_ALL = 99  # milestones and medicines: the letter itself counts what has no room


def buttons(ctx: Context, key: str, episode_id: str) -> None:
    """The letter of this course, which has this key in addresses; and the way to what its patient sees."""
    downloads.button(
        ctx, "Letter", action=ACTION, name=f"letter-{ctx.as_of.isoformat()}.pdf",
        build=lambda asking: letter_pdf(letter(asking, episode_id)), about=("episode", key), key="letter",
        is_quiet=True, help="One page for the referring doctor, as PDF",
    )  # fmt: skip
    if ui.has_action(ctx, "view_progress"):
        st.page_link(PREVIEW, label="What the patient sees", query_params={"episode": key})


def letter(ctx: Context, episode_id: str) -> Letter:
    """How the course stands as of the day looked at. Raises NotFound, and NotAllowed beyond one's clinics."""
    heads = ctx.arrow("patient/head_of_letter", episode_id=episode_id).to_pylist()
    found = ctx.arrow("status/verdict_by_course", as_of=ctx.as_of, episode_id=episode_id).to_pylist()
    if not heads or not found:
        raise NotFound("This course is no longer in the store. Open the patient from the worklist again.")
    head, status = heads[0], found[0]
    reasons = status["reasons"]
    closed = status["verdict"] == "closed"
    return Letter(
        clinic=head["clinic"],
        phone=head["phone_in_hours"] or "",
        written=_on(ctx.as_of),
        patient=_patient(head),
        day=_day(status),
        verdict=status["verdict_label"],
        headline=status["headline"],
        reasons=tuple(one["text"] for one in reasons if one["verdict"]),
        beside=() if closed else tuple(one["text"] for one in reasons if not one["verdict"]),
        columns=COLUMNS,
        scores=_scores(ctx, episode_id, status),
        milestones=_milestones(ctx, episode_id),
        medicines=_medicines(ctx, episode_id),
        next_visit=_next(status),
        notes=_notes(ctx, episode_id),
        author=f"Made by {ctx.user} with Plumbline." if ctx.user else "Made with Plumbline.",
    )


def _on(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _patient(head: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    born, performed = head["birth_date"], head["performed_on"]
    told = (
        ("Patient", " · ".join(filter(None, [head["name"], head["patient_id"], head["sex"]]))),
        ("Date of birth", born or "not known"),
        ("Procedure", head["procedure"] or "none recorded"),
        ("Performed on", _on(performed) if performed else ""),
        ("Surgeon", head["surgeon"] or ""),
        ("Cause of the fracture", head["cause"] or ""),
    )
    return tuple(pair for pair in told if pair[1])


def _day(status: dict[str, Any]) -> str:
    day = status["day"]
    if day is None:
        return "No procedure yet."
    if day < 0:
        return f"{-day} days before the procedure."
    return f"Day {day} after the procedure" + (f", {status['phase_label'].lower()}." if status["phase_label"] else ".")


def _scores(ctx: Context, episode_id: str, status: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    rows = ctx.arrow(
        "patient/change_between_moments", as_of=ctx.as_of, episode_id=episode_id, first="baseline", second="latest",
        low=None, high=None,
    ).to_pylist()  # fmt: skip
    rows = rows or _alone(ctx, episode_id, status)
    names = ("label", "first_words", "second_words", "second_expected", "words")
    return tuple(tuple(row[name] or "–" for name in names) for row in rows)


def _alone(ctx: Context, episode_id: str, status: dict[str, Any]) -> list[dict[str, Any]]:
    """The newest scores where there is no moment before to compare with: they are said, and not judged."""
    drawn = ctx.arrow("patient/panel_of_course", as_of=ctx.as_of, episode_id=episode_id, low=None, high=None)
    panels = {row["instrument"]: row for row in drawn.to_pylist()}
    newest = ctx.arrow(
        "patient/score_at_moment", as_of=ctx.as_of, episode_id=episode_id, first="latest", second="latest",
        low=None, high=None,
    ).to_pylist()  # fmt: skip
    newest.sort(key=lambda row: list(panels).index(row["instrument"]))
    before = status["baseline"] if status["baseline_on"] and status["baseline_on"] <= ctx.as_of else None
    return [
        {
            "label": panels[row["instrument"]]["short_label"],
            "first_words": None if before is None or not panels[row["instrument"]]["is_primary"]
            else f"{before:g} · {_on(status['baseline_on'])}",
            "second_words": row["words"], "second_expected": row["expected_words"], "words": "not compared.",
        }
        for row in newest
    ]  # fmt: skip


def _milestones(ctx: Context, episode_id: str) -> tuple[str, ...]:
    rows = ctx.arrow(
        "patient/bar_by_milestone", as_of=ctx.as_of, episode_id=episode_id, low=None, high=None, bars=_ALL
    ).to_pylist()
    rows.sort(key=lambda row: (row["state"] != "late", -(row["mark_day"] or 0)))
    return tuple(row["words"] or row["label"] for row in rows if row["state"] not in AHEAD)


def _medicines(ctx: Context, episode_id: str) -> tuple[str, ...]:
    rows = ctx.arrow(
        "patient/bar_by_medication", as_of=ctx.as_of, episode_id=episode_id, low=None, high=None, bars=_ALL
    ).to_pylist()
    return tuple(
        f"{row['words']}, since {_on(row['started_on'])}"
        + (f" until {_on(row['stopped_on'])}" if row["stopped_on"] else "")
        for row in rows
        if row["started_on"]
    )


def _next(status: dict[str, Any]) -> str:
    if not status["next_visit_label"]:
        return ""
    late = f", overdue by {status['days_overdue']} days" if status["next_visit_state"] == "overdue" else ""
    return f"{status['next_visit_label']}, {_on(status['next_visit_on'])}{late}."


def _notes(ctx: Context, episode_id: str) -> tuple[str, ...]:
    said = ["Expected: the range of 8 in 10 people on that day after the same procedure. It claims no cause."]
    if unsigned := signed.words_of_course(ctx, episode_id):
        said.append(unsigned)
    if ctx.store.synthetic:
        said.append("All patients here are made up.")
    return tuple(said)
