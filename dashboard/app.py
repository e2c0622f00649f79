"""The dashboard's frame: what stands on every page, and which pages there are.

Start it with `streamlit run dashboard/app.py`. Reads the publication under ATLAS_DATA, notices a
new one by itself, and turns every failure into a German sentence.
"""

from __future__ import annotations

import logging
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
from dashboard.formats import counted, date_text
from dashboard.texts import prose
from dashboard.views import overview as overview_page
from warehouse.settings import SettingsError, load_settings

log = logging.getLogger("dashboard")

SECONDS_BETWEEN_LOOKS = 20
DAYS_UNTIL_OLD = 1
STYLE = Path(__file__).resolve().parent / "style.css"
GERMAN = "<script>document.documentElement.lang = 'de';</script>"


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _watch(published_dir: Path, shown: str | None) -> None:
    """Draws the page anew as soon as another publication is current."""
    if current_name(published_dir) != shown:
        st.rerun()


def _notices(publication: Publication, today: date) -> None:
    if publication.is_sample:
        st.html(f'<div class="qa-banner" role="note">{_bold(prose("sample_data"))}</div>')
    age = (today - publication.data_day).days
    if age > DAYS_UNTIL_OLD:
        st.html(
            '<div class="qa-banner" role="note"><strong>Die Daten sind nicht von heute.</strong> '
            f"Der letzte gelungene Durchgang war am {date_text(publication.data_day)}, "
            f"das ist {counted(age, 'Tag', 'Tage')} her.</div>"
        )


def _bold(text: str) -> str:
    before, strong, after = text.strip().partition("**")[0], *text.strip().split("**")[1:3]
    return f"{plain(before)}<strong>{plain(strong)}</strong>{plain(after)}"


def _frame() -> None:
    st.set_page_config(page_title="Überblick – Qualifizierungsatlas NRW", layout="wide")
    st.html(STYLE)
    st.html(GERMAN, unsafe_allow_javascript=True)
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
    """Draws the frame and the chosen page; a page that fails says so without technical words."""
    _frame()
    try:
        settings = load_settings()
        shown = current_name(settings.published_dir)
        _watch(settings.published_dir, shown)
        overview = load_overview(settings.published_dir)
        _notices(overview.publication, settings.today())
        _pages(overview)
    except NoPublication:
        st.markdown(prose("no_publication"))
    except UnreadablePublication as error:
        st.markdown(prose("unreadable_publication"))
        st.html(f"<p>Datei: <code>{plain(error.name)}</code></p>")
    except SettingsError as error:
        log.error("%s", error)
        st.markdown(prose("page_failed"))
    except Exception:
        log.exception("a page could not be drawn")
        st.markdown(prose("page_failed"))


main()
