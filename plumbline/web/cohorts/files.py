"""What can be taken along from the Cohorts page: figures, a picture of a chart, the report; small numbers hidden as
for the world outside, whatever the page shows."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from plumbline import export
from plumbline.cohorts import release, small
from plumbline.compare.drawings import drawings
from plumbline.compare.model import Comparison
from plumbline.compare.tables import CSV, as_rows
from plumbline.errors import NotFound
from plumbline.report import figures
from plumbline.report.comparison import Told, comparison_html, comparison_pdf
from plumbline.small import hidden
from plumbline.web import downloads, ui
from plumbline.web.cohorts import data
from plumbline.web.cohorts.asked import Asked
from plumbline.web.cohorts.data import Drawn, Found
from plumbline.web.cohorts.worked import Cohort
from plumbline.web.ui import Context, allowed

Made = Callable[[Context], bytes | str]


def buttons(ctx: Context, asked: Asked, groups: list[Cohort], known: Found, charts: dict[str, Drawn]) -> None:
    """The report, the figures, and one chart as a picture; built from the figures as they are when it is fetched."""
    if not allowed(ctx, data.EXPORT):
        return
    outside = small.limits().outside
    st.markdown(f":small[:gray[Take it along: counts from 1 to {outside} are hidden in every file.]]")
    base = f"comparison-{asked.outcome}-{asked.visit}-{ctx.as_of:%Y-%m-%d}-{known.mark[:6]}"
    drawn = {name: one.drawing.title for name, one in charts.items() if not one.drawing.is_empty}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="cohort_files"):
        for label, ending, build in (
            ("Report, PDF", "pdf", lambda now: comparison_pdf(*_report(now, asked, groups))),
            ("Report, HTML", "html", lambda now: comparison_html(*_report(now, asked, groups))),
            ("Figures, CSV", "csv", lambda now: figures_file(now, asked, groups)),
        ):
            _button(ctx, label, f"{base}.{ending}", build)
        name = st.selectbox("A chart as a picture", list(drawn), format_func=drawn.__getitem__,
                            key="cohorts_picture", width=300)  # fmt: skip
        for ending in ("svg", "png"):
            _button(ctx, ending.upper(), f"{base}-{name}.{ending}",
                    lambda now, ending=ending: picture(now, asked, groups, str(name), ending))  # type: ignore[misc] # fmt: skip


def _button(ctx: Context, label: str, name: str, build: Made) -> None:
    key = f"cohorts_file_{label}"
    downloads.button(ctx, label, action=data.EXPORT, name=name, build=build, about=("file", "comparison"), key=key)


def _outside(ctx: Context, asked: Asked, groups: list[Cohort]) -> Found:
    ui.require(ctx, data.EXPORT)
    data.looked(ctx, groups, release.LEFT)
    inside = data.found(ctx, asked, groups)
    also = data.beside(ctx, asked, groups, release.LEFT)
    comparison = hidden(data.whole(ctx, asked, groups), small.limits().outside, also)
    return Found(comparison, inside.limits, inside.mark)


def _report(ctx: Context, asked: Asked, groups: list[Cohort]) -> tuple[Comparison, Told]:
    found = _outside(ctx, asked, groups)
    told = Told(found.limits, small.limits().outside, ctx.store.synthetic, f"by {ctx.user}" if ctx.user else "",
                f"{ui.today(ctx.store):%-d %B %Y}")  # fmt: skip
    return found.comparison, told


def figures_file(ctx: Context, asked: Asked, groups: list[Cohort]) -> bytes:
    """Every figure as CSV: one cell a line, with its table, row and column."""
    found = _outside(ctx, asked, groups)
    return export.csv_bytes(CSV, as_rows(found.comparison))


def picture(ctx: Context, asked: Asked, groups: list[Cohort], name: str, ending: str) -> bytes | str:
    """One chart as SVG or PNG. Raises NotFound where there is nothing left to draw."""
    found = _outside(ctx, asked, groups)
    made = drawings(found.comparison, found.limits, "light", spread=asked.lines == "spread").get(name)
    if made is None or made.is_empty:
        raise NotFound("There is nothing left to draw in this chart once small numbers are hidden.")
    return figures.svg(made) if ending == "svg" else figures.png(made)
