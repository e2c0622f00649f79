"""The page Methode: definitions, the denominator, known gaps, licences."""

from __future__ import annotations

import streamlit as st

from dashboard.blocks.heading import heading, page_head
from dashboard.page import PageContext
from dashboard.texts import prose


def show(context: PageContext) -> None:
    """Draws the page."""
    page_head(context, "Methode")
    heading("Quellen und Lizenzen", "quellen")
    with st.container(key="quellenangaben"):
        st.markdown(prose("sources_and_licences"))
