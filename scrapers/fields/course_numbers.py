"""Course numbers: opaque, unique only within their provider; in addresses and after labels."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from scrapers.fields.reading import Reading
from scrapers.fields.text import clean, plain

# Short runs of letters around digits: "252-1031", "161A087-08", "Z04.052", "Mi302-070H".
_NUMBER = re.compile(r"(?=[^\s]{0,24}\d)[A-Za-z0-9ÄÖÜäöü][A-Za-z0-9ÄÖÜäöü._/-]{0,23}")
_GROUPS = re.compile(r"[A-ZÄÖÜ]{0,3}[\d./-]{0,8}(?: (?:[A-Z]|[A-ZÄÖÜ]{0,2}\d[\dA-Z./-]{0,8})){1,3}")
_LONGEST_GROUPS = 20
_DATE_INSIDE = re.compile(r"\d{1,2}\.\d{1,2}\.|\d:\d\d|\d ?- ?\d{1,2}$")
_NAMED = re.compile(r"(?:kurs-?nr|kursnummer|kurs|nr|nummer)\b\.?:? ?", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_DATE_OR_SUM = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})?|\d{1,3}[.,]\d{1,2}|\d{4}-\d\d-\d\d")
_LABELLED = re.compile(
    r"(?:kursnummer|kursnr|kurs-nr|kurs-nummer|kurs nr|veranstaltungsnummer|veranstaltungsnr"
    r"|veranstaltungs-nr|va-nr|angebotsnummer|seminarnummer|seminarnr|seminar-nr|lehrgangsnummer"
    r"|buchungsnummer|buchungsnr|(?<![\w-])nummer|(?<![\w-])nr)\b\.? ?:? ?"
    r"(?P<number>[A-Za-z0-9ÄÖÜäöü][A-Za-z0-9ÄÖÜäöü._/-]{0,23})",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:raum|zimmer|telefon|tel|fax|haus|konto|steuer|artikel|isbn|modul|lizenz|linie|bus|teil"
    r"|absatz|abs|§|register)[-. ]{0,2}$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.html?$")
_ITEM = re.compile(r"(?:^|[-=/])\d{1,5}-C-(?P<number>[^/?#&]+)$")


@lru_cache(maxsize=8192)
def number_from_url(url: str) -> str | None:
    """The course number in the address of a course page, None for every other address.

    Tried in this order: query `knr=`; itm:CONNECT's `<client>-C-<number>`; `/nr/<number>`;
    `/kursdetails/kurs/<number>`; the last segment after `/kurs/[<slug>/]`.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    query = parse_qsl(parts.query) if parts.query else []
    for key, value in query:
        if key.lower() == "knr":
            return _from_segment(value)
    for key, value in query:
        names_course = key == "courseId" or key.endswith("[course]")
        if names_course and (match := _ITEM.search(value)):
            return _from_segment(match["number"])
    segments = [unquote(s) for s in parts.path.split("/") if s]
    if segments and "-C-" in segments[-1] and (match := _ITEM.search(segments[-1])):
        return _from_segment(match["number"])
    lowered = [s.lower() for s in segments]
    if "courseid" in lowered[:-1]:
        value = segments[lowered.index("courseid") + 1]
        if match := _ITEM.search(value):
            return _from_segment(match["number"])
    if "nr" in lowered[:-1]:
        return _from_segment(segments[lowered.index("nr") + 1])
    for i, name in enumerate(lowered[:-1]):
        if name == "kurs" and i and lowered[i - 1] == "kursdetails":
            return _from_segment(segments[i + 1])
    if "kurs" in lowered[:-1]:
        after = segments[lowered.index("kurs") + 1 :]
        if len(after) <= 2:
            return _from_segment(_SUFFIX.sub("", after[-1]))
    return None


def _from_segment(segment: str) -> str | None:
    number = clean_course_number(unquote(segment))
    return number if number and _digits_in(number) >= 3 else None


@lru_cache(maxsize=4096)
def clean_course_number(text: str) -> str | None:
    """The number in a cell that holds nothing else; None for words, dates, sums, occupancies."""
    body = plain(text).strip(" :#()[]")
    if named := _NAMED.match(body):
        body = body[named.end() :]
    body = body.rstrip(".,;:-/")
    if not _NUMBER.fullmatch(body) or _LONG_WORD.search(body) or _DATE_OR_SUM.fullmatch(body):
        return None
    return body if _digits_in(body) >= 2 else None


def _digits_in(text: str) -> int:
    return sum(map(str.isdigit, text))


def spaced_course_number(text: str) -> str | None:
    """A number printed in groups ("A 1234", "K 26/101") in a cell that holds nothing else: groups
    of few signs, the last one with at least two digits; None for anything else, a date as well."""
    body = plain(text).strip(" :#()[].,;")
    if not _GROUPS.fullmatch(body) or len(body) > _LONGEST_GROUPS or _DATE_INSIDE.search(body):
        return None
    return body if _digits_in(body.rsplit(" ", 1)[-1]) >= 2 else None


def read_course_number(text: str) -> Reading[str]:
    """The course number in running text: only after a label. Different numbers: absent."""
    original, body = clean(text), plain(text)
    found: dict[str, tuple[int, int]] = {}
    for match in _LABELLED.finditer(body):
        if _OTHER_NUMBER.search(body[max(0, match.start() - 14) : match.start()]):
            continue
        is_cut = len(match["number"]) < 4 and re.match(r" \d", body[match.end() :])
        if not is_cut and (number := clean_course_number(match["number"])):
            found.setdefault(number, match.span())
    if len(found) != 1:
        return Reading.absent()
    number, (start, end) = found.popitem()
    return Reading.stated(number, original[start:end])
