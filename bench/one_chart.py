"""The least that a page with a chart can be, to measure ours beside: run by Streamlit, not by us."""

import plotly.graph_objects as go
import streamlit as st

st.title("One chart")
st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[1, 2, 3])))
