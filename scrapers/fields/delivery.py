"""Whether an offer takes place in person, online or both."""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.fields.reading import Reading
from scrapers.fields.text import Folded
from scrapers.records import DeliveryMode

# At the beginning of a place's value; "Online-Anmeldung" and the like are no places.
_ONLINE_PLACE = re.compile(
    r"(?:online|zoom|digital|virtuell|internet|web|vhs\.cloud|webinar|live-?stream|ms teams"
    r"|microsoft teams|big ?blue ?button|edudip|webex|home-?office|zuhause|zu hause)\b"
    r"(?!\w*[- ]?(?:anmeld|buch|beratung|zentrum|haus|labor|sprech|shop))"
)
_TOOL = r"(?:zoom|videokonferenz|teams)"
# The alternatives begin with a letter: so a search passes over all others at once.
_ONLINE = re.compile(
    r"online(?<=\bonline)-?(?:kurs|seminar|veranstaltung|workshop|vortrag|angebot|schulung|modul|format"
    r"|fortbildung|meeting|termin)|webinar(?<=\bwebinar)|statt(?<=\bstatt)(?:findend)? online\b"
    r"|findet (?:\w+ ){0,3}(?:online|digital|virtuell) statt"
    rf"|per {_TOOL}|via {_TOOL}|ueber {_TOOL}|online-?konferenz|videokonferenz"
    r"|live(?<=\blive)-?stream\b|digitale veranstaltung|virtuelle veranstaltung"
)
_IN_PERSON = re.compile(
    r"\bpraesenz-?(?:veranstaltung|kurs|seminar|workshop|angebot|format|termin|modul)"
    r"|\b(?:in|als) praesenz\b|^praesenz$"
)
_HYBRID = re.compile(
    r"hybrid(?<=\bhybrid)|praesenz (?:und|oder|sowie|/) ?online|wahlweise (?:online|in praesenz)"
    r"|online (?:und|oder|sowie|/) ?(?:in )?praesenz"
)
_NEGATED = re.compile(r"\b(?:nicht|kein|keine|statt|weder|anstatt)\b[^.;]*$")


@lru_cache(maxsize=1024)
def read_delivery_mode(text: str) -> Reading[DeliveryMode]:
    """in_person, online or hybrid where the text says so.

    A text that speaks of both without joining them is absent. "vor Ort" proves nothing (the series
    has it in its title), nor does "Online-Anmeldung".
    """
    folded = Folded(text)
    if hybrid := _unnegated(_HYBRID, folded.text):
        return Reading.stated("hybrid", folded.words(*hybrid.span()))
    online = _ONLINE_PLACE.match(folded.text) or _unnegated(_ONLINE, folded.text)
    in_person = "praesenz" in folded.text and _unnegated(_IN_PERSON, folded.text)
    if online and not in_person:
        return Reading.stated("online", folded.words(*online.span()))
    if in_person and not online:
        return Reading.stated("in_person", folded.words(*in_person.span()))
    return Reading.absent()


def _unnegated(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    for match in pattern.finditer(text):
        if not _NEGATED.search(text[max(0, match.start() - 30) : match.start()]):
            return match
    return None
