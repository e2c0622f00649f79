"""The page Angebote: all offers, narrowed by filters and a search that forgives, or one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from dashboard import address
from dashboard.address import Order
from dashboard.blocks import offer_filters
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import page_head
from dashboard.blocks.offer_table import COLUMNS, calendar_entries
from dashboard.blocks.table import Paging, table
from dashboard.data import offers as data
from dashboard.data.offers import Wanted
from dashboard.data.published import OPEN_FILES, PublishedFile
from dashboard.data.search_texts import searched_words
from dashboard.escaping import plain
from dashboard.formats import listed
from dashboard.offer_words import found_sentence
from dashboard.page import PageContext
from dashboard.search import is_known, similar, vocabulary
from dashboard.views.offer import show_offer

NOT_KEPT = (
    "Von vergangenen Tagen werden einzelne Termine, Straße, Anmeldung und Texte nicht aufbewahrt; "
    "sie fehlen hier auch in den Dateien und im Kalender."
)
ORDER = address.order(tuple(data.SORTS), Order("beginn"))


@lru_cache(maxsize=OPEN_FILES)
def _known_words(file: PublishedFile) -> tuple[str, ...]:
    return vocabulary(searched_words(file))


def show(context: PageContext) -> None:
    """Draws one offer where the address names one, else the list."""
    chosen = address.OFFER.read()
    if chosen is not None:
        show_offer(context, chosen)
    else:
        _list(context)


def _list(context: PageContext) -> None:
    file, past_day = context.file, context.past_day
    choices = offer_filters.choices(file)
    wanted = offer_filters.wanted(choices)
    tally = data.tally(file, wanted, past_day)
    filters = offer_filters.words(wanted, choices)
    guesses: dict[str, tuple[str, ...]] = {}
    if wanted.words and not _any(tally):
        wanted, guesses = _guessed(file, wanted)
        if guesses:
            tally = data.tally(file, wanted, past_day)
    order = ORDER.read()
    paging = Paging(tally.found, address.PAGE.read() or 1)
    rows = data.offers(file, wanted, past_day, order, paging.size, paging.offset)

    page_head(context, "Angebote")
    offer_filters.inputs_for(context, choices)
    st.html(_result(tally, guesses, filters))
    if past_day is not None:
        st.html(f'<p class="qa-note">{NOT_KEPT}</p>')
    if not rows:
        st.html(_nothing(tally))
        return
    st.html(table(rows, COLUMNS, "Angebote", ORDER) + paging.html("Angebote"))
    downloads(
        context,
        "Angebote",
        COLUMNS,
        lambda: data.all_offers(file, wanted, past_day, order),
        filters=filters,
        notes=[("Vergangener Tag", NOT_KEPT)] if past_day is not None else (),
        calendar=lambda: calendar_entries(
            data.all_offers(file, wanted, past_day, order),
            data.all_sessions(file, wanted, past_day),
        ),
    )


def _any(tally: data.Tally) -> bool:
    return any(getattr(tally, name) for name in tally.__slots__)


def _guessed(file: PublishedFile, wanted: Wanted) -> tuple[Wanted, dict[str, tuple[str, ...]]]:
    """The same question with similar words for those that nobody wrote, and what was put there."""
    known = _known_words(file)
    guesses = {
        word: found
        for (word, *_) in wanted.words
        if not is_known(word, known) and (found := similar(word, known))
    }
    words = tuple(guesses.get(spellings[0], spellings) for spellings in wanted.words)
    return replace(wanted, words=words), guesses


def _result(tally: data.Tally, guesses: dict[str, tuple[str, ...]], filters: Sequence[str]) -> str:
    """How many are shown, what was searched for instead, and what is not shown and why."""
    instead = "".join(
        f"<p>Kein Angebot enthält „{plain(word, 80)}“. Gesucht wurde stattdessen nach "
        f"{plain(listed([f'„{found}“' for found in several]))}.</p>"
        for word, several in guesses.items()
    )
    hidden = offer_filters.left_out(tally)
    return (
        f'<div role="status"><p class="qa-lead"><strong>{found_sentence(tally.found)}</strong></p>'
        f"{instead}</div>{offer_filters.chosen(filters)}"
        + (f'<p class="qa-note">Nicht in der Liste: {hidden}.</p>' if hidden else "")
    )


def _nothing(tally: data.Tally) -> str:
    if not offer_filters.is_filtered():
        return empty(
            "Zurzeit ist kein laufendes oder kommendes Angebot für die Gremien bekannt.",
            "Ob alle Quellen gelesen werden konnten, zeigt die Datenlage.",
            address.href("datenlage"),
            "Zur Datenlage",
        )
    why = "Kein Angebot passt zu dieser Auswahl."
    what = "Bitte weniger Filter oder ein kürzeres Suchwort wählen."
    if _any(tally):
        what = "Was nicht in der Liste steht, obwohl es sonst passt, ist darüber genannt."
    return empty(why, what, offer_filters.without_filters(), "Alle Filter zurücksetzen")
