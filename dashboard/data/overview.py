"""What the page Überblick counts: seats, members, next dates, what needs attention.

`{offers}` in a query stands for the offers of the newest day or of a past one; `_as_of` puts one
of two constants there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.data.offer_line import OFFER_LINE, OfferLine
from dashboard.data.published import PublishedFile

# Offers that count for a council: for councils, and neither called off nor over nor withdrawn.
_COUNTS = """o.relevance IN ('series', 'council') AND o.lifecycle IN ('current', 'vanished')
    AND o.status NOT IN ('cancelled', 'finished') AND ($module = 'all' OR o.module = $module)"""


@dataclass(frozen=True, slots=True)
class Seats:
    """Places of the offers that count, summed only where the source says a number.

    `offers` is how many there are; `with_total` and `with_free` how many of them say how many
    places they have, and how many are free.
    """

    offers: int
    with_total: int
    places_total: int
    with_free: int
    places_free: int


@dataclass(frozen=True, slots=True)
class Members:
    """Members of the evidenced councils, summed over those of which the number is known."""

    councils: int
    with_members: int
    members: int


@dataclass(frozen=True, slots=True)
class Attention:
    """How much needs to be looked at: sources, issues and offers that vanished."""

    sources: int
    unread_sources: int
    unread_statewide: int
    issues: int
    vanished_offers: int


@dataclass(frozen=True, slots=True)
class HistoryDay:
    """How many evidenced councils were in a state for a module on a day."""

    day: date
    module: str
    state: str
    council_count: int


_SEATS = f"""
SELECT count(*), count(o.places_total), coalesce(sum(o.places_total), 0)::INTEGER,
       count(o.places_free), coalesce(sum(o.places_free), 0)::INTEGER
FROM {{offers}} o WHERE {_COUNTS}"""

_MEMBERS = """
SELECT count(*), count(members_total), coalesce(sum(members_total), 0)::INTEGER
FROM mart.councils WHERE counts_as_p27 = 'yes'"""

_NEXT = f"""
SELECT {OFFER_LINE}
FROM {{offers}} o LEFT JOIN mart.providers p USING (provider_id)
WHERE {_COUNTS} AND o.start_date >= $from_day
ORDER BY o.start_date, o.title, o.offer_id"""

_NEXT_COUNT = f"""
SELECT count(*) FROM {{offers}} o WHERE {_COUNTS} AND o.start_date >= $from_day"""

_ATTENTION = """
SELECT (SELECT count(*) FROM mart.source_health),
       (SELECT count(*) FROM mart.source_health
        WHERE state IS DISTINCT FROM 'complete' OR NOT is_fresh),
       (SELECT count(DISTINCT source_id) FROM mart.council_sources
        WHERE is_statewide AND NOT is_fresh),
       (SELECT count(*) FROM mart.issues WHERE kind <> 'source_failing'),
       (SELECT count(*) FROM mart.offers
        WHERE lifecycle = 'vanished' AND relevance IN ('series', 'council'))"""

_HISTORY = """
SELECT day, module, state, council_count FROM mart.coverage_history
WHERE day <= $until AND module IN ('basis', 'aufbau')
ORDER BY day, module, state"""


def _as_of(sql: str, past_day: date | None) -> tuple[str, dict[str, Any]]:
    """The query over the offers of the newest day, or of a past one with its parameter."""
    if past_day is None:
        return sql.replace("{offers}", "mart.offers"), {}
    return sql.replace("{offers}", "offers_on($day)"), {"day": past_day}


def seats(file: PublishedFile, past_day: date | None, module: str) -> Seats:
    """Places of the offers of one module, or of all."""
    sql, day = _as_of(_SEATS, past_day)
    return file.rows(Seats, sql, module=module, **day)[0]


def members(file: PublishedFile) -> Members:
    """Members as the register of today knows them."""
    return file.rows(Members, _MEMBERS)[0]


def next_offers(
    file: PublishedFile, past_day: date | None, module: str, from_day: date, limit: int
) -> tuple[tuple[OfferLine, ...], int]:
    """The next offers to begin, and how many there are altogether."""
    sql, day = _as_of(_NEXT + " LIMIT $limit", past_day)
    count_sql, _ = _as_of(_NEXT_COUNT, past_day)
    asked = {"module": module, "from_day": from_day, **day}
    return file.rows(OfferLine, sql, limit=limit, **asked), file.value(count_sql, **asked)


def all_next_offers(
    file: PublishedFile, past_day: date | None, module: str, from_day: date
) -> tuple[OfferLine, ...]:
    """All offers that are still to begin, for a file to take along."""
    sql, day = _as_of(_NEXT, past_day)
    return file.all_rows(OfferLine, sql, module=module, from_day=from_day, **day)


def attention(file: PublishedFile) -> Attention:
    """What needs to be looked at now; past days are not kept."""
    return file.rows(Attention, _ATTENTION)[0]


def history(file: PublishedFile, until: date) -> tuple[HistoryDay, ...]:
    """The councils by day, module (basis and aufbau) and state."""
    return file.rows(HistoryDay, _HISTORY, until=until)
