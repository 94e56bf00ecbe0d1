"""The raw items beside the score that was made of them: facts of their own, which come and go with their score.

An import puts `Scored.told` into the column `items` of the score's row (`plumbline.intake`); what is entered and undone
copies and retracts them along with it. So a score has either all of its items, or none.
"""

from __future__ import annotations

from typing import Any

from plumbline import sql


def items_of(cursor: Any, score_id: str) -> list[dict[str, Any]]:
    """The current items of one score, in their order: item, answer, points, scoring_rule, coding."""
    return sql.rows(cursor, "scoring/item_of_score", score_id=score_id)
