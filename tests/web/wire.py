"""A browser's end of Streamlit's WebSocket, without a browser: asks for a page and collects what is drawn."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import ClientConnection, connect


@dataclass
class Seen:
    """What one run of a page drew: every text, the kinds of the elements, buttons, and where the browser is sent."""

    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    not_found: bool = False
    pages: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    raw: bytes = b""
    buttons: dict[str, str] = field(default_factory=dict)
    sent_to: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """All texts in one."""
        return "\n".join(self.texts)


def page_hash(url_path: str) -> str:
    """What Streamlit calls a page by, once the browser knows it."""
    return str(calc_hash(url_path))


class Wire:
    """One session with the server, from this machine and with the right origin unless told otherwise."""

    def __init__(self, url: str, **headers: Any) -> None:
        given = {"origin": url, "subprotocols": ["streamlit"], "max_size": None, "open_timeout": 30, **headers}
        self._held = ExitStack()
        self.session_id = ""
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket: ClientConnection = self._held.enter_context(connect(address, **given))

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def send_raw(self, sent: str | bytes) -> None:
        """Send what a browser would never send."""
        self._socket.send(sent)

    def asking(
        self, name: str = "", query: str = "", by_hash: str = "", url: str = "", *, by_itself: bool = False
    ) -> bytes:
        """The message that asks for a page; `by_itself`: as a page does that refreshes without its reader."""
        message = BackMsg()
        message.rerun_script.page_name = name
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = by_hash
        message.rerun_script.context_info.url = url
        message.rerun_script.is_auto_rerun = by_itself
        return bytes(message.SerializeToString())

    def receive(self) -> bytes:
        """The next message of the server, as it comes."""
        return bytes(self._socket.recv(timeout=60))

    def ask(
        self, name: str = "", query: str = "", by_hash: str = "", url: str = "", *, by_itself: bool = False
    ) -> Seen:
        """Run a page by its name in the address or by its hash, and give what it drew."""
        self._socket.send(self.asking(name, query, by_hash, url, by_itself=by_itself))
        return self._drawn()

    def press(self, button: str, name: str = "") -> Seen:
        """Press a button of a page that was drawn, by its id, and give what the page draws then."""
        message = BackMsg()
        message.ParseFromString(self.asking(name))
        message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        self._socket.send(message.SerializeToString())
        return self._drawn()

    def _drawn(self) -> Seen:
        seen = Seen()
        while True:
            answer = ForwardMsg()
            received = self.receive()
            seen.raw += received
            answer.ParseFromString(received)
            kind = answer.WhichOneof("type")
            if kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return seen
            if kind == "new_session":
                self.session_id = answer.new_session.initialize.session_id
            if kind == "auth_redirect":
                seen.sent_to.append(answer.auth_redirect.url)
            if kind == "navigation":
                seen.pages = [one.page_name for one in answer.navigation.app_pages if not one.is_hidden]
            if kind == "page_not_found":
                seen.not_found = True
            if kind == "navigation":
                seen.offered = [page.page_name for page in answer.navigation.app_pages if not page.is_hidden]
            if kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
                _note(seen, answer.delta.new_element)


def _note(seen: Seen, element: Any) -> None:
    kind = str(element.WhichOneof("type"))
    seen.kinds.append(kind)
    inner = getattr(element, kind)
    if kind == "button":
        seen.buttons[inner.label] = inner.id
    seen.texts += [str(getattr(inner, name)) for name in ("body", "label", "message") if hasattr(inner, name)]
