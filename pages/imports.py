"""Bring data in: choose files, see what was found and what would happen to each row, import, undo."""

import streamlit as st

from plumbline.web.imports import check as checking
from plumbline.web.imports import found
from plumbline.web.imports import list as earlier
from plumbline.web.imports import map as mapping
from plumbline.web.ui import footer, page

ctx = page("Data in", "import_data")

st.header("Bring data in", anchor=False)
if ctx.store.synthetic:
    st.info("These patients are made up, so nothing else comes in. Use your own store: `make run STORE=my.duckdb`.")
elif ctx.known_at is not None:
    st.info("The past is only looked at: go back to now to bring data in.")
else:
    given = found.choose(ctx)
    if not given:
        checking.last(ctx)
    else:
        found.show(given)
        needs = given.of("table")
        chosen = mapping.choose(ctx, given) if needs else []
        if len(given.of("refused")) < len(given.looks) and (chosen or not needs):
            checking.check(ctx, given, chosen)
earlier.show(ctx)
footer(ctx)
