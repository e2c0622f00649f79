"""What one line of an overview tells: facts behind labels, one fact alone, or several in pieces.

Overviews print an offer in one line as often as in several: "VHS Ahlen – 12.09.2026, 10–16 Uhr –
ausgebucht". The date is taken out first, since it holds commas and dashes itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from scrapers.fields.dates import read_schedule
from scrapers.fields.labels import Label
from scrapers.fields.nothing import says_none
from scrapers.pages.lines import Line
from scrapers.pages.overview_facts import Fact, fact_alone, is_provider_name, labelled_facts
from scrapers.pages.overview_series import module_word
from scrapers.pages.venue_phrases import names_building

_LONGEST_LINE = 300
_LONGEST_ALONE = 160
_LONGEST_UNKNOWN = 60  # of a list of facts; more unknown words make a sentence of it
_SEPARATOR = re.compile(r"\s*[|•·;()]\s*|\s*,\s+|\s+[–—-]\s+")
_SENTENCE = re.compile(
    r"[a-zäöüß]{2,}[.!?]$|[.!?] [A-ZÄÖÜ][a-zäöü]+ [a-zäöü]"
    r"|\b(?:ist|sind|wird|werden|bietet|bieten|findet|finden|lädt|laden|kann|können)\b"
)
_BEFORE_DATE = re.compile(
    r"(?:\b(?:am|ab|vom|den|der)\s+|\b(?:Mo|Di|Mi|Do|Fr|Sa|So)(?:\w*tag|\w*woch|nnabend)?"
    r"s?\.?,?\s+(?:den\s+)?)+$"
)
_TOWN = re.compile(r"\d{5}\s+[A-ZÄÖÜ]")
_STREET = re.compile(r"[A-ZÄÖÜ][\w.äöüß -]{2,40}\s\d{1,4}\s?[a-z]?")
_MODULE_OF = re.compile(
    r"(?P<module>.{5,40}?) (?:(?:bei|an|in|von) )?(?:der|des) (?P<whose>.{3,80}?):?"
)
_NAMING = frozenset({Label.PROVIDER, Label.MODULE})


def facts_of(line: Line) -> list[Fact]:
    """The facts that one line states, with or without a label; [] for running text."""
    if labelled := labelled_facts(line):
        return labelled
    if len(line.text) > _LONGEST_LINE:
        return []
    for read in (_named_before_colon, _module_of_provider, _facts_in_pieces):
        if found := read(line):
            return found
    fact = fact_alone(line) if len(line.text) <= _LONGEST_ALONE else None
    return [fact] if fact else []


def is_whole(facts: Iterable[Fact]) -> bool:
    """Whether a line without labels tells an offer by itself: when, and whose or which."""
    labels = {fact.label for fact in facts if fact.evidence == "list"}
    return Label.DATE in labels and bool(labels & _NAMING)


def _named_before_colon(line: Line) -> list[Fact]:
    """ "VHS Ahlen: …", "Basismodul: …" before other facts."""
    split = re.match(r"^([^:]{4,80}):\s+(.+)$", line.text)
    if split is None:
        return []
    if is_provider_name(split[1]):
        label = Label.PROVIDER
    elif module_word(split[1]):
        label = Label.MODULE
    else:
        return []
    rest = facts_of(attrs.evolve(line, text=split[2]))
    name = split[1].strip()
    return [Fact(label, name, name), *rest] if rest else []


def _module_of_provider(line: Line) -> list[Fact]:
    """ "Basismodul der VHS Ahlen": which module, and whose."""
    match = _MODULE_OF.fullmatch(line.text)
    if match is None or not module_word(match["module"]) or not is_provider_name(match["whose"]):
        return []
    module, whose = match["module"], match["whose"]
    return [Fact(Label.PROVIDER, whose, whose), Fact(Label.MODULE, module, module)]


def _facts_in_pieces(line: Line) -> list[Fact]:
    """The facts of a line that is a list of them, those that name the offer first; [] where less
    than two things are told, or where it holds more words than facts."""
    text = line.text
    if _SENTENCE.search(text):
        return []
    when = _date_words(text)
    before, _, after = text.partition(when) if when else (text, "", "")
    parts = [*_parts(before), *_parts(after)]
    found, unknown = _told_in(parts, line)
    if when:
        found.append(Fact(Label.DATE, when, when))
    if all(fact.label is not Label.REGISTRATION for fact in found):
        found += _linked(when, line)
    labels = {fact.label for fact in found}
    is_telling = bool(labels & {*_NAMING, Label.DATE, Label.REGISTRATION})
    if len(labels) < 2 or not is_telling or sum(map(len, unknown)) > _LONGEST_UNKNOWN:
        return []
    return sorted(found, key=lambda fact: fact.label not in _NAMING)


def _linked(when: str, line: Line) -> list[Fact]:
    """The way to register behind the date itself."""
    links = tuple(link for link in line.links if link[0] and (link[0] in when or when in link[0]))
    fact = fact_alone(attrs.evolve(line, links=links)) if when else None
    return [fact] if fact is not None and fact.label is Label.REGISTRATION else []


def _date_words(text: str) -> str:
    """The words that say when, with the weekday before them; "" where they say nothing certain."""
    reading = read_schedule(text)
    if reading.value is None or reading.text not in text:
        return ""
    start = text.index(reading.text)
    before = _BEFORE_DATE.search(text[:start])
    words = text[before.start() if before else start : start + len(reading.text)]
    return words if read_schedule(words).value == reading.value else ""


def _parts(text: str) -> list[str]:
    return [part for piece in _SEPARATOR.split(text) if (part := piece.strip(" .:"))]


def _told_in(parts: Sequence[str], line: Line) -> tuple[list[Fact], list[str]]:
    """The facts of the parts, and the parts that tell none that is known."""
    found: list[Fact] = []
    unknown: list[str] = []
    for position, part in enumerate(parts):
        links = tuple(link for link in line.links if link[0] and link[0] in part)
        piece = Line(part, "row", 0, links)
        if labelled := labelled_facts(piece):
            found += labelled
            continue
        fact = _fact_of_part(piece, parts[position + 1 :])
        if fact is None:
            unknown += [] if says_none(part) else [part]
        elif fact.label is Label.PLACE and found and found[-1].label is Label.PLACE:
            words = f"{found[-1].value}, {fact.value}"
            found[-1] = Fact(Label.PLACE, words, words)
        elif fact.label is Label.PLACE and position and unknown[-1:] == [parts[position - 1]]:
            name = unknown.pop() if names_building(unknown[-1]) else ""
            words = f"{name}, {fact.value}" if name else fact.value
            found.append(Fact(Label.PLACE, words, words))
        elif all(known.label is not fact.label for known in found):
            found.append(fact)
        else:
            unknown.append(part)
    return found, unknown


def _fact_of_part(piece: Line, following: Sequence[str]) -> Fact | None:
    part = piece.text
    if module_word(part):
        return Fact(Label.MODULE, part, part)
    if _STREET.fullmatch(part) and following and _TOWN.match(following[0]):
        return Fact(Label.PLACE, part, part)
    return fact_alone(piece)
