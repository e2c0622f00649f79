"""Notices of courses in free text: a town tells its citizens what, when and where.

The facts stand behind labels or in sentences; either way they become the labelled values of
`CourseFacts`, so that one reader of German serves catalogues and town pages alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import attrs

from scrapers.fields.contacts import read_emails
from scrapers.fields.course_numbers import read_course_number
from scrapers.fields.dates import read_schedule
from scrapers.fields.labels import Label
from scrapers.fields.prices import read_price
from scrapers.fields.relevance import modules_in
from scrapers.fields.status import read_status
from scrapers.fields.text import clean
from scrapers.fields.venues import read_venue
from scrapers.pages.base import PageContext
from scrapers.pages.blocks import Block
from scrapers.pages.course_reader import read_course
from scrapers.pages.facts import CourseFacts
from scrapers.pages.label_pairs import label_alone, labelled_values
from scrapers.pages.lines import Line
from scrapers.pages.moved_dates import without_old_dates
from scrapers.pages.notice_parts import (
    NOTICE_LABELS,
    SOMETHING_ELSE,
    TEACHES,
    Notice,
    number_in,
    read_parts,
)
from scrapers.pages.overview_facts import is_provider_name
from scrapers.pages.page_text import PageText
from scrapers.pages.prose import whole_sentences
from scrapers.pages.venue_phrases import venue_words
from scrapers.records import Course

_HAPPENS = re.compile(
    r"\bfinde[nt]\b|\bstatt\b|\bbeginn|\bstarte[nt]\b|\blädt\b|\bladen\b|\btreffen\b|\bLos geht"
)
_BEGINS_WITH_DATE = re.compile(
    r"(?:(?:Termin|Kurs|Gruppe|Durchgang|Durchlauf)\s*(?:\d{1,2}|[A-D])?\s*:\s*)?"
    r"(?:am\s+|ab\s+|vom\s+)?(?:(?:Mo|Di|Mi|Do|Fr|Sa|So)\w*\.?,?\s+(?:den\s+)?)?\d{1,2}\.",
    re.IGNORECASE,
)
_REGISTER = re.compile(r"\b(?:an(?:zu)?meld|Anmeld|Vor\s?anmeld)", re.IGNORECASE)
_ON_ORDER = re.compile(
    r"\b(?:gebucht|angefragt|bestellt)\s+werden|\bbuchbar\b|\bbuchen\b|\banfragen\b"
    r"|\b(?:auf|Ihre|eine)\s+Anfrage\b|\bAnfrage\s+(?:stellen|senden|an)\b",
    re.IGNORECASE,
)
_LINK_TO_REGISTER = re.compile(r"anmeld|\bbuch(?:en|ung)", re.IGNORECASE)
_IS_FULL = re.compile(
    r"\b(?:ist|sind)\b[^.;:,]{0,60}\bausgebucht\b"
    r"|\b(?:bereits|leider|schon|inzwischen|mittlerweile|komplett|restlos|vollständig)\s+ausgebucht"
    r"|\balle\s+Plätze\b[^.;:,]{0,40}\b(?:vergeben|belegt)\b|^\W*ausgebucht\W*$",
    re.IGNORECASE,
)
_ALL_TAKEN = re.compile(r"\balle\s+Plätze\b", re.IGNORECASE)
_SHORT_STATE = 60
# What a whole group pays for a training that is ordered is no price of a place.
_FOR_A_GROUP = re.compile(
    r"\bfür\s+(?:bis\s+zu|maximal|höchstens|max\.)\s+\d+\s+(?:\w+\s+)?(?:Personen|Teilnehm|Mitglied|TN\b)"
    r"|\b(?:pro|je|für\s+(?:die|eine|ihre))\s+Gruppe\b|Tagessatz|Honorar|\bin-?house\b|pauschal",
    re.IGNORECASE,
)
_IS_OFF = re.compile(
    r"^(?!.*\b(?:wenn|falls|sofern|soll\w*|kann|können|gebühr\w*|entgelt\w*|kosten|pause\w*)\b)"
    r".*?(?:\b(?:fällt|fallen)\b[^.;:]{0,60}\baus\b|\bentfällt\b"
    r"|\b(?:ist|wird|wurde|musste)\b[^.;:]{0,80}\b(?:abgesagt|storniert)\b)",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:war|waren|gewesen|wurde|wurden)\b", re.IGNORECASE)
_ANOTHER_RUN = re.compile(
    r"\b(?:vorgänger\w*|vorherig\w*|letzt\w+|vorig\w+|vergangen\w+|vorjahr\w*|erste[rns]?|früher\w*"
    r"|ander\w+|weitere[rns]?|hotels?|zimmer|parkpl\w+|kinderbetreuung|bus(?:se)?)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:um |ab |gegen )?\d{1,2}(?:[.:]\d\d)? ?Uhr\W*", re.IGNORECASE)
_WHEN = frozenset({Label.DATE, Label.START, Label.END})
_ABOUT = _WHEN | {Label.MODULE}
# The words by which the reader of course pages knows these meanings again.
_PRINTED = {
    Label.NUMBER: "Kursnummer", Label.DATE: "Termine", Label.START: "Beginn", Label.END: "Ende",
    Label.TIME: "Uhrzeit", Label.PLACE: "Ort", Label.ROOM: "Raum", Label.PRICE: "Entgelt",
    Label.REDUCED_PRICE: "Entgelt ermäßigt", Label.REGISTRATION: "Anmeldung",
    Label.REGISTRATION_DEADLINE: "Anmeldeschluss", Label.CONTACT: "Kontakt",
    Label.TARGET_GROUP: "Zielgruppe", Label.MODULE: "Modul", Label.STATUS: "Status",
    Label.MAX_PLACES: "Max. Teilnehmer", Label.PLANNED_PLACES: "Geplante TN",
    Label.OCCUPANCY: "Plätze", Label.FREE_PLACES: "Freie Plätze", Label.LECTURER: "Kursleitung",
    Label.SESSION_COUNT: "Anzahl Termine", Label.DURATION: "Dauer", Label.STREET: "Straße",
    Label.DELIVERY_MODE: "Veranstaltungsform", Label.POSTCODE: "PLZ",
    Label.PROVIDER: "Veranstalter",
}  # fmt: skip


def read_notices(
    text: PageText,
    url: str,
    context: PageContext,
    *,
    published_line: int | None = None,
    rows: Sequence[Block] = (),
) -> list[Course]:
    """The courses that the page announces with a number, or with dates and a module of the series
    or a way to register, which may be said once for all of them.

    Words that stand around several courses speak for all of them. The line that says when the
    page was published says nothing about a course. `rows` are table rows that are an offer each.
    """
    kept = tuple(line for position, line in enumerate(text.lines) if position != published_line)
    notices, shared = read_parts(attrs.evolve(text, lines=kept), rows, context.today)
    said_for_all = _said_for_all(notices, shared)
    courses = []
    for notice in notices:
        facts = _facts(notice, shared, said_for_all, url, context.today)
        if facts is not None and (course := read_course(facts, context)):
            courses.append(_with_provider(_with_room(course, facts), facts))
    return courses


def _said_for_all(
    notices: Sequence[Notice], shared: Sequence[Line]
) -> tuple[tuple[Label, str], ...]:
    """Place and price that stand once, outside all offers, where no offer has its own."""
    own = {label for notice in notices for label, _ in _labelled(notice.lines)}
    around = _labelled(shared)
    if any(_price(notice.lines) for notice in notices):
        own.add(Label.PRICE)
    elif price := _price(shared):
        around.append((Label.PRICE, price))
    return tuple(
        pair
        for pair in dict.fromkeys(around)
        if pair[0] in {Label.PLACE, Label.PRICE} - own
        and len({value for label, value in around if label is pair[0]}) == 1
    )


def _with_room(course: Course, facts: CourseFacts) -> Course:
    """The sessions with venue and room, which a notice names once for all of them."""
    places = [value for label, value in facts.labelled if label == _PRINTED[Label.PLACE]]
    rooms = [value for label, value in facts.labelled if label == _PRINTED[Label.ROOM]]
    venue = read_venue(places[0]).value if len(places) == 1 else None
    if venue is None:
        return course
    name = ", ".join(part for part in (venue.name, venue.room, *rooms[:1]) if part) or None
    sessions = tuple(
        session.model_copy(update={"venue_name": name, "venue_place": venue.place})
        for session in course.sessions
    )
    return course.model_copy(update={"sessions": sessions})


def _with_provider(course: Course, facts: CourseFacts) -> Course:
    """The course with the Volkshochschule that gives it, where the notice names one of them."""
    told = [value for label, value in facts.labelled if label == _PRINTED[Label.PROVIDER]]
    if len(set(told)) != 1 or not is_provider_name(told[0]):
        return course
    origins = course.origins | {"announced_by": told[0]}
    return course.model_copy(update={"announced_by": told[0], "origins": origins})


def _facts(
    notice: Notice,
    shared: Sequence[Line],
    said_for_all: Sequence[tuple[Label, str]],
    url: str,
    today: date,
) -> CourseFacts | None:
    pairs = [_as_time(pair) for pair in _labelled(notice.lines)]
    told = {label for label, _ in pairs}
    number = next((n for line in notice.lines if (n := number_in(line.text))), "")
    if Label.DATE not in told and Label.START not in told:
        pairs += [(Label.DATE, words) for words in _date_sentences(notice, today)]
    if Label.PLACE not in told and (place := _place(notice.lines)):
        pairs.append((Label.PLACE, place))
    if Label.PRICE not in told and (price := _price(notice.lines)):
        pairs.append((Label.PRICE, price))
    dated = {m for label, words in pairs if label in _WHEN for m in modules_in(words)}
    if Label.MODULE not in told and not modules_in(notice.title) and len(dated) == 1:
        # Of two modules that the text names, the one that is dated here is meant.
        pairs += [(Label.MODULE, w) for label, w in pairs if label in _WHEN and modules_in(w)][:1]
    if Label.STATUS not in told and (said := _state_words(notice, pairs, today)):
        pairs.append((Label.STATUS, said))
    told = {label for label, _ in pairs}
    pairs += [pair for pair in said_for_all if pair[0] not in told]
    has_dates = any(label in {Label.DATE, Label.START} for label, _ in pairs)
    if not number and not (has_dates and _is_course(notice, shared, pairs)):
        return None
    lines = [*notice.lines, *shared]
    return CourseFacts(
        title=notice.title or clean(notice.lines[0].text),
        url=url,
        number=number,
        labelled=tuple((_PRINTED[label], value) for label, value in pairs),
        paragraphs=tuple(
            clean(line.text)
            for line in lines
            if line.text != notice.title and not labelled_values(line.text, NOTICE_LABELS)
        ),
        email_texts=_email_texts(lines),
        registration_url=_registration_url(notice.lines),
    )


def _as_time(pair: tuple[Label, str]) -> tuple[Label, str]:
    """ "Beginn: 10 Uhr" says at what time, the day stands elsewhere."""
    label, value = pair
    return (Label.TIME, value) if label is Label.START and _CLOCK.fullmatch(value) else pair


def _labelled(lines: Sequence[Line]) -> list[tuple[Label, str]]:
    """Pairs in one line, and labels that stand over the lines with their values."""
    pairs: list[tuple[Label, str]] = []
    pending: Label | None = None
    for line in lines:
        # A value ends with its sentence: "Ort: Rathaus. Hinweis: …".
        found = [pair for sentence in whole_sentences(line.text) for pair in _pairs(sentence)]
        if found:
            pairs, pending = pairs + found, None
            continue
        if label := label_alone(line.text, NOTICE_LABELS):
            pending = label
        elif pending and len(line.text) <= 200 and line.kind != "heading":
            pairs.append((pending, line.text))
        else:
            pending = None
    return pairs


def _pairs(text: str) -> list[tuple[Label, str]]:
    return [
        (p.label, p.value)
        for p in labelled_values(text, NOTICE_LABELS)
        if p.value and not (p.label is Label.PRICE and _FOR_A_GROUP.search(p.value))
    ]


def _date_sentences(notice: Notice, today: date) -> list[str]:
    """Sentences that say when: those that name a course; without them those that say that
    something takes place; without these lines that are nothing but dates; then those that say
    that something is full, which may be another run; at last, under a title that names something
    taught, all others. Sentences about different modules belong
    to different courses: then none is taken."""
    found: dict[int, list[str]] = {}
    for line in notice.lines:
        for sentence in whole_sentences(line.text):
            sentence = without_old_dates(sentence)
            reading = read_schedule(sentence, today=today)
            if reading.value is None or reading.value.start_date is None:
                continue
            kind = 1 if TEACHES.search(sentence) else 2 if _HAPPENS.search(sentence) else 3
            if _IS_FULL.search(sentence):
                kind = 4
            if kind == 3 and not _BEGINS_WITH_DATE.match(sentence):
                kind = 5
            if kind != 5 or (TEACHES.search(notice.title) and not SOMETHING_ELSE.search(sentence)):
                found.setdefault(kind, []).append(_without_number(sentence))
    kept = list(dict.fromkeys(found[min(found)])) if found else []
    return kept if len({m for sentence in kept for m in modules_in(sentence)}) < 2 else []


def _without_number(sentence: str) -> str:
    """A course number ("61-1004") must not be read as part of a date."""
    number = read_course_number(sentence)
    return sentence.replace(number.text, " ") if number.value else sentence


def _place(lines: Sequence[Line]) -> str | None:
    words = [
        venue for line in lines for s in whole_sentences(line.text) if (venue := venue_words(s))
    ]
    with_address = [venue for venue in words if re.search(r"\d", venue)]
    return next(iter(with_address or words), None)


def _price(lines: Sequence[Line]) -> str | None:
    for line in lines:
        for sentence in whole_sentences(line.text):
            price = read_price(sentence).value if not _FOR_A_GROUP.search(sentence) else None
            if price and (price.is_free or price.amount is not None):
                return sentence
    return None


def _state_words(notice: Notice, pairs: Sequence[tuple[Label, str]], today: date) -> str | None:
    """The words that say that this offer is cancelled or full: not that another run was, nor that
    another module or day is."""
    about = modules_in(" | ".join([notice.title, *(w for k, w in pairs if k in _ABOUT)]))
    days = {day for label, words in pairs if label in _WHEN for day in _days(words, today)}
    for line in notice.lines:
        for sentence in whole_sentences(line.text):
            if _ANOTHER_RUN.search(sentence) or not modules_in(sentence) <= about:
                continue
            named = _days(sentence, today)
            off = _IS_OFF.search(sentence)
            # One day of several may be off while the others are not.
            is_whole = named == days or (not named and len(days) < 2)
            if off and is_whole and TEACHES.search(sentence):
                return "abgesagt"
            is_full = _IS_FULL.search(sentence) and named <= days and not _PAST.search(sentence)
            if is_full and read_status(sentence).value in ("full", "waitlist"):
                return sentence
            if is_full and _ALL_TAKEN.search(sentence):
                return "ausgebucht"
            is_state = len(sentence) <= _SHORT_STATE and not named and not _PAST.search(sentence)
            if is_state and read_status(sentence).value in ("few", "closed", "open"):
                return sentence
    return None


def _days(words: str, today: date) -> set[date]:
    schedule = read_schedule(words, today=today).value
    return {session.day for session in schedule.sessions} if schedule else set()


def _is_course(notice: Notice, shared: Sequence[Line], pairs: Sequence[tuple[Label, str]]) -> bool:
    """A module of the series, or something taught for which one registers or pays, or which stands
    beside trainings that can be ordered: a lecture with free entry is an event."""
    text = f"{notice.title} | " + " | ".join(line.text for line in notice.lines)
    around = " | ".join(line.text for line in shared)
    is_taught_here = TEACHES.search(around) and not SOMETHING_ELSE.search(notice.title)
    if not (TEACHES.search(text) or is_taught_here):
        return False
    if modules_in(text) or any(label is Label.REGISTRATION for label, _ in pairs):
        return True
    if _REGISTER.search(text) or any(_REGISTER.search(line.text) for line in shared):
        return True
    if any(pattern.search(f"{text} | {around}") for pattern in (_ON_ORDER, _FOR_A_GROUP)):
        return True
    prices = [
        read_price(value, labelled=True).value for label, value in pairs if label is Label.PRICE
    ]
    return any(price is not None and price.amount for price in prices)


def _email_texts(lines: Sequence[Line]) -> tuple[str, ...]:
    targets = [href for line in lines for _, href in line.links if href.startswith("mailto:")]
    written = [line.text for line in lines if read_emails(line.text)]
    return (*written, *(target.removeprefix("mailto:") for target in targets))


def _registration_url(lines: Sequence[Line]) -> str:
    for line in lines:
        for text, href in line.links:
            if href.startswith("http") and _LINK_TO_REGISTER.search(f"{text} {href}"):
                return href
    return ""
