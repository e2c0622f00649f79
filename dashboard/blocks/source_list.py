"""What could not be checked, and what people should look at, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.data import Issue, Source
from dashboard.escaping import host_of, link, plain, safe_url
from dashboard.formats import counted, date_text, day_of, moment_text
from dashboard.wording import SOURCE_KINDS, SOURCE_STATES, failure_sentence


def unchecked(sources: Iterable[Source]) -> list[Source]:
    """The sources whose last visit was not complete or whose last complete check is too old.

    Those that most councils depend on come first.
    """
    rows = [row for row in sources if row.state != "complete" or row.is_fresh is False]
    return sorted(
        rows, key=lambda row: (not row.is_statewide, -row.council_count, row.provider_name or "")
    )


def unchecked_sentence(failing: int, total: int) -> str:
    """How many sources are not safe."""
    if failing == 0:
        return f"Alle {counted(total, 'Quelle', 'Quellen')} wurden vollständig geprüft."
    verb = "konnte" if failing == 1 else "konnten"
    return (
        f"{failing} von {counted(total, 'Quelle', 'Quellen')} {verb} zuletzt nicht vollständig "
        "geprüft werden. Wo eine davon zuständig ist, heißt das Ergebnis „Nicht sicher“, "
        "solange kein Angebot bekannt ist."
    )


def source_list(sources: Sequence[Source]) -> str:
    """One entry per source: what went wrong, since when, and the last complete check."""
    return f'<ul class="qa-sources" role="list">{"".join(_entry(row) for row in sources)}</ul>'


def _concerns(source: Source) -> str:
    if source.is_statewide:
        return "Betrifft alle Gremien"
    if source.council_count:
        return f"Betrifft {counted(source.council_count, 'Gremium', 'Gremien')}"
    return "Betrifft kein Gremium unmittelbar"


def _entry(source: Source) -> str:
    url = safe_url(source.url)
    address = link(url, host_of(url)) if url else None
    moments = []
    if source.failing_since is not None:
        moments.append(f"Gestört seit {date_text(day_of(source.failing_since))}")
    moments.append(
        f"letzter Besuch {moment_text(source.last_crawl_at)}"
        if source.last_crawl_at
        else "noch nicht besucht"
    )
    moments.append(
        f"letzte vollständige Prüfung {moment_text(source.last_complete_at)}"
        if source.last_complete_at
        else "noch nie vollständig geprüft"
    )
    detail = (
        f"<details><summary>Einzelheiten für die Technik</summary>"
        f"<code>{plain(source.failure_class, 60)} {plain(source.detail, 400)}</code></details>"
        if source.detail
        else ""
    )
    name = plain(source.provider_name or source.source_id, 160)
    return (
        '<li class="qa-source">'
        f"<h3>{name}</h3>"
        f'<p class="qa-provider">{plain(SOURCE_KINDS.get(source.kind, source.kind))}'
        + (f" · {address}" if address else "")
        + f' · <span class="qa-badge">{plain(SOURCE_STATES.get(source.state, source.state))}</span>'
        "</p>"
        f"<p>{failure_sentence(source.state, source.failure_class)}</p>"
        f'<p class="qa-small">{_concerns(source)} · {" · ".join(moments)}</p>{detail}</li>'
    )


def issue_list(issues: Sequence[Issue]) -> str:
    """The other things to look at, newest first."""
    entries = "".join(
        f'<li class="qa-source"><p>{plain(row.message)}</p>'
        f'<p class="qa-small">Seit {date_text(day_of(row.opened_at))} · {plain(row.subject, 120)}'
        "</p></li>"
        for row in issues
    )
    return f'<ul class="qa-sources" role="list">{entries}</ul>'
