"""Every attack of the security study has its test."""

from __future__ import annotations

import re

from plumbline import sql

LAST = 60


def test_every_attack_has_a_test() -> None:
    made: set[int] = set()
    for path in (sql.ROOT / "tests").rglob("*.py"):
        for numbers in re.findall(r"@pytest\.mark\.attack\(([\d, ]+)\)", path.read_text(encoding="utf-8")):
            made |= {int(number) for number in numbers.split(",")}
    assert made >= set(range(1, LAST + 1))
    assert max(made) <= LAST
