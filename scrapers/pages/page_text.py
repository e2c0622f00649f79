"""A single page as text: its title and its lines, with what several readers ask of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

import attrs
from selectolax.lexbor import LexborHTMLParser

from scrapers.fields.contacts import is_functional_email, read_emails
from scrapers.fields.dates import read_date
from scrapers.fields.people import without_people
from scrapers.fields.reading import Reading
from scrapers.fields.text import clean, clip
from scrapers.pages.blocks import document_title, page_blocks
from scrapers.pages.lines import Line, page_lines
from scrapers.pages.prose import whole_sentences
from scrapers.pages.stated_years import with_stated_years

SUMMARY_LENGTH = 300
_TITLE_LENGTH = 150
_PUBLISHED = re.compile(
    r"^(?:Presse(?:mitteilung|information)|Veröffentlicht|Meldung|Mitteilung|Erschienen"
    r"|Bekanntmachung|Nachricht|Aktualisiert|Stand)\b.{0,40}?(?P<rest>\d.*)$",
    re.IGNORECASE,
)
_ONLY_A_DATE = re.compile(r"(?:\w+, ?(?:den )?)?\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zä]+)\s?\d{4}\W*")
_META_DATES = (
    "meta[property='article:published_time']",
    "meta[name='date']",
    "meta[name='DC.date.issued']",
    "meta[itemprop='datePublished']",
)


@attrs.frozen(slots=False)
class PageText:
    """`title` is the page's own: its first heading, else the document's title, else a short first
    line; "" where it has none. `written` are days to which a heading's year was added, each with
    what the page prints (`stated_years`)."""

    title: str
    lines: tuple[Line, ...]
    written: Mapping[str, str] = attrs.field(factory=dict)

    @cached_property
    def running_text(self) -> str:
        return " | ".join(line.text for line in self.lines)

    def parts(self) -> Iterator[tuple[int, str]]:
        """All sentences with the position of their line."""
        for position, line in enumerate(self.lines):
            for sentence in whole_sentences(line.text):
                yield position, sentence


def page_text(tree: LexborHTMLParser) -> PageText:
    dated = with_stated_years(page_blocks(tree))
    lines = page_lines(dated.blocks)
    return attrs.evolve(_titled(tree, lines), written=dated.written)


def _titled(tree: LexborHTMLParser, lines: tuple[Line, ...]) -> PageText:
    headings = [line for line in lines if line.kind == "heading"]
    main = next((line for line in headings if line.level == 1), headings[0] if headings else None)
    # A heading that stands far down names a part of the page, not the page.
    if main is not None and (main.level == 1 or main in lines[:3]):
        return PageText(clean(main.text).rstrip(" :"), lines)
    if named := document_title(tree):
        return PageText(named, lines)
    if lines and len(lines[0].text) <= _TITLE_LENGTH and not re.search(r"[.:,;]$", lines[0].text):
        return PageText(clean(lines[0].text), lines)
    return PageText("", lines)


@attrs.frozen
class Published:
    """The day of publication, its words, and the position of the line that states it (None where
    only the page's metadata do)."""

    day: date
    words: str
    line: int | None = None


def published_on(tree: LexborHTMLParser, lines: Sequence[Line]) -> Published | None:
    """When the page was published, where it says so."""
    for selector in _META_DATES:
        node = tree.css_first(selector)
        words = (node.attributes.get("content") or "") if node is not None else ""
        if day := read_date(words).value:
            return Published(day, words)
    for position, line in enumerate(lines[:8]):
        match = _PUBLISHED.match(line.text)
        text = match["rest"] if match else line.text
        if (match or _ONLY_A_DATE.fullmatch(line.text)) and (day := read_date(text).value):
            return Published(day, line.text, position)
    return None


def summary_of(lines: Sequence[Line]) -> str | None:
    """At most 300 characters of the first running text, without sentences about persons."""
    kept = ""
    for line in lines:
        if len(line.text) < 60 or line.kind == "heading":
            continue
        kept = f"{kept} {without_people(line.text)}".strip()
        if len(kept) >= SUMMARY_LENGTH:
            break
    return clip(kept, SUMMARY_LENGTH) if kept else None


def functional_email(lines: Sequence[Line]) -> Reading[str]:
    """The first address of an institution, written or behind a link."""
    for line in lines:
        targets = [href for _, href in line.links if href.startswith("mailto:")]
        for address in read_emails(" | ".join([line.text, *targets])):
            if is_functional_email(address):
                return Reading.stated(address, line.text)
    return Reading.absent()
