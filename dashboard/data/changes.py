"""The diary: what happened to the offers in a span of days, by day or by provider.

What an entry is called (`KINDS`) follows from the kind of the change, its field and its new value.
What appeared is `neu`, or `erstmals` where its source was never read completely before
(`first_reads`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.data import first_reads as read_first
from dashboard.data.first_reads import IS_FIRST_READ
from dashboard.data.published import PublishedFile

FIRST_READ = "erstmals"
NEWS = (
    *("neu", "verlegt", "ausgebucht", "abgesagt", "plaetze"),
    *("vermisst", "entfernt", "zurueck", "angaben"),
)
KINDS = (*NEWS, FIRST_READ)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: all days from `first` to `last`, both included; empty means all."""

    first: date
    last: date
    kinds: tuple[str, ...]
    module: str
    provider: str
    district: str


@dataclass(frozen=True, slots=True)
class Change:
    """One changed value; at `appeared`, `vanished` … the field is `lifecycle`."""

    what: str
    kind: str
    field: str
    old_value: str | None
    new_value: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """The offer that something happened to, and the day."""

    day: date
    offer_id: str
    title: str
    provider_name: str | None
    module: str
    start_date: date | None


@dataclass(frozen=True, slots=True)
class Entry(_Told):
    """All that happened to one offer on one day."""

    venue_place: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow(_Told):
    """One change as a line of a file."""

    detail_url: str | None
    change: Change


@dataclass(frozen=True, slots=True)
class Count:
    """How many offers one thing happened to."""

    what: str
    offers: int


@dataclass(frozen=True, slots=True)
class FirstRead:
    """How many offers of a provider were read for the first time on a day."""

    day: date
    provider_name: str | None
    offers: int


# Put into the query only where a district is asked for: they are what costs most.
# An offer belongs to the district of its venue or, where that is not known, of its provider.
_DISTRICT = {
    "{district_joins}": """LEFT JOIN mart.providers p USING (provider_id)
    LEFT JOIN mart.municipalities m ON m.ags = coalesce(o.venue_ags, p.seat_ags)""",
    "{district_condition}": "AND m.regierungsbezirk = $district",
}
_CHOSEN = f"""
WITH told AS (
    SELECT c.day, c.offer_id, c.kind, c.field, c.old_value, c.new_value,
        CASE
            WHEN {IS_FIRST_READ} THEN '{FIRST_READ}'
            WHEN c.kind = 'appeared' THEN 'neu'
            WHEN c.kind = 'returned' THEN 'zurueck'
            WHEN c.kind = 'vanished' THEN 'vermisst'
            WHEN c.kind = 'withdrawn' THEN 'entfernt'
            WHEN c.field = 'status' AND c.new_value = 'cancelled' THEN 'abgesagt'
            WHEN c.field = 'status' AND c.new_value IN ('full', 'waitlist') THEN 'ausgebucht'
            WHEN c.field = 'places_free' AND c.new_value = '0' THEN 'ausgebucht'
            WHEN c.field IN ('status', 'places_planned', 'places_total', 'places_taken',
                'places_free') THEN 'plaetze'
            WHEN c.field IN ('start_date', 'end_date', 'sessions', 'session_count', 'venue_name',
                'venue_street', 'venue_postcode', 'venue_place', 'venue_ags', 'delivery_mode')
                THEN 'verlegt'
            ELSE 'angaben'
        END AS what
    FROM mart.offer_changes c
    JOIN mart.offers o USING (offer_id)
    {{district_joins}}
    WHERE c.day BETWEEN $first AND $last
        AND ($module = 'all' OR o.module = $module)
        AND ($provider = '' OR o.provider_id = $provider)
        {{district_condition}}
),
chosen AS (
    SELECT * FROM told
    WHERE len($kinds::VARCHAR[]) = 0 OR list_contains($kinds::VARCHAR[], what)
)"""

_COUNTS = f"""{_CHOSEN}
SELECT what, count(DISTINCT offer_id) FROM chosen GROUP BY what"""

_SIZE = f"""{_CHOSEN}
SELECT count(*) FROM (SELECT DISTINCT day, offer_id FROM chosen)"""

# The entries of one page are chosen first, so that only theirs are put together.
_ENTRIES = f"""{_CHOSEN},
page AS (
    SELECT k.day, k.offer_id, o.title, p.name AS provider_name, o.module, o.start_date,
        o.venue_place
    FROM (SELECT DISTINCT day, offer_id FROM chosen) k
    JOIN mart.offers o USING (offer_id)
    LEFT JOIN mart.providers p USING (provider_id)
    ORDER BY {{order}}, o.title, k.offer_id LIMIT $limit OFFSET $offset
)
SELECT k.day, k.offer_id, k.title, k.provider_name, k.module, k.start_date, k.venue_place,
       list([c.what, c.kind, c.field, c.old_value, c.new_value] ORDER BY c.kind, c.field)
FROM page k JOIN chosen c USING (day, offer_id)
GROUP BY ALL
ORDER BY {{order}}, k.title, k.offer_id"""

_BY_DAY = _ENTRIES.replace("{order}", "k.day DESC, provider_name NULLS LAST")
_BY_PROVIDER = _ENTRIES.replace("{order}", "provider_name NULLS LAST, k.day DESC")

_ALL = f"""{_CHOSEN}
SELECT k.day, k.offer_id, o.title, p.name, o.module, o.start_date, o.detail_url, k.what, k.kind,
       k.field, k.old_value, k.new_value
FROM chosen k JOIN mart.offers o USING (offer_id) LEFT JOIN mart.providers p USING (provider_id)
ORDER BY k.day DESC, p.name NULLS LAST, o.title, k.offer_id, k.kind, k.field"""

_FIRST_READS = f"""{_CHOSEN}
SELECT k.day, p.name, count(DISTINCT k.offer_id)
FROM chosen k JOIN mart.offers o USING (offer_id) LEFT JOIN mart.providers p USING (provider_id)
GROUP BY k.day, p.name ORDER BY k.day DESC, p.name NULLS LAST"""

_FIRST_DAY = "SELECT min(day) FROM mart.offer_changes"

_PROVIDERS = """
SELECT p.provider_id, p.name FROM mart.providers p
WHERE EXISTS (FROM mart.offers o WHERE o.provider_id = p.provider_id) ORDER BY p.name"""

_DISTRICTS = """
SELECT DISTINCT regierungsbezirk FROM mart.municipalities
WHERE regierungsbezirk IS NOT NULL ORDER BY regierungsbezirk"""


def _asked(file: PublishedFile, sql: str, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The query for these filters, made of constant parts, and its parameters."""
    parameters: dict[str, Any] = {
        "first": wanted.first,
        "last": wanted.last,
        "kinds": wanted.kinds,
        "module": wanted.module,
        "provider": wanted.provider,
        **read_first.parameters(file),
    }
    if wanted.district:
        parameters["district"] = wanted.district
    for place, part in _DISTRICT.items():
        sql = sql.replace(place, part if wanted.district else "")
    return sql, parameters


def counts(file: PublishedFile, wanted: Wanted) -> tuple[Count, ...]:
    """How many offers each thing happened to, in the order of `KINDS`."""
    sql, parameters = _asked(file, _COUNTS, wanted)
    found = file.rows(Count, sql, **parameters)
    return tuple(sorted(found, key=lambda row: KINDS.index(row.what)))


def size(file: PublishedFile, wanted: Wanted) -> int:
    """How many entries there are."""
    sql, parameters = _asked(file, _SIZE, wanted)
    return int(file.value(sql, **parameters))


def entries(
    file: PublishedFile, wanted: Wanted, limit: int, offset: int, *, by_provider: bool
) -> tuple[Entry, ...]:
    """One page of the diary: the newest day first, or provider by provider."""

    def entry(*values: Any) -> Entry:
        *told, changes = values
        return Entry(*(*told, tuple(Change(*change) for change in changes)))

    sql, parameters = _asked(file, _BY_PROVIDER if by_provider else _BY_DAY, wanted)
    return file.rows(entry, sql, limit=limit, offset=offset, **parameters)


def all_changes(file: PublishedFile, wanted: Wanted) -> tuple[ChangeRow, ...]:
    """Every change, for a file to take along."""

    def row(*values: Any) -> ChangeRow:
        *told, what, kind, field, old_value, new_value = values
        change = Change(what, kind, field, old_value, new_value)
        return ChangeRow(*(*told, change))

    sql, parameters = _asked(file, _ALL, wanted)
    return file.all_rows(row, sql, **parameters)


def first_reads(file: PublishedFile, wanted: Wanted) -> tuple[FirstRead, ...]:
    """What was read for the first time, whatever kinds are asked for, the newest day first."""
    sql, parameters = _asked(file, _FIRST_READS, replace(wanted, kinds=(FIRST_READ,)))
    return file.rows(FirstRead, sql, **parameters)


def first_day(file: PublishedFile) -> date | None:
    """The first day of the diary."""
    day: date | None = file.value(_FIRST_DAY)
    return day


def providers(file: PublishedFile) -> dict[str, str]:
    """The names of all providers that ever had an offer, by their id."""
    return dict(file.rows(lambda *pair: pair, _PROVIDERS))


def districts(file: PublishedFile) -> tuple[str, ...]:
    """The Regierungsbezirke."""
    return file.rows(str, _DISTRICTS)
