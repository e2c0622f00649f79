"""Pages that describe a training to be ordered: a price, days, participants, but no dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import attrs

from scrapers.fields.labels import Label
from scrapers.fields.people import without_people
from scrapers.fields.places import read_places
from scrapers.fields.prices import read_price
from scrapers.fields.relevance import judge_module, judge_relevance
from scrapers.fields.text import clean, clip
from scrapers.fields.venues import read_delivery_mode
from scrapers.pages.label_pairs import labelled_values
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
        return [course for part in sections if (course := _course(part, url))]
    course = _course(text, url)
    return [course] if course else []


def terms_of(lines: Sequence[Line]) -> tuple[dict[str, object], dict[str, str]]:
    """Fields of price and size for a Course, and their origins."""
    terms = _terms(lines)
    fields: dict[str, object] = {
        "price_eur": terms.amount,
        "is_free": terms.is_free,
        "price_note": terms.note,
        "places_total": terms.places,
    }
    origins = {"price_eur": terms.price_words, "places_total": terms.places_words}
    return fields, {name: clip(words, 300) for name, words in origins.items() if words}


def target_group(lines: Sequence[Line]) -> str | None:
    """For whom it is: after a label, or after "richtet sich an"."""
    for line in lines:
        for pair in labelled_values(line.text, {Label.TARGET_GROUP}):
            if pair.value:
                return clip(pair.value, 300)
        for sentence in whole_sentences(line.text):
            if match := _FOR_WHOM.search(sentence):
                return clip(match["who"], 300)
    return None


def _course(text: PageText, url: str) -> Course | None:
    terms, origins = terms_of(text.lines)
    is_priced = terms["price_eur"] is not None or terms["price_note"] or terms["is_free"]
    if not (is_priced or terms["places_total"]) or not _TRAINING.search(text.running_text):
        return None
    title = _title(text)
    relevance = judge_relevance(title, text.running_text)
    if relevance.category is None:
        return None
    topics = _topics(text.lines)
    audience = target_group(text.lines)
    days, days_words = _number_of_days(text)
    delivery = read_delivery_mode(title).value or _delivery(text)
    origins |= {"relevance": "; ".join(relevance.terms)}
    if days_words:
        origins["session_count"] = days_words
    if audience:
        origins["target_group"] = audience
    return Course(
        detail_url=url,
        title=title,
        description=_description(text),
        topics=topics,
        target_group=audience,
        module=judge_module(title).value or "other",
        relevance=relevance.category,
        relevance_terms=relevance.terms,
        session_count=days,
        delivery_mode=delivery or "unknown",
        registration_email=functional_email(text.lines),
        origins=origins,
        **terms,  # type: ignore[arg-type]
    )


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


def _title(text: PageText) -> str:
    if text.title:
        return text.title
    for _, sentence in text.parts():
        if match := _PHRASE.search(sentence):
            return clip(match.group(), _TITLE_LENGTH)
    first = next((s for _, s in text.parts() if _TRAINING.search(s)), text.lines[0].text)
    return clip(first, _TITLE_LENGTH)


def _topics(lines: Sequence[Line]) -> tuple[str, ...]:
    """The themes of the days, each once; without days the list under "Inhalte"."""
    found: dict[str, str] = {}
    for position, line in enumerate(lines):
        match = _DAY.match(line.text)
        if match is None or len(line.text) > 200:
            continue
        written = (match["n"] or match["ordinal"] or "").rstrip(".")
        number = _DAY_NUMBERS.get(written.casefold(), written)
        theme = match["theme"].strip(" :–-")
        following = lines[position + 1].text if position + 1 < len(lines) else ""
        if following and _is_short_theme(following):
            joint = " – " if theme else ""
            theme = f"{theme}{joint}{following.rstrip('.')}"
        if theme:
            found.setdefault(number, f"{_kind_of_day(line.text)} {number}: {theme}")
    return tuple(found.values()) or _listed_topics(lines)


def _is_short_theme(text: str) -> bool:
    """The line below "Tag 1", where it names the day's theme rather than prices or the next day."""
    is_short = len(text) <= _SHORT_THEME and not re.search(r"\d|[.:!?] ", text)
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


def _number_of_days(text: PageText) -> tuple[int | None, str]:
    found = {
        _NUMBERS.get(match["n"].lower())
        or (int(match["n"]) if match["n"].isdigit() else None): match.group()
        for match in _DAYS_LONG.finditer(text.running_text)
    }
    if len(found) != 1:
        return None, ""
    return next(iter(found.items()))


def _delivery(text: PageText) -> DeliveryMode | None:
    modes = {
        mode
        for _, sentence in text.parts()
        if _TRAINING.search(sentence) and (mode := read_delivery_mode(sentence).value)
    }
    return modes.pop() if len(modes) == 1 else None


def _description(text: PageText) -> str | None:
    paragraphs = dict.fromkeys(clean(line.text) for line in text.lines if len(line.text) > 80)
    words = " ".join(kept for part in paragraphs if (kept := without_people(part)))
    return clip(words, _DESCRIPTION_LENGTH) if words else None
