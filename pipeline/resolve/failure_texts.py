"""What readers are told about a check that was not complete, in German."""

from __future__ import annotations

import re

_TEXTS = {
    "dns": "Die Adresse der Seite ist nicht auffindbar",
    "refused": "Die Seite nimmt keine Verbindung an",
    "timeout": "Die Seite antwortet nicht rechtzeitig",
    "tls": "Die gesicherte Verbindung zur Seite kommt nicht zustande",
    "http_4xx": "Die Seite antwortet mit einem Fehler{code}",
    "http_5xx": "Die Seite antwortet mit einem Fehler{code}",
    "rate_limited": "Die Seite lässt zurzeit keine weiteren Abrufe zu",
    "blocked_robots": "Die Seite erlaubt das automatische Lesen nicht (robots.txt)",
    "blocked_bot": "Die Seite weist automatische Besucher ab",
    "blocked_private_address": "Die Adresse führt in ein privates Netz und wird nicht gelesen",
    "login_wall": "Die Seite verlangt eine Anmeldung",
    "consent_wall": "Die Seite fragt nur nach Cookies und zeigt ihren Inhalt nicht",
    "no_site": "Unter der Adresse steht keine Seite einer VHS",
    "redirect_loop": "Die Seite leitet endlos weiter",
    "not_html": "Unter der Adresse liegt keine lesbare Webseite",
    "too_large": "Die Seite ist zu groß",
    "decode": "Die Zeichen der Seite sind nicht lesbar",
    "markup_changed": "Der Aufbau der Seite hat sich geändert",
    "unknown_platform": "Das Kurssystem der Seite ist nicht bekannt",
    "count_mismatch": "Nicht alle Treffer, die die Seite nennt, konnten gelesen werden",
    "no_results": "Die Suche der Seite lieferte keine auswertbare Antwort",
    "parser_error": "Mindestens eine Seite konnte nicht ausgewertet werden",
    "budget_spent": "Die erlaubte Zahl der Abrufe reichte nicht aus",
    "interrupted": "Der Besuch wurde unterbrochen",
    "connection_lost": "Die Verbindung zur Seite brach ab",
}


def failure_text(failure_class: str | None, detail: str | None, state: str | None) -> str:
    """One clause without a full stop: why the last visit was not complete."""
    if state is None:
        return "Noch nie geprüft"
    text = _TEXTS.get(failure_class or "")
    if text is None:
        return "Die Seite wurde nicht vollständig gelesen"
    code = re.search(r"\b[45]\d\d\b", detail or "")
    return text.format(code=f" (HTTP {code[0]})" if code else "")
