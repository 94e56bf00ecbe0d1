"""Which procedures there are to choose from, and which of them a cohort holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from plumbline import sql


def traits(cursor: Any, clinics: Sequence[str] | None = None) -> pd.DataFrame:
    """Every procedure by what it can be chosen by: the columns of `queries/cohort/trait_by_episode.sql`.

    `clinics`: those that may be seen; None for all.
    """
    return sql.ask(cursor, "cohort/trait_by_episode", clinics=None if clinics is None else list(clinics))
