"""Which fields a course page explicitly leaves empty: what its labels say there is none of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scrapers.fields.labels import Label
from scrapers.fields.nothing import says_none
from scrapers.fields.text import fold
from scrapers.pages.course_draft import CourseDraft
from scrapers.pages.course_values import CourseValues

_WHEN: Final = ("start_date", "end_date", "session_count", "sessions")
_FIELDS: Final[dict[Label, tuple[str, ...]]] = {
    Label.NUMBER: ("course_number",),
    Label.START: _WHEN,
    Label.DATE: _WHEN,
    Label.END: ("end_date",),
    Label.SESSION_COUNT: ("session_count",),
    Label.PLACE: ("venue_name", "venue_street", "venue_postcode", "venue_place"),
    Label.STREET: ("venue_street",),
    Label.POSTCODE: ("venue_postcode",),
    Label.PRICE: ("price_eur", "is_free", "price_note"),
    Label.STATUS: ("status",),
    Label.OCCUPANCY: ("places_taken", "places_free"),
    Label.FREE_PLACES: ("places_free",),
    Label.PLANNED_PLACES: ("places_planned",),
    Label.MAX_PLACES: ("places_total",),
    Label.REGISTRATION: ("registration_url", "registration_email"),
    Label.TARGET_GROUP: ("target_group",),
    Label.DELIVERY_MODE: ("delivery_mode",),
}


def stated_none(draft: CourseDraft) -> tuple[str, ...]:
    """Names of the fields that have no value and of which a label says that there is none."""
    found = emptied_by(draft.labelled)
    if _has_empty_email(draft.facts.labelled):
        found.add("registration_email")
    return without_value(found, draft)


def emptied_by(labelled: Iterable[tuple[Label | None, str]]) -> set[str]:
    """Names of the fields of which a labelled text says that there is none."""
    return {
        name
        for label, text in labelled
        if label in _FIELDS and says_none(text)
        for name in _FIELDS[label]
    }


def without_value(names: Iterable[str], course: CourseValues) -> tuple[str, ...]:
    """Those of the fields for which no value was read all the same, in order."""
    return tuple(sorted(set(names) - course.values.keys()))


def _has_empty_email(pairs: Iterable[tuple[str, str]]) -> bool:
    """The label for contacts also stands for telephones: only the printed one tells."""
    return any("mail" in fold(label) and says_none(value) for label, value in pairs)
