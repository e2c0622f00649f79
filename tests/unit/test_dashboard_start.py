"""What the dashboard's process does before it serves the first page."""

from __future__ import annotations

import json
import subprocess
import sys

# A process of its own: what is loaded and kept out of the collector's way cannot be undone.
_FIRST_PAGE = """
import gc, json, sys
from dashboard.__main__ import load_early
load_early()
kept, known = gc.get_freeze_count(), set(sys.modules)
import datetime
import duckdb
import plotly.graph_objects as go
import streamlit as st
duckdb.execute("SELECT $day >= DATE '2026-03-14'", {"day": datetime.date(2026, 3, 14)}).fetchall()
st.plotly_chart(go.Figure(go.Scatter(x=[1.0], y=[2.0])), theme=None)
late = {name for name in set(sys.modules) - known if ".graph_objs" not in name}
print(json.dumps({"kept": kept, "looked_through": len(gc.get_objects()), "late": sorted(late)}))
"""


def test_no_visitor_waits_for_what_every_page_needs() -> None:
    result = subprocess.run(
        [sys.executable, "-c", _FIRST_PAGE], check=True, capture_output=True, text=True
    )
    told = json.loads(result.stdout)
    assert not [name for name in told["late"] if name in ("pandas", "plotly.tools")]
    # The full collections after each drawing of a page have little to look through.
    assert told["looked_through"] < told["kept"] / 5
