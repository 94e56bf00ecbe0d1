"""The one verdict on a course, as of a date. Commands, pages and tests all read it from here.

The rules are rows (flag_rule, threshold, reference_curve) and set-based SQL (queries/status): nothing is
judged in Python. Source of each rule: its row in data/reference.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plumbline import sql
from plumbline.errors import NotFound, PlumblineError

_REASON = {"rule": "rule", "text": "text", "rows": "fact_ids"}


def course_of(cursor: Any, course: str) -> str:
    """The course meant by an episode id, `patient:ID` or an opaque key. Raises NotFound."""
    found = sql.rows(cursor, "status/course_of_name", course=course)
    if not found:
        raise NotFound(
            "There is no such episode in this store. Give an episode id, or patient:ID before any procedure."
        )
    return str(found[0]["episode_id"])


def today_of(cursor: Any, course: str) -> date:
    """Which day it is now at the clinic of this course; this machine's day where the clinic isn't known."""
    zones = [row["time_zone"] for row in sql.rows(cursor, "status/time_zone_of_course", course=course)]
    return datetime.now(tz=ZoneInfo(zones[0])).date() if zones else datetime.now().astimezone().date()


def latest_day(cursor: Any) -> date:
    """The latest day that it is now at any clinic or on this machine; what comes after it is the future everywhere."""
    days = [datetime.now().astimezone().date()]
    for row in sql.rows(cursor, "web/time_zone_by_clinic"):
        with suppress(KeyError, ValueError, OSError):  # no such zone here: `doctor` names it
            days.append(datetime.now(tz=ZoneInfo(row["time_zone"])).date())
    return max(days)


def refuse_to_come(cursor: Any, as_of: date) -> None:
    """For figures of groups. Raises PlumblineError for a day to come: what is due by then, nobody can have answered."""
    today = latest_day(cursor)
    if as_of > today:
        raise PlumblineError(
            f"{as_of.isoformat()} lies in the future: today is {today.isoformat()}. What is due by then can't have "
            "been answered yet, so groups are compared as of today or an earlier day."
        )


def status_of(cursor: Any, course: str, as_of: date) -> dict[str, Any]:
    """The verdict with its reasons, as `python -m plumbline status --json` prints it.

    Days count from the procedure (day 0), dates are ISO. `reasons` are the rules that hold, worst first, with
    the ids of the facts behind each; `beside` is worth knowing but never in the verdict. Raises NotFound.
    """
    episode_id = course_of(cursor, course)
    verdict = sql.rows(cursor, "status/verdict_by_course", as_of=as_of, episode_id=episode_id)[0]
    told = [(bool(r["verdict"]), {name: r[key] for name, key in _REASON.items()}) for r in verdict["reasons"]]
    return {
        "episode_id": episode_id,
        "as_of": as_of.isoformat(),
        "day": verdict["day"],
        "phase": verdict["phase"],
        "verdict": verdict["verdict"],
        "headline": verdict["headline"],
        "reasons": [reason for in_verdict, reason in told if in_verdict],
        "beside": [reason for in_verdict, reason in told if not in_verdict],
        "next_visit": _next_visit(verdict),
        "address": f"/patient?episode={verdict['episode_key']}",
        "timeline_version": verdict["timeline_version"],
        "is_reference_patient": verdict["is_reference_patient"],
    }


def _next_visit(verdict: dict[str, Any]) -> dict[str, Any] | None:
    if verdict["next_visit"] is None:
        return None
    return {
        "visit": verdict["next_visit"],
        "label": verdict["next_visit_label"],
        "on": verdict["next_visit_on"].isoformat(),
        "state": verdict["next_visit_state"],
        "days_overdue": verdict["days_overdue"],
    }
