"""What `python -m plumbline report …` does to an open store: the comparison of saved cohorts as files for outside."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from plumbline import audit, export
from plumbline.cohorts import release, small
from plumbline.compare import asking, choosing
from plumbline.compare.drawings import Limits
from plumbline.compare.model import Comparison
from plumbline.compare.tables import CSV, as_rows
from plumbline.files import whole_folder
from plumbline.report.compared import told as compared
from plumbline.report.comparison import Told, comparison_html, comparison_pdf
from plumbline.store import Store

Emit = Callable[[str, int, int], None]
FILES: dict[str, Callable[[Comparison, Told], bytes]] = {
    "comparison.html": comparison_html,
    "comparison.pdf": comparison_pdf,
    "figures.csv": lambda found, _: export.csv_bytes(CSV, as_rows(found)),
}


def report(store: Store, options: dict[str, Any], emit: Emit) -> tuple[Any, int]:
    """Write the comparison of cohorts into a new folder; of one, against all others.

    Options: to, made_on (in words), by, and those of `compare.answering`. Raises PlumblineError; then there is no
    folder, and nothing is held to have left.
    """
    audit.record(store, "pdf_made", audit.Actor(str(options["by"]), "command line"), ("file", "comparison"))
    with whole_folder(Path(str(options["to"])), "report") as folder:
        emit("compare", 0, len(FILES))
        found, limits = _compared(store, options)
        told = Told(limits, small.limits().outside, store.synthetic, f"by {options['by']}", str(options["made_on"]))
        for turn, (name, make) in enumerate(FILES.items(), start=1):
            (folder / name).write_bytes(make(found, told))
            emit(name, turn, len(FILES))
    verdict = found.verdict
    return {"to": str(options["to"]), "files": list(FILES), "headline": verdict.headline, "verdict": verdict.verdict}, 0


def _compared(store: Store, options: dict[str, Any]) -> tuple[Comparison, Limits]:
    """What is told, small numbers hidden as outside the clinic; refused where it would tell of a few patients."""
    cohorts = list(options["cohorts"])
    asked = {**options, "cohorts": cohorts if len(cohorts) > 1 else [*cohorts, choosing.OTHERS]}
    found = compared(store, asked, release.LEFT, small.limits().outside)
    with closing(store.cursor()) as cursor:
        settings = asking.values(cursor)
    return found, Limits(settings["good_share"], settings["thin_share"], settings["smd_apart"])


COMMANDS = {"report": report}
