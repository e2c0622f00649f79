"""How many places an offer has: planned, in total, taken, free."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scrapers.fields.reading import Reading
from scrapers.fields.text import Folded

_N = r"(?P<n>\d{1,4})"
_PERSONS = (
    r"(?:tn\b|teilnehm\w*(?:[*:/_-]?innen)?|teiln\.|personen|plaetze?n?|platz\b|interessierte)"
)
_OF = re.compile(
    r"(?<![\d.,/-])(?P<taken>\d{1,4}) ?(?:von|/) ?(?P<total>\d{1,4})(?![\d.,/:-]\d|\d)"
)
_OF_BEFORE = re.compile(
    r"(?:belegt|belegung|plaetze|auslastung|teilnehm\w*|\btn|anmeldungen|angemeldet) ?:? ?$"
)
_OF_AFTER = re.compile(
    r" ?(?:plaetzen?|platz|tn\b|teilnehm|personen|belegt|gebucht|angemeldet|anmeldungen)"
)
_OF_FREE_BEFORE = re.compile(r"(?:\bfrei|\b(?:freie|verfuegbare) plaetze) ?[:=]? ?$")
_OF_FREE = re.compile(r"^ ?(?:plaetzen?|platz)? ?(?:sind )?(?:noch )?(?:frei|verfuegbar)")
_FREE = (
    re.compile(
        rf"(?<![\d.,/-]){_N} ?(?:plaetze?|platz) (?:sind |ist )?(?:noch )?(?:frei|verfuegbar)"
    ),
    re.compile(rf"(?<![\d.,/-]){_N} ?(?:freie[rn]?|verfuegbare[rn]?) (?:plaetze?n?|platz)"),
    re.compile(rf"(?:freie plaetze|plaetze frei|verfuegbare plaetze) ?[:=]? ?{_N}(?![\d.,:/-])"),
    re.compile(rf"\bnoch {_N} (?:plaetze|platz)\b(?! (?:sind |ist )?(?:belegt|besetzt|vergeben))"),
    re.compile(rf"\bplaetzen?,? ?\(?(?:davon|hiervon) (?:sind |ist )?(?:noch )?{_N} frei\b"),
)
_OF_THEM_FREE = re.compile(
    r"(?<![\d.,/-])(?P<total>\d{1,4}),? ?\(?(?:davon|hiervon) (?:sind |noch )*(?P<free>\d{1,4})"
    r"(?: noch)? frei"
)
_NO_FREE = re.compile(
    r"keine (?:freien )?plaetze(?: mehr)?(?: frei| verfuegbar)?|keine plaetze frei"
)
_PLANNED = re.compile(rf"geplante? ?{_PERSONS}(?:zahl|anzahl)? ?[:=]? ?{_N}(?![\d.,:/-])")
_PLANNED_NUMBER = re.compile(rf"geplante (?:teilnehm\w*zahl|plaetze) ?[:=]? ?{_N}(?![\d.,:/-])")
_MOST = (
    re.compile(
        rf"\b(?:max\.?|maximal|maximale?|hoechstens|bis zu) ?(?:anzahl |zahl )?"
        rf"{_N}(?![\d.,:/-]|[oil]\b) ?(?P<who>{_PERSONS})?"
    ),
    re.compile(
        rf"\b(?:max\.?|maximale?) ?(?:tn\b|teilnehm\w*|plaetze|personen)(?:zahl|anzahl)? ?[:=]? ?"
        rf"{_N}(?![\d.,:/-])"
    ),
    re.compile(rf"(?:plaetze (?:gesamt|insgesamt)|gesamtplaetze) ?[:=]? ?{_N}(?![\d.,:/-])"),
    re.compile(rf"(?:^|[;|,.] )(?:kurs)?plaetze: ?{_N}(?=$|[;|,.](?: |$))"),
    re.compile(rf"(?<![\d.,/-]){_N} (?:kurs)?plaetze,? ?\(?(?:davon|hiervon) "),
)
_BOUND = re.compile(r"(?:mehr als|ueber|mindestens|weniger als|unter|\bca\.?|etwa|[<>]) ?$")
_FROM_TO = re.compile(
    r"(?<![\d.,/:-])(?P<least>\d{1,3}) ?(?:-|bis) ?(?P<n>\d{1,3}) (?:tn\b|teiln|personen)"
)
_LEAST = re.compile(r"\b(?:min\.?|mind\.?|mindestens|minimal)\b")
_TAKEN = re.compile(
    rf"(?:belegte plaetze|belegt|anmeldungen|angemeldet) ?[:=] ?{_N}(?![\d.,:/-])"
    rf"|(?<![\d.,/-])(?P<n2>\d{{1,4}}) (?:plaetze|anmeldungen"
    rf"|angemeldete)(?: sind)?(?: bereits)? belegt"
)


@dataclass(frozen=True, slots=True)
class Places:
    """Numbers of places as the text names them; `planned` is a planned size, not free places."""

    planned: int | None = None
    total: int | None = None
    taken: int | None = None
    free: int | None = None


@lru_cache(maxsize=1024)
def read_places(text: str, *, occupancy: bool = False) -> Reading[Places]:
    """Reads places. "4 von 6" (taken of total) counts only beside words about places, or with
    `occupancy`, when the text is the value of a label that says so. Numbers that contradict each
    other are absent."""
    folded = Folded(text)
    body = folded.text
    spans: list[tuple[int, int]] = []
    planned = _only(spans, *_numbers(_PLANNED, body), *_numbers(_PLANNED_NUMBER, body))
    free = _only(spans, *(hit for pattern in _FREE for hit in _numbers(pattern, body)))
    if free is None and (match := _NO_FREE.search(body)):
        free = 0
        spans.append(match.span())
    most = [hit for pattern in _MOST for hit in _most(pattern, body, occupancy)]
    total = _only(spans, *(most or _from_to(body)))
    taken = _only(spans, *_numbers(_TAKEN, body))

    for match in _OF.finditer(body):
        rest = body[match.end() :]
        before = body[max(0, match.start() - 30) : match.start()]
        if _OF_FREE.match(rest) or _OF_FREE_BEFORE.search(before):
            free, total = int(match["taken"]), int(match["total"])
        elif occupancy or _OF_AFTER.match(rest) or _OF_BEFORE.search(before):
            taken, total = int(match["taken"]), int(match["total"])
        else:
            continue
        spans.append(match.span())
        break

    if occupancy and total is None and free is None and (match := _OF_THEM_FREE.search(body)):
        free, total = int(match["free"]), int(match["total"])
        spans.append(match.span())
    places = Places(planned, total, taken, free)
    if places == Places() or not _is_consistent(places):
        return Reading.absent()
    words = folded.words(min(a for a, _ in spans), max(b for _, b in spans))
    return Reading.stated(places, words)


def _numbers(pattern: re.Pattern[str], body: str) -> list[tuple[int, tuple[int, int]]]:
    hits = []
    for match in pattern.finditer(body):
        number = match["n"] or match.groupdict().get("n2")
        is_bound = _BOUND.search(body[max(0, match.start() - 14) : match.start()])
        if number is not None and not is_bound:
            hits.append((int(number), match.span()))
    return hits


def _from_to(body: str) -> list[tuple[int, tuple[int, int]]]:
    """The upper end of "8 bis 15 Teilnehmende"."""
    return [
        (int(match["n"]), match.span())
        for match in _FROM_TO.finditer(body)
        if int(match["least"]) < int(match["n"])
    ]


def _most(
    pattern: re.Pattern[str], body: str, occupancy: bool
) -> list[tuple[int, tuple[int, int]]]:
    """Upper limits that speak of persons: by their own word, a lower limit beside, the label."""
    hits = []
    for match in pattern.finditer(body):
        has_persons = "who" not in match.groupdict() or match["who"]
        around = body[max(0, match.start() - 30) : match.end() + 25]
        beside = _LEAST.search(around) or re.search(_PERSONS, around)
        if has_persons or occupancy or beside:
            hits.append((int(match["n"]), match.span()))
    return hits


def _only(spans: list[tuple[int, int]], *hits: tuple[int, tuple[int, int]]) -> int | None:
    """The one number all hits agree on."""
    if len({number for number, _ in hits}) != 1:
        return None
    spans.append(hits[0][1])
    return hits[0][0]


def _is_consistent(places: Places) -> bool:
    total = places.total
    if total is None:
        return True
    if places.taken is not None and places.taken > total:
        return False
    if places.free is not None and places.free > total:
        return False
    both = places.taken is not None and places.free is not None
    return total > 0 and not (both and (places.taken or 0) + (places.free or 0) > total)
