"""What somebody has answered about a table that nobody has described."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.intake.roles import Said


@dataclass(frozen=True)
class Settled:
    """What somebody has answered already: each is an option of `mapping suggest`.

    `index_date`: the day, and time, on which every procedure is put where a file has only relative times; `date`: the
    column with the day of the scores; `sex`: what the codes mean, as `0=female,1=male`; `vas`: what visual scales up
    to 10 are: `cm`, `mm`, or `rating` where they were numeric ratings; `known`: every patient is in the store already,
    or in another table of the same import; `coding`, `form`: how the items of an ODI are coded, and on what an RMDQ was
    filled in; `columns`: what columns are.
    """

    name: str | None = None
    clinic: str | None = None
    pathway: str | None = None
    index_date: str | None = None
    date: str | None = None
    date_order: str | None = None
    decimal: str | None = None
    sex: str | None = None
    vas: str | None = None
    known: bool = False
    coding: str | None = None
    form: str | None = None
    columns: tuple[Said, ...] = ()


NOTHING = Settled()
LENGTHS = ("cm", "mm", "rating")
