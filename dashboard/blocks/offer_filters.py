"""What the list of offers is narrowed by: inputs, quick choices of a period, all of it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import address
from dashboard.address import Parameter
from dashboard.blocks import inputs
from dashboard.data import offers as data
from dashboard.data.offers import LIFECYCLES, ONLINE, RELEVANCES, Tally, Wanted
from dashboard.data.published import PublishedFile
from dashboard.escaping import inner_link, one_line, plain
from dashboard.formats import date_text, listed, month_text, number_text
from dashboard.page import PageContext
from dashboard.wording import MODULE_CHOICES, MODULE_LABELS, STATUS_LABELS

SEARCH = address.words("suche")
FROM = address.calendar_day("von")
UNTIL = address.calendar_day("bis")
PLACE = address.identifier("ort")
PROVIDER = address.identifier("anbieter")
STATUSES = STATUS_LABELS | {"unknown": "Nicht angegeben"}
STATUS = address.choices("status", tuple(STATUSES))
FREE = address.flag("frei")
RELEVANCE = address.choice("einordnung", tuple(RELEVANCES), default="gremien")
LIFECYCLE = address.choice("verbleib", tuple(LIFECYCLES), default="kommend")

RELEVANCE_CHOICES = {
    "gremien": "Für die Gremien",
    "reihe": "Nur die Qualifizierungsreihe",
    "verwandt": "Nur verwandte Themen",
    "jede": "Alle",
}
LIFECYCLE_CHOICES = {
    "kommend": "Laufend und kommend",
    "auch_vorbei": "Auch vergangene",
    "vorbei": "Nur vergangene",
    "vermisst": "Zuletzt nicht mehr gefunden",
    "entfernt": "Vom Anbieter entfernt",
    "jeder": "Alle",
}
MONTHS_OFFERED = 6
NEAR_DAYS = 30
_OWN: tuple[Parameter[Any], ...] = (
    *(SEARCH, FROM, UNTIL, PLACE, PROVIDER, STATUS, FREE, RELEVANCE, LIFECYCLE),
)
_SHARED: tuple[Parameter[Any], ...] = (address.MODULE, address.DISTRICT, address.KREIS)
# Those that stand below "Weitere Filter".
_FOLDED: tuple[Parameter[Any], ...] = (
    *(PLACE, PROVIDER, STATUS, FREE, RELEVANCE, address.DISTRICT, address.KREIS),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, keys and names, in the order of names."""

    providers: Mapping[str, str]
    places: Mapping[str, str]
    districts: tuple[str, ...]
    kreise: tuple[str, ...]


def choices(file: PublishedFile) -> Choices:
    """What there is to choose from in this file; the Kreise are those of the chosen district."""
    regions = data.regions(file)
    districts = tuple(sorted({district for district, _ in regions}))
    chosen = address.DISTRICT.read()
    kreise = {kreis for district, kreis in regions if kreis and chosen in ("", district)}
    if chosen not in districts:
        kreise = {kreis for _, kreis in regions if kreis}
    return Choices(
        {one.key: one_line(one.name, 120) for one in data.providers(file)},
        {ONLINE: "online"} | {one.key: one_line(one.name, 120) for one in data.places(file)},
        districts,
        tuple(sorted(kreise)),
    )


def wanted(choices: Choices) -> Wanted:
    """What the address asks for; what is not among the choices asks for nothing."""
    place, provider = PLACE.read(), PROVIDER.read()
    district, kreis = address.DISTRICT.read(), address.KREIS.read()
    return Wanted(
        words=tuple((word,) for word in SEARCH.read().split()),
        module=address.MODULE.read(),
        from_day=FROM.read(),
        until_day=UNTIL.read(),
        regierungsbezirk=district if district in choices.districts else "",
        kreis=kreis if kreis in choices.kreise else "",
        place=place if place in choices.places else None,
        provider_id=provider if provider in choices.providers else None,
        status=STATUS.read(),
        only_free=FREE.read(),
        relevance=RELEVANCE.read(),
        lifecycle=LIFECYCLE.read(),
    )


def is_filtered() -> bool:
    """True if the address asks for anything but the default."""
    return any(parameter.written(parameter.read()) for parameter in (*_OWN, *_SHARED))


def without_filters() -> str:
    """The address of the whole list."""
    return address.here(*((parameter, parameter.default) for parameter in (*_OWN, *_SHARED)))


def inputs_for(context: PageContext, choices: Choices) -> None:
    """Draws all inputs."""
    inputs.search("Angebot suchen", SEARCH, "Titel, Beschreibung, Ort, Anbieter oder Kursnummer")
    inputs.buttons(
        "Modul", address.MODULE, {module: MODULE_LABELS[module] for module in MODULE_CHOICES}
    )
    st.html(quick_periods(context.day))
    is_used = any(parameter.written(parameter.read()) for parameter in _FOLDED)
    folded = st.expander(
        "Weitere Filter", expanded=is_used, key="weitere_filter", on_change="rerun"
    )
    # What is folded is not drawn: the inputs cost half of the page's time.
    if folded.open:
        with folded:
            _folded(choices)
    inputs.warn_of_backward_period(FROM.read(), UNTIL.read())


def chosen(filters: Sequence[str]) -> str:
    """The filters in words, which may be folded away, and the way out of them, as HTML."""
    way = f" {inner_link(without_filters(), 'Alle Filter zurücksetzen')}" if is_filtered() else ""
    return f'<p class="qa-note">Auswahl: {plain("; ".join(filters), 2000)}.{way}</p>'


def _folded(choices: Choices) -> None:
    one, two, three = st.columns(3)
    with one:
        inputs.typed_day("Zeitraum von", FROM)
        inputs.typed_day("Zeitraum bis", UNTIL)
        inputs.select("Verbleib", LIFECYCLE, LIFECYCLE_CHOICES)
    with two:
        inputs.select(
            "Anbieter", PROVIDER, {None: "Alle Anbieter"} | dict(choices.providers), search=True
        )
        inputs.select("Ort", PLACE, {None: "Alle Orte"} | dict(choices.places), search=True)
        inputs.select("Einordnung", RELEVANCE, RELEVANCE_CHOICES)
    with three:
        inputs.select(
            "Regierungsbezirk (Ort des Angebots)",
            address.DISTRICT,
            {"": "Alle Regierungsbezirke"} | {name: name for name in choices.districts},
        )
        inputs.select(
            "Kreis (Ort des Angebots)",
            address.KREIS,
            {"": "Alle Kreise"} | {name: name for name in choices.kreise},
            search=True,
        )
    inputs.several("Stand der Anmeldung", STATUS, STATUSES)
    inputs.check("Nur mit freien Plätzen oder offener Anmeldung", FREE)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def periods(day: date) -> list[tuple[str, date | None, date | None]]:
    """The quick choices as seen on `day`: any time, the next days, this month and the following."""
    offered: list[tuple[str, date | None, date | None]] = [
        ("Jederzeit", None, None),
        (f"Nächste {NEAR_DAYS} Tage", day, day + timedelta(days=NEAR_DAYS)),
    ]
    first = day.replace(day=1)
    for _ in range(MONTHS_OFFERED):
        last = _month_end(first)
        offered.append((month_text(first), first, last))
        first = last + timedelta(days=1)
    return offered


def quick_periods(day: date) -> str:
    """Links for the periods that are asked for most, the chosen one marked.

    A month that has begun shows the offers of its past days as well.
    """
    chosen = (FROM.read(), UNTIL.read())
    links = "".join(
        _period_link(label, first, last, day, chosen) for label, first, last in periods(day)
    )
    return (
        '<nav class="qa-choices" aria-label="Zeitraum"><span aria-hidden="true">Zeitraum</span>'
        f'<ul role="list">{links}</ul></nav>'
    )


def _period_link(
    label: str,
    first: date | None,
    last: date | None,
    day: date,
    chosen: tuple[date | None, date | None],
) -> str:
    lifecycle = LIFECYCLE.read()
    if first is not None and first < day and lifecycle == "kommend":
        lifecycle = "auch_vorbei"
    elif lifecycle == "auch_vorbei":
        lifecycle = "kommend"
    target = address.here((FROM, first), (UNTIL, last), (LIFECYCLE, lifecycle))
    current = ' aria-current="true"' if chosen == (first, last) else ""
    key = first.isoformat() if first else "alle"
    return (
        f'<li><a class="qa-choice" id="zeitraum-{key}-{last or ""}" data-stay target="_self" '
        f'href="{plain(target, 2000)}"{current}>{plain(label)}</a></li>'
    )


def left_out(tally: Tally) -> str:
    """What is not in the list although all else fits, as HTML; empty if there is none."""
    parts = []
    if tally.without_date:
        way = inner_link(address.here((FROM, None), (UNTIL, None)), "jeden Zeitraum zeigen")
        parts.append(f"{number_text(tally.without_date)} ohne bekannten Termin ({way})")
    if tally.without_place:
        everywhere = ((PLACE, None), (address.DISTRICT, ""), (address.KREIS, ""))
        way = inner_link(address.here(*everywhere), "alle Orte zeigen")
        parts.append(f"{number_text(tally.without_place)} ohne sicheren Ort ({way})")
    if tally.without_places:
        way = inner_link(address.here((FREE, False)), "auch diese zeigen", "ohne Angabe zu Plätzen")
        parts.append(f"{number_text(tally.without_places)} ohne Angabe, ob noch Platz ist ({way})")
    if tally.other_lifecycle:
        way = inner_link(address.here((LIFECYCLE, "jeder")), "auch diese zeigen")
        words = "vorbei, entfernt" if LIFECYCLE.read() == "kommend" else "mit anderem Verbleib"
        parts.append(f"{number_text(tally.other_lifecycle)} {words} ({way})")
    if tally.other_relevance:
        way = inner_link(address.here((RELEVANCE, "jede")), "auch alle anderen zeigen")
        words = "zu verwandten Themen" if RELEVANCE.read() == "gremien" else "anders eingeordnete"
        parts.append(f"{number_text(tally.other_relevance)} {words} ({way})")
    return listed(parts)


def words(wanted: Wanted, choices: Choices) -> list[str]:
    """The filters in German, for files."""
    first, last = wanted.from_day, wanted.until_day
    period = " ".join(
        part
        for part in (
            f"ab {date_text(first)}" if first else "",
            f"bis {date_text(last)}" if last else "",
        )
        if part
    )
    named = (
        ("Suche", " ".join(spellings[0] for spellings in wanted.words)),
        ("Modul", MODULE_LABELS[wanted.module] if wanted.module != "all" else ""),
        ("Zeitraum", period),
        ("Regierungsbezirk", wanted.regierungsbezirk),
        ("Kreis", wanted.kreis),
        ("Ort", choices.places.get(wanted.place or "", "")),
        ("Anbieter", choices.providers.get(wanted.provider_id or "", "")),
        ("Stand der Anmeldung", ", ".join(STATUSES[status] for status in wanted.status)),
        ("Nur mit freien Plätzen", "ja" if wanted.only_free else ""),
        ("Einordnung", RELEVANCE_CHOICES[wanted.relevance]),
        ("Verbleib", LIFECYCLE_CHOICES[wanted.lifecycle]),
    )
    return [f"{name}: {value}" for name, value in named if value]
