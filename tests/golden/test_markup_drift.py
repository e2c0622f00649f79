"""After any relaunch a page is read right, or less is read, or it is said to be unreadable.

Golden pages, pages of the sample catalogues and single pages are changed in all the ways of
`mutations`. What is read of a mutant must agree, field by field, with what the whole page says.
"""

from __future__ import annotations

import html as html_lib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from web_poet import HttpResponse

from scrapers.fields.labels import Label, canonical_label
from scrapers.pages.base import AnyRecord, ListEntry, PageContext, PageError
from scrapers.pages.catalogue_course import CatalogueCoursePage
from scrapers.pages.facts import CourseFacts
from scrapers.pages.platforms import PLATFORMS
from scrapers.pages.single import single_page_for
from scrapers.records import Announcement, Course
from tests.accuracy import sample_courses
from tests.accuracy.single_pages import SINGLE_PAGES
from tests.golden import cases
from tests.golden.mutations import Mutant, mutants

LEAST_MUTANTS = 500
_STRENGTH = {"series": 3, "council": 2, "adjacent": 1}
# Running text: after a relaunch it may be cut elsewhere, but only the page's own words count.
_TEXTS = frozenset({"description", "summary", "topics", "price_note"})
_DATE_LABELS = frozenset({Label.DATE, Label.START})
_NOT_COMPARED = frozenset({"origins", "evidence", "relevance_terms", "position", "record_type"})
_PARTS = frozenset({"sessions", "events", "modules"})
_DATES = frozenset({"start_date", "end_date", "session_count", "sessions"})


@dataclass(frozen=True)
class Page:
    """A page that can be read again after it was changed."""

    name: str
    html: str
    records: Callable[[str], Sequence[AnyRecord]] | None = None
    entries: Callable[[str], Sequence[ListEntry]] | None = None
    facts: Callable[[str], CourseFacts] | None = None
    is_directory: bool = False

    def mutants(self) -> Iterator[Mutant]:
        """All mutants, but for a directory those that lack only the heading of one entry: the
        text below it then continues the entry before, for a reader as for any person."""
        for mutant in mutants(self.html):
            if not (self.is_directory and mutant.drops_heading):
                yield mutant


def _catalogue_page(
    name: str, platform: str, reader: str, url: str, html: str, context: PageContext
) -> Page:
    make = PLATFORMS[platform]

    def response(changed: str) -> HttpResponse:
        return HttpResponse(url, body=changed.encode(), status=200, encoding="utf-8")

    if reader == "list":
        return Page(
            name, html, entries=lambda text: make.list_page(response(text), context).entries()
        )

    def facts(text: str) -> CourseFacts:
        page = make.course_page(response(text), context)
        assert isinstance(page, CatalogueCoursePage)
        return page.facts()

    return Page(
        name,
        html,
        records=lambda text: make.course_page(response(text), context).records(),
        facts=facts,
    )


def _single_page(name: str, kind: Any, url: str, html: str) -> Page:
    def records(text: str) -> Sequence[AnyRecord]:
        response = HttpResponse(url, body=text.encode(), encoding="utf-8")
        context = PageContext(today=sample_courses.TODAY, provider_name="Ein Träger")
        return single_page_for(kind)(response, context).records()

    return Page(name, html, records=records, is_directory=kind == "directory")


def _pages() -> Iterator[Page]:
    for case in cases.golden_pages():
        is_document = case.html.lstrip().lower().startswith(("<!doctype", "<html"))
        if is_document and not case.is_unreadable:
            yield _catalogue_page(
                case.name, case.platform, case.reader, case.url, case.html, cases.CONTEXT
            )
    shown = sample_courses.council_courses()
    chosen = (shown[1], shown[6], shown[13])
    for printed in sample_courses.course_pages(chosen):
        assert printed.course is not None
        if printed.platform in ("kuferweb other columns", "kuferweb boxes"):
            continue  # their courses look like those of the table skin
        yield _catalogue_page(
            f"sample {printed.platform} {printed.course.number}",
            printed.platform.split(" ")[0],
            "course",
            str(printed.response.url),
            printed.response.text,
            sample_courses.CONTEXT,
        )
    for platform in sample_courses.SKINS:
        url = sample_courses.list_start(platform)
        response = sample_courses.Site(platform, shown[:5]).get(url)
        yield _catalogue_page(
            f"sample {platform} list",
            platform.split(" ")[0],
            "list",
            url,
            f"<!DOCTYPE html><html><body>{response.text}</body></html>"
            if platform == "itm_connect"
            else response.text,
            sample_courses.CONTEXT,
        )
    for page in SINGLE_PAGES:
        yield _single_page(f"sample {page.template}", page.kind, page.url, page.html)


PAGES = list(_pages())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_changed_page_is_read_right_or_less(page: Page) -> None:
    wrong = [fault for mutant in page.mutants() for fault in _faults(page, mutant)]
    assert wrong == []


def test_there_are_enough_mutants_of_every_kind() -> None:
    kinds = Counter(mutant.kind for page in PAGES for mutant in page.mutants())
    assert kinds.total() >= LEAST_MUTANTS
    assert set(kinds) == {"classes", "dropped", "columns", "cells", "order", "wrapped", "tags"}
    assert min(kinds.values()) >= 20


def test_mutants_are_the_same_at_every_run() -> None:
    page = PAGES[0]
    assert list(page.mutants()) == list(page.mutants())


# ---------------------------------------------------------------- what counts as wrong


def _faults(page: Page, mutant: Mutant) -> Iterator[str]:
    where = f"{mutant.kind}: {mutant.what}: "
    if page.entries is not None:
        yield from (where + fault for fault in _list_faults(page.entries, page.html, mutant))
    if page.records is not None:
        yield from (where + fault for fault in _record_faults(page.records, page.html, mutant))
    if page.facts is not None and mutant.kind in ("classes", "dropped"):
        yield from (where + fault for fault in _facts_faults(page.facts, page.html, mutant))


def _list_faults(
    read: Callable[[str], Sequence[ListEntry]], html: str, mutant: Mutant
) -> Iterator[str]:
    whole = {unquote(entry.url): entry for entry in read(html)}
    try:
        entries = read(mutant.html)
    except PageError:
        return
    if whole and not entries and not mutant.drops_row:
        yield "no row is left and nothing is said"
    for entry in entries:
        known = whole.get(unquote(entry.url))
        if known is None:
            if mutant.kind == "tags" and entry.title in html:
                continue  # a menu that is no longer marked as one: the stated hits tell of it
            yield f"a row for {entry.url} that the list does not have"
            continue
        if entry.title != known.title and not (
            entry.title in known.text
            and (mutant.kind in ("dropped", "tags") or entry.title.startswith(known.title))
        ):
            yield f"title {entry.title!r} instead of {known.title!r}"
        if entry.number not in (known.number, None):
            yield f"number {entry.number!r} instead of {known.number!r}"
        values: dict[object, list[str]] = {Label.NUMBER: [known.number or ""]}
        for label, value in known.facts:
            values.setdefault(_role(label), []).append(value)
        for label, value in entry.facts:
            texts = values.get(_role(label), [])
            if _role(label) is not None and not any(_is_less(value, text) for text in texts):
                yield f"{label}: {value!r} instead of {texts}"


def _role(label: str) -> Label | None:
    """What a label is about; a column of dates is the same whether it is called Beginn or not."""
    role = canonical_label(label)
    return Label.DATE if role in _DATE_LABELS else role


def _record_faults(
    read: Callable[[str], Sequence[AnyRecord]], html: str, mutant: Mutant
) -> Iterator[str]:
    whole = [_plain(record) for record in read(html)]
    names = {_own_name(html), _own_name(mutant.html)}
    page_words = set(re.findall(r"\w+", html_lib.unescape(html)))
    try:
        found = [_plain(record) for record in read(mutant.html)]
    except PageError:
        return
    for record in found:
        for name in _TEXTS & record.keys():
            if strange := set(re.findall(r"\w+", str(record[name] or ""))) - page_words:
                yield f"{name} with words that the page does not have: {strange}"
        alike = [known for known in whole if known["record"] == record["record"]]
        faults = [list(_field_faults(record, known, mutant, names)) for known in alike]
        if not alike and not record.get("events", record.get("start_date")):
            continue  # an announcement that names no date says nothing that could be wrong
        if [] not in faults:
            yield from min(faults, key=len, default=[f"a record out of nothing: {record}"])


def _plain(record: AnyRecord) -> dict[str, Any]:
    fields = {name: value for name, value in dict(record).items() if name not in _NOT_COMPARED}
    return {"record": type(record).__name__, **fields}


def _own_name(html: str) -> str:
    """What the document calls itself: the readers' answer where a page has lost its heading."""
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    return html_lib.unescape(title[1]).strip() if title else ""


def _field_faults(
    found: Mapping[str, Any],
    known: Mapping[str, Any],
    mutant: Mutant,
    names: Collection[str] = (),
) -> Iterator[str]:
    for name, value in found.items():
        if value in (None, "", (), "unknown", known[name]):
            continue
        if name == "relevance" and _STRENGTH[value] <= _STRENGTH.get(known[name], 0):
            continue
        is_bookable = name == "status" and (value, known[name]) == ("open", "few")
        if is_bookable and mutant.kind == "dropped":
            continue  # a button to book is left, which is there in both states
        if name == "module" and value == "other":
            continue
        if name in _TEXTS:
            continue
        if name in ("title", "subtitle") and value in names:
            continue
        if name == "target_group" and _is_less(value, str(known[name])):
            continue
        if name in _DATES and mutant.drops_row and _follows_from_rows(name, value, known, mutant):
            continue
        if name in _PARTS and _is_subset(value, known[name], {known["title"], *names}):
            continue
        yield f"{name} {value!r} instead of {known[name]!r}"


def _follows_from_rows(name: str, value: Any, known: Mapping[str, Any], mutant: Mutant) -> bool:
    """One row of a table of dates is gone: the page now truly names fewer dates. Where a label
    still says on which day all begins, no other one may be read in its place."""
    days = [session.day for session in known["sessions"]]
    if name == "session_count":
        return isinstance(value, int) and value == len(days) - 1
    if name == "start_date" and "Beginn" in mutant.html:
        return f"{known[name]:%d.%m.%Y}" not in mutant.html
    return name != "sessions" and value in days


def _is_subset(found: Sequence[Any], known: Sequence[Any], names: Collection[str]) -> bool:
    """Each part agrees with a known part in all that it says."""
    return all(
        any(
            all(
                value in (None, "", (), dict(other)[name])
                or name in ("topics", "origin", "origins")
                or (name == "title" and value in names)
                or (name == "venue_name" and _is_less(value, str(dict(other)[name])))
                for name, value in dict(part).items()
            )
            for other in known
        )
        for part in found
    )


def _facts_faults(read: Callable[[str], CourseFacts], html: str, mutant: Mutant) -> Iterator[str]:
    """The words of the page, before any German is read, are the same or fewer."""
    whole = read(html)
    try:
        facts = read(mutant.html)
    except PageError:
        return
    if not _is_less(facts.title, f"{whole.title} {whole.subtitle}"):
        yield f"title {facts.title!r} instead of {whole.title!r}"
    if facts.registration_url not in (whole.registration_url, ""):
        yield f"registration at {facts.registration_url!r}"
    if not set(facts.email_texts) <= set(whole.email_texts):
        yield f"e-mail texts {facts.email_texts}"
    for row in facts.session_rows:
        if not _FROM_JSON.match(row.date) and not any(
            all(_is_less(getattr(row, part), getattr(known, part)) for part in _ROW_PARTS)
            for known in whole.session_rows
        ):
            yield f"a row of dates {row}"
    for label, value in facts.labelled:
        texts = [text for known_label, text in whole.labelled if known_label == label]
        if not _FROM_JSON.match(value) and not any(_is_less(value, text) for text in texts):
            yield f"{label}: {value!r} instead of {texts}"


_FROM_JSON = re.compile(r"\d{4}-\d\d-\d\d")
_ROW_PARTS = ("date", "time", "place", "room")


def _is_less(part: str, whole: str) -> bool:
    """The words of `part` stand in `whole` in the same order."""
    words = iter(re.findall(r"\w+", whole))
    return all(word in words for word in re.findall(r"\w+", part))


# ---------------------------------------------------------------- the judge itself


def test_judge_sees_a_wrong_value() -> None:
    page = next(page for page in PAGES if page.name == "kufer_course_four_cells")
    assert page.records is not None
    (known,) = [_plain(record) for record in page.records(page.html)]
    mutant = Mutant("dropped", "", page.html)
    for name, value in (
        ("title", "Etwas anderes"),
        ("start_date", known["end_date"]),
        ("session_count", 1),
        ("status", "full"),
        ("module", "aufbau"),
        ("venue_street", "Marktgasse 9"),
    ):
        assert list(_field_faults({**known, name: value}, known, mutant)), name
    nothing = dict.fromkeys(known, None) | {"record": known["record"]}
    assert list(_field_faults(nothing, known, mutant)) == []
    assert isinstance(page.records(page.html)[0], Course | Announcement)
