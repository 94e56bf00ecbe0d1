"""What there is to choose from: clinics, surgeons, years, causes, tags … with how many procedures, none of them few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from plumbline import sql
from plumbline.cohorts import small
from plumbline.cohorts.filters import known

_SEVERAL = {"level", "region", "tag"}  # of which one procedure can have several


def choices(cursor: Any, clinics: Sequence[str] | None, as_of: date) -> pd.DataFrame:
    """One row for each word that a filter can take: filter, code, label, episodes (None: hidden, too few), in order.

    Years stand under performed_on. Words of a closed set are there in their order, also where nobody has them (0);
    others by their label.
    """
    frame = sql.ask(cursor, "cohort/choice_by_filter", as_of=as_of, clinics=None if clinics is None else list(clinics))
    total = frame[frame["filter"] == "clinic"][["episodes", "patients"]].sum()  # each is of one clinic
    found: list[dict[str, Any]] = []
    for name, told in known().items():
        rows = {row["code"]: row for row in frame[frame["filter"] == name].to_dict("records")}
        if told.codes is None:
            labels = {code: row["name"] or code for code, row in rows.items()}
            codes = sorted(rows, key=lambda code: (labels[code].casefold(), code))
        else:
            labels, codes = dict(told.codes), list(told.codes)
        shown = _shown(name, [rows.get(code) for code in codes], total)
        found += [
            {"filter": name, "code": code, "label": labels[code], "episodes": number}
            for code, number in zip(codes, shown, strict=True)
        ]
    table = pd.DataFrame(found, columns=["filter", "code", "label", "episodes"])
    return table.astype({"episodes": "Int64"})


def _shown(name: str, rows: list[Any], total: pd.Series[int]) -> list[int | None]:
    """The counts that can be shown; those with nothing on record are a cell as well, or the complement of each."""
    counts = [0 if row is None else int(row["episodes"]) for row in rows]
    people = [0 if row is None else int(row["patients"]) for row in rows]
    limit = small.limits().inside
    if name in _SEVERAL:
        pairs = zip(counts, people, strict=True)
        whole = int(total["episodes"])
        return [None if small.is_part_hidden(one, whole, limit) or small.is_small(who, limit) else one
                for one, who in pairs]  # fmt: skip
    rest = int(total["episodes"]) - sum(counts)
    return list(small.cells([*counts, rest], limit, [*people, rest]))[:-1]
