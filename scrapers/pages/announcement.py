"""Announcements: what a text announces, and when and where the announced things take place.

Running text names one event several times, each time with other facts ("Der Auftakt erfolgt am …",
"… hält ihren Vortrag", "Der Vortrag im … ist frei"). Mentions are one event when day and hour
agree; a sentence without a date adds to the event whose kind it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

import attrs

from scrapers.fields.dates import Schedule, read_schedule
from scrapers.fields.labels import Label
from scrapers.fields.prices import read_price
from scrapers.fields.reading import Reading
from scrapers.fields.relevance import judge_relevance
from scrapers.fields.text import clip
from scrapers.fields.venues import Venue, read_venue
from scrapers.pages.course_values import impersonal
from scrapers.pages.label_pairs import labelled_values
from scrapers.pages.moved_dates import without_old_dates
from scrapers.pages.page_text import PageText, Published, summary_of
from scrapers.pages.venue_phrases import venue_words
from scrapers.records import AnnouncedEvent, Announcement

_KIND = (
    r"workshop|seminar|vortrag|vorlesung|tagung|fachtag|konferenz|kongress|schulung|fortbildung"
    r"|lehrgang|webinar|podiumsdiskussion|diskussion|lesung|netzwerktreffen|treffen|infoabend"
    r"|informationsabend|infoveranstaltung|informationsveranstaltung|abendveranstaltung|festakt"
    r"|gespräch|forum|planspiel|exkursion|werkstatt|klausur|sprechstunde|sommerakademie|kurs"
    r"|basismodul|aufbaumodul"
)
_GENERIC = r"auftaktveranstaltung|auftakt|veranstaltung|termin|start|programm|reihe"
_NOUN = re.compile(
    rf"\b(?P<noun>(?:[A-ZÄÖÜ][\wäöüß-]*)?(?:{_KIND}|{_GENERIC}))(?:s|es|e|en|n|er)?\b",
    re.IGNORECASE,
)
_IS_GENERIC = re.compile(rf"(?:{_GENERIC})$", re.IGNORECASE)
_HAPPENS = re.compile(
    r"\bstatt(?:finde\w*)?\b|\bfinde[nt]\b|\bbeginn|\bstarte[nt]|\bLos geht|\blädt\b|\bladen\b"
    r"|\bhält\b|\bspricht\b|\berfolgt\b|\bgeplant\b|\btrifft\b|\btreffen\b|\bam Programm\b",
    re.IGNORECASE,
)
_THEME = re.compile(
    r"^[^„“\".]{0,40}?(?:über|zu|zum Thema|mit dem Titel|unter dem Titel|unter dem Motto)?\s*"
    r"[„\"»](?P<theme>[^„“”\"«»]{3,120})[“”\"«]"
)
_TITLE_LENGTH = 160
_DATE_WORDS = 120


@attrs.define
class _Mention:
    """What is known so far of one event. `noun` is its kind as the text calls it, `origin` are
    the words of its date, `hours` those of its beginning."""

    noun: str | None
    theme: str | None
    start: date | None
    end: date | None
    starts: time | None
    origin: str
    hours: str
    venue: Reading[Venue] = attrs.field(factory=Reading.absent)
    is_free: Reading[bool] = attrs.field(factory=Reading.absent)

    @property
    def is_specific(self) -> bool:
        return self.noun is not None and not _IS_GENERIC.search(self.noun)


def read_announcement(
    text: PageText,
    url: str,
    today: date,
    *,
    published: Published | None = None,
    taken_days: frozenset[date] = frozenset(),
) -> Announcement | None:
    """The announcement with its events, None where nothing in it concerns the bodies.

    `taken_days` are days of offers that are records of their own: they are no events beside these.
    """
    relevance = judge_relevance(text.title, text.running_text)
    if relevance.category is None:
        return None
    mentions = _mentions(text, today, skip=published.line if published else None)
    events = [_event(m, text.title) for m in mentions if m.start not in taken_days or not m.start]
    title = text.title or clip(text.lines[0].text, _TITLE_LENGTH)
    summary = summary_of(text.lines)
    origins = {"title": title, "relevance": "; ".join(relevance.terms)}
    origins |= {"published_on": published.words} if published else {}
    origins |= {"summary": summary} if summary else {}
    return Announcement(
        url=url,
        title=title,
        published_on=published.day if published else None,
        summary=summary,
        relevance=relevance.category,
        relevance_terms=relevance.terms,
        events=tuple(events),
        origins=origins,
    )


def _mentions(text: PageText, today: date, *, skip: int | None) -> list[_Mention]:
    found: list[_Mention] = []
    named_in_line: dict[int, list[_Mention]] = {}
    for position, sentence in text.parts():
        if position == skip:
            continue
        sentence = without_old_dates(sentence)
        reading = read_schedule(sentence, today=today)
        schedule = reading.value
        if schedule is None or schedule.start_date is None:
            continue
        labelled = labelled_values(sentence, {Label.DATE, Label.START})
        noun, theme = _kind_near(sentence, reading.text)
        if not (labelled or noun or _HAPPENS.search(sentence)):
            continue
        mention = _merge(_dated(sentence, schedule, noun, theme, reading.text), found)
        named_in_line.setdefault(position, []).append(mention)
    for position, sentence in text.parts():
        if position != skip:
            _add_undated(sentence, found, named_in_line.get(position, ()), today)
    return sorted(found, key=lambda m: (m.start or date.max, m.starts or time.min))


def _dated(
    sentence: str, schedule: Schedule, noun: str | None, theme: str | None, words: str
) -> _Mention:
    starts = {session.starts for session in schedule.sessions}
    return _Mention(
        noun=noun,
        theme=theme,
        start=schedule.start_date,
        end=schedule.end_date,
        starts=next(iter(starts)) if len(starts) == 1 else None,
        origin=clip(words, _DATE_WORDS),
        hours=words,
        venue=_venue(sentence),
        is_free=_is_free(sentence),
    )


def _kind_near(sentence: str, date_words: str) -> tuple[str | None, str | None]:
    """The noun for an event that stands nearest to the date, and the quoted theme after it."""
    begin = max(sentence.find(date_words), 0)
    end = begin + len(date_words)
    nearest: re.Match[str] | None = None
    distance = len(sentence)
    for match in _NOUN.finditer(sentence):
        if not match["noun"][0].isupper() or begin <= match.start() < end:
            continue
        gap = match.start() - end if match.start() >= end else begin - match.end()
        if _IS_GENERIC.search(match["noun"]):
            gap += 200
        if nearest is None or gap < distance:
            nearest, distance = match, gap
    if nearest is None:
        return None, None
    theme = _THEME.match(sentence[nearest.end() :])
    return nearest["noun"], theme["theme"].strip(" .,") if theme else None


def _merge(mention: _Mention, found: list[_Mention]) -> _Mention:
    """The mention of `found` that now holds all that is known of this event."""
    for known in found:
        if not _is_same(known, mention):
            continue
        if mention.is_specific and not known.is_specific:
            known.noun, known.theme, known.origin = mention.noun, mention.theme, mention.origin
        known.theme = known.theme or mention.theme
        if known.starts is None:
            known.starts, known.hours = mention.starts, mention.hours
        known.end = known.end or mention.end
        known.venue = _fuller(known.venue, mention.venue)
        known.is_free = mention.is_free if known.is_free.value is None else known.is_free
        return known
    found.append(mention)
    return mention


def _is_same(a: _Mention, b: _Mention) -> bool:
    if a.start != b.start:
        return False
    if a.starts and b.starts:
        return a.starts == b.starts
    same_kind = not (a.is_specific and b.is_specific) or _kinds_agree(a.noun, b.noun)
    same_length = a.end == b.end or None in (a.end, b.end)
    return same_kind and (same_length or _kinds_agree(a.noun, b.noun))


def _kinds_agree(a: str | None, b: str | None) -> bool:
    """ "Festvortrag" and "Vortrag" are one kind: one ends with the other."""
    if not a or not b:
        return False
    longer, shorter = sorted((a.casefold(), b.casefold()), key=len, reverse=True)
    return longer.endswith(shorter)


def _add_undated(
    sentence: str, found: Sequence[_Mention], in_line: Sequence[_Mention], today: date
) -> None:
    """A sentence without a date tells where an event is, or that it is free: the event that it
    names, else the only one on the page, else the only one of which its own line speaks."""
    if read_schedule(sentence, today=today).value is not None:
        return
    venue, is_free = _venue(sentence), _is_free(sentence)
    if venue.value is None and is_free.value is None:
        return
    nouns = [match["noun"] for match in _NOUN.finditer(sentence) if match["noun"][0].isupper()]
    meant = [m for m in found if any(_kinds_agree(m.noun, noun) for noun in nouns)]
    if not meant and len(found) == 1:
        meant = list(found)
    if not meant and not nouns and all(mention is in_line[0] for mention in in_line):
        meant = list(in_line[:1])
    if len(meant) != 1:
        return
    meant[0].venue = _fuller(meant[0].venue, venue)
    meant[0].is_free = is_free if meant[0].is_free.value is None else meant[0].is_free


def _venue(sentence: str) -> Reading[Venue]:
    labelled = labelled_values(sentence, {Label.PLACE})
    words = labelled[0].value if labelled else venue_words(sentence)
    venue = read_venue(words).value if words else None
    if venue is None or words is None:
        return Reading.absent()
    return Reading.stated(venue, labelled[0].printed if labelled else words)


def _fuller(known: Reading[Venue], other: Reading[Venue]) -> Reading[Venue]:
    """The venue with an address wins over one with a name alone."""
    if known.value is None or other.value is None:
        return known if known.value else other
    return other if other.value.street and not known.value.street else known


def _is_free(sentence: str) -> Reading[bool]:
    price = read_price(sentence)
    if price.value is None or price.value.is_free is None:
        return Reading.absent()
    return Reading.stated(price.value.is_free, price.text)


def _event(mention: _Mention, page_title: str) -> AnnouncedEvent:
    if mention.is_specific and mention.noun:
        kind = mention.noun[0].upper() + mention.noun[1:]
        title = f"{kind} „{mention.theme}“" if mention.theme else kind
    else:
        title = page_title or mention.noun or "Veranstaltung"
    venue = mention.venue.value or Venue()
    place = mention.venue.text
    told = {
        "title": (clip(title, _TITLE_LENGTH), title),
        "start_date": (mention.start, mention.origin),
        "end_date": (mention.end, mention.origin),
        "starts": (mention.starts, mention.hours),
        "venue_name": (", ".join(p for p in (venue.name, venue.room) if p) or None, place),
        "venue_street": (venue.street, place),
        "venue_place": (venue.place, place),
        "is_free": (mention.is_free.value, mention.is_free.text),
    }
    values: dict[str, Any] = {name: value for name, (value, _) in told.items() if value is not None}
    words = {name: told[name][1] for name in values}
    return AnnouncedEvent(origin=mention.origin, origins=impersonal(words, values), **values)
