"""A course in the making: a page's words sorted by meaning, and the values read so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.people import names_in
from scrapers.fields.reading import Reading
from scrapers.fields.text import clean
from scrapers.pages.base import PageContext
from scrapers.pages.course_values import CourseValues
from scrapers.pages.facts import CourseFacts
from scrapers.records import Evidence

_LONGEST_TEXT = 50_000  # a course's own text is a few thousand characters

T = TypeVar("T")


@dataclass
class CourseDraft(CourseValues):
    """The lecturer's label is taken out here: `lecturers` and `people` serve only to recognise
    sentences about them. `listed` is what the result list said about the course: only for values
    that the page itself does not state. `prose` are all paragraphs, to be asked at once for signs
    of what few of them say."""

    facts: CourseFacts
    context: PageContext
    labelled: list[tuple[Label | None, str]] = field(init=False)
    listed: list[tuple[Label | None, str]] = field(init=False)
    lecturers: tuple[str, ...] = field(init=False)
    people: tuple[str, ...] = field(init=False)
    prose: str = field(init=False)
    running_text: str = field(init=False)
    _by_label: dict[Label | None, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        pairs = [(canonical_label(label), clean(value)) for label, value in self.facts.labelled]
        self.lecturers = tuple(value for label, value in pairs if label is Label.LECTURER)
        self.people = tuple(name for value in self.lecturers for name in names_in(value))
        self.labelled = [(k, v) for k, v in pairs if k is not Label.LECTURER and v]
        self._by_label = {}
        for label, value in self.labelled:
            self._by_label.setdefault(label, []).append(value)
        listed = [(canonical_label(k), clean(v)) for k, v in self.context.list_facts]
        self.listed = [(k, v) for k, v in listed if k is not Label.LECTURER and v]
        described = self.all_of(Label.TARGET_GROUP, Label.DESCRIPTION, Label.MODULE)
        paragraphs = [clean(p) for p in self.facts.paragraphs]
        running_text = " | ".join(p for p in [*described, *paragraphs] if p)
        self.running_text = running_text[:_LONGEST_TEXT]
        self.prose = "\n".join(paragraphs)

    def all_of(self, *labels: Label) -> list[str]:
        """Values under these labels, label by label in the given order."""
        return [value for label in labels for value in self._by_label.get(label, ())]

    def listed_of(self, *labels: Label) -> list[str]:
        """Values that the result list gives under these labels, in the given order."""
        return [v for wanted in labels for k, v in self.listed if k is wanted]

    def first(self, read: Callable[[str], Reading[T]], texts: Iterable[str]) -> Reading[T]:
        """The first text that carries a value."""
        for text in texts:
            reading = read(text)
            if reading.value is not None:
                return reading
        return Reading.absent()

    def evidence_of(self, words: str) -> Evidence:
        """How these words were read; those that stand under no label were read from prose."""
        data = self.facts.from_data
        if any(words in text for _, text in self.labelled if text not in data):
            return "label"
        if any(words in text for text in data):
            return "structured_data"
        if any(words in text for text in self.facts.status_texts):
            return "label"
        return "list" if any(words in text for _, text in self.listed) else "prose"
