"""A browser without a screen: speaks Streamlit's own messages over its WebSocket, and counts what comes back."""

from __future__ import annotations

import time
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

TIMEOUT_SECONDS = 60.0


class ScriptFailed(Exception):
    """The page ended with an error, or showed one."""


class Client:
    """One session on a page. `run()` asks for a run of the script and waits for its end."""

    def __init__(self, port: int, page: str = "", query: str = "", headers: dict[str, str] | None = None) -> None:
        self._connecting = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            origin=Origin(f"http://127.0.0.1:{port}"),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=headers or {},
            max_size=None,
            open_timeout=20,
        )
        self._page, self._query = page, query
        self._page_hash = ""
        self._widgets: dict[str, WidgetState] = {}
        self.ids: dict[str, str] = {}
        self.elements = 0
        self.received = 0

    def __enter__(self) -> Self:
        self._socket = self._connecting.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._connecting.__exit__(*error)

    def choose(self, key: str, *values: str) -> None:
        """Set a widget that holds a list of words, such as a segmented control, by its key; sent with the next run."""
        state = WidgetState(id=self.ids[key])
        state.string_array_value.data.extend(values)
        self._widgets[key] = state

    def run(self) -> float:
        """One run of the script; gives its seconds as the client sees them. Raises ScriptFailed."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        message.rerun_script.page_script_hash = self._page_hash
        message.rerun_script.widget_states.widgets.extend(self._widgets.values())
        message.rerun_script.context_info.timezone = "UTC"
        message.rerun_script.context_info.color_scheme = "light"
        self.elements = self.received = 0
        began = time.perf_counter()
        self._socket.send(message.SerializeToString())
        while not self._read():
            pass
        return time.perf_counter() - began

    def _read(self) -> bool:
        data = self._socket.recv(timeout=TIMEOUT_SECONDS)
        if isinstance(data, str):
            raise ScriptFailed(f"text instead of a message: {data[:80]}")
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message.delta.new_element)
        if kind != "script_finished":
            return False
        if message.script_finished == ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY:
            return True
        if message.script_finished == ForwardMsg.ScriptFinishedStatus.FINISHED_WITH_COMPILE_ERROR:
            raise ScriptFailed("the script doesn't compile")
        return False

    def _note(self, element: Any) -> None:
        self.elements += 1
        kind = element.WhichOneof("type")
        inner = getattr(element, kind)
        if kind == "exception" or (kind == "alert" and inner.format == inner.ERROR):
            raise ScriptFailed(getattr(inner, "message", "") or inner.body)
        widget_id = getattr(inner, "id", "")
        if widget_id:
            self.ids[widget_id.split("-", 2)[-1]] = widget_id  # $$ID-<digest>-<key>
