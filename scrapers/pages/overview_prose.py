"""Offers that an overview tells in sentences: "Die VHS Siegen bietet am 05.09.2026 das …".

Only what cannot be misunderstood becomes an entry: a sentence with one provider, one module and a
date that can be read. Whatever else names a module and a date stays a doubt of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import attrs

from scrapers.fields.dates import read_schedule
from scrapers.fields.labels import Label
from scrapers.fields.relevance import modules_in
from scrapers.pages.blocks import Block
from scrapers.pages.lines import Line
from scrapers.pages.module_words import word_of_module
from scrapers.pages.overview_facts import fact_alone
from scrapers.pages.prose import whole_sentences
from scrapers.pages.venue_phrases import venue_words

_TOWN = r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)*"
_NO_TOWN = (
    r"(?!(?:Mon|Diens|Donners|Frei|Sams|Sonn)\w*tag|Mittwoch|(?:Jan|Febr)uar|März|April|Mai\b|Jun|Jul"
    r"|August|Sept|Okt|Nov|Dez|Raum|Haus|Rathaus)"
)
_PROVIDER = re.compile(
    r"\b(?:VHS|vhs|Vhs|Volkshochschule)\s+(?P<town>(?:(?:Kreis|Bad|Stadt|Sankt|St\.)\s)?"
    rf"{_TOWN}(?:\s(?:an der|am|im|in)\s{_NO_TOWN}{_TOWN})?)(?!\s[A-ZÄÖÜ]|[\w/&])"
)
_ANY_PROVIDER = re.compile(r"\b(?:VHS|vhs|Vhs|Volkshochschulen?)\b")
# What was, what may be, and what falls due: no offer takes place then.
_NOT_AN_OFFER = re.compile(
    r"\b(?:bot|boten|verschoben|verlegt|fand|fanden|war|waren|wurde|wurden|hat|haben|hatte"
    r"|bis zum|bis spätestens|Anmeldeschluss|voraussichtlich|vielleicht|eventuell"
    r"|falls|wenn|abgesagt|entfällt|fällt|nicht|kein\w*)\b"
    r"|\bsoll(?:en|te)?\b|\bfrist\b",
    re.IGNORECASE,
)
_HEADERS = ("Veranstalter", "Modul", "Termin", "Ort")


class ToldOffer(Block):
    """A sentence that is an offer, as a row: what stands in its cells are words of the sentence,
    and nothing on the page is called by its headers."""


def with_told_offers(units: Sequence[Line | Block], today: date) -> list[Line | Block]:
    """The units with each sentence that is an offer as a row of its own, its paragraph's other
    sentences around it. Offers on days that a list or table of the page names are left in the
    text: they are told there a second time."""
    listed = {day for unit in units if not _is_prose(unit) for day in _days(unit.text, today)}
    found: list[Line | Block] = []
    told: set[tuple[str, ...]] = set()
    for unit in units:
        if not isinstance(unit, Line) or not _is_prose(unit):
            found.append(unit)
            continue
        kept: list[str] = []
        rows: list[int] = []
        for sentence in whole_sentences(unit.text):
            row = _row(sentence, unit, today)
            if row is None or not listed.isdisjoint(_days(sentence, today)):
                kept.append(sentence)
                continue
            found += _text(kept, unit)
            kept = []
            if row.cells[:3] not in told:
                told.add(row.cells[:3])
                rows.append(len(found))
                found.append(row)
        if len(kept) == len(whole_sentences(unit.text)):
            found.append(unit)
            continue
        if len(rows) == 1:
            kept = [sentence for sentence in kept if not _registers(sentence, unit, found, rows[0])]
        found += _text(kept, unit)
    return found


def _registers(sentence: str, line: Line, found: list[Line | Block], position: int) -> bool:
    """Whether a sentence beside the only offer of its paragraph says how to register for it; then
    the offer gets the words."""
    offer = found[position]
    links = tuple(link for link in line.links if link[0] and link[0] in sentence)
    fact = fact_alone(attrs.evolve(line, text=sentence, links=links))
    if fact is None or fact.label is not Label.REGISTRATION or not isinstance(offer, ToldOffer):
        return False
    found[position] = attrs.evolve(
        offer,
        text=f"{offer.text} {sentence}",
        cells=(*offer.cells, fact.value),
        headers=(*offer.headers, "Anmeldung"),
        links=(),
    )
    return True


def _is_prose(unit: Line | Block) -> bool:
    return isinstance(unit, Line) and unit.kind in ("paragraph", "item") and unit.text[-1:] in ".!"


def _text(sentences: Sequence[str], line: Line) -> list[Line | Block]:
    text = " ".join(sentences)
    links = tuple(link for link in line.links if link[0] in text)
    return [attrs.evolve(line, text=text, links=links)] if text else []


def _row(sentence: str, line: Line, today: date) -> Block | None:
    providers = {match.group() for match in _PROVIDER.finditer(sentence)}
    named = len(_ANY_PROVIDER.findall(sentence))
    modules = modules_in(sentence)
    if len(providers) != 1 or named != 1 or len(modules) != 1:
        return None
    module = word_of_module(sentence) or f"{next(iter(modules)).capitalize()}modul"
    schedule = read_schedule(sentence, today=today)
    if schedule.value is None or _NOT_AN_OFFER.search(sentence):
        return None
    if read_schedule(schedule.text, today=today).value != schedule.value:
        return None
    cells = (providers.pop(), module, schedule.text, venue_words(sentence) or "")
    links = tuple(link for link in line.links if link[0] and link[0] in sentence)
    return ToldOffer(sentence, "row", 0, links, cells, _HEADERS, line.path)


def _days(text: str, today: date) -> set[date]:
    schedule = read_schedule(text, today=today).value
    if schedule is None:
        return set()
    days = {session.day for session in schedule.sessions}
    return days | {day for day in (schedule.start_date, schedule.end_date) if day}
