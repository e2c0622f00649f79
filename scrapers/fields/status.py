"""State of registration in words, titles of status lights, class names and English codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from scrapers.fields.reading import Reading
from scrapers.fields.text import Folded, sentences
from scrapers.records import OfferStatus

# In the order in which they are tried: "nicht buchbar" contains "buchbar", so negatives come first.
_RULES: tuple[tuple[OfferStatus, str], ...] = (
    (
        "cancelled",
        r"ausgefallen|abgesagt|entfaellt(?<=\bentfaellt)|faellt(?<=\bfaellt) (?:\w+ ){0,2}?aus\b"
        r"|cancelled|canceled"
        r"|storniert|findet nicht statt",
    ),
    ("finished", r"abgeschlossen|\bbeendet|completed|bereits stattgefunden|kurs vorbei"),
    (
        "waitlist",
        r"(?<!keine )warteliste(?!n? (?:ist )?voll)|waiting ?list|waitlist",
    ),
    (
        "few",
        r"(?:fast|nahezu|beinahe) ausgebucht|wenige (?:freie )?(?:rest)?plaetze|\brestpla"
        r"|\bletzter? (?:freier? )?pla|limitedavailability"
        r"|nur noch (?:[123]|ein|zwei|drei) (?:freier? )?(?:plaetze|platz)",
    ),
    (
        "full",
        r"(?<!nicht )ausgebucht|(?:voll|komplett|alle plaetze|kurs|ist) belegt|^belegt[.!]?$"
        r"|\bkeine? (?:\w+ ){0,2}(?:plaetze|platz)\b|\b0 (?:freie )?plaetze|sold ?out|fully ?booked"
        r"|coursefull|kurs (?:ist )?voll\b",
    ),
    (
        "closed",
        r"(?<!einzeltermine )(?<!einzeln )nicht (?:mehr )?(?:online )?(?:buchbar|anmeldbar)"
        r"|nichtbuchbar|notbookable"
        r"|(?:anmeldung|anmelden|buchung|buchen)\b[^.,;]{0,40}\bnicht (?:mehr |online )*moeglich"
        r"|noch nicht (?:moeglich|buchbar|freigeschaltet)|registrationclosed"
        r"|keine (?:online-?)?(?:anmeldung|buchung) (?:mehr )?(?:moeglich|mehr)"
        r"|anmeldung (?:ist |wurde |bereits )*(?:geschlossen|gesperrt|abgelaufen)"
        r"|(?:anmeldeschluss|anmeldefrist) (?:ist )?(?:vorbei|abgelaufen|erreicht|ueberschritten)"
        r"|(?:anmeldung|buchung|buchbar)?\b ?nur (?:noch )?(?:telefonisch|persoenlich)"
        r"|^geschlossen$",
    ),
    (
        "open",
        r"anmeldung (?:ist )?(?:noch |jederzeit |online )*moeglich(?! (?:ab|erst))"
        r"|anmelden moeglich|bookable"
        r"|(?<!einzeln )(?<!separat )(?<!getrennt )(?<!auch )(?<!demnaechst )(?<!bald )"
        r"\bbuchbar(?! (?:ab|erst))"
        r"|(?:plaetze|platz) (?:sind |ist )?(?:noch )?(?:frei|verfuegbar|vorhanden)|^frei[.!]?$"
        r"|\bfreie plaetze|\bfreier platz|in ?stock|registrationopen|es gibt noch plaetze"
        r"|anmeldung (?:ist )?(?:offen|geoeffnet|freigeschaltet)",
    ),
)
_PATTERNS = tuple((status, re.compile(pattern)) for status, pattern in _RULES)
# What may happen, what happened to one date, what is asked for: not the state of the offer.
_NOT_A_STATE = re.compile(
    r"\b(?:wenn|falls|sollte[n]?|sofern|ggf|gegebenenfalls|bei zu|bei weniger|bei nicht|koennen?"
    r"|kann|koennte|muss|muesste|wird der kurs)\b(?! (?:noch |online )*(?:gebucht|angemeldet))"
)
_DENIED = re.compile(r"\b(?:kein\w*|nicht|ohne|leider)\b[^,;.]*$")
_ONE_DATE = re.compile(r"\btermine?\b|\d{1,2}\. ?\d{1,2}\.|unterricht am")
_OFFER = (
    r"(?:(?:der|die|das|dieser?|dieses|unsere?) )?"
    r"(?:kurs|veranstaltung|seminar|workshop|lehrgang|angebot|qualifizierung|schulung|fortbildung"
    r"|reihe|modul)"
)
_MAY_BE_OFF = ("ausgefallen", "abgesagt", "storniert", "entfallen", "fällt", "faellt")
_BECAUSE = r"(?:leider |bereits |krankheitsbedingt |kurzfristig |aus [a-z]+ gruenden )*"
_IS_OFF = r"(?:ausgefallen|abgesagt|storniert|entfallen)(?: werden| worden)?"
_CANCELLED_LINE = re.compile(
    r"(?:(?:achtung|hinweis|wichtig|aktuell|info)\w* ?[:!-]+ ?)?"
    rf"(?:{_BECAUSE}{_OFFER} (?:(?:ist|wurde|wird|muss|musste) )?{_BECAUSE}"
    rf"(?:{_IS_OFF}|entfaellt|faellt {_BECAUSE}aus)"
    rf"|leider (?:(?:ist|wurde|wird|muss|musste) {_OFFER} {_BECAUSE}{_IS_OFF}"
    rf"|faellt {_OFFER} {_BECAUSE}aus|entfaellt {_OFFER}))[.!]*"
)
_MAY_BE_FULL = ("ausgebucht", "belegt")
_ALREADY = r"(?:leider |bereits |schon |inzwischen |mittlerweile |derzeit |zurzeit )*"
_FULL_LINE = re.compile(
    rf"(?:(?:achtung|hinweis|wichtig|aktuell|info)\w* ?[:!-]+ ?)?(?:leider )?"
    rf"(?:{_OFFER} (?:ist|war)|(?:ist|war) {_OFFER}) {_ALREADY}"
    r"(?:komplett |restlos |vollstaendig |voll )?(?:ausgebucht|belegt)[.!]*"
)
# Words with and without a capital, or all in capitals: to make a whole text lower case takes longer
# than to look for these.
_SIGNS = tuple(sign for word in (*_MAY_BE_OFF, *_MAY_BE_FULL) for sign in (word[1:], word.upper()))
_SENTENCES: tuple[tuple[OfferStatus, re.Pattern[str]], ...] = (
    ("cancelled", _CANCELLED_LINE),
    ("full", _FULL_LINE),
)
# Strongest first: what decides where several texts speak of one offer.
_ORDER = tuple(status for status, _ in _RULES)
_ONLY_IN_SHORT_TEXT = frozenset({"cancelled", "finished"})
_SHORT = 90


def strongest_status(texts: Iterable[str]) -> Reading[OfferStatus]:
    """The state that goes before all others told of one offer: "Kurs fällt aus" beside a light
    that says "nicht buchbar" is cancelled. Of equal states the first text gives the words."""
    told = [read_status(text) for text in texts]
    for status in _ORDER:
        for reading in told:
            if reading.value == status:
                return reading
    return Reading.absent()


def state_signs(text: str) -> list[str]:
    """What of a text may belong to a sentence of `says_state`, found at once; nothing in a text
    without such a sentence."""
    return [sign for sign in _SIGNS if sign in text]


def says_state(text: str) -> Reading[OfferStatus]:
    """Whether a sentence of running text says that this offer is cancelled or full, and nothing
    else: conditions ("kann abgesagt werden") and single dates say more than that."""
    if not state_signs(text):
        return Reading.absent()
    folded = Folded(text)
    parts = sentences(folded.text)
    for status, pattern in _SENTENCES:
        for part in parts:
            if pattern.fullmatch(part):
                start = folded.text.find(part)
                return Reading.stated(status, folded.words(start, start + len(part)))
    return Reading.absent()


@lru_cache(maxsize=1024)
def read_status(text: str) -> Reading[OfferStatus]:
    """Reads the state of registration from a status text, title, class name or code.

    Sentences about what could happen ("kann abgesagt werden") or about one single date do not
    count. Colours of lights are not read: their meaning differs between sites.
    """
    return _first_of(_PATTERNS, text)


def is_called_off(title: str) -> Reading[OfferStatus]:
    """What `read_status` says of a title that states "cancelled", which comes before all other
    states; absent for any other title."""
    return _first_of(_PATTERNS[:1], title)


def _first_of(
    patterns: Iterable[tuple[OfferStatus, re.Pattern[str]]], text: str
) -> Reading[OfferStatus]:
    folded = Folded(text)
    body = folded.text
    if " " not in body:
        body = body.replace("-", " ").replace("_", " ")  # a class name: "ampel-fast-ausgebucht"
    parts = sentences(body)
    for status, pattern in patterns:
        for part in parts:
            match = pattern.search(part)
            if match is None:
                continue
            if status != "open" and status != "closed" and _NOT_A_STATE.search(part):
                continue
            if status == "open" and _DENIED.search(part[: match.start()]):
                continue
            if status == "cancelled" and _ONE_DATE.search(part):
                continue
            if status in _ONLY_IN_SHORT_TEXT and len(part) > _SHORT:
                continue
            start = body.find(part) + match.start()
            return Reading.stated(status, folded.words(start, start + len(match.group())))
    return Reading.absent()
