"""Whether a page without hits says that there are none, or only that its search did not work.

Both sound alike ("Keine Kurse abrufbar"), and taking the second for the first would report a
failed check as "no offer". So one line that speaks of trouble, or asks for a word that was given,
takes back every "keine Kurse" on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from scrapers.fields.text import clean, fold, sentences
from scrapers.pages.paging import HIT, LONGEST, states_hits

_NOTHING: Final = re.compile(
    rf"(?<![\d.,])0\s+(?:passende[nr]?\s+)?{HIT}\b|"
    rf"\b(?:anzahl|treffer|ergebnisse|gefundene\s+{HIT})\s*[:(]\s*0\b|^{HIT}\s*[:(]\s*0\)?$|"
    r"\b(?:treffer|kurs|ergebnis)(?:an)?zahl\s*[:=(]?\s*0\b|"
    rf"\banzahl\s+(?:der\s+)?{HIT}\s*[:=(]?\s*0\b|"
    rf"\bkeine?[nm]?\s+(?:[^\s.]+\s+){{0,3}}?(?:{HIT}|übereinstimmung(?:en)?|resultate?n?|"
    rf"entsprechung(?:en)?)(?![\w-])|"
    r"\bnichts\s+(?:passendes\s+|entsprechendes\s+)?(?:gefunden|vorhanden)|"
    r"\b(?:wurden?|konnten?|haben)\s+(?:[^\s.]+\s+){0,8}?nichts\b|"
    r"\bkeine?\s+(?:[^\s.]+\s+){0,6}?(?:gefunden|ergeben|erzielt)\b|"
    r"\bnicht\s+fündig\b|\b(?:suche|anfrage)\s+(?:\w+\s+){0,6}?(?:ergebnislos|erfolglos)\b|"
    r"\b(?:ohne|kein)\s+(?:ergebnis|treffer|erfolg)\b|"
    r"\bno\s+(?:results?|courses?|matches)\s+(?:were\s+)?found\b",
    re.I,
)
# What every way of saying so has.
_MAY_DENY: Final = re.compile(r"0|kein|nicht|ohne|erfolglos|ergebnislos|\bno\b", re.I)
# Words that make a "keine Kurse" speak of something else than this search.
_OTHER_MATTER: Final = re.compile(
    r"warenkorb|merkliste|merkzettel|javascript|cookies?|newsletter|feiertag|ferien|"
    r"pl(atz|ätze)|anmeld|beschreibung|\bbild|gebuchte|besuchte|"
    r"keine\s+(?:passenden\s+)?(?:kurse|angebote|veranstaltungen)\s+(?:mehr\s+)?"
    r"(?:verpassen|finden\s+statt)|\bferner\b|"
    rf"\bkeine?\s+weitere[nr]?\s+{HIT}|"
    rf"\bkeine?\s+{HIT}\s+(?:ausgewählt|ausgesucht|markiert|gesucht|abrufbar|geladen)\b|"
    r"\b(?:können|konnten)\b.*\b(?:angezeigt|geladen|abgerufen)\s+werden",
    re.I,
)
# What would be found in another case is not what was found.
_CONDITION: Final = re.compile(r"\b(?:sonst|andernfalls|ansonsten|wenn|falls|sofern|sollten?)\b")
_SEARCH: Final = r"(?:(?:kurs|programm|online|voll(?:text)?)?-?suche|kursdatenbank|datenbank)"
# Folded: what says that the site itself is in trouble.
_TROUBLE: Final = re.compile(
    r"wartungs(?:arbeit|modus|fenster)|\bin wartung\b|\bwird (?:gerade |derzeit )?gewartet"
    r"|fehler\b[^.]{0,40}\b(?:aufgetreten|passiert)|\b(?:interner|technischer|unerwarteter) fehler"
    r"|\b(?:technische|voruebergehende)\w* (?:stoerung|problem|schwierigkeit)"
    r"|(?:konnten?|koennen|kann)\b[^.]{0,40}\b(?:keine|nicht)\b[^.]{0,40}"
    r"\b(?:geladen|abgerufen|angezeigt) werden"
    r"|\bkeine (?:verbindung|antwort) (?:zu|zur|zum|von|vom)\b"
    r"|verbindung\w* (?:ist )?fehlgeschlagen"
    rf"|{_SEARCH}\b(?:(?!anmeld|buch)[^.,;]){{0,60}}\b(?:nicht|ausser)"
    r" (?:moeglich|zur verfuegung|verfuegbar|erreichbar|betrieb)"
    r"|(?:suche|anfrage|abfrage|abruf)\b[^.,;]{0,30}\bfehlgeschlagen|\bungueltige anfrage"
    r"|\b(?:sitzung|session)\b[^.,;]{0,30}\babgelaufen|^fehler ?(?:\d+ ?)?[:!-]"
    r"|\bzeitueberschreitung\b|\btimeout\b|\bueberlastet\b|zu viele (?:an|zu)fragen"
)
# Folded: what a list says that scripts have yet to fill; beside rows it says nothing.
_NO_SCRIPT: Final = re.compile(
    r"javascript\b[^.]{0,30}\b(?:aktivier|einschalt|erforderlich|benoetigt)"
    r"|aktivier\w* [^.]{0,30}javascript"
)
_LOADING: Final = re.compile(r"\b(?:wird|werden) geladen\b|\bsuche laeuft\b")
# Folded: what says that no word reached the search. A hint to try another word says nothing.
_WORD: Final = r"such(?:begriffe?|woerter|wort|text|anfrage|kriterien|kriterium)"
_NO_WORD: Final = re.compile(
    rf"\b(?:geben sie|bitte|gib)\b (?:hier |zuerst |mindestens )?(?:bitte )?(?:einen?|ein|ihren?)"
    rf" (?:gueltige[ns]? )?{_WORD}\b[^.]{{0,30}}\b(?:ein|eingeben|angeben)\b"
    rf"|\bkeine?n? {_WORD}(?: \w+){{0,2}} (?:an|ein)gegeben"
    r"|\bmindestens (?:\d|zwei|drei|vier) (?:zeichen|buchstaben)"
    rf"|{_WORD} (?:ist |war )?(?:zu kurz|leer|fehlt)"
)

# One of them stands in each wording: looked for first, because most lines have none.
_NO_WORD_SIGNS: Final = ("such", "mindestens")


def says_nothing(lines: Iterable[str], hints: Iterable[str] = ()) -> bool:
    """True when one of the lines says in words or by a 0 that the search found nothing, and none
    that it did not work. `hints` are those of the lines that stand in the search form: what they
    ask for is a help for the next search."""
    lines = [clean(line) for line in lines]
    if not any(map(denies_hits, lines)) or states_hits(lines):
        return False
    if _doubt(lines, hints) is not None:
        return False
    return not any(_LOADING.search(_short(line)) for line in lines)


def trouble_in(lines: Iterable[str]) -> str | None:
    """The line that says that the search does not work; None where none does."""
    return next((line for line in lines if len(line) <= LONGEST and _is_trouble(line)), None)


def doubt_in(lines: Iterable[str], hints: Iterable[str] = ()) -> str | None:
    """The line for which a page without hits is no answer: trouble, no word, no scripts."""
    return _doubt([clean(line) for line in lines], hints)


def _doubt(lines: Sequence[str], hints: Iterable[str]) -> str | None:
    in_form = set(map(clean, hints))
    asking = (
        line
        for line in lines
        if _NO_SCRIPT.search(_short(line))
        or (_asks_for_word(_short(line)) and (line not in in_form or _NOTHING.search(line)))
    )
    return trouble_in(lines) or next(asking, None)


def _asks_for_word(folded: str) -> bool:
    return any(map(folded.__contains__, _NO_WORD_SIGNS)) and _NO_WORD.search(folded) is not None


def _short(line: str) -> str:
    """The folded line; "" for running text, in which none of these sentences is a list's own."""
    return _folded(line) if len(line) <= LONGEST else ""


@lru_cache(maxsize=8192)
def _is_trouble(line: str) -> bool:
    """Menus, cards and forms say the same on all pages of a site."""
    return _TROUBLE.search(_folded(line)) is not None


@lru_cache(maxsize=2048)
def _folded(line: str) -> str:
    """What a list says of itself repeats on all its pages."""
    return fold(line)


def denies_hits(line: str) -> bool:
    """Whether a line by itself says that nothing was found."""
    return len(line) <= LONGEST and _denies(line)


@lru_cache(maxsize=8192)
def _denies(line: str) -> bool:
    if not _MAY_DENY.search(line) or _OTHER_MATTER.search(line):
        return False
    return any(_NOTHING.search(s) and not _CONDITION.search(s.lower()) for s in sentences(line))
