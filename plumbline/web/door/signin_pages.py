"""The pages for people who aren't signed in: plain HTML without a script, in words that say what to do."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from starlette.responses import HTMLResponse

from plumbline.access.sessions import ABSOLUTE, IDLE

_KEPT = "What you had begun to enter is kept."
WHY = {
    "idle": f"You were signed out, as nobody used this page for {int(IDLE.total_seconds() // 60)} minutes. {_KEPT}",
    "absolute": f"You were signed out, as {int(ABSOLUTE.total_seconds() // 3600)} hours had passed. {_KEPT}",
    "sign_out": "You are signed out.",
    "everywhere": "You are signed out, on every device.",
    "account": f"What you may see was changed, so you were signed out. {_KEPT} Sign in again to go on.",
    "replaced": "You signed in anew in this browser, so this page was closed.",
    "too_many": "You are signed in on too many devices, so this one was signed out.",
    "restart": f"The clock of this machine was set back, so you were signed out. {_KEPT}",
}


@cache
def _template() -> Template:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=folder, autoescape=True).get_template("signin.html")


def asked(why: str | None, go: str) -> HTMLResponse:
    """Why somebody is out, where that is known, and the button that leads in."""
    said = WHY.get(why or "")
    sentences = [said] if said else ["Sign in with your hospital's account to see your patients."]
    title = "You are signed out" if said else "Sign in"
    return HTMLResponse(_template().render(title=title, sentences=sentences, go=go, label="Sign in"))


def denied(identity: tuple[str, str]) -> HTMLResponse:
    """The provider knows the person, and nobody has let them in here: what to pass on."""
    sentences = [
        "Your hospital's sign-in knows you, but you have no open account in Plumbline.",
        "Pass these two lines on to whoever looks after Plumbline. They are no secret.",
    ]
    facts = [("Issuer", identity[0]), ("Subject", identity[1])]
    told = {"title": "No account here", "sentences": sentences, "facts": facts}
    return HTMLResponse(_template().render(**told, go="/signin", label="Try again"), 403)


def failed(code: str, *, is_theirs: bool) -> HTMLResponse:
    """The sign-in didn't come to its end: 503 where the provider doesn't answer, else 400."""
    if is_theirs:
        title, sentence = "Sign-in isn't answering", "Your hospital's sign-in doesn't answer. Try again in a minute."
    else:
        title, sentence = "Sign-in didn't finish", "It took too long, or was begun in another window. Begin it again."
    sentences = [sentence, f"If it goes on, tell whoever looks after Plumbline this code: {code}."]
    told = {"title": title, "sentences": sentences}
    return HTMLResponse(_template().render(**told, go="/signin", label="Sign in"), 503 if is_theirs else 400)


def out_of_order(said: str) -> HTMLResponse:
    """Plumbline itself can't let anybody in."""
    return HTMLResponse(_template().render(title="Not now", sentences=["Nobody can sign in now.", said]), 503)
