"""What every list tells of an offer, and which offers changed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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

_CHANGES = """
FROM mart.offer_changes c JOIN mart.offers o USING (offer_id)
LEFT JOIN mart.providers p USING (provider_id)
WHERE c.day > $after AND c.day <= $until AND ($module = 'all' OR o.module = $module)
    AND ($ags::VARCHAR IS NULL
        OR c.offer_id IN (SELECT offer_id FROM mart.council_offers WHERE ags = $ags))"""

_COUNTS = f"SELECT {_KIND} AS kind, count(DISTINCT c.offer_id) {_CHANGES} GROUP BY ALL"

# What matters most stands first: new, gone, filled up or called off; then dates and places. What
# was only read for the first time comes last.
_LATEST = f"""
SELECT c.offer_id, any_value(o.title), any_value(p.name), any_value(o.start_date), c.day,
       list(DISTINCT {_KIND}) AS kinds, list(DISTINCT c.field) AS fields,
       any_value(c.new_value) FILTER (WHERE c.field = 'status') AS status
{_CHANGES}
GROUP BY c.offer_id, c.day
ORDER BY CASE
        WHEN list_contains(kinds, 'first_read') THEN 3
        WHEN kinds <> ['changed'] OR list_contains(fields, 'status') THEN 0
        WHEN list_has_any(fields, ['start_date', 'end_date', 'sessions', 'venue_ags']) THEN 1
        ELSE 2
    END, c.day DESC, max(c.changed_at) DESC, c.offer_id
LIMIT $limit"""


def change_counts(file: PublishedFile, after: date, until: date, module: str) -> dict[str, int]:
    """How many offers appeared, changed … after one day and up to another, by kind."""
    asked = {"after": after, "until": until, "module": module, "ags": None}
    lines = file.rows(lambda *pair: pair, _COUNTS, **asked, **first_reads.parameters(file))
    return dict(lines)


def latest_changes(
    file: PublishedFile,
    after: date,
    until: date,
    limit: int,
    *,
    module: str = "all",
    ags: str | None = None,
) -> tuple[ChangedOffer, ...]:
    """What changed, what matters most first, one row an offer and day; of a module, or of one
    council's offers."""

    def row(
        offer_id: str,
        title: str,
        name: str | None,
        start: date | None,
        day: date,
        kinds: list[str],
        fields: list[str],
        status: str | None,
    ) -> ChangedOffer:
        return ChangedOffer(offer_id, title, name, start, day, tuple(kinds), tuple(fields), status)

    asked = {"after": after, "until": until, "module": module, "ags": ags, "limit": limit}
    return file.rows(row, _LATEST, **asked, **first_reads.parameters(file))
