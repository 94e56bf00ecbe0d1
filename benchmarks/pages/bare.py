"""The smallest page with a chart: one 200-point line. On the same server, this is what Streamlit itself costs."""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

kind = st.segmented_control("Axis", ["days", "dates"], default="days", key="axis")
days = np.arange(200)
frame = pd.DataFrame({"day": days, "pain": 5 + 3 * np.sin(days / (20 if kind == "days" else 21))})
st.altair_chart(alt.Chart(frame).mark_line().encode(x="day", y="pain"))
