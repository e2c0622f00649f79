"""Where a page in free text parts into several offers, and what of it speaks for all of them.

Offers are told apart by their course numbers, by the headings that they stand under, or, where
there is neither, by the lines and sentences in which a module and a date stand together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import attrs

from scrapers.fields.course_numbers import read_course_number
from scrapers.fields.dates import read_schedule
from scrapers.fields.labels import Label
from scrapers.fields.relevance import modules_in
from scrapers.fields.text import clean
from scrapers.pages.blocks import Block
from scrapers.pages.label_pairs import label_alone, labelled_values
from scrapers.pages.lines import Line
from scrapers.pages.module_words import word_of_module
from scrapers.pages.offer_rows import lines_of_row, title_of_row
from scrapers.pages.overview_series import is_heading_like
from scrapers.pages.page_text import PageText
from scrapers.pages.prose import whole_sentences
from scrapers.records import Module

TEACHES = re.compile(
    r"\w*(?:seminar|schulung|kurs|qualifizierung|workshop|fortbildung|basis-?modul|aufbau-?modul"
    r"|weiterbildung|lehrgang|training)(?:s|e|en|es|n|reihe|sreihe|sangebot\w*)?\b",
    re.IGNORECASE,
)
# What a page about a body dates beside trainings.
SOMETHING_ELSE = re.compile(
    r"\bsitzung(?!ss?aal|sr[aä]um|szimmer)|\btagt\b|wahl(?:en|tag|termin)?\b|\bfrist\b|\bbewerb|sprechstunde|\bgültig|\bgeöffnet"
    r"|\b\w{3,}fest\b|feier\b|schließ|\bferien|haushalts(?:plan|beratung|entwurf|debatte)"
    r"|amtszeit|wahlperiode",
    re.IGNORECASE,
)
_SITTING = re.compile(r"sitzung(?:en|s(?:termine?|plan|kalender|tage?))?\b", re.IGNORECASE)
NOTICE_LABELS = frozenset(
    {
        Label.NUMBER, Label.DATE, Label.START, Label.END, Label.TIME, Label.PLACE, Label.ROOM,
        Label.PRICE, Label.REDUCED_PRICE, Label.REGISTRATION, Label.REGISTRATION_DEADLINE,
        Label.CONTACT, Label.TARGET_GROUP, Label.MODULE, Label.MAX_PLACES, Label.PLANNED_PLACES,
        Label.OCCUPANCY, Label.FREE_PLACES, Label.STATUS, Label.LECTURER, Label.PROVIDER,
        Label.SESSION_COUNT, Label.DURATION, Label.DELIVERY_MODE, Label.STREET, Label.POSTCODE,
    }
)  # fmt: skip

_OF_ONE_OFFER = frozenset(
    {Label.NUMBER, Label.DATE, Label.START, Label.END, Label.TIME, Label.PLACE, Label.ROOM,
     Label.PRICE}
)  # fmt: skip
_ADDRESS = re.compile(r"\b\d{5}\s+[A-ZÄÖÜ][\wäöüß-]+")
_HAS_DAY = re.compile(r"\d\.\s?(?:\d|[A-ZÄÖÜ][a-zä]{2})")
_PART_OF_OFFER = re.compile(
    r"\b(?:Tag|Teil|Block|Einheit)\s+(?:\d|I)|\b(?:\d\.|erster|zweiter|dritter)\s+(?:Tag|Teil)",
    re.IGNORECASE,
)

_WORDS_BEFORE_DAY = re.compile(
    r"(?:^|\s)(?:am|vom|ab|den)?\s*(?:\b(?:Mo|Di|Mi|Do|Fr|Sa|So)\w*\.?,?\s*(?:den\s*)?)?$"
)
_LONGEST_TITLE = 150
_END_OF_NAME = re.compile(r"[,;|(]|\b(?:Kurs|Seminar|Veranstaltungs)?-?(?:Nr|Nummer|nummer)\b")
_NAME_OF_TRAINING = re.compile(
    rf"(?:{TEACHES.pattern})[ :–-]+(?:[„“\"]?(?-i:[A-ZÄÖÜ])|(?:für|zum|zur|über|im|in|mit)\s+\S)",
    re.IGNORECASE,
)


@attrs.define
class Notice:
    """The lines about one course, under the title that stands over them."""

    title: str
    lines: list[Line]


def read_parts(
    text: PageText, rows: Sequence[Block], today: date
) -> tuple[list[Notice], list[Line]]:
    """The notices of a page, and the lines that speak for all of them.

    `rows` are the table rows that are an offer each; then what stands around them is shared.
    """
    if rows:
        paths = {row.path for row in rows}
        around = [line for line in text.lines if line.kind != "row" or line.path not in paths]
        return [_notice_of_row(row, text.title) for row in rows], around
    text = attrs.evolve(text, lines=_without_sittings(text.lines))
    lines = list(text.lines)
    if parts := _parts_that_end_with_number(lines, today):
        first = next(position for position, line in enumerate(lines) if line is parts[0][0])
        last = next(position for position, line in enumerate(lines) if line is parts[-1][-1])
        notices = [Notice(_title_of_part(part[0], text.title), part) for part in parts]
        return notices, [*lines[:first], *lines[last + 1 :]]
    begins = _begins_by_number(lines)
    if len(begins) < 2:
        begins = _begins_by_heading(lines, text.title, today)
    if len(begins) < 2:
        lines = _parted_by_module(lines, today)
        begins = _begins_by_module(lines, today)
    if len(begins) < 2:
        begins = _begins_by_place(lines, today)
    titles = _titles_of_items(lines, today) if len(begins) < 2 else {}
    begins = list(titles) or begins
    if len(begins) < 2:
        return _only_dated_module(text, today)
    parts, after = _parts(lines, begins)
    has_own_headings = all(part[0].kind == "heading" for part in parts)
    notices = [
        Notice(
            titles.get(begin)
            or ("" if has_own_headings else _name_beside_number(part))
            or _title_of_part(part[0], text.title),
            part,
        )
        for begin, part in zip(begins, parts, strict=True)
    ]
    return notices, [*lines[: begins[0]], *after]


def _without_sittings(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines but for those below a heading that is about sittings of a body: their days are
    those of no offer."""
    kept: list[Line] = []
    rank: int | None = None
    for line in lines:
        if line.kind == "heading" and (rank is None or line.level <= rank):
            is_sitting = line.level > 1 and _SITTING.search(line.text)
            rank = line.level if is_sitting and not TEACHES.search(line.text) else None
        if rank is None:
            kept.append(line)
    return tuple(kept)


def _only_dated_module(text: PageText, today: date) -> tuple[list[Notice], list[Line]]:
    """The one notice of a page: where headings name different modules and only one has dates below
    it, what stands below that heading; how to register may stand below the other."""
    lines = list(text.lines)
    begins = [
        position
        for position, line in enumerate(lines)
        if line.kind == "heading" and len(modules_in(line.text)) == 1
    ]
    ends = [*begins[1:], len(lines)] if begins else []
    parts = [lines[begin:end] for begin, end in zip(begins, ends, strict=True)]
    dated = [p for p in parts if any(read_schedule(line.text, today=today).value for line in p)]
    named = {module for part in parts for module in modules_in(part[0].text)}
    before = lines[: begins[0]] if begins else []
    is_dated_before = any(read_schedule(line.text, today=today).value for line in before)
    if len(named) < 2 or len(dated) != 1 or is_dated_before:
        return [Notice(text.title, lines)], []
    others = [line for part in parts if part is not dated[0] for line in part[1:]]
    shared = [*before, *(line for line in others if _says_how_to_register(line))]
    return [Notice(dated[0][0].text.rstrip(" :"), dated[0])], shared


def _says_how_to_register(line: Line) -> bool:
    labels = {pair.label for pair in labelled_values(line.text, NOTICE_LABELS)}
    return bool(labels) and labels <= {Label.REGISTRATION, Label.CONTACT}


def _notice_of_row(row: Block, page_title: str) -> Notice:
    lines = lines_of_row(row)
    return Notice(title_of_row(row) or word_of_module(row.text) or page_title, lines)


def _title_of_part(first: Line, page_title: str) -> str:
    own = first.text.rstrip(" :")
    is_plain = number_in(own) is None and not labelled_values(own, NOTICE_LABELS)
    if is_heading_like(first) and is_plain and not _HAS_DAY.search(own):
        return own
    if len(modules_in(own)) == 1:
        return word_of_module(own) or page_title
    return page_title


def _parts(lines: Sequence[Line], begins: Sequence[int]) -> tuple[list[list[Line]], list[Line]]:
    """The lines of each offer, and those after the last one that speak for all: from a heading
    of the same rank that the other offers do not have; without headings from where the last one
    would be longer than all others."""
    ends = [*begins[1:], len(lines)]
    parts = [list(lines[begin:end]) for begin, end in zip(begins, ends, strict=True)]
    last, others = parts[-1], parts[:-1]
    first = last[0]
    if first.kind == "heading":
        named = {line.text.casefold() for part in others for line in part}
        end = next(
            (
                position
                for position, line in enumerate(last)
                if position
                and line.kind == "heading"
                and line.level <= first.level
                and line.text.casefold() not in named
                and label_alone(line.text, NOTICE_LABELS) not in _OF_ONE_OFFER
            ),
            len(last),
        )
    elif first.kind == "item" or _HAS_DAY.search(first.text):
        end = max(len(part) for part in others)
    else:
        end = len(last)
    return [*others, last[:end]], last[end:]


def _parted_by_module(lines: Sequence[Line], today: date) -> list[Line]:
    """Lines in which several modules have each a sentence with a date, sentence by sentence."""
    parted: list[Line] = []
    for line in lines:
        sentences = whole_sentences(line.text) if len(modules_in(line.text)) > 1 else []
        if sum(_dated_module(sentence, today) is not None for sentence in sentences) < 2:
            parted.append(line)
            continue
        for sentence in sentences:
            links = tuple(link for link in line.links if link[0] in sentence)
            parted.append(attrs.evolve(line, text=sentence, links=links))
    return parted


def _dated_module(text: str, today: date) -> Module | None:
    """The one module that a line names beside a date."""
    modules = modules_in(text)
    if len(modules) != 1 or not read_schedule(text, today=today).value:
        return None
    return next(iter(modules))


def _begins_by_module(lines: Sequence[Line], today: date) -> list[int]:
    """Running text goes on speaking of the module before; each item of a list is an offer, unless
    it is called a day or a part of one. What is said twice counts where hours are named."""
    begins: dict[tuple[Module, frozenset[date]], tuple[int, bool]] = {}
    before: Module | None = None
    for position, line in enumerate(lines):
        module = _dated_module(line.text, today)
        schedule = read_schedule(line.text, today=today).value
        if module is None or schedule is None:
            continue
        is_item = line.kind != "paragraph" and not _PART_OF_OFFER.search(line.text)
        if module == before and not is_item:
            continue
        before = module
        days = {session.day for session in schedule.sessions}
        days |= {day for day in (schedule.start_date, schedule.end_date) if day}
        key = (module, frozenset(days))
        has_hours = any(session.starts for session in schedule.sessions)
        if key not in begins or (has_hours and not begins[key][1]):
            begins[key] = (position, has_hours)
    return sorted(position for position, _ in begins.values())


def _parts_that_end_with_number(lines: Sequence[Line], today: date) -> list[list[Line]]:
    """The lines of each offer, where the course number closes what is told of it: a day stands
    between each number and the one before it, and none between the last number and the end of the
    page. The first offer begins with the line above its day."""
    first_of: dict[str, int] = {}
    for position, line in enumerate(lines):
        if number := number_in(line.text):
            first_of.setdefault(number, position)
    numbered = list(first_of.values())
    if len(numbered) < 2:
        return []
    dated = [
        position
        for position, line in enumerate(lines)
        if read_schedule(line.text, today=today).value and not _says_how_to_register(line)
    ]
    bounds = [-1, *numbered]
    spans = list(zip(bounds, numbered, strict=False))
    if any(position > numbered[-1] for position in dated) or not all(
        any(before < position <= number for position in dated) for before, number in spans
    ):
        return []
    first = next(position for position in dated if position <= numbered[0])
    if first == numbered[0]:
        return []  # the number stands in the line of the day itself
    begins = [max(first - 1, 0), *(number + 1 for number in numbered[:-1])]
    return [list(lines[begin : number + 1]) for begin, number in zip(begins, numbered, strict=True)]


def _begins_by_place(lines: Sequence[Line], today: date) -> list[int]:
    """Items of a list that each name a day and an address, not all the same one: one run each."""
    begins: list[int] = []
    places: set[str] = set()
    for position, line in enumerate(lines):
        place = _ADDRESS.search(line.text) if line.kind == "item" else None
        if place and read_schedule(line.text, today=today).value:
            begins.append(position)
            places.add(place.group())
    return begins if len(places) > 1 else []


def _titles_of_items(lines: Sequence[Line], today: date) -> dict[int, str]:
    """Items of a list that each name a day and something taught under another name ("18.04.2026:
    Seminar Rechte im Rat"), by their positions. Parts of one offer and plain days are no names."""
    titles: dict[int, str] = {}
    for position, line in enumerate(lines):
        if line.kind != "item" or _PART_OF_OFFER.search(line.text):
            continue
        reading = read_schedule(line.text, today=today)
        if reading.value is None or reading.text not in line.text:
            continue
        before, _, after = line.text.partition(reading.text)
        words = f"{_WORDS_BEFORE_DAY.sub('', before)} {after}".strip(" :,;|()–-")
        is_name = len(whole_sentences(words)) == 1 and len(words) <= _LONGEST_TITLE
        if is_name and TEACHES.search(words) and TEACHES.sub("", words).strip():
            titles[position] = clean(words)
    return titles if len(set(titles.values())) == len(titles) > 1 else {}


def _begins_by_number(lines: Sequence[Line]) -> list[int]:
    begins: list[int] = []
    seen: set[str] = set()
    for position, line in enumerate(lines):
        number = number_in(line.text)
        if number is None or number in seen:
            continue
        seen.add(number)
        floor = begins[-1] + 1 if begins else 0
        begins.append(_heading_above(lines, position, floor))
    return begins


def _name_beside_number(part: Sequence[Line]) -> str:
    """What the line with the course number calls the offer: "Seminar Rechte im Rat, Nr. S26-01"."""
    line = next((line.text for line in part if number_in(line.text)), "")
    lead = clean(_END_OF_NAME.split(line, maxsplit=1)[0]).strip(" :–-")
    is_name = _NAME_OF_TRAINING.match(lead) and not any(map(str.isdigit, lead))
    return lead if is_name and lead != line and len(lead) <= _LONGEST_TITLE else ""


def _begins_by_heading(lines: Sequence[Line], title: str, today: date) -> list[int]:
    """Headings that name something taught and have a day below them; on a page whose title does
    so, also those of the same rank with a labelled day (or that it is not known yet)."""
    headings = [
        position
        for position, line in enumerate(lines)
        if is_heading_like(line)
        and line.level != 1
        and label_alone(line.text, NOTICE_LABELS) is None
        and not labelled_values(line.text, NOTICE_LABELS)
        and not read_schedule(line.text, today=today).value
    ]
    named = [position for position in headings if TEACHES.search(lines[position].text)]
    ranked = [p for p in headings if lines[p].kind == "heading"]
    dated = [p for p in _with_below(named, len(lines)) if _has_day(lines, *p, today)]
    if not TEACHES.search(title):
        return [begin for begin, _ in dated]
    labelled = [p for p in _with_below(ranked, len(lines)) if _has_labelled_day(lines, *p)]
    alike = {lines[begin].level for begin, _ in labelled}
    return [begin for begin, _ in (labelled if len(labelled) > 1 and len(alike) == 1 else dated)]


def _with_below(begins: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(begins, [*begins[1:], end], strict=True)) if begins else []


def _has_day(lines: Sequence[Line], begin: int, end: int, today: date) -> bool:
    return any(read_schedule(line.text, today=today).value for line in lines[begin + 1 : end])


def _has_labelled_day(lines: Sequence[Line], begin: int, end: int) -> bool:
    return any(
        pair.label in (Label.DATE, Label.START)
        for line in lines[begin + 1 : end]
        for pair in labelled_values(line.text, NOTICE_LABELS)
    )


def _heading_above(lines: Sequence[Line], position: int, floor: int) -> int:
    """The nearest heading from the line upwards; where the markup has none, a line like one that
    tells no fact itself."""
    alike: int | None = None
    for above in range(position, floor - 1, -1):
        line = lines[above]
        is_label = label_alone(line.text, NOTICE_LABELS) is not None
        if is_label or labelled_values(line.text, NOTICE_LABELS):
            continue
        if line.kind == "heading" and line.level == 1:
            break  # the page's title
        if line.kind == "heading":
            return above
        tells_fact = number_in(line.text) or _HAS_DAY.search(line.text)
        if alike is None and is_heading_like(line) and not tells_fact:
            alike = above
    return max(position, floor) if alike is None else alike


def number_in(text: str) -> str | None:
    for pair in labelled_values(text, NOTICE_LABELS):
        if pair.label is Label.NUMBER:
            return read_course_number(f"Nr. {pair.value}").value
    return read_course_number(text).value
