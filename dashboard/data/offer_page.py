"""What the page of one offer tells: dates, the origin of each value, its history, its councils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dashboard.data.changes import Change
from dashboard.data.offers import Offer, Session, offer_query
from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class OfferTexts:
    """The longer texts of an offer, and its score of completeness (0 to 100)."""

    description: str | None
    topics: tuple[str, ...]
    target_group: str | None
    completeness_score: int | None
    first_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Origin:
    """One value as it was read from one page; `is_used` where it stands in the offer. Keys of
    providers and municipalities are told by name."""

    field: str
    value: str
    is_used: bool
    original_text: str | None
    source_id: str
    source_kind: str | None
    source_url: str
    fetched_at: datetime
    extractor: str


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One change of the offer: for which day it holds, and when it was noticed."""

    day: date
    changed_at: datetime
    change: Change


@dataclass(frozen=True, slots=True)
class Version:
    """How an offer stood in a span of days; `until_day` is the first day it no longer held."""

    from_day: date
    until_day: date | None
    title: str
    start_date: date | None
    end_date: date | None
    status: str
    places_free: int | None
    presence: str


@dataclass(frozen=True, slots=True)
class CountedCouncil:
    """A council that the offer belongs to and why; `covers` if it counts there."""

    ags: str
    municipality: str
    presumed: bool
    reason: str
    service_reason: str | None
    covers: bool


@dataclass(frozen=True, slots=True)
class LinkedOffer:
    """The same course on the site of another provider."""

    offer_id: str
    provider_name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Why entries are one offer, or which other offer may be the same."""

    rule: str
    is_merged: bool
    score: float | None
    reason: str
    source_id: str
    source_kind: str | None
    other_offer_id: str | None
    other_title: str | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing; `points` of the score are lost by it."""

    field: str
    points: int
    sentence: str


_TEXTS = """
SELECT description, topics, target_group, completeness_score, first_seen_at
FROM mart.offers WHERE offer_id = $offer_id"""

_SESSIONS = """
SELECT offer_id, session_no, session_date, starts_at, ends_at, venue_name, venue_place
FROM mart.offer_sessions WHERE offer_id = $offer_id ORDER BY session_no"""

_ORIGINS = """
SELECT r.field, coalesce(p.name, m.name, r.value), r.is_used, r.original_text, r.source_id, h.kind,
       r.source_url, r.fetched_at, r.extractor
FROM mart.provenance r LEFT JOIN mart.source_health h USING (source_id)
LEFT JOIN mart.providers p ON r.field = 'provider_id' AND p.provider_id = r.value
LEFT JOIN mart.municipalities m ON r.field = 'venue_ags' AND m.ags = r.value
WHERE r.offer_id = $offer_id
ORDER BY r.field, r.is_used DESC, r.fetched_at DESC, r.source_url, r.value"""

_CHANGES = """
SELECT c.day, c.changed_at, c.kind, c.field, coalesce(po.name, mo.name, c.old_value),
       coalesce(pn.name, mn.name, c.new_value)
FROM mart.offer_changes c
LEFT JOIN mart.providers po ON c.field = 'provider_id' AND po.provider_id = c.old_value
LEFT JOIN mart.providers pn ON c.field = 'provider_id' AND pn.provider_id = c.new_value
LEFT JOIN mart.municipalities mo ON c.field = 'venue_ags' AND mo.ags = c.old_value
LEFT JOIN mart.municipalities mn ON c.field = 'venue_ags' AND mn.ags = c.new_value
WHERE c.offer_id = $offer_id AND c.day <= $until
ORDER BY c.changed_at DESC, c.kind, c.field"""

_VERSIONS = """
SELECT valid_from_day, valid_to_day, title, start_date, end_date, status, places_free, presence
FROM mart.offer_versions
WHERE offer_id = $offer_id AND valid_from_day <= $until
    AND (valid_to_day IS NULL OR valid_to_day > valid_from_day)
ORDER BY valid_from DESC"""

_COUNCILS = """
SELECT c.ags, c.municipality, c.counts_as_p27 = 'presumed', b.reason,
       (SELECT min(a.reason) FROM mart.service_areas a
        WHERE a.ags = b.ags AND a.provider_id = o.provider_id),
       b.covers
FROM mart.council_offers b
JOIN mart.councils c USING (ags) JOIN mart.offers o USING (offer_id)
WHERE b.offer_id = $offer_id ORDER BY lower(strip_accents(c.municipality)), c.ags"""

_DECISIONS = """
SELECT d.rule, d.is_merged, d.score, d.reason, d.source_id, h.kind, d.other_offer_id, o.title,
       d.decided_at
FROM mart.merge_decisions d
LEFT JOIN mart.source_health h USING (source_id)
LEFT JOIN mart.offers o ON o.offer_id = d.other_offer_id
WHERE d.offer_id = $offer_id ORDER BY d.is_merged DESC, d.decided_at, d.decision_id"""

_LINKED = """
SELECT l.linked_offer_id, p.name
FROM mart.offer_links l
JOIN mart.offers o ON o.offer_id = l.linked_offer_id
JOIN mart.providers p USING (provider_id)
WHERE l.offer_id = $offer_id ORDER BY p.name, l.linked_offer_id"""

_GAPS = """
SELECT field, points, sentence FROM mart.offer_gaps
WHERE offer_id = $offer_id ORDER BY points DESC, field"""

_FORMER = """
SELECT title FROM mart.offer_versions WHERE offer_id = $offer_id ORDER BY valid_from DESC LIMIT 1"""


def offer(file: PublishedFile, offer_id: str, past_day: date | None) -> Offer | None:
    """The offer as known on that day, or None."""
    sql, parameters = offer_query(offer_id, past_day)
    found = file.rows(Offer, sql, **parameters)
    return found[0] if found else None


def former_title(file: PublishedFile, offer_id: str) -> str | None:
    """The title of an offer that was known once, whether or not it still is."""
    title: str | None = file.value(_FORMER, offer_id=offer_id)
    return title


def texts(file: PublishedFile, offer_id: str) -> OfferTexts | None:
    """The longer texts of today; past days keep none."""

    def row(
        description: str | None,
        topics: list[str] | None,
        target_group: str | None,
        score: int | None,
        first_seen_at: datetime | None,
    ) -> OfferTexts:
        return OfferTexts(description, tuple(topics or ()), target_group, score, first_seen_at)

    found = file.rows(row, _TEXTS, offer_id=offer_id)
    return found[0] if found else None


def sessions(file: PublishedFile, offer_id: str) -> tuple[Session, ...]:
    """The dates as known today."""
    return file.rows(Session, _SESSIONS, offer_id=offer_id)


def origins(file: PublishedFile, offer_id: str) -> tuple[Origin, ...]:
    """Every value that was read, by field, the used one first."""
    return file.rows(Origin, _ORIGINS, offer_id=offer_id)


def changes(file: PublishedFile, offer_id: str, until: date) -> tuple[DiaryLine, ...]:
    """The diary up to a day, the newest first."""

    def row(day: date, changed_at: datetime, *change: str) -> DiaryLine:
        return DiaryLine(day, changed_at, Change("", *change))

    return file.rows(row, _CHANGES, offer_id=offer_id, until=until)


def versions(file: PublishedFile, offer_id: str, until: date) -> tuple[Version, ...]:
    """How it stood day by day up to a day, the newest first; a version of no day is left out."""
    return file.rows(Version, _VERSIONS, offer_id=offer_id, until=until)


def councils(file: PublishedFile, offer_id: str) -> tuple[CountedCouncil, ...]:
    """The councils that it belongs to, by name."""
    return file.rows(CountedCouncil, _COUNCILS, offer_id=offer_id)


def decisions(file: PublishedFile, offer_id: str) -> tuple[Decision, ...]:
    """What was merged into it, and what may be the same."""
    return file.rows(Decision, _DECISIONS, offer_id=offer_id)


def linked_offers(file: PublishedFile, offer_id: str) -> tuple[LinkedOffer, ...]:
    """Where else the same course stands."""
    return file.rows(LinkedOffer, _LINKED, offer_id=offer_id)


def gaps(file: PublishedFile, offer_id: str) -> tuple[Gap, ...]:
    """What is missing, the weightiest first."""
    return file.rows(Gap, _GAPS, offer_id=offer_id)
