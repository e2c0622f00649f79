"""A training in the making that is told in the lines of a page, behind labels or in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scrapers.pages.course_values import ImpersonalValues
from scrapers.pages.label_pairs import LabelledValue, labelled_values
from scrapers.pages.lines import Line
from scrapers.pages.notice_parts import NOTICE_LABELS
from scrapers.pages.stated_none import emptied_by, without_value
from scrapers.records import Course, Evidence


@dataclass
class LineValues(ImpersonalValues):
    """`lines` are those that speak of this training."""

    lines: Sequence[Line]

    def evidence_of(self, words: str) -> Evidence:
        is_labelled = any(
            words in pair.printed or (pair.value and pair.value in words)
            for pair in self._labelled()
        )
        return "label" if is_labelled else "prose"

    def course(self, relevance_terms: tuple[str, ...]) -> Course:
        """The record with all that was set, and what the lines say there is none of."""
        emptied = emptied_by((pair.label, pair.value) for pair in self._labelled())
        return Course(
            relevance_terms=relevance_terms,
            origins=self.origins,
            evidence=self.evidence,
            stated_none=without_value(emptied, self),
            **self.values,
        )

    def _labelled(self) -> Iterator[LabelledValue]:
        for line in self.lines:
            yield from labelled_values(line.text, NOTICE_LABELS)
