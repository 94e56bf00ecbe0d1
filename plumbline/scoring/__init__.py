"""Scores from a questionnaire's items: the rules are rows, missing items are treated as they say, nothing is guessed.

`score_items` scores one questionnaire, `plumbline.intake.scored` a file of them. An import keeps the raw items and the
rule beside the score. The items' wording is licensed and never shipped: an item is its number.
"""

from plumbline.scoring.items import Scored, score_items
from plumbline.scoring.rules import Rule, contradiction, offset_of, rule_of, rules

__all__ = ["Rule", "Scored", "contradiction", "offset_of", "rule_of", "rules", "score_items"]
