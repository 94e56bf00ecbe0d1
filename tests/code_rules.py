"""What the code may not do. Each rule takes the root of a source tree and gives its faults in words.

`test_rules.py` holds this repository to every rule, and shows for each that a seeded fault is seen.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = {"pages": 80, "plumbline": 250}
MOST_FUNCTION_LINES = 50
MAY_DRAW = ("app.py", "pages/", "plumbline/web/")
SCALARS = {"str", "int", "float", "bool", "date", "None", "str | None", "date | None", "float | None", "int | None"}
# who executes text, and which functions there build it, from names of tables and catalogs that are ours
EXECUTES: dict[str, set[str]] = {
    "plumbline/sql.py": set(),
    "plumbline/store.py": {"_load_file"},
    "plumbline/known.py": {"_attach", "_detach", "_copy"},
    "plumbline/compact.py": {"_sort"},
    "plumbline/backup.py": {"_hashed"},
    "plumbline/still.py": set(),
    "plumbline/export/store.py": {"_write"},
    "plumbline/export/fhir.py": {"_copied"},
    "plumbline/verify_reference.py": {"_differs"},
    "plumbline/intake/undo.py": {"_retract", "_restore"},
}
NETWORK = {
    *("requests", "httpx", "httpx2", "authlib", "aiohttp", "urllib.request", "http.client", "smtplib", "ftplib"),
    "urllib3",
}
IDENTIFIERS = re.compile(  # names that look like addresses and are never fetched
    r"https?://(127\.0\.0\.1|localhost|loinc\.org|snomed\.info|hl7\.org|terminology\.hl7\.org|www\.w3\.org|"
    r"unitsofmeasure\.org|[a-z]+\.example(?!\.?\w)|www\.nlm\.nih\.gov|\{)"
)
ASKS_THE_PROVIDER = "plumbline/web/door/signin.py"
FOR_EVERYBODY: set[str] = {"_sign_out", "_everywhere", "_warning"}  # whoever is in may leave
MARKDOWN = {
    *("markdown", "write", "caption", "title", "header", "subheader", "info", "warning", "error", "success", "badge"),
    *("button", "metric", "page_link", "link_button", "expander", "toast", "popover", "toggle", "checkbox"),
}
OUR_WORDS = {"mark", "verdict_label", "state", "phase_label"}  # from data/reference, never from a file of a clinic
JUDGING = ("pages/", "plumbline/status.py", "plumbline/summary.py", "plumbline/charts/", "plumbline/web/")


def _files(root: Path, *tops: str, suffix: str = ".py") -> Iterator[tuple[str, Path]]:
    for top in tops:
        path = root / top
        found = [path] if path.is_file() else sorted(path.rglob(f"*{suffix}"))
        yield from ((file.relative_to(root).as_posix(), file) for file in found)


def _trees(root: Path, *tops: str) -> Iterator[tuple[str, ast.Module]]:
    for name, file in _files(root, *tops):
        yield name, ast.parse(file.read_text(encoding="utf-8"))


def _code(root: Path) -> Iterator[tuple[str, ast.Module]]:
    yield from _trees(root, "app.py", "pages", "plumbline")


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def no_pages_beside_the_entry(root: Path) -> list[str]:
    """Streamlit would serve such a folder around the entry script and its guard."""
    return ["a folder pages stands beside entry.py"] if (root / "plumbline" / "web" / "pages").exists() else []


def streamlit_stays_in_the_web_layer(root: Path) -> list[str]:
    """Only app.py, the pages and plumbline/web know Streamlit; nothing imports a page."""
    faults = []
    for name, tree in _code(root):
        for node in ast.walk(tree):
            found = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            tops = {module.split(".")[0] for module in found}
            if "streamlit" in tops and not name.startswith(MAY_DRAW):
                faults.append(f"{name} imports streamlit")
            if tops & {"pages", "app"}:
                faults.append(f"{name} imports a page")
    return faults


def statistics_load_where_they_are_used(root: Path) -> list[str]:
    """statsmodels and scipy take a second or two to load: within a function, so that `status` needn't wait for them."""
    faults = []
    for name, tree in _code(root):
        inside = {id(one) for function in _functions(tree) for one in ast.walk(function)}
        for node in ast.walk(tree):
            found = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            heavy = {module.split(".")[0] for module in found} & {"scipy", "statsmodels"}
            faults += [f"{name} loads {one} when it is imported" for one in heavy if id(node) not in inside]
    return faults


def nothing_draws_untrusted_markup(root: Path) -> list[str]:
    """No HTML, maps, links or pictures from data; only our own stylesheet, as a file."""
    faults = []
    for name, tree in _code(root):
        for call, func in _calls(tree):
            last = func.rsplit(".", 1)[-1]
            ours = name == "plumbline/web/ui.py" and [ast.unparse(arg) for arg in call.args] == ["HERE / 'style.css'"]
            if func.startswith("st.") and last in {"html", "iframe", "map", "pydeck_chart"} and not ours:
                faults.append(f"{name}:{call.lineno} calls {func}")
            if last in {"LinkColumn", "ImageColumn", "Href", "Url", "mark_image"} or func.startswith("components."):
                faults.append(f"{name}:{call.lineno} uses {func}")
            keywords = {keyword.arg for keyword in call.keywords}
            faults += [f"{name}:{call.lineno} passes {bad}" for bad in keywords & {"unsafe_allow_html", "href"}]
            if func in {"st.set_page_config", "st.Page"} and ":material" in ast.unparse(call):
                faults.append(f"{name}:{call.lineno} has a page icon that the browser fetches from a font server")
    return faults


def files_leave_by_ticket(root: Path) -> list[str]:
    """Nothing is given to Streamlit to keep as a file: its /media serves whoever asks, and the gate closes it."""
    kept = {"download_button", "image", "audio", "video", "pdf", "media_file_mgr"}
    faults = []
    for name, tree in _code(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in kept:
                faults.append(f"{name}:{node.lineno} uses {node.attr}: plumbline/web/downloads.py gives files out")
    return faults


def every_chart_has_words(root: Path) -> list[str]:
    """What a screen reader says of a chart: its `alt`. The course's is long and stands in its own specification."""
    faults = []
    in_its_specification = {"plumbline/web/patient/chart.py"}
    for name, tree in _trees(root, "pages", "plumbline/web"):
        for call, func in _calls(tree):
            drawn = func.startswith("st.") and func.rpartition(".")[2] in {"vega_lite_chart", "altair_chart"}
            has_words = name in in_its_specification or "alt" in {keyword.arg for keyword in call.keywords}
            if drawn and not has_words:
                faults.append(f"{name}:{call.lineno} draws without alt")
    return faults


def words_from_outside_are_shown_plainly(root: Path) -> list[str]:
    """What a row of data holds goes through `plain` before it stands in Markdown; our own reference words may not."""
    faults = []
    for name, tree in _trees(root, "pages", "plumbline/web"):
        for call, func in _calls(tree):
            if not func.startswith("st.") or func.rsplit(".", 1)[-1] not in MARKDOWN:
                continue
            shown = [
                *call.args,
                *(keyword.value for keyword in call.keywords if keyword.arg in {"label", "body", "help"}),
            ]
            for value in _formatted(shown):
                if _from_a_row(value) and not ast.unparse(value).startswith("plain("):
                    faults.append(f"{name}:{call.lineno} shows {ast.unparse(value)} without plain")
    return faults


def _formatted(shown: list[ast.expr]) -> Iterator[ast.expr]:
    """The values inside f-strings, but for those with a format of their own, such as a date or a number."""
    for one in shown:
        if isinstance(one, ast.JoinedStr):
            yield from (
                part.value for part in one.values if isinstance(part, ast.FormattedValue) and not part.format_spec
            )
        elif _from_a_row(one):
            yield one


def _from_a_row(value: ast.expr) -> bool:
    if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant):
        return isinstance(value.slice.value, str) and value.slice.value not in OUR_WORDS
    return isinstance(value, ast.Attribute) and ast.unparse(value.value) == "row" and value.attr not in OUR_WORDS


def caches_are_keyed_by_plain_values(root: Path) -> list[str]:
    """`st.cache_data` samples big frames and leaves arguments with an underscore out of the key."""
    faults = []
    for name, tree in _code(root):
        for function in _functions(tree):
            if not any("cache_data" in ast.unparse(decorator) for decorator in function.decorator_list):
                continue
            for argument in [*function.args.args, *function.args.kwonlyargs]:
                told = ast.unparse(argument.annotation) if argument.annotation else "nothing"
                if argument.arg.startswith("_") or told not in SCALARS:
                    faults.append(f"{name}:{function.lineno} caches by {argument.arg}: {told}")
    return faults


def pages_begin_with_their_guard(root: Path) -> list[str]:
    """The first thing that a page does is `page(...)`, which calls require."""
    faults = []
    for name, tree in _trees(root, "pages"):
        body = tree.body[1:] if ast.get_docstring(tree) else tree.body
        doing = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef)]
        first = doing[0] if doing else None
        value = first.value if isinstance(first, ast.Assign | ast.Expr) else None
        if not isinstance(value, ast.Call) or ast.unparse(value.func).rsplit(".", 1)[-1] != "page":
            faults.append(f"{name} doesn't begin with page(...)")
    return faults


def fragments_and_callbacks_are_guarded(root: Path) -> list[str]:
    """A fragment or a callback runs without the page's first line, so it calls require itself."""
    faults = []
    for name, tree in _trees(root, "pages", "plumbline/web"):
        functions = {function.name: function for function in _functions(tree)}
        guarded = {one for one, function in functions.items() if re.search(r"\brequire\(", ast.unparse(function))}
        fragments = {one for one, it in functions.items() if "fragment" in ast.unparse(it).partition("def ")[0]}
        called = {
            keyword.value.id
            for call, _ in _calls(tree)
            for keyword in call.keywords
            if keyword.arg in {"on_click", "on_change", "on_select", "on_submit"}
            and isinstance(keyword.value, ast.Name)
        }
        free = FOR_EVERYBODY if name == "plumbline/web/account_menu.py" else set()
        bare = (fragments | called) & set(functions) - guarded - free
        faults += [f"{name}: {one} runs without require" for one in sorted(bare)]
    return faults


def everything_is_short(root: Path) -> list[str]:
    """Pages, files and functions that one person reads at a glance."""
    faults = []
    for top, most in MOST_LINES.items():
        for name, file in _files(root, top):
            lines = len(file.read_text(encoding="utf-8").splitlines())
            faults += [f"{name} has {lines} lines, more than {most}"] if lines > most else []
    for name, tree in _code(root):
        for function in _functions(tree):
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > MOST_FUNCTION_LINES:
                faults.append(f"{name}: {function.name} has {lines} lines, more than {MOST_FUNCTION_LINES}")
    return faults


def sql_lives_in_files(root: Path) -> list[str]:
    """Code runs query files by name. Only a few files execute text, and what they build is audited there."""
    faults = []
    for name, tree in _code(root):
        for call, func in _calls(tree):
            if not func.endswith((".execute", ".executemany")) or not call.args:
                continue
            text = call.args[0]
            if name not in EXECUTES:
                faults.append(f"{name}:{call.lineno} executes SQL: put it in queries/")
            elif isinstance(text, ast.BinOp) or (isinstance(text, ast.Call) and ".format" in ast.unparse(text.func)):
                faults.append(f"{name}:{call.lineno} builds SQL from parts")
            elif isinstance(text, ast.JoinedStr) and _outside(EXECUTES[name], tree, call):
                faults.append(f"{name}:{call.lineno} formats SQL")
    return faults


def _outside(builders: set[str], tree: ast.Module, call: ast.Call) -> bool:
    """Only these functions name our own tables and catalogs in a text."""
    named = [function for function in _functions(tree) if function.name in builders]
    return not any(f.lineno <= call.lineno <= (f.end_lineno or 0) for f in named)


def numbers_that_judge_are_rows(root: Path) -> list[str]:
    """A comparison with a number is a threshold; those are rows in data/reference, with their source."""
    faults = []
    compared = re.compile(r"(?:<=|>=|<>|!=|<|>|=|\bbetween)\s*-?(\d+(?:\.\d+)?)\b")
    for name, file in _files(root, "queries", suffix=".sql"):
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            plain = re.sub(r"'[^']*'", "''", line) if not line.startswith("--") else ""
            told = compared.findall(plain) + compared.findall(re.sub(r"between \S+ and", "<=", plain))
            faults += [f"{name}:{number} compares with {value}" for value in told if float(value) not in {0, 1, 2}]
    for name, tree in _trees(root, *JUDGING):
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare) and "len(" not in ast.unparse(node):
                faults += [
                    f"{name}:{node.lineno} compares with {side.value}"
                    for side in [node.left, *node.comparators]
                    if isinstance(side, ast.Constant)
                    and isinstance(side.value, int | float)
                    and side.value not in {-1, 0, 1, 2}
                ]
    return faults


def nothing_calls_out(root: Path) -> list[str]:
    """No client of any network, and no address of one, in code, queries, settings or styles."""
    faults = []
    for name, tree in _code(root):
        for node in ast.walk(tree):
            found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                found += [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            named = {module for module in found if module in NETWORK or module.partition(".")[0] in NETWORK}
            faults += [f"{name} imports {module}" for module in sorted(named) if name != ASKS_THE_PROVIDER]
    tops, kinds = ("pages", "plumbline", "queries"), (".py", ".sql", ".css", ".svg", ".toml")
    places = [("app.py", ".py"), (".streamlit/config.toml", ".toml"), *((top, kind) for top in tops for kind in kinds)]
    for top, suffix in places:
        for name, file in _files(root, top, suffix=suffix):
            for address in re.findall(r"https?://[^\s\"'`)]*", file.read_text(encoding="utf-8")):
                if not IDENTIFIERS.match(address) and len(address) > len("https://"):
                    faults.append(f"{name} names {address}")
    return faults


def public_names_are_explained(root: Path) -> list[str]:
    """Every public module, class and function of the package says what it is."""
    faults = []
    for name, tree in _trees(root, "plumbline"):
        if tree.body and not ast.get_docstring(tree):
            faults.append(f"{name} has no docstring")
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        told = [*tree.body, *(item for one in classes if not one.name.startswith("_") for item in one.body)]
        named = [one for one in told if isinstance(one, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
        for node in named:
            if not node.name.startswith("_") and not ast.get_docstring(node):
                faults.append(f"{name}:{node.lineno} {node.name} has no docstring")
    return faults


def the_changelog_has_room(root: Path) -> list[str]:
    """What changed since the last release has a place, and something in it."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^## Unreleased\n(?:(?!## ).*\n)*?- .", text, flags=re.MULTILINE)
    return [] if found else ["CHANGELOG.md has no line under Unreleased"]


def nothing_secret_is_tracked(names: list[str]) -> list[str]:
    """No store, key, secret or planted truth under version control."""
    secret = re.compile(r"(\.duckdb(\.\w+)?|\.wal|\.sock|\.truth\.json|\.pem|\.key|\.sqlite|(^|/)\.env|secrets\.toml)$")
    return [f"{name} is tracked" for name in names if secret.search(name)]


def nobody_real_is_named(root: Path, names: list[str]) -> list[str]:
    """No e-mail address, telephone number or social security number that could be somebody's, and no key."""
    kinds = {
        "an e-mail address": r"[\w.+-]+@(?!(?:[\w-]+\.)*(?:example(?:\.\w+)?|invalid|test)\b)[\w-]+\.[a-z]{2,}\b",
        "a telephone number": r"\+\d{1,3}[ -]\(?\d{2,4}\)?[ -](?!555|5550|960|0000)\d{3,4}[ -]?\d{0,4}",
        "a social security number": r"\b(?!999|000)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b",
        "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    }
    faults = []
    for name in names:
        try:
            text = (root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        faults += [f"{name} holds {what}" for what, pattern in kinds.items() if re.search(pattern, text)]
    return faults


RULES = [
    no_pages_beside_the_entry,
    streamlit_stays_in_the_web_layer,
    statistics_load_where_they_are_used,
    nothing_draws_untrusted_markup,
    files_leave_by_ticket,
    every_chart_has_words,
    words_from_outside_are_shown_plainly,
    caches_are_keyed_by_plain_values,
    pages_begin_with_their_guard,
    fragments_and_callbacks_are_guarded,
    everything_is_short,
    sql_lives_in_files,
    numbers_that_judge_are_rows,
    nothing_calls_out,
    public_names_are_explained,
    the_changelog_has_room,
]
