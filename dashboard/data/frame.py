"""What stands on every page: which publication is shown, and which days can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from dashboard.data.published import OPEN_FILES, PublishedFile, UnreadablePublication


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication says about itself. `stated_council_total` is the denominator, 111."""

    published_at: datetime
    data_day: date
    is_sample: bool
    stated_council_total: int | None
    stated_council_total_as_of: date | None
    stated_council_total_source_url: str | None


_PUBLICATION = """
SELECT published_at, data_day, is_sample, stated_council_total, stated_council_total_as_of,
       stated_council_total_source_url
FROM mart.publication ORDER BY published_at DESC LIMIT 1"""

_FIRST_DAY = "SELECT min(day) FROM mart.source_checks"
# Asked for no line at all, so that only the names are looked up.
_PAST_DAYS = (
    "SELECT 1 FROM coverage_on(DATE '2026-01-01') LIMIT 0",
    "SELECT 1 FROM offers_on(DATE '2026-01-01') LIMIT 0",
)


def publication(file: PublishedFile) -> Publication:
    """What the file says about itself. Raises UnreadablePublication."""
    found = file.rows(Publication, _PUBLICATION)
    if not found:
        raise UnreadablePublication(file.path.name)
    return found[0]


def first_day(file: PublishedFile) -> date | None:
    """The day of the first visit to any source; None where no earlier day can be shown."""
    if not _tells_past_days(file):
        return None
    day: date | None = file.value(_FIRST_DAY)
    return day


@lru_cache(maxsize=OPEN_FILES)
def _tells_past_days(file: PublishedFile) -> bool:
    """True if the file offers the macros; older publications know none."""
    try:
        for question in _PAST_DAYS:
            file.value(question)
    except UnreadablePublication:
        return False
    return True
