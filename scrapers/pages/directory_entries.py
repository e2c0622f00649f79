"""Cutting the lines of a directory into its entries.

An entry is what presents one body: an optional heading, running text, what closes it (a line
that offers more information, a link that repeats the name, a block of contact data). Directories
rarely mark the borders, so these closing lines decide where the next entry begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

import attrs

from scrapers.pages.directory_names import (
    OPENS_PARAGRAPH,
    ends_with_legal_form,
    is_body_name,
    is_generic,
    names_at_start,
    stems,
)
from scrapers.pages.lines import Line


@attrs.define
class Entry:
    """The lines of one body by what they do. `heading_level` is 0 where no heading was marked."""

    heading: Line | None = None
    prose: list[Line] = attrs.Factory(list)
    closing: list[Line] = attrs.Factory(list)
    more: list[Line] = attrs.Factory(list)
    contact: list[Line] = attrs.Factory(list)
    in_contact: bool = False

    @property
    def is_closed(self) -> bool:
        return bool(self.closing or self.more or self.contact or self.in_contact)

    @property
    def is_empty(self) -> bool:
        return not (self.prose or self.is_closed)


class _Role(Enum):
    EDITORIAL = auto()
    MORE = auto()
    CONTACT_TITLE = auto()
    CONTACT = auto()
    SHORT = auto()
    PROSE = auto()


_EDITORIAL = re.compile(
    r"^(?:Die referenzierte \w+ fehlt\b|Zu sehen (?:ist|sind)\b|(?:Das|Dieses) (?:Bild|Foto|Logo)\b"
    r"|(?:Bild|Foto|Grafik|Logo|Quelle|Bildquelle|Bildnachweis|Bildrechte|Copyright)\s*[:©]"
    r"|Logo (?:de[rs]|von)\b|©|\(c\)\s"
    r"|(?:zurück(?: zum Seitenanfang)?|(?:zum Seitenanfang|nach oben)|drucken|teilen|Seite "
    r"(?:drucken|teilen|empfehlen)|weiterempfehlen|mehr anzeigen|weniger anzeigen|inhalt"
    r"|inhaltsverzeichnis|(?:abschnitt|teil|bereich|eintrag|element)\s*\d+)$)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:hier )?(?:finden Sie )?(?:mehr|weitere|nähere|ausführliche)\s+"
    r"(?:informationen|infos|details|angaben|auskünfte)\b|(?:informationen|infos)\s+"
    r"(?:zu[mr]?|über|unter|auf)\b|mehr (?:erfahren|dazu|lesen|im (?:inter)?net)|weiterlesen\b"
    r"|(?:hier geht(?:'|e)?s )?(?:zur|zum|zu den)\s+(?:\w+\s+){0,3}"
    r"(?:web|home|internet|projekt)\w*(?:\W|$)"
    r"|(?:web(?:site|seite)?|homepage|internet(?:seite|auftritt)?|link|www|url)\s*:?\s*"
    r"(?:$|(?:https?:|www\.)))",
    re.IGNORECASE,
)
_CONTACT_TITLE = re.compile(
    r"^(?:kontakt(?:daten|adresse|informationen)?|anschrift|(?:post)?adresse|postanschrift"
    r"|so erreichen sie uns|sitz|ansprechstelle)\s*:?$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^(?:tel(?:efon)?|fon|phone|ruf(?:nummer)?|mobil|(?:tele)?fax|e-?mail|mail|anschrift|adresse"
    r"|post(?:anschrift|adresse)|stra(?:ß|ss)e|internet|web(?:site|seite)?|homepage)\b\.?\s*:"
    r"|^(?:tel|fon|fax)\.?\s*[\d(+/]|^(?:D-)?\d{5}\s+[A-ZÄÖÜ][\w.\- /()]{1,50}$|^postfach\s+[\d ]+$"
    r"|^(?:kontakt|anschrift|adresse|sitz)\s*:.*\d"
    # "Musterstr. 5, 45000 Musterstadt": an address and no name.
    r"|^[A-ZÄÖÜ][\w.\- ]{1,45}?(?:\s|(?<=\.))\d{1,4}\s?[a-z]?\s?[,|;]\s*(?:D-)?\d{5}\s+[A-ZÄÖÜ]"
    r"[\w.\- /()]{1,50}$"
    # "Bezirksregierung Musterberg, Musterweg 5, 45000 Musterstadt": an address in one line.
    r"|^[^.!?]{3,120}?[\s.]\d{1,4}\s?[a-z]?\s?[,|]\s*(?:D-)?\d{5}\s+[A-ZÄÖÜ][\w.\- /()]{1,50}$"
    r"|^(?:(?:e-?mail|website|webseite|homepage|internet|telefon|zur website)\W*)+$"
    r"|^\S+\s*(?:@|\[at\]|\(at\))\s*\S+\.\w{2,}$|^(?:https?://|www\.)\S+$",
    re.IGNORECASE,
)
STREET = re.compile(
    r"^[A-ZÄÖÜ][\w.\- äöüß]{1,45}?(?:\s|(?<=\.))\d{1,4}\s?[a-z]?"
    r"(?:\s?[-–/]\s?\d{1,4}\s?[a-z]?)?$"
)
_LAST_OF_CLAUSE = re.compile(
    r"(?:\b(?:ist|sind|wird|werden|hat|haben|gehören|zählen|umfasst|umfassen|u\. ?a\.|unter anderem"
    r"|vor allem|insbesondere|sowie|und|oder|wie)|[.!?:;,])$",
    re.IGNORECASE,
)
_LONGEST_SHORT_LINE = 85
_LONGEST_MORE_LINE = 260


def cut_into_entries(lines: Sequence[Line]) -> list[Entry]:
    """The entries in page order, also those that present nobody (an introduction)."""
    entries = [Entry()]
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        _place(line, _role(line, following), lines[position + 1 : position + 5], entries)
    return [entry for entry in entries if entry.heading or not entry.is_empty]


def _role(line: Line, following: Line | None) -> _Role:
    text = line.text
    if _EDITORIAL.search(text):
        return _Role.EDITORIAL
    if _CONTACT_TITLE.match(text):
        return _Role.CONTACT_TITLE
    if _MORE.match(text) and len(text) <= _LONGEST_MORE_LINE:
        return _Role.MORE
    if _CONTACT.search(text) or STREET.match(text):
        return _Role.CONTACT
    continues = following is not None and following.text[:1].islower()
    is_short = line.kind == "heading" or len(text) <= _LONGEST_SHORT_LINE
    ends_clause = _LAST_OF_CLAUSE.search(text) and not ends_with_legal_form(text)
    if not is_short or continues or line.bullet or ends_clause:
        return _Role.PROSE
    return _Role.SHORT if not text[:1].islower() else _Role.PROSE


def _place(line: Line, role: _Role, rest: Sequence[Line], entries: list[Entry]) -> None:
    entry = entries[-1]
    if role is _Role.EDITORIAL:
        return
    if role is _Role.MORE:
        entry.more.append(line)
    elif role is _Role.CONTACT_TITLE:
        entry.in_contact = True
    elif role is _Role.CONTACT:
        entry.contact.append(line)
    elif role is _Role.SHORT:
        _place_short(line, rest, entry, entries)
    elif _begins_entry(line, entry):
        entries.append(Entry(prose=[line]))
    else:
        entry.prose.append(line)


def _place_short(line: Line, rest: Sequence[Line], entry: Entry, entries: list[Entry]) -> None:
    is_heading = line.kind == "heading"
    awaits_address = entry.in_contact and not _has_contact_data(entry)
    if awaits_address and (not is_heading or _opens_address(rest)):
        entry.contact.append(line)
    elif entry.is_empty and (
        is_heading or entry.heading is None or entry.heading.kind != "heading"
    ):
        # Of several headings in a row the last one speaks of what follows.
        entry.heading = line
    elif not entry.is_closed and _repeats_name(line, entry, rest):
        entry.closing.append(line)
    elif not entry.contact and _opens_address(rest) and not is_heading:
        # The first line of an address without a title over it.
        if entry.more and not entry.in_contact and is_body_name(line.text):
            entries.append(Entry(heading=line))
        else:
            entry.in_contact = True
            entry.contact.append(line)
    else:
        entries.append(Entry(heading=line))


def _begins_entry(line: Line, entry: Entry) -> bool:
    if entry.is_closed:
        # Below a heading the text may follow the address.
        stands_below = entry.heading is not None and entry.heading.kind == "heading"
        return not (stands_below and entry.contact and not entry.prose)
    if not entry.prose:
        return False
    opening = names_at_start(line.text)
    if opening is None or (entry.heading is not None and is_body_name(entry.heading.text)):
        return False
    own = next((name for part in entry.prose[:20] if (name := names_at_start(part.text))), None)
    return own is None or opening.rank < OPENS_PARAGRAPH


def _repeats_name(line: Line, entry: Entry, rest: Sequence[Line]) -> bool:
    """True for a link text at the end of an entry, False for the heading of the next one."""
    if line.kind == "heading" and entry.heading is not None:
        return False
    if is_generic(line.text):
        return False
    words = stems(line.text)
    behind = len(words & stems(" ".join(part.text for part in entry.prose)))
    ahead = len(words & stems(rest[0].text)) if rest else 0
    if behind == ahead and line.kind != "heading":
        return not rest or bool(line.links)
    return behind > ahead


def _has_contact_data(entry: Entry) -> bool:
    return any(_CONTACT.search(line.text) for line in entry.contact)


def _opens_address(rest: Sequence[Line]) -> bool:
    return any(re.match(r"(?:D-)?\d{5}\s+[A-ZÄÖÜ]", line.text) for line in rest[:3])
