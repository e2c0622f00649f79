"""The dashboard's frame: what stands on every page, and which pages there are.

Start it with `streamlit run dashboard/app.py`. Reads the publication under ATLAS_DATA, notices a
new one by itself, and turns every failure into a German sentence.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.data import (
    NoPublication,
    Overview,
    Publication,
    UnreadablePublication,
    current_name,
    load_overview,
)
from dashboard.escaping import plain
from dashboard.formats import counted, date_text, moment_text
from dashboard.guard import shielded
from dashboard.texts import prose
from dashboard.views import overview as overview_page
from warehouse.nights import LastNight, last_night
from warehouse.settings import load_settings

SECONDS_BETWEEN_LOOKS = 10
DAYS_UNTIL_OLD = 1
STYLE = Path(__file__).resolve().parent / "style.css"
GERMAN = Path(__file__).resolve().parent / "german.js"


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _watch(published_dir: Path, shown: str | None) -> None:
    """Draws the page anew as soon as another publication is current."""
    with shielded():
        if current_name(published_dir) != shown:
            st.rerun()


def _notices(publication: Publication, today: date) -> None:
    if publication.is_sample:
        with st.container(key="beispieldaten"):
            st.markdown(prose("sample_data"))
    age = (today - publication.data_day).days
    if age > DAYS_UNTIL_OLD:
        with st.container(key="alte_daten"):
            st.markdown(
                "**Die Daten sind nicht von heute.** Der letzte gelungene Durchgang war am "
                f"{date_text(publication.data_day)}, das ist {counted(age, 'Tag', 'Tage')} her."
            )
    elif age < 0:
        with st.container(key="falsches_datum"):
            st.markdown(
                "**Das Datum stimmt nicht.** Die Daten sind vom "
                f"{date_text(publication.data_day)}, auf diesem Computer ist aber erst der "
                f"{date_text(today)}. Bitte der Person Bescheid geben, die dieses "
                "Programm betreut."
            )


def _held_back_notice(night: LastNight | None) -> None:
    """Newer data exist that nobody has let through: what is shown is not the last that was read."""
    if night is None or night.published is not None:
        return
    why = (
        "Die neuen Daten weichen auffällig ab und müssen erst von Hand geprüft werden."
        if night.by_guards
        else "Er ist wegen einer Störung nicht zu Ende gekommen."
    )
    with st.container(key="zurueckgehalten"):
        st.markdown(
            f"**Der letzte Durchgang ist nicht veröffentlicht.** {why} Das war am "
            f"{moment_text(night.finished_at)}. Gezeigt wird der letzte veröffentlichte Stand. "
            "Bitte der Person Bescheid geben, die dieses Programm betreut."
        )


def _frame() -> None:
    st.set_page_config(page_title="Überblick – Qualifizierungsatlas NRW", layout="wide")
    st.html(STYLE)
    script = GERMAN.read_text(encoding="utf-8")
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
    st.html('<p class="qa-brand">Qualifizierungsatlas NRW</p>')


def _pages(overview: Overview) -> None:
    pages = [
        st.Page(
            partial(overview_page.show, overview),
            title="Überblick – Qualifizierungsatlas NRW",
            url_path="ueberblick",
            default=True,
        )
    ]
    st.navigation(pages, position="hidden").run()


def main() -> None:
    """Draws the frame and the chosen page, or says why there is nothing to show."""
    _frame()
    settings = load_settings()
    _watch(settings.published_dir, current_name(settings.published_dir))
    try:
        overview = load_overview(settings.published_dir)
    except NoPublication:
        st.markdown(prose("no_publication"))
    except UnreadablePublication as error:
        st.markdown(prose("unreadable_publication"))
        st.html(f"<p>Datei: <code>{plain(error.name)}</code></p>")
    else:
        _notices(overview.publication, settings.today())
        _held_back_notice(last_night(settings))
        _pages(overview)


with shielded():
    main()
