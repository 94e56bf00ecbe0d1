"""What `python -m plumbline report …` does to an open store: the comparison of saved cohorts as files for outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from plumbline import audit, compare, export
from plumbline.cohorts import release, small
from plumbline.cohorts.commands import clinic_names
from plumbline.compare import asking, choosing
from plumbline.compare.answering import asked
from plumbline.compare.choosing import Named
from plumbline.compare.drawings import Limits
from plumbline.compare.model import Comparison
from plumbline.compare.tables import CSV, as_rows
from plumbline.files import whole_folder
from plumbline.report.comparison import Told, comparison_html, comparison_pdf
from plumbline.small import hidden
from plumbline.small.across import across
from plumbline.store import Store

Emit = Callable[[str, int, int], None]
FILES: dict[str, Callable[[Comparison, Told], bytes]] = {
    "comparison.html": comparison_html,
    "comparison.pdf": comparison_pdf,
    "figures.csv": lambda found, _: export.csv_bytes(CSV, as_rows(found)),
}


def report(store: Store, options: dict[str, Any], emit: Emit) -> tuple[Any, int]:
    """Write the comparison of cohorts into a new folder; of one, against all others.

    Options: cohorts (as `compare.choosing` has them), to, instrument, window, milestone, as_of (ISO date), made_on (in
    words), by. Raises PlumblineError.
    """
    audit.record(store, "pdf_made", audit.Actor(str(options["by"]), "command line"), ("file", "comparison"))
    emit("compare", 0, len(FILES))
    found, limits = _compared(store, options)
    told = Told(limits, small.limits().outside, store.synthetic, f"by {options['by']}", str(options["made_on"]))
    with whole_folder(Path(str(options["to"])), "report") as folder:
        for turn, (name, make) in enumerate(FILES.items(), start=1):
            (folder / name).write_bytes(make(found, told))
            emit(name, turn, len(FILES))
    verdict = found.verdict
    return {"to": str(options["to"]), "files": list(FILES), "headline": verdict.headline, "verdict": verdict.verdict}, 0


def _groups(store: Store, asked: list[str], names: dict[str, str]) -> Sequence[Named]:
    """The cohorts that are named; one alone is compared with all others. Raises PlumblineError."""
    return choosing.each_once(choosing.named(store, asked if len(asked) > 1 else [*asked, choosing.OTHERS], names))


def _compared(store: Store, options: dict[str, Any]) -> tuple[Comparison, Limits]:
    names = clinic_names(store)
    groups = _groups(store, [str(one) for one in options["cohorts"]], names)
    ask, by = asked(store, options), audit.Actor(str(options["by"]), "command line")
    definitions, limit = [definition for _, definition, _ in groups], small.limits().outside
    release.look(store, by, definitions, ask.as_of, kind=release.LEFT)
    also = across(store, store, by.key, release.LEFT, definitions, ask, limit)
    with closing(store.cursor()) as cursor:
        settings = asking.values(cursor)
        chosen = choosing.chosen(cursor, groups, ask, names)
        found = hidden(compare.of(cursor, chosen, ask), limit, also)
    return found, Limits(settings["good_share"], settings["thin_share"], settings["smd_apart"])


COMMANDS = {"report": report}
