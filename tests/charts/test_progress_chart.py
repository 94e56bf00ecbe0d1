"""A patient's own chart: the light page and the paper draw the same points, the same range and the same words."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from plumbline.charts.progress import COLUMNS, MORE, PADDING, PAPER, progress
from plumbline.progress import placing, rows
from plumbline.progress.model import Chart
from plumbline.progress.placing import WORST, Frame
from plumbline.report.patient import drawn
from plumbline.web.share import light_chart
from tests.progress.sample import DAILY, DAY3, DAY14, DAY40, OFF, RED

HEIGHT = 260.0
CHARTS = {
    name: page.chart
    for name, page in (("3", DAY3), ("14", DAY14), ("40", DAY40), ("daily", DAILY), ("off", OFF), ("red", RED))
    if page.chart
}
Points = list[tuple[float, float]]


def on_the_page(chart: Chart) -> tuple[Points, Points, list[str]]:
    """Scores and worst edge of the light page, as share of the axis and score; its words."""
    svg = light_chart.drawn(chart)
    dots = re.findall(r'class="dot" cx="([\d.]+)" cy="([\d.]+)"', svg)
    edge = re.findall(r'class="edge" points="([^"]*)"', svg)
    pairs = [point.split(",") for point in edge[0].split()] if edge else []
    return _shares(dots), _shares(pairs), re.findall(r"<text [^>]*>([^<]*)</text>", svg)


def _shares(points: list[tuple[str, str]] | list[list[str]]) -> Points:
    wide, high = light_chart.FRAME.width, light_chart.FRAME.height
    return [
        (round((float(a) - light_chart.LEFT) / wide, 2), round((float(b) - light_chart.TOP) / high * WORST, 1))
        for a, b in points
    ]


def on_paper(chart: Chart) -> tuple[Points, Points, list[str]]:
    """The same of the SVG that is printed."""
    svg = drawn(chart, HEIGHT)
    wide = 521.5 - PADDING["left"] - PADDING["right"]
    high = HEIGHT - PADDING["top"] - PADDING["bottom"]

    def shares(points: list[tuple[str, str]]) -> Points:
        return [(round(float(a) / wide, 2), round(float(b) / high * WORST, 1)) for a, b in points]

    def group(name: str) -> str:
        found = re.search(rf'<g class="[^"]*\b{name}_marks\b[^>]*>(.*?)</g>', svg, flags=re.DOTALL)
        return found[1] if found else ""

    dots = re.findall(r'transform="translate\(([-\d.]+),([-\d.]+)\)"', group("scores"))
    line = re.findall(r' d="([^"]*)"', group("edge"))
    corners = re.findall(r"([-\d.]+),([-\d.]+)", line[0]) if line else []
    return shares(dots), shares(corners), re.findall(r"<text [^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("name", CHARTS)
def test_page_and_paper_draw_the_same_points_and_range(name: str) -> None:
    page, paper = on_the_page(CHARTS[name]), on_paper(CHARTS[name])
    own = [(visit.at, float(visit.value)) for visit in CHARTS[name].visits if visit.value is not None]
    worst = [(edge.at, float(edge.high)) for edge in CHARTS[name].edges]
    for points, edge in ((page[0], page[1]), (paper[0], paper[1])):
        assert [value for _, value in points] == [value for _, value in own]
        assert [at for at, _ in points] == pytest.approx([at for at, _ in own], abs=0.01)
        assert [value for _, value in edge] == [value for _, value in worst]
        assert [at for at, _ in edge] == pytest.approx([at for at, _ in worst], abs=0.01)


@pytest.mark.parametrize("name", CHARTS)
def test_page_and_paper_have_the_same_words_and_the_newest_score_always_its_own(name: str) -> None:
    chart = CHARTS[name]
    shown = [set(on_the_page(chart)[2]), set(on_paper(chart)[2])]
    always = {chart.best, chart.worst, *(tick.label for tick in chart.ticks), "0", "5", "10"}
    always |= {visit.label for visit in chart.visits if visit.is_latest}
    always |= {chart.expected} if chart.edges else set()
    may = always | {visit.label for visit in chart.visits}
    for words in shown:
        assert always <= words <= may


def test_a_visit_without_a_score_breaks_the_line_and_stands_below() -> None:
    chart = CHARTS["40"]
    svg = light_chart.drawn(chart)
    assert svg.count('class="own"') == 2
    gap = re.findall(r'class="none" cx="[\d.]+" cy="([\d.]+)"', svg)
    assert [float(y) > light_chart.BOTTOM for y in gap] == [True]
    assert [row["part"] for row in rows.of(chart, light_chart.FRAME) if row["stretch"] and row["at"] < 0.6] == ["gap"]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(
    "frame", [light_chart.FRAME, Frame(473, 100, PAPER.size, PAPER.size + MORE)], ids=["phone", "paper"]
)
def test_no_label_lies_on_another_or_on_a_score(name: str, frame: Frame) -> None:
    chart = CHARTS[name]
    placed = placing.of(chart, frame)
    boxes = {
        visit.key: placing._label(visit, placed.labels[visit.key], frame)
        for visit in chart.visits
        if visit.key in placed.labels
    }
    dots = {visit.key: placing._dot(visit, frame) for visit in chart.visits if visit.value is not None}
    newest = next(visit.key for visit in chart.visits if visit.is_latest)
    for key, box in boxes.items():
        assert not [other for other, one in boxes.items() if other != key and placing._touch(box, one)]
        if key != newest:
            assert not [other for other, one in dots.items() if other != key and placing._touch(box, one)]


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_the_specification_is_built_once_holds_no_score_and_no_address(theme: str) -> None:
    assert progress(theme) is progress(theme)
    text = json.dumps(progress(theme))
    assert '"href"' not in text
    assert '"url"' not in text
    assert not any(f'"{word}"' in text for word in ("now", "Rosa"))


def test_every_row_has_every_column_that_is_drawn() -> None:
    for chart in CHARTS.values():
        assert all(set(COLUMNS) <= set(row) for row in rows.of(chart, light_chart.FRAME))


def test_text_in_a_chart_never_becomes_markup() -> None:
    bad = "<script>alert(1)</script>"
    chart = replace(CHARTS["14"], best=bad, worst=bad, expected=bad, description=f'"{bad}')
    assert "<script" not in light_chart.drawn(chart)
    assert "<script" not in drawn(chart, HEIGHT)
