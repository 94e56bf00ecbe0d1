"""Made-up pages of one made-up patient, for the renderings: what they say is theirs to draw, whatever it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import sqrt

from plumbline.progress.model import (
    Card,
    Chart,
    Edge,
    Guidance,
    Help,
    Note,
    Phone,
    Progress,
    Step,
    Steps,
    Summary,
    Tick,
    Visit,
)

CLINIC, EMERGENCY = Phone("Call the clinic 01632 960 142", "01632 960 142"), Phone("Call 112", "112")
HELP = Help(
    "When to call for help",
    "Call 112 now if:",
    ("your legs get weak or numb, or you cannot walk as before", "you cannot pass water, or you leak water or stool",
     "you are numb between your legs", "your chest hurts, you cannot breathe well, or you faint"),
    EMERGENCY,
    "Call your clinic today if:",
    ("you shiver, or have a fever of 38 °C (100 °F) or more", "your wound is red, hot or wet",
     "your calf is sore or swollen", "your back pain is new, sudden or much worse", "you had a fall",
     "you have a rash, feel confused or feel very sleepy"),
    CLINIC,
    "Clinic closed?",
    Phone("Call 01632 960 199", "01632 960 199"),
    "No one watches this page all day. Do not wait for a reply here.",
)  # fmt: skip
CARDS = (
    Card("no_loads", "avoid", "no_load", "Do not lift heavy things until 21 December",
         "Lift no more than a full kettle. Hold it close to you."),
    Card("walk_more", "movement", "walk", "Walk a bit more each day", "Try ten minutes, twice a day. Rest before you "
         "are tired."),
    Card("light_jobs", "movement", "home", "Try light jobs at home", "Wash a few cups, or fold clothes at the table. "
         "Stop if it hurts more."),
    Card("sit_tall", "posture", "seat", "Sit tall, and not for long", "Keep both feet flat. A small rolled towel can "
         "fill the hollow of your back."),
    Card("sleep", "sleep", "bed", "Keep your neck in line", "Sleep on a firm bed. Use one pillow that fills the gap "
         "at your neck."),
    Card("stretch", "exercise", "stretch", "Stretch gently", "Sit up and draw your shoulders back five times. Stop "
         "if it hurts more."),
    Card("eat", "food", "glass", "Eat and drink well", "Drink water with each meal. Have milk, eggs or fish each "
         "day."),
    Card("check_ups", "check_up", "calendar", "Come to your check-ups", "We look at your back, your pain and your "
         "tablets. Ask for a plan made just for you."),
)  # fmt: skip
HOLD = (
    Card("hold_new", "hold", "no_load", "Add nothing new for now", "Keep loads light. Leave new exercises until you "
         "have talked with us."),
    Card("hold_walk", "hold", "walk", "Short walks only", "Go slowly, and sit down when you need to."),
)  # fmt: skip
STEPS = Steps(
    "Steps you have reached",
    "Well done, Rosa.",
    tuple(Step(key, text) for key, text in (
        ("dress", "Washing and dressing alone: day 8"), ("walk", "A ten-minute walk: day 5"),
        ("stairs", "Stairs: day 3"), ("shower", "A shower: day 2"))),
    "Steps still ahead",
    tuple(Step(key, text) for key, text in (
        ("jobs", "Light jobs at home: most people by about day 15"), ("bag", "A full bag: not before 21 December"))),
    "",
)  # fmt: skip
ABOUT = (
    "Scores up to Monday 23 November.",
    "You know your body best. This page does not take the place of your care team.",
    "Opened today at 9:12. Was that not you or your family? Call us and we will turn the link off.",
    "All patients here are made up.",
)
WORDS = {
    "title": "Your recovery", "skip": "Skip to what we say today", "hide_range": "Hide the expected range",
    "show_range": "Show the expected range", "paper": "Paper copy (PDF)", "leave": "Close this page",
    "notes_left": "Not all notes fit on this paper. Ask us for the rest.",
}  # fmt: skip
MOST_LABELLED = 9  # marks, or their numbers would touch


def at(day: int | None, last: int) -> float:
    """Where a day is along the axis."""
    return 0.0 if day is None else 0.14 + 0.86 * sqrt(day) / sqrt(last)


def band(value: int | None) -> str:
    """A score in a word."""
    if value is None:
        return "no score"
    return "no pain" if value == 0 else "mild" if value <= 3 else "medium" if value <= 6 else "strong"


def visits(scores: list[tuple[int | None, int | None]], last: int, *, waits: bool = False) -> tuple[Visit, ...]:
    """Scores as marks and rows."""
    made = []
    for place, (day, value) in enumerate(scores):
        when = "Before" if day is None else f"Day {day}"
        newest = place == len(scores) - 1
        expected = "" if day is None else "to follow" if newest and waits else "0 to 6"
        said = f"{when}: no score." if value is None else f"{when}: pain {value}. It was 8 before."
        quiet = value is None or (len(scores) > MOST_LABELLED and day is not None)
        label = f"Now {value}" if newest and value is not None else "" if quiet else str(value)
        made.append(
            Visit(f"v{place + 1}", None, day, when, value, band(value), expected, said, at(day, last), newest, label)
        )
    return tuple(made)


def page(
    scores: list[tuple[int | None, int | None]],
    last: int,
    headline: str,
    lines: tuple[str, ...],
    edges: tuple[tuple[int, int, int], ...] = ((1, 1, 7), (7, 0, 7), (11, 0, 5), (42, 0, 5)),
    ticks: tuple[tuple[int | None, str], ...] = ((None, "Before"), (1, "Day 1"), (14, "2 weeks"), (42, "6 weeks")),
    *,
    waits: bool = False,
) -> Progress:
    """One page in English."""
    shown = visits(scores, last, waits=waits)
    values = [visit.value for visit in shown if visit.value is not None]
    chart = Chart(
        "Your pain scores", "Up means less pain: up is better.", "No pain", "Worst pain", "expected",
        "The striped area is where we expect your pain to be. Early days are drawn wider.", "Each score in words",
        ("When", "Your pain", "Expected"), shown,
        tuple(Edge(at(day, last), low, high) for day, low, high in edges if day <= last),
        tuple(Tick(at(day, last), label) for day, label in ticks),
        "No score" if any(visit.value is None for visit in shown) else "",
        "Your pain scores, from before your procedure until now.",
    )  # fmt: skip
    summary = Summary(
        "wait" if waits else "on", headline, lines, (8, "strong, before") if values else None,
        (values[-1], f"{band(values[-1])}, now") if values else None, CLINIC if waits else None, False,
        "Your next check-up: about Thursday 4 December, six weeks after your procedure.",
    )  # fmt: skip
    day = scores[-1][0] if scores else 9
    guidance = Guidance("What to do now", "The second week", HOLD if waits else CARDS, "")
    held = "We show the next steps once your care team has seen your score."
    steps = replace(STEPS, praise="", ahead=(), ahead_note=held) if waits else STEPS
    return Progress(
        "en", "ltr", date(2026, 11, 23), "Hello Rosa", f"Day {day}: two weeks after your procedure", summary,
        chart if scores else None, guidance, steps, "", (), HELP, "About this page", ABOUT, WORDS,
    )  # fmt: skip


DAY14 = page(
    [(None, 8), (1, 5), (3, 4), (7, 4), (14, 3)],
    42,
    "Your pain is easing as we expect.",
    ("It is 3 out of 10 now. It was 8 before.", "That is where we expect you to be by now.",
     "This is about your pain score only. If you feel worse, call us."),
)  # fmt: skip
DAY3 = page(
    [(None, 8), (1, 6), (3, 5)],
    14,
    "You have made a good start.",
    ("Your pain is 5 out of 10 now. It was 8 before.", "If you feel worse, call us."),
    edges=((1, 1, 7), (7, 0, 7), (11, 0, 5), (14, 0, 5)),
    ticks=((None, "Before"), (1, "Day 1"), (14, "2 weeks")),
)
DAY40 = page(
    [(None, 8), (1, 4), (7, None), (14, 3), (40, 6)],
    42,
    "We have your new score.",
    ("Your pain was 6 out of 10 on Monday 23 November.", "Your care team has not seen this score yet.",
     "Is the pain new or stronger? Call your clinic today.", "Do not wait for this page."),
    edges=((1, 1, 7), (7, 0, 7), (11, 0, 5), (14, 0, 5)),
    waits=True,
)  # fmt: skip
NONE = replace(
    page([], 42, "We have no score from you yet.", ("That is not a good sign or a bad sign. We just do not know.",
                                                    "Send a score when you can, or call us.")),
    steps=replace(STEPS, reached=(), praise=""),
)  # fmt: skip
_RED = page([(None, 8), (1, 5), (3, 4)], 14, "Call 112 now.", ("You told us: weak or numb legs.",
            "This needs help right away.", "Do not wait for a reply here."), edges=(),
            ticks=((None, "Before"), (1, "Day 1"), (14, "2 weeks")))  # fmt: skip
RED = replace(
    _RED, guidance=None, steps=None, summary=replace(_RED.summary, call=EMERGENCY, is_urgent=True, next_visit="")
)
OFF = replace(
    DAY14, chart=replace(DAY14.chart, edges=(), columns=("When", "Your pain", ""), caption="Early days are wider.",
                         visits=tuple(replace(one, expected="") for one in DAY14.chart.visits))
) if DAY14.chart else DAY14  # fmt: skip
DAILY = page(
    [(None, 8), *((day, max(2, 7 - day // 4) + day % 2) for day in range(1, 30))],
    42,
    "Your pain is easing as we expect.",
    ("It is 2 out of 10 now. It was 8 before.",),
)
NOTED = replace(
    DAY14,
    notes_heading="From your care team",
    notes=(Note(date(2026, 11, 20), "You did well on the stairs. Keep it up.", "Ines Moreno"),),
)
PAGES = {
    "day 3": DAY3, "day 14": DAY14, "day 40": DAY40, "no data": NONE, "red": RED, "range off": OFF, "daily": DAILY,
    "noted": NOTED,
}  # fmt: skip
