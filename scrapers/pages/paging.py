"""What a result list says about itself: its total, its pages, the way on, or that there is more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from scrapers.fields.text import clean
from scrapers.pages.elements import Element, in_page_order, is_within
from scrapers.pages.markup import canonical_url
from scrapers.pages.page_tree import PageTree
from scrapers.pages.paging_off import is_passive
from scrapers.pages.paging_other_things import is_under_other_heading, leads_through_other

_COUNT: Final = r"(\d{1,3}(?:\.\d{3})+|\d+|ein(?:e|en)?)"
HIT: Final = (
    r"(?:passende[nr]?\s+|gefundene[nr]?\s+|verfügbare[nr]?\s+|aktuelle[nr]?\s+)?"
    r"(?:treffern?|ergebnis(?:se|sen)?|suchergebnis(?:se|sen)?|kurse?n?|veranstaltung(?:en)?|"
    r"(?:kurs)?angebote?n?|einträgen?|eintrag|seminaren?|datens(?:atz|ätzen?))"
)
# From the surest wording to the weakest; the first that matches anywhere decides.
_TOTALS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b\d+\s*(?:-|–|—|bis)\s*\d+\s+(?:{HIT}\s+)?\(?von\s+(?:insgesamt\s+)?{_COUNT}\b",
        rf"^(?:{HIT}\s+)?\d+\s*(?:-|–|—|bis)\s*\d+\s*/\s*{_COUNT}(?:\s+{HIT})?$",
        rf"\b\d+\s*(?:von\s+(?:insgesamt\s+)?|/\s*){_COUNT}\s+{HIT}\b",
        rf"\bseite\s*:?\s*\d+\s*(?:von|/)\s*\d+\W+{_COUNT}\s+{HIT}\b",
        rf"\b{_COUNT}\s+{HIT}(?:\s+[^\s.]+){{0,5}}?\s+gefunden\b",
        rf"\b(?:gefunden|ergab|ergeben|liefert(?:e|en)?)\W+(?:insgesamt\s+)?{_COUNT}\s+{HIT}\b",
        rf"\b(?:es\s+wurden?|wir\s+haben)\s+(?:\w+\s+){{0,5}}?{_COUNT}\s+{HIT}\b",
        rf"\b{_COUNT}\s+(?:such)?(?:treffer|ergebnisse?)\b(?!\s+(?:pro|je|anzeigen))",
        rf"\b(?:anzahl(?:\s+der)?\s+{HIT}|gefundene\s+{HIT}|(?:such)?(?:treffer|ergebnisse?)"
        rf"(?:\s+insgesamt)?|gesamt(?:zahl)?)\s*[:=(]\s*{_COUNT}\b",
        rf"\b(?:treffer|kurs|ergebnis)(?:an)?zahl\s*[:=(]?\s*{_COUNT}\b",
        rf"\b(?:es\s+gibt|insgesamt)\s+(?=\d){_COUNT}\s+{HIT}\b",
    )
)
# What every wording of a total has beside its number.
_MAY_COUNT: Final = re.compile(rf"{HIT}|treffer|ergebnis|gesamt|\bvon\b|/", re.I)
# To look for a few letters is much faster than for a pattern, and most lines have none of them.
_DIGIT: Final = re.compile(r"[0-9]")
_ONE: Final = re.compile(r"\bein(?:e|en)?\b", re.I)
_ONE_SIGNS: Final = ("ein", "Ein", "EIN")
_BARE_TOTAL: Final = re.compile(rf"\(?{_COUNT}\s+{HIT}\)?\.?", re.I)
_LINE_OF_TOTAL: Final = re.compile(
    rf"\(?(?=\d){_COUNT}\s+{HIT}\)?\.?|{HIT}\s*\((?=\d){_COUNT}\)", re.I
)
_ONLY_SOME: Final = re.compile(
    rf"\b(?:die|der)\s+ersten\s+\d+\s+{HIT}|\b(?:mehr\s+als|über)\s+\d+\s+"
    r"(?:such)?(?:treffer|ergebnisse)|\bzu\s+viele\s+(?:such)?(?:treffer|ergebnisse)|"
    rf"\d\+\s+{HIT}|\b(?:weitere|mehr|alle)\s+{HIT}\b[^.]{{0,60}}\b(?:eingrenz|einschränk|verfeiner)",
    re.I,
)
_MOST_SHOWN: Final = re.compile(
    rf"\b(?:maximal|höchstens|max\.)\s+(?:die\s+ersten\s+)?(?=\d){_COUNT}\s+{HIT}\b", re.I
)
_COUNTER_CLASS: Final = re.compile(r"anzahl|treffer|count|total|ergebnis|result|hits", re.I)
# Longer lines are running text, not what a list says about itself.
LONGEST: Final = 400
_PER_PAGE: Final = re.compile(r"(pro|je)\s+seite|anzeigen|pro\s+page", re.I)
_PAGES: Final = re.compile(r"\bseite\s*:?\s*(\d+)\s*(?:von|/)\s*(\d+)\b", re.I)
_PAGER: Final = re.compile(
    r"(?<!\S)(?:pager|paginator|paginierung|page-navigation|blaettern)(?!\S)|paginat|pagebrows"
)
_SLIDES: Final = re.compile(r"swiper|slick|slide|carousel|glide|owl-|flickity|galler|galerie", re.I)
_NEXT_WORDS: Final = re.compile(
    r"(zur\s+)?(nächsten?|folgende|weitere?n?)(\s+seiten?)?(\s+(mit|der|anzeigen|öffnen|laden).*)?|"
    r"weiter(e\s+(kurse|treffer|ergebnisse).*)?|vorwärts|vor|next(\s+page)?|mehr\s+(kurse|treffer|"
    r"ergebnisse|veranstaltungen)(\s+.*)?|nächsten?\s+(\d+\s+)?(kurse|treffer|ergebnisse|"
    r"veranstaltungen)|[»>›→⟩]+|(weiter|nächste(\s+seite)?)\s*[»>›→]+",
    re.I,
)
_NEXT_OUTSIDE: Final = re.compile(
    r"(zur\s+)?nächsten?\s+seite\W*|seite\s+vor|weiter\s*[»>›]+|[»›]", re.I
)
# In navigation: what goes on, and what may be a pager by its class, of which `_PAGER` decides.
_LEADING_ON: Final = "[rel~=next], [href*=forward], [title*=chste], [aria-label*=chste]"
_LIKE_A_PAGER: Final = "[class*=pag], [class*=blaettern]"
_SPOKEN: Final = ("title", "aria-label", "alt")
_KUFER_FORWARD: Final = re.compile(r"browse[=/]forward")
_NUMBERED: Final = re.compile(r"(?:(?:gehe?\s+)?zu[r]?\s+)?(?:seite\s+)?(\d{1,4})(?:\s+.*)?", re.I)
_CURRENT: Final = {
    "li": frozenset(["active", "aktiv", "current"]),
    "span": frozenset(["active", "current"]),
    "strong": frozenset(["current"]),
}


def stated_count(lines: Iterable[str], marked: Iterable[str] = ()) -> int | None:
    """The total that the page states for the whole search.

    `lines` are the visible lines outside rows and furniture; `marked` the texts of elements
    whose class says that they count, where a bare "12 Kurse" is enough; elsewhere it takes a line
    of its own, and no other such line that says another number.
    """
    words = [clean(line) for line in lines if len(line) <= LONGEST and _may_state_total(line)]
    for pattern in _TOTALS:
        for line in words:
            match = pattern.search(line)
            if match:
                return _number(match[1])
    for text in marked:
        match = _BARE_TOTAL.fullmatch(clean(text))
        if match:
            return _number(match[1])
    alone = _totals_alone(words)
    return alone.pop() if len(alone) == 1 else None


@lru_cache(maxsize=8192)
def _may_state_total(line: str) -> bool:
    """Menus, cards and forms say the same on all pages of a site."""
    return (
        (
            _DIGIT.search(line) is not None
            or (any(map(line.__contains__, _ONE_SIGNS)) and _ONE.search(line) is not None)
        )
        and _MAY_COUNT.search(line) is not None
        and _PER_PAGE.search(line) is None
        and _ONLY_SOME.search(line) is None
    )


def states_hits(lines: Sequence[str]) -> bool:
    """Whether the page states that there are hits, be it of one kind among several."""
    return bool(stated_count(lines)) or any(_totals_alone(lines))


def _totals_alone(lines: Iterable[str]) -> set[int]:
    """Numbers of hits that are a whole line: "60 Kurse", "Kurse (60)"."""
    matches = map(_LINE_OF_TOTAL.fullmatch, lines)
    return {_number(match[1] or match[2]) for match in matches if match}


@lru_cache(maxsize=8192)
def _says_more(line: str) -> bool:
    has_sign = _DIGIT.search(line) or "iele" in line or "IELE" in line or "itere" in line
    return bool(has_sign) and _ONLY_SOME.search(line) is not None


def counter_texts(page: PageTree, without: Collection[Element]) -> list[str]:
    """Short texts of elements whose class or id says that they show a number of hits."""
    named = (node for node in page.having("id") if _counts(node.attributes["id"] or ""))
    return [
        text
        for node in in_page_order(page.classed(_counts), named)
        if len(text := node.text) < 60 and not is_within(node, without)
    ]


@lru_cache(maxsize=8192)
def _counts(names: str) -> bool:
    """Class names and ids repeat on all pages of a site."""
    return _COUNTER_CLASS.search(names) is not None


def page_position(lines: Iterable[str]) -> tuple[int, int] | None:
    """(n, N) of "Seite n von N", None where the page does not say or says nonsense."""
    for line in lines:
        match = _PAGES.search(line) if "eite" in line or "EITE" in line else None
        if match and 1 <= int(match[1]) <= int(match[2]):
            return int(match[1]), int(match[2])
    return None


def says_more(lines: Iterable[str]) -> bool:
    """True when the list says in words that what it shows is not all that was found."""
    return any(_says_more(line) for line in lines if len(line) <= LONGEST)


def reaches_most(lines: Iterable[str], rows: int) -> bool:
    """Whether a list has as many rows as it says that it shows at most."""
    return any(
        rows >= _number(match[1])
        for line in lines
        if len(line) <= LONGEST and _DIGIT.search(line) and (match := _MOST_SHOWN.search(line))
    )


def pagers_of(page: PageTree) -> frozenset[Element]:
    """The blocks whose class says that they lead from page to page."""
    return frozenset(page.classed(_is_pager))


def is_pager(furniture: LexborNode) -> bool:
    """Whether a piece of navigation is, holds or stands right in what leads from page to page."""
    return any(
        part is not None and _is_pager((part.attributes or {}).get("class"))
        for part in (furniture.parent, furniture, *furniture.iter())
    )


def may_lead_on(furniture: LexborNode) -> bool:
    """Whether anything in a piece of navigation could be the way to the next page."""
    return furniture.css_first(_LEADING_ON) is not None or any(
        _is_pager(node.attributes.get("class")) for node in furniture.css(_LIKE_A_PAGER)
    )


@lru_cache(maxsize=8192)
def _is_pager(names: str | None) -> bool:
    return bool(names and _PAGER.search(names) and not _SLIDES.search(names))


def next_link(
    page: PageTree,
    links: Sequence[tuple[Element, str]],
    position: tuple[int, int] | None,
    pagers: Collection[Element],
    rows: Sequence[Element] = (),
) -> str | None:
    """The address of the next page among `links` (node, absolute address); None on the last.
    `pagers` are the blocks that lead from page to page; an arrow in one of the `rows` leads to
    what that row shows.

    The surest sign decides: rel=next, then the number after the current page, then a pager's
    link that says "weiter", then Kufer's forward link where there is a single one. Kufer gives
    `browse=forward` to numbered links in both directions, so it proves nothing beside numbers.
    """
    if position is not None and position[0] == position[1]:
        return None
    current = position[0] if position is not None else _current_page(page, pagers)
    own = {
        url
        for node, url in links
        if current is not None and is_within(node, pagers) and _page_number(node) == current
    }

    def goes_on(node: Element, url: str) -> bool:
        return (
            leads_on(url, page.url)
            and url not in own
            and not is_passive(node)
            and not leads_through_other(node, names_of(node), rows)
        )

    for node, url in links:
        rel = node.attributes.get("rel")
        if rel and "next" in rel.lower().split() and goes_on(node, url):
            return url
    in_pager = [
        (node, url)
        for node, url in links
        if pagers and is_within(node, pagers) and goes_on(node, url)
    ]
    numbered = {number: url for node, url in reversed(in_pager) if (number := _page_number(node))}
    if current is not None and current + 1 in numbered:
        return numbered[current + 1]
    for node, url in in_pager:
        if any(_NEXT_WORDS.fullmatch(name) for name in names_of(node)) or _has_next_class(node):
            return url
    if numbered:
        return _after_unmarked(numbered) if current is None else None
    forward = {url for node, url in links if _KUFER_FORWARD.search(url) and goes_on(node, url)}
    if len(forward) == 1:
        return forward.pop()
    for node, url in links:
        is_called_next = any(map(_NEXT_OUTSIDE.fullmatch, names_of(node)))
        if not is_called_next or is_within(node, rows) or is_under_other_heading(node, rows):
            continue
        if goes_on(node, url):
            return url
    return None


def leads_on(url: str, own_url: str) -> bool:
    """Whether an address is another one of the same site."""
    there, here = urlsplit(url), urlsplit(own_url)
    return (
        there.scheme in ("http", "https")
        and there.hostname == here.hostname
        and canonical_url(url) != canonical_url(own_url)
    )


def _after_unmarked(numbered: dict[int, str]) -> str | None:
    """The next page where nothing marks the current one: it is the number without a link, and
    where all are linked the first page, whose address was that of the search."""
    current = next(number for number in range(1, max(numbered) + 2) if number not in numbered)
    if current > max(numbered) and current > 2 and 1 in numbered:
        return numbered.get(2) if len(numbered) > 2 else None
    return numbered.get(current + 1)


def _number(text: str) -> int:
    return int(text.replace(".", "")) if text[0].isdigit() else 1


def names_of(node: Element) -> list[str]:
    """All that a link is called: its text, title, aria-label and the text without arrows."""
    spoken = [part for part in node.inside if any(map(part.attributes.get, _SPOKEN))]
    names = [node.text]
    for part in (node, *spoken[:1]):
        names += [clean(words) for name in _SPOKEN if (words := part.attributes.get(name))]
    return [name for name in dict.fromkeys(names) if name]


def _has_next_class(node: Element) -> bool:
    own = {name.lower() for name in node.classes}
    if node.parent is not None and node.parent.tag in ("li", "span", "div"):
        own |= {name.lower() for name in node.parent.classes}
    return bool(own & {"next", "forward", "page-next", "pagination-next", "weiter", "naechste"})


def _page_number(node: Element) -> int | None:
    numbers = map(page_named, names_of(node))
    return next((number for number in numbers if number is not None), None)


def page_named(name: str) -> int | None:
    """The page that a control of this name leads to ("3", "Seite 3")."""
    match = _NUMBERED.fullmatch(name)
    return int(match[1]) if match else None


def is_next_word(name: str) -> bool:
    """Whether a control of a pager with this name leads to the next page."""
    return _NEXT_WORDS.fullmatch(name) is not None


def _current_page(page: PageTree, pagers: Collection[Element]) -> int | None:
    """The page number that the pager shows as the current one; it agrees with itself or is None."""
    numbers: set[int] = set()
    for node in page.having("aria-current", "class") if pagers else ():
        if _is_current(node) and is_within(node, pagers):
            numbers |= {int(digits) for digits in re.findall(r"\b\d{1,4}\b", node.text)}
    return numbers.pop() if len(numbers) == 1 else None


def _is_current(node: Element) -> bool:
    if "aria-current" in node.attributes:
        return True
    names = _CURRENT.get(node.tag)
    return names is not None and not names.isdisjoint(node.classes)
