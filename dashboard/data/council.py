"""What the page of one council tells: its evidence, who serves it, sources, offers, neighbours.

`{offers}` stands for the offers of the newest day or of a past one, as in `data/overview.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dashboard.data.offer_line import OFFER_LINE, OfferLine
from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the register of today knows of a council."""

    ags: str
    municipality: str
    kreis: str | None
    regierungsbezirk: str | None
    body_name: str | None
    body_type: str | None
    presumed: bool
    members_total: int | None
    members_elected: int | None
    members_as_of: str | None
    website: str | None
    evidence_level: str
    source_url: str | None
    note: str | None
    population: int | None
    population_date: date | None


@dataclass(frozen=True, slots=True)
class ServingProvider:
    """A provider that serves the council, and why."""

    provider_id: str
    name: str
    reason: str
    website: str | None
    source_url: str | None
    is_read: bool


@dataclass(frozen=True, slots=True)
class AssignedSource:
    """A source that is asked for the council, and how the last visit to it ended.

    Of a past day: the last visit up to that day; `is_fresh` is whether a complete check lay at
    most three days back.
    """

    source_id: str
    provider_name: str | None
    kind: str
    url: str | None
    reason: str
    is_statewide: bool
    state: str | None
    failure_class: str | None
    last_visit_at: datetime | None
    last_complete_at: datetime | None
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class CouncilOffer(OfferLine):
    """An offer of the council: `covers` if it counts; `reason` is service_area or venue."""

    detail_url: str | None
    reason: str
    covers: bool


@dataclass(frozen=True, slots=True)
class NearOffer(OfferLine):
    """An offer elsewhere that counts; `km` is the way as the crow flies between the municipalities'
    points, None for an offer that is only online."""

    km: float | None


_EVIDENCE = """
SELECT c.ags, c.municipality, c.kreis, c.regierungsbezirk, c.body_name, c.body_type,
       c.counts_as_p27 = 'presumed', c.members_total, c.members_elected, c.members_as_of,
       c.website, c.evidence_level, c.source_url, c.note, m.population, m.population_date
FROM mart.councils c LEFT JOIN mart.municipalities m USING (ags)
WHERE c.ags = $ags"""

_MUNICIPALITIES = "SELECT name FROM mart.municipalities ORDER BY name"

_MUNICIPALITY = "SELECT name FROM mart.municipalities WHERE ags = $ags"

_PROVIDERS = """
SELECT p.provider_id, p.name, a.reason, p.website, a.source_url,
       EXISTS (FROM mart.council_sources s
               WHERE s.ags = a.ags AND s.provider_id = a.provider_id AND NOT s.is_statewide)
FROM mart.service_areas a JOIN mart.providers p USING (provider_id)
WHERE a.ags = $ags ORDER BY p.name, p.provider_id, a.reason"""

_SOURCES = """
SELECT s.source_id, p.name, h.kind, h.url, s.reason, s.is_statewide, h.state, h.failure_class,
       h.last_crawl_at, s.last_complete_at, s.is_fresh
FROM mart.council_sources s JOIN mart.source_health h USING (source_id)
LEFT JOIN mart.providers p ON p.provider_id = s.provider_id
WHERE s.ags = $ags ORDER BY s.is_statewide, p.name, s.source_id"""

_SOURCES_ON = """
WITH visits AS (
    SELECT k.source_id,
           max_by(k.state, k.finished_at) AS state,
           max_by(coalesce(k.failure_class, ''), k.finished_at) AS failure_class,
           max(k.finished_at) AS last_visit_at,
           max(k.finished_at) FILTER (WHERE k.state = 'complete') AS last_complete_at,
           max(k.day) FILTER (WHERE k.state = 'complete') AS last_complete_day
    FROM mart.source_checks k
    WHERE k.day <= $day
        AND k.source_id IN (SELECT source_id FROM mart.council_sources WHERE ags = $ags)
    GROUP BY k.source_id
)
SELECT s.source_id, p.name, h.kind, h.url, s.reason, s.is_statewide, v.state,
       nullif(v.failure_class, ''), v.last_visit_at, v.last_complete_at,
       coalesce(v.last_complete_day >= $day - 3, false)
FROM mart.council_sources s JOIN mart.source_health h USING (source_id)
LEFT JOIN visits v USING (source_id)
LEFT JOIN mart.providers p ON p.provider_id = s.provider_id
WHERE s.ags = $ags ORDER BY s.is_statewide, p.name, s.source_id"""

_OFFER_ORDER = "ORDER BY o.start_date NULLS LAST, o.title, o.offer_id"

_OFFERS = f"""
SELECT {OFFER_LINE}, o.detail_url, co.reason, co.covers
FROM mart.council_offers co JOIN mart.offers o USING (offer_id)
LEFT JOIN mart.providers p USING (provider_id)
WHERE co.ags = $ags {_OFFER_ORDER}"""

_SERVED = "SELECT provider_id FROM mart.service_areas WHERE ags = $ags"

# Who an offer belongs to is decided as in mart.council_offers, with the register of today.
_OFFERS_ON = f"""
SELECT {OFFER_LINE}, o.detail_url,
       CASE WHEN o.provider_id IN ({_SERVED}) THEN 'service_area' ELSE 'venue' END,
       is_covering(o.lifecycle, o.status)
FROM offers_on($day) o LEFT JOIN mart.providers p USING (provider_id)
WHERE o.relevance IN ('series', 'council')
    AND (o.provider_id IN ({_SERVED}) OR o.venue_ags = $ags) {_OFFER_ORDER}"""

_NEAR = f"""
WITH distances AS (
    SELECT v.ags AS venue_ags,
           round(distance_km(c.latitude, c.longitude, v.latitude, v.longitude), 1) AS km
    FROM mart.councils c CROSS JOIN mart.municipalities v WHERE c.ags = $ags
)
SELECT {OFFER_LINE},
       CASE WHEN o.delivery_mode <> 'online' THEN d.km END AS km
FROM {{offers}} o LEFT JOIN distances d USING (venue_ags)
LEFT JOIN mart.providers p USING (provider_id)
WHERE o.relevance IN ('series', 'council') AND is_covering(o.lifecycle, o.status)
    AND ($module = 'all' OR o.module = $module)
    AND (d.km IS NOT NULL OR o.delivery_mode = 'online')
    AND (o.provider_id IS NULL OR o.provider_id NOT IN ({_SERVED}))
    AND o.venue_ags IS DISTINCT FROM $ags
ORDER BY km NULLS LAST, o.start_date NULLS LAST, o.offer_id"""


def evidence(file: PublishedFile, ags: str) -> Evidence | None:
    """What is known of the council with this key; None for a key that no council has."""
    found = file.rows(Evidence, _EVIDENCE, ags=ags)
    return found[0] if found else None


def municipality_name(file: PublishedFile, ags: str) -> str | None:
    """The name of the municipality with this key, whether or not it has a council."""
    name: str | None = file.value(_MUNICIPALITY, ags=ags)
    return name


def municipality_names(file: PublishedFile) -> tuple[str, ...]:
    """The names of all municipalities."""
    return file.rows(str, _MUNICIPALITIES)


def providers(file: PublishedFile, ags: str) -> tuple[ServingProvider, ...]:
    """Who serves the council as the register of today says."""
    return file.rows(ServingProvider, _PROVIDERS, ags=ags)


def sources(
    file: PublishedFile, ags: str, past_day: date | None = None
) -> tuple[AssignedSource, ...]:
    """The sources that are asked for the council, its own first, then the statewide overview."""
    if past_day is None:
        return file.rows(AssignedSource, _SOURCES, ags=ags)
    return file.rows(AssignedSource, _SOURCES_ON, ags=ags, day=past_day)


def offers(file: PublishedFile, ags: str, past_day: date | None = None) -> tuple[CouncilOffer, ...]:
    """All offers of the council by their start, also those that do not count."""
    if past_day is None:
        return file.rows(CouncilOffer, _OFFERS, ags=ags)
    return file.rows(CouncilOffer, _OFFERS_ON, ags=ags, day=past_day)


def near_offers(
    file: PublishedFile, ags: str, module: str, past_day: date | None = None
) -> tuple[NearOffer, ...]:
    """All offers elsewhere that count, the nearest first, those that are only online last."""
    sql, asked = _near(past_day)
    return file.all_rows(NearOffer, sql, ags=ags, module=module, **asked)


def nearest_offers(
    file: PublishedFile, ags: str, module: str, past_day: date | None, limit: int
) -> tuple[tuple[NearOffer, ...], int]:
    """The nearest of them, and how many there are altogether."""
    sql, asked = _near(past_day)
    asked |= {"ags": ags, "module": module}
    rows = file.rows(NearOffer, f"{sql} LIMIT $limit", limit=limit, **asked)
    return rows, file.value(f"SELECT count(*) FROM ({sql})", **asked)


def _near(past_day: date | None) -> tuple[str, dict[str, date | str]]:
    if past_day is None:
        return _NEAR.replace("{offers}", "mart.offers"), {}
    return _NEAR.replace("{offers}", "offers_on($day)"), {"day": past_day}
