"""Every attack of the security study has its test; the one on small groups comes with the comparison of cohorts."""

from __future__ import annotations

import re

from plumbline import sql

ON_COHORTS = {56}  # groups too small to be shown: with the comparison of cohorts
LAST = 60


def test_every_attack_has_a_test() -> None:
    made: set[int] = set()
    for path in (sql.ROOT / "tests").rglob("*.py"):
        for numbers in re.findall(r"@pytest\.mark\.attack\(([\d, ]+)\)", path.read_text(encoding="utf-8")):
            made |= {int(number) for number in numbers.split(",")}
    assert made >= set(range(1, LAST + 1)) - ON_COHORTS
    assert max(made) <= LAST
