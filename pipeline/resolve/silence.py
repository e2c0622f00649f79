"""Silence keeps a value, an explicit "none" clears it.

A page that said something once and says nothing of it today has usually been shortened, or is read
less well: what it said last still holds, with the page and the time at which it said so. It ends

- where the page says that there is none (`stated_none`), or says something else;
- where the entry may speak of another run: another first day, number or module is given, or the
  title is another and neither number nor first day are given again as they were (where an entry
  is known to go on under another number, `moving.py`, number and title say nothing about that);
- where the page is the same as before and only its reader is another: then the older reading was
  wrong, or the newer one is to be mended, and neither is the page's silence;
- where what is kept and what is said now do not belong together. Dates, prices and places are kept
  only beside words that agree with those of before (a price beside an unchanged note, no meeting
  place beside "online"), a total only where it holds the places now named, a module and a subtitle
  only under the same title;
- dates, once they are over: a page that still lists the training means another day than the one
  it has taken away, and a day kept too long would turn the offer into a past one.

How many places are left and how registration stands holds for the moment only. A kept "open" would
promise a place, a kept "cancelled" hide a training. Both are kept only while the visits to the
source are not complete; a complete visit that finds no word of them makes them unknown.
"""

from __future__ import annotations

from pipeline.resolve.merging import KEEPABLE, is_said

_WHEN = ("start_date", "end_date", "session_count", "sessions")
_WHERE = ("venue_name", "venue_street", "venue_postcode", "venue_place")
_PRICE = ("price_eur", "is_free", "price_note")
_MOMENT = ("status", "places_taken", "places_free")
_UNDER_SAME_TITLE = ("module", "subtitle")
# What tells one run from another, beside the number.
_MARKS = ("start_date", "module")

_NEW, _OLD = "new_", "old_"


def kept_values_sql() -> str:
    """SELECT of one row per entry that has kept anything: `kept_fields` and their values."""
    values = ",\n    ".join(
        f"any_value(r.{field}) FILTER (WHERE k.field = '{field}') AS {field}" for field in KEEPABLE
    )
    return f"""
SELECT k.source_id, k.base_key, k.ordinal, list(k.field ORDER BY k.field) AS kept_fields,
    {values}
FROM core.kept k
JOIN core.readings r USING (source_id, record_sha256)
GROUP BY k.source_id, k.base_key, k.ordinal"""


def _same(field: str) -> str:
    """Nothing is said of the field now, or what was known before."""
    return f"(NOT ({is_said(field, _NEW)}) OR {_NEW}{field} IS NOT DISTINCT FROM {_OLD}{field})"


def _again(field: str) -> str:
    """The field is said now, and as it was before."""
    return f"coalesce(({is_said(field, _NEW)}) AND {_NEW}{field} = {_OLD}{field}, false)"


def _differs(field: str) -> str:
    """Both times something is said of the field, and not the same."""
    return (
        f"(({is_said(field, _NEW)}) AND ({is_said(field, _OLD)}) "
        f"AND {_NEW}{field} IS DISTINCT FROM {_OLD}{field})"
    )


def _all(conditions: list[str]) -> str:
    return " AND ".join(conditions)


_SAME_TITLE = f"{_NEW}title = {_OLD}title"
_SAME_RUN = _all(
    [f"NOT {_differs(field)}" for field in _MARKS]
    + [f"(is_moved OR NOT {_differs('course_number')})"]
    + [f"(is_moved OR {_SAME_TITLE} OR {_again('course_number')} OR {_again('start_date')})"]
)
_LAST_KNOWN_DAY = "greatest(old_end_date, old_start_date, list_max([s.day FOR s IN old_sessions]))"
_SAME_PLACE = _all(
    [_same(field) for field in _WHERE]
    + [
        f"NOT {_differs('venue_ags')}",
        f"NOT {_differs('delivery_mode')}",
        "new_delivery_mode <> 'online'",
    ]
)


def _belongs(field: str) -> str:
    """SQL condition: the old value does not contradict what is said now."""
    if field in _WHEN:
        return _all([*(_same(member) for member in _WHEN), f"{_LAST_KNOWN_DAY} >= today"])
    if field in (*_WHERE, "delivery_mode"):
        return _SAME_PLACE
    if field == "venue_ags":
        unsaid = [f"NOT list_contains(stated_none, '{member}')" for member in _WHERE]
        return _all([_SAME_PLACE, *unsaid])
    if field in _PRICE:
        return _all([_same(member) for member in _PRICE])
    if field in _MOMENT:
        return _all(["NOT is_complete", *(_same(member) for member in (*_MOMENT, "places_total"))])
    if field == "places_total":
        return "coalesce(new_places_taken, 0) + coalesce(new_places_free, 0) <= old_places_total"
    if field in _UNDER_SAME_TITLE:
        return _SAME_TITLE
    return "true"


def kept_tonight_sql() -> str:
    """SELECT of all that the entries seen tonight keep: the rows of `core.kept` from now on.

    Needs `night_turned` (entries seen tonight whose words are others than before, or that had kept
    something: the hashes of both readings, the page as it was, `is_moved`, `is_complete`, `today`)
    and the view `kept_values`.
    """
    old = ",\n        ".join(
        f"CASE WHEN {is_said(field, 'o.')} THEN o.{field} ELSE coalesce(k.{field}, o.{field}) END "
        f"AS {_OLD}{field}"
        for field in KEEPABLE
    )
    new = ",\n        ".join(f"n.{field} AS {_NEW}{field}" for field in KEEPABLE)
    fresh = ", ".join(f"({is_said(field, 'o.')}) AS was_said_{field}" for field in KEEPABLE)
    decided = ",\n        ".join(
        f"{{'field': '{field}', 'was_said': was_said_{field}, 'is_kept': "
        f"({is_said(field, _OLD)}) AND NOT ({is_said(field, _NEW)}) "
        f"AND NOT list_contains(stated_none, '{field}') AND {_belongs(field)}}}"
        for field in KEEPABLE
    )
    return f"""
WITH compared AS (
    SELECT t.*, coalesce(n.stated_none, []) AS stated_none,
        o.title AS {_OLD}title, n.title AS {_NEW}title, {fresh},
        {old},
        {new}
    FROM night_turned t
    JOIN core.readings o ON o.source_id = t.source_id AND o.record_sha256 = t.old_record
    JOIN core.readings n ON n.source_id = t.source_id AND n.record_sha256 = t.new_record
    LEFT JOIN kept_values k
        ON k.source_id = t.source_id AND k.base_key = t.base_key AND k.ordinal = t.ordinal
),
decided AS (
    SELECT * EXCLUDE (d), d.field, d.was_said
    FROM (
        SELECT source_id, base_key, ordinal, old_record, page_url, last_said_at, content_sha256,
            extractor, is_same_page, unnest([{decided}]) AS d
        FROM compared
        WHERE {_SAME_RUN}
    )
    WHERE d.is_kept
)
SELECT d.source_id, d.base_key, d.ordinal, d.field, d.old_record AS record_sha256, d.page_url,
    d.last_said_at, d.content_sha256, d.extractor
FROM decided d
WHERE d.was_said AND NOT d.is_same_page
UNION ALL
SELECT k.*
FROM decided d
JOIN core.kept k USING (source_id, base_key, ordinal, field)
WHERE NOT d.was_said"""
