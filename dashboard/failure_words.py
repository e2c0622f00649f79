"""What it means that a source could not be read completely, and what to do: one entry a class.

The meaning of each class stands in `wording.FAILURE_SENTENCES`; here are its short name and the
advice. A test holds that every failure class of the crawl has all three.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.wording import FAILURE_SENTENCES, failure_sentence

_OPEN = "Die Adresse im Browser öffnen."
_TELL = "Bleibt es länger als zwei Tage so, der Betreuung dieses Programms Bescheid geben."
_WAIT = "Zunächst abwarten: Der nächste nächtliche Besuch versucht es noch einmal."
_ADAPT = (
    "Der Betreuung dieses Programms Bescheid geben; bis dahin von Hand auf der Seite nachsehen."
)


@dataclass(frozen=True, slots=True)
class FailureWords:
    """`label` names the failure in a list, `meaning` explains it, `advice` says what to do."""

    label: str
    meaning: str
    advice: str


# failure class -> (label, advice)
_WORDS: dict[str, tuple[str, str]] = {
    "dns": (
        "Adresse nicht gefunden",
        f"{_OPEN} Gibt es sie nicht mehr, die neue Adresse in das Register eintragen lassen.",
    ),
    "refused": ("Keine Verbindung", f"{_WAIT} {_TELL}"),
    "timeout": ("Keine Antwort", f"{_WAIT} {_TELL}"),
    "tls": (
        "Verschlüsselung gestört",
        "Den Betreiber der Seite darauf hinweisen: Meist ist sein Zertifikat abgelaufen.",
    ),
    "http_4xx": (
        "Seite fehlt oder ist gesperrt",
        f"{_OPEN} Ist die Seite umgezogen, die neue Adresse in das Register eintragen lassen.",
    ),
    "http_5xx": (
        "Störung beim Betreiber",
        f"{_WAIT} Dauert die Störung länger als zwei Tage, den Betreiber darauf hinweisen.",
    ),
    "rate_limited": ("Zu viele Abrufe", f"{_WAIT} {_TELL}"),
    "blocked_robots": (
        "Lesen nicht erlaubt",
        "Den Betreiber um Erlaubnis bitten oder die Angebote von Hand nachsehen.",
    ),
    "blocked_bot": (
        "Programme abgewiesen",
        "Den Betreiber bitten, dieses Programm zuzulassen, oder die Angebote von Hand nachsehen.",
    ),
    "blocked_private_address": ("Unsicherer Verweis", _ADAPT),
    "login_wall": (
        "Nur mit Anmeldung",
        "Die VHS fragen, ob es eine öffentliche Kursliste gibt, und deren Adresse in das Register "
        "eintragen lassen.",
    ),
    "consent_wall": (
        "Erst nach Zustimmung",
        "Den Betreiber bitten, seine Kurse auch ohne Zustimmung zu Cookies zu zeigen; bis dahin "
        "die Angebote von Hand nachsehen.",
    ),
    "no_site": (
        "Keine Seite einer VHS",
        f"{_OPEN} Steht dort nichts von der VHS, die richtige Adresse in das Register eintragen "
        "lassen.",
    ),
    "redirect_loop": (
        "Endlose Weiterleitung",
        f"{_OPEN} Kommt auch der Browser nicht an, den Betreiber darauf hinweisen.",
    ),
    "not_html": (
        "Keine Internetseite",
        f"{_OPEN} Liegt dort nur eine Datei, eine andere Adresse in das Register eintragen lassen.",
    ),
    "too_large": ("Seite zu groß", _ADAPT),
    "decode": ("Zeichen nicht lesbar", _ADAPT),
    "markup_changed": ("Seite umgebaut", _ADAPT),
    "unknown_platform": ("Technik nicht bekannt", _ADAPT),
    "count_mismatch": (
        "Nicht alle Treffer gelesen",
        f"Die fehlenden Kurse auf der Seite von Hand nachsehen. {_TELL}",
    ),
    "no_results": (
        "Keine Einträge erhalten",
        "Auf der Seite nachsehen, ob die Suche dort Kurse zeigt. Zeigt sie welche, der Betreuung "
        "dieses Programms Bescheid geben.",
    ),
    "parser_error": ("Teile nicht auswertbar", _ADAPT),
    "budget_spent": (
        "Nicht fertig geworden",
        "Der Betreuung dieses Programms Bescheid geben: Für diese Quelle braucht es mehr Abrufe.",
    ),
    "interrupted": ("Besuch abgebrochen", _WAIT),
    "connection_lost": ("Verbindung abgerissen", f"{_WAIT} {_TELL}"),
}
LABELS: dict[str, str] = {name: label for name, (label, _) in _WORDS.items()}
TABLE: tuple[FailureWords, ...] = tuple(
    FailureWords(label, FAILURE_SENTENCES[name], advice) for name, (label, advice) in _WORDS.items()
)


def failure_words(state: str | None, failure_class: str | None) -> FailureWords:
    """The words for the outcome of a visit that does not count as a complete, recent check; also
    for classes that are new to us."""
    meaning = failure_sentence(state, failure_class)
    if state is None:
        return FailureWords("Noch nie besucht", meaning, _WAIT)
    if state == "complete":
        return FailureWords("Prüfung zu lange her", meaning, _WAIT)
    if failure_class in _WORDS:
        label, advice = _WORDS[failure_class]
        return FailureWords(label, meaning, advice)
    return FailureWords("Grund nicht bekannt", meaning, f"{_WAIT} {_TELL}")
