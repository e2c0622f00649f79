"""What happened to an offer, in plain German sentences made from the rows of the diary.

Old and new values are texts as the warehouse keeps them: days as 2026-03-14, numbers with a point.
A value that cannot be understood leads to a sentence without it, never to a guess.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from dashboard.data.changes import Change
from dashboard.formats import counted, date_text, euro_text, listed, number_text
from dashboard.wording import DELIVERY_MODES, FIELD_LABELS, MODULE_OF_OFFER, STATUS_LABELS

# What an entry of the diary is about, in the order in which it is offered.
WHAT_LABELS: dict[str, str] = {
    "neu": "neu",
    "verlegt": "Termin oder Ort geändert",
    "ausgebucht": "ausgebucht",
    "abgesagt": "abgesagt",
    "plaetze": "Plätze oder Anmeldung geändert",
    "vermisst": "nicht mehr gefunden",
    "entfernt": "vom Anbieter entfernt",
    "zurueck": "wieder da",
    "angaben": "andere Angaben geändert",
    "erstmals": "erstmals gelesen",
}

_KINDS = {
    "appeared": "Erstmals gelesen.",
    "returned": "Wieder da: Das Angebot steht erneut auf der Internetseite.",
    "vanished": "Bei einer vollständigen Prüfung nicht mehr gefunden. Ob es entfernt wurde, zeigt "
    "die nächste Prüfung.",
    "withdrawn": "Vom Anbieter entfernt: auch bei der zweiten vollständigen Prüfung nicht "
    "gefunden.",
}
_NUMBERS = frozenset({"places_planned", "places_total", "places_taken", "session_count"})
# Values that only the program knows, and texts that are too long to stand in a sentence.
_UNNAMED = frozenset(
    {"provider_id", "venue_ags", "relevance", "description", "topics", "target_group"}
)
# Addresses are there to be followed, not to be read.
_ADDRESSES = frozenset({"detail_url", "registration_url"})
_LONGEST = 120
DATES_TOLD = 6


def sentences(changes: Sequence[Change]) -> list[str]:
    """The changes of one offer on one day, the gravest first."""
    by_field = {change.field: change for change in changes if change.kind == "changed"}
    told = [
        "Neu erfasst." if change.what == "neu" else _KINDS[change.kind]
        for change in changes
        if change.kind in _KINDS
    ]
    status = by_field.pop("status", None)
    if status is not None:
        told.append(_status(status))
    told += _dates(by_field)
    told += [sentence for change in by_field.values() if (sentence := _sentence(change))]
    return told


def sentence(change: Change) -> str:
    """One change by itself."""
    return " ".join(sentences([change]))


def _dates(by_field: dict[str, Change]) -> Iterable[str]:
    """Takes beginning, end and dates out of `by_field` and tells them together."""
    start, end = by_field.pop("start_date", None), by_field.pop("end_date", None)
    single = (
        start is not None
        and end is not None
        and (start.old_value, start.new_value) == (end.old_value, end.new_value)
    )
    if single and start is not None:
        yield _moved(start, "Der Termin")
    else:
        if start is not None:
            yield _moved(start, "Der Beginn")
        if end is not None:
            yield _moved(end, "Das Ende")
    dates = by_field.pop("sessions", None)
    if dates is not None and (sentence := _sessions(dates, start or end)):
        yield sentence


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _moved(change: Change, name: str) -> str:
    old, new = _day(change.old_value), _day(change.new_value)
    if old is not None and new is not None:
        return f"{name} wurde vom {date_text(old)} auf den {date_text(new)} verlegt."
    if new is not None:
        return f"{name} steht jetzt fest: {date_text(new)}."
    if old is not None:
        return f"{name} wird nicht mehr genannt (vorher {date_text(old)})."
    return f"{name} wurde geändert."


def _days(text: str | None) -> list[str] | None:
    """The days of a list of dates, None where it cannot be read."""
    if text is None:
        return []
    try:
        days = [_day(row["day"]) for row in json.loads(text)]
    except (ValueError, TypeError, KeyError):
        return None
    return [date_text(day) for day in days if day is not None]


def _sessions(change: Change, moved: Change | None) -> str:
    """The new dates; nothing where beginning and end already say all."""
    old, new = _days(change.old_value), _days(change.new_value)
    if old is None or new is None:
        return "Die einzelnen Termine wurden geändert."
    if not new:
        return "Die einzelnen Termine werden nicht mehr genannt."
    if old == new:
        return "Uhrzeiten oder Orte der einzelnen Termine wurden geändert."
    if moved is not None and len(new) <= 2:
        return ""
    shown = new[:DATES_TOLD]
    if len(new) > DATES_TOLD:
        rest = len(new) - DATES_TOLD
        shown.append(counted(rest, "weiterer", "weitere"))
    return f"Termine jetzt: {listed(shown)}."


def _status(change: Change) -> str:
    old = STATUS_LABELS.get(change.old_value or "")
    before = f" (vorher: {old})" if old else ""
    if change.new_value == "full":
        return f"Ausgebucht{before}."
    if change.new_value == "cancelled":
        return f"Abgesagt{before}."
    new = STATUS_LABELS.get(change.new_value or "")
    if new is None:
        return f"Der Stand der Anmeldung wird nicht mehr genannt{before}."
    if change.old_value == "cancelled":
        return f"Nicht mehr abgesagt: {new}."
    return f"{new}{before}."


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def _free_places(change: Change) -> str:
    old, new = _number(change.old_value), _number(change.new_value)
    if new is None:
        return "Freie Plätze werden nicht mehr genannt."
    if new == 0:
        return "Kein freier Platz mehr" + (f" (vorher {number_text(old)})." if old else ".")
    if old is None:
        return f"{counted(new, 'freier Platz', 'freie Plätze')}."
    if new == 1:
        return f"Noch 1 freier Platz (vorher {number_text(old)})."
    return f"{number_text(new)} statt {number_text(old)} freie Plätze."


def _price(change: Change) -> str:
    old, new = _euro(change.old_value), _euro(change.new_value)
    if new is None:
        return "Der Preis wird nicht mehr genannt" + (f" (vorher {old})." if old else ".")
    return f"Der Preis ist jetzt {new}" + (f" (vorher {old})." if old else ".")


def _euro(text: str | None) -> str | None:
    try:
        return euro_text(Decimal(text)) if text else None
    except InvalidOperation:
        return None


def _sentence(change: Change) -> str:
    field = change.field
    if field == "places_free":
        return _free_places(change)
    if field == "price_eur":
        return _price(change)
    if field == "is_free":
        return (
            "Jetzt ausdrücklich kostenlos."
            if change.new_value == "true"
            else "Nicht mehr als kostenlos bezeichnet."
        )
    label = FIELD_LABELS.get(field, field)
    if field in _UNNAMED:
        return _unnamed(change, label)
    if field in _ADDRESSES:
        return f"{label}: {'neue Adresse' if change.new_value else 'keine Angabe mehr'}."
    old, new = _shown(field, change.old_value), _shown(field, change.new_value)
    if new is None:
        return f"{label}: keine Angabe mehr" + (f" (vorher {old})." if old else ".")
    return f"{label}: jetzt {new}" + (f" (vorher {old})." if old else ".")


def _unnamed(change: Change, label: str) -> str:
    if change.old_value is None:
        return f"{label}: Angabe ergänzt."
    if change.new_value is None:
        return f"{label}: Angabe entfernt."
    return f"{label}: Angabe geändert."


def _shown(field: str, value: str | None) -> str | None:
    """The value for eyes; None where nothing was said."""
    if value is None:
        return None
    if field == "module":
        return MODULE_OF_OFFER.get(value)
    if field == "delivery_mode":
        return DELIVERY_MODES.get(value)
    number = _number(value) if field in _NUMBERS else None
    if number is not None:
        return number_text(number)
    text = value if len(value) <= _LONGEST else value[: _LONGEST - 1].rstrip() + "…"
    return f"„{text}“"


def files_value(field: str, value: str | None) -> str | None:
    """A value as a file shows it: words instead of keys, days as Germans write them."""
    if value is None:
        return None
    if field == "status":
        return STATUS_LABELS.get(value, "nicht angegeben")
    if field == "sessions":
        days = _days(value)
        return ", ".join(days) if days else None
    day = _day(value) if field in ("start_date", "end_date") else None
    if day is not None:
        return date_text(day)
    if field == "price_eur":
        return _euro(value)
    return (
        MODULE_OF_OFFER.get(value, value) if field == "module" else DELIVERY_MODES.get(value, value)
    )
