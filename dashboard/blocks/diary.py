"""The diary of changes as HTML: a heading for each day or provider, an entry for each offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from dashboard import address
from dashboard.change_words import sentences
from dashboard.data.changes import Entry, FirstRead
from dashboard.escaping import inner_link, plain
from dashboard.formats import counted, date_text, listed, number_text
from dashboard.wording import FIRST_READ_MEANS, MODULE_OF_OFFER

_WEEKDAYS = (
    *("Montag", "Dienstag", "Mittwoch", "Donnerstag"),
    *("Freitag", "Samstag", "Sonntag"),
)
NO_PROVIDER = "Anbieter nicht sicher zugeordnet"
DAYS_TOLD = 3
PROVIDERS_TOLD = 2


def _day_words(entry: Entry) -> str:
    return f"{_WEEKDAYS[entry.day.weekday()]}, {date_text(entry.day)}"


def _provider_words(entry: Entry) -> str:
    return entry.provider_name or NO_PROVIDER


def diary(entries: Iterable[Entry], *, by_provider: bool) -> str:
    """The entries in their order under the day or the provider that they share."""
    over, beside = (_provider_words, _day_words) if by_provider else (_day_words, _provider_words)
    return "".join(
        f'<h2 class="qa-day">{plain(name, 160)}</h2><ul class="qa-diary" role="list">'
        f"{''.join(_entry(entry, beside) for entry in shared)}</ul>"
        for name, shared in groupby(entries, over)
    )


def _entry(entry: Entry, beside: Callable[[Entry], str]) -> str:
    facts = [beside(entry), MODULE_OF_OFFER.get(entry.module, "")]
    if entry.start_date is not None:
        facts.append(f"Beginn {date_text(entry.start_date)}")
    if entry.venue_place:
        facts.append(entry.venue_place)
    about = ", ".join(plain(fact, 120) for fact in facts if fact)
    title = plain(entry.title, 200)
    target = plain(address.offer_href(entry.offer_id), 2000)
    told = "".join(f"<p>{plain(text)}</p>" for text in sentences(entry.changes))
    return (
        f'<li><a class="qa-link" href="{target}" target="_self">{title}</a>'
        f'<span class="qa-small">{about}</span>{told}</li>'
    )


def first_reads_note(rows: Sequence[FirstRead], href: str) -> str:
    """What was only read for the first time: on which days, how much, of whom."""
    days = [(day, list(shared)) for day, shared in groupby(rows, lambda row: row.day)]
    told = [f"{_first_read(shared)} am {date_text(day)}" for day, shared in days[:DAYS_TOLD]]
    if len(days) > DAYS_TOLD:
        rest = sum(row.offers for _, shared in days[DAYS_TOLD:] for row in shared)
        told.append(f"{counted(rest, 'Angebot', 'Angebote')} davor")
    return (
        f'<p class="qa-note">{FIRST_READ_MEANS} So erfasst: {plain("; ".join(told), 2000)}. '
        f"{inner_link(href, 'Diese Angebote zeigen')}</p>"
    )


def _first_read(rows: Sequence[FirstRead]) -> str:
    offers = counted(sum(row.offers for row in rows), "Angebot", "Angebote")
    if len(rows) > PROVIDERS_TOLD:
        return f"{offers} von {number_text(len(rows))} Anbietern"
    return f"{offers} ({listed([row.provider_name or NO_PROVIDER for row in rows])})"
