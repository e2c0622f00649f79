"""The sources as HTML: the strip of their last visits, outcome and advice, what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from dashboard import address
from dashboard.columns import Column
from dashboard.data.sources import Issue, Source, Visit
from dashboard.escaping import host_of, inner_link, plain, safe_url
from dashboard.failure_words import failure_words
from dashboard.formats import counted, date_text, day_of, listed, number_text
from dashboard.reasons import sentences
from dashboard.wording import ISSUE_SENTENCES, SOURCE_KINDS

# outcome of a visit -> (word, sign); the sign is seen without any colour
OUTCOMES: dict[str, tuple[str, str]] = {
    "complete": ("vollständig", "✓"),
    "partial": ("teilweise", "◐"),
    "failed": ("fehlgeschlagen", "✕"),
    "blocked": ("verwehrt", "⊘"),
}
# Hints that concern a source, and those that concern an offer.
_ABOUT_SOURCES = ("source_failing", "source_unvisited", "platform_changed")
_ABOUT_OFFERS = ("provider_unresolved", "duplicate_candidate")


def source_name(source: Source) -> str:
    """The provider of the source or, where nobody is known, its site."""
    return source.provider_name or host_of(source.url or "") or source.source_id


def outcome(state: str | None) -> str:
    """How a visit ended as sign and word, as HTML."""
    if state not in OUTCOMES:
        return "noch nie besucht"
    word, _ = OUTCOMES[state]
    return f"{sign(state)} {word}"


def sign(state: str) -> str:
    """The sign of an outcome alone, for eyes only: its word must stand beside it."""
    _, drawn = OUTCOMES[state]
    return f'<span class="qa-visit qa-visit-{state}" aria-hidden="true">{drawn}</span>'


def legend() -> str:
    """What the signs of the strips mean."""
    words = "".join(f"<li>{sign(state)} {word}</li>" for state, (word, _) in OUTCOMES.items())
    return f'<ul class="qa-visits-legend" role="list">{words}</ul>'


def strip_sentence(visits: Sequence[Visit]) -> str:
    """The visits of a strip in words."""
    if not visits:
        return "Kein Besuch."
    counts = Counter(visit.state for visit in visits)
    told = [f"{counts[state]} {word}" for state, (word, _) in OUTCOMES.items() if counts[state]]
    last = visits[-1]
    return (
        f"Letzte {counted(len(visits), 'Besuch', 'Besuche')}: {listed(told)}. Zuletzt am "
        f"{date_text(last.day)} {OUTCOMES[last.state][0]}."
    )


def strip(visits: Sequence[Visit]) -> str:
    """The last visits as signs, the oldest first, with their sentence for who cannot see them."""
    if not visits:
        return "noch kein Besuch"
    signs = "".join(_dated(visit) for visit in visits)
    return f'<span class="qa-strip" role="img" aria-label="{strip_sentence(visits)}">{signs}</span>'


def _dated(visit: Visit) -> str:
    word, drawn = OUTCOMES[visit.state]
    return (
        f'<span class="qa-visit qa-visit-{visit.state}" title="{date_text(visit.day)}: {word}" '
        f'aria-hidden="true">{drawn}</span>'
    )


def sentence(source: Source) -> str:
    """Why the source is not safe; nothing where it is."""
    return "" if source.is_safe else failure_words(source.state, source.failure_class).meaning


def advice(source: Source) -> str:
    """What to do about it; nothing where all is well."""
    return "" if source.is_safe else failure_words(source.state, source.failure_class).advice


def concerns(source: Source) -> str:
    """How many councils depend on the source."""
    if source.is_statewide:
        return "alle Gremien"
    if source.council_count:
        return counted(source.council_count, "Gremium", "Gremien")
    return "kein Gremium unmittelbar"


def hits(source: Source | Visit) -> str:
    """The hits that the site states beside those that were read."""
    if source.stated_count is None:
        return ""
    read = number_text(source.parsed_count) if source.parsed_count is not None else "?"
    text = f"{read} von {number_text(source.stated_count)}"
    if source.parsed_count == source.stated_count:
        return text
    return f'<strong class="qa-warn">{text}</strong>'


def _name_cell(source: Source) -> str:
    kind = SOURCE_KINDS.get(source.kind, "")
    # One provider may have several single pages.
    path = urlsplit(safe_url(source.url) or "").path.strip("/") if source.kind == "page" else ""
    which = f"{kind} {path}" if path else kind
    return (
        inner_link(address.source_href(source.source_id), source_name(source), f"({kind})")
        + f'<span class="qa-small">{plain(which, 80)}, betrifft {concerns(source)}</span>'
    )


def _outcome_cell(source: Source) -> str:
    told = outcome(source.state)
    if source.is_safe:
        return told
    return (
        f"{told}<br>{plain(sentence(source))}"
        f'<span class="qa-small"><strong>Was tun?</strong> {plain(advice(source))}</span>'
    )


def source_columns(strips: Mapping[str, Sequence[Visit]]) -> tuple[Column[Source], ...]:
    """The table of sources; `strips` holds the visits of those that are on the page."""
    return (
        Column("Quelle", source_name, cell=_name_cell, sort="name", width=25),
        Column("Art", lambda row: SOURCE_KINDS.get(row.kind), on_page=False),
        Column("Adresse", lambda row: row.url, on_page=False),
        Column(
            "Letzte Besuche",
            lambda row: strip_sentence(strips.get(row.source_id, ())),
            cell=lambda row: strip(strips.get(row.source_id, ())),
            in_files=False,
            width=20,
        ),
        Column(
            "Letztes Ergebnis",
            lambda row: OUTCOMES[row.state][0] if row.state in OUTCOMES else "noch nie besucht",
            cell=_outcome_cell,
            sort="dringlich",
        ),
        Column("Grund", sentence, on_page=False),
        Column("Was tun?", advice, on_page=False),
        Column("Letzter Besuch", lambda row: row.last_crawl_at, on_page=False),
        Column(
            "Zuletzt vollständig",
            lambda row: row.last_complete_at,
            cell=lambda row: (
                date_text(day_of(row.last_complete_at)) if row.last_complete_at else "nie"
            ),
            sort="vollstaendig",
            width=13,
        ),
        Column(
            "Treffer gelesen",
            lambda row: row.parsed_count,
            cell=hits,
            width=12,
        ),
        Column("Treffer laut Seite", lambda row: row.stated_count, on_page=False),
        Column("Einträge", lambda row: row.records, on_page=False),
        Column("Betrifft Gremien", lambda row: row.council_count, on_page=False),
        Column("Betrifft alle", lambda row: row.is_statewide, on_page=False),
        Column("Einzelheiten für die Technik", lambda row: row.detail, on_page=False),
    )


def technical(details: str) -> str:
    """Folded words for who looks after the program; `details` is HTML."""
    if not details:
        return ""
    return f"<details><summary>Einzelheiten für die Technik</summary>{details}</details>"


def issue_words(issue: Issue) -> str:
    """What is the matter, without ids and names of tables."""
    return ISSUE_SENTENCES.get(issue.kind) or sentences(issue.message)


def issue_list(issues: Iterable[Issue], names: Mapping[str, str]) -> str:
    """What people should look at; `names` gives the names of sources by their ids."""
    return (
        '<ul class="qa-sources" role="list">'
        f"{''.join(_issue(issue, names) for issue in issues)}</ul>"
    )


def _issue(issue: Issue, names: Mapping[str, str]) -> str:
    own_words = issue.kind in ISSUE_SENTENCES
    details = plain(issue.subject, 120) + (f": {plain(issue.message)}" if own_words else "")
    return (
        f'<li class="qa-source">{_about(issue, names)}<p>{plain(issue_words(issue))}</p>'
        f'<p class="qa-small">Seit dem {date_text(day_of(issue.opened_at))}.</p>'
        f"{technical(f'<p><code>{details}</code></p>')}</li>"
    )


def _about(issue: Issue, names: Mapping[str, str]) -> str:
    """A heading that leads to the source or the offer that is meant."""
    if issue.kind in _ABOUT_SOURCES and issue.subject in names:
        way = inner_link(address.source_href(issue.subject), names[issue.subject])
        return f'<h2 class="qa-title">{way}</h2>'
    if issue.kind in _ABOUT_OFFERS and issue.offer_title:
        title = issue.offer_title
        shown = title if len(title) <= 160 else f"{title[:159]}…"
        way = inner_link(address.offer_href(issue.subject), shown)
        return f'<h2 class="qa-title">{way}</h2>'
    return ""
