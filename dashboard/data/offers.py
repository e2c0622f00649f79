"""The offers and their dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class Session:
    """One date of an offer in German local time."""

    offer_id: str
    session_date: date
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as the mart has it; `council_count` says for how many councils it counts."""

    offer_id: str
    provider_name: str | None
    module: str
    relevance: str
    title: str
    course_number: str | None
    start_date: date | None
    end_date: date | None
    session_count: int | None
    venue_name: str | None
    venue_street: str | None
    venue_postcode: str | None
    venue_place: str | None
    delivery_mode: str
    places_planned: int | None
    places_total: int | None
    places_taken: int | None
    places_free: int | None
    status: str
    price_eur: Decimal | None
    is_free: bool | None
    registration_url: str | None
    registration_email: str | None
    detail_url: str | None
    lifecycle: str
    last_day: date | None
    council_count: int


_OFFERS = """
SELECT o.offer_id, p.name AS provider_name, o.module, o.relevance, o.title, o.course_number,
       o.start_date, o.end_date, o.session_count, o.venue_name, o.venue_street, o.venue_postcode,
       o.venue_place, o.delivery_mode, o.places_planned, o.places_total, o.places_taken,
       o.places_free, o.status, o.price_eur, o.is_free, o.registration_url,
       o.registration_email, o.detail_url, o.lifecycle, o.last_day,
       coalesce(c.council_count, 0)
FROM mart.offers o
LEFT JOIN mart.providers p USING (provider_id)
LEFT JOIN (
    SELECT co.offer_id, count(DISTINCT co.ags) AS council_count
    FROM mart.council_offers co JOIN mart.councils k USING (ags)
    WHERE co.covers AND k.counts_as_p27 = 'yes' AND list_contains($ids, co.offer_id)
    GROUP BY co.offer_id
) c USING (offer_id)
WHERE list_contains($ids, o.offer_id)
ORDER BY o.start_date NULLS LAST, o.title, o.offer_id"""

_SESSIONS = """
SELECT offer_id, session_date, starts_at, ends_at
FROM mart.offer_sessions WHERE list_contains($ids, offer_id) ORDER BY offer_id, session_no"""


def offers(file: PublishedFile, ids: Sequence[str]) -> tuple[Offer, ...]:
    """These offers by their start, as the newest day has them: a page's worth, not all."""
    return file.rows(Offer, _OFFERS, ids=tuple(ids))


def sessions(file: PublishedFile, ids: Sequence[str]) -> tuple[Session, ...]:
    """The dates of these offers."""
    return file.rows(Session, _SESSIONS, ids=tuple(ids))
