"""Where a German sentence says that something takes place, as words for `fields.venues`."""

from __future__ import annotations

import re

_PREPOSITION = r"(?:im|in der|in den|in|am|an der|bei der|beim|auf dem)"
_WITH_ADDRESS = re.compile(
    rf"\b{_PREPOSITION}\s+(?P<name>[A-ZÄÖÜvV„\"][^(),.;]{{2,70}}?)\s*\((?P<address>[^()]*\d[^()]*)\)"
)
_STREET = r"[A-ZÄÖÜ][\w.äöüß-]+(?:\s[A-ZÄÖÜ][\w.äöüß-]+){0,2}\s\d{1,4}(?:\s?[a-z]\b)?"
_TOWN = r"[A-ZÄÖÜ][\wäöüß-]+(?:\s(?:am|an der|im|in|bei)\s[A-ZÄÖÜ][\wäöüß]+)?(?![\w-])"
_POSTAL = re.compile(
    r"\b\d{5}\s+[A-ZÄÖÜ][\wäöüß-]+(?:\s(?:am|an der|im|in|bei)\s[A-ZÄÖÜ][\wäöüß]+)?"
    r"(?:,?\s+(?:Raum|Saal|Zimmer|Seminarraum)\s+[\w./-]{1,12})?"
)
_PREPOSITION_BEFORE = re.compile(
    rf"(?:\b{_PREPOSITION}|Ort:|Veranstaltungsort:)\s+(?=[A-ZÄÖÜv„\"])"
)
_WHEN = re.compile(
    r"\bUhr\b|\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z])|\b(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag"
)
_WHEN_BEFORE = re.compile(r"\bUhr\b|\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z][a-zä]+)\s?\d{4}")
_BUILDING = (
    r"(?:[Hh]aus|[Zz]entrum|[Ss]aal|[Hh]alle|[Ss]chule|[Mm]useum|[Bb]ibliothek|[Bb]ücherei|[Ff]orum"
    r"|VHS|vhs|[Aa]kademie|[Uu]niversität|[Cc]ampus|[Kk]irche|[Tt]heater|[Hh]otel|[Ii]nstitut"
    r"|[Cc]enter|[Tt]reff|[Bb]ahnhof|[Ss]chloss|[Ff]oyer|[Aa]ula)"
)
_BY_NAME = re.compile(
    rf"\b(?:im|in der|in den)\s+(?P<name>(?:[A-ZÄÖÜv][\wäöüß-]*\s){{0,3}}[\wÄÖÜäöüß-]*{_BUILDING}"
    rf"[\wäöüß]*(?:\s(?!Uhr)[A-ZÄÖÜ][\wäöüß-]+){{0,2}})"
    rf"(?P<address>,\s{_STREET}(?:,\s(?:in\s)?{_TOWN})?)?"
)
_SAYS_WHERE = re.compile(
    r"^.*?\b(?:\w+ort|Ort|Adresse|Anschrift|Treffpunkt)(?:\s+(?:ist|sind)\b|:)\s*(?:das|die|der|dem)?\s*"
)
_VERB = re.compile(r"\b(?:ist|sind|wird|werden|hat|haben|gibt|findet|finden|kann|können|steht)\b")


def names_building(words: str) -> bool:
    """Whether words stand for a building: "Rathaus", "VHS-Haus am Markt"."""
    return len(words) <= 60 and re.search(_BUILDING, words) is not None and words[:1].isupper()


def venue_words(sentence: str) -> str | None:
    """Name and address as one list, or the name alone; None where the sentence names no venue."""
    if match := _WITH_ADDRESS.search(sentence):
        return f"{match['name']}, {match['address']}"
    if postal := _POSTAL.search(sentence):
        starts = [m.end() for m in _PREPOSITION_BEFORE.finditer(sentence, 0, postal.start())]
        # "Am Stadelhof 8" is a street, not "am" with a venue: the widest reading without a date.
        readings = [sentence[start : postal.end()] for start in starts]
        fitting = [words for words in readings if len(words) <= 140 and not _WHEN.search(words)]
        if fitting:
            return fitting[0]
        if when := list(_WHEN_BEFORE.finditer(sentence, 0, postal.start())):
            # "…, 10–16 Uhr, Rathaus, Markt 1, 45001 Adorf": what follows the day is the place.
            words = sentence[when[-1].end() : postal.end()].strip(" ,–-(")
            return words if words[:1].isupper() and len(words) <= 100 else None
        if _WHEN.search(sentence):
            return None
        return _without_lead(sentence, postal)
    if match := _BY_NAME.search(sentence):
        return f"{match['name']}{match['address'] or ''}"
    return None


def _without_lead(sentence: str, postal: re.Match[str]) -> str | None:
    """What a sentence with a postal address gives as the venue: what stands after "Ort:" or
    "Veranstaltungsort ist"; of a sentence that says more only the address."""
    words = _SAYS_WHERE.sub("", sentence[: postal.end()], count=1)
    if _VERB.search(f"{words} {sentence[postal.end() :]}"):
        street = re.search(rf"{_STREET},?\s+$", sentence[: postal.start()])
        words = sentence[street.start() if street else postal.start() : postal.end()]
    return words if len(words) <= 140 else None
