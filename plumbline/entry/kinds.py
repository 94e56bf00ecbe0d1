"""The kinds of fact that can be entered: their fields and the query files that store them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of fact. `fields`: what its form gives, beside the patient and the episode.

    `has_time`: its moment may have a time of day. `in_summary`: its facts are part of `episode_summary`;
    `in_worklist`: of nothing but the worklist's lines.
    `before_procedure`: can be entered for a patient without a procedure. `retract_parts`, `copy_parts`: of what goes
    and comes with it, such as a score's items.
    """

    name: str
    label: str
    fields: tuple[str, ...]
    check: str
    add: str
    copy: str
    retract: str
    read: str
    has_time: bool = True
    in_summary: bool = True
    in_worklist: bool = False
    before_procedure: bool = False
    retract_parts: str | None = None
    copy_parts: str | None = None


SCORE = Kind(
    "score",
    "Score",
    ("instrument", "value", "status", "context"),
    "entry/check_score",
    "entry/add_score",
    "entry/copy_score",
    "entry/retract_score",
    "entry/score_by_id",
    before_procedure=True,
    retract_parts="entry/retract_items",
    copy_parts="entry/copy_items",
)
MILESTONE = Kind(
    "milestone",
    "Milestone",
    ("milestone", "status", "reported_by"),
    "entry/check_milestone",
    "entry/add_milestone",
    "entry/copy_milestone",
    "entry/retract_milestone",
    "entry/milestone_by_id",
)
EVENT = Kind(
    "event",
    "Event",
    ("kind", "level", "detail"),
    "entry/check_event",
    "entry/add_event",
    "entry/copy_event",
    "entry/retract_event",
    "entry/event_by_id",
)
MEDICATION = Kind(
    "medication",
    "Medicine",
    ("drug", "stopped_on", "dose", "unit", "opioid"),
    "entry/check_medication",
    "entry/add_medication",
    "entry/copy_medication",
    "entry/retract_medication",
    "entry/medication_by_id",
    has_time=False,
)
NOTE = Kind(
    "note",
    "Note",
    ("kind", "title", "text", "author", "fields"),
    "entry/check_note",
    "entry/add_note",
    "entry/copy_note",
    "entry/retract_note",
    "entry/note_by_id",
)
FLAG_ACTION = Kind(
    "flag_action",
    "Flag",
    ("rule", "subject", "action", "answer", "words", "owner", "due_on"),
    "entry/check_flag_action",
    "entry/add_flag_action",
    "entry/copy_flag_action",
    "entry/retract_flag_action",
    "entry/flag_action_by_id",
    has_time=False,
    in_summary=False,
    in_worklist=True,
)
ATTEMPT = Kind(
    "attempt",
    "Call",
    ("visit", "outcome", "call_back_on", "detail"),
    "entry/check_attempt",
    "entry/add_attempt",
    "entry/copy_attempt",
    "entry/retract_attempt",
    "entry/attempt_by_id",
    in_summary=False,
)
GOAL = Kind(
    "goal",
    "Goal",
    ("goal_key", "words", "due_on"),
    "entry/check_goal",
    "entry/add_goal",
    "entry/copy_goal",
    "entry/retract_goal",
    "entry/goal_by_id",
    has_time=False,
    in_summary=False,
)
GOAL_REVIEW = Kind(
    "goal_review",
    "Goal scored",
    ("goal_key", "status", "words"),
    "entry/check_goal_review",
    "entry/add_goal_review",
    "entry/copy_goal_review",
    "entry/retract_goal_review",
    "entry/goal_review_by_id",
    has_time=False,
    in_summary=False,
)

_ALL = (SCORE, MILESTONE, EVENT, MEDICATION, NOTE, GOAL, GOAL_REVIEW, ATTEMPT, FLAG_ACTION)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
