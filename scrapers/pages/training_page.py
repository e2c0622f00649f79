"""Pages that describe a training to be ordered: a price, days, participants, but no dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import attrs

from scrapers.fields.labels import Label
from scrapers.fields.nothing import says_none
from scrapers.fields.people import without_people
from scrapers.fields.places import read_places
from scrapers.fields.prices import read_price
from scrapers.fields.reading import Reading
from scrapers.fields.relevance import judge_module, judge_relevance
from scrapers.fields.text import clean, clip
from scrapers.fields.venues import read_delivery_mode
from scrapers.pages.label_pairs import labelled_values
from scrapers.pages.line_values import LineValues
from scrapers.pages.lines import Line
from scrapers.pages.page_text import PageText, functional_email
from scrapers.pages.prose import whole_sentences
from scrapers.records import Course, DeliveryMode

_TRAINING = re.compile(
    r"\w*(?:workshop|seminar|schulung|fortbildung|training|qualifizierung|lehrgang|weiterbildung"
    r"|klausurtagung|planspiel|zukunftswerkstatt)\w*",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"(?P<noun>[A-ZÄÖÜ][\w-]*(?:workshop|seminar|schulung|fortbildung|training|lehrgang)s?\w{0,2}"
    r"|(?:Workshop|Seminar|Schulung|Fortbildung|Training|Lehrgäng|Lehrgang)\w{0,2})"
    r"(?P<of>(?:\s(?:der|des|von|für|zur|zum|zu)(?:\s[a-zäöüß]+e[nrs]?)?(?:\s[A-ZÄÖÜ][\w-]+){1,4})+)"
)
_MONEY = re.compile(r"€|\bEUR\b|\bEuro\b")
_FREE = re.compile(r"(?:entgelt|gebühren|kosten)(?:frei|los)", re.IGNORECASE)
_INCLUDED = re.compile(r",\s*(?:inklusive|inkl\.|einschließlich)[^,;]{3,90},")
_DAY = re.compile(
    r"^(?:(?:Tag|Block|Einheit|Teil|Baustein|Modul)\s+(?P<n>\d{1,2}|I{1,3}|IV|eins|zwei|drei)"
    r"|(?P<ordinal>\d{1,2}\.|Erster|Zweiter|Dritter|Vierter)\s+(?:Tag|Block|Teil|Baustein))"
    r"(?!\w)\s*[.:–—|-]*\s*(?P<theme>.*)$"
)
_TOPIC_LIST = re.compile(
    r"^(?:(?:die\s+)?(?:inhalte?|themen|schwerpunkte|themenschwerpunkte|bausteine|programm|module"
    r"|seminarinhalte|workshopinhalte|lerninhalte)(?:\s+(?:des|der|im|in)\b.{0,40})?)\s*:?$",
    re.IGNORECASE,
)
_DAYS_LONG = re.compile(
    r"\b(?P<n>ein|eineinhalb|zwei|drei|vier|fünf|\d)\s?-?tägig\w*", re.IGNORECASE
)
_NUMBERS = {"ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5}
_DAY_NUMBERS = {
    "eins": "1", "zwei": "2", "drei": "3", "i": "1", "ii": "2", "iii": "3", "iv": "4",
    "erster": "1", "zweiter": "2", "dritter": "3", "vierter": "4",
}  # fmt: skip
_FOR_WHOM = re.compile(
    r"\b(?:richte[nt]\s+sich\s+(?:\w+\s+){0,2}?an|gedacht\s+für|bestimmt\s+für|wende[nt]\s+sich\s+an)"
    r"\s+(?P<who>.+?)\.?$"
)
_SHORT_THEME = 80
_TITLE_LENGTH = 120
_DESCRIPTION_LENGTH = 1000


@attrs.frozen
class _Terms:
    """Price and size as the page states them, each with its words."""

    amount: Decimal | None = None
    is_free: bool | None = None
    note: str | None = None
    price_words: str = ""
    places: int | None = None
    places_words: str = ""


def read_trainings(text: PageText, url: str) -> list[Course]:
    """One Course for the page, or one for each section that names a training and its own price.

    Empty where the page states neither a price nor a number of participants, or names dates.
    """
    sections = _priced_sections(text)
    if len(sections) > 1:
        return [course for part in sections if (course := _course(part, url, text.title))]
    course = _course(text, url)
    return [course] if course else []


def read_terms(draft: LineValues) -> None:
    """Sets price and size as the lines state them."""
    terms = _terms(draft.lines)
    draft.set("price_eur", terms.amount, terms.price_words)
    draft.set("is_free", terms.is_free, terms.price_words)
    draft.set("price_note", terms.note, terms.price_words)
    draft.set("places_total", terms.places, terms.places_words)


def target_group(lines: Sequence[Line]) -> Reading[str]:
    """For whom it is: after a label, or after "richtet sich an"."""
    for line in lines:
        for pair in labelled_values(line.text, {Label.TARGET_GROUP}):
            if pair.value and not says_none(pair.value):
                return Reading.stated(clip(pair.value, 300), pair.printed)
        for sentence in whole_sentences(line.text):
            if match := _FOR_WHOM.search(sentence):
                return Reading.stated(clip(match["who"], 300), sentence)
    return Reading.absent()


def _course(text: PageText, url: str, above: str = "") -> Course | None:
    """The training; `above` is the title of the page of which the text is a section."""
    draft = LineValues(text.lines)
    read_terms(draft)
    is_priced = draft.values.keys() & {"price_eur", "price_note"} or draft.values.get("is_free")
    is_sized = "places_total" in draft.values
    if not (is_priced or is_sized) or not _TRAINING.search(text.running_text):
        return None
    title, title_words = _title(text)
    relevance = judge_relevance(title, text.running_text)
    if relevance.category is None:
        relevance = judge_relevance(above)
    if relevance.category is None:
        return None
    draft.set("detail_url", url, url)
    draft.set("title", title, title_words)
    draft.set("relevance", relevance.category, "; ".join(relevance.terms))
    draft.set("module", judge_module(title).value, title_words)
    for name, reading in (
        ("description", _description(text)),
        ("topics", _topics(text.lines)),
        ("target_group", target_group(text.lines)),
        ("session_count", _number_of_days(text)),
        ("delivery_mode", _delivery(title, text)),
        ("registration_email", functional_email(text.lines)),
    ):
        draft.set(name, reading.value, reading.text)
    return draft.course(relevance.terms)


def _priced_sections(text: PageText) -> list[PageText]:
    """Parts of the page below headings that name different trainings, each with its price."""
    parts: list[list[Line]] = []
    for line in text.lines:
        if line.kind == "heading" and line.level > 1:
            parts.append([line])
        elif parts:
            parts[-1].append(line)
    found: dict[str, PageText] = {}
    for part in parts:
        heading = part[0].text.rstrip(" :")
        has_price = _terms(part[1:]).amount is not None
        if has_price and _TRAINING.search(heading) and not _TOPIC_LIST.match(heading):
            found.setdefault(heading.casefold(), PageText(heading, tuple(part)))
    return list(found.values())


def _terms(lines: Sequence[Line]) -> _Terms:
    terms = _Terms()
    for line in lines:
        for sentence in whole_sentences(line.text):
            if terms.places is None and (places := read_places(sentence)).value:
                terms = attrs.evolve(terms, places=places.value.total, places_words=places.text)
            if terms.price_words:
                continue
            labelled = labelled_values(sentence, {Label.PRICE})
            words = labelled[0].value if labelled else sentence
            if not (labelled or _MONEY.search(words) or _FREE.search(words)):
                continue
            if price := read_price(_INCLUDED.sub(" ", words), labelled=bool(labelled)).value:
                terms = attrs.evolve(
                    terms,
                    amount=price.amount,
                    is_free=price.is_free,
                    note=price.note,
                    price_words=sentence,
                )
    return terms


def _title(text: PageText) -> tuple[str, str]:
    """The title and the words that it was taken from."""
    if text.title:
        return text.title, text.title
    for _, sentence in text.parts():
        if match := _PHRASE.search(sentence):
            return clip(match.group(), _TITLE_LENGTH), sentence
    first = next((s for _, s in text.parts() if _TRAINING.search(s)), text.lines[0].text)
    return clip(first, _TITLE_LENGTH), first


def _topics(lines: Sequence[Line]) -> Reading[tuple[str, ...]]:
    """The themes of the days, each once; without days the list under "Inhalte"."""
    found: dict[str, str] = {}
    words: list[str] = []
    for position, line in enumerate(lines):
        match = _DAY.match(line.text)
        if match is None or len(line.text) > 200:
            continue
        written = (match["n"] or match["ordinal"] or "").rstrip(".")
        number = _DAY_NUMBERS.get(written.casefold(), written)
        theme = match["theme"].strip(" :–-")
        told = line.text
        following = lines[position + 1].text if position + 1 < len(lines) else ""
        if following and _is_short_theme(following):
            joint = " – " if theme else ""
            theme = f"{theme}{joint}{following.rstrip('.')}"
            told = f"{told} | {following}"
        if theme and number not in found:
            found[number] = f"{_kind_of_day(line.text)} {number}: {theme}"
            words.append(told)
    if found:
        return Reading.stated(tuple(found.values()), " | ".join(words))
    listed = _listed_topics(lines)
    return Reading.stated(listed, " | ".join(listed)) if listed else Reading.absent()


def _is_short_theme(text: str) -> bool:
    """The line below "Tag 1", where it names the day's theme rather than prices or the next day."""
    is_short = len(text) <= _SHORT_THEME and not re.search(r"\d|[.:!?] |://|@|^\W*$", text)
    return is_short and not _DAY.match(text)


def _kind_of_day(text: str) -> str:
    match = re.search(r"Tag|Block|Einheit|Teil|Baustein|Modul", text)
    return match.group() if match else "Tag"


def _listed_topics(lines: Sequence[Line]) -> tuple[str, ...]:
    start = next((i for i, line in enumerate(lines) if _TOPIC_LIST.match(line.text)), None)
    if start is None:
        return ()
    kept: list[str] = []
    for line in lines[start + 1 :]:
        if line.kind == "heading" or (kept and line.kind != "item") or len(line.text) > 300:
            break
        kept.append(line.text.rstrip(" ;,"))
    return tuple(dict.fromkeys(kept))


def _number_of_days(text: PageText) -> Reading[int]:
    found: dict[int, str] = {}
    for match in _DAYS_LONG.finditer(text.running_text):
        written = match["n"].lower()
        if days := _NUMBERS.get(written) or (int(written) if written.isdigit() else None):
            found.setdefault(days, match.group())
        else:
            return Reading.absent()
    for line in text.lines:
        for pair in labelled_values(line.text, {Label.DURATION}):
            if told := re.fullmatch(r"(\d{1,2}) Tage?\.?", pair.value):
                found.setdefault(int(told[1]), pair.printed)
    return Reading.stated(*next(iter(found.items()))) if len(found) == 1 else Reading.absent()


def _delivery(title: str, text: PageText) -> Reading[DeliveryMode]:
    """As the title says; else as all sentences about the training that say so."""
    named = read_delivery_mode(title)
    if named.value:
        return named
    found: dict[DeliveryMode, str] = {}
    for _, sentence in text.parts():
        if _TRAINING.search(sentence) and (mode := read_delivery_mode(sentence).value):
            found.setdefault(mode, sentence)
    return Reading.stated(*next(iter(found.items()))) if len(found) == 1 else Reading.absent()


def _description(text: PageText) -> Reading[str]:
    paragraphs = dict.fromkeys(clean(line.text) for line in text.lines if len(line.text) > 80)
    words = " ".join(kept for part in paragraphs if (kept := without_people(part)))
    if not words:
        return Reading.absent()
    return Reading.stated(clip(words, _DESCRIPTION_LENGTH), words)
