"""Several entries of one offer become one row, field by field, by a written order of sources.

- A course page in the provider's catalogue speaks before a page about it, and that before the
  overview. Only the planned number of places is the overview's to say.
- A value beats silence: NULL, and what merely says "unknown", never displaces a value.
- Fields that make sense only together are taken together, from the first entry that has any.
- An entry that complete checks no longer find speaks after all others, and says nothing about
  places and status while another entry of the offer is still there.
- The strongest relevance counts: what the overview lists belongs to the series.

The rules are written as SQL, because a hundred thousand offers are merged in one statement.
"""

from __future__ import annotations

SOURCE_ORDER = ("catalogue", "page", "overview")
PLANNED_PLACES_ORDER = ("overview", "page", "catalogue")
RELEVANCE_ORDER = ("series", "council", "adjacent")

NOT_SAID = {"module": "other", "delivery_mode": "unknown", "status": "unknown"}
TOGETHER = (
    ("start_date", "end_date", "session_count", "sessions"),
    ("places_total", "places_taken", "places_free"),
    ("price_eur", "is_free", "price_note"),
)
VOLATILE = frozenset({"status", "places_total", "places_taken", "places_free"})

FIELDS = (
    "provider_id",
    "module",
    "relevance",
    "title",
    "subtitle",
    "description",
    "topics",
    "target_group",
    "course_number",
    "start_date",
    "end_date",
    "session_count",
    "sessions",
    "venue_name",
    "venue_street",
    "venue_postcode",
    "venue_place",
    "venue_ags",
    "delivery_mode",
    "places_planned",
    "places_total",
    "places_taken",
    "places_free",
    "status",
    "price_eur",
    "is_free",
    "price_note",
    "registration_url",
    "registration_email",
    "detail_url",
)
LISTS = frozenset({"topics", "sessions"})

_PRESENT = "(missed = 0 OR offer_missed > 0)"


def is_said(field: str, prefix: str = "") -> str:
    """SQL condition: this reading says something about the field."""
    column = f"{prefix}{field}"
    if field in LISTS:
        return f"len({column}) > 0"
    if field in NOT_SAID:
        return f"{column} <> '{NOT_SAID[field]}'"
    return f"{column} IS NOT NULL"


def as_text(field: str, prefix: str = "") -> str:
    """SQL expression: the value as text, NULL where nothing is said."""
    column = f"{prefix}{field}"
    if field in LISTS:
        return f"CASE WHEN len({column}) > 0 THEN to_json({column})::VARCHAR END"
    return f"{column}::VARCHAR"


def _rank(order: tuple[str, ...], column: str) -> str:
    whens = " ".join(f"WHEN '{value}' THEN {rank}" for rank, value in enumerate(order))
    return f"CASE {column} {whens} ELSE {len(order)} END"


def _preference(order: tuple[str, ...]) -> str:
    return (
        "row_number() OVER (PARTITION BY e.offer_id ORDER BY e.missed > 0, "
        f"{_rank(order, 'e.kind')}, e.last_seen_seq DESC, e.source_id, e.base_key, e.ordinal)"
    )


def _merged(field: str) -> str:
    if field == "relevance":
        return f"arg_min(relevance, {_rank(RELEVANCE_ORDER, 'relevance')}) AS relevance"
    group = next((group for group in TOGETHER if field in group), (field,))
    said = " OR ".join(is_said(member) for member in group)
    condition = f"({said}) AND {_PRESENT}" if field in VOLATILE else f"({said})"
    preference = "planned_preference" if field == "places_planned" else "preference"
    # A struct carries the value, so that a NULL inside the chosen group stays NULL.
    value = f"arg_min({{'value': {field}}}, {preference}) FILTER (WHERE {condition}).value"
    if field in NOT_SAID:
        value = f"coalesce({value}, '{NOT_SAID[field]}')"
    return f"{value} AS {field}"


def merge_sql(entries: str) -> str:
    """SELECT of one merged row per offer, with `lifecycle`, over the given entries.

    `entries` is the name of a table or view with the columns of `core.entries`.
    """
    merged = ",\n    ".join(_merged(field) for field in FIELDS)
    columns = ", ".join(f"r.{field}" for field in FIELDS)
    return f"""
WITH ranked AS (
    SELECT e.offer_id, e.missed, {columns},
        min(e.missed) OVER (PARTITION BY e.offer_id) AS offer_missed,
        {_preference(SOURCE_ORDER)} AS preference,
        {_preference(PLANNED_PLACES_ORDER)} AS planned_preference
    FROM {entries} e
    JOIN core.readings r USING (source_id, record_sha256)
)
SELECT
    offer_id,
    CASE min(missed) WHEN 0 THEN 'current' WHEN 1 THEN 'vanished' ELSE 'withdrawn' END
        AS lifecycle,
    {merged}
FROM ranked
GROUP BY offer_id"""


def changed_fields_sql(old: str, new: str) -> str:
    """SELECT (offer_id, field, old_value, new_value) of all differences between two tables."""
    pairs = ",\n        ".join(
        f"{{'field': '{field}', 'old_value': {as_text(field, 'o.')}, "
        f"'new_value': {as_text(field, 'n.')}}}"
        for field in FIELDS
    )
    return f"""
SELECT offer_id, d.field, d.old_value, d.new_value
FROM (
    SELECT n.offer_id, unnest([{pairs}]) AS d
    FROM {old} o JOIN {new} n USING (offer_id)
)
WHERE d.old_value IS DISTINCT FROM d.new_value"""


def said_values_sql(entries: str) -> str:
    """SELECT of every value that any entry gives, with its words: the base of the provenance.

    `shares_page` marks the values of offers that one page shows more than once.
    """
    values = ",\n        ".join(
        f"{{'field': '{field}', 'value': CASE WHEN {is_said(field, 'r.')} "
        f"THEN {as_text(field, 'r.')} END, 'original_text': {_original_text(field)}, "
        f"'used_value': {as_text(field, 'v.')}}}"
        for field in FIELDS
    )
    return f"""
SELECT * EXCLUDE (d), d.field, d.value, d.original_text,
    coalesce(d.value = d.used_value, false) AS is_used
FROM (
    SELECT e.offer_id, e.source_id, e.page_url, e.last_seen_at, e.content_sha256, e.extractor,
        e.shares_page,
        unnest([{values}]) AS d
    FROM (
        SELECT *,
            count(*) OVER (PARTITION BY offer_id, page_url, content_sha256) > 1 AS shares_page
        FROM {entries}
    ) e
    JOIN core.readings r USING (source_id, record_sha256)
    JOIN core.offer_versions v ON v.offer_id = e.offer_id AND v.valid_to_seq IS NULL
)
WHERE d.value IS NOT NULL"""


def _original_text(field: str) -> str:
    if field == "provider_id":
        return "r.provider_reason"
    if field == "venue_ags":
        return "r.venue_reason"
    return f"r.origins['{field}']"
