"""Announcements, modules and organisations as HTML, and the columns of their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from dashboard import address
from dashboard.blocks.text_origins import origin_details
from dashboard.columns import Column
from dashboard.data.network import (
    AnnouncedEvent,
    AnnouncedOffer,
    Announcement,
    Organisation,
    OtherOffer,
    SeriesModule,
)
from dashboard.data.text_origins import TextOrigin
from dashboard.escaping import host_of, inner_link, link, mail_link, plain
from dashboard.exports import CalendarEntry
from dashboard.formats import date_text, day_of, euro_text, period_text
from dashboard.wording import (
    DELIVERY_MODES,
    LIFECYCLE_LABELS,
    MODULE_OF_OFFER,
    RELEVANCE_LABELS,
    STATUS_LABELS,
)

UID_DOMAIN = "qualifizierungsatlas-nrw"


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)


def when(event: AnnouncedEvent) -> str:
    """The date of an event, with its time where one is named."""
    days = period_text(event.start_date, event.end_date) or "ohne Datum"
    return f"{days}, {event.starts_at:%H:%M} Uhr" if event.starts_at is not None else days


def event_words(event: AnnouncedEvent) -> str:
    """An event in one line: when, what, where, and whether it is expressly free."""
    place = _joined((event.venue_name, event.venue_street, event.venue_place))
    free = "kostenlos" if event.is_free else None
    return f"{when(event)}: {_joined((event.title, place, free))}"


def _told_on(row: Announcement) -> str:
    if row.published_on is not None:
        return f"Veröffentlicht am {date_text(row.published_on)}"
    return f"Ohne Datum; zuerst gelesen am {date_text(day_of(row.first_seen_at))}"


def _last_found(row: Announcement) -> str:
    return (
        f"Steht nicht mehr auf der Seite; zuletzt gelesen am {date_text(day_of(row.last_seen_at))}"
    )


def announcement_list(
    rows: Sequence[Announcement],
    events: dict[str, list[AnnouncedEvent]],
    offers: Sequence[AnnouncedOffer],
    origins: Sequence[TextOrigin],
) -> str:
    """A card for each announcement with the dates that it names, the offers on its page, and where
    all that comes from."""
    cards = "".join(
        _announcement(
            row,
            events.get(row.announcement_id, []),
            [offer for offer in offers if offer.url == row.url],
            [origin for origin in origins if origin.subject_id == row.announcement_id],
        )
        for row in rows
    )
    return f'<ul class="qa-sources" role="list">{cards}</ul>'


def _announcement(
    row: Announcement,
    events: Sequence[AnnouncedEvent],
    offers: Sequence[AnnouncedOffer],
    origins: Sequence[TextOrigin],
) -> str:
    title = link(row.url, row.title) or plain(row.title)
    label = RELEVANCE_LABELS.get(row.relevance or "")
    badge = f' <span class="qa-badge">{label}</span>' if label else ""
    provider = f"{row.provider_name}. " if row.provider_name else ""
    about = f"{provider}{_told_on(row)}."
    gone = "" if row.is_current else f'<p class="qa-small qa-warn">{_last_found(row)}.</p>'
    dates = "".join(f"<li>{plain(event_words(event))}</li>" for event in events)
    ways = "".join(
        f"<li>{inner_link(address.offer_href(offer.offer_id), offer.title)}</li>"
        for offer in offers
    )
    return (
        f'<li class="qa-source"><h2 class="qa-title">{title}</h2>'
        f'<p class="qa-small">{plain(about)}{badge}</p>{gone}'
        + (f"<p>{plain(row.summary)}</p>" if row.summary else "")
        + (f'<p class="qa-small">Termine:</p><ul class="qa-dates">{dates}</ul>' if dates else "")
        + (
            f'<p class="qa-small">Angebote auf dieser Seite:</p><ul class="qa-dates">{ways}</ul>'
            if ways
            else ""
        )
        + origin_details(origins, row.title)
        + "</li>"
    )


def announcement_columns(
    events: dict[str, list[AnnouncedEvent]],
) -> tuple[Column[Announcement], ...]:
    """What a file tells of an announcement."""
    return (
        Column("Ankündigung", lambda row: row.title),
        Column("Anbieter", lambda row: row.provider_name),
        Column("Veröffentlicht", lambda row: row.published_on),
        Column("Zuerst gelesen", lambda row: row.first_seen_at),
        Column("Zuletzt gelesen", lambda row: row.last_seen_at),
        Column("Noch zu finden", lambda row: "ja" if row.is_current else "nein"),
        Column("Einordnung", lambda row: RELEVANCE_LABELS.get(row.relevance or "")),
        Column("Text", lambda row: row.summary),
        Column(
            "Termine",
            lambda row: "; ".join(event_words(one) for one in events.get(row.announcement_id, [])),
        ),
        Column("Adresse", lambda row: row.url),
    )


def event_entries(events: Iterable[AnnouncedEvent]) -> Iterator[CalendarEntry]:
    """The announced dates for a calendar; those without a day are left out."""
    for event in events:
        if event.start_date is None:
            continue
        # In a calendar, whole days end before the day that is named as their end (RFC 5545).
        last = event.end_date if event.starts_at is None else None
        end = last + timedelta(days=1) if last is not None else None
        yield CalendarEntry(
            uid=f"{event.announcement_id}-{event.event_no}@{UID_DOMAIN}",
            title=event.title,
            start=event.starts_at or event.start_date,
            end=end,
            location=_joined((event.venue_name, event.venue_street, event.venue_place)) or None,
            description=_joined((event.announcement_title, when(event))),
            url=event.url,
        )


def _offer_cell(row: OtherOffer) -> str:
    note = "" if row.lifecycle == "current" else LIFECYCLE_LABELS.get(row.lifecycle, "")
    return inner_link(address.offer_href(row.offer_id), row.title) + (
        f'<span class="qa-small qa-warn">{note}</span>' if note else ""
    )


def _place(row: OtherOffer) -> str:
    return _joined((DELIVERY_MODES.get(row.delivery_mode), row.venue_name, row.venue_place))


def _price(row: OtherOffer) -> str | None:
    if row.price_eur is not None and row.price_eur > 0:
        return euro_text(row.price_eur)
    return "kostenlos" if row.is_free else None


def _site(row: OtherOffer) -> str:
    return link(row.detail_url, host_of(row.detail_url or "") or "Seite", row.title) or ""


OTHER_COLUMNS: tuple[Column[OtherOffer], ...] = (
    Column("Fortbildung", lambda row: row.title, cell=_offer_cell, width=28),
    Column("Anbieter", lambda row: row.provider_name),
    Column("Einordnung", lambda row: RELEVANCE_LABELS.get(row.relevance), width=16),
    Column(
        "Beginn",
        lambda row: row.start_date,
        cell=lambda row: period_text(row.start_date, row.end_date) or "ohne Termin",
        width=13,
    ),
    Column("Ende", lambda row: row.end_date, on_page=False),
    Column("Ort", _place),
    Column("Anmeldung", lambda row: STATUS_LABELS.get(row.status), on_page=False),
    Column("Preis", _price, on_page=False),
    Column("Seite", lambda row: row.detail_url, cell=_site, width=14),
)


def other_entries(rows: Iterable[OtherOffer]) -> Iterator[CalendarEntry]:
    """The first days of trainings for a calendar."""
    for row in rows:
        if row.start_date is not None:
            yield CalendarEntry(
                uid=f"{row.offer_id}@{UID_DOMAIN}",
                title=row.title,
                start=row.start_date,
                location=_joined((row.venue_name, row.venue_place)) or None,
                description=_joined((row.provider_name, period_text(row.start_date, row.end_date))),
                url=row.detail_url,
                is_cancelled=row.status == "cancelled",
            )


def module_list(rows: Sequence[SeriesModule]) -> str:
    """A card for each module with its topics, as the overview describes them."""
    return f'<ul class="qa-offers" role="list">{"".join(_module(row) for row in rows)}</ul>'


def _module(row: SeriesModule) -> str:
    label = MODULE_OF_OFFER.get(row.module, "")
    topics = "".join(f"<li>{plain(topic, 300)}</li>" for topic in row.topics)
    offers = inner_link(
        address.href("angebote", (address.MODULE, row.module)), f"Angebote: {label}"
    )
    source = link(row.source_url, "Beschreibung der Reihe", label) or ""
    return (
        f'<li class="qa-offer"><h2 class="qa-title">{label}: {plain(row.title, 200)}</h2>'
        + (f'<ul class="qa-dates">{topics}</ul>' if topics else "")
        + f'<p>{offers}</p><p class="qa-small">{source} Gelesen am '
        f"{date_text(day_of(row.last_seen_at))}.</p></li>"
    )


MODULE_COLUMNS: tuple[Column[SeriesModule], ...] = (
    Column("Modul", lambda row: MODULE_OF_OFFER.get(row.module)),
    Column("Titel", lambda row: row.title),
    Column("Themen", lambda row: "; ".join(row.topics)),
    Column("Fundstelle", lambda row: row.source_url),
)


def _name(row: Organisation, origins: Sequence[TextOrigin]) -> str:
    short = f" ({row.short_name})" if row.short_name else ""
    own = [origin for origin in origins if origin.subject_id == row.organisation_id]
    return (
        plain(f"{row.name}{short}", 200)
        + (f'<span class="qa-small">{plain(row.summary, 240)}</span>' if row.summary else "")
        + origin_details(own, row.name)
    )


def _address(row: Organisation) -> str:
    return _joined((row.street, " ".join(part for part in (row.postcode, row.place) if part)))


def _contact(row: Organisation) -> str:
    host = host_of(row.website or "")
    ways = (
        mail_link(row.email),
        link(row.website, host or "Internetseite", row.name),
        f"Telefon {plain(row.phone, 60)}" if row.phone else None,
    )
    return "<br>".join(way for way in ways if way)


_ORGANISATION_FACTS: tuple[Column[Organisation], ...] = (
    Column("Kurzname", lambda row: row.short_name, on_page=False),
    Column("Worum es geht", lambda row: row.summary, on_page=False),
    Column("Anschrift", _address, width=24),
    Column("Kontakt", lambda row: None, cell=_contact, in_files=False, width=26),
    Column("Straße", lambda row: row.street, on_page=False),
    Column("Postleitzahl", lambda row: row.postcode, on_page=False),
    Column("Ort", lambda row: row.place, on_page=False),
    Column("Telefon", lambda row: row.phone, on_page=False),
    Column("Fax", lambda row: row.fax, on_page=False),
    Column("E-Mail", lambda row: row.email, on_page=False),
    Column("Internetseite", lambda row: row.website, on_page=False),
    Column(
        "Gelesen",
        lambda row: row.last_seen_at,
        cell=lambda row: (
            f"{date_text(day_of(row.last_seen_at))} "
            f"{link(row.source_url, 'Verzeichnis', row.name) or ''}"
        ),
        width=14,
    ),
    Column("Fundstelle", lambda row: row.source_url, on_page=False),
)


def organisation_columns(origins: Sequence[TextOrigin]) -> tuple[Column[Organisation], ...]:
    """The columns of the directory; `origins` tell where the values of the shown rows come from."""
    return (
        Column("Organisation", lambda row: row.name, cell=lambda row: _name(row, origins)),
        *_ORGANISATION_FACTS,
    )
