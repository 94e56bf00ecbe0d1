"""From staging to facts: check each kind, settle it against the batch and the store, write what was accepted.

Clinics come first, then patients, then episodes, then what refers to them, whatever the order of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from plumbline import sql


@dataclass(frozen=True)
class Pass:
    """One kind on its way into the store. `columns` names the fields that its check gives, as a reject names them.

    `clear` stores at once what is clear beyond doubt, and leaves the rest to be looked at one by one. `before`, `sift`
    and `after` run even where the import has no row of the kind. `refuse`: rows of other clinics.
    """

    name: str
    columns: tuple[str, ...]
    check: str
    collect: str
    write: tuple[str, ...]
    before: tuple[str, ...] = ()
    clear: tuple[str, ...] = ()
    sift: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()


_EPISODE = (
    *("patient_id", "performed_at", "levels", "cement_ml", "pathway", "fracture_on", "cause", "surgeon"),
    *("approach", "of_grade", "genant", "discharged_at", "timeline_version", "tags"),
)
_WRITE_EPISODES = (
    *("import/retract_episodes", "import/add_episodes", "import/retract_levels", "import/add_levels"),
    "import/make_courses",
)
_WITHDRAW = (
    *("import/add_outcomes_withdrawn", "import/retract_withdrawn_scores", "import/retract_withdrawn_medications"),
    *("import/retract_withdrawn_episodes", "import/retract_withdrawn_levels", "import/make_courses"),
)
_DOUBT = ("import/make_doubtful", "import/add_outcomes_clear")
_CLEAR = {
    "scores": (
        *("import/clear_scores", *_DOUBT, "import/add_clear_scores", "import/stage_scores", "import/make_placed"),
        "import/open_raw_scores",
    ),
    "milestones": (
        *("import/clear_milestones", *_DOUBT, "import/add_clear_milestones", "import/stage_milestones"),
        "import/open_raw_milestones",
    ),
    "notes": (
        *("import/clear_notes", *_DOUBT, "import/add_clear_notes", "import/stage_notes", "import/open_raw_notes"),
    ),
    "events": (
        *("import/clear_events", *_DOUBT, "import/add_clear_events", "import/stage_events", "import/open_raw_events"),
    ),
    "medications": (
        *("import/clear_medications", *_DOUBT, "import/add_clear_medications", "import/stage_medications"),
        "import/open_raw_medications",
    ),
}

PASSES = (
    Pass(
        "clinics",
        (
            *("name", "time_zone", "phone_in_hours", "phone_out_of_hours", "emergency_number", "amber_budget"),
            "pain_is_back_pain",
        ),
        "import/check_clinics",
        "import/collect_clinics",
        ("import/retract_clinics", "import/add_clinics"),
        refuse=("import/refuse_other_clinics",),
        after=("import/guess_time_zone", "import/make_places"),
    ),
    Pass(
        "patients",
        ("birth_date", "sex", "clinic", "given_name", "family_name", "phone", "died_on"),
        "import/check_patients",
        "import/collect_patients",
        ("import/retract_patients", "import/add_patients", "import/add_missing_clinics", "import/make_places"),
        before=("import/sift_patients",),
        refuse=("import/refuse_other_patients",),
        after=("import/make_persons", "import/make_courses"),
    ),
    Pass(
        "episodes",
        _EPISODE,
        "import/check_episodes",
        "import/collect_episodes",
        _WRITE_EPISODES,
        before=(*_WITHDRAW, "import/sift_episodes"),
        refuse=("import/refuse_other_episodes",),
    ),
    Pass("conditions", _EPISODE, "import/check_conditions", "import/collect_episodes", _WRITE_EPISODES),
    Pass(
        "scores",
        ("patient_id", "instrument", "taken_at", "value", "context", "items"),
        "import/check_scores",
        "import/collect_scores",
        ("import/retract_scores", "import/add_scores", "import/add_items"),
        clear=_CLEAR["scores"],
        sift=("import/sift_scores",),
        after=("import/retract_items",),
    ),
    Pass(
        "milestones",
        ("patient_id", "episode_id", "milestone", "on", "status", "reported_by"),
        "import/check_milestones",
        "import/collect_milestones",
        ("import/retract_milestones", "import/add_milestones"),
        clear=_CLEAR["milestones"],
    ),
    Pass(
        "notes",
        ("patient_id", "episode_id", "kind", "written_at", "title", "text", "author", "filled"),
        "import/check_notes",
        "import/collect_notes",
        ("import/retract_notes", "import/add_notes"),
        clear=_CLEAR["notes"],
    ),
    Pass(
        "events",
        ("patient_id", "episode_id", "kind", "on", "level", "detail"),
        "import/check_events",
        "import/collect_events",
        ("import/retract_events", "import/add_events"),
        clear=_CLEAR["events"],
    ),
    Pass(
        "medications",
        ("patient_id", "episode_id", "drug", "started_on", "stopped_on", "dose", "unit", "opioid"),
        "import/check_medications",
        "import/collect_medications",
        ("import/retract_medications", "import/add_medications"),
        clear=_CLEAR["medications"],
        sift=("import/place_medications", "import/sift_medications"),
    ),
)


def run_passes(
    cursor: Any, kinds: Collection[str], given: dict[str, Any], progress: Callable[[int, int], None]
) -> None:
    """Bring every staged row to its end.

    `kinds`: those that have rows; `given`: the values of the query files' parameters, by name.
    """
    for done, one in enumerate(PASSES):
        progress(done, len(PASSES))
        clear, settled = (one.clear, _settled(one)) if one.name in kinds else ((), ())
        for name in (*one.before, *clear, *one.sift, *settled, *one.after):
            perform(cursor, name, given | {"columns": list(one.columns)})
    progress(len(PASSES), len(PASSES))


def _settled(one: Pass) -> tuple[str, ...]:
    unused = ("import/add_outcomes_conditions",) if one.name == "conditions" else ()
    settle = ("import/match_stored", "import/merge_repeats", "import/settle", "import/add_outcomes_checked")
    hint = () if one.name in {"clinics", "patients"} else ("import/hint_unknown", "import/hint_scope")
    return ("import/open_checks", one.check, *one.refuse, *hint, *unused, one.collect, *settle, *one.write)


def perform(cursor: Any, name: str, given: dict[str, Any]) -> None:
    """Run a query file with those of the values that it takes."""
    sql.run(cursor, name, **{param.name: given[param.name] for param in sql.load(name).params})
