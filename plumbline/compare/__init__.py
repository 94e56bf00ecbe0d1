"""Two to four cohorts side by side: `model.Comparison` says all of it, once; `of` works it out."""

from plumbline.compare.asking import Ask, Chosen
from plumbline.compare.comparing import compared, of
from plumbline.compare.gathering import Gathered, gather

__all__ = ["Ask", "Chosen", "Gathered", "compared", "gather", "of"]
