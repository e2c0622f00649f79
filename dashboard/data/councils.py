"""The councils and their states, for the newest day and for any day before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class Council:
    """One body; `presumed` ones are listed but never counted. Degrees are WGS 84."""

    ags: str
    municipality: str
    kreis: str | None
    regierungsbezirk: str | None
    body_name: str | None
    presumed: bool
    latitude: float
    longitude: float
    members_total: int | None = None
    members_as_of: str | None = None

    @property
    def is_kreisfrei(self) -> bool:
        """True for a city that belongs to no Kreis: its key has no part for the municipality."""
        return self.ags.endswith("000")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The state of one council for one module; of past days neither reason nor check is kept.

    `nearest_km` is how far the nearest offer elsewhere is, as the crow flies; only of the newest
    day.
    """

    ags: str
    module: str
    state: str
    reason: str | None
    offer_count: int
    open_offer_count: int
    next_start: date | None
    past_offer_count: int
    checked_at: datetime | None
    nearest_offer_id: str | None = None
    nearest_km: float | None = None


_COUNCILS = """
SELECT ags, municipality, kreis, regierungsbezirk, body_name,
       counts_as_p27 = 'presumed' AS presumed, latitude, longitude,
       members_total, members_as_of
FROM mart.councils ORDER BY ags"""

_COVERAGE = """
SELECT ags, module, state, reason, offer_count, open_offer_count, next_start, past_offer_count,
       checked_at, nearest_offer_id, nearest_km
FROM mart.council_coverage ORDER BY ags, module"""

_COVERAGE_ON = """
SELECT ags, module, state, NULL, offer_count, open_offer_count, next_start, past_offer_count, NULL
FROM coverage_on($day) ORDER BY ags, module"""


def councils(file: PublishedFile) -> tuple[Council, ...]:
    """All councils, evidenced and presumed ones, by their key."""
    return file.rows(Council, _COUNCILS)


def coverage(file: PublishedFile, past_day: date | None = None) -> tuple[Coverage, ...]:
    """The state of each council for each module on the newest day, or on `past_day`."""
    if past_day is None:
        return file.rows(Coverage, _COVERAGE)
    return file.rows(Coverage, _COVERAGE_ON, day=past_day)
