"""Where the values of an announcement or an organisation come from, folded up."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.data.text_origins import TextOrigin
from dashboard.escaping import host_of, link, plain
from dashboard.formats import moment_text
from dashboard.value_words import value_words
from dashboard.wording import FIELD_LABELS

_LABELS = FIELD_LABELS | {
    "starts": "Uhrzeit",
    "published_on": "Veröffentlicht",
    "summary": "Text",
    "name": "Name",
    "short_name": "Kurzname",
    "street": "Straße",
    "postcode": "Postleitzahl",
    "place": "Ort",
    "phone": "Telefon",
    "fax": "Fax",
    "email": "E-Mail",
    "website": "Internetseite",
}
# The order in which readers ask; what is not named here follows by name.
_ORDER = (
    *("title", "name", "short_name", "published_on", "relevance", "start_date", "end_date"),
    *("starts", "venue_name", "venue_street", "venue_place", "is_free", "street", "postcode"),
    *("place", "phone", "fax", "email", "website", "summary"),
)
_PLACE = {field: place for place, field in enumerate(_ORDER)}
_LONGEST = 200


def origin_details(origins: Iterable[TextOrigin], about: str) -> str:
    """All values with their words and the page, for one subject; "" where nothing is known."""
    rows = sorted(
        origins, key=lambda row: (row.part_no, _PLACE.get(row.field, len(_ORDER)), row.field)
    )
    if not rows:
        return ""
    page = link(rows[0].source_url, host_of(rows[0].source_url) or "Seite", about) or plain(
        rows[0].source_url, _LONGEST
    )
    read = f"Gelesen am {moment_text(rows[0].fetched_at)} auf"
    lines = "".join(f"<li>{_line(row)}</li>" for row in rows)
    return (
        f"<details><summary>Woher die Angaben stammen</summary>"
        f'<p class="qa-small">{plain(read)} {page}, gelesen mit {plain(rows[0].extractor, 80)}.</p>'
        f'<ul class="qa-dates">{lines}</ul></details>'
    )


def _line(row: TextOrigin) -> str:
    label = _LABELS.get(row.field, row.field)
    named = f"Termin {row.part_no}, {label}" if row.part_no else label
    value = value_words(row.field, row.value)
    told = f"{named}: {plain(value, _LONGEST)}"
    words = row.original_text
    if not words:
        return f'{told} <span class="qa-small">Wortlaut nicht aufbewahrt</span>'
    if words == row.value:
        return f'{told} <span class="qa-small">so auf der Seite</span>'
    return f'{told} <span class="qa-small">Wortlaut: „{plain(words, _LONGEST)}“</span>'
