"""Values of single fields, kept as text in the diary and the evidence, as readers know them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.formats import date_text, euro_text, session_text
from dashboard.wording import (
    DELIVERY_MODES,
    LIFECYCLE_LABELS,
    MODULE_OF_OFFER,
    RELEVANCE_LABELS,
    STATUS_LABELS,
)

_WORDS: dict[str, Mapping[str, str]] = {
    "module": MODULE_OF_OFFER,
    "relevance": RELEVANCE_LABELS,
    "status": STATUS_LABELS | {"unknown": "nicht angegeben"},
    "lifecycle": LIFECYCLE_LABELS,
    "delivery_mode": DELIVERY_MODES | {"unknown": "nicht angegeben"},
    "is_free": {"true": "ja", "false": "nein"},
}


def value_words(field: str, value: str | None) -> str:
    """The value in German; one that is not understood stays as it was read, None is empty."""
    if value is None:
        return ""
    if field in _WORDS:
        return _WORDS[field].get(value, value)
    reader = _READERS.get(field)
    if reader is None:
        return value
    try:
        return reader(value)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        return value


def _day(value: str) -> str:
    return date_text(date.fromisoformat(value))


def _clock(value: str) -> str:
    return f"{time.fromisoformat(value):%H:%M} Uhr"


def _money(value: str) -> str:
    amount = Decimal(value)
    if not amount.is_finite():
        raise ValueError(value)
    return euro_text(amount)


def _topics(value: str) -> str:
    topics = json.loads(value)
    if not isinstance(topics, list):
        raise TypeError(value)
    return "; ".join(str(topic) for topic in topics)


def _sessions(value: str) -> str:
    return "; ".join(_session(one) for one in json.loads(value))


def _session(one: dict[str, Any]) -> str:
    day = date.fromisoformat(one["day"])

    def moment(name: str) -> datetime | None:
        clock = one.get(name)
        return datetime.fromisoformat(f"{one['day']}T{clock}") if clock else None

    return session_text(day, moment("starts"), moment("ends"))


_READERS: dict[str, Callable[[str], str]] = {
    "start_date": _day,
    "end_date": _day,
    "last_day": _day,
    "published_on": _day,
    "starts": _clock,
    "price_eur": _money,
    "topics": _topics,
    "sessions": _sessions,
}
