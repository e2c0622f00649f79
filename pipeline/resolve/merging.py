"""Several entries of one offer become one row, field by field, by a written order.

A field's value is the first one that anybody says, in this order:

1. an entry that is still there before one that complete checks no longer find (which says nothing
   at all about places and status while another entry is still there);
2. what a page says now before what it said once and is silent about since (`silence.py`);
3. how it was read: `EVIDENCE_ORDER` (the planned number of places is the overview's to say, however
   it was read);
4. the kind of source: `SOURCE_ORDER`, for the planned number of places `PLANNED_PLACES_ORDER`;
5. the newest visit.

Silence is no value: NULL, and what merely says "unknown", never displaces anything. Fields that
make sense only together (`TOGETHER`) are taken together, from the first entry that has any. The
strongest relevance counts: what the overview lists belongs to the series.

The rules are written as SQL, because a hundred thousand offers are merged in one statement.
"""

from __future__ import annotations

SOURCE_ORDER = ("catalogue", "page", "overview")
PLANNED_PLACES_ORDER = ("overview", "page", "catalogue")
RELEVANCE_ORDER = ("series", "council", "adjacent")
# A table of dates is filled in session by session, a label for this very course; structured data
# are copied from elsewhere, prose may speak of other cases, a list shortens. What does not tell how
# it was read (an overview's line) stands behind.
EVIDENCE_ORDER = ("table", "label", "structured_data", "prose", "list")

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
# What an entry can keep when its page falls silent. Titles are always said; relevance and provider
# follow from the newest words alone.
KEEPABLE = tuple(f for f in FIELDS if f not in ("provider_id", "relevance", "title"))

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


def _order(column: str) -> str:
    """SQL expression: the place of an entry among those of its offer, for equal evidence."""
    return (
        f"row_number() OVER (PARTITION BY offer_id ORDER BY {column}, last_seen_seq DESC, "
        "source_id, base_key, ordinal)"
    )


def group_of(field: str) -> tuple[str, ...]:
    """The fields that are taken from the same entry as this one, itself included."""
    return next((group for group in TOGETHER if field in group), (field,))


def _preference(field: str) -> str:
    """SQL expression: lower is better; the steps of the module's order, one above the other."""
    group = group_of(field)
    evidence = f"coalesce({', '.join(f'evidence[{member!r}]' for member in group)})"
    is_kept = f"list_has_any(kept_fields, {list(group)!r})"
    read, place = _rank(EVIDENCE_ORDER, evidence), "place"
    if field == "places_planned":
        read, place = "0", "planned_place"
    return (
        f"(((missed > 0)::BIGINT * 2 + coalesce({is_kept}, false)::BIGINT) * 10 + {read}) "
        f"* 1000000 + {place}"
    )


def _merged(field: str) -> str:
    if field == "relevance":
        return f"arg_min(relevance, {_rank(RELEVANCE_ORDER, 'relevance')}) AS relevance"
    said = " OR ".join(is_said(member) for member in group_of(field))
    condition = f"({said}) AND {_PRESENT}" if field in VOLATILE else f"({said})"
    # A struct carries the value, so that a NULL inside the chosen group stays NULL.
    value = f"arg_min({{'value': {field}}}, {_preference(field)}) FILTER (WHERE {condition}).value"
    if field in NOT_SAID:
        value = f"coalesce({value}, '{NOT_SAID[field]}')"
    return f"{value} AS {field}"


def _spoken(field: str) -> str:
    """What an entry says of a field: its newest words, else what it has kept."""
    if field not in KEEPABLE:
        return f"r.{field}"
    return (
        f"CASE WHEN {is_said(field, 'r.')} THEN r.{field} ELSE coalesce(k.{field}, r.{field}) END"
    )


def merge_sql(entries: str) -> str:
    """SELECT of one merged row per offer, with `lifecycle`, over the given entries.

    `entries` is the name of a table or view with the columns of `core.entries`, all entries of each
    offer in it. Needs the view `kept_values`.
    """
    merged = ",\n    ".join(_merged(field) for field in FIELDS)
    spoken = ",\n        ".join(f"{_spoken(field)} AS {field}" for field in FIELDS)
    lifecycle = (
        "CASE offer_missed WHEN 0 THEN 'current' WHEN 1 THEN 'vanished' ELSE 'withdrawn' END"
    )
    return f"""
WITH offers AS (
    SELECT offer_id, count(*) AS entry_count, min(missed) AS offer_missed
    FROM {entries}
    GROUP BY offer_id
),
spoken AS (
    SELECT e.offer_id, o.entry_count, o.offer_missed, e.missed, e.kind, e.last_seen_seq,
        e.source_id, e.base_key, e.ordinal, r.evidence, k.kept_fields,
        {spoken}
    FROM {entries} e
    JOIN offers o USING (offer_id)
    JOIN core.readings r ON r.source_id = e.source_id AND r.record_sha256 = e.record_sha256
    LEFT JOIN kept_values k
        ON k.source_id = e.source_id AND k.base_key = e.base_key AND k.ordinal = e.ordinal
),
placed AS (
    SELECT *,
        {_order(_rank(SOURCE_ORDER, "kind"))} AS place,
        {_order(_rank(PLANNED_PLACES_ORDER, "kind"))} AS planned_place
    FROM spoken
    WHERE entry_count > 1
)
SELECT offer_id, {lifecycle} AS lifecycle, {", ".join(FIELDS)}
FROM spoken
WHERE entry_count = 1
UNION ALL BY NAME
SELECT
    offer_id,
    {lifecycle} AS lifecycle,
    {merged}
FROM placed
GROUP BY offer_id, offer_missed"""


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
    """SELECT of every value that any entry gives, with its words: the provenance.

    A kept value comes with the page and the time at which it was last said. Where one page shows an
    offer more than once, the same value counts once. All values of an entry lie together: they
    share page and reader, so they take little room.
    """
    return f"""
WITH places AS (
    SELECT offer_id, source_id, record_sha256, page_url, read_at, content_sha256, extractor,
        NULL AS only_field
    FROM {entries}
    UNION ALL
    SELECT e.offer_id, k.source_id, k.record_sha256, k.page_url, k.last_said_at,
        k.content_sha256, k.extractor, k.field
    FROM core.kept k
    JOIN {entries} e USING (source_id, base_key, ordinal)
),
spoken AS MATERIALIZED (
    SELECT *, count(*) OVER (PARTITION BY offer_id, page_url, content_sha256) > 1 AS shares_page
    FROM places
)
{_said("NOT shares_page")}
UNION ALL
SELECT * FROM (
    SELECT DISTINCT ON (offer_id, field, source_url, content_sha256, value) *
    FROM ({_said("shares_page")})
    ORDER BY offer_id, field, source_url, content_sha256, value, original_text, fetched_at
)"""


def _said(condition: str) -> str:
    values = ",\n        ".join(
        f"{{'field': '{field}', 'value': CASE WHEN {is_said(field, 'r.')} "
        f"THEN {as_text(field, 'r.')} END, 'original_text': {_original_text(field)}, "
        f"'used_value': {as_text(field, 'v.')}}}"
        for field in FIELDS
    )
    return f"""
SELECT offer_id, d.field, d.value, coalesce(d.value = d.used_value, false) AS is_used,
    d.original_text, source_id, page_url AS source_url, read_at AS fetched_at, content_sha256,
    extractor
FROM (
    SELECT s.offer_id, s.source_id, s.page_url, s.read_at, s.content_sha256, s.extractor,
        s.only_field, unnest([{values}]) AS d
    FROM spoken s
    JOIN core.readings r USING (source_id, record_sha256)
    JOIN core.offer_versions v ON v.offer_id = s.offer_id AND v.valid_to_seq IS NULL
    WHERE {condition}
)
WHERE d.value IS NOT NULL AND (only_field IS NULL OR d.field = only_field)"""


def _original_text(field: str) -> str:
    if field == "provider_id":
        return "r.provider_reason"
    if field == "venue_ags":
        return "r.venue_reason"
    return f"r.origins['{field}']"
