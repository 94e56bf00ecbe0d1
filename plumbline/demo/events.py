"""Events on record: red flags and their closing, new fractures, falls, leaks, readmissions, withdrawal."""

from __future__ import annotations

from plumbline.demo.book import Book
from plumbline.demo.people import Episode, Person

_DETAIL = {
    "sudden_pain": "sharp pain after lifting a pot",
    "fever_wound": "38.4 C, wound a little red",
    "calf": "left calf swollen",
    "chest_breath": "short of breath on the stairs",
    "weakness_numbness": "numb front of the thigh",
    "drug_reaction": "rash on the arms",
    "bladder_bowel_saddle": "cannot pass water since the morning",
    "new_fracture": "seen on MRI",
}
_OTHER = (
    ("fall", 0.06, 120, "slipped in the bathroom, no new pain"),
    ("readmission", 0.03, 25, "one night for pain control"),
    ("setback", 0.05, 60, "two bad days after a long car ride"),
)


def write(book: Book, person: Person, episode: Episode) -> None:
    """Write the event rows of one course, none later than its record."""
    rng, course = person.rng, episode.course
    last = min(course.horizon, (person.cutoff.date() - episode.performed.date()).days - 1)

    def add(kind: str, day: int, detail: str | None = None, level: str | None = None) -> None:
        if day <= last:
            book.add(
                "events",
                episode_id=episode.episode_id,
                kind=kind,
                on=episode.on(day),
                level=level,
                detail=detail,
            )

    for flag in course.red_flags:
        near = episode.levels[-1] if flag.kind == "new_fracture" else None
        add(flag.kind, flag.day, _DETAIL[flag.kind], _next(near))
        if flag.closed_day is not None:
            add("red_flag_closed", flag.closed_day, flag.kind)
    step = course.step
    if step is not None and step.recognised == "event" and step.known_day is not None and rng.random() < 0.5:
        add(
            "new_problem_closed",
            min(step.known_day + 10, course.ends),
            "new fracture found, treated with a brace",
        )
    if rng.random() < 0.1:
        add("cement_leak", 0, "thin line into the disc, no complaint", episode.levels[0])
    for kind, share, scale, detail in _OTHER:
        day, happens = int(rng.exponential(scale)) + 2, rng.random() < share
        if happens and day < course.ends and not person.case.calm:
            add(kind, day, detail)
    if course.withdrew_day is not None:
        add("withdrew", course.withdrew_day, "no longer wishes to be asked")


def _next(level: str | None) -> str | None:
    """The neighbour below, which breaks most often."""
    order = ("T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5")
    return None if level is None else order[min(order.index(level) + 1, len(order) - 1)]
