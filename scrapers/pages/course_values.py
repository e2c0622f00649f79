"""The values of a course in the making: each with its words, and how it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scrapers.fields.text import clip
from scrapers.records import Evidence

# Where sources contradict each other, how these were read decides.
_CONTESTED = frozenset(
    [
        "start_date",
        "end_date",
        "session_count",
        "sessions",
        "venue_name",
        "venue_street",
        "venue_postcode",
        "venue_place",
        "delivery_mode",
        "places_planned",
        "places_total",
        "places_taken",
        "places_free",
        "status",
        "price_eur",
        "is_free",
        "price_note",
        "registration_email",
    ]
)
ORIGIN_LENGTH = 300


@dataclass
class CourseValues:
    """`values` are a Course's fields, `origins` the words they came from, `evidence` how those that
    sources may contradict were read."""

    values: dict[str, Any] = field(init=False, default_factory=dict)
    origins: dict[str, str] = field(init=False, default_factory=dict)
    evidence: dict[str, Evidence] = field(init=False, default_factory=dict)

    def set(self, name: str, value: object, origin: str) -> None:
        """Keeps a value that is known, with the words it was read from."""
        if value is None or value == ():
            return
        self.values[name] = value
        self.origins[name] = clip(origin, ORIGIN_LENGTH)
        if name in _CONTESTED:
            self.evidence[name] = self.evidence_of(origin)

    def evidence_of(self, words: str) -> Evidence:
        """How these words were read."""
        raise NotImplementedError
