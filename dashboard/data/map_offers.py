"""The offers on the map: where they take place, and how far they are from each council.

Counted is what counts for the states of the councils: offers for councils that are neither
cancelled nor over. `{offers}` stands for the offers of the newest day or of a past one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.data.published import PublishedFile
from dashboard.wording import ModuleChoice


@dataclass(frozen=True, slots=True)
class Asked:
    """Which offers: of a module or "all", that run on at least one day of the period."""

    module: ModuleChoice = "all"
    from_day: date | None = None
    until_day: date | None = None

    @property
    def has_period(self) -> bool:
        return self.from_day is not None or self.until_day is not None


@dataclass(frozen=True, slots=True)
class Venue:
    """A municipality in which offers take place; `next_start` is the first beginning to come."""

    ags: str
    name: str
    latitude: float
    longitude: float
    offers: int
    next_start: date | None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The venue nearest to a council outside of its own municipality with an offer of a provider
    that does not serve it.

    `km` is the great circle between the points of both municipalities.
    """

    council_ags: str
    venue_ags: str
    venue: str
    km: float


@dataclass(frozen=True, slots=True)
class OwnOffers:
    """The offers that belong to a council: its providers' and those in its municipality."""

    council_ags: str
    offers: int
    next_start: date | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many offers have no point on the map: only online, or at a place nobody knows."""

    online: int
    without_place: int


_COUNTING = """{offers} o
WHERE o.relevance IN ('series', 'council') AND is_covering(o.lifecycle, o.status)
    AND ($module = 'all' OR o.module = $module)
    AND coalesce(
        ($until_day::DATE IS NULL OR coalesce(o.start_date, o.end_date) <= $until_day)
        AND ($from_day::DATE IS NULL
            OR greatest(o.last_day, o.end_date, o.start_date) >= $from_day)
        AND coalesce($from_day::DATE <= $until_day::DATE, true), false)"""
_AT_A_PLACE = f"{_COUNTING} AND o.delivery_mode <> 'online' AND o.venue_ags IS NOT NULL"

_VENUES = f"""
SELECT m.ags, m.name, m.latitude, m.longitude, v.offers, v.next_start
FROM (
    SELECT o.venue_ags, count(*) AS offers,
           min(o.start_date) FILTER (WHERE o.start_date >= $today) AS next_start
    FROM {_AT_A_PLACE} GROUP BY o.venue_ags
) v JOIN mart.municipalities m ON m.ags = v.venue_ags
ORDER BY m.ags"""

# What a council's own providers offer is not elsewhere, wherever it takes place.
_NEAREST = f"""
WITH held AS (
    SELECT DISTINCT o.venue_ags, o.provider_id FROM {_AT_A_PLACE}
), providers AS (
    SELECT venue_ags, count(*) AS providers FROM held GROUP BY venue_ags
), own AS (
    SELECT s.ags, h.venue_ags, count(*) AS providers
    FROM (SELECT DISTINCT provider_id, ags FROM mart.service_areas) s
    JOIN held h USING (provider_id)
    GROUP BY s.ags, h.venue_ags
), distances AS (
    SELECT c.ags, v.ags AS venue_ags, v.name,
           distance_km(c.latitude, c.longitude, v.latitude, v.longitude) AS km
    FROM mart.councils c
    JOIN providers n ON n.venue_ags <> c.ags
    JOIN mart.municipalities v ON v.ags = n.venue_ags
    LEFT JOIN own ON own.ags = c.ags AND own.venue_ags = n.venue_ags
    WHERE n.providers > coalesce(own.providers, 0)
)
SELECT ags, arg_min(venue_ags, (km, venue_ags)), arg_min(name, (km, venue_ags)),
       round(min(km), 1)
FROM distances GROUP BY ags"""

# As mart.council_coverage counts: an offer belongs to the councils that its provider serves and
# to the one in whose municipality it takes place, to each of them once.
_OWN = f"""
WITH alike AS (
    SELECT o.provider_id, o.venue_ags, count(*) AS offers,
           min(o.start_date) FILTER (WHERE o.start_date >= $today) AS next_start
    FROM {_COUNTING} GROUP BY o.provider_id, o.venue_ags
), served AS (
    SELECT DISTINCT provider_id, ags FROM mart.service_areas
), belongs AS (
    SELECT s.ags, a.offers, a.next_start FROM alike a JOIN served s USING (provider_id)
    UNION ALL
    SELECT a.venue_ags, a.offers, a.next_start
    FROM alike a ANTI JOIN served s ON s.provider_id = a.provider_id AND s.ags = a.venue_ags
    WHERE a.venue_ags IS NOT NULL
)
SELECT b.ags, sum(b.offers)::INTEGER, min(b.next_start)
FROM belongs b SEMI JOIN mart.councils c ON c.ags = b.ags GROUP BY b.ags"""

_ELSEWHERE = f"""
SELECT count(*) FILTER (o.delivery_mode = 'online'),
       count(*) FILTER (o.delivery_mode <> 'online' AND o.venue_ags IS NULL)
FROM {_COUNTING}"""


def _question(sql: str, asked: Asked, past_day: date | None) -> tuple[str, dict[str, Any]]:
    offers = "mart.offers" if past_day is None else "offers_on($day)"
    parameters: dict[str, Any] = {
        "module": asked.module,
        "from_day": asked.from_day,
        "until_day": asked.until_day,
    }
    if past_day is not None:
        parameters["day"] = past_day
    return sql.replace("{offers}", offers), parameters


def venues(
    file: PublishedFile, asked: Asked, past_day: date | None, today: date
) -> tuple[Venue, ...]:
    """The municipalities in which offers as asked take place; `today` is the Stand."""
    sql, parameters = _question(_VENUES, asked, past_day)
    return file.rows(Venue, sql, today=today, **parameters)


def nearest(file: PublishedFile, asked: Asked, past_day: date | None) -> dict[str, Nearest]:
    """The nearest venue elsewhere for each council, by the council's key."""
    sql, parameters = _question(_NEAREST, asked, past_day)
    return {row.council_ags: row for row in file.rows(Nearest, sql, **parameters)}


def own_offers(
    file: PublishedFile, asked: Asked, past_day: date | None, today: date
) -> dict[str, OwnOffers]:
    """How many offers as asked belong to each council, by its key; none are left out."""
    sql, parameters = _question(_OWN, asked, past_day)
    return {row.council_ags: row for row in file.rows(OwnOffers, sql, today=today, **parameters)}


def elsewhere(file: PublishedFile, asked: Asked, past_day: date | None) -> Elsewhere:
    """How many offers as asked have no point on the map."""
    sql, parameters = _question(_ELSEWHERE, asked, past_day)
    return file.rows(Elsewhere, sql, **parameters)[0]
