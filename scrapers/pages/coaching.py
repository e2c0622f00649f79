"""Pages that offer coaching to bodies, with topics that can be gone into: services without dates.

Such pages are often slides: every slide repeats the title, and text recognition loses letters at
the edges ("aching" for "Coaching"). So repeated and cut-off titles are furniture, and the words
that open a topic are recognised by what is left of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

import attrs

from scrapers.fields.contacts import read_emails
from scrapers.fields.reading import Reading
from scrapers.fields.relevance import judge_relevance
from scrapers.fields.text import clean, clip, fold
from scrapers.pages.line_values import LineValues
from scrapers.pages.lines import Line
from scrapers.pages.overview_series import is_heading_like
from scrapers.pages.page_text import PageText, functional_email
from scrapers.pages.training_page import read_terms, target_group
from scrapers.records import Course

_COACHING = re.compile(
    r"\bcoaching|\baching\b|kollegiale[rnms]? (?:austausch|beratung|fallberatung|begleitung)"
    r"|prozessbegleitung|\bmentoring|supervision|organisationsberatung|beratungsangebot"
)
_PROCEDURE = re.compile(
    r"^(?:\w+ ){0,2}(?:verfahren|ablauf|vorgehen|vorgehensweise|prozess|begleitprozess)\b.{0,40}$"
    r"|^so (?:laeuft|arbeiten|gehen)\b.{0,40}$"
)
_TOPIC = re.compile(
    r"themenvertiefung|vertiefungsthem|themenangebot|themenmodul|vertiefungsmodul|themenbaustein"
    r"|vertiefungsangebot|vertiefung (?:eines|von|des) themas?|themen zur vertiefung"
)
_SEVERAL = re.compile(r"vertiefungen\b|themen\b|angebote\b|module\b|bausteine\b")
_NUMBERED_TOPIC = re.compile(
    r"^(?:Thema|Themenblock|Vertiefung)\s+\d{1,2}\s*[:.–-]\s*(?P<title>.+)$"
)
_FOR = re.compile(r"\bfür\s+(?P<who>.{3,200})$")
_LONGEST_MARK = 90
_ALIKE = 0.82


@attrs.define
class _Part:
    """A procedure or a topic with the lines below its mark. `title` "" until one is found."""

    is_topic: bool
    title: str = ""
    lines: list[Line] = attrs.Factory(list)


def read_coaching(text: PageText, url: str) -> list[Course]:
    """The coaching with its procedure as topics, then one Course for each topic offered."""
    title_line = _title_line(text)
    if title_line is None:
        return []
    lines = _without_furniture(text.lines, title_line)
    title = clean(title_line.text).rstrip(" :")
    parts = _parts(lines)
    procedure = [line for part in parts if not part.is_topic for line in part.lines]
    topics = [part for part in parts if part.is_topic and part.title]
    relevance = judge_relevance(title, text.running_text)
    if relevance.category is None:
        return []
    coaching = LineValues(lines)
    read_terms(coaching)
    coaching.set("detail_url", url, url)
    coaching.set("title", title, title_line.text)
    coaching.set("topics", _texts(procedure), _words(procedure))
    coaching.set("relevance", relevance.category, "; ".join(relevance.terms))
    in_title = _FOR.search(title)
    audience = Reading.stated(in_title["who"], title) if in_title else target_group(lines)
    coaching.set("target_group", audience.value, audience.text)
    email = functional_email(lines)
    coaching.set("registration_email", email.value, email.text)
    course = coaching.course(relevance.terms)
    return [course, *(_topic_course(part, course) for part in topics)]


def _topic_course(part: _Part, coaching: Course) -> Course:
    """One topic, with what the page says of all of the coaching."""
    own = judge_relevance(part.title, " | ".join(line.text for line in part.lines))
    is_own = own.category not in {None, "adjacent"}
    terms = own.terms or coaching.relevance_terms
    topic = LineValues(part.lines)
    topic.set("title", clip(part.title, 200), part.title)
    topic.set("subtitle", coaching.title, coaching.origins["title"])
    topic.set("topics", _texts(part.lines), _words(part.lines))
    category = own.category if is_own else coaching.relevance
    topic.set("relevance", category, "; ".join(terms))
    for name in ("detail_url", "target_group", "registration_email"):
        topic.set(name, getattr(coaching, name), coaching.origins.get(name, ""))
    return topic.course(terms)


def _title_line(text: PageText) -> Line | None:
    for line in text.lines[:8]:
        names_a_part = line.text.endswith(":")
        if is_heading_like(line) and not names_a_part and _COACHING.search(fold(line.text)):
            return line
    if text.title and _COACHING.search(fold(text.title)):
        return Line(text.title, "heading", 1)
    return None


def _without_furniture(lines: Sequence[Line], title: Line) -> list[Line]:
    """The lines without the title, its remains, and short lines that every slide repeats."""
    counts = Counter(fold(line.text) for line in lines)
    whole = fold(title.text)
    return [
        line
        for line in lines
        if not _repeats(fold(line.text), whole)
        and not (counts[fold(line.text)] > 1 and len(line.text) <= 60 and not _mark(line))
    ]


def _repeats(text: str, title: str) -> bool:
    if len(text) < 10 or _TOPIC.search(text):
        return text == title
    if len(text) > len(title) + 40:
        return False
    if text in title or (title in text and len(text) < len(title) + 25):
        return True
    return SequenceMatcher(None, text, title[: len(text) + 4]).ratio() >= _ALIKE


def _mark(line: Line) -> str:
    """ "procedure", "topic" or "topics" for a line that opens such a part, else ""."""
    if len(line.text) > _LONGEST_MARK or re.search(r"[.?!]$", line.text):
        return ""
    words = fold(line.text).strip(" :")
    if _NUMBERED_TOPIC.match(line.text):
        return "topic"
    if _TOPIC.search(words):
        return "topics" if _SEVERAL.search(words) else "topic"
    return "procedure" if _PROCEDURE.match(words) else ""


def _parts(lines: Sequence[Line]) -> list[_Part]:
    parts = [_Part(is_topic=False)]
    lists_topics = False
    for position, line in enumerate(lines):
        mark = _mark(line)
        if mark == "topics":
            lists_topics = True
            continue
        if mark:
            lists_topics = False
            parts.append(_Part(mark == "topic", _title_in_mark(line) if mark == "topic" else ""))
            continue
        if lists_topics and _opens_listed_topic(line, lines[position : position + 100]):
            parts.append(_Part(True, clean(line.text).rstrip(" :")))
        elif parts[-1].is_topic and not parts[-1].title and not line.text.endswith("?"):
            parts[-1].title = clean(line.text).rstrip(" :")
        elif not (_is_lead_in(line) and not parts[-1].lines) and not read_emails(line.text):
            parts[-1].lines.append(line)
    has_procedure = any(not part.is_topic and part.lines for part in parts[1:])
    return parts[1:] if has_procedure else parts


def _title_in_mark(line: Line) -> str:
    if numbered := _NUMBERED_TOPIC.match(line.text):
        return clean(numbered["title"])
    _, _, rest = line.text.partition(":")
    return clean(rest)


def _opens_listed_topic(line: Line, rest: Sequence[Line]) -> bool:
    """Below "Vertiefungsthemen" headings are the topics, or where there are none the items."""
    if any(following.kind == "heading" for following in rest):
        return line.kind == "heading"
    return line.kind in {"item", "heading"}


def _is_lead_in(line: Line) -> bool:
    """ "Nach der Vereinbarung:" directly below a mark: it introduces, it is no step itself."""
    return line.text.endswith(":") and len(line.text) <= _LONGEST_MARK


def _words(lines: Sequence[Line]) -> str:
    return " | ".join(line.text for line in lines)


def _texts(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clip(line.text.rstrip(" ,;"), 300) for line in lines))
