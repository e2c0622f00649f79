"""The dashboard's frame: what stands on every page, and the way to the chosen view.

Start it with `streamlit run dashboard/app.py`. Reads the publication under ATLAS_DATA, notices a
new one by itself, and turns every failure into a German sentence.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import sign_in
from dashboard.blocks.navigation import asked_day, day_chooser, navigation
from dashboard.blocks.notices import notices
from dashboard.data.frame import first_day, publication
from dashboard.data.published import (
    Found,
    NoPublication,
    UnreadablePublication,
    current_name,
    find_publication,
)
from dashboard.escaping import plain
from dashboard.guard import shielded
from dashboard.page import PageContext
from dashboard.texts import prose
from dashboard.views import VIEWS, View
from warehouse.nights import last_night
from warehouse.settings import Settings, load_settings

SECONDS_BETWEEN_LOOKS = 10
NAME = "Qualifizierungsatlas NRW"
HERE = Path(__file__).resolve().parent
SCRIPTS = ("german.js", "links.js")


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _watch(published_dir: Path, shown: str | None) -> None:
    """Draws the page anew as soon as another publication is current."""
    with shielded():
        if current_name(published_dir) != shown:
            st.rerun()


def _frame() -> None:
    st.set_page_config(layout="wide")
    st.html(HERE / "style.css")
    scripts = "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    st.html(f"<script>{scripts}</script>", unsafe_allow_javascript=True)


def _context(found: Found, today: date) -> PageContext:
    told = publication(found.file)
    first = first_day(found.file)
    return PageContext(
        file=found.file,
        publication=told,
        first_day=first or told.data_day,
        past_day=asked_day(first, told.data_day),
        today=today,
        theme="dark" if st.context.theme.type == "dark" else "light",
    )


def _draw(view: View) -> None:
    """The page of one view, or why there is nothing to show."""
    with shielded():
        settings = load_settings()
        _watch(settings.published_dir, current_name(settings.published_dir))
        day = _top(view)
        try:
            _page(view, settings, day)
        except NoPublication:
            st.markdown(prose("no_publication"))
        except UnreadablePublication as error:
            st.markdown(prose("unreadable_publication"))
            st.html(f"<p>Datei: <code>{plain(error.name)}</code></p>")


def _top(view: View) -> DeltaGenerator:
    """The name, the place for the choice of a day beside it, the way to all views."""
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="kopf",
    ):
        st.html(f'<p class="qa-brand">{NAME}</p>', width="content")
        day = st.container(key="stand")
    st.html(navigation(((one.path, one.title) for one in VIEWS), view.path))
    return day


def _page(view: View, settings: Settings, day: DeltaGenerator) -> None:
    found = find_publication(settings.published_dir)
    context = _context(found, settings.today())
    with day:
        day_chooser(context.first_day, context.publication.data_day)
    notices(context, last_night(settings), found.broken)
    view.show(context)


def main() -> None:
    """Draws the frame and the view that the address names."""
    _frame()
    pages = [
        st.Page(partial(_draw, view), title=f"{view.title} – {NAME}", url_path=view.path)
        for view in VIEWS
    ]
    # The bare address shows the first view; that view has an address of its own as well.
    start = st.Page(
        partial(_draw, VIEWS[0]), title=f"{VIEWS[0].title} – {NAME}", url_path="start", default=True
    )
    chosen = st.navigation([start, *pages], position="hidden")
    if sign_in.is_allowed():
        chosen.run()


with shielded():
    main()
