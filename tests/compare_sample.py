"""Comparisons made by hand, with every odd case that a chart, a page or a report must make sense of."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

from plumbline.compare.model import (
    BandPoint,
    Comparison,
    CurvePoint,
    Difference,
    Group,
    Published,
    Question,
    Reached,
    Share,
    Step,
    Verdict,
)
from plumbline.compare.trust import Answered, Balance, Check, Missing, Nonresponse, Tip, Unit

VISITS = (("baseline", "before"), ("day_1", "1 d"), ("week_1", "1 wk"), ("week_2", "2 wk"), ("week_6", "6 wk"),
          ("month_3", "3 mo"), ("month_6", "6 mo"), ("month_12", "1 yr"))  # fmt: skip
MEANS = {
    "a": (8.2, 3.7, 2.8, 2.7, 2.5, 2.3, 2.1, 2.2), "b": (8.0, 4.6, 4.1, 3.9, 3.6, 3.4, 3.1, 3.0),
    "c": (7.9, 4.2, 3.5, 3.3, 3.1, 2.9, 2.7, 2.6), "d": (8.1, 5.0, 4.4, 4.4, 4.2, 4.0, 3.9, 3.8),
}  # fmt: skip
COUNTS = {
    "a": ((470, 470), (435, 468), (420, 466), (399, 460), (385, 441), (319, 395), (275, 350), (191, 241)),
    "b": ((1530, 1530), (1331, 1529), (1275, 1520), (1218, 1500), (1145, 1414), (1011, 1280), (796, 1060), (523, 725)),
    "c": ((120, 120), (104, 118), (98, 116), (90, 115), (80, 110), (60, 101), (44, 90), (31, 61)),
    "d": ((61, 61), (52, 61), (49, 60), (41, 59), (38, 57), (30, 55), (22, 50), (12, 31)),
}
NAMES = {"a": "Harbour", "b": "Other clinics", "c": "Lakeside", "d": "St Anne"}
BAND = ((1, 2, 6), (2, 1, 5), (3, 1, 5), (4, 1, 5), (5, 1, 4), (6, 0, 4), (7, 0, 4))
QUESTION = Question(
    instrument="nrs_back", label="Back pain", unit="points", decimals=1, is_lower_better=True, minimum=0, maximum=10,
    best_words="no pain", worst_words="worst pain", visit="month_3", visit_label="3 months", from_day=66, to_day=120,
    milestone="light_tasks", as_of=date(2026, 11, 23), known_at=None, margin=1.0, tipping_margin=2.0,
)  # fmt: skip


def sample(*keys: str) -> Comparison:
    """Harbour against others, a difference found; with "a", "b", "c", "d" as many groups."""
    chosen = keys or ("a", "b")
    return Comparison(
        question=QUESTION,
        groups=tuple(_group(key) for key in chosen),
        verdict=Verdict(
            "different", "Less pain at Harbour",
            "At 3 months, patients of Harbour report 1.2 points less than similar patients of Other clinics (95% "
            "interval 0.9 to 1.4 less). That is more than the 1 point worth acting on. It shows a difference, "
            "not its cause.", "✓", True,
        ),
        checks=(
            Check("patients", True, "Yes", "Enough patients?", "319 and 1,011"),
            Check("answers", False, "Short of 80%", "Enough answers?", "81% and 79% of those due"),
            Check("alike", False, "Not quite", "Alike at the start?", "4 of 10 differ; allowed for"),
            Check("missing", True, "Yes", "Sturdy if the missing did worse?", "holds until 4.6 points more"),
        ),
        curve=tuple(point for key in chosen for point in _curve(key)),
        band=tuple(BandPoint(VISITS[place][0], place, low, (low + high) / 2, high) for place, low, high in BAND),
        published=(
            Published("baseline", 0, 8.7, "EVOLVE 2019, n = 350", "Beall DP et al. Neurosurgery 2019;84(1):169-178"),
            Published("week_1", 2, 3.6, "EVOLVE 2019, n = 350", "Beall DP et al. Neurosurgery 2019;84(1):169-178"),
            Published("month_12", 7, 2.4, "EVOLVE 2019, n = 350", "Beall DP et al. Neurosurgery 2019;84(1):169-178"),
        ),
        differences=tuple(one for other in chosen[1:] for one in _differences(other)),
        looked="Look at 10 things and luck alone will show a “difference” in about 40 of 100 pages. "
        "The last column counts that (Holm).",
        shares=tuple(share for key in chosen for share in _shares(key)),
        reached=tuple(_reached(key) for key in chosen),
        answered=tuple(one for key in chosen for one in _answered(key)),
        units=tuple(one for one in _units() if one.group in chosen),
        balance=tuple(one for other in chosen[1:] for one in _balance(other)),
        nonresponse=_nonresponse(chosen),
        missing=_missing(1.2),
        notes=("All patients here are made up.", "Thresholds are from spine surgery."),
    )  # fmt: skip


def cannot_tell() -> Comparison:
    """Too wide to say, few answers, a thin visit, the line crosses at once."""
    found = sample("a", "d")
    verdict = Verdict(
        "cannot_tell", "Cannot tell",
        "At 3 months it could be anything from 0.4 less to 1.1 more. That is too wide to say better, worse or same. "
        "About 44 answers would be enough.", "?", False,
    )  # fmt: skip
    return replace(found, verdict=verdict, missing=_missing(0.1, width=0.9))


def hidden() -> Comparison:
    """What is hidden stands as None everywhere, with its words."""
    found = sample()
    curve = tuple(
        replace(one, answered=None, due=None, mean=None, lower=None, upper=None, q25=None, median=None, q75=None,
                words="1 year: hidden, 10 patients or fewer") if one.group == "a" and one.visit == "month_12" else one
        for one in found.curve
    )  # fmt: skip
    answered = tuple(
        replace(one, received=None, due=None, share=None, lower=None, upper=None, words="1 year: hidden")
        if one.group == "a" and one.visit == "month_12" else one for one in found.answered
    )  # fmt: skip
    differences = tuple(
        replace(one, estimate=None, lower=None, upper=None, p=None, p_counted=None, raw_estimate=None, raw_lower=None,
                raw_upper=None, raw_p=None, n=None, raw_n=None, words="hidden: 10 patients or fewer")
        if one.what in {"month_12", "worse"} else one for one in found.differences
    )  # fmt: skip
    return replace(found, curve=curve, answered=answered, differences=differences)


def without_band() -> Comparison:
    """An instrument with no expected band and no published figures, where more is better."""
    found = sample()
    question = replace(QUESTION, instrument="eq5d_vas", label="Own health", is_lower_better=False, maximum=100,
                       best_words="best health", worst_words="worst health", margin=5.0,
                       tipping_margin=10.0)  # fmt: skip
    curve = tuple(
        replace(one, mean=100 - 10 * (one.mean or 0), lower=100 - 10 * (one.upper or 0),
                upper=100 - 10 * (one.lower or 0), q25=40, median=70, q75=85) for one in found.curve
    )  # fmt: skip
    differences = tuple(
        replace(one, estimate=-10 * one.estimate, lower=-10 * (one.upper or 0), upper=-10 * (one.lower or 0),
                raw_estimate=-10 * (one.raw_estimate or 0), raw_lower=-10 * (one.raw_upper or 0),
                raw_upper=-10 * (one.raw_lower or 0)) if one.kind == "visit" and one.estimate is not None else one
        for one in found.differences
    )  # fmt: skip
    line = tuple(Tip(10 * t.shift, -10 * t.estimate, -10 * t.upper, -10 * t.lower) for t in found.missing.line)
    missing = replace(found.missing, line=line, tips_at=46.0, seen=2.0)
    return replace(found, question=question, band=(), published=(), curve=curve, differences=differences,
                   missing=missing)  # fmt: skip


def too_few() -> Comparison:
    """Nothing but how many there are."""
    found = sample("a", "d")
    verdict = Verdict("too_few", "Too few patients to compare", "4 and 6 answers at 3 months: fewer than 10 in a group "
                      "can't be compared.", "○", False)  # fmt: skip
    shares = tuple(
        replace(one, count=None, estimate=None, lower=None, upper=None, worst=None, best=None, words="under 5 (hidden)")
        for one in found.shares
    )
    missing = Missing(None, None, (), None, None, False, "Too few answers to say.")
    return replace(found, verdict=verdict, differences=(), shares=shares, missing=missing, balance=(), nonresponse=(),
                   reached=tuple(replace(one, steps=(), median_day=None, p80_day=None)
                                 for one in found.reached))  # fmt: skip


def _group(key: str) -> Group:
    words = {"a": "Harbour", "b": "all others than Harbour", "c": "Lakeside", "d": "St Anne"}
    return Group(key, NAMES[key], words[key], (key * 64), 2 if key == "a" else None, COUNTS[key][0][0], 0)


def _curve(key: str) -> list[CurvePoint]:
    found = []
    for place, ((visit, label), mean, (answered, due)) in enumerate(zip(VISITS, MEANS[key], COUNTS[key], strict=True)):
        half = 1.96 * 2.4 / math.sqrt(answered)
        middle = round(mean)
        thin = answered < 0.6 * due
        found.append(CurvePoint(
            key, visit, label, place, answered, due, mean, mean - half, mean + half, max(0.0, middle - 2.0),
            float(middle), middle + 1.0, thin, f"{label}: {mean:.1f} ({mean - half:.1f} to {mean + half:.1f}), "
            f"{answered:,} of {due:,} answered",
        ))  # fmt: skip
    return found


def _differences(other: str) -> list[Difference]:
    found = []
    for place, (visit, label) in enumerate(VISITS[1:], start=1):
        raw = MEANS["a"][place] - MEANS[other][place]
        n = COUNTS["a"][place][0] + COUNTS[other][place][0]
        half = 1.96 * 2.4 * math.sqrt(1 / COUNTS["a"][place][0] + 1 / COUNTS[other][place][0])
        value = raw - 0.1
        found.append(Difference(
            other, "visit", visit, f"Back pain, {label}", place, value, value - half, value + half, 0.0004, 0.004, raw,
            raw - half, raw + half, 0.0004, n, n + 3, visit == "month_3", 1 if value < 0 else -1,
            f"{abs(value):.1f} points {'less' if value < 0 else 'more'} ({abs(value) - half:.1f} to "
            f"{abs(value) + half:.1f})", "",
        ))  # fmt: skip
    for what, label, value in (("improved", "Improved (2 points and 30% less pain)", 0.13),
                               ("comfortable", "Comfortable (pain 3 or less)", 0.18)):  # fmt: skip
        found.append(Difference(
            other, "share", what, label, -1, value, value - 0.05, value + 0.05, 0.0004, 0.004, value, value - 0.05,
            value + 0.05, 0.0004, 1330, 1330, False, 1, f"{100 * value:.0f} more of 100 (8 to 23)", "",
        ))  # fmt: skip
    found.append(Difference(
        other, "share", "worse", "Worse than before (2 points or more)", -1, *([None] * 9), None, None, False, 0,
        "hidden: under 5 patients", "not adjusted: fewer than 10 events for each parameter",
    ))  # fmt: skip
    return found


def _shares(key: str) -> list[Share]:
    answered, due = COUNTS[key][5]
    found = []
    part = {"a": (0.94, 0.73), "b": (0.81, 0.55), "c": (0.85, 0.6), "d": (0.79, 0.5)}[key]
    for (kind, label), share in zip(
        (("improved", "Improved (2 points and 30% less pain)"), ("comfortable", "Comfortable (pain 3 or less)")), part,
        strict=True,
    ):  # fmt: skip
        count = round(share * answered)
        half = 1.96 * math.sqrt(share * (1 - share) / answered)
        found.append(Share(
            key, kind, label, count, answered, due, due + 8, count / answered, share - half, min(1.0, share + half),
            count / due, (count + due - answered) / due, f"{100 * count / answered:.0f}%, {count:,} of {answered:,}",
        ))  # fmt: skip
    worse = "Worse than before (2 points or more)"
    if key == "b":
        said = "1%, 11 of 1,011"
        found.append(Share(key, "worse", worse, 11, 1011, due, due, 0.0109, 0.006, 0.019, 0.0086, 0.22, said))
    else:
        found.append(Share(key, "worse", worse, *([None] * 9), f"under 5 of {answered:,} (hidden)"))
    return found


def _reached(key: str) -> Reached:
    slow = {"a": 11, "b": 12.5, "c": 15, "d": 22}[key]
    size = COUNTS[key][0][0]
    last = {"a": 300, "b": 365, "c": 200, "d": 60}[key]
    days = [day for day in range(2, last) if day < 60 or day % 7 == 0]
    steps = tuple(
        Step(day, value := 0.9 * (1 - math.exp(-((day / (slow * 1.6)) ** 1.4))), max(0, value - 2 / math.sqrt(size)),
             min(1, value + 2 / math.sqrt(size)), round(size * (1 - value))) for day in days
    )  # fmt: skip
    waiting = tuple((float(day), round(size * (1 - 0.9 * (1 - math.exp(-((day / (slow * 1.6)) ** 1.4))))))
                    for day in (0, 14, 42, 90, 180, 365))  # fmt: skip
    return Reached(key, "light_tasks", "Light daily tasks", size, steps, slow + 1, slow * 2.2, waiting,
                   f"{NAMES[key]}: half by day {slow + 1:.0f}, 8 in 10 by day {slow * 2.2:.0f}")  # fmt: skip


def _answered(key: str) -> list[Answered]:
    found = []
    for place, ((visit, label), (received, due)) in enumerate(zip(VISITS, COUNTS[key], strict=True)):
        if place:
            share, half = received / due, 1.96 * math.sqrt(0.16 / due)
            found.append(Answered(
                key, visit, label, place, received, due, share, share - half, min(1.0, share + half), share < 0.6,
                f"{100 * share:.0f}%, {received:,} of {due:,}",
            ))  # fmt: skip
    return found


def _units() -> tuple[Unit, ...]:
    return (
        Unit("a", "clinic", "c1", "Harbour", "month_3", 319, 395, 0.81, False, "81%, 319 of 395"),
        Unit("b", "clinic", "c2", "Lakeside", "month_3", 290, 349, 0.83, False, "83%, 290 of 349"),
        Unit("b", "clinic", "c3", "St Anne", "month_3", 30, 55, 0.55, True, "55%, 30 of 55"),
        Unit("a", "surgeon", "s1", "Surgeon 01", "month_3", None, None, None, False, "hidden: under 5"),
    )


def _balance(other: str) -> list[Balance]:
    rows = (
        ("has_prior_fracture", "Earlier fracture", 0.41, 0.25, 0.34, "41% v 25%"),
        ("age", "Age (years)", 78.1, 76.1, 0.25, "78.1 v 76.1"),
        ("baseline", "Pain before", 8.2, 8.0, 0.15, "8.2 v 8.0"),
        ("is_lumbar", "Lumbar", 0.2, 0.25, -0.13, "20% v 25%"), ("of_number", "OF grade", 2.6, 2.7, -0.07, "2.6 v 2.7"),
        ("is_injury", "Injury", 0.07, 0.09, -0.05, "7% v 9%"), ("is_cancer", "Cancer", 0.1, 0.08, 0.05, "10% v 8%"),
        ("is_female", "Women", 0.73, 0.75, -0.04, "73% v 75%"),
    )  # fmt: skip
    found = [
        Balance(other, code, label, first, second, apart, apart - 0.1, apart + 0.1, abs(apart) > 0.1, words, 470, 1530)
        for code, label, first, second, apart, words in rows
    ]
    return [*found, Balance(other, "is_steroid", "Steroids", None, None, None, None, None, False, "hidden", None, None)]


def _nonresponse(keys: tuple[str, ...]) -> tuple[Nonresponse, ...]:
    return tuple(
        one for key in keys for one in (
            Nonresponse(key, "age", "Age (years)", 77.2, 81.4, -0.52, "77.2 v 81.4", 319, 76),
            Nonresponse(key, "baseline", "Pain before", 8.2, 8.1, 0.05, "8.2 v 8.1", 319, 76),
            Nonresponse(key, "is_cancer", "Cancer", None, None, None, "hidden: under 5", None, None),
        )
    )  # fmt: skip


def _missing(gap: float, width: float = 0.25) -> Missing:
    line = tuple(
        Tip(shift, -gap + 0.2 * shift, -gap + 0.2 * shift - width, -gap + 0.2 * shift + width) for shift in range(-6, 7)
    )
    tips = round((gap - width) / 0.2, 1)
    said = f"To erase the difference they would need {tips:.1f} points more than expected." if gap > width else (
        "There is no clear difference to overturn; the line shows how far they could move it.")  # fmt: skip
    return Missing(76, 395, line, tips if gap > width else None, 0.2, False,
                   f"76 of 395 due at Harbour did not answer. {said} At their last visit: 0.2 more.")  # fmt: skip
