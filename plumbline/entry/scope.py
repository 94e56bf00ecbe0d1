"""Whose patients somebody may enter for: asked inside the write's transaction, whatever a page has checked."""

from __future__ import annotations

from typing import Any

from plumbline import sql
from plumbline.errors import NotFound

Clinics = tuple[str, ...] | None  # None: of every clinic, as on the command line


def refuse_others(cursor: Any, episode_id: str, clinics: Clinics) -> None:
    """Let only a course of these clinics go on. Raises NotFound."""
    if clinics is None:
        return
    if not sql.rows(cursor, "entry/course_in_scope", episode_id=episode_id, patient_id=None, clinics=clinics):
        raise NotFound(
            "This patient is no longer in the store, or isn't of a clinic that you look after. Open the patient from "
            "the worklist again."
        )
