"""No reader ever sees a traceback: what fails is written to the log and said in German."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.texts import prose

log = logging.getLogger("dashboard")


@contextmanager
def shielded() -> Iterator[None]:
    """Around everything that draws, also inside each fragment, which Streamlit runs by itself."""
    try:
        yield
    except Exception:
        log.exception("a part of the page could not be drawn")
        st.markdown(prose("page_failed"))
