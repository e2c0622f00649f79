"""The diary of changes as HTML: a heading for each day or provider, an entry for each offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from dashboard import address
from dashboard.change_words import sentences
from dashboard.data.changes import Entry
from dashboard.escaping import inner_link, plain
from dashboard.formats import date_text
from dashboard.wording import MODULE_OF_OFFER

_WEEKDAYS = (
    *("Montag", "Dienstag", "Mittwoch", "Donnerstag"),
    *("Freitag", "Samstag", "Sonntag"),
)
NO_PROVIDER = "Anbieter nicht sicher zugeordnet"


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


def first_day_note(day_text: str, offers: str, href: str) -> str:
    """What was found on the first day of the observation, in one sentence."""
    return (
        f'<p class="qa-note">Am ersten Tag der Beobachtung, dem {plain(day_text)}, wurden '
        f"{plain(offers)} erfasst; neu waren sie damals nicht unbedingt. "
        f"{inner_link(href, 'Diese Angebote zeigen')}</p>"
    )
