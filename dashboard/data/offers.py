"""The offers: filtered, counted and sorted in SQL, on the newest day or on a past one.

`{offers}` in a query stands for the offers of the newest day or of a past one. Of past days
registration, times and texts are not kept: their columns are NULL there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboard.address import Order
from dashboard.data.published import PublishedFile
from dashboard.data.search_texts import SHORT_TEXTS, search_texts
from dashboard.search import pattern

ONLINE = "online"
# Values of `Wanted.lifecycle` and `Wanted.relevance` and what they take in.
LIFECYCLES: dict[str, tuple[str, ...]] = {
    "kommend": ("current", "vanished"),
    "auch_vorbei": ("current", "vanished", "past"),
    "vermisst": ("vanished",),
    "vorbei": ("past",),
    "entfernt": ("withdrawn",),
    "jeder": ("current", "vanished", "past", "withdrawn"),
}
RELEVANCES: dict[str, tuple[str, ...]] = {
    "gremien": ("series", "council"),
    "reihe": ("series",),
    "verwandt": ("adjacent",),
    "jede": ("series", "council", "adjacent"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. None, an empty text and an empty tuple leave nothing out.

    `words` are looked for in title, description, topics, place, provider and number; each is a
    tuple of spellings of which one must be found. `place` is the key of a municipality, or
    "online". The period holds for offers that run on at least one of its days.
    """

    words: tuple[tuple[str, ...], ...] = ()
    module: str = "all"
    from_day: date | None = None
    until_day: date | None = None
    regierungsbezirk: str = ""
    kreis: str = ""
    place: str | None = None
    provider_id: str | None = None
    status: tuple[str, ...] = ()
    only_free: bool = False
    relevance: str = "gremien"
    lifecycle: str = "kommend"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many offers are as wanted, and how many are not shown although all else fits: without
    a date, without a known place, without a word on free places, over or gone, of another
    relevance."""

    found: int
    without_date: int
    without_place: int
    without_places: int
    other_lifecycle: int
    other_relevance: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as the mart has it, with its provider and the municipality of its venue."""

    offer_id: str
    provider_id: str | None
    provider_name: str | None
    module: str
    relevance: str
    title: str
    subtitle: str | None
    course_number: str | None
    start_date: date | None
    end_date: date | None
    last_day: date | None
    session_count: int | None
    venue_name: str | None
    venue_street: str | None
    venue_postcode: str | None
    venue_place: str | None
    municipality: str | None
    regierungsbezirk: str | None
    delivery_mode: str
    places_planned: int | None
    places_total: int | None
    places_taken: int | None
    places_free: int | None
    status: str
    price_eur: Decimal | None
    is_free: bool | None
    price_note: str | None
    registration_url: str | None
    registration_email: str | None
    detail_url: str | None
    lifecycle: str
    last_seen_at: datetime | None
    last_changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """One date of an offer in German local time."""

    offer_id: str
    session_no: int
    session_date: date
    starts_at: datetime | None
    ends_at: datetime | None
    venue_name: str | None
    venue_place: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One provider, municipality … that offers can be narrowed to."""

    key: str
    name: str


_NEWEST = "mart.offers"
_PAST = """(SELECT *, NULL::VARCHAR AS subtitle, NULL::VARCHAR[] AS topics,
    NULL::INTEGER AS session_count, NULL::VARCHAR AS venue_street,
    NULL::VARCHAR AS venue_postcode, NULL::VARCHAR AS price_note,
    NULL::VARCHAR AS registration_url, NULL::VARCHAR AS registration_email,
    NULL::TIMESTAMPTZ AS last_seen_at, NULL::TIMESTAMPTZ AS last_changed_at
    FROM offers_on($day))"""

_FROM = """
FROM {offers} o
LEFT JOIN mart.providers p USING (provider_id)
LEFT JOIN mart.municipalities m ON m.ags = o.venue_ags"""

_COLUMNS = """
SELECT o.offer_id, o.provider_id, p.name, o.module, o.relevance, o.title, o.subtitle,
       o.course_number, o.start_date, o.end_date, o.last_day, o.session_count, o.venue_name,
       o.venue_street, o.venue_postcode, o.venue_place, m.name, m.regierungsbezirk,
       o.delivery_mode, o.places_planned, o.places_total, o.places_taken, o.places_free, o.status,
       o.price_eur, o.is_free, o.price_note, o.registration_url, o.registration_email,
       o.detail_url, o.lifecycle, o.last_seen_at, o.last_changed_at"""

_FOUND = f"regexp_matches(concat_ws(' ', {SHORT_TEXTS}), {{word}})"

# What no offer can be lost by: it says of itself whether it fits.
_PLAINLY = """($module = 'all' OR o.module = $module)
    AND ($provider_id::VARCHAR IS NULL OR o.provider_id = $provider_id)
    AND (len($status::VARCHAR[]) = 0 OR list_contains($status::VARCHAR[], o.status))"""
_MAY_BE_FREE = """o.lifecycle <> 'vanished' AND is_covering(o.lifecycle, o.status)
    AND NOT has_no_place(o.places_free, o.places_taken, o.places_total)"""
_IS_FREE = f"""coalesce(NOT $only_free OR ({_MAY_BE_FREE}
    AND (o.status IN ('open', 'few') OR (o.status = 'unknown' AND o.places_free > 0))), false)"""
_SAYS_PLACES = f"(o.status <> 'unknown' OR o.places_free IS NOT NULL OR NOT ({_MAY_BE_FREE}))"
_HAS_DATE = "coalesce(o.start_date, o.end_date) IS NOT NULL"
# Of which only the end is known may have begun at any time before.
_IN_PERIOD = """coalesce(
    ($until_day::DATE IS NULL OR o.start_date <= $until_day
        OR (o.start_date IS NULL AND o.end_date IS NOT NULL))
    AND ($from_day::DATE IS NULL
        OR greatest(o.last_day, o.end_date, o.start_date) >= $from_day)
    AND coalesce($from_day::DATE <= $until_day::DATE, true), false)"""
_HAS_PLACE = "(o.venue_ags IS NOT NULL OR o.delivery_mode = 'online')"
_IN_PLACE = """coalesce(
    ($regierungsbezirk = '' OR m.regierungsbezirk = $regierungsbezirk)
    AND ($kreis = '' OR m.kreis = $kreis)
    AND ($place::VARCHAR IS NULL OR o.venue_ags = $place
        OR ($place = 'online' AND o.delivery_mode IN ('online', 'hybrid'))), false)"""
_IS_RELEVANT = "list_contains($relevances::VARCHAR[], o.relevance)"
_IS_LIVING = "list_contains($lifecycles::VARCHAR[], o.lifecycle)"
_ALL = " AND ".join((_PLAINLY, _IS_FREE, _IS_RELEVANT, _IS_LIVING, _IN_PERIOD, _IN_PLACE))
# Offers that fail otherwise are in none of the counts, so no word is looked for in their texts.
_IS_NEAR_MISS = f"""({_IS_RELEVANT} OR {_IS_LIVING}) AND ({_IN_PERIOD} OR NOT {_HAS_DATE})
    AND ({_IN_PLACE} OR NOT {_HAS_PLACE})"""

_TALLY = f"""
SELECT count(*) FILTER (fits AND is_free AND in_period AND in_place),
       count(*) FILTER (fits AND is_free AND NOT in_period AND NOT has_date AND in_place),
       count(*) FILTER (fits AND is_free AND in_period AND NOT in_place AND NOT has_place),
       count(*) FILTER (fits AND NOT is_free AND NOT says_places AND in_period AND in_place),
       count(*) FILTER (is_relevant AND NOT is_living AND is_free AND in_period AND in_place),
       count(*) FILTER (is_living AND NOT is_relevant AND is_free AND in_period AND in_place)
FROM (
    SELECT {_IS_FREE} AS is_free, {_SAYS_PLACES} AS says_places, {_IN_PERIOD} AS in_period,
           {_HAS_DATE} AS has_date, {_IN_PLACE} AS in_place, {_HAS_PLACE} AS has_place,
           {_IS_RELEVANT} AS is_relevant, {_IS_LIVING} AS is_living,
           is_relevant AND is_living AS fits
    {_FROM} WHERE {_PLAINLY} AND {_IS_NEAR_MISS}{{search}}
)"""

SORTS = {
    "titel": "lower(strip_accents(o.title))",
    "beginn": "coalesce(o.start_date, o.end_date)",
    "anbieter": "lower(strip_accents(p.name))",
    "ort": "lower(strip_accents(coalesce(o.venue_place, m.name)))",
    "frei": "o.places_free",
    "preis": "CASE WHEN o.is_free THEN 0 ELSE o.price_eur END",
}

_SESSIONS = f"""
SELECT s.offer_id, s.session_no, s.session_date, s.starts_at, s.ends_at, s.venue_name,
       s.venue_place
FROM mart.offer_sessions s JOIN (SELECT o.offer_id {_FROM} WHERE {_ALL}{{search}})
USING (offer_id) ORDER BY s.offer_id, s.session_no"""

_PROVIDERS = """
SELECT provider_id, name FROM mart.providers
WHERE provider_id IN (SELECT provider_id FROM mart.offer_versions)
    OR provider_id IN (SELECT provider_id FROM mart.offers)
ORDER BY lower(strip_accents(name)), provider_id"""

_PLACES = """
SELECT ags, name FROM mart.municipalities
WHERE ags IN (SELECT venue_ags FROM mart.offer_versions)
    OR ags IN (SELECT venue_ags FROM mart.offers)
ORDER BY lower(strip_accents(name)), ags"""

_REGIONS = """
SELECT DISTINCT regierungsbezirk, kreis FROM mart.municipalities
WHERE regierungsbezirk IS NOT NULL ORDER BY ALL"""


def _asked(
    file: PublishedFile, wanted: Wanted, past_day: date | None
) -> tuple[dict[str, str], dict[str, Any]]:
    """What is put into the query in braces, all of it constant, and its parameters."""
    # Of past days the file keeps short texts only.
    found = "get_bit({word}::BIT, o.rowid::INTEGER) = 1" if past_day is None else _FOUND
    search = "".join(
        f" AND {found.format(word=f'$word{number}')}" for number in range(len(wanted.words))
    )
    parameters: dict[str, Any] = {
        "module": wanted.module,
        "from_day": wanted.from_day,
        "until_day": wanted.until_day,
        "regierungsbezirk": wanted.regierungsbezirk,
        "kreis": wanted.kreis,
        "place": wanted.place,
        "provider_id": wanted.provider_id,
        "status": wanted.status,
        "only_free": wanted.only_free,
        "relevances": RELEVANCES[wanted.relevance],
        "lifecycles": LIFECYCLES[wanted.lifecycle],
    }
    if past_day is not None:
        parameters["day"] = past_day
    for number, spellings in enumerate(wanted.words):
        parameters[f"word{number}"] = (
            search_texts(file).containing(spellings)
            if past_day is None
            else "|".join(map(pattern, spellings))
        )
    return {"offers": _NEWEST if past_day is None else _PAST, "search": search}, parameters


def _ordered(order: Order) -> str:
    way = "DESC" if order.descending else "ASC"
    return (
        f"{_COLUMNS}{_FROM} WHERE {_ALL}{{search}} ORDER BY {SORTS[order.key]} {way} NULLS LAST, "
        "coalesce(o.start_date, o.end_date) NULLS LAST, o.title, o.offer_id"
    )


def tally(file: PublishedFile, wanted: Wanted, past_day: date | None) -> Tally:
    """How many offers are as wanted and how many are not shown."""
    texts, parameters = _asked(file, wanted, past_day)
    return file.rows(Tally, _TALLY.format(**texts), **parameters)[0]


def offers(
    file: PublishedFile,
    wanted: Wanted,
    past_day: date | None,
    order: Order,
    limit: int,
    offset: int,
) -> tuple[Offer, ...]:
    """One page of the offers as wanted; `order.key` is one of SORTS."""
    texts, parameters = _asked(file, wanted, past_day)
    sql = _ordered(order).format(**texts) + " LIMIT $limit OFFSET $offset"
    return file.rows(Offer, sql, limit=limit, offset=offset, **parameters)


def all_offers(
    file: PublishedFile, wanted: Wanted, past_day: date | None, order: Order
) -> tuple[Offer, ...]:
    """All offers as wanted, for a file to take along."""
    texts, parameters = _asked(file, wanted, past_day)
    return file.all_rows(Offer, _ordered(order).format(**texts), **parameters)


def all_sessions(file: PublishedFile, wanted: Wanted, past_day: date | None) -> tuple[Session, ...]:
    """The dates of all offers as wanted, for a calendar; past days know none."""
    if past_day is not None:
        return ()
    texts, parameters = _asked(file, wanted, past_day)
    return file.all_rows(Session, _SESSIONS.format(**texts), **parameters)


def offer_query(offer_id: str, past_day: date | None) -> tuple[str, dict[str, Any]]:
    """The question for one Offer, and its parameters."""
    day = {} if past_day is None else {"day": past_day}
    sql = f"{_COLUMNS}{_FROM} WHERE o.offer_id = $offer_id"
    chosen = _NEWEST if past_day is None else _PAST
    return sql.format(offers=chosen), {"offer_id": offer_id, **day}


def providers(file: PublishedFile) -> tuple[Choice, ...]:
    """The providers of offers, by name."""
    return file.rows(Choice, _PROVIDERS)


def places(file: PublishedFile) -> tuple[Choice, ...]:
    """The municipalities where offers take place, by name."""
    return file.rows(Choice, _PLACES)


def regions(file: PublishedFile) -> tuple[tuple[str, str | None], ...]:
    """The pairs of Regierungsbezirk and Kreis."""
    return file.rows(lambda district, kreis: (district, kreis), _REGIONS)
