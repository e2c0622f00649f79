"""What the register knows of a council itself, and what may be done, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.council_words import is_english, kreis_text, members_period
from dashboard.data.council import Evidence, ServingProvider
from dashboard.escaping import host_of, link, plain
from dashboard.formats import date_text, number_text
from dashboard.wording import EVIDENCE_LABELS, EVIDENCE_MEANINGS, MODULE_LABELS, State


def where(council: Evidence) -> str:
    """The name of the body and where it is: Ausschuss …, Kreis Unna, Regierungsbezirk Arnsberg."""
    if council.ags.endswith("000"):
        kreis: str | None = "kreisfreie Stadt"
    else:
        kreis = kreis_text(council.kreis) if council.kreis else None
    district = f"Regierungsbezirk {council.regierungsbezirk}" if council.regierungsbezirk else None
    return ", ".join(part for part in (council.body_name, kreis, district) if part)


def members_text(council: Evidence) -> str:
    """How many members, as far as it is known, and for which time: 15, davon 10 gewählt."""
    if council.members_total is None and council.members_elected is None:
        return "nicht bekannt"
    if council.members_total is None:
        told = f"{number_text(council.members_elected or 0)} gewählt, insgesamt nicht bekannt"
    else:
        told = number_text(council.members_total)
        if council.members_elected is not None:
            told += f", davon {number_text(council.members_elected)} gewählt"
    period = members_period(council.members_as_of)
    return f"{told} ({period or 'ohne Datum'})"


def facts(council: Evidence) -> str:
    """All that the register knows, as a list."""
    counts = "nein, nur vermutet" if council.presumed else "ja"
    rows = [
        ("Gremium", plain(council.body_name, 200) or "Name nicht bekannt"),
        ("Frühere Form", plain(council.body_type, 80)),
        ("Zählt mit", counts),
        ("Beleg", _evidence(council)),
        ("Mitglieder", plain(members_text(council))),
        ("Einwohner", _population(council)),
        ("Internetseite", _site(council.website, "Zur Internetseite der Kommune")),
        ("Schlüssel", f"{plain(council.ags)} (amtlicher Gemeindeschlüssel)"),
    ]
    known = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    return f'<dl class="qa-facts">{known}</dl>{_note(council)}'


def _evidence(council: Evidence) -> str:
    """How well the council is known, what that means, and the way to the page that says so."""
    level = EVIDENCE_LABELS.get(council.evidence_level, "andere Angabe")
    meaning = EVIDENCE_MEANINGS.get(council.evidence_level)
    told = plain(level) + (f'<span class="qa-small">{plain(meaning)}</span>' if meaning else "")
    way = _site(council.source_url, "Zum Beleg")
    if not way:
        return told
    return f"{told}{way}" if meaning else f"{told}<br>{way}"


def _site(url: str | None, label: str) -> str:
    way = link(url, label)
    if way is None or url is None:
        return ""
    host = host_of(url)
    return way + (f' <span class="qa-soft">{plain(host, 120)}</span>' if host else "")


def _population(council: Evidence) -> str:
    if council.population is None:
        return ""
    as_of = f" (Stichtag {date_text(council.population_date)})" if council.population_date else ""
    return f"{number_text(council.population)}{as_of}"


def _note(council: Evidence) -> str:
    """The register's own words on the evidence, as they were written, in whatever language."""
    if not council.note:
        return ""
    language = ' lang="en"' if is_english(council.note) else ""
    words = " (englisch)" if language else ""
    return (
        f"<details><summary>Anmerkung im Original{words}</summary>"
        f'<p class="qa-small">So hat es vermerkt, wer den Beleg eingetragen hat:</p>'
        f'<p class="qa-soft"{language}>{plain(council.note)}</p></details>'
    )


MAIN_MODULES = ("basis", "aufbau")


def next_step(states: Mapping[str, State], providers: Sequence[ServingProvider]) -> str | None:
    """What may be done where one of the two modules has no offer; None where both have one."""
    lacking = [module for module in MAIN_MODULES if states.get(module, "unknown") != "offered"]
    if not lacking:
        return None
    step = _step({states.get(module, "unknown") for module in lacking}, providers)
    if len(lacking) == len(MAIN_MODULES):
        return step
    return f"Im {MODULE_LABELS[lacking[0]]} ist kein Angebot bekannt. {step}"


def _step(states: set[State], providers: Sequence[ServingProvider]) -> str:
    if "unknown" in states:
        return (
            "Die nicht gelesenen Quellen werden jede Nacht wieder besucht. Bis dahin kann es ein "
            "Angebot geben, das hier fehlt: Bitte auf der Internetseite der zuständigen "
            "Volkshochschule nachsehen oder dort nachfragen."
        )
    if "not_configured" not in states:
        return (
            "Wer eines wünscht, kann die zuständige Volkshochschule ansprechen oder ein Angebot "
            "in der Nähe wählen."
        )
    if not providers:
        return (
            "Im Register fehlt, welche Volkshochschule für diese Kommune zuständig ist. Sobald "
            "sie mit ihrer Internetseite eingetragen ist, wird sie jede Nacht gelesen."
        )
    if any(row.website is None for row in providers):
        return (
            "Im Register fehlt die Internetseite der zuständigen Volkshochschule. Sobald sie "
            "eingetragen ist, wird sie jede Nacht gelesen."
        )
    return (
        "Für die zuständige Volkshochschule ist keine Quelle eingerichtet, die gelesen wird. "
        "Bitte dort nachfragen."
    )
