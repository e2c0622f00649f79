"""After any change of an export or of structured data the courses are read right, or less."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import PageError
from scrapers.pages.exports import ExportPage
from scrapers.pages.generic import GenericCoursePage
from scrapers.records import Course
from tests.golden.data_mutations import DataMutant, mutants_of_json_ld, mutants_of_xml
from tests.golden.test_exports import CONTEXT, FOLDER

LEAST_MUTANTS = 200
_STRENGTH = {"series": 3, "council": 2, "adjacent": 1}
# Running text may be joined of fewer parts; what it means for other fields is compared there.
_NOT_COMPARED = frozenset(
    {
        "origins", "evidence", "stated_none", "position", "description", "topics", "price_note",
        "relevance_terms", "target_group",
    }
)  # fmt: skip
_DATES = frozenset({"start_date", "end_date", "session_count", "sessions"})
_SAID_LESS = (None, "", (), "unknown", "other")

Read = Callable[[bytes], Sequence[Any]]


def read_export(body: bytes) -> Sequence[Any]:
    return ExportPage(HttpResponse("https://vhs.example/export.xml", body=body), CONTEXT).records()


def read_page(body: bytes) -> Sequence[Any]:
    url = "https://vhs.example/angebot/seminar"
    return GenericCoursePage(HttpResponse(url, body=body, encoding="utf-8"), CONTEXT).records()


def mutants(saved: Path) -> list[DataMutant]:
    if saved.suffix == ".xml":
        return list(mutants_of_xml(saved.read_bytes()))
    return list(mutants_of_json_ld(saved.read_text("utf-8")))


SAVED = sorted([*FOLDER.glob("*.xml"), *FOLDER.glob("*.html")])


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name)
def test_changed_data_is_read_right_or_less(saved: Path) -> None:
    read: Read = read_export if saved.suffix == ".xml" else read_page
    whole = list(read(saved.read_bytes()))
    assert whole
    faults = [
        f"{mutant.kind} {mutant.what}: {fault}"
        for mutant in mutants(saved)
        for fault in _faults(read, mutant, whole)
    ]
    assert faults == []


def test_there_are_enough_mutants() -> None:
    assert sum(len(mutants(saved)) for saved in SAVED) >= LEAST_MUTANTS


def _faults(read: Read, mutant: DataMutant, whole: Sequence[Course]) -> Iterator[str]:
    try:
        found = read(mutant.body)
    except PageError:
        return
    for course in found:
        faults = [list(_field_faults(course, known, mutant)) for known in whole]
        if [] not in faults:
            yield from min(faults, key=len)


def _field_faults(found: Course, known: Course, mutant: DataMutant) -> Iterator[str]:
    for name in Course.model_fields.keys() - _NOT_COMPARED:
        value, right = getattr(found, name), getattr(known, name)
        if value in _SAID_LESS or value == right:
            continue
        if name == "relevance" and _STRENGTH[value] <= _STRENGTH[right]:
            continue
        if name == "sessions" and _are_among(value, known):
            continue
        if name in _DATES and mutant.drops_row:
            continue  # one of several dates is gone: the file truly names fewer
        yield f"{name} {value!r} instead of {right!r}"


def _are_among(sessions: Sequence[Any], known: Course) -> bool:
    """Each says nothing that a known session does not say."""
    return all(
        any(
            all(value in (None, dict(other)[name]) for name, value in dict(session).items())
            for other in known.sessions
        )
        for session in sessions
    )


def test_the_judge_sees_a_wrong_value() -> None:
    (known, *_) = read_page((FOLDER / "json_ld_course.html").read_bytes())
    mutant = DataMutant("dropped", "", b"")
    for name, value in {"title": "Anderes", "status": "cancelled", "venue_place": "Ulm"}.items():
        wrong = known.model_copy(update={name: value})
        assert list(_field_faults(wrong, known, mutant)), name
    assert list(_field_faults(known, known, mutant)) == []
