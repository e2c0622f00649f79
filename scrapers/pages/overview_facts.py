"""The facts that single lines and cells of an overview state about an offer."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import attrs

from scrapers.fields.contacts import read_emails, read_websites
from scrapers.fields.course_numbers import number_from_url, read_course_number
from scrapers.fields.dates import read_schedule
from scrapers.fields.labels import Label
from scrapers.fields.places import read_places
from scrapers.fields.prices import read_price
from scrapers.fields.relevance import judge_module
from scrapers.fields.status import read_status
from scrapers.fields.venues import read_delivery_mode
from scrapers.pages.label_pairs import LabelledValue, labelled_values
from scrapers.pages.lines import Line
from scrapers.pages.overview_series import is_heading_like
from scrapers.pages.prose import whole_sentences
from scrapers.records import Evidence

ENTRY_LABELS = frozenset(
    {
        Label.PLANNED_PLACES, Label.OCCUPANCY, Label.MAX_PLACES, Label.FREE_PLACES,
        Label.REGISTRATION, Label.REGISTRATION_DEADLINE, Label.NUMBER, Label.TITLE, Label.DATE,
        Label.START, Label.END, Label.TIME, Label.PLACE, Label.ROOM, Label.STREET, Label.POSTCODE,
        Label.PROVIDER, Label.MODULE, Label.STATUS, Label.PRICE, Label.CONTACT, Label.LECTURER,
        Label.DELIVERY_MODE, Label.SESSION_COUNT, Label.DURATION, Label.MIN_PLACES,
        Label.TARGET_GROUP,
    }
)  # fmt: skip
PLACES_LABELS = frozenset(
    {Label.PLANNED_PLACES, Label.OCCUPANCY, Label.MAX_PLACES, Label.FREE_PLACES}
)
WHEN_LABELS = frozenset({Label.DATE, Label.START, Label.END, Label.TIME})
_PROVIDER_LINE = re.compile(
    r"(?<![\w.@/-])(?:VHS|vhs|Vhs|Volkshochschule|Familienbildungsstätte)\b"
    r"(?!-(?:[Hh]aus|[Gg]ebäude|[Zz]entrum|[Ff]orum|[Ss]aal|[Aa]ula|[Kk]urs|[Pp]rogramm|[Tt]reff))"
)
_TO_REGISTER = re.compile(
    r"anmeld|\bbuch(?:en|ung)|zum kurs|zur veranstaltung|kursdetail|zum angebot|zum seminar",
    re.IGNORECASE,
)
_SHORT = 40
_SIZE = re.compile(r"(?:Platz für )?\d{1,3} (?:TN|Plätze|Personen|Teilneh\w+)")
_POSTAL = re.compile(r"\b\d{5}\s+[A-ZÄÖÜ]")


@attrs.frozen
class Fact:
    """A value of an entry and what it is about. `printed` is what stands on the page, `evidence`
    whether it stands there under a label, in running text, or alone in its line or cell."""

    label: Label
    value: str
    printed: str
    evidence: Evidence = "list"


def labelled_facts(line: Line) -> list[Fact]:
    """The facts that stand behind labels in a line that begins with one; a value ends with its
    sentence."""
    if not labelled_values(line.text, ENTRY_LABELS):
        return []
    return [
        Fact(pair.label, _target_of(pair, line), pair.printed, "label")
        for sentence in whole_sentences(line.text)
        for pair in labelled_values(sentence, ENTRY_LABELS)
    ]


def fact_alone(line: Line) -> Fact | None:
    """The one fact that a short line or a piece of one states without a label."""
    text = line.text
    if registration := _registration(line):
        return registration
    if is_provider_name(text):
        return Fact(Label.PROVIDER, text.strip(" :"), text)
    if len(text) <= _SHORT and read_course_number(text).value:
        return Fact(Label.NUMBER, read_course_number(text).value or text, text)
    if _SIZE.fullmatch(text):
        return Fact(Label.PLANNED_PLACES, text, text)
    places = read_places(text)
    if places.value and len(text) <= 60:
        label = Label.PLANNED_PLACES if places.value.planned is not None else Label.OCCUPANCY
        return Fact(label, text, places.text)
    if not re.search(r"[a-zäöü]{2,}\.$", text) and read_schedule(text).value:
        return Fact(Label.DATE, text, text)
    if _POSTAL.search(text):
        return Fact(Label.PLACE, text, text)
    if is_heading_like(line) and line.kind != "heading" and judge_module(text).value:
        return Fact(Label.TITLE, text, text)
    if len(text) > 60:
        return None
    if (status := read_status(text)).value:
        return Fact(Label.STATUS, text, status.text)
    if (price := read_price(text)).value and len(text) <= _SHORT:
        return Fact(Label.PRICE, text, price.text)
    if read_delivery_mode(text).value and len(text) <= _SHORT:
        return Fact(Label.DELIVERY_MODE, text, text)
    return None


def is_provider_name(text: str) -> bool:
    """A short line that names a Volkshochschule, not a sentence about one and not an address."""
    if not _PROVIDER_LINE.search(text) or len(text) > 100 or re.search(r":\s|\d{5}", text):
        return False
    if read_websites(text) or read_emails(text) or re.search(r"[.!?]$|\d{3}", text):
        return False
    return not re.search(
        r"\b(?:ist|sind|wird|werden|bietet|bieten|finden?|der|die)\s+[a-zäöü]", text
    )


def _target_of(pair: LabelledValue, line: Line) -> str:
    """A registration whose address is behind the link and not in the text gets it from there."""
    is_bare = not (read_websites(pair.value) or read_emails(pair.value))
    if pair.label is Label.REGISTRATION and is_bare:
        targets = [href for text, href in line.links if not text or text in pair.printed]
        if targets:
            return targets[0]
    return pair.value


def _is_named_by_number(text: str, href: str) -> bool:
    """A link whose words are the last part of its address and hold a digit: "X1" to …/kurs/X1."""
    last = urlsplit(href).path.rstrip("/").rpartition("/")[2]
    return bool(text) and text.casefold() == last.casefold() and any(map(str.isdigit, text))


def _registration(line: Line) -> Fact | None:
    for text, href in line.links:
        leads_to_course = href.startswith("http") and (
            bool(number_from_url(href)) or _is_named_by_number(text, href)
        )
        if leads_to_course or (_TO_REGISTER.search(text) and not href.startswith("tel:")):
            return Fact(Label.REGISTRATION, href, line.text)
    for address in read_websites(line.text):
        if number_from_url(address) or _TO_REGISTER.search(line.text):
            return Fact(Label.REGISTRATION, address, line.text)
    if _TO_REGISTER.search(line.text) and read_emails(line.text):
        return Fact(Label.REGISTRATION, line.text, line.text)
    return None
