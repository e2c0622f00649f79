"""The page Änderungen: a diary of what appeared, moved, filled up, was called off or vanished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from dashboard import address
from dashboard.blocks import inputs
from dashboard.blocks.diary import diary, first_reads_note
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import page_head
from dashboard.blocks.table import Paging
from dashboard.change_words import WHAT_LABELS, files_value, sentence
from dashboard.columns import Column
from dashboard.data import changes as data
from dashboard.data.changes import ChangeRow, Count, Wanted
from dashboard.escaping import inner_link, one_line, plain
from dashboard.formats import counted, date_text, last_working_day, listed, number_text
from dashboard.page import PageContext
from dashboard.wording import FIELD_LABELS, MODULE_CHOICES, MODULE_LABELS, MODULE_OF_OFFER

PERIODS = {
    "arbeitstag": "seit dem letzten Arbeitstag",
    "montag": "seit Montag",
    "woche": "letzte 7 Tage",
    "monat": "letzte 30 Tage",
    "quartal": "letzte 90 Tage",
}
GROUPS = {"tag": "nach Tag", "anbieter": "nach Anbieter"}
KIND = address.choices("art", data.KINDS)
PROVIDER = address.words("anbieter", 160)
GROUP = address.choice("gliederung", tuple(GROUPS), default="tag")

COLUMNS: tuple[Column[ChangeRow], ...] = (
    Column("Tag", lambda row: row.day),
    Column("Angebot", lambda row: row.title),
    Column("Anbieter", lambda row: row.provider_name),
    Column("Modul", lambda row: MODULE_OF_OFFER.get(row.module, row.module)),
    Column("Beginn", lambda row: row.start_date),
    Column("Was", lambda row: WHAT_LABELS[row.change.what]),
    Column("In Worten", lambda row: sentence(row.change)),
    Column("Angabe", lambda row: FIELD_LABELS.get(row.change.field, row.change.field)),
    Column("Vorher", lambda row: _value(row, row.change.old_value)),
    Column("Jetzt", lambda row: _value(row, row.change.new_value)),
    Column("Seite des Angebots", lambda row: row.detail_url),
)


def _value(row: ChangeRow, value: str | None) -> str | None:
    """Old and new of a change of a value; what became of an offer stands in its words."""
    return files_value(row.change.field, value) if row.change.kind == "changed" else None


def first_of(period: str, day: date, begin: date) -> date:
    """The first day of a period that ends with `day`; on a Monday, Monday is a week ago.

    What was told on the last working day was read then, so the period begins on the day after.
    """
    return {
        "arbeitstag": last_working_day(day) + timedelta(days=1),
        "montag": day - timedelta(days=day.weekday() or 7),
        "woche": day - timedelta(days=6),
        "monat": day - timedelta(days=29),
        "quartal": max(begin, day - timedelta(days=89)),
    }[period]


def show(context: PageContext) -> None:
    """Draws the page."""
    file, day = context.file, context.day
    begin = data.first_day(file)
    providers, districts = data.providers(file), data.districts(file)
    asked_day = address.DAY.read()
    period = address.PERIOD.read()
    kinds = KIND.read()
    first = asked_day or first_of(period, day, begin or day)
    wanted = Wanted(
        first=first,
        last=asked_day or day,
        kinds=kinds or (data.KINDS if asked_day is not None else data.NEWS),
        module=address.MODULE.read(),
        provider=_known(PROVIDER.read(), providers),
        district=_known(address.DISTRICT.read(), districts),
    )
    if wanted.last > day:  # a day that had not been when the chosen Stand was
        wanted = replace(wanted, first=day + timedelta(days=1), last=day)
    paging = Paging(data.size(file, wanted), address.PAGE.read() or 1)
    by_provider = GROUP.read() == "anbieter"
    entries = data.entries(file, wanted, paging.size, paging.offset, by_provider=by_provider)
    counts = data.counts(file, wanted)
    # What was only read for the first time is summed up, unless it is what was asked for.
    first_reads = () if data.FIRST_READ in wanted.kinds or kinds else data.first_reads(file, wanted)

    page_head(context, "Änderungen", "Was sich an den Angeboten getan hat, Tag für Tag.")
    _filters(asked_day, providers, districts)
    if entries or not first_reads:
        words = plain(lead_sentence(paging.total, counts, wanted), 2000)
        st.html(f'<p class="qa-lead" role="status">{words}</p>')
    if first_reads:
        st.html(first_reads_note(first_reads, address.here((KIND, (data.FIRST_READ,)))))
    if entries:
        st.html(diary(entries, by_provider=by_provider) + paging.html("Einträge"))
    elif not first_reads:
        st.html(_nothing(wanted, begin, is_filtered=bool(kinds)))
    if entries or first_reads:
        everything = replace(wanted, kinds=kinds or data.KINDS)
        downloads(
            context,
            "Änderungen",
            COLUMNS,
            lambda: data.all_changes(file, everything),
            filters=filter_words(everything, providers),
        )
    st.html(
        '<p class="qa-note">Festgestellt wird eine Änderung, wenn eine Seite beim nächtlichen '
        "Lesen anderes sagt als davor. Der Anbieter kann sie schon früher vorgenommen haben.</p>"
    )


def _known(asked: str, known: dict[str, str] | tuple[str, ...]) -> str:
    return asked if asked in known else ""


def _filters(asked_day: date | None, providers: dict[str, str], districts: tuple[str, ...]) -> None:
    if asked_day is None:
        inputs.buttons("Zeitraum", address.PERIOD, PERIODS)
    else:
        way = inner_link(address.here((address.DAY, None)), "Anderen Zeitraum wählen")
        st.html(f"<p>Nur der <strong>{date_text(asked_day)}</strong>. {way}</p>")
    inputs.several("Was ist geschehen?", KIND, WHAT_LABELS)
    with st.container(horizontal=True, key="filter", vertical_alignment="bottom"):
        inputs.select(
            "Anbieter",
            PROVIDER,
            {"": "alle Anbieter"} | {key: one_line(name, 80) for key, name in providers.items()},
            search=True,
        )
        inputs.select(
            "Regierungsbezirk",
            address.DISTRICT,
            {"": "alle Bezirke"} | {name: name for name in districts},
        )
        inputs.select("Modul", address.MODULE, {one: MODULE_LABELS[one] for one in MODULE_CHOICES})
        inputs.buttons("Gliederung", GROUP, GROUPS)


def lead_sentence(entries: int, counts: tuple[Count, ...], wanted: Wanted) -> str:
    """How much happened from when to when, by what happened."""
    if wanted.first > wanted.last:
        return f"Bis zum {date_text(wanted.last)} war dieser Tag noch nicht gekommen."
    days = (
        f"Am {date_text(wanted.last)}"
        if wanted.first == wanted.last
        else f"Vom {date_text(wanted.first)} bis zum {date_text(wanted.last)}"
    )
    if not entries:
        return f"{days} ist keine Änderung festgestellt."
    told = [f"{number_text(row.offers)}-mal {WHAT_LABELS[row.what]}" for row in counts]
    return f"{days}: {counted(entries, 'Eintrag', 'Einträge')}. Angebote: {listed(told)}."


def filter_words(wanted: Wanted, providers: dict[str, str]) -> list[str]:
    """The filters for the sheet "Hinweise" of a file."""
    told = [f"Zeitraum: {date_text(wanted.first)} bis {date_text(wanted.last)}"]
    if wanted.kinds != data.KINDS:
        told.append("Was: " + ", ".join(WHAT_LABELS[kind] for kind in wanted.kinds))
    if wanted.module != "all":
        told.append(f"Modul: {MODULE_LABELS[wanted.module]}")
    if wanted.provider:
        told.append(f"Anbieter: {providers[wanted.provider]}")
    if wanted.district:
        told.append(f"Regierungsbezirk: {wanted.district}")
    return told


def _nothing(wanted: Wanted, begin: date | None, *, is_filtered: bool) -> str:
    if begin is None:
        return empty(
            "Das Tagebuch ist noch leer.",
            "Es beginnt mit dem ersten nächtlichen Durchgang, der ein Angebot findet.",
        )
    if is_filtered or wanted.module != "all" or wanted.provider or wanted.district:
        return empty(
            "Zu diesen Filtern gibt es in diesem Zeitraum keinen Eintrag.",
            "Bitte weniger Filter wählen oder einen längeren Zeitraum.",
            address.here(
                (KIND, ()), (PROVIDER, ""), (address.DISTRICT, ""), (address.MODULE, "all")
            ),
            "Alle Filter aufheben",
        )
    return empty(
        "In diesem Zeitraum hat sich nichts geändert.",
        "Ein längerer Zeitraum zeigt vielleicht mehr.",
        address.here((address.DAY, None), (address.PERIOD, "quartal")),
        "Die letzten 90 Tage zeigen",
    )
