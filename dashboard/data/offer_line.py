"""What every list tells of an offer, and which offers changed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.data import first_reads
from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer as a line of a list; the numbers of places are only what the source says."""

    offer_id: str
    title: str
    provider_name: str | None
    module: str
    start_date: date | None
    end_date: date | None
    venue_place: str | None
    delivery_mode: str
    status: str
    places_planned: int | None
    places_total: int | None
    places_taken: int | None
    places_free: int | None
    lifecycle: str


# The columns of an OfferLine, of an offer `o` and its provider `p`.
OFFER_LINE = """o.offer_id, o.title, p.name, o.module, o.start_date, o.end_date, o.venue_place,
       o.delivery_mode, o.status, o.places_planned, o.places_total, o.places_taken, o.places_free,
       o.lifecycle"""


@dataclass(frozen=True, slots=True)
class ChangedOffer:
    """What happened to an offer on a day; `kinds` as in mart.offer_changes, but `first_read` for
    what appeared without being news; `fields` are what changed, `status` what it changed to."""

    offer_id: str
    title: str
    provider_name: str | None
    start_date: date | None
    day: date
    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    status: str | None


_KIND = f"CASE WHEN {first_reads.IS_FIRST_READ} THEN 'first_read' ELSE c.kind END"

_OF_MODULE = """($module = 'all'
    OR c.offer_id IN (SELECT offer_id FROM mart.offers WHERE module = $module))"""
_OF_COUNCIL = "c.offer_id IN (SELECT offer_id FROM mart.council_offers WHERE ags = $ags)"

_COUNTS = f"""
SELECT {_KIND} AS kind, count(DISTINCT c.offer_id) FROM mart.offer_changes c
WHERE c.day > $after AND c.day <= $until AND {_OF_MODULE} GROUP BY ALL"""

# New, gone, filled up or called off matters most, then dates and places; least what was only read
# for the first time.
_WEIGHT = """CASE
        WHEN list_contains(kinds, 'first_read') THEN 3
        WHEN kinds <> ['changed'] OR list_contains(fields, 'status') THEN 0
        WHEN list_has_any(fields, ['start_date', 'end_date', 'sessions', 'venue_ags']) THEN 1
        ELSE 2
    END"""
_WEIGHTIEST = f"{_WEIGHT}, day DESC, noticed DESC, offer_id"
_NEWEST = f"day DESC, {_WEIGHT}, noticed DESC, offer_id"

# The few lines are chosen first, so that only theirs are put together.
_LATEST = f"""
WITH chosen AS (
    SELECT c.offer_id, c.day, list(DISTINCT {_KIND}) AS kinds, list(DISTINCT c.field) AS fields,
           any_value(c.new_value) FILTER (WHERE c.field = 'status') AS status,
           max(c.changed_at) AS noticed
    FROM mart.offer_changes c
    WHERE c.day > $after AND c.day <= $until AND {{whose}}
    GROUP BY c.offer_id, c.day ORDER BY {{order}} LIMIT $limit
)
SELECT offer_id, o.title, p.name, o.start_date, k.day, k.kinds, k.fields, k.status
FROM chosen k JOIN mart.offers o USING (offer_id)
LEFT JOIN mart.providers p USING (provider_id)
ORDER BY {{order}}"""


def change_counts(file: PublishedFile, after: date, until: date, module: str) -> dict[str, int]:
    """How many offers appeared, changed … after one day and up to another, by kind."""
    asked = {"after": after, "until": until, "module": module}
    lines = file.rows(lambda *pair: pair, _COUNTS, **asked, **first_reads.parameters(file))
    return dict(lines)


def latest_changes(
    file: PublishedFile, after: date, until: date, module: str, limit: int
) -> tuple[ChangedOffer, ...]:
    """What changed of a module or of all, what matters most first, one row an offer and day."""
    asked = {"after": after, "until": until, "module": module, "limit": limit}
    return _latest(file, _OF_MODULE, _WEIGHTIEST, asked)


def latest_changes_of_council(
    file: PublishedFile, ags: str, until: date, limit: int
) -> tuple[ChangedOffer, ...]:
    """The same of the offers of a council since the beginning, the newest first."""
    asked = {"after": date.min, "until": until, "ags": ags, "limit": limit}
    return _latest(file, _OF_COUNCIL, _NEWEST, asked)


def _latest(
    file: PublishedFile, whose: str, order: str, asked: dict[str, Any]
) -> tuple[ChangedOffer, ...]:
    def row(*values: Any) -> ChangedOffer:
        *about, kinds, fields, status = values
        return ChangedOffer(*(*about, tuple(kinds), tuple(fields), status))

    sql = _LATEST.replace("{whose}", whose).replace("{order}", order)
    return file.rows(row, sql, **asked, **first_reads.parameters(file))
