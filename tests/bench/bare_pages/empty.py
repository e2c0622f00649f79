"""The least that Streamlit can show: one line."""

import streamlit as st

st.html('<p id="bare">Bereit.</p>')
