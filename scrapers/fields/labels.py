"""Names of fields as course pages print them, brought to one vocabulary."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from scrapers.fields.text import fold


class Label(StrEnum):
    """What a labelled value is about. LECTURER is known so that its value can be dropped."""

    NUMBER = "number"
    TITLE = "title"
    SUBTITLE = "subtitle"
    START = "start"
    END = "end"
    DATE = "date"
    TIME = "time"
    SESSION_COUNT = "session_count"
    DURATION = "duration"
    WEEKDAY = "weekday"
    PLACE = "place"
    STREET = "street"
    POSTCODE = "postcode"
    ROOM = "room"
    PRICE = "price"
    REDUCED_PRICE = "reduced_price"
    STATUS = "status"
    OCCUPANCY = "occupancy"
    FREE_PLACES = "free_places"
    PLANNED_PLACES = "planned_places"
    MIN_PLACES = "min_places"
    MAX_PLACES = "max_places"
    MIN_MAX = "min_max"
    REGISTRATION = "registration"
    REGISTRATION_DEADLINE = "registration_deadline"
    CONTACT = "contact"
    TARGET_GROUP = "target_group"
    MODULE = "module"
    DELIVERY_MODE = "delivery_mode"
    DESCRIPTION = "description"
    CATEGORY = "category"
    PROVIDER = "provider"
    LECTURER = "lecturer"


_SYNONYMS: dict[Label, str] = {
    Label.NUMBER: "kursnummer|kursnr|kurs-nr|kurs nr|kurs-nummer|nr|nummer|veranstaltungsnummer"
    "|veranstaltungsnr|veranstaltungs-nr|veranstaltung nr|va-nr|kurs|angebotsnummer|seminarnummer"
    "|seminar-nr|seminarnr|buchungsnummer|course number|lehrgangsnummer",
    Label.TITLE: "titel|kurstitel|veranstaltungstitel|bezeichnung|veranstaltung|thema|kursname"
    "|kursbezeichnung|name der veranstaltung",
    Label.SUBTITLE: "untertitel",
    Label.START: "beginn|kursbeginn|start|startdatum|starttermin|kursstart|beginnt am|beginn am"
    "|datum beginn|beginndatum|erster termin|1. termin|von|ab",
    Label.END: "ende|kursende|enddatum|letzter termin|endet am|ende am|bis",
    Label.DATE: "termin|termine|termin(e)|termin/e|wann|datum|kurstermin|kurstermine|zeitraum"
    "|kurszeitraum|laufzeit|veranstaltungstermin|veranstaltungstermine|veranstaltungsdatum"
    "|kurstage|kurstag|zeiten|kurszeiten|tage|datum / uhrzeit|datum/uhrzeit|datum und uhrzeit"
    "|datum, uhrzeit|termin / uhrzeit|termin und zeit|zeit und datum|zeitpunkt|terminuebersicht"
    "|einzeltermine|alle termine|seminartermine|tag/zeit|tag / zeit|zeit/datum|date",
    Label.TIME: "uhrzeit|uhrzeiten|zeit|kurszeit|von - bis|von-bis|unterrichtszeit"
    "|unterrichtszeiten|beginn - ende|time|uhrzeit (von - bis)",
    Label.SESSION_COUNT: "anzahl termine|anzahl der termine|terminanzahl|anzahl kurstage"
    "|anzahl der kurstage|anzahl abende|zahl der termine|anzahl veranstaltungstage"
    "|anzahl treffen|anzahl tage|anzahl der treffen|anzahl der veranstaltungen",
    Label.DURATION: "dauer|kursdauer|umfang|unterrichtseinheiten|unterrichtsstunden|ustd|ue"
    "|stunden|kursumfang|gesamtdauer|anzahl ue|dauer / umfang|duration",
    Label.WEEKDAY: "wochentag|wochentage|tag",
    Label.PLACE: "ort|kursort|wo|ort / raum|ort/raum|ort, raum|ort und raum|veranstaltungsort"
    "|veranstaltungsorte|kursorte|treffpunkt|lernort|unterrichtsort|seminarort|standort"
    "|durchfuehrungsort|kursstaette|veranstaltungsstaette|adresse|anschrift|location|tagungsort"
    "|tagungsstaette|schulungsort|aussenstelle|ort der veranstaltung|ort(e)|venue",
    Label.STREET: "strasse|strasse und hausnummer",
    Label.POSTCODE: "plz|plz ort|plz/ort|plz / ort|postleitzahl",
    Label.ROOM: "raum|kursraum|raum-nr|raumnr|raumnummer|seminarraum|room|unterrichtsraum|zimmer",
    Label.PRICE: "gebuehr|gebuehren|kursgebuehr|kursgebuehren|entgelt|entgelte|kursentgelt|preis"
    "|preise|kurspreis|kosten|kurskosten|teilnahmegebuehr|teilnahmegebuehren|teilnahmeentgelt"
    "|teilnahmebeitrag|teilnehmerbeitrag|beitrag|eintritt|eintrittspreis|kostenbeitrag|price"
    "|normalpreis|regulaerer preis|gebuehr (normal)|grundgebuehr|seminargebuehr|investition"
    "|teilnehmergebuehr|tagungsgebuehr|tagungsbeitrag|unkostenbeitrag",
    Label.REDUCED_PRICE: "ermaessigt|gebuehr ermaessigt|ermaessigte gebuehr|ermaessigung"
    "|ermaessigter preis|ermaessigtes entgelt|erm. gebuehr|erm. preis|preis ermaessigt"
    "|entgelt ermaessigt|gebuehr (ermaessigt)|ermaessigte kursgebuehr",
    Label.STATUS: "status|kursstatus|anmeldestatus|buchungsstatus|verfuegbarkeit|buchbarkeit"
    "|kurs-status|belegungsstatus|state|online-buchung",
    Label.OCCUPANCY: "belegung|auslastung|plaetze|kursplaetze|teilnehmer|teilnehmende"
    "|teilnehmer/-innen"
    "|teilnehmer*innen|teilnehmer:innen|teilnehmerinnen|teilnehmerzahl|teilnehmendenzahl"
    "|anzahl teilnehmer|anzahl teilnehmende|anzahl plaetze|teilnehmeranzahl|belegte plaetze"
    "|anmeldungen|anzahl der plaetze|gruppengroesse|belegt|teilnehmer/innen|tn|tn-zahl",
    Label.FREE_PLACES: "freie plaetze|plaetze frei|verfuegbare plaetze|noch freie plaetze"
    "|restplaetze"
    "|frei",
    Label.PLANNED_PLACES: "geplante tn|geplante teilnehmer|geplante teilnehmende"
    "|geplante teilnehmerzahl|geplante plaetze|geplante teilnehmendenzahl",
    Label.MIN_PLACES: "min. teilnehmer|mindestteilnehmerzahl|min. tn|mindestteilnehmendenzahl"
    "|minimale teilnehmerzahl|mindestteilnehmer|min. teilnehmerzahl|min teilnehmer"
    "|mindestens|min. teilnehmende|mindestteilnehmeranzahl",
    Label.MAX_PLACES: "max. teilnehmer|maximale teilnehmerzahl|max. tn|hoechstteilnehmerzahl"
    "|max. teilnehmerzahl|maximalteilnehmerzahl|max teilnehmer|maximale teilnehmendenzahl"
    "|max. teilnehmende|maximale anzahl|max. plaetze|plaetze gesamt|plaetze insgesamt"
    "|gesamtplaetze|maximale teilnehmeranzahl|maximale tn-zahl|hoechstteilnehmendenzahl",
    Label.MIN_MAX: "min./max. teilnehmer|min/max teilnehmer|min. / max. teilnehmer|min./max. tn"
    "|min/max|mind./max. teilnehmer|mindest-/hoechstteilnehmerzahl|min./max.|min/max tn"
    "|min. / max. tn|teilnehmer (min./max.)|teilnehmer min./max.",
    Label.REGISTRATION: "anmeldung|anmeldelink|anmeldung per e-mail|anmeldung per mail"
    "|anmeldung bei"
    "|anmeldung unter|anmeldung an|buchung|online-anmeldung|link zur anmeldung"
    "|anmeldung und information"
    "|anmeldung & information|anmeldung/information|information und anmeldung|anmelden"
    "|registrierung"
    "|anmeldung ueber|anmeldeformular",
    Label.REGISTRATION_DEADLINE: "anmeldeschluss|anmeldefrist|anmeldung bis|buchbar bis"
    "|anmeldeende|anmeldeschlusstermin|ruecktrittsfrist",
    Label.CONTACT: "kontakt|ansprechpartner|ansprechpartnerin|ansprechpartner/in|ansprechperson"
    "|ansprechpartner*in|ansprechpartner:in|e-mail|email|mail|telefon|tel|beratung|auskunft"
    "|rueckfragen"
    "|information|informationen|info|fachbereichsleitung|programmbereichsleitung"
    "|programmbereich kontakt"
    "|e-mail-adresse|kursberatung|fachliche beratung|paedagogische leitung"
    "|paedagogische verantwortung",
    Label.TARGET_GROUP: "zielgruppe|zielgruppen|teilnehmerkreis|fuer wen|adressaten"
    "|an wen richtet sich"
    "|teilnehmendenkreis|personenkreis",
    Label.MODULE: "modul|modultitel|baustein",
    Label.DELIVERY_MODE: "veranstaltungsform|veranstaltungsart|kursform|kursart|durchfuehrungsform"
    "|unterrichtsform|format|lernform|durchfuehrung|kursformat|angebotsform",
    Label.DESCRIPTION: "beschreibung|kursbeschreibung|inhalt|inhalte|kursinhalt|kursinhalte"
    "|beschreibung des kurses|kursinfo|details|lerninhalte|infos|hinweis|hinweise|bemerkung"
    "|bemerkungen|kurzbeschreibung|veranstaltungsbeschreibung",
    Label.CATEGORY: "kategorie|kategorien|fachbereich|programmbereich|bereich|rubrik|themenbereich"
    "|fachgebiet|themenfeld",
    Label.PROVIDER: "veranstalter|anbieter|volkshochschule|vhs|traeger|in kooperation mit"
    "|kooperation|kooperationspartner|veranstalterin|einrichtung|provider",
    Label.LECTURER: "kursleitung|leitung|dozent|dozentin|dozent/in|dozent*in|dozent:in|dozenten"
    "|dozentinnen|dozierende|dozent(in)|referent|referentin|referent/in|referent*in|referent:in"
    "|referenten|referierende|trainer|trainerin|trainer/in|trainer*in|trainer:in|kursleiter"
    "|kursleiterin|kursleiter/in|kursleiter*in|kursleiter:in|kursleitende|lehrkraft|lehrkraefte"
    "|seminarleitung|moderation|moderatorin|moderator|moderierende|dozent/-in|dozent(en)"
    "|dozent/innen"
    "|lehrende|teamer|teamerin|workshopleitung|leiter|leiterin|leiter/in|dozententeam|referent(en)"
    "|mit|es leitet|seminarleiter|seminarleiterin|vortragende|vortragender|dozentin/dozent"
    "|referent*innen|dozent*innen|dozent:innen|referent:innen|referent/innen",
}
_LABELS = {
    synonym: label for label, synonyms in _SYNONYMS.items() for synonym in synonyms.split("|")
}


_TIGHT = {s.replace(" / ", "/").replace(". ", "."): label for s, label in _LABELS.items()}
# The longest label with a gender ending; the same with room for the markup's spaces.
_LONGEST = max(map(len, _LABELS)) + 20
_LONGEST_PRINTED = 4 * max(map(len, _LABELS))
_GENDER_ENDING = re.compile(r"(?:/-?|[*:_]|\()(?:in|innen)\)?$")
_ENDINGS = ("in", "innen", "in)", "innen)")
_AROUND = " :.•·-|*?"
_BETWEEN = re.compile(r"[ /.,;|•]")
_LAST_WORDS = frozenset(_BETWEEN.split(label.strip(_AROUND))[-1] for label in _LABELS)


def canonical_label(text: str) -> Label | None:
    """The meaning of a printed label, whatever its case, spacing, closing colon or gender form."""
    # Longer texts are sentences, not to be folded and kept, or labels in the spaces of the markup.
    may_be_one = len(text) <= _LONGEST or (
        len(text) <= _LONGEST_PRINTED and len(" ".join(text.split()).strip(_AROUND)) <= _LONGEST
    )
    return _meaning(text) if may_be_one else None


@lru_cache(maxsize=8192)
def _meaning(text: str) -> Label | None:
    folded = fold(text).strip(_AROUND)
    if label := _LABELS.get(folded):
        return label
    tight = folded.replace(" / ", "/").replace(". ", ".")
    if label := _TIGHT.get(tight):
        return label
    return _LABELS.get(_GENDER_ENDING.sub("", folded)) if folded.endswith(_ENDINGS) else None


@lru_cache(maxsize=8192)
def may_end_label(word: str) -> bool:
    """False where no label ends with this word: asked before the words in front of it are tried."""
    folded = fold(word).strip(_AROUND)
    endings = (folded, _GENDER_ENDING.sub("", folded).strip(_AROUND))
    return any(_BETWEEN.split(ending)[-1] in _LAST_WORDS for ending in endings)
