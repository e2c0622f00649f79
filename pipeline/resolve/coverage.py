"""The four states of a council, a module and a day, and what readers are told about them.

`offered`: an offer counts for the council. `not_configured`: no readable source is assigned to it.
`unknown`: at least one assigned source, or the overview that concerns all councils, has no fresh
complete check. `none_found`: all of them have been checked completely, and nothing was found.
The rules are those of the design's first chapter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pipeline.resolve.failure_texts import failure_text

State = Literal["offered", "none_found", "unknown", "not_configured"]
_NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Offers:
    """Numbers of offers that count for a council and module.

    `free`: the page says that places are left; `open`: registration is possible and nothing says
    that no place is left; `full` includes those with a waiting list. `without_module` are offers of
    the series that count for the council and do not say which module they are. `vanished` are those
    that the last complete check has not found; none of them is open, free or full, and they were
    last seen between `vanished_from` and `vanished_to`. `cancelled` ones do not count and are named
    beside it.
    """

    count: int
    open: int
    free: int
    full: int
    waitlist: int
    without_module: int = 0
    vanished: int = 0
    vanished_from: date | None = None
    vanished_to: date | None = None
    cancelled: int = 0


@dataclass(frozen=True)
class AssignedSource:
    """A source that is assigned to the council, or the overview (`is_statewide`)."""

    provider_name: str
    is_statewide: bool
    is_fresh: bool
    state: str | None
    failure_class: str | None
    detail: str | None
    last_complete_day: date | None
    last_complete_at: datetime | None


@dataclass(frozen=True)
class ServingProvider:
    """A provider that serves the council, whether or not it can be read."""

    name: str
    has_website: bool
    is_switched_off: bool


@dataclass(frozen=True)
class Coverage:
    """The state, the sentence that explains it, and since when all sources are checked."""

    state: State
    reason: str
    checked_at: datetime | None


def decide(
    offers: Offers,
    sources: Sequence[AssignedSource],
    providers: Sequence[ServingProvider],
) -> Coverage:
    """The state of one council and module. `sources` are the assigned ones and the overview."""
    own = [source for source in sources if not source.is_statewide]
    checks = [source.last_complete_at for source in sources]
    known = [check for check in checks if check is not None]
    checked_at = min(known) if own and len(known) == len(checks) else None

    if offers.count:
        return Coverage("offered", _offered(offers), checked_at)
    hint = _without_module(offers.without_module) + _cancelled(offers.cancelled)
    if not own:
        return Coverage("not_configured", _not_configured(providers) + hint, None)
    stale = [source for source in sources if not source.is_fresh]
    if stale:
        return Coverage("unknown", _unknown(stale) + hint, checked_at)
    return Coverage("none_found", _none_found(sources) + hint, checked_at)


def _without_module(count: int) -> str:
    """Such offers may well be what is looked for, so nobody should read past them."""
    if not count:
        return ""
    return f" · Außerdem {_counted(count)} der Qualifizierungsreihe ohne Angabe des Moduls"


def _cancelled(count: int) -> str:
    """Whoever has seen such an offer elsewhere should know why it does not count."""
    if not count:
        return ""
    return " · 1 Angebot ist abgesagt" if count == 1 else f" · {count} Angebote sind abgesagt"


def _offered(offers: Offers) -> str:
    found = offers.count - offers.vanished
    if not offers.vanished:
        return _found(offers, found)
    if not found:
        return f"{_counted(offers.vanished)}, {_last_seen(offers)}"
    more = "1 weiteres Angebot" if offers.vanished == 1 else f"{offers.vanished} weitere Angebote"
    return f"{_found(offers, found)} · {more}, {_last_seen(offers)}"


def _counted(count: int) -> str:
    return "1 Angebot" if count == 1 else f"{count} Angebote"


def _last_seen(offers: Offers) -> str:
    """Nobody knows whether such an offer still stands, so its places are not spoken of."""
    first, last = offers.vanished_from, offers.vanished_to
    if first is None or last is None:
        return "zuletzt nicht mehr gefunden"
    if first == last:
        return f"zuletzt gesehen am {last:%d.%m.%Y}"
    return f"zuletzt gesehen zwischen dem {first:%d.%m.%Y} und dem {last:%d.%m.%Y}"


def _found(offers: Offers, count: int) -> str:
    number = _counted(count)
    if offers.free:
        if offers.free == count:
            return f"{number}, Plätze frei"
        return f"{number}, davon {offers.free} mit freien Plätzen"
    if offers.full == count:
        waiting = ", eine Warteliste wird geführt" if offers.waitlist else ""
        if count == 1:
            return f"Das Angebot ist ausgebucht{waiting}"
        return f"Alle {count} Angebote sind ausgebucht{waiting}"
    full = f", davon {offers.full} ausgebucht" if offers.full else ""
    if offers.open:
        return f"{number}{full}; ob Plätze frei sind, ist nicht angegeben"
    return f"{number}{full}, Anmeldung geschlossen"


def _not_configured(providers: Sequence[ServingProvider]) -> str:
    if not providers:
        return "Für diese Kommune ist keine Volkshochschule hinterlegt"
    if off := [provider.name for provider in providers if provider.is_switched_off]:
        return f"Die Quelle ist abgeschaltet: {_listed(off)}"
    without = [provider.name for provider in providers if not provider.has_website]
    if without:
        return f"Keine Internetseite hinterlegt: {_listed(without)}"
    names = [provider.name for provider in providers]
    return f"Keine Quelle eingerichtet: {_listed(names)}"


def _unknown(stale: Sequence[AssignedSource]) -> str:
    told = list(dict.fromkeys(_stale(source) for source in stale))
    rest = len(told) - _NAMED_AT_MOST
    if rest > 0:
        more = "1 weitere Quelle" if rest == 1 else f"{rest} weitere Quellen"
        told = [*told[:_NAMED_AT_MOST], f"und {more}"]
    return " · ".join(told)


def _label(source: AssignedSource) -> str:
    if source.is_statewide:
        return f"Landesweite Übersicht ({source.provider_name})"
    return source.provider_name


def _stale(source: AssignedSource) -> str:
    why = (
        "Die letzte vollständige Prüfung ist älter als drei Tage"
        if source.state == "complete"
        else failure_text(source.failure_class, source.detail, source.state)
    )
    if source.last_complete_day is not None:
        why += f". Letzte vollständige Prüfung: {source.last_complete_day:%d.%m.%Y}"
    elif source.state is not None:
        why += ". Bisher noch nie vollständig geprüft"
    return f"{_label(source)}: {why}"


def _none_found(sources: Sequence[AssignedSource]) -> str:
    names = _listed([_label(source) for source in sources])
    days = [source.last_complete_day for source in sources if source.last_complete_day]
    when = f" (Stand {min(days):%d.%m.%Y})" if days else ""
    return f"Vollständig geprüft, kein Angebot gefunden: {names}{when}"


def _listed(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    rest = len(shown) - _NAMED_AT_MOST
    if rest > 0:
        shown = [*shown[:_NAMED_AT_MOST], f"{rest} weitere"]
    return ", ".join(shown[:-1]) + (" und " if len(shown) > 1 else "") + shown[-1]
