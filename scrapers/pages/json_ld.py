"""schema.org data on a page: courses and events with their dates, places, prices and states.

Such data are written for search engines and rarely looked at by people, so they are the last
source of facts: `structured_data` uses them where the page itself says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.embedded_text import visible_lines

MAX_SCRIPT: Final = 300_000
MAX_SCRIPTS: Final = 20
MAX_NODES: Final = 5_000
MAX_INSTANCES: Final = 200

_BERLIN: Final = ZoneInfo("Europe/Berlin")
_KINDS: Final = frozenset({"Course", "CourseInstance", "EducationEvent", "Event"})
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)? ?(Z|[+-]\d\d:?\d\d)?)?"
)
_WRAPPING: Final = re.compile(
    r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?://)?\s*(?:-->|\]\]>|/\*\]\]>\*/)\s*$"
)
_AMOUNT: Final = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?")
_SCHEMA_PREFIX: Final = re.compile(r"^(?:https?://schema\.org/|schema:)", re.I)
_STATES: Final = {"EventCancelled": "abgesagt"}
_MODES: Final = {
    "OnlineEventAttendanceMode": "Online-Veranstaltung",
    "OfflineEventAttendanceMode": "in Präsenz",
    "MixedEventAttendanceMode": "hybrid",
    "online": "Online-Veranstaltung",
    "onsite": "in Präsenz",
    "blended": "hybrid",
}

Node = dict[str, Any]


@attrs.frozen(order=True)
class Moment:
    """A day, with its time on the wall clock of Berlin where one is given."""

    day: date
    clock: time | None = None


@attrs.frozen
class Instance:
    """One date or span of a course. `own` tells apart runs that have names of their own."""

    start: Moment | None
    end: Moment | None
    own: str = ""

    @property
    def is_one_day(self) -> bool:
        return self.start is not None and (self.end is None or self.end.day == self.start.day)


@attrs.frozen
class Place:
    """Where, in the parts that the data name."""

    name: str = ""
    street: str = ""
    town: str = ""


@attrs.frozen
class StructuredCourse:
    """What the data of a page say about one course, as texts; "" and None where they do not."""

    name: str
    url: str = ""
    number: str = ""
    audience: str = ""
    description: tuple[str, ...] = ()
    instances: tuple[Instance, ...] = ()
    places: tuple[Place, ...] = ()
    prices: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    capacity: int | None = None
    remaining: int | None = None


def structured_courses(tree: LexborHTMLParser) -> tuple[StructuredCourse, ...]:
    """All courses and events in the page's JSON-LD; what is no JSON is passed over."""
    found: list[StructuredCourse] = []
    scripts = tree.tags("script")  # quicker than by a selector, which is parsed for each page
    data = (s for s in scripts if "ld+json" in (s.attributes.get("type") or "").lower())
    for script in islice(data, MAX_SCRIPTS):
        text = _WRAPPING.sub("", script.text(strip=False))
        if len(text) > MAX_SCRIPT:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        nodes = list(_nodes(value))
        by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
        inner = {id(part) for node in nodes for part in _instances_of(node, by_id)}
        found += [_course(node, by_id) for node in nodes if _kind(node) and id(node) not in inner]
    return tuple(found)


def _nodes(data: Any) -> Iterator[Node]:
    """All objects, outermost first; a stack, since the nesting is in the hands of strangers."""
    stack, seen = [data], 0
    while stack and seen < MAX_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, dict):
            yield item
            stack.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            stack.extend(reversed(item))


def _kind(node: Node) -> str:
    kinds = {_SCHEMA_PREFIX.sub("", kind) for kind in _strings(node.get("@type"))}
    return next(iter(sorted(kinds & _KINDS)), "")


def _instances_of(node: Node, by_id: dict[str, Node]) -> list[Node]:
    """The dates of a course or the parts of an event, references resolved."""
    if not _kind(node):
        return []
    parts = [*_list(node.get("hasCourseInstance")), *_list(node.get("subEvent"))]
    resolved = [
        by_id.get(part["@id"], part) if set(part) == {"@id"} and _is_text(part["@id"]) else part
        for part in parts
        if isinstance(part, dict)
    ]
    return [part for part in resolved if part is not node][:MAX_INSTANCES]


def _course(node: Node, by_id: dict[str, Node]) -> StructuredCourse:
    parts = _instances_of(node, by_id)
    dated = parts or ([node] if "startDate" in node else [])
    every = [node, *parts]
    offers = [offer for part in every for offer in _list(part.get("offers")) if _is_node(offer)]
    states = [_STATES.get(word, "") for part in every for word in _words(part.get("eventStatus"))]
    cancelled_dates = [state for state in states if state]
    availability = [word for offer in offers for word in _words(offer.get("availability"))]
    modes = [
        _MODES.get(word, "")
        for part in every
        for name in ("eventAttendanceMode", "courseMode")
        for word in _words(part.get(name))
    ]
    prices = [price for offer in offers for price in _price(offer)]
    if any(part.get("isAccessibleForFree") is True for part in every):
        prices.append("kostenlos")
    # One date called off of several is not the course called off.
    is_cancelled = len(cancelled_dates) >= max(1, len(dated))
    audience = [a for a in _list(node.get("audience")) if _is_node(a)]
    return StructuredCourse(
        name=_line(node.get("name")),
        url=next(iter(_strings(node.get("url"))), ""),
        number=_line(node.get("courseCode")),
        audience=_line(audience[0].get("audienceType")) if len(audience) == 1 else "",
        description=_lines(node.get("description")),
        instances=_instances(dated),
        places=tuple(
            dict.fromkeys(
                place
                for part in every
                for location in _list(part.get("location"))
                if (place := _place(location)) is not None
            )
        ),
        prices=tuple(dict.fromkeys(prices)),
        states=("abgesagt",) if is_cancelled else tuple(dict.fromkeys(availability)),
        modes=tuple(dict.fromkeys(mode for mode in modes if mode)),
        capacity=_count(every, "maximumAttendeeCapacity"),
        remaining=_count(every, "remainingAttendeeCapacity"),
    )


def _instances(dated: list[Node]) -> tuple[Instance, ...]:
    """The dates, each once; none where one of several cannot be read: which is the first of them
    and how many there are is then not known."""
    found = [_instance(part) for part in dated]
    if len(found) > 1 and any(instance.start is None for instance in found):
        return ()
    return tuple(dict.fromkeys(found))


def _instance(node: Node) -> Instance:
    own = [*_strings(node.get("courseCode")), *_strings(node.get("identifier"))]
    return Instance(
        read_moment(node.get("startDate")), read_moment(node.get("endDate")), " ".join(own)
    )


def read_moment(value: Any) -> Moment | None:
    """An ISO day or time; times with a zone become Berlin's. Midnight stands for no time."""
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day, hour, minute, zone = match.groups()
    try:
        if hour is None:
            return Moment(date(int(year), int(month), int(day)))
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute))
        if zone:
            moment = moment.replace(tzinfo=_zone(zone)).astimezone(_BERLIN)
    except (ValueError, OverflowError):
        return None
    clock = moment.time().replace(tzinfo=None)
    return Moment(moment.date(), clock if clock != time(0) else None)


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _place(location: Any) -> Place | None:
    if isinstance(location, str):
        return Place(_line(location)) if _line(location) else None
    if not _is_node(location):
        return None
    if "VirtualLocation" in _words(location.get("@type")):
        return Place("Online")
    name, address = _line(location.get("name")), location.get("address")
    if isinstance(address, str):
        parts = [name, _line(address)]
        return (
            Place(", ".join(dict.fromkeys(part for part in parts if part))) if any(parts) else None
        )
    if not _is_node(address):
        return Place(name) if name else None
    town = [_line(address.get("postalCode")), _line(address.get("addressLocality"))]
    place = Place(
        name, _line(address.get("streetAddress")), " ".join(part for part in town if part)
    )
    return place if place != Place() else None


def _price(offer: Node) -> list[str]:
    """The offer's price as German pages print it; a price in another currency is none."""
    currency = _line(offer.get("priceCurrency")).upper()
    value = offer.get("price")
    amount = str(value).strip() if isinstance(value, str | int | float) else ""
    if isinstance(value, bool) or currency not in ("", "EUR", "€") or not _AMOUNT.fullmatch(amount):
        return []
    euros, _, cents = amount.replace(",", ".").partition(".")
    return [f"{euros},{cents:0<2} €"]


def _count(nodes: list[Node], name: str) -> int | None:
    values = {node[name] for node in nodes if type(node.get(name)) is int and node[name] >= 0}
    return values.pop() if len(values) == 1 else None


def _lines(value: Any) -> tuple[str, ...]:
    return visible_lines(value) if isinstance(value, str) else ()


def _line(value: Any) -> str:
    """A text or a whole number in one line."""
    return " ".join(_lines(str(value) if type(value) is int else value))


def _words(value: Any) -> list[str]:
    """Terms of schema.org without their address."""
    return [_SCHEMA_PREFIX.sub("", text) for text in _strings(value)]


def _strings(value: Any) -> list[str]:
    return [item for item in _list(value) if isinstance(item, str)]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_node(value: Any) -> bool:
    return isinstance(value, dict)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
