"""Dates to come on which a page seems to teach something, but of which no record came out.

The safety net below the readers of single pages: what they cannot part into offers must make the
reading incomplete and never look like "nothing is offered here".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from scrapers.fields.dates import Schedule, read_schedule
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.mentions import find_mentions
from scrapers.fields.relevance import judge_relevance, modules_in
from scrapers.fields.text import clip, plain
from scrapers.pages.base import AnyRecord
from scrapers.pages.blocks import Block
from scrapers.pages.date_words import HEADER_OF_OTHER_DAYS
from scrapers.pages.label_pairs import label_alone
from scrapers.pages.lines import Line
from scrapers.pages.moved_dates import without_old_dates
from scrapers.pages.notice_parts import SOMETHING_ELSE, TEACHES
from scrapers.pages.page_text import PageText
from scrapers.pages.prose import whole_sentences
from scrapers.records import Announcement, Course, Module

_DEADLINE = re.compile(
    r"\b(?:bis|spätestens)\s+(?:spätestens\s+)?(?:zum\s+|am\s+)?(?:\w+,\s+(?:den|dem)\s+)?"
    r"\d{1,2}\.\s?(?:\d{1,2}\.|\w+)(?:\s?\d{2,4})?"
)
_REGISTER = re.compile(r"an(?:zu)?meld|rückmeld|bewerb|\bmelde[nt]?\b.*\ban\b", re.IGNORECASE)
# What else is dated: here a day that is not read is no lost offer.
_OTHER_OCCASION = re.compile(
    rf"{SOMETHING_ELSE.pattern}|sitzung(?!s\w)|(?-i:\bFest\b)|kundgebung|konzert(?!haus|saal)"
    r"|ausstellung(?!s)|\blesung|filmabend|versammlung(?!s)|gottesdienst|\biftar|\burlaub"
    r"|\bwieder\b[^.]{0,60}\berreichbar|\b(?:ist|sind|bleibt|bleiben)\b[^.]{0,60}\bgeschlossen\b"
    r"|semester (?:beginnt|startet|endet)|nicht (?:besetzt|erreichbar)",
    re.IGNORECASE,
)
# How long something is paid for, and when something is made known, is no day of it.
_RUNS_ON = re.compile(
    r"(?:förder|finanzier|projekt)\w*\b[^.;]{0,80}\b(?:läuft|laufen|endet|enden)\b", re.IGNORECASE
)
_MADE_KNOWN = re.compile(
    r"\b(?:wird|werden)\s+(?:voraussichtlich\s+)?(?:am|ab)\s[^,;]{0,40}"
    r"\b(?:veröffentlicht|bekannt ?gegeben|freigeschaltet)",
    re.IGNORECASE,
)
_OTHER_PART = re.compile(
    r"sitzung(?!s(?:saal|raum|zimmer))|wahl(?:en|tag|termine?)?\b|sprechstunde|(?-i:\bFest\b)"
    r"|feiern?\b|\bferien|haushalt|kundgebung|konzerte?\b|ausstellung(?:en)?\b",
    re.IGNORECASE,
)
_ANY_EVENT = re.compile(r"veranstaltung|angebot|\bund\b|\bauswahl", re.IGNORECASE)
_PAST_HEADING = re.compile(r"rückblick|\barchiv\b|vergangen|bisherige|frühere", re.IGNORECASE)
_PAST = re.compile(
    r"\bfand(?:en)?\b|\bstattgefunden\b|\bteilgenommen\b|\bnahmen\b|\bdurchgeführt\b"
)
_COMES = re.compile(r"\b(?:findet|finden|wird|werden|folgt|folgen|beginnt|startet)\b")
_WHEN = frozenset({Label.DATE, Label.START})
_SAYS_WHEN = re.compile(r"\d\s?Uhr\b|\bTermine?\b\W|\bBeginn\b|\bWann\b")
_LONGEST_SPAN = timedelta(days=31)
_QUOTE_LENGTH = 120


def unread_dates(
    text: PageText,
    records: Sequence[AnyRecord],
    today: date,
    blocks: Sequence[Block] = (),
) -> tuple[str, ...]:
    """One sentence for each day from `today` on that a page names beside a module
    or something taught, and that is in no course or event read from it; and one where it dates
    more modules than there are such records, or dates one in a way that cannot be read. Cells of
    `blocks` below a header like "Anmeldeschluss" are no days of anything taught."""
    other_days = _other_days(blocks)
    spans = _days_of_offers(records)
    covered = {day for span in spans for day in span}
    doubts: dict[date, str] = {}
    modules: set[Module] = set()
    module_days: set[date] = set()
    for words in _dated_unreadably(text, today, covered):
        doubts.setdefault(date.max, f"the date of a module cannot be read: {_quoted(words)}")
    for words, named_days in _taught(text, today):
        if words in other_days:
            continue
        days = {day for day in named_days if day >= today}
        if days and (named := modules_in(words)):
            modules |= named
            module_days |= days
        for day in sorted(days - covered):
            message = f"no offer was read for {day.isoformat()}, named in: {_quoted(words)}"
            doubts.setdefault(day, message)
    found = list(doubts.values())
    count = sum(not span.isdisjoint(module_days) for span in spans)
    if not found and count < len(modules):
        found = [f"the page dates {len(modules)} modules, but only {count} offers were read"]
    return tuple(found)


def _other_days(blocks: Sequence[Block]) -> set[str]:
    """What stands in tables below a header for the end of registration or for when the page was
    changed, and below no other one."""
    cells: dict[bool, set[str]] = {True: set(), False: set()}
    for block in blocks:
        for header, cell in zip(block.headers, block.cells, strict=False):
            is_other = canonical_label(header) is Label.REGISTRATION_DEADLINE
            is_other = is_other or bool(HEADER_OF_OTHER_DAYS.fullmatch(header.strip()))
            cells[is_other].update(cell.split("\n"))
    return cells[True] - cells[False]


def speaks_to_bodies(text: PageText) -> bool:
    """Whether a page is about the bodies or the series, so that what it teaches matters."""
    return judge_relevance(text.title, text.running_text).category in {"series", "council"}


def _dated_unreadably(text: PageText, today: date, covered: set[date]) -> Iterator[str]:
    """Sentences that name a module, or when something on a page about trainings takes place, and a
    day without saying, here or elsewhere, in which year."""
    known = {(day.month, day.day) for day in covered}
    teaches = bool(TEACHES.search(text.running_text))
    for _, above, sentence in _below_headings(text):
        names_module = bool(modules_in(sentence))
        is_when = teaches and _SAYS_WHEN.search(sentence) and not _OTHER_OCCASION.search(sentence)
        if not (is_when or names_module) or read_schedule(sentence, today=today).value:
            continue
        if any(map(_PAST_HEADING.search, above)):
            continue
        if not names_module and _is_other_part(above) and not TEACHES.search(sentence):
            continue
        words = _DEADLINE.sub(" ", sentence) if _REGISTER.search(sentence) else sentence
        mentions = find_mentions(plain(words), today)
        if len(mentions) == 1 and _PAST.search(words) and not _COMES.search(words):
            continue
        if len(mentions) == 1 and _MADE_KNOWN.search(words):
            continue
        if any(
            m.day is None
            and m.year is None
            and not m.excluded
            and (m.month, m.day_of_month) not in known
            for m in mentions
        ):
            yield sentence


def _below_headings(text: PageText) -> Iterator[tuple[Line, tuple[str, ...], str]]:
    """All sentences, each with its line and the headings above it, but for the page's title."""
    above: list[Line] = []
    for line in text.lines:
        if line.kind == "heading":
            above = [one for one in above if one.level < line.level]
        for sentence in whole_sentences(line.text):
            yield line, tuple(one.text for one in above), sentence
        if line.kind == "heading" and line.level > 1:
            above.append(line)


def _is_other_part(headings: Sequence[str]) -> bool:
    """Whether a part of the page is about something that is not taught, by its headings."""
    is_other = any(map(_OTHER_PART.search, headings))
    return is_other and not any(TEACHES.search(h) or _ANY_EVENT.search(h) for h in headings)


def _quoted(words: str) -> str:
    return clip(words, _QUOTE_LENGTH)


def _taught(text: PageText, today: date) -> Iterator[tuple[str, set[date]]]:
    """Sentences with days that belong to something taught: by their own words or those of the
    heading above them. On a page about modules all dates do that are not about something else.
    Days of which it is open on which it will be are days as well."""
    names_modules = bool(modules_in(text.running_text))
    teaches = bool(TEACHES.search(text.running_text))
    heading = ""
    for line, above, sentence in _below_headings(text):
        if line.kind == "heading":
            heading = line.text
        words = without_old_dates(sentence)
        if _REGISTER.search(words):
            words = _DEADLINE.sub(" ", words)
        schedule = read_schedule(words, today=today).value
        days = _days(schedule) if schedule is not None else _alternatives(words, today)
        if not days:
            continue
        if _RUNS_ON.search(sentence) and not modules_in(sentence):
            continue
        is_other = _OTHER_OCCASION.search(sentence) or _is_other_part(above)
        if is_other and not TEACHES.search(sentence):
            continue
        is_taught = TEACHES.search(sentence) or TEACHES.search(heading)
        if is_taught or names_modules or (teaches and label_alone(heading, _WHEN)):
            yield sentence, days


def _alternatives(words: str, today: date) -> set[date]:
    """The days between which a sentence leaves the choice ("18.04.2026 oder 25.04.2026")."""
    mentions = [m for m in find_mentions(plain(words), today) if m.day and not m.excluded]
    return {m.day for m in mentions if m.day} if len(mentions) > 1 else set()


def _days(schedule: Schedule) -> set[date]:
    days = {session.day for session in schedule.sessions}
    return days | {day for day in (schedule.start_date, schedule.end_date) if day}


def _days_of_offers(records: Sequence[AnyRecord]) -> list[set[date]]:
    """The days of each course and each announced event."""
    spans: list[set[date]] = []
    for record in records:
        if isinstance(record, Course):
            own = {session.day for session in record.sessions}
            spans.append(own | _between(record.start_date, record.end_date))
        elif isinstance(record, Announcement):
            spans += [_between(event.start_date, event.end_date) for event in record.events]
    return spans


def _between(first: date | None, last: date | None) -> set[date]:
    if first is None or last is None or not timedelta() <= last - first <= _LONGEST_SPAN:
        return {day for day in (first, last) if day}
    return {first + timedelta(days=offset) for offset in range((last - first).days + 1)}
