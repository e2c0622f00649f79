"""The tables of one council's page: result per module, offers, neighbours, sources, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboard import address
from dashboard.blocks import offer_lines
from dashboard.blocks.council_table import state_words
from dashboard.blocks.source_table import OUTCOMES, sign
from dashboard.columns import Column
from dashboard.council_states import overall_state
from dashboard.council_words import OFFER_REASONS, SERVICE_REASONS
from dashboard.data.council import AssignedSource, CouncilOffer, NearOffer, ServingProvider
from dashboard.data.council_history import StateSpan
from dashboard.data.councils import Coverage
from dashboard.escaping import host_of, inner_link, link, plain
from dashboard.failure_words import failure_words
from dashboard.formats import date_text, day_of, decimal_text, moment_text
from dashboard.reasons import sentences
from dashboard.wording import (
    MODULE_LABELS,
    SOURCE_KINDS,
    STATE_WORDS,
    State,
)


@dataclass(frozen=True, slots=True)
class ModuleResult:
    """The state of a council for one module and why, in sentences."""

    module: str
    state: State
    reason: str | None
    offer_count: int
    next_start: date | None
    checked_at: datetime | None

    @classmethod
    def of(cls, row: Coverage) -> ModuleResult:
        """The same from a row of the warehouse."""
        reason = sentences(row.reason) if row.reason else None
        state = overall_state([row.state])
        return cls(row.module, state, reason, row.offer_count, row.next_start, row.checked_at)


def module_columns(is_past: bool) -> tuple[Column[ModuleResult], ...]:
    """The columns of the result; of past days neither reason nor check is kept."""
    first: tuple[Column[ModuleResult], ...] = (
        Column("Modul", lambda row: MODULE_LABELS.get(row.module, row.module), width=13),
        Column(
            "Ergebnis",
            lambda row: STATE_WORDS[row.state].label,
            lambda row: state_words(row.state),
            width=18,
        ),
    )
    numbers: tuple[Column[ModuleResult], ...] = (
        Column("Angebote", lambda row: row.offer_count, width=10),
        Column("Nächster Termin", lambda row: row.next_start, width=12),
    )
    if is_past:
        return first + numbers
    return (
        *first,
        Column("Warum", lambda row: row.reason, wide=True),
        *numbers,
        Column("Vollständig geprüft", lambda row: row.checked_at, _checked, width=12),
    )


def _checked(row: ModuleResult) -> str:
    return date_text(day_of(row.checked_at)) if row.checked_at is not None else ""


OFFER_COLUMNS: tuple[Column[CouncilOffer], ...] = (
    offer_lines.TITLE,
    *offer_lines.FACTS,
    Column("Zugerechnet, weil", lambda row: OFFER_REASONS.get(row.reason), on_page=False),
    Column("Internetseite", lambda row: row.detail_url, on_page=False),
)


def why_not_counted(row: CouncilOffer) -> str:
    """Why an offer does not count, in a word or two."""
    if row.lifecycle == "past" or row.status == "finished":
        return "abgesagt, vorbei" if row.status == "cancelled" else "vorbei"
    if row.status == "cancelled":
        return "abgesagt"
    return "vom Anbieter entfernt"


NOT_COUNTED_COLUMNS: tuple[Column[CouncilOffer], ...] = (
    offer_lines.TITLE,
    Column("Zählt nicht, weil", why_not_counted, width=16),
    *offer_lines.WHAT_AND_WHERE,
)


def _km(row: NearOffer) -> str:
    return "online" if row.km is None else decimal_text(row.km)


NEAR_COLUMNS: tuple[Column[NearOffer], ...] = (
    offer_lines.TITLE,
    Column("Entfernung in km", lambda row: row.km, _km, width=11),
    *offer_lines.FACTS,
)


def _provider_cell(row: ServingProvider) -> str:
    unread = '<span class="qa-small">wird noch nicht gelesen</span>' if not row.is_read else ""
    return f"{plain(row.name, 160)}{unread}"


def _site(url: str | None, label: str, about: str) -> str:
    way = link(url, label, about)
    if way is None:
        return ""
    host = host_of(url or "")
    return way + (f'<span class="qa-small">{plain(host, 120)}</span>' if host else "")


PROVIDER_COLUMNS: tuple[Column[ServingProvider], ...] = (
    Column("Anbieter", lambda row: row.name, _provider_cell, width=26),
    Column("Warum zuständig", lambda row: SERVICE_REASONS.get(row.reason, row.reason)),
    Column(
        "Internetseite",
        lambda row: row.website,
        lambda row: (
            _site(row.website, "Zur Internetseite", f"von {row.name}") or "nicht hinterlegt"
        ),
        width=22,
    ),
    Column(
        "Beleg",
        lambda row: row.source_url,
        lambda row: _site(row.source_url, "Zum Beleg", f"für {row.name}"),
        width=22,
    ),
)


def source_name(row: AssignedSource) -> str:
    """How readers know a source: who runs it and what it is."""
    kind = SOURCE_KINDS.get(row.kind)
    return f"{row.provider_name or row.source_id}" + (f" ({kind})" if kind else "")


def _source_cell(row: AssignedSource) -> str:
    site = _site(row.url, "Zur Seite", f"von {source_name(row)}")
    return plain(source_name(row), 200) + (f'<span class="qa-small">{site}</span>' if site else "")


def is_safe(row: AssignedSource) -> bool:
    """True if what the source says still holds."""
    return row.state == "complete" and row.is_fresh


def visit_sentence(row: AssignedSource) -> str:
    """How the last visit ended and what is wrong, in words."""
    words = failure_words(row.state, row.failure_class)
    if row.state is None:
        return words.meaning
    word, _ = OUTCOMES.get(row.state, (words.label, ""))
    if is_safe(row):
        return f"{word}."
    kept = " Es gilt noch die vollständige Prüfung davor." if row.is_fresh else ""
    return f"{word}: {words.meaning}{kept}"


def _visit_cell(row: AssignedSource) -> str:
    told = plain(visit_sentence(row))
    if row.state not in OUTCOMES:
        return told
    return f"{sign(row.state)} {told}"


def advice(row: AssignedSource) -> str | None:
    """What may be done about a source that was not read completely."""
    return None if is_safe(row) else failure_words(row.state, row.failure_class).advice


def _advice_cell(row: AssignedSource) -> str:
    told = advice(row)
    if told is None:
        return ""
    about = f"bei {source_name(row)}"
    return f"{plain(told)} {inner_link(address.source_href(row.source_id), 'Alle Besuche', about)}"


SOURCE_COLUMNS: tuple[Column[AssignedSource], ...] = (
    Column("Quelle", source_name, _source_cell, width=19),
    Column("Zugeordnet, weil", lambda row: row.reason, width=15),
    Column("Ausgang des letzten Besuchs", visit_sentence, _visit_cell),
    Column("Was zu tun ist", advice, _advice_cell),
    Column(
        "Letzter Besuch",
        lambda row: row.last_visit_at,
        lambda row: moment_text(row.last_visit_at) if row.last_visit_at else "",
        width=12,
    ),
    Column(
        "Letzte vollständige Prüfung",
        lambda row: row.last_complete_at,
        lambda row: moment_text(row.last_complete_at) if row.last_complete_at else "noch nie",
        width=12,
    ),
    Column("Internetseite", lambda row: row.url, on_page=False),
)


def _span_state(row: StateSpan) -> str:
    state = overall_state([row.state])
    return state_words(state)


SPAN_COLUMNS: tuple[Column[StateSpan], ...] = (
    Column("Modul", lambda row: MODULE_LABELS.get(row.module, row.module), width=22),
    Column(
        "Ergebnis", lambda row: STATE_WORDS[overall_state([row.state])].label, _span_state, width=38
    ),
    Column("von", lambda row: row.first_day),
    Column("bis", lambda row: row.last_day),
)


def newest_spans(spans: Sequence[StateSpan], each: int) -> list[StateSpan]:
    """The newest spans of each module, in the given order."""
    shown: dict[str, int] = {}
    kept = []
    for span in spans:
        shown[span.module] = shown.get(span.module, 0) + 1
        if shown[span.module] <= each:
            kept.append(span)
    return kept
