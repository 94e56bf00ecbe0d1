"""Who asks, as of which day, and what they may be told: every question of a page passes here and is narrowed here.

A query that has `$clinics` gets those of whoever asks; a caller can neither forget nor change them. A query about one
course or one patient is only asked where that is of these clinics.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from plumbline import sql
from plumbline.errors import NotAllowed, PlumblineError
from plumbline.known import PastStore
from plumbline.store import Store
from plumbline.web import cache, instant

T = TypeVar("T")
SCOPE = "clinics"
ABOUT_ONE = {"episode_id": "episode_id", "current": "episode_id", "patient_id": "patient_id"}
ABOUT_ALL = frozenset({"flag/stale_by_patient"})  # whether anything is to be worked out anew; nobody is shown it


@dataclass(frozen=True)
class Context:
    """One run of one page: the open store, who asks and in which mode, the day looked at, the colours.

    `user`: the name that entries are recorded by; the demo has no people, so there it is the role.
    `session`: the handle of the signed-in session; None where nobody signs in.
    `clinics`: those that the account may see, in order; None is every clinic. Each query of people or counts takes it.
    `patient_id`: whose link is open: nothing else is asked about; None for staff.
    The store may be a view of its past; see `known_at`.
    """

    store: Store
    mode: str
    role: str
    as_of: date
    theme: str
    user: str = ""
    clinics: tuple[str, ...] | None = None
    session: str | None = None
    patient_id: str | None = None

    @property
    def known_at(self) -> datetime | None:
        """The instant (UTC) as of which everything is shown as it was known; None is now, and only then is written."""
        return self.store.instant if isinstance(self.store, PastStore) else None

    @property
    def present(self) -> Store:
        """The store as it is now, whatever is looked at."""
        return instant.present_of(self.store)

    @property
    def at_present(self) -> Context:
        """The same person, who asks of the store as it is now."""
        return replace(self, store=self.present)

    @property
    def cursor(self) -> Any:
        """A fresh cursor, for what `ask` can't keep; never shared between runs. Scope is then the caller's to bind."""
        return self.store.cursor()

    def ask(self, name: str, **params: cache.Scalar) -> pd.DataFrame:
        """The answer to a query file, kept until the store changes; parameters are plain values."""
        return cache.shared().ask(self.store, name, **self._narrowed(name, params))

    def arrow(self, name: str, **params: cache.Scalar) -> pa.Table:
        """The same answer as an Arrow table, for charts and for a few rows as dictionaries (`to_pylist()`)."""
        return cache.shared().arrow(self.store, name, **self._narrowed(name, params))

    def made(
        self, name: str, make: Callable[[], T], weigh: Callable[[T], int] | None = None, /, **params: cache.Scalar
    ) -> T:
        """What is made of answers, kept like them, for whoever may see the same clinics."""
        return cache.shared().made(self.store, name, make, weigh, clinics=self.clinics, **params)

    def gathered(self, name: str, make: Callable[[], T], weigh: Callable[[T], int], /, **params: cache.Scalar) -> T:
        """The same for what is large and is asked several things, such as every answer of a comparison."""
        return cache.large().made(self.store, name, make, weigh, clinics=self.clinics, **params)

    def sees(self, *, episode_id: str | None = None, patient_id: str | None = None) -> bool:
        """Whether a course or a patient is of a clinic that whoever asks may see."""
        if self.patient_id is not None and patient_id != self.patient_id:
            of_link = {"patient_id": self.patient_id, "episode_id": episode_id}
            return bool(cache.shared().arrow(self.present, "sharing/course_in_link", **of_link).num_rows)
        if self.clinics is None:
            return True
        asked = {"episode_id": episode_id, "patient_id": patient_id, SCOPE: self.clinics}
        # as it is now, also where the past is looked at: who has moved elsewhere is no longer theirs to see
        return bool(cache.shared().arrow(self.present, "entry/course_in_scope", **asked).num_rows)

    def _narrowed(self, name: str, params: dict[str, cache.Scalar]) -> dict[str, cache.Scalar]:
        known = {param.name for param in sql.load(name).params}
        if SCOPE in params:
            raise PlumblineError(f"The clinics of {name} are those of whoever asks: they aren't given.")
        if self.patient_id is not None and not any(params.get(param) for param in ABOUT_ONE):
            raise NotAllowed("A patient's link shows that patient's own progress, and nothing else.")
        if self.clinics is not None and name not in ABOUT_ALL:
            for param, kind in ABOUT_ONE.items():
                # without the scope in the query, nobody in particular would be everybody
                if param in params and (params[param] is not None or SCOPE not in known):
                    self._refuse_others(kind, str(params[param] or ""))
        return {**params, SCOPE: self.clinics} if SCOPE in known else params

    def _refuse_others(self, kind: str, given: str) -> None:
        """A course or a patient who is asked about must be of these clinics."""
        if not self.sees(**{kind: given}):
            raise NotAllowed("This patient isn't of a clinic that you look after, so nothing is shown.")
