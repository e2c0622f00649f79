"""The German words for the values of the tables, each in one place.

Failure sentences say what a reader of the page needs to know: what did not work and what it means,
without technical terms. Every failure class of the crawl has one; a test holds that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["offered", "none_found", "unknown", "not_configured"]
STATES: tuple[State, ...] = ("offered", "none_found", "unknown", "not_configured")
WITHOUT_OFFER: tuple[State, ...] = ("none_found", "unknown", "not_configured")


@dataclass(frozen=True)
class StateWords:
    """How one state is named, explained and marked. `symbol` looks like `map_symbol` in Plotly."""

    label: str
    explanation: str
    symbol: str
    symbol_presumed: str
    map_symbol: str


STATE_WORDS: dict[State, StateWords] = {
    "offered": StateWords(
        label="Angebot vorhanden",
        explanation="Mindestens ein Angebot, das weder abgesagt noch vorbei ist.",
        symbol="●",
        symbol_presumed="○",
        map_symbol="circle",
    ),
    "none_found": StateWords(
        label="Kein Angebot gefunden",
        explanation="Alle zuständigen Quellen wurden vollständig geprüft.",
        symbol="■",
        symbol_presumed="□",
        map_symbol="square",
    ),
    "unknown": StateWords(
        label="Nicht sicher",
        explanation="Die Prüfung ist unvollständig: Es kann trotzdem ein Angebot geben.",
        symbol="◆",
        symbol_presumed="◇",
        map_symbol="diamond",
    ),
    "not_configured": StateWords(
        label="Keine Quelle bekannt",
        explanation="Wir kennen noch keine Internetseite, auf der wir nachsehen können.",
        symbol="▲",
        symbol_presumed="△",
        map_symbol="triangle-up",
    ),
}

ModuleChoice = Literal["all", "basis", "aufbau", "other"]
MODULE_CHOICES: tuple[ModuleChoice, ...] = ("all", "basis", "aufbau", "other")
MODULE_LABELS: dict[str, str] = {
    "all": "Alle",
    "basis": "Basismodul",
    "aufbau": "Aufbaumodul",
    "other": "Weitere",
}
MODULE_OF_OFFER: dict[str, str] = {
    "basis": "Basismodul",
    "aufbau": "Aufbaumodul",
    "other": "Weiteres Angebot",
}

# An offer whose status is unknown carries no label.
STATUS_LABELS: dict[str, str] = {
    "open": "Anmeldung offen",
    "few": "Nur noch wenige Plätze",
    "waitlist": "Warteliste",
    "full": "Ausgebucht",
    "closed": "Anmeldung geschlossen",
    "cancelled": "Abgesagt",
    "finished": "Beendet",
}

RELEVANCE_LABELS: dict[str, str] = {
    "series": "Qualifizierungsreihe",
    "council": "Anderes Angebot für Gremien",
    "adjacent": "Verwandtes Thema",
}

LIFECYCLE_LABELS: dict[str, str] = {
    "current": "aktuell",
    "vanished": "zuletzt nicht mehr gefunden",
    "withdrawn": "vom Anbieter entfernt",
    "past": "vorbei",
}

# A form that the source does not say carries no label.
DELIVERY_MODES: dict[str, str] = {
    "in_person": "vor Ort",
    "online": "online",
    "hybrid": "vor Ort und online",
}

# What happened to an offer, in the order in which it is told.
CHANGE_WORDS: dict[str, str] = {
    "appeared": "neu",
    "returned": "wieder da",
    "changed": "geändert",
    "vanished": "nicht mehr gefunden",
    "withdrawn": "vom Anbieter entfernt",
    "first_read": "erstmals gelesen",
}
FIRST_READ_MEANS = (
    "Erstmals gelesen heißt: Die Seite war vorher noch nie vollständig gelesen worden. "
    "Neu sind diese Angebote deshalb nicht unbedingt."
)

# The values of an offer, as readers know them.
FIELD_LABELS: dict[str, str] = {
    "provider_id": "Anbieter",
    "module": "Modul",
    "relevance": "Einordnung",
    "title": "Titel",
    "subtitle": "Untertitel",
    "description": "Beschreibung",
    "topics": "Themen",
    "target_group": "Zielgruppe",
    "course_number": "Kursnummer",
    "start_date": "Beginn",
    "end_date": "Ende",
    "session_count": "Zahl der Termine",
    "sessions": "Termine",
    "venue_name": "Haus",
    "venue_street": "Straße",
    "venue_postcode": "Postleitzahl",
    "venue_place": "Ort",
    "venue_ags": "Kommune",
    "delivery_mode": "Form",
    "places_planned": "geplante Plätze",
    "places_total": "Plätze insgesamt",
    "places_taken": "belegte Plätze",
    "places_free": "freie Plätze",
    "status": "Stand der Anmeldung",
    "price_eur": "Preis",
    "is_free": "kostenlos",
    "price_note": "Zusatz zum Preis",
    "registration_url": "Anmeldung im Netz",
    "registration_email": "Anmeldung per E-Mail",
    "detail_url": "Seite des Angebots",
    "lifecycle": "Verbleib",
    "announced_by": "genannter Anbieter",
}

# How well a council is known, from the register.
EVIDENCE_LABELS: dict[str, str] = {
    "election_2025_official": "Amtliche Seite zur Wahl 2025",
    "election_2025_press": "Presse zur Wahl 2025",
    "term_2020_2025_or_undated": "Wahlzeit 2020 bis 2025, oder ohne Datum",
    "pre_2020": "Aus der Zeit vor 2020",
    "legal_presumption_only": "Nur aus der Zahl der ausländischen Einwohner vermutet",
}

# What the weaker evidence does not say.
EVIDENCE_MEANINGS: dict[str, str] = {
    "term_2020_2025_or_undated": "Die Seite stammt aus der Wahlzeit davor oder trägt kein Datum; "
    "dass es das Gremium seit 2025 gibt, sagt sie nicht.",
    "pre_2020": "Die Seite ist älter als die Wahl 2020; ob es das Gremium noch gibt, sagt sie "
    "nicht.",
    "legal_presumption_only": "Nach der Zahl der ausländischen Einwohner müsste es ein Gremium "
    "geben; belegt ist es nicht.",
}

SOURCE_KINDS: dict[str, str] = {
    "catalogue": "Kursprogramm",
    "overview": "Übersicht der Qualifizierungsreihe",
    "page": "Internetseite",
    "directory": "Verzeichnis",
}

# Issues whose own message names tables or ids; the others speak for themselves.
ISSUE_SENTENCES: dict[str, str] = {
    "duplicate_candidate": "Dieses Angebot steht vielleicht doppelt in der Liste. "
    "Beide Einträge bleiben stehen, bis das geklärt ist.",
    "guard": "Vor der Veröffentlichung ist an den Daten etwas aufgefallen.",
}

FAILURE_SENTENCES: dict[str, str] = {
    "dns": "Die Internetadresse gibt es nicht, oder sie war nicht auffindbar.",
    "refused": "Die Internetseite hat keine Verbindung angenommen.",
    "timeout": "Die Internetseite hat zu lange nicht geantwortet.",
    "tls": "Die verschlüsselte Verbindung zur Internetseite ließ sich nicht sicher aufbauen.",
    "http_4xx": "Die Internetseite meldet, dass es die Adresse nicht gibt oder sie gesperrt ist.",
    "http_5xx": "Die Internetseite meldet eine Störung bei sich selbst.",
    "rate_limited": "Die Internetseite hat um weniger Abrufe gebeten; wir haben deshalb aufgehört.",
    "blocked_robots": "Der Betreiber möchte nicht, dass Programme diese Seiten lesen. "
    "Wir halten uns daran.",
    "blocked_bot": "Die Internetseite lässt nur Menschen zu und hat unser Programm abgewiesen.",
    "blocked_private_address": "Ein Verweis führte in ein fremdes internes Netz. "
    "Zur Sicherheit sind wir ihm nicht gefolgt.",
    "login_wall": "Die Seite ist nur nach einer Anmeldung zu sehen.",
    "consent_wall": "Die Seite zeigt nur eine Frage nach Cookies, die ein Mensch beantworten muss.",
    "no_site": "Unter der Adresse steht nichts von einer VHS: eine leere Seite, eine Baustelle "
    "oder eine Adresse, die zum Verkauf steht.",
    "redirect_loop": "Die Internetseite leitet immer wieder weiter und kommt nie an.",
    "not_html": "Statt einer Internetseite kam eine andere Art von Datei.",
    "too_large": "Die Seite ist zu groß, um sie zu lesen.",
    "decode": "Die Zeichen der Seite ließen sich nicht entziffern.",
    "markup_changed": "Die Internetseite ist anders aufgebaut als bisher; "
    "das Programm muss angepasst werden.",
    "unknown_platform": "Wir kennen die Technik dieser Internetseite noch nicht "
    "und können sie deshalb nicht lesen.",
    "count_mismatch": "Die Internetseite nennt eine andere Zahl von Treffern, "
    "als wir lesen konnten.",
    "no_results": "Es kam kein einziger Eintrag, obwohl welche zu erwarten sind.",
    "parser_error": "Ein Teil der Seite ließ sich nicht auswerten.",
    "budget_spent": "Die Internetseite ist sehr umfangreich; wir konnten nicht alles lesen.",
    "interrupted": "Der Besuch wurde abgebrochen, bevor er fertig war.",
    "connection_lost": "Die Verbindung ist während des Lesens abgerissen.",
}

NO_REASON_GIVEN: dict[str | None, str] = {
    "partial": "Nicht alles konnte gelesen werden; ein genauer Grund liegt nicht vor.",
    "failed": "Die Quelle konnte nicht gelesen werden; ein genauer Grund liegt nicht vor.",
    "blocked": "Der Zugang wurde verwehrt; ein genauer Grund liegt nicht vor.",
    "complete": "Die letzte vollständige Prüfung ist zu lange her.",
    None: "Diese Quelle wurde noch nie besucht.",
}


def failure_sentence(state: str | None, failure_class: str | None) -> str:
    """What went wrong at a source, in one German sentence; also for classes that are new to us."""
    if state == "complete":
        return NO_REASON_GIVEN["complete"]
    if failure_class is not None and failure_class in FAILURE_SENTENCES:
        return FAILURE_SENTENCES[failure_class]
    return NO_REASON_GIVEN.get(state, NO_REASON_GIVEN["failed"])
