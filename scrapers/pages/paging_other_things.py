"""What looks like a way to further pages of a list and leads through something else: calendars,
slides, filters, news, what other sites show. A list beside such things is not longer for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from scrapers.fields.mentions import find_mentions
from scrapers.fields.text import plain
from scrapers.pages.elements import Element

_OTHER_WIDGET: Final = re.compile(
    r"slick|swiper|carousel|slide|splide|glide|owl-|flickity|lightbox|galler|galerie|calend|"
    r"kalender|datepick|cookie|consent|\bsbi(?:[_-]|\b)|\bcff(?:[_-]|\b)",
    re.I,
)
# These may dress the pager of a list as well.
_MAYBE_WIDGET: Final = re.compile(
    r"rating|\bstars?\b|accordion|collaps|\bstep|wizard|filter|facet|modal|dialog|\bdots?\b|"
    r"bullets|\bvideo\b|video-?player|\bchat|facebook|instagram|twitter|youtube|\bsocial-?(?:feed|"
    r"media|wall)",
    re.I,
)
_LEAFS: Final = re.compile(r"pag(?:er|inat)|blaetter", re.I)
_SLIDE: Final = re.compile(r"data-(?:bs-)?(?:slide|slick|swiper)(?:-.*)?")
_LEVELS_OF_WIDGET: Final = 4
# One thing after another, where a list has pages. What names a time may lead through a list of it.
_OTHER_NEXT: Final = re.compile(
    r"(?:(?:zum|zur)\s+)?(?:nächste[rsnm]?|folgende[rsnm]?|next)\s+(?:bild|foto|folie|slide|video|"
    r"film|nachricht|meldung|image|photo|post|article)\b.*"
    r"|(?:zum\s+)?(?:nächste[rnm]|folgende[rnm])\s+(?:beitrag|artikel)\b.*"
    r"|(?:weitere|mehr|alle)\s+(?:kurse|veranstaltungen|angebote|seminare|termine)\s.*"
    r"(?:kategorie|rubrik|bereich|kursleit|dozent|referent|them(?:a|en)|anbieter|veranstalter"
    r"|standort|stadtteil|außenstelle|zweigstelle|reihe)\w*(?!.*(?:laden|zeigen)).*",
    re.I,
)
_NEXT_TIME: Final = re.compile(
    r"(?:(?:zum|zur)\s+)?(?:nächste[rsnm]?|folgende[rsnm]?|next)\s+"
    r"(?:monat|woche|tag|month|week|day)\b.*",
    re.I,
)
_MONTH_TITLE: Final = re.compile(
    r"(?:[\W_]|zurück|vor\b|weiter|heute|voriger|vorheriger|nächster|monat|previous|prev|next)*"
    r"(?P<month>januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|jan|feb|mär|apr|jun|jul|aug|sept?|okt|nov|dez)\.?(?:\s+20\d\d)?"
    r"(?:[\W_]|weiter|vor\b|heute|nächster|monat|next)*",
    re.I,
)
_LONGEST_MONTH_TITLE: Final = 80
_MOST_HEADINGS: Final = 20
_MOST_ROWS: Final = 200
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
# What has pages of its own beside a list, and what the list itself could be called.
_OF_OTHERS: Final = re.compile(
    r"aktuell|neuigkeit|\bneues\b|\bnews\b|meldung|nachricht|\bpresse|\bblog|magazin|berichte?\b"
    r"|galerie|\bbilder|\bfotos|\bvideos?\b|social|instagram|facebook|youtube|folgen sie|\bpartner"
    r"|sponsor|\bstimmen|newsletter|kalender",
    re.I,
)
_OF_LISTS: Final = re.compile(
    r"seite|such|treffer|ergebnis|gefunden|kurs|veranstaltung|angebot|seminar|termin|programm"
    r"|workshop|fortbildung|modul|qualifizierung",
    re.I,
)


def leads_through_other(
    node: Element, names: Sequence[str], rows: Sequence[Element] | None = None
) -> bool:
    """Whether a control, called by these names, stands in something that is no list of `rows`, or
    leads on in something else by its name or by what stands beside it."""
    rows = rows or ()
    if any(map(_OTHER_NEXT.fullmatch, names)):
        return True
    above = (one for one in node.ancestors if not (rows and one.holds(rows[0])))
    near = (node, *(one for one, _ in zip(above, range(_LEVELS_OF_WIDGET), strict=False)))
    if any(map(_is_widget, near)):
        return True
    month = _month_beside(node)
    if month is None and not any(map(_NEXT_TIME.fullmatch, names)):
        return False
    return not (rows and _may_be_of_one_month(rows, month))


def is_under_other_heading(node: Element, rows: Sequence[Element]) -> bool:
    """Whether something stands below a list, in a part of the page whose heading names news or
    other things with pages of their own, and no heading there what the list could be called."""
    if not rows or node.place < rows[-1].end:
        return False
    part = node
    for above in node.ancestors:
        if above.holds(rows[-1]):
            break
        part = above
    headings = [one for one in part.find(*_HEADINGS) if one.place < node.place]
    if not headings or not is_heading_of_others(headings[0]):
        return False
    return not any(_OF_LISTS.search(one.text) for one in headings[-_MOST_HEADINGS:])


def is_heading_of_others(heading: Element) -> bool:
    """Whether a heading names news or the like, and nothing that a list of offers is called."""
    words = heading.text
    return _OF_OTHERS.search(words) is not None and _OF_LISTS.search(words) is None


def names_of_kind(node: Element) -> str:
    """The words of an element's class and id."""
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"


def _is_widget(node: Element) -> bool:
    return _is_widget_by_name(names_of_kind(node)) or any(map(_SLIDE.fullmatch, node.attributes))


@lru_cache(maxsize=8192)
def _is_widget_by_name(names: str) -> bool:
    """Class names repeat on all pages of a site."""
    if _OTHER_WIDGET.search(names) is not None:
        return True
    return _MAYBE_WIDGET.search(names) is not None and _LEAFS.search(names) is None


def _month_beside(node: Element) -> int | None:
    """The month whose name stands beside it and nothing else does."""
    beside = node.parent
    while beside is not None and len(beside.words) <= len(node.words) + 2:
        beside = beside.parent
    if beside is None or len(beside.words) > _LONGEST_MONTH_TITLE:
        return None
    title = _MONTH_TITLE.fullmatch(beside.text)
    return find_mentions(f"1. {title['month']}")[0].month if title is not None else None


def _may_be_of_one_month(rows: Sequence[Element], month: int | None) -> bool:
    """Whether a list may be that of this month, or of any: its dates, if it has any, are."""
    dated = (find_mentions(plain(row.text)) for row in rows[:_MOST_ROWS])
    months = {mention.month for mentions in dated for mention in mentions} - {None}
    return len(months) < 2 and (month is None or months <= {month})
