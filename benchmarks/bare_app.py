"""The bare page on the server configuration of app.py: same settings, same gate, same warm-up, same way to serve."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from plumbline.web.door.doors import Loopback
from plumbline.web.door.gate import Gate
from plumbline.web.server import serving


@asynccontextmanager
async def _warm(_app: Any) -> AsyncIterator[dict[str, Any]]:
    serving.warm()
    yield {}


app = st.App(
    "benchmarks/pages/bare.py",
    middleware=[Middleware(Gate, refusal=lambda: None, door=Loopback)],
    lifespan=_warm,
)
