"""The top of the page as HTML: headline, proportions as a bar, one tile per state."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.blocks.heading import stand_words
from dashboard.council_states import Tally, headline
from dashboard.data.frame import Publication
from dashboard.escaping import link
from dashboard.formats import counted, date_text, listed, number_text
from dashboard.page import PageContext
from dashboard.wording import STATE_WORDS, STATES, ModuleChoice


def denominator_sentence(publication: Publication, counted_as: Tally) -> str:
    """Where the number of bodies comes from, as HTML."""
    if publication.stated_council_total is None:
        return (
            "Eine Gesamtzahl der Gremien liegt nicht vor. Gezählt sind die "
            f"{counted_as.evidenced} Gremien, die wir belegen können."
        )
    as_of = publication.stated_council_total_as_of
    author = "Landesverband der Volkshochschulen von NRW"
    sentence = (
        f"{publication.stated_council_total} Gremien gibt es laut "
        + (link(publication.stated_council_total_source_url, author) or author)
        + (f" (Stichtag {date_text(as_of)})" if as_of is not None else "")
        + "."
    )
    if counted_as.surplus:
        sentence += (
            f" Belegt sind inzwischen {counted_as.evidenced}, also {counted_as.surplus} mehr; "
            f"wir rechnen mit {counted_as.total}."
        )
    return sentence


def head(context: PageContext, counted_as: Tally, choice: ModuleChoice) -> str:
    """Headline with the day for which it holds and the source of the total."""
    sentence = headline(counted_as.counts["offered"], counted_as.total, choice)
    number, rest = sentence.split(" ", 1)
    return (
        '<header class="qa-head">'
        f'<h1><span class="qa-number">{number}</span> {rest}</h1>'
        f"{stand_words(context)}"
        f'<p class="qa-note">{denominator_sentence(context.publication, counted_as)}</p>'
        "</header>"
    )


def unnamed_words(counted_as: Tally) -> str:
    """The bodies that nobody has named yet: 3 noch nicht benannt."""
    return f"{counted_as.unnamed} noch nicht benannt"


def _proportions(counted_as: Tally) -> str:
    words = [f"{counted_as.counts[state]} {STATE_WORDS[state].label}" for state in STATES]
    if counted_as.unnamed:
        words.append(unnamed_words(counted_as))
    segments = [(state, counted_as.counts[state]) for state in STATES]
    segments_html = "".join(
        f'<span class="qa-fill-{name}" style="flex-grow:{count}"></span>'
        for name, count in [*segments, ("unnamed", counted_as.unnamed)]
        if count
    )
    text = f"Von {counted_as.total} Gremien: {listed(words)}."
    return f'<div class="qa-bar" role="img" aria-label="{text}">{segments_html}</div>'


def tiles(counted_as: Tally) -> str:
    """Four tiles and the rest, which together make the total."""
    cards = "".join(
        f'<li class="qa-tile qa-{state}">'
        f'<p class="qa-tile-label"><span class="qa-symbol" aria-hidden="true">'
        f"{STATE_WORDS[state].symbol}</span> {STATE_WORDS[state].label}</p>"
        f'<p class="qa-tile-number">{counted_as.counts[state]}</p>'
        f'<p class="qa-tile-text">{STATE_WORDS[state].explanation}</p></li>'
        for state in STATES
    )
    return (
        f'{_proportions(counted_as)}<ul class="qa-tiles" role="list">{cards}</ul>'
        f'<p class="qa-note">{_rest_sentence(counted_as)}</p>'
    )


def _rest_sentence(counted_as: Tally) -> str:
    """How the tiles and the bodies without a name make the total, and who is left out."""
    sentences = []
    if counted_as.unnamed:
        one = counted_as.unnamed == 1
        sentences.append(
            f"Die vier Felder zählen zusammen {number_text(counted_as.evidenced)} von "
            f"{counted(counted_as.total, 'Gremium', 'Gremien')}. {number_text(counted_as.unnamed)} "
            f"{'ist' if one else 'sind'} <strong>noch nicht benannt</strong>: Es fehlt ein Beleg, "
            f"in welcher Kommune es {'dieses Gremium' if one else 'diese Gremien'} gibt."
        )
    if counted_as.presumed == 1:
        sentences.append(
            "1 weiteres Gremium ist nur <strong>vermutet</strong>: "
            "Es steht in der Liste und zählt nicht mit."
        )
    elif counted_as.presumed:
        sentences.append(
            f"{counted_as.presumed} weitere Gremien sind nur <strong>vermutet</strong>: "
            "Sie stehen in der Liste und zählen nicht mit."
        )
    return " ".join(sentences)


def contents(sections: Mapping[str, str]) -> str:
    """Links to the parts of the page, from their anchors and headings."""
    links = "".join(
        f'<li><a class="qa-link" href="#{anchor}">{heading}</a></li>'
        for anchor, heading in sections.items()
    )
    return (
        '<nav class="qa-contents" aria-label="Auf dieser Seite">'
        f'<span aria-hidden="true">Auf dieser Seite:</span> <ul role="list">{links}</ul></nav>'
    )
