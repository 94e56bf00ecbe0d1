"""The native files: their columns, and by which the kind of a file is recognised."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of native file. `any_of`: columns of which at least one must be there."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        return (*self.any_of, *self.required, *self.optional)

    def missing(self, header: list[str]) -> list[str]:
        """The required columns that a header lacks, in words."""
        lacking = [name for name in self.required if name not in header]
        if self.any_of and not set(self.any_of) & set(header):
            lacking.append(" or ".join(self.any_of))
        return lacking


CLINICS = Kind(
    "clinics",
    ("clinic", "time_zone"),
    ("name", "phone_in_hours", "phone_out_of_hours", "emergency_number", "amber_budget", "pain_is_back_pain"),
)
PATIENTS = Kind(
    "patients",
    ("patient_id", "birth_date", "sex", "clinic"),
    ("given_name", "family_name", "phone", "died_on"),
)
EPISODES = Kind(
    "episodes",
    ("episode_id", "patient_id", "performed_at", "levels"),
    (
        *("pathway", "fracture_on", "cause", "surgeon", "approach", "of_grade", "genant", "cement_ml"),
        *("discharged_at", "timeline_version", "tags"),
    ),
)
SCORES = Kind(
    "scores",
    ("taken_at", "instrument", "value"),
    ("status", "context", "recorded_by", "items"),
    any_of=("patient_id", "episode_id"),
)
MILESTONES = Kind("milestones", ("episode_id", "milestone", "status", "on"), ("reported_by",))
NOTES = Kind("notes", ("episode_id", "written_at", "kind", "text"), ("author", "title"))
EVENTS = Kind("events", ("episode_id", "kind", "on"), ("level", "detail"))
MEDICATIONS = Kind("medications", ("episode_id", "drug", "started_on"), ("stopped_on", "dose", "unit", "opioid"))

KINDS = {kind.name: kind for kind in (CLINICS, PATIENTS, EPISODES, SCORES, MILESTONES, NOTES, EVENTS, MEDICATIONS)}

# What the staging table of each kind holds beside row_id, file_no and line; FHIR resources bring some of their own.
STAGED: dict[str, tuple[str, ...]] = {name: kind.columns for name, kind in KINDS.items()} | {
    "patients": ("origin", "updated", *PATIENTS.columns, "clinic_name"),
    "episodes": ("origin", "updated", *EPISODES.columns),
    "medications": ("origin", "updated", "patient_id", *MEDICATIONS.columns),
    "scores": ("origin", "updated", "overrules", *SCORES.columns, "unit", "unit_system"),
    "notes": (*NOTES.columns, "filled"),
    "conditions": ("origin", "patient_id", "onset", "cause", "dates_fracture", "within_days"),
    "withdrawals": ("origin",),
}

# The reference table of each field that is a closed set; its column has the field's name.
CLOSED = {
    ("scores", "instrument"): "instrument",
    ("milestones", "milestone"): "milestone",
    ("milestones", "status"): "milestone_status",
    ("events", "kind"): "event_kind",
    ("notes", "kind"): "note_kind",
    ("episodes", "pathway"): "pathway",
    ("episodes", "cause"): "cause",
}


def recognised(header: list[str]) -> Kind | None:
    """The one kind whose required columns are all in a header; None where none fits, or more than one."""
    fitting = [kind for kind in KINDS.values() if not kind.missing(header)]
    return fitting[0] if len(fitting) == 1 else None
