"""What an overview says about its series: title, modules with their topics, number of bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from scrapers.fields.labels import canonical_label
from scrapers.fields.nothing import says_none
from scrapers.fields.relevance import judge_relevance
from scrapers.fields.text import clean, clip
from scrapers.pages.date_words import DATE
from scrapers.pages.lines import Line
from scrapers.pages.prose import whole_sentences
from scrapers.records import Module, SeriesModule

_SERIES_NAME = re.compile(
    r"\b(?:\w*[Rr]eihe|Programm|Qualifizierung|Fortbildung)\s+[„“\"»](?P<name>[^„“”\"«»]{5,200})[“”\"«]"
)
_MODULE_LINE = re.compile(
    r"^(?:(?:das|im|(?:termine|angebote|kurse)(?: (?:zum|im|für das|des))?|modul \d+|modul [a-d]"
    r"|weitere|alle|unsere|neue|nächste|kommende|\d+)\b[:.)\s–-]*)?\(?"
    r"(?P<kind>basis|grundlagen|aufbau|vertiefungs)-?modul(?:en?|s)?(?:\s*\d)?\)?(?P<rest>.*)$",
    re.IGNORECASE,
)
_TITLE_OF_MODULE = re.compile(
    r"^\s*[:–—|-]+\s*(?P<title>\S.*)$|^\s+[„“\"](?P<quoted>[^„“”\"]+)[“”\"]"
)
_TOTAL = re.compile(
    r"(?<![\d.,/-])(?P<total>\d{2,3})\s+(?:[\wäöüß/-]+\s+){0,4}?"
    r"(?:Gremien|Integrations(?:räte|raete|räten|ausschüsse|ausschüssen|gremien)|Ausschüsse[n]?"
    r"|Migrationsräte)\b"
)
_TOTAL_AFTER = re.compile(
    r"\b(?:Gremien|Integrationsräte|Ausschüsse)\b[^.;:\d]{0,60}?[:(]\s*(?:insgesamt\s+)?(?P<total>\d{2,3})\b"
)
_WHOLE_LAND = re.compile(r"\b(?:NRW|Nordrhein-Westfalen|landesweit|insgesamt|im ganzen Land)", re.I)
_SOMEBODY = re.compile(r"\b(?:VHS|vhs|Volkshochschule)\b")
_ENDS_LIKE_TEXT = re.compile(r"[.!?:;,…]$")
_LONGEST_TOPIC = 300


@attrs.frozen
class SeriesText:
    """`module_lines` are the positions of the lines that open a module's description."""

    title: str
    modules: tuple[SeriesModule, ...]
    module_lines: frozenset[int]
    total: int | None
    total_text: str | None


def read_series(lines: Sequence[Line], fallback_title: str, facts: frozenset[int]) -> SeriesText:
    """Reads the lines that carry no facts of an entry (`facts` are the positions of those)."""
    texts = [line.text for line in lines]
    modules: dict[Module, SeriesModule] = {}
    opened: set[int] = set()
    for position, line in enumerate(lines):
        module = _module_of(line.text)
        if module is None or position in facts:
            continue
        topics = _topics(lines, position, facts)
        title = _module_title(line.text) or _following_title(lines, position, topics)
        if title is None and not topics:
            continue
        opened.add(position)
        known = modules.get(module)
        if known is None or (not known.topics and topics):
            modules[module] = SeriesModule(
                module=module, title=title or clean(line.text), topics=topics
            )
    total, total_text = _stated_total(texts)
    title = _series_title(lines) or fallback_title
    return SeriesText(title, tuple(modules.values()), frozenset(opened), total, total_text)


def is_heading_like(line: Line) -> bool:
    """Headings, and short lines that could be one where the markup does not say."""
    if line.kind == "heading":
        return True
    return len(line.text) <= 90 and not _ENDS_LIKE_TEXT.search(line.text) and not line.bullet


def module_word(text: str) -> Module | None:
    """The module that a short line is about, None for running text."""
    return _module_of(text) if len(text) <= 120 else None


def _series_title(lines: Sequence[Line]) -> str | None:
    quoted = [clean(m["name"]) for line in lines for m in _SERIES_NAME.finditer(line.text)]
    if quoted:
        return quoted[0].rstrip(" .")
    for line in lines:
        is_short = len(line.text) <= 160 and _can_name_series(line.text)
        if is_short and judge_relevance(line.text).category == "series":
            return clean(line.text).rstrip(" .:")
    headings = (line for line in lines if line.kind == "heading" and line.level == 1)
    heading = next((line for line in headings if _can_name_series(line.text)), None)
    return heading.text.rstrip(" :.") if heading else None


def _can_name_series(text: str) -> bool:
    is_address = "://" in text or "@" in text
    return not is_address and _module_of(text) is None and canonical_label(text) is None


def _module_of(text: str) -> Module | None:
    match = _MODULE_LINE.match(text)
    if match is None or len(text) > 160:
        return None
    rest = match["rest"]
    if rest and not _TITLE_OF_MODULE.match(rest) and rest.strip(" :.)"):
        return None
    if DATE.search(rest) or _SOMEBODY.search(rest):
        return None  # the line says when the module takes place, or where
    return "basis" if match["kind"].lower() in {"basis", "grundlagen"} else "aufbau"


def _module_title(text: str) -> str | None:
    match = _MODULE_LINE.match(text)
    title = _TITLE_OF_MODULE.match(match["rest"]) if match else None
    if title is None:
        return None
    return clean(title["title"] or title["quoted"]).strip(' „“”"')


def _following_title(lines: Sequence[Line], position: int, topics: tuple[str, ...]) -> str | None:
    """The line under a bare "Basismodul", where it looks like a title and text follows it."""
    if position + 2 >= len(lines) or not topics:
        return None
    line = lines[position + 1]
    return line.text if is_heading_like(line) and _module_of(line.text) is None else None


def _topics(lines: Sequence[Line], position: int, facts: frozenset[int]) -> tuple[str, ...]:
    """Sentences and list items below a module's line, up to the next heading or entry."""
    found: list[str] = []
    has_own_title = _module_title(lines[position].text) is not None
    for offset, line in enumerate(lines[position + 1 :], start=position + 1):
        if offset in facts or _module_of(line.text) is not None:
            break
        is_list_item = line.kind == "item" and lines[position].kind != "item"
        if is_heading_like(line) and not is_list_item:
            if offset == position + 1 and not has_own_title:
                continue
            break
        found.extend(topic for topic in _split_topics(line.text) if not says_none(topic))
    return tuple(dict.fromkeys(found))


def _split_topics(text: str) -> list[str]:
    return [
        clip(part.rstrip(" ;"), _LONGEST_TOPIC) for part in whole_sentences(text) if len(part) > 2
    ]


def _stated_total(texts: Sequence[str]) -> tuple[int | None, str | None]:
    """The one number of bodies that the text states; where it states several, the one for the
    whole Land; None where that leaves a choice."""
    found: list[tuple[int, str]] = []
    for text in texts:
        for sentence in whole_sentences(text):
            for pattern in (_TOTAL, _TOTAL_AFTER):
                found += [(int(match["total"]), sentence) for match in pattern.finditer(sentence)]
    if len({total for total, _ in found}) > 1:
        found = [(total, sentence) for total, sentence in found if _WHOLE_LAND.search(sentence)]
    if len({total for total, _ in found}) != 1:
        return None, None
    return found[0][0], clip(found[0][1], 300)
