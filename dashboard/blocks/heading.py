"""Headings: one h1 a page with the Stand beside it, h2 for its parts."""

from __future__ import annotations

import streamlit as st

from dashboard.escaping import plain
from dashboard.formats import date_text, moment_text
from dashboard.page import PageContext


def stand_words(context: PageContext) -> str:
    """Which day the page tells of and when it was published, as HTML."""
    published = moment_text(context.publication.published_at)
    when = "veröffentlicht am" if context.past_day is None else "nach der Veröffentlichung vom"
    return (
        f'<p class="qa-stand"><strong>Stand: {date_text(context.day)}</strong>, {when} '
        f"{published}</p>"
    )


def page_head(context: PageContext, title: str, note: str = "") -> None:
    """The heading of a view with its Stand; `note` is HTML of our own below it."""
    below = f'<p class="qa-note">{note}</p>' if note else ""
    st.html(
        f'<header class="qa-head"><h1>{plain(title)}</h1>{stand_words(context)}{below}</header>'
    )


def heading(text: str, anchor: str) -> None:
    """The heading of a part of the page; `anchor` is its address on the page."""
    st.html(f'<h2 class="qa-heading" id="{plain(anchor)}">{plain(text)}</h2>')
