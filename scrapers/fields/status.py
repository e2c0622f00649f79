"""State of registration in words, titles of status lights, class names and English codes."""

from __future__ import annotations

import re

from scrapers.fields.reading import Reading
from scrapers.fields.text import Folded, sentences
from scrapers.records import OfferStatus

# In the order in which they are tried: "nicht buchbar" contains "buchbar", so negatives come first.
_RULES: tuple[tuple[OfferStatus, str], ...] = (
    (
        "cancelled",
        r"ausgefallen|abgesagt|\bentfaellt|\bfaellt (?:\w+ ){0,2}?aus\b|cancelled|canceled"
        r"|storniert"
        r"|findet nicht statt",
    ),
    ("finished", r"abgeschlossen|\bbeendet|completed|bereits stattgefunden|kurs vorbei"),
    (
        "waitlist",
        r"(?<!keine )warteliste(?! voll| ist voll)|wartelistenplatz|waiting ?_?list|waitlist",
    ),
    (
        "few",
        r"fast ausgebucht|(?:nur noch )?wenige (?:freie )?(?:rest)?plaetze|\brestplaetze"
        r"|nahezu ausgebucht|beinahe ausgebucht|limitedavailability"
        r"|nur noch (?:1|2|3|ein|zwei|drei) (?:freie[rn]? )?(?:plaetze|platz)",
    ),
    (
        "full",
        r"(?<!nicht )(?<!noch nicht )ausgebucht|(?:voll|komplett|alle plaetze|kurs|ist) belegt"
        r"|^belegt[.!]?$|keine (?:freien )?plaetze|\b0 (?:freie )?plaetze|kein platz|soldout"
        r"|sold_out"
        r"|fullybooked|fully_booked|coursefull|kurs ist voll|\bkurs voll",
    ),
    (
        "closed",
        r"nicht (?:mehr )?(?:online )?buchbar|nichtbuchbar|notbookable|nicht (?:mehr )?(?:online )?"
        r"(?:moeglich|anmeldbar)|keine (?:online-?)?anmeldung (?:mehr )?moeglich"
        r"|keine (?:online-?)?buchung|anmeldung (?:ist |wurde |bereits )*(?:geschlossen|gesperrt"
        r"|abgelaufen)|anmeldeschluss (?:ist )?(?:vorbei|abgelaufen|erreicht|ueberschritten)"
        r"|anmeldefrist (?:ist )?(?:abgelaufen|vorbei)|nur telefonisch|nur (?:noch )?persoenlich"
        r"|\bgeschlossen$|registrationclosed|noch nicht (?:moeglich|buchbar|freigeschaltet)",
    ),
    (
        "open",
        r"anmeldung (?:ist )?(?:noch |jederzeit |online )*moeglich|anmelden moeglich|\bbuchbar"
        r"|bookable|(?:plaetze|platz) (?:sind |ist )?(?:noch )?(?:frei|verfuegbar|vorhanden)"
        r"|\bfreie plaetze|\bfreier platz|instock|in_stock|registrationopen"
        r"|anmeldung (?:ist )?(?:offen|geoeffnet|freigeschaltet)|es gibt noch plaetze",
    ),
)
_PATTERNS = tuple((status, re.compile(pattern)) for status, pattern in _RULES)
# What may happen, what happened to one date, what is asked for: not the state of the offer.
_NOT_A_STATE = re.compile(
    r"\b(?:wenn|falls|sollte[n]?|sofern|ggf|gegebenenfalls|bei zu|bei weniger|bei nicht|koennen?"
    r"|kann|koennte|muss|muesste|wird der kurs)\b(?! (?:noch |online )*(?:gebucht|angemeldet))"
)
_ONE_DATE = re.compile(r"\btermine?\b|\d{1,2}\. ?\d{1,2}\.|unterricht am")
_ONLY_IN_SHORT_TEXT = frozenset({"cancelled", "finished"})
_SHORT = 90


def read_status(text: str) -> Reading[OfferStatus]:
    """Reads the state of registration from a status text, title, class name or code.

    Sentences about what could happen ("kann abgesagt werden") or about one single date do not
    count. Colours of lights are not read: their meaning differs between sites.
    """
    folded = Folded(text)
    parts = sentences(folded.text)
    for status, pattern in _PATTERNS:
        for part in parts:
            match = pattern.search(part)
            if match is None:
                continue
            if status != "open" and status != "closed" and _NOT_A_STATE.search(part):
                continue
            if status == "cancelled" and _ONE_DATE.search(part):
                continue
            if status in _ONLY_IN_SHORT_TEXT and len(part) > _SHORT:
                continue
            start = folded.text.find(part) + match.start()
            return Reading.stated(status, folded.words(start, start + len(match.group())))
    return Reading.absent()
