"""`pytest --attacks`: run the tests that make an attack of the security study, and print which number came to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

_ATTACK = "attack"
_RESULTS: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--attacks", action="store_true", help="only the tests of attacks, and a table of them")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The numbers go with each test's report: where several processes test, the one that prints collects nothing."""
    made: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        numbers = {int(number) for mark in item.iter_markers(_ATTACK) for number in mark.args}
        item.user_properties += [(_ATTACK, number) for number in sorted(numbers)]
        (made if numbers else others).append(item)
    if config.getoption("--attacks"):
        config.hook.pytest_deselected(items=others)
        items[:] = made


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or report.failed:
        for name, number in report.user_properties:
            if name == _ATTACK:
                _RESULTS[int(str(number))][report.nodeid.partition("[")[0]].append(report.outcome)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("--attacks"):
        return
    terminalreporter.section("attacks")
    for line in table():
        terminalreporter.line(line)


def table() -> Iterator[str]:
    """A row for each number and test: how many cases ended how."""
    yield "| attack | test | result |"
    yield "|---|---|---|"
    for number, tests in sorted(_RESULTS.items()):
        for name, outcomes in sorted(tests.items()):
            said = ", ".join(f"{outcomes.count(one)} {one}" for one in dict.fromkeys(outcomes))
            yield f"| {number} | {name} | {said} |"
