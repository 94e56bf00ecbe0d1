"""What others published of data that anybody has, beside what comes out here.

`python -m tests.stats.known_answers` prints the table. With a folder that holds `survival_veteran.csv` (Kalbfleisch
and Prentice 1980; not ours to pass on) it prints those answers, too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from plumbline import stats
from tests.stats import samples


@dataclass(frozen=True)
class Answer:
    """A published figure, to the digits that were printed, and how it is worked out here."""

    what: str
    published: str
    source: str
    found: Callable[[], float]

    def near(self) -> float:
        """Half of the last digit printed."""
        mantissa, _, power = self.published.partition("e")
        return 0.5 * 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))

    def holds(self) -> bool:
        return abs(self.found() - float(self.published)) <= self.near() * 1.0001


def answers() -> Iterator[Answer]:
    """Every known answer that needs no data but what is here."""
    yield from _survival()
    yield from _groups()
    yield from _competing()
    yield from _shares()
    yield from _differences()
    yield from _funnels()
    yield from _charts()


def _survival() -> Iterator[Answer]:
    sexes = partial(stats.log_rank, duration="time", event="dead", group="sex")
    yield Answer("lung by sex: log-rank", "10.3267", "lifelines", lambda: sexes(samples.lung())["statistic"])
    yield Answer("lung by sex: p", ".00131", "lifelines", lambda: sexes(samples.lung())["p"])
    for sex, days in ((1, "270"), (2, "426")):
        yield Answer(
            f"lung, sex {sex}: median", days, "R survival", partial(_median, samples.lung, ("time", "dead", "sex"), sex)
        )
    drugs = ("weeks", "relapse", "drug")
    yield Answer("leukaemia by drug: log-rank", "16.793", "Cox and Oakes 1984; R survival",
                 lambda: stats.log_rank(samples.leukaemia(), *drugs)["statistic"])  # fmt: skip
    yield Answer(
        "leukaemia by drug: p", "4.17e-5", "R survival", lambda: stats.log_rank(samples.leukaemia(), *drugs)["p"]
    )
    for drug, weeks in ((1, "8"), (2, "23")):
        yield Answer(
            f"leukaemia, drug {drug}: median", weeks, "Freireich 1963", partial(_median, samples.leukaemia, drugs, drug)
        )
    for week, left in ((6, "0.857"), (10, "0.753"), (23, "0.448")):
        yield Answer(f"leukaemia, 6-MP: left at {week}", left, "Cox and Oakes 1984",
                     partial(lambda week: 1 - _relapsed(week)["estimate"], week))  # fmt: skip
    for side, bound in (("upper", "0.380"), ("lower", "0.048")):
        yield Answer(f"leukaemia, 6-MP: relapsed by 6, {side}", bound, "Collett; SAS lifetest, log-log",
                     partial(lambda side: _relapsed(6)[side], side))  # fmt: skip
    for events, bounds in ((10, ("4.795", "18.390")), (0, ("0.000", "3.689"))):
        for side, bound in zip(("lower", "upper"), bounds, strict=True):
            what = f"{events} events in 100 years: {side}"
            yield Answer(
                what, bound, "Garwood 1936; Ulm 1990", partial(_part, stats.person_time_rate, (events, 100), side)
            )


def _groups() -> Iterator[Answer]:
    """The log-rank test and the median of other data."""
    tested = {
        "ovary by treatment": (samples.ovary, "1.1", "0.303", "Edmonson 1979; R survdiff"),
        "leukaemia, kept on or not": (samples.maintained, "3.4", "0.0653", "Miller 1981; R survdiff"),
        "rats by regimen": (samples.rats, "3.1227", "0.0772", "Pike 1966; SAS lifetest"),
        "marrow by risk": (samples.marrow, "13.8037", "0.0010", "Klein and Moeschberger; SAS lifetest"),
        "larynx by stage": (samples.larynx, "22.8", "4.53e-5", "Klein and Moeschberger; R survdiff"),
    }
    for what, (data, statistic, p, source) in tested.items():
        for name, published in (("statistic", statistic), ("p", p)):
            found = partial(lambda data, name: stats.log_rank(data(), "time", "event", "group")[name], data, name)
            yield Answer(f"{what}: log-rank, {name}", published, source, found)
    medians = {
        "leukaemia": (samples.maintained, {"kept on": "31", "not kept on": "23"}, "Miller 1981; R survfit"),
        "rats": (samples.rats, {1: "216", 2: "233"}, "Pike 1966; SAS lifetest"),
    }
    for what, (data, days, source) in medians.items():
        for group, day in days.items():
            found = partial(_median, data, ("time", "event", "group"), group)
            yield Answer(f"{what}, {group}: median", day, source, found)
    for day, left in ((1, "0.97368"), (55, "0.94737"), (86, "0.89474")):
        found = partial(lambda day: 1 - _on(samples.marrow().query("group == 'ALL'"), day)["estimate"], day)
        yield Answer(f"marrow, ALL: without disease on day {day}", left, "SAS lifetest", found)


def _competing() -> Iterator[Answer]:
    """Estimates as of R's cmprsk; errors as of Stata's stcompet (delta method), read back from the bounds."""
    for day, share, error in ((1, "0.11111111", "0.07407407"), (2, "0.17037037", "0.08976251")):
        yield Answer(f"one of three events by day {day}", share, "R cmprsk, in the tests of statsmodels",
                     partial(lambda day: _on(samples.competing(), day)["estimate"], day))  # fmt: skip
        yield Answer(f"one of three events by day {day}: error", error, "Stata stcompet, in the tests of statsmodels",
                     partial(lambda day: _error(**_on(samples.competing(), day)), day))  # fmt: skip


def _on(frame: pd.DataFrame, day: int) -> dict[str, float]:
    curve = stats.cumulative_incidence(frame, "time", "event")
    return dict(curve.loc[curve["time"] <= day, ["estimate", "lower", "upper"]].iloc[-1])


def _error(estimate: float, lower: float, upper: float) -> float:
    """The standard error that an interval on the scale log(-log F) was made of."""
    wide = np.log(np.log(lower) / np.log(upper)) / (2 * 1.959963984540054)
    return float(wide * estimate * -np.log(estimate))


def _median(data: Callable[[], pd.DataFrame], columns: tuple[str, str, str], group: int) -> float:
    reached = stats.day_reached(stats.cumulative_incidence(data(), *columns), 0.5)[group]
    assert reached is not None
    return reached


def _relapsed(week: int) -> dict[str, float]:
    curve = stats.cumulative_incidence(samples.leukaemia(), "weeks", "relapse", "drug")
    return dict(curve[(curve["group"] == 2) & (curve["time"] <= week)].iloc[-1])


def _shares() -> Iterator[Answer]:
    newcombe = "Newcombe 1998 Stat Med 17:857, method 3"
    wilson = {
        (81, 263): (".2553", ".3662"),
        (15, 148): (".0624", ".1605"),
        (0, 20): (".0000", ".1611"),
        (1, 29): (".0061", ".1718"),
    }
    for of, bounds in wilson.items():
        for side, bound in zip(("lower", "upper"), bounds, strict=True):
            yield Answer(f"Wilson {of[0]}/{of[1]}: {side}", bound, newcombe, partial(_part, stats.wilson, of, side))
    newcombe = "Newcombe 1998 Stat Med 17:873, method 10"
    differences = {
        (56, 70, 48, 80): ("+.0524", "+.3339"),
        (9, 10, 3, 10): ("+.1705", "+.8090"),
        (6, 7, 2, 7): ("+.0582", "+.8062"),
        (5, 56, 0, 29): ("-.0381", "+.1926"),
        (0, 10, 0, 20): ("-.1611", "+.2775"),
        (10, 10, 0, 20): ("+.6791", "+1.0000"),
    }
    for of, bounds in differences.items():
        for side, bound in zip(("lower", "upper"), bounds, strict=True):
            what = f"{of[0]}/{of[1]} - {of[2]}/{of[3]}: {side}"
            yield Answer(what, bound, newcombe, partial(_part, stats.difference_of_shares, of, side))
    for at, p in enumerate((".03", ".06", ".06", ".02")):
        yield Answer(
            f"Holm, p {at + 1} of 4", p, "R p.adjust", partial(lambda at: stats.holm([0.01, 0.04, 0.03, 0.005])[at], at)
        )


def _part(of: Callable[..., Any], given: tuple[Any, ...], name: str) -> float:
    return float(of(*given)[name])


def _differences() -> Iterator[Answer]:
    t_test = {"estimate": "1.58", "lower": "-0.203874", "upper": "3.363874", "p": "0.07919"}
    for name, value in t_test.items():
        yield Answer(f"sleep by drug: {name}", value, "Student 1908; R t.test(var.equal)",
                     partial(_part, stats.raw_difference, (samples.sleep(), "extra", "drug"), name))  # fmt: skip
    covariance = {"estimate": "-3.7000", "p": "0.0013", "raw_estimate": "-3.70", "raw_p": "0.06039"}
    for name, value in covariance.items():
        given = (samples.teeth(), "length", "supp", "dose")
        found = partial(_part, stats.adjusted_difference, given, name)
        yield Answer(f"teeth by source given dose: {name}", value, "Crampton 1947; R lm, t.test(var.equal)", found)
    gears = {"estimate": "2.9358", "lower": "0.04573031", "upper": "5.825944", "p": "0.046716", "raw_p": "0.000285"}
    for name, value in gears.items():
        given = (samples.cars(), "mpg", "am", "wt", ["qsec"])
        found = partial(_part, stats.adjusted_difference, given, name)
        yield Answer(f"miles a gallon by gears given weight and pace: {name}", value, "mtcars; R lm, confint", found)
    raw = {"estimate": "7.245", "lower": "3.64151", "upper": "10.84837"}
    for name, value in raw.items():
        found = partial(_part, stats.raw_difference, (samples.cars(), "mpg", "am"), name)
        yield Answer(f"miles a gallon by gears: {name}", value, "mtcars; R lm, confint", found)


_LIMITS = {
    15: (".5596924", "1.649348", ".3862650", "2.082907"),
    20: (".6108260", "1.544419", ".4479107", "1.902094"),
    30: (".6746958", "1.427562", ".5289724", "1.702771"),
}


def _funnels() -> Iterator[Answer]:
    frame = pd.DataFrame({"unit": list("abc"), "n": 100, "seen": 20, "expected": list(_LIMITS)})
    drawn = stats.funnel(frame, "unit", "n", "seen", "expected", kind="ratio")
    for at, (expected, limits) in enumerate(_LIMITS.items()):
        for side, limit in zip(("lower95", "upper95", "lower998", "upper998"), limits, strict=True):
            yield Answer(f"ratio of {expected} expected: {side}", limit, "exact Poisson limits",
                         partial(lambda at, side: float(drawn[side].iloc[at]), at, side))  # fmt: skip


def _charts() -> Iterator[Answer]:
    montgomery = "Montgomery, Statistical quality control"
    juice = stats.control_chart(samples.by_period(samples.JUICE), "p", "period", "found", "n", baseline=30)
    for column, value in (("centre", "0.2313"), ("lower", "0.0524"), ("upper", "0.4102")):
        yield Answer(
            f"p chart of juice: {column}", value, montgomery, partial(lambda c: float(juice[c].iloc[0]), column)
        )
    orders = stats.control_chart(samples.orders(), "p", "period", "found", "n", baseline=25)
    for column, value in (("centre", "0.096"), ("lower", "0.007"), ("upper", "0.184")):
        yield Answer(
            f"p chart of orders, of 100: {column}",
            value,
            montgomery,
            partial(lambda c: float(orders[c].iloc[0]), column),
        )
    loans = stats.control_chart(samples.by_period(samples.LOANS), "xmr", "period", "found", baseline=20)
    for column, value in (("centre", "300.5"), ("lower", "279.78"), ("upper", "321.22"), ("range_upper", "25.45")):
        yield Answer(
            f"XmR chart of loans: {column}", value, montgomery, partial(lambda c: float(loans[c].iloc[0]), column)
        )


def veteran(file: Path) -> Iterator[Answer]:
    """Lung cancer of veterans, from a file that has it."""
    frame = pd.read_csv(file)
    for group, published in (
        ("trt", {"statistic": ".0082", "p": ".9277"}),
        ("celltype", {"statistic": "25.404", "p": "1.27e-5"}),
    ):
        for name, value in published.items():
            given = (frame, "time", "status", group)
            yield Answer(
                f"veteran by {group}: {name}", value, "R survival", partial(_part, stats.log_rank, given, name)
            )


def table(found: list[Answer]) -> Iterator[str]:
    """A row for each answer."""
    yield "| what | published | here | | source |"
    yield "|---|---|---|---|---|"
    for one in found:
        yield f"| {one.what} | {one.published} | {one.found():.7g} | {'✓' if one.holds() else '✗'} | {one.source} |"


if __name__ == "__main__":
    every = [*answers(), *(one for folder in sys.argv[1:] for one in veteran(Path(folder) / "survival_veteran.csv"))]
    print("\n".join(table(every)))
    sys.exit(not all(one.holds() for one in every))
