"""The values of a course in the making: each with its words, and how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scrapers.fields.people import without_people
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


@dataclass
class ImpersonalValues(CourseValues):
    """Values from running text and printed lines, in which people may be named."""

    def set(self, name: str, value: object, origin: str) -> None:
        super().set(name, value, origin)
        if name in self.origins:
            self.origins |= impersonal({name: origin}, self.values)


def impersonal(origins: Mapping[str, str], values: Mapping[str, object]) -> dict[str, str]:
    """The words of values without sentences about people; where nothing else is left, the value
    itself, if it is text."""
    found: dict[str, str] = {}
    for name, words in origins.items():
        value = values.get(name)
        kept = without_people(words) or (value if isinstance(value, str) else "")
        found[name] = clip(kept, ORIGIN_LENGTH)
    return found
