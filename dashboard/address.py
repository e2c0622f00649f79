"""Every state has an address: typed parameters in the URL, and links that are made from them.

A view declares what stands in its address, once, at the top of its module:

    STATUS = choice("status", ("open", "few", "full"), default=None)   # ?status=open
    SEARCH = words("suche")                                            # ?suche=koeln
    CHOSEN = identifier("gremium")                                     # ?gremium=05315000

and reads it with `STATUS.read()`. What is missing, unknown or hostile is the default; nothing in
an address can raise. Widgets that are bound to a parameter are in `blocks/inputs.py`; links are
made by `here` (this view, other values) and `href` (another view). Parameters marked `shared`
concern all views and are carried over when the view changes.

The address is the only memory: nothing that a link should carry lives in the session.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import streamlit as st

from dashboard.wording import STATES as COUNCIL_STATES

V = TypeVar("V")

LONGEST_VALUE = 200
PAGE_NUMBER = "seite"
_IDENTIFIER = re.compile(r"[\w.:/@+-]{1,160}")


@dataclass(frozen=True)
class Parameter(Generic[V]):
    """One name in the address. `parse` gives None for what it does not understand."""

    name: str
    parse: Callable[[str], V | None]
    default: V
    text: Callable[[V], str] = str
    shared: bool = False

    def read(self) -> V:
        """The value in the address of this page, else the default."""
        return self.value_in(_current())

    def value_in(self, query: Mapping[str, str]) -> V:
        """The value in the query of an address, else the default."""
        raw = query.get(self.name)
        if raw is None:
            return self.default
        value = self.parse(raw)
        return self.default if value is None else value

    def written(self, value: V) -> str | None:
        """How the value stands in an address; None where nothing has to stand there."""
        return None if value is None or value == self.default else self.text(value)


def choice(
    name: str, allowed: Sequence[str], default: Any = None, *, shared: bool = False
) -> Parameter[Any]:
    """One of the allowed values."""
    known = frozenset(allowed)
    return Parameter(name, lambda raw: raw if raw in known else None, default, shared=shared)


def choices(name: str, allowed: Sequence[str]) -> Parameter[tuple[str, ...]]:
    """Several of the allowed values, in their order, joined by commas; none by default."""

    def parse(raw: str) -> tuple[str, ...]:
        asked = set(raw.split(","))
        return tuple(value for value in allowed if value in asked)

    return Parameter(name, parse, (), ",".join)


def words(name: str, longest: int = 80, *, shared: bool = False) -> Parameter[str]:
    """Free text, for example of a search; control characters become blanks."""

    def parse(raw: str) -> str:
        return "".join(sign if sign.isprintable() else " " for sign in raw)[:longest].strip()

    return Parameter(name, parse, "", shared=shared)


def identifier(name: str) -> Parameter[str | None]:
    """A key of the warehouse. Whether such a thing exists is for the view to ask."""
    return Parameter(name, lambda raw: raw if _IDENTIFIER.fullmatch(raw) else None, None)


def number(name: str, low: int, high: int, default: int | None = None) -> Parameter[int | None]:
    """A whole number within bounds."""

    def parse(raw: str) -> int | None:
        if not re.fullmatch(r"\d{1,9}", raw, re.ASCII):
            return None
        value = int(raw)
        return value if low <= value <= high else None

    return Parameter(name, parse, default)


def flag(name: str) -> Parameter[bool]:
    """Yes (`?name=ja`), or not at all."""
    return Parameter(name, lambda raw: True if raw == "ja" else None, False, lambda _: "ja")


def calendar_day(name: str, *, shared: bool = False) -> Parameter[date | None]:
    """A day as YYYY-MM-DD."""

    def parse(raw: str) -> date | None:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw, re.ASCII):
            return None
        try:
            return date.fromisoformat(raw)
        except ValueError:
            return None

    return Parameter(name, parse, None, lambda day: day.isoformat() if day else "", shared=shared)


@dataclass(frozen=True)
class Order:
    """By which column a table is sorted."""

    key: str
    descending: bool = False


def order(allowed: Sequence[str], default: Order, name: str = "sortierung") -> Parameter[Order]:
    """`?sortierung=beginn`, with a minus for descending. `allowed` are keys of columns."""
    known = frozenset(allowed)

    def parse(raw: str) -> Order | None:
        key = raw.removeprefix("-")
        return Order(key, raw.startswith("-")) if key in known else None

    return Parameter(name, parse, default, lambda value: "-" * value.descending + value.key)


MODULE: Parameter[Any] = choice(
    "modul", ("all", "basis", "aufbau", "other"), default="all", shared=True
)
STAND = calendar_day("stand", shared=True)
DISTRICT = words("regierungsbezirk", shared=True)
KREIS = words("kreis", shared=True)
PAGE: Parameter[int | None] = number(PAGE_NUMBER, 1, 100_000, default=1)
SHARED: tuple[Parameter[Any], ...] = (STAND, MODULE, DISTRICT, KREIS)

STATES = choices("zustand", COUNCIL_STATES)
COUNCIL = identifier("gremium")
OFFER = identifier("angebot")
SOURCE = identifier("quelle")
DAY = calendar_day("tag")
# Parts of the page Datenlage.
DATA_PART: Parameter[Any] = choice(
    "teil", ("quellen", "angaben", "register", "hinweise", "zahlen"), default="quellen"
)
# How far the diary goes back from the Stand.
PERIOD: Parameter[Any] = choice(
    "zeitraum", ("arbeitstag", "montag", "woche", "monat", "quartal"), default="montag"
)


def _current() -> dict[str, str]:
    return {name: value for name, value in st.query_params.items() if len(value) <= LONGEST_VALUE}


def write(*changes: tuple[Parameter[Any], Any]) -> None:
    """Puts values into the address of this page; all others stay, the list starts at page 1."""
    st.query_params.from_dict(_changed(changes))


def _changed(changes: Sequence[tuple[Parameter[Any], Any]]) -> dict[str, str]:
    kept = _current()
    if not any(parameter.name == PAGE_NUMBER for parameter, _ in changes):
        kept.pop(PAGE_NUMBER, None)
    return _with(kept, changes)


def _with(kept: dict[str, str], changes: Sequence[tuple[Parameter[Any], Any]]) -> dict[str, str]:
    for parameter, value in changes:
        text = parameter.written(value)
        if text is None:
            kept.pop(parameter.name, None)
        else:
            kept[parameter.name] = text
    return kept


def here(*changes: tuple[Parameter[Any], Any]) -> str:
    """The address of this view with other values: for sorting, paging, choosing in a list."""
    return f"?{urlencode(_changed(changes))}"


def href(view: str, *values: tuple[Parameter[Any], Any]) -> str:
    """The address of a view: what concerns all views is carried over, then `values` hold."""
    current = _current()
    carried = {
        parameter.name: raw
        for parameter in SHARED
        if (raw := parameter.written(parameter.value_in(current))) is not None
    }
    query = urlencode(_with(carried, values))
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/{base}/{view}" if base else f"/{view}"
    return f"{path}?{query}" if query else path


def council_href(ags: str) -> str:
    """The page of one council."""
    return href("gremien", (COUNCIL, ags))


def offer_href(offer_id: str) -> str:
    """The page of one offer."""
    return href("angebote", (OFFER, offer_id))


def source_href(source_id: str) -> str:
    """The entry of one source."""
    return href("datenlage", (SOURCE, source_id))


def changes_href(period: str) -> str:
    """The diary of a period, one of `PERIOD`."""
    return href("aenderungen", (PERIOD, period))
