"""What has to be known before reading on: at the top of every view, in words and with dates."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import address
from dashboard.escaping import inner_link, plain
from dashboard.formats import counted, date_text, moment_text
from dashboard.page import PageContext
from dashboard.texts import prose
from warehouse.nights import LastNight

DAYS_UNTIL_OLD = 1
TELL = "Bitte der Person Bescheid geben, die dieses Programm betreut."


def notices(context: PageContext, night: LastNight | None, broken: str | None) -> None:
    """All that holds now; `broken` names a newer file that cannot be read."""
    if context.publication.is_sample:
        with st.container(key="beispieldaten"):
            st.markdown(prose("sample_data"))
    texts = (
        ("vergangener_tag", past_day(context)),
        ("beschaedigt", broken_file(context, broken)),
        ("alte_daten", age(context.publication.data_day, context.today)),
        ("zurueckgehalten", held_back(context, night)),
    )
    for key, text in texts:
        if text:
            with st.container(key=key):
                st.html(f'<p role="status">{text}</p>')


def past_day(context: PageContext) -> str:
    """Says that a past day is shown, with the way back to the newest one."""
    if context.past_day is None:
        return ""
    back = inner_link(address.here((address.STAND, None)), "Zum neuesten Stand")
    return (
        f"<strong>Gezeigt wird ein vergangener Tag, der {date_text(context.past_day)}.</strong> "
        "So war es damals bekannt, gerechnet mit den Gremien und Zuständigkeiten von heute. "
        f"{back}"
    )


def broken_file(context: PageContext, name: str | None) -> str:
    """Says that newer data cannot be read and which are shown instead."""
    if name is None:
        return ""
    return (
        "<strong>Die neuesten Daten lassen sich nicht lesen.</strong> Die Datei "
        f"<code>{plain(name)}</code> fehlt oder ist beschädigt. Gezeigt wird der letzte lesbare "
        f"Stand vom {date_text(context.publication.data_day)}. {TELL}"
    )


def age(data_day: date, today: date) -> str:
    """Says that the data are not of today, or of a day that is still to come."""
    days = (today - data_day).days
    if days > DAYS_UNTIL_OLD:
        return (
            "<strong>Die Daten sind nicht von heute.</strong> Der letzte gelungene Durchgang war "
            f"am {date_text(data_day)}, das ist {counted(days, 'Tag', 'Tage')} her."
        )
    if days < 0:
        return (
            f"<strong>Das Datum stimmt nicht.</strong> Die Daten sind vom {date_text(data_day)}, "
            f"auf diesem Computer ist aber erst der {date_text(today)}. {TELL}"
        )
    return ""


def held_back(context: PageContext, night: LastNight | None) -> str:
    """Newer data exist that nobody has let through: what is shown is not the last that was read."""
    if night is None or night.published is not None:
        return ""
    shown = (
        f"Gezeigt wird der letzte veröffentlichte Stand vom "
        f"{date_text(context.publication.data_day)}. {TELL}"
    )
    if night.interrupted:
        return (
            "<strong>Der letzte Durchgang wurde unterbrochen.</strong> Er begann am "
            f"{moment_text(night.finished_at)} und ist nicht zu Ende gekommen. {shown}"
        )
    why = (
        "Die neuen Daten weichen auffällig ab und müssen erst von Hand geprüft werden."
        if night.by_guards
        else "Er ist wegen einer Störung nicht zu Ende gekommen."
    )
    return (
        f"<strong>Der letzte Durchgang ist nicht veröffentlicht.</strong> {why} Das war am "
        f"{moment_text(night.finished_at)}. {shown}"
    )
