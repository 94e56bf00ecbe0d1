"""Any sequence of entering, correcting, taking back and undoing ends as a plain replay of it in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline import summary
from plumbline.entry.record import undo
from plumbline.entry.steps import Add, Changed, Correct, Refused, Retract
from plumbline.store import Store, open_store
from tests.entry.conftest import BY, saved
from tests.facts import Facts, day

PEOPLE = 400
# Each kind: the values that may be drawn, and what makes two facts the same entry.
VALUES: dict[str, dict[str, list[Any]]] = {
    "score": {
        "instrument": ["nrs_back", "odi"], "value": [0.0, 2.0, 9.0, 10.0], "status": ["done"],
        "moment_on": [day(-3), day(2), day(9)],
    },
    "milestone": {"milestone": ["stairs", "driving"], "status": ["not_yet", "unable"], "moment_on": [day(2), day(40)]},
    "event": {"kind": ["fall", "chest_breath", "red_flag_closed"], "moment_on": [day(2), day(9)]},
    "medication": {"drug": ["tramadol", "paracetamol"], "moment_on": [day(0), day(5)], "dose": [None]},
    "note": {"kind": ["visit", "call"], "text": ["Better.", "Worse."], "moment_on": [day(2)]},
    "goal": {"words": ["Walk to church", "Swim"], "moment_on": [day(2)], "due_on": [day(40), day(90)]},
}  # fmt: skip
KEYS: dict[str, tuple[str, ...]] = {
    "score": ("instrument", "moment_on"),
    "milestone": ("milestone", "moment_on"),
    "event": ("kind", "moment_on"),
    "medication": ("drug", "moment_on"),
    "note": ("kind", "moment_on", "text"),
    "goal": ("words",),
}
READ = """
select 'score', instrument, value::varchar, taken_on from score where patient_id = $p and retracted_at is null
union all
select 'milestone', milestone, status, happened_on from milestone_event where patient_id = $p and retracted_at is null
union all
select 'event', kind, null, happened_on from event where patient_id = $p and retracted_at is null
union all
select 'medication', drug, null, started_on from medication where patient_id = $p and retracted_at is null
union all
select 'note', kind, text, written_on from note where patient_id = $p and retracted_at is null
union all
select 'goal', words, due_on::varchar, set_on from goal where patient_id = $p and retracted_at is null
"""


def fact(kind: str) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.fixed_dictionaries({name: st.sampled_from(these) for name, these in VALUES[kind].items()}).map(
        lambda values: (kind, values)
    )


FACT = st.sampled_from(sorted(VALUES)).flatmap(fact)
PLACE = st.integers(0, 7)
ACTION = st.one_of(
    st.tuples(st.just("add"), st.lists(FACT, min_size=1, max_size=2)),
    st.tuples(st.just("correct"), PLACE, FACT),
    st.tuples(st.just("retract"), PLACE, st.none()),
    st.tuples(st.just("undo"), PLACE, st.none()),
)


@dataclass
class Replay:
    """What should hold: facts by slot, and for each entry what each slot held before and after."""

    facts: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    entries: list[tuple[str, list[tuple[str | None, str | None, Any, Any]]]] = field(default_factory=list)
    undone: set[str] = field(default_factory=set)

    def taken(self, kind: str, values: dict[str, Any], but: str | None = None) -> bool:
        """Whether another fact already has this natural key."""
        key = [values[name] for name in KEYS[kind]]
        return any(
            one == kind and [told[name] for name in KEYS[kind]] == key
            for slot, (one, told) in self.facts.items()
            if slot != but
        )

    def shown(self) -> Counter[tuple[Any, ...]]:
        """The facts as the store's own tables would show them."""
        said: dict[str, tuple[str, str | None]] = {"score": ("instrument", "value"), "event": ("kind", None)}
        said |= {"milestone": ("milestone", "status")}
        said |= {"medication": ("drug", None), "note": ("kind", "text"), "goal": ("words", "due_on")}
        return Counter(
            (kind, values[first], None if second is None else str(values[second]), values["moment_on"])
            for kind, values in self.facts.values()
            for first, second in (said[kind],)
        )


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = open_store(":memory:")
    facts = Facts()
    facts.clinic()
    for number in range(PEOPLE):
        facts.patient(f"p{number}")
        facts.episode(f"e{number}", f"p{number}")
    facts.write(opened)
    yield opened
    opened.close()


def act(store: Store, replay: Replay, episode_id: str, action: tuple[Any, ...]) -> None:
    """Do one action to the store and to the replay; where one refuses, so must the other."""
    name, first, second = (*action, None)[:3]
    if name == "add":
        add(store, replay, episode_id, first)
    elif name == "undo" and replay.entries:
        take_back(store, replay, *replay.entries[first % len(replay.entries)])
    elif name in {"correct", "retract"} and replay.facts:
        slot = sorted(replay.facts)[first % len(replay.facts)]
        kind, old = replay.facts[slot]
        if name == "retract":
            entry = saved(store, Retract(kind, slot), episode_id=episode_id, why="slip")
            replay.entries.append((entry.entry_id, [(slot, None, (kind, old), None)]))
            del replay.facts[slot]
        elif second[0] == kind:
            correct(store, replay, episode_id, slot, second)


def add(store: Store, replay: Replay, episode_id: str, facts: list[tuple[str, dict[str, Any]]]) -> None:
    trial = Replay(dict(replay.facts))
    clash = False
    for number, (kind, values) in enumerate(facts):
        clash |= trial.taken(kind, values)
        trial.facts[f"new-{number}"] = (kind, values)
    steps = [Add(kind, values) for kind, values in facts]
    if clash:
        with pytest.raises(Refused):
            saved(store, *steps, episode_id=episode_id)
        return
    entry = saved(store, *steps, episode_id=episode_id)
    changes = list(zip(entry.fact_ids, facts, strict=True))
    replay.facts |= {str(slot): one for slot, one in changes}
    replay.entries.append((entry.entry_id, [(None, slot, None, one) for slot, one in changes]))


def correct(store: Store, replay: Replay, episode_id: str, slot: str, to: tuple[str, dict[str, Any]]) -> None:
    kind, values = to
    step = Correct(kind, slot, values)
    if replay.taken(kind, values, but=slot):
        with pytest.raises(Refused):
            saved(store, step, episode_id=episode_id, why="slip")
        return
    entry = saved(store, step, episode_id=episode_id, why="slip")
    new = str(entry.fact_ids[0])
    replay.entries.append((entry.entry_id, [(slot, new, replay.facts.pop(slot), to)]))
    replay.facts[new] = to


def take_back(store: Store, replay: Replay, entry_id: str, changes: list[Any]) -> None:
    trial = Replay(dict(replay.facts))
    possible = entry_id not in replay.undone
    for before, after, old, _ in reversed(changes):
        possible &= after is None or trial.facts.pop(after, None) is not None
        if before is not None:
            possible &= not trial.taken(*old)
            trial.facts[before] = old
    if not possible:
        with pytest.raises((Changed, Refused)):
            undo(store, BY, entry_id)
        return
    entry = undo(store, BY, entry_id)
    replay.undone.add(entry_id)
    made = []
    for (before, after, old, new), slot in zip(reversed(changes), entry.fact_ids, strict=True):
        if after is not None:
            del replay.facts[after]
        if before is not None:
            replay.facts[str(slot)] = old
        made.append((after, slot, new, old if before is not None else None))
    replay.entries.append((entry.entry_id, made))


def check(store: Store, number: int, actions: list[Any]) -> None:
    """Do the actions to one patient; what the store holds then is what the replay says, and so is the summary."""
    replay = Replay()
    patient, episode = f"p{number}", f"e{number}"
    for action in actions:
        act(store, replay, episode, action)
    cursor = store.cursor()
    assert Counter(map(tuple, cursor.execute(READ, {"p": patient}).fetchall())) == replay.shown()
    text = "from episode_summary where patient_id = $p"
    kept = cursor.execute(text, {"p": patient}).fetchall()
    with store.write(quietly=True) as writing:
        summary.refresh(writing, [patient])
    assert cursor.execute(text, {"p": patient}).fetchall() == kept


def runs(examples: int) -> Any:
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )  # fmt: skip


NUMBERS = iter(range(10**9))


def fresh(store: Store) -> int:
    """A patient that no example has touched yet; everyone is wiped when all were used."""
    number = next(NUMBERS)
    if number and number % PEOPLE == 0:
        with store.write() as cursor:
            for table in ("score", "milestone_event", "event", "medication", "note", "goal", "change"):
                cursor.execute(f"delete from {table}")
            summary.refresh(cursor, None)
    return number % PEOPLE


@runs(15)
@given(st.lists(ACTION, min_size=2, max_size=8))
@pytest.mark.slow
def test_a_sequence_ends_as_its_replay(store: Store, actions: list[Any]) -> None:
    check(store, fresh(store), actions)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_a_thousand_sequences_end_as_their_replay(store: Store, part: int) -> None:
    done = []

    @runs(500)
    @given(st.lists(ACTION, min_size=2 + part, max_size=4 + 3 * part))
    def sequences(actions: list[Any]) -> None:
        check(store, fresh(store), actions)
        done.append(len(actions))

    sequences()
    assert len(done) >= 500
