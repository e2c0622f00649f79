"""The parts of the page Überblick as HTML: modules side by side, districts, seats, news, tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard import address
from dashboard.columns import Column
from dashboard.council_states import CouncilState
from dashboard.data.offer_line import ChangedOffer
from dashboard.data.overview import Attention, Members, Seats
from dashboard.escaping import inner_link, plain
from dashboard.formats import counted, date_text, listed, number_text
from dashboard.wording import (
    CHANGE_WORDS,
    FIELD_LABELS,
    MODULE_LABELS,
    STATE_WORDS,
    STATUS_LABELS,
    WITHOUT_OFFER,
    State,
)


def modules_sentence(basis: Iterable[CouncilState], aufbau: Iterable[CouncilState]) -> str:
    """How many councils have each of the two modules, and how many have both, as HTML."""
    first, second = (
        {row.council.ags for row in rows if row.state == "offered" and not row.council.presumed}
        for rows in (basis, aufbau)
    )
    parts = (
        ("Basismodul", len(first), "basis"),
        ("Aufbaumodul", len(second), "aufbau"),
    )
    apart = "".join(
        f"<div><dt>{inner_link(address.here((address.MODULE, key)), label)}</dt>"
        f"<dd>{number_text(count)}</dd></div>"
        for label, count, key in parts
    )
    both = f"<div><dt>beide Module</dt><dd>{number_text(len(first & second))}</dd></div>"
    one = number_text(len(first | second))
    either = f"<div><dt>mindestens eines von beiden</dt><dd>{one}</dd></div>"
    return f'<dl class="qa-pairs" aria-label="Gremien mit Angebot">{apart}{both}{either}</dl>'


WITHOUT_MODULES = ("basis", "aufbau")


@dataclass(frozen=True, slots=True)
class District:
    """The evidenced councils of one Regierungsbezirk by state, and how many of them have no offer
    of a module."""

    name: str
    counts: Mapping[State, int]
    without: Mapping[str, int]


def districts(states: Iterable[CouncilState]) -> list[District]:
    """By name; councils without a district are left out."""
    counts: dict[str, Counter[State]] = defaultdict(Counter)
    without: dict[str, Counter[str]] = defaultdict(Counter)
    for row in states:
        name = row.council.regierungsbezirk
        if name and not row.council.presumed:
            counts[name][row.state] += 1
            without[name].update(
                module for module in WITHOUT_MODULES if row.state_of(module) != "offered"
            )
    return [District(name, counts[name], without[name]) for name in sorted(counts)]


def _district_cell(row: District) -> str:
    return inner_link(address.href("gremien", (address.DISTRICT, row.name)), row.name)


def _count_cell(state: State) -> Column[District]:
    def cell(row: District) -> str:
        count = row.counts.get(state, 0)
        if not count:
            return "0"
        target = address.href("gremien", (address.DISTRICT, row.name), (address.STATES, (state,)))
        about = f"{STATE_WORDS[state].label} im Regierungsbezirk {row.name}"
        return inner_link(target, number_text(count), about)

    return Column(STATE_WORDS[state].label, lambda row: row.counts.get(state, 0), cell=cell)


def _without_cell(module: str) -> Column[District]:
    """How many councils lack the module, and the way to exactly these."""
    label = f"ohne {MODULE_LABELS[module]}"

    def cell(row: District) -> str:
        count = row.without.get(module, 0)
        if not count:
            return "0"
        target = address.href(
            "gremien",
            (address.MODULE, module),
            (address.DISTRICT, row.name),
            (address.STATES, WITHOUT_OFFER),
        )
        return inner_link(target, number_text(count), f"{label} im Regierungsbezirk {row.name}")

    return Column(label, lambda row: row.without.get(module, 0), cell=cell)


DISTRICT_COLUMNS: tuple[Column[District], ...] = (
    Column("Regierungsbezirk", lambda row: row.name, cell=_district_cell, width=19),
    _count_cell("offered"),
    _count_cell("none_found"),
    _count_cell("unknown"),
    _count_cell("not_configured"),
    *(_without_cell(module) for module in WITHOUT_MODULES),
)


def seats_sentences(seats: Seats, members: Members) -> str:
    """Places against members, each only as far as it is known, with what is missing."""
    if seats.offers == 0:
        places = "Zurzeit ist kein Angebot bekannt, das zählt; also auch kein Platz."
    elif seats.with_total == 0:
        places = f"Keines der {counted(seats.offers, 'Angebot', 'Angebote')} nennt eine Platzzahl."
    else:
        places = (
            f"{counted(seats.places_total, 'Platz', 'Plätze')} in "
            f"{counted(seats.with_total, 'Angebot', 'Angeboten')}"
        )
        missing = seats.offers - seats.with_total
        verb = "nennt" if missing == 1 else "nennen"
        more = counted(missing, "weiteres", "weitere")
        places += f"; {more} {verb} keine Zahl." if missing else "."
    if seats.with_free:
        verb = "nennt" if seats.with_free == 1 else "nennen"
        places += (
            f" Freie Plätze {verb} {counted(seats.with_free, 'Angebot', 'Angebote')}, zusammen "
            f"{number_text(seats.places_free)}."
        )
    if members.with_members == 0:
        people = "Wie viele Mitglieder die Gremien haben, ist noch für keines bekannt."
    else:
        people = (
            f"Dem stehen {counted(members.members, 'Mitglied', 'Mitglieder')} in "
            f"{counted(members.with_members, 'Gremium', 'Gremien')} gegenüber; für "
            f"{number_text(members.councils - members.with_members)} weitere ist die Zahl nicht "
            "bekannt."
        )
    return f"{places} {people}"


def news_sentence(counts: Mapping[str, int], since: str) -> str:
    """How many offers appeared, changed … since a day, in words."""
    told = [
        f"{number_text(counts[kind])} {words}"
        for kind, words in CHANGE_WORDS.items()
        if counts.get(kind)
    ]
    if not told:
        return f"Seit {since} hat sich an den Angeboten nichts geändert."
    return f"Angebote seit {since}: {listed(told)}."


def news_list(rows: Sequence[ChangedOffer]) -> str:
    """The offers that changed last, as HTML."""
    return f'<ul class="qa-news" role="list">{"".join(_news(row) for row in rows)}</ul>'


def _news(row: ChangedOffer) -> str:
    what = [words for kind, words in CHANGE_WORDS.items() if kind in row.kinds]
    labels = FIELD_LABELS
    if row.status in STATUS_LABELS:
        labels = labels | {"status": f"{labels['status']} ({STATUS_LABELS[row.status]})"}
    fields = [label for name, label in labels.items() if name in row.fields and name != "lifecycle"]
    shown = f"{listed(what)}" + (f": {listed(fields)}" if fields else "")
    start = f"ab {date_text(row.start_date)}" if row.start_date is not None else "ohne Termin"
    about = ", ".join(filter(None, (row.provider_name, start)))
    provider = f", {plain(row.provider_name, 120)}" if row.provider_name else ""
    return (
        f"<li>{inner_link(address.offer_href(row.offer_id), row.title, about)}"
        f'<span class="qa-small">{date_text(row.day)}{provider}: {plain(shown)}</span></li>'
    )


def tasks(attention: Attention, unknown: int) -> list[str]:
    """What needs attention, the gravest first, each a sentence of HTML with a way on."""
    found = []
    if attention.unread_statewide:
        found.append(
            "Die <strong>landesweite Übersicht</strong> ist nicht frisch gelesen. Solange heißt "
            f"kein Gremium „{STATE_WORDS['none_found'].label}“. "
            + inner_link(address.href("datenlage"), "Zur Übersicht in der Datenlage")
        )
    if attention.unread_sources:
        verb = "konnte" if attention.unread_sources == 1 else "konnten"
        found.append(
            f"{number_text(attention.unread_sources)} von "
            f"{counted(attention.sources, 'Quelle', 'Quellen')} {verb} nicht vollständig gelesen "
            "werden oder sind nicht mehr frisch. "
            + inner_link(address.href("datenlage"), "Zur Datenlage")
        )
    if unknown:
        target = address.href("gremien", (address.STATES, ("unknown",)))
        verb = "ist" if unknown == 1 else "sind"
        found.append(
            f"{counted(unknown, 'Gremium', 'Gremien')} {verb} deshalb "
            f"„{STATE_WORDS['unknown'].label}“. {inner_link(target, 'Welche Gremien das sind')}"
        )
    if attention.vanished_offers:
        verb = "war" if attention.vanished_offers == 1 else "waren"
        found.append(
            f"{counted(attention.vanished_offers, 'Angebot', 'Angebote')} {verb} bei der letzten "
            "vollständigen Prüfung nicht mehr zu finden. "
            + inner_link(address.href("aenderungen"), "Zum Tagebuch der Änderungen")
        )
    if attention.issues:
        found.append(
            f"{counted(attention.issues, 'Hinweis wartet', 'Hinweise warten')} auf eine "
            "Entscheidung. "
            + inner_link(
                address.href("datenlage", (address.DATA_PART, "hinweise")), "Zu den Hinweisen"
            )
        )
    return found


def task_list(sentences: Sequence[str]) -> str:
    """The tasks as a list."""
    return (
        f'<ul class="qa-tasks" role="list">'
        f"{''.join(f'<li>{sentence}</li>' for sentence in sentences)}</ul>"
    )
