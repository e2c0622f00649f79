"""Which words on a course page are the course's title, and which its subtitle."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from scrapers.fields.course_numbers import clean_course_number
from scrapers.fields.labels import canonical_label
from scrapers.fields.relevance import modules_in
from scrapers.fields.text import clean, fold
from scrapers.pages.elements import Element
from scrapers.pages.markup import attribute
from scrapers.pages.page_tree import PageTree

_GENERIC: Final = re.compile(
    r"(kurs|veranstaltungs?|seminar)?-?\s?(details?|detailansicht|infos?|informationen|suche|"
    r"programm|angebote?|finder|kalender|übersicht)|(unser )?programm|kurse|herzlich willkommen.*|"
    r"willkommen.*|(volkshochschule|vhs)\b.*|startseite|home|fehler.*|suchergebnisse?|"
    r"such(e|ergebnis).*|mehr erfahren|navigation|menü|anmeldung|warenkorb",
    re.I,
)
_TITLE_MARK: Final = re.compile(r"kurstitel|kurs-titel|kursname|course-?title", re.I)
_MAY_BE_TITLE: Final = re.compile(r"itel|title")
_SUBTITLE_MARK: Final = re.compile(r"sub-?(title|line|header|head)|untertitel", re.I)
_NUMBER_LABEL: Final = r"(?:(?:kurs|veranstaltungs?)?-?\s?(?:nr|nummer)\.?\s*:?\s*)?"
_BEFORE_FIRST: Final = re.compile(rf"\W*{_NUMBER_LABEL}", re.I)
_AFTER_FIRST: Final = re.compile(r"\s*[:|–—-]*\s+(?=\S)")
_BEFORE_LAST: Final = re.compile(rf"(?<=\S)\s*[(\[|,–—-]+\s*{_NUMBER_LABEL}$", re.I)
_AFTER_LAST: Final = re.compile(r"[)\]]?\s*")
_SEPARATOR: Final = re.compile(r" (?:[|–—·»-]|::) ")
_SETS_OFF: Final = frozenset(["h2", "h3", "h4", "h5", "h6", "b", "strong", "font", "big", "legend"])
_BEFORE_LISTED: Final = re.compile(
    r"^(?:(?:kurs|seminar|veranstaltung|titel|thema)\w*\s*:\s*|\S*\d\S*\s+)", re.I
)
_PASSED_OVER: Final = re.compile(r"[^a-z0-9]+")
_SHORTEST_LISTED: Final = 8
_LONGEST_SUBTITLE: Final = 120
_LEVELS_ABOVE: Final = 2
_GONE: Final = re.compile(
    r"(kurs|veranstaltung|seite|angebot).{0,40}(nicht (mehr )?(gefunden|verfügbar|vorhanden)|"
    r"existiert nicht)|nicht gefunden|\b404\b|not found",
    re.I,
)
# One of them stands in each of these wordings.
_GONE_SIGNS: Final = ("nicht", "404", "not found")


def course_heading(
    page: PageTree, tree: LexborHTMLParser, number: str, listed: str = ""
) -> Element | None:
    """The element that holds the title; None when nothing on the page can be it for sure.

    A single `h1` with words of its own is the title. Elsewhere (no `h1`, several, or one that
    names the site) a heading must be marked as title by its class or agree with the page's
    `<title>` or address, and then it may stand in the page's header. Where none does, it is what
    begins like the title in the result list (`listed`).
    """
    titles = page.find("h1")
    first = [node for node in titles if _can_be_title(node, page.furniture)]
    if len(first) == 1:
        return first[0]
    others = first or [
        node
        for node in page.elements
        if (node.tag in ("h2", "h3") or _MAY_BE_TITLE.search(node.attributes.get("class") or ""))
        and _can_be_title(node, page.furniture)
    ]
    marked = [node for node in others if any(_TITLE_MARK.search(name) for name in node.classes)]
    if marked:
        return marked[0]
    witnesses = _witnesses(tree, page.url)
    agreeing = (
        node
        for node in (*others, *titles)
        if _agrees(title_words(node, number), witnesses) and not _GENERIC.fullmatch(node.text)
    )
    return next(agreeing, None) or _like_listed(page, number, listed)


def _like_listed(page: PageTree, number: str, listed: str) -> Element | None:
    """The first words set off on the page that begin with the title of the result list, which may
    be cut there."""
    title = _bare(re.sub(r"\s*(?:…|\.\.\.)$", "", listed))
    if len(title) < _SHORTEST_LISTED:
        return None
    return next(
        (
            node
            for node in page.elements
            if node.tag in _SETS_OFF
            and _can_be_title(node, page.furniture)
            and _bare(_BEFORE_LISTED.sub("", title_words(node, number))).startswith(title)
        ),
        None,
    )


def title_words(heading: Element, number: str, names: Collection[str] = ()) -> str:
    """The title without its subtitle, and without the course number set before or after it.
    `names` are what the document calls itself (`document_names`)."""
    words = heading.text
    inner = _inner_subtitle(heading, names)
    if inner is not None:
        words = clean(words.removesuffix(inner.text))
    if number and number.lower() in words.lower():
        words = _without_number(words, number)
    return words


def _without_number(words: str, number: str) -> str:
    """The words without a number that stands before or after them, set off or labelled."""
    before, _, after = _around(words, number)
    if _BEFORE_FIRST.fullmatch(before) and (gap := _AFTER_FIRST.match(after)):
        words = after[gap.end() :]
    before, _, after = _around(words, number, last=True)
    if _AFTER_LAST.fullmatch(after) and (gap := _BEFORE_LAST.search(before)):
        words = before[: gap.start()]
    return words


def _around(words: str, number: str, *, last: bool = False) -> tuple[str, str, str]:
    """What stands before, as and after the number, whatever its letters' case."""
    lowered = words.lower()
    at = lowered.rfind(number.lower()) if last else lowered.find(number.lower())
    if at < 0 or len(lowered) != len(words):
        return words, "", ""
    end = at + len(number)
    return words[:at], words[at:end], words[end:]


def subtitle_words(heading: Element, names: Collection[str] = ()) -> str:
    """The subtitle, where the page marks one inside or right after the title, or ends the title
    with words of another look that are no part of the document's name."""
    inner = _inner_subtitle(heading, names)
    if inner is not None:
        return inner.text
    for start in (heading, heading.parent):
        after = start.following if start is not None else None
        if after is not None and any(_SUBTITLE_MARK.search(name) for name in after.classes):
            return after.text
    below = heading.following
    if below is not None and _names_its_module(below):
        return below.text
    line = _words_below(heading)
    return line if _is_module_line(line) else ""


def _words_below(heading: Element) -> str:
    """The loose words that follow the title, be it within the block that the title begins."""
    node = heading
    for above in list(heading.ancestors)[:_LEVELS_ABOVE]:
        rest = above.content[above.content.index(node) + 1 :]
        for item in rest:
            if isinstance(item, str):
                if words := clean(item):
                    return words
            elif item.tag != "br":
                return ""
        node = above
    return ""


def _is_module_line(words: str) -> bool:
    """Whether short words say which module an offer is, by its name or its title."""
    return (
        0 < len(words) <= _LONGEST_SUBTITLE
        and len(modules_in(words)) == 1
        and canonical_label(words) is None
    )


def _names_its_module(node: Element) -> bool:
    """Whether a short line right below a title is a heading that says which module it is."""
    return node.tag in ("h2", "h3", "h4") and _is_module_line(node.text)


def is_gone(words: str) -> bool:
    """True when a title says that there is no such course or page."""
    lowered = words.lower()
    return any(map(lowered.__contains__, _GONE_SIGNS)) and _GONE.search(words) is not None


def document_names(tree: LexborHTMLParser) -> frozenset[str]:
    """What the document calls itself, with and without what follows a separator (the site)."""
    titles = _document_titles(tree)
    return frozenset(titles) | {_SEPARATOR.split(title)[0] for title in titles}


def _inner_subtitle(heading: Element, names: Collection[str]) -> Element | None:
    marked = next(
        (
            node
            for node in heading.find("span", "small", "div")
            if (node.tag == "small" or any(_SUBTITLE_MARK.search(name) for name in node.classes))
        ),
        None,
    )
    if marked is not None or not heading.children:
        return marked
    last = heading.children[-1]
    return last if last.text and clean(heading.text.removesuffix(last.text)) in names else None


def _can_be_title(node: Element, furniture: Collection[Element]) -> bool:
    words = node.text
    return (
        2 < len(words) < 300
        and not _GENERIC.fullmatch(words)
        and canonical_label(words) is None
        and clean_course_number(words) is None
        and not any(_SUBTITLE_MARK.search(name) for name in node.classes)
        and not any(outer.holds(node) for outer in furniture)
    )


def _document_titles(tree: LexborHTMLParser) -> list[str]:
    metas = [node for node in tree.tags("meta") if node.attributes.get("property") == "og:title"]
    texts = [attribute(node, "content") for node in metas]
    title = tree.head.css_first("title") if tree.head is not None else None
    if title is not None:
        texts.append(clean(title.text()))
    return [text for text in texts if text]


def _witnesses(tree: LexborHTMLParser, url: str) -> list[str]:
    return [_bare(text) for text in (*_document_titles(tree), url)]


def _agrees(words: str, witnesses: list[str]) -> bool:
    bare = _bare(words)
    return len(bare) > 3 and any(bare in witness for witness in witnesses)


def _bare(text: str) -> str:
    return _PASSED_OVER.sub("", fold(text))
