"""The figures as tables for people; the same figures go to bench.json for machines."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

GOALS = (
    ("to_bare", "Patient page / bare page, CPU of one rerun", 1.5),
    ("worklist_to_bare", "Worklist / bare page, CPU of one rerun", 2.0),
    ("cohorts_to_bare", "Cohorts / bare page, CPU of one rerun", 2.0),
    ("to_plain", "Patient page / written plainly", 0.1),
)
LARGE = 3.0
REPLAY_MS = 300.0


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column(columns[0], no_wrap=True)
    for column in columns[1:]:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def goals(results: dict[str, Any]) -> list[dict[str, Any]]:
    """Each promised ratio: name, measured, goal, met."""
    page, read = results.get("page"), results.get("read")
    rows = [(words, page[key], goal) for key, words, goal in GOALS] if page else []
    if page:
        rows.append(("Patient page / written plainly, its queries kept", page["to_plain_cached"], 0.1))
        rows.append(("Second start, seconds", page["start_s"], 5.0))
    if read:
        rows.append(("One patient read, 100,000 patients / 1,000", read["large_to_small"], LARGE))
    if read and "replay_ms" in read:
        rows.append(("A patient page of the past adds, ms, 1,000 patients", read["replay_ms"]["small"], REPLAY_MS))
    if gate := results.get("gate"):
        rows.append(("Patient page behind the gate / in local mode, CPU", gate["rerun"], 1.05))
        rows.append(("Sign-in to the first page / the page in local mode", gate["arrival"], 1.2))
    if light := results.get("light"):
        rows.append(("Light page / one rerun of the Patient page, CPU", light["work"]["ratio"], 0.1))
        rows.append(("Light page, kB in all", round(light["work"]["bytes"] / 1000, 1), 300.0))
        rows.append(("Light page first seen / Patient page first seen", light["looks"], 0.25))
        rows.append(("A patient's PDF, warm, ms", light["pdf_ms"]["warm"], 150.0))
    if load := results.get("load"):
        for form, goal in (("csv", 2.5), ("parquet", 2.5), ("ndjson", 4.0)):
            rows.append((f"Import from {form} / plain load", load[form]["to_plain"]["seconds"], goal))
    if large := results.get("large"):
        rows.append(("One patient read, largest store / a tenth of it", large["read"]["large_to_small"], 2.0))
        rows.append(("Worklist of one clinic / raw scan of the scores", large["worklist"]["one_to_raw"], 0.5))
        rows.append(("Worklist of all clinics / raw scan of the scores", large["worklist"]["all_to_raw"], 0.5))
        rows.append(("A score entered / one bare row, each committed", large["entry"]["to_bare"], 10.0))
        rows.append(("Quartiles by week, one clinic / raw scan", large["weeks"]["one_to_raw"], 0.5))
        rows.append(("Quartiles by clinic, age and week / raw scan", large["weeks"]["all_to_raw"], 8.0))
    return [{"what": what, "measured": value, "goal": goal, "met": value <= goal} for what, value, goal in rows]


def show_speed(console: Console, results: dict[str, Any]) -> None:
    """The goals, then the medians behind them."""
    table = _table("Speed: ratios, side by side in one run", "what", "measured", "goal, at most", "met")
    for row in goals(results):
        table.add_row(row["what"], str(row["measured"]), str(row["goal"]), "yes" if row["met"] else "no")
    console.print(table)
    if "page" in results:
        page = results["page"]
        table = _table("Medians of one rerun", "page", "CPU ms", "wait ms", "kB sent", "elements")
        for name in page["cpu_ms"]:
            table.add_row(name, *(str(page[column][name]) for column in ("cpu_ms", "wait_ms", "kilobytes", "elements")))
        console.print(table)
    table = _table("Also", "what", "value")
    if "read" in results:
        for name, count in results["read"]["patients"].items():
            table.add_row(f"one patient read at {count:,} patients, ms", str(results["read"]["read_ms"][name]))
            table.add_row(f"a page of the past adds at {count:,} patients, ms", str(results["read"]["replay_ms"][name]))
    if "gate" in results:
        gate = results["gate"]
        table.add_row("first page seen in a browser in local mode, ms", str(gate["seen_ms"]["local"]))
        table.add_row("first page seen after the provider's yes, ms", str(gate["seen_ms"]["signed"]))
        words = {"local": "page without a browser in local mode", "signed": "sign-in and page without a browser"}
        for name, said in (words | {"provider": "the provider's own part of it"}).items():
            table.add_row(f"{said}, ms", str(gate["arrival_ms"][name]))
    if "light" in results:
        light = results["light"]
        table.add_row("light page: CPU of one look, ms", str(light["work"]["light"]))
        table.add_row("light page: wait for it, ms", str(light["work"]["light_wait"]))
        table.add_row("Patient page: CPU of one rerun, ms", str(light["work"]["staff"]))
        for name, said in (("light", "light page"), ("staff", "Patient page")):
            table.add_row(f"{said} first seen in a browser, ms", str(light["looks_ms"][name]))
        table.add_row("a patient's PDF, the first, ms", str(light["pdf_ms"]["first"]))
    if "large" in results:
        _large(table, results["large"])
    if table.row_count:
        console.print(table)


def show_imports(console: Console, load: dict[str, Any]) -> None:
    """What imports cost, form by form, beside a plain load of the same files."""
    table = _table(
        f"Imports of {load['patients']:,} patients beside a plain load of the same files", "files", "rows",
        "import, s", "plain load, s", "ratio", "ratio of processor time", "to the fact tables", "memory, MB",
    )  # fmt: skip
    facts = sum(count for kind, count in load["rows"].items() if kind != "observations")
    for form, rows in (("csv", facts), ("parquet", facts), ("ndjson", load["rows"]["observations"])):
        found = load[form]
        spent, ratio = found["spent"], found["to_plain"]
        to_facts = str(found["to_facts"]["processor"]) if "to_facts" in found else "–"
        table.add_row(
            form, f"{rows:,}", str(spent["import"]["seconds"]), str(spent["columns"]["seconds"]), str(ratio["seconds"]),
            str(ratio["processor"]), to_facts, f"{spent['import']['megabytes']:,.0f}",
        )  # fmt: skip
    console.print(table)


def _large(table: Table, large: dict[str, Any]) -> None:
    """What stands behind the ratios of the large store, and what isn't one."""
    for name, count in large["counts"].items():
        table.add_row(f"large store: {name.replace('_', ' ')} rows", f"{count:,}")
    table.add_row("large store: built in, s", str(large["build_s"]["large"]))
    for name, spent in large["read"]["ms"].items():
        table.add_row(f"one patient read, {name} store, ms", str(spent))
    words = {"raw": "raw scan of all scores", "raw_pain": "raw scan of the pain scores", "one": "worklist, one clinic"}
    words |= {"all": "worklist, all clinics", "surgeon": "worklist, one surgeon", "find": "worklist, an id found"}
    for name, spent in large["worklist"]["ms"].items():
        table.add_row(f"{words[name]}, ms", str(spent))
    table.add_row("worklist: a whole day worked out, beside the reads, s", str(large["worklist"]["work_out_s"]))
    table.add_row("worklist: one stale patient's lines remade, ms", str(large["worklist"]["remake_ms"]))
    of = {"one": "one clinic", "all": "all clinics by age"}
    for name, spent in large["weeks"]["ms"].items():
        whose, _, which = name.rpartition("_")
        if which in of:
            ratio = f", {large['weeks']['to_ours'][name]:g} times ours" if whose else ""
            table.add_row(f"quartiles by week, {of[which]}, {whose or 'the cube'}, ms", f"{spent}{ratio}")
    words = {"bare": "one bare row", "entered": "a score entered", "refreshed": "summary of one patient remade"}
    for name, spent in large["entry"]["ms"].items():
        table.add_row(f"{words[name]}, ms", str(spent))


def show_flags(console: Console, flags: dict[str, Any]) -> None:
    """Found, false and precise, rule by rule, under the words that say what this is worth."""
    console.print(f"\n[bold]Flags on {flags['patients']:,} made-up patients.[/bold] {flags['label']}")
    table = _table(
        "Planted problems found within 14 days", "problem", "scores in those days", "rule", "planted", "found", "share"
    )
    for row in flags["found"]:
        share = f"{100 * row['found'] / row['planted']:.0f}%" if row["planted"] else "–"
        table.add_row(row["problem"], row["scores"], row["rule"], str(row["planted"]), str(row["found"]), share)
    console.print(table)
    table = _table(
        "Amber by rule",
        "rule",
        "period",
        "raised",
        "true",
        "precision",
        "false per 100 patient-weeks",
        "of these truly sore",
    )
    for row in flags["false_amber"]:
        cells = (row["runs"], row["true"], row["precision"], row["false_per_100_weeks"], row["false_but_still_sore"])
        table.add_row(row["rule"], row["period"], *("–" if cell is None else str(cell) for cell in cells))
    console.print(table)
    table = _table(
        "Amber verdicts, first 12 weeks", "scores come", "verdict", "raised", "false", "false per 100 patient-weeks"
    )
    for row in flags["amber_all"]:
        table.add_row(
            row["diary"], row["verdict"], str(row["raised"]), str(row["false"]), str(row["false_per_100_weeks"])
        )
    console.print(table)


def show_keep(console: Console, kept: dict[str, Any]) -> None:
    """A backup of a store in use."""
    console.print(
        f"\nBackup of {kept['patients']:,} patients ({kept['megabytes']:.0f} MB) in {kept['seconds']:.1f} s; "
        f"the longest of {kept['writes']:,} writes beside it took {kept['longest_wait_ms']:.0f} ms (without a backup "
        f"{kept['longest_wait_without_ms']:.0f} ms; the goal is 300 ms at most)."
    )
