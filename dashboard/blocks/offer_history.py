"""Where each value of an offer comes from, and what became of the offer day by day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard import address
from dashboard.change_words import sentences
from dashboard.columns import Column
from dashboard.data.offer_page import DiaryLine, Origin, Version
from dashboard.escaping import host_of, inner_link, link, plain, safe_url
from dashboard.formats import date_text, moment_text, period_text
from dashboard.value_words import value_words
from dashboard.wording import (
    CHANGE_WORDS,
    FIELD_LABELS,
    LIFECYCLE_LABELS,
    SOURCE_KINDS,
    STATUS_LABELS,
)

# The order in which readers ask; what is not named here follows by name.
_ORDER = (
    *("title", "subtitle", "provider_id", "course_number", "module", "relevance"),
    *("start_date", "end_date", "sessions", "session_count"),
    *("venue_name", "venue_street", "venue_postcode", "venue_place", "venue_ags", "delivery_mode"),
    *("status", "places_free", "places_taken", "places_total", "places_planned"),
    *("price_eur", "is_free", "price_note", "registration_url", "registration_email"),
    *("detail_url", "target_group", "topics", "description"),
)
_PLACE = {field: place for place, field in enumerate(_ORDER)}


def field_label(field: str) -> str:
    """The field as readers know it."""
    return FIELD_LABELS.get(field, field)


def sorted_origins(origins: Sequence[Origin]) -> list[Origin]:
    """In the order in which readers ask; what was read of one field stays as it is."""
    return sorted(origins, key=lambda row: (_PLACE.get(row.field, len(_ORDER)), row.field))


def origin_columns(origins: Sequence[Origin]) -> tuple[Column[Origin], ...]:
    """The columns of these origins; the first line of each field has an address on the page."""
    first = {field: next(rows) for field, rows in groupby(origins, lambda row: row.field)}

    def field_cell(row: Origin) -> str:
        label = plain(field_label(row.field))
        return (
            f'<span id="woher-{plain(row.field)}">{label}</span>'
            if first[row.field] is row
            else label
        )

    return (
        Column("Angabe", lambda row: field_label(row.field), cell=field_cell, width=13),
        Column("Wert", lambda row: value_words(row.field, row.value), cell=_value_cell, width=24),
        Column("übernommen", lambda row: row.is_used, on_page=False),
        Column(
            "Wortlaut auf der Seite",
            lambda row: row.original_text,
            cell=_words_cell,
        ),
        Column("gelesen auf", lambda row: row.source_url, cell=_page_cell, width=24),
        Column("gelesen am", lambda row: row.fetched_at, width=13),
        Column("Leseprogramm", lambda row: row.extractor, on_page=False),
        Column("Quelle", lambda row: row.source_id, on_page=False),
    )


def _value_cell(row: Origin) -> str:
    value = plain(value_words(row.field, row.value), 300)
    if row.is_used:
        return value
    return f'<span class="qa-soft">{value}</span><span class="qa-small">nicht übernommen</span>'


def _words_cell(row: Origin) -> str:
    if row.original_text:
        return f"„{plain(row.original_text, 300)}“"
    # No words on the page say so: the register knows whose page it is.
    return "Seite dieses Anbieters laut Register" if row.field == "provider_id" else ""


def _page_cell(row: Origin) -> str:
    kind = SOURCE_KINDS.get(row.source_kind or "", "Seite")
    target = safe_url(row.source_url)
    label = host_of(target) if target else ""
    about = f"für die Angabe „{field_label(row.field)}“"
    page = link(target, label or kind, about) or plain(row.source_url, 120)
    kind_line = f'<span class="qa-small">{plain(kind)}</span>' if label else ""
    reader = f'<span class="qa-small">gelesen mit {plain(row.extractor, 80)}</span>'
    return f"{page}{kind_line}{reader}"


CHANGE_COLUMNS: tuple[Column[DiaryLine], ...] = (
    Column("Tag", lambda row: row.day),
    Column("Was", lambda row: CHANGE_WORDS.get(row.change.kind, row.change.kind)),
    Column("Angabe", lambda row: field_label(row.change.field)),
    Column("vorher", lambda row: value_words(row.change.field, row.change.old_value)),
    Column("jetzt", lambda row: value_words(row.change.field, row.change.new_value)),
    Column("festgestellt", lambda row: row.changed_at),
)


def diary(changes: Sequence[DiaryLine]) -> str:
    """The changes in sentences, day by day."""
    days = []
    for day, rows in groupby(changes, lambda row: row.day):
        told = [plain(text, 900) for text in sentences([row.change for row in rows])]
        days.append(f"<li><strong>{date_text(day)}</strong><br>{'<br>'.join(told)}</li>")
    return f'<ul class="qa-news" role="list">{"".join(days)}</ul>'


def _version_cell(row: Version) -> str:
    return inner_link(
        address.here((address.STAND, row.from_day)),
        f"ab {date_text(row.from_day)}",
        "diesen Stand zeigen",
    )


VERSION_COLUMNS: tuple[Column[Version], ...] = (
    Column("Stand", lambda row: row.from_day, cell=_version_cell),
    Column("galt bis vor", lambda row: row.until_day),
    Column("Termin", lambda row: period_text(row.start_date, row.end_date)),
    Column("Anmeldung", lambda row: STATUS_LABELS.get(row.status)),
    Column("freie Plätze", lambda row: row.places_free),
    Column("Verbleib", lambda row: LIFECYCLE_LABELS.get(row.presence)),
)


def read_sentence(origins: Sequence[Origin]) -> str:
    """From how many pages the offer was read and when last."""
    if not origins:
        return "Zu diesem Angebot ist keine gelesene Seite aufbewahrt."
    pages = len({row.source_url for row in origins})
    last = max(row.fetched_at for row in origins)
    where = "einer Seite" if pages == 1 else f"{pages} Seiten"
    lost = sum(not row.is_used for row in origins)
    told = f"Gelesen auf {where}, zuletzt am {moment_text(last)}."
    if lost:
        told += (
            " Nennen mehrere Seiten Verschiedenes, gilt ein Wert; die anderen stehen als "
            "„nicht übernommen“ dabei."
        )
    return told
