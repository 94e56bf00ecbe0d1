"""Two to four cohorts side by side: `of(cursor, chosen, ask)` gives a `model.Comparison`, which says all of it, once.

`chosen` are `Chosen`, made from a definition by `choosing.chosen`; `ask` is the main question. To ask again about
another visit, `gather` once and `compared(cursor, known.asked(visit, milestone))`; about another milestone alone,
`reached.reached_of`.
"""

from plumbline.compare.asking import Ask, Chosen
from plumbline.compare.comparing import compared, of
from plumbline.compare.gathering import Gathered, gather
from plumbline.compare.model import Comparison

__all__ = ["Ask", "Chosen", "Comparison", "Gathered", "compared", "gather", "of"]
