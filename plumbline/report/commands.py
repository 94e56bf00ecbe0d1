"""What `python -m plumbline report …` does to an open store: the comparison of saved cohorts as files for outside."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from plumbline import audit, compare, export
from plumbline.cohorts import Definition, others, saved, small
from plumbline.cohorts.commands import clinic_names
from plumbline.compare import asking
from plumbline.compare.choosing import chosen_of
from plumbline.compare.drawings import Limits
from plumbline.small import hidden
from plumbline.compare.model import Comparison
from plumbline.compare.tables import CSV, as_rows
from plumbline.errors import PlumblineError
from plumbline.files import whole_folder
from plumbline.report.comparison import Told, comparison_html, comparison_pdf
from plumbline.store import Store

Emit = Callable[[str, int, int], None]
OTHERS = "All others"
FILES: dict[str, Callable[[Comparison, Told], bytes]] = {
    "comparison.html": comparison_html,
    "comparison.pdf": comparison_pdf,
    "figures.csv": lambda found, _: export.csv_bytes(CSV, as_rows(found)),
}
_Group = tuple[str, Definition, int | None]


def report(store: Store, options: dict[str, Any], emit: Emit) -> tuple[Any, int]:
    """Write the comparison of saved cohorts into a new folder; of one, against all others.

    Options: cohorts (ids or names, each may end with @version), to, instrument, visit (in words), milestone, as_of (ISO
    date), by. Raises PlumblineError.
    """
    groups = _groups(store, [str(one) for one in options["cohorts"]])
    as_of = date.fromisoformat(str(options["as_of"]))
    audit.record(store, "pdf_made", audit.Actor(str(options["by"]), "command line"), ("file", "comparison"))
    emit("compare", 0, len(FILES))
    found, limits = _compared(store, groups, as_of, options)
    told = Told(limits, small.limits().outside, store.synthetic, f"by {options['by']}", f"{as_of:%-d %B %Y}")
    with whole_folder(Path(str(options["to"])), "report") as folder:
        for turn, (name, make) in enumerate(FILES.items(), start=1):
            (folder / name).write_bytes(make(found, told))
            emit(name, turn, len(FILES))
    verdict = found.verdict
    return {"to": str(options["to"]), "files": list(FILES), "headline": verdict.headline, "verdict": verdict.verdict}, 0


def _groups(store: Store, asked: list[str]) -> list[_Group]:
    """The saved cohorts that are named; the name of a cohort may hold an @ itself."""
    found: list[_Group] = []
    for one in asked:
        which, _, version = one.rpartition("@")
        kept = saved.load(store, which, int(version)) if which and version.isdecimal() else saved.load(store, one)
        found.append((kept.name, kept.definition, kept.version))
    if len(found) == 1:
        found.append((OTHERS, others(found[0][1]), None))
    if len({definition.text for _, definition, _ in found}) < len(found):
        raise PlumblineError("The same cohort is there twice: name another one to compare with.")
    return found


def _compared(store: Store, groups: list[_Group], as_of: date, options: dict[str, Any]) -> tuple[Comparison, Limits]:
    names = clinic_names(store)
    with closing(store.cursor()) as cursor:
        settings, stops = asking.values(cursor), asking.visits(cursor)
        visit = asking.visit_of(str(options["visit"]), [stop.visit for stop in stops])
        chosen = [
            chosen_of(cursor, name, definition, as_of, names=names, version=version)
            for name, definition, version in groups
        ]
        ask = compare.Ask(as_of, str(options["instrument"]), visit, str(options["milestone"]))
        found = hidden(compare.of(cursor, chosen, ask), small.limits().outside)
    return found, Limits(settings["good_share"], settings["thin_share"], settings["smd_apart"])


COMMANDS = {"report": report}
