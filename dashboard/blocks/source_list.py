"""What could not be checked, and what people should look at, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dashboard.data.sources import Issue, Source
from dashboard.escaping import host_of, link, plain
from dashboard.formats import counted, date_text, day_of, moment_text
from dashboard.wording import ISSUE_SENTENCES, SOURCE_KINDS, STATE_WORDS, failure_sentence


def unchecked(sources: Iterable[Source]) -> list[Source]:
    """The sources whose last visit was not complete or whose last complete check is too old.

    Those that most councils depend on come first.
    """
    rows = [row for row in sources if row.state != "complete" or row.is_fresh is False]
    return sorted(
        rows, key=lambda row: (not row.is_statewide, -row.council_count, row.provider_name or "")
    )


def unchecked_sentence(failing: int, total: int) -> str:
    """How many sources are not safe, and what that means."""
    if failing == 0:
        return f"Alle {counted(total, 'Quelle', 'Quellen')} wurden vollständig geprüft."
    verb, one = ("konnte", "sie") if failing == 1 else ("konnten", "eine davon")
    return (
        f"{failing} von {counted(total, 'Quelle', 'Quellen')} {verb} beim letzten Besuch nicht "
        f"vollständig geprüft werden. Ist {one} für ein Gremium zuständig und sonst kein Angebot "
        f"bekannt, lautet das Ergebnis „{STATE_WORDS['unknown'].label}“."
    )


def source_list(sources: Sequence[Source]) -> str:
    """The sources under the sentence that says what went wrong; the order stays."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        sentence = failure_sentence(source.state, source.failure_class)
        groups.setdefault(sentence, []).append(source)
    cards = "".join(_group(sentence, rows) for sentence, rows in groups.items())
    return f'<ul class="qa-sources" role="list">{cards}</ul>'


def _group(sentence: str, sources: Sequence[Source]) -> str:
    entries = "".join(_entry(source) for source in sources)
    details = "".join(
        f"<p><code>{plain(source.source_id, 80)}: {plain(source.failure_class, 60)} "
        f"{plain(source.detail, 400)}</code></p>"
        for source in sources
        if source.detail
    )
    return (
        f'<li class="qa-source"><h3>{sentence}</h3><ul class="qa-affected" role="list">{entries}'
        f"</ul>{_technical(details)}</li>"
    )


def _technical(details: str) -> str:
    if not details:
        return ""
    return f"<details><summary>Einzelheiten für die Technik</summary>{details}</details>"


def _entry(source: Source) -> str:
    name = source.provider_name or host_of(source.url or "") or source.source_id
    kind = SOURCE_KINDS.get(source.kind)
    site = link(source.url, "Zur Internetseite", f"von {name}")
    return (
        f"<li><strong>{plain(name, 160)}</strong>"
        + (f" ({kind})" if kind else "")
        + f'<br><span class="qa-soft">{_concerns(source)} {_visits(source)}</span>'
        + (f"<br>{site}" if site else "")
        + "</li>"
    )


def _concerns(source: Source) -> str:
    if source.is_statewide:
        return "Betrifft alle Gremien."
    if source.council_count:
        return f"Betrifft {counted(source.council_count, 'Gremium', 'Gremien')}."
    return "Betrifft kein Gremium unmittelbar."


def _visits(source: Source) -> str:
    if source.last_crawl_at is None:
        return "Noch nie besucht."
    told = []
    if source.failing_since is not None:
        told.append(f"Gestört seit dem {date_text(day_of(source.failing_since))}.")
    told.append(f"Letzter Besuch: {moment_text(source.last_crawl_at)}.")
    told.append(
        f"Zuletzt vollständig geprüft am {date_text(day_of(source.last_complete_at))}."
        if source.last_complete_at
        else "Noch nie vollständig geprüft."
    )
    return " ".join(told)


def issue_list(issues: Sequence[Issue], offer_titles: Mapping[str, str]) -> str:
    """The other things to look at, newest first; `offer_titles` names offers by their id."""
    return (
        f'<ul class="qa-sources" role="list">'
        f"{''.join(_issue(row, offer_titles.get(row.subject)) for row in issues)}</ul>"
    )


def _issue(issue: Issue, title: str | None) -> str:
    sentence = ISSUE_SENTENCES.get(issue.kind)
    technical = plain(issue.subject, 120) + (f": {plain(issue.message)}" if sentence else "")
    return (
        '<li class="qa-source">'
        + (f"<h3>{plain(title, 200)}</h3>" if title and sentence else "")
        + f"<p>{sentence or plain(issue.message)}</p>"
        f'<p class="qa-small">Seit dem {date_text(day_of(issue.opened_at))}.</p>'
        f"{_technical(f'<p><code>{technical}</code></p>')}</li>"
    )
