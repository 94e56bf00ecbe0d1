"""All that a comparison says, from the cohorts and the question; nothing else works a figure out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbline.compare import alike, allowing, checking, course, differences, reached, shares, silence, units, verdicts
from plumbline.compare.asking import Ask, Chosen
from plumbline.compare.differences import About
from plumbline.compare.gathering import Gathered, gather
from plumbline.compare.model import Comparison, Difference


def of(cursor: Any, chosen: Sequence[Chosen], ask: Ask) -> Comparison:
    """Two to four cohorts side by side; the first two are the main question.

    Raises NotFound for an instrument, visit or milestone that isn't there, PlumblineError for one cohort or over four.
    """
    return compared(cursor, gather(cursor, chosen, ask))


def compared(cursor: Any, known: Gathered) -> Comparison:
    """The comparison of what was gathered, whatever visit it is asked about (`Gathered.asked`)."""
    looked = _differences(known)
    main = next(one for one in looked if one.is_main)
    missing = silence.missing(known, main, allowing.allowed(known, "b"))
    band, band_note = course.band(cursor, known)
    published, published_note = course.published(cursor, known)
    points = course.curve(known)
    balance = alike.of_groups(known)
    return Comparison(
        question=known.question,
        groups=known.groups,
        verdict=verdicts.verdict(cursor, known, main, missing),
        checks=checking.checks(known, main, balance, missing),
        curve=points,
        band=band,
        published=published,
        differences=looked,
        looked=differences.looked(looked, known.settings["alpha"]),
        shares=shares.of_groups(known),
        reached=reached.reached_of(cursor, known, known.question.milestone),
        answered=course.answered(points),
        units=units.of(known),
        balance=balance,
        nonresponse=alike.of_answers(known),
        missing=missing,
        notes=tuple(note for note in (*_notes(known), band_note, published_note, reached.NOTE) if note),
    )


def _differences(known: Gathered) -> tuple[Difference, ...]:
    found: list[Difference] = []
    for group in known.groups[1:]:
        allowed = allowing.allowed(known, group.key)
        found += differences.of_visits(known, group.key, allowed)
        found += shares.of_pair(known, group.key, allowed)
    if not any(one.is_main for one in found):  # nobody is due at the visit asked about
        label = f"{known.question.label}, {known.question.visit_label}"
        about = About("b", "visit", known.question.visit, label, known.place, True)
        found.append(differences.unstated(about, "nobody was due yet"))
    return differences.counted(found)


def _notes(known: Gathered) -> list[str]:
    """What a reader must know of who is in the groups."""
    found = []
    for group in known.groups:
        if group.shared:
            procedures = "1 procedure is" if group.shared == 1 else f"{group.shared:,} procedures are"
            found.append(f"{procedures} in {group.name} and in another group, and left out of both.")
        twice = int(known.people.loc[known.rows(group.key), "patient_id"].duplicated().sum())
        if twice:
            people = "1 patient has" if twice == 1 else f"{twice:,} patients have"
            found.append(f"{people} more than one procedure in {group.name}: each counts as one of its own.")
    if (known.people["primary_instrument"] != known.question.instrument).any():
        found.append(f"{known.question.label} counts as due only at clinics and visits where it is asked for.")
    return found
