"""Cleaning of text read from the web, before any field is looked for in it."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from itertools import pairwise

# Invisible or direction-changing characters: they carry no meaning and can hide or reverse words.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0e\ufe0f\ufeff"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_DASH = re.compile("[\u2010-\u2015\u2212\ufe58\uff0d]")
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d", "-")
)

# UTF-8 read as windows-1252: a lead byte's character followed by characters of the bytes 80-BF.
# Leads that are letters of German or its neighbours (Ä, Å) count only before characters that never
# follow them in real words.
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(
    f"[ÂÃ][{_CONTINUATION}]|â[€‚][{_CONTINUATION}]|â\x80[{_CONTINUATION}]"
    "|Ä[Ÿž±°‡\x8d\x9e\x9f]|Å[Ÿž¡¾\x9e\x9f]"
)
_LEAD = re.compile("[ÂÃâÄÅ]")
# Texts of these characters alone hold nothing to repair, to compose or to take out.
_ORDINARY = re.compile("[ -~\t\n\r\xa0äöüÄÖÜßé„“‚‘’–…•·€]*+")
_KEPT = 4000  # characters: longer texts are not kept


def repair_mojibake(text: str) -> str:
    """Undoes UTF-8 that was read as windows-1252 ("GebÃ¼hr"), also when it happened twice."""
    if text.isascii() or not _LEAD.search(text) or not _MOJIBAKE.search(text):
        return text
    for _ in range(3):
        repaired = _MOJIBAKE.sub(_decode_again, text)
        if repaired == text:
            break
        text = repaired
    return text


def _decode_again(match: re.Match[str]) -> str:
    raw = bytearray()
    for character in match.group():
        try:
            raw += character.encode("windows-1252")
        except UnicodeEncodeError:
            raw += character.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def clean(text: str) -> str:
    """Text as a reader sees it: one line, single spaces, composed letters, nothing invisible.

    Double-encoded umlauts are repaired on the way. Punctuation and dashes stay as they are.
    """
    # Kept for a while: each field reader takes the texts of a page as they come, and cleans them.
    return _known_clean(text) if len(text) <= _KEPT else _clean(text)


def _clean(text: str) -> str:
    if _ORDINARY.fullmatch(text):
        return " ".join(text.split())
    text = repair_mojibake(text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    # Of what is invisible Python calls only the variation selectors printable.
    if not text.isprintable() or "\ufe0e" in text or "\ufe0f" in text:
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


_known_clean = lru_cache(maxsize=4096)(_clean)


def plain(text: str) -> str:
    """`clean` with every dash as "-": same length as `clean(text)`, so positions agree."""
    cleaned = clean(text)
    return cleaned.translate(_DASHES) if _DASH.search(cleaned) else cleaned


@lru_cache(maxsize=2048)
def _fold_character(character: str) -> str:
    special = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}.get(character.lower())
    if special:
        return special
    decomposed = unicodedata.normalize("NFKD", character.translate(_DASHES))
    return "".join(c for c in decomposed.casefold() if not unicodedata.combining(c))


# What German pages print beside ASCII, and what of that is its own folded form.
_GERMAN = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("–", "-"))
_SIGNS = "„“”‚‘’»«•·€"
_OTHER_LETTER = re.compile(f"[^\\x00-\\x7f{_SIGNS}]")
_GROWING = re.compile("[äöüßÄÖÜẞ]")
_OTHER_THAN_GERMAN = re.compile(f"[^\\x00-\\x7fäöüßÄÖÜẞ–{_SIGNS}]")


def fold(text: str) -> str:
    """Form for matching: lower case, ä as ae, ß as ss, no accents, every dash as "-"."""
    # Kept for a while, as above.
    return _known_fold(text) if len(text) <= _KEPT else _fold(text)


def _fold(text: str) -> str:
    """`_fold_character` of all characters, the common ones at once."""
    cleaned = clean(text)
    folded = cleaned.lower()
    if folded.isascii():
        return folded
    for letter, replacement in _GERMAN:
        folded = folded.replace(letter, replacement)
    if folded.isascii() or not _OTHER_LETTER.search(folded):
        return folded
    return "".join(map(_fold_character, cleaned))


_known_fold = lru_cache(maxsize=4096)(_fold)


class Folded:
    """Folded text that can give back the original words of a match."""

    def __init__(self, text: str) -> None:
        self.original = clean(text)
        self.text = fold(self.original)

    def words(self, start: int, end: int) -> str:
        """The original characters behind `self.text[start:end]`."""
        if start >= end:
            return ""
        if self.original.isascii():
            return self.original[start:end]
        return self.original[self._source(start) : self._source(end - 1) + 1]

    def _source(self, position: int) -> int:
        """Where in the original the character stands from which this folded one comes."""
        if self._sources is not None:
            return self._sources[position]
        for before, grown in enumerate(self._grown):
            if position <= grown + before:
                return position - before
            if position == grown + before + 1:
                return grown
        return position - len(self._grown)

    @cached_property
    def _grown(self) -> list[int]:
        """Where in the original a letter stands that becomes two."""
        return [match.start() for match in _GROWING.finditer(self.original)]

    @cached_property
    def _sources(self) -> list[int] | None:
        """`_source` of all folded characters; None for German text, which needs no such list."""
        if not _OTHER_THAN_GERMAN.search(self.original):
            return None
        pieces = enumerate(map(_fold_character, self.original))
        return [position for position, piece in pieces for _ in piece]


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these spans as spaces, all positions kept."""
    if not spans:
        return text
    pieces, position = [], 0
    for start, end in sorted(spans):
        start = max(start, position)
        if end <= start:
            continue
        pieces += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*pieces, text[position:]])


def clip(text: str, length: int) -> str:
    """At most `length` characters, cut at a word border and then ended with "…"."""
    text = clean(text)
    if len(text) <= length:
        return text
    if length < 2:
        return "…"[:length]
    head = text[: length - 1]
    if not text[length - 1].isspace() and " " in head:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,;:-–(") + "…"


_ABBREVIATION = re.compile(
    r"(?:[a-z]|mo|di|mi|do|fr|sa|so|jan|feb|mrz|apr|jun|jul|aug|sept?|okt|nov|dez|nr|kurs-nr|tel|str"
    r"|ca|bzw|inkl|exkl|zzgl|max|min|mind|erm|evtl|ggf|usw|etc|st|dr|prof|abs|art|mio|teiln|vorm"
    r"|nachm|ustd|std|geb|bes|allg|insb|einschl|vgl|sog|gem|lt|dipl|r|hr|fr)"
)
_SENTENCE_END = re.compile(r" (?<=[.!?;|] )")  # by its space, which is looked for at once


def sentences(text: str) -> list[str]:
    """Parts of folded or clean text between full stops, so that a condition stays with its words.

    A full stop after a number or a known abbreviation ("Sa.", "max.") does not end a sentence.
    """
    borders = [0]
    for space in _SENTENCE_END.finditer(text):
        mark = space.start() - 1
        if text[mark] != "." or not _is_cut_short(text, mark):
            borders.append(space.end())
    borders.append(len(text))
    return [part for a, b in pairwise(borders) if (part := text[a:b].strip(" |"))]


def _is_cut_short(text: str, dot: int) -> bool:
    """Whether the full stop ends a number or an abbreviation."""
    before = text[max(0, dot - 12) : dot].rsplit(" ", 1)[-1].lower()
    return before[-1:].isdigit() or _ABBREVIATION.fullmatch(before.lstrip('("„')) is not None
