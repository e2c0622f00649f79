"""Where an offer takes place: name, street, postcode, place and room, or that it is online."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapers.fields.reading import Reading
from scrapers.fields.text import clean, fold, plain
from scrapers.records import DeliveryMode

_TRAILING_LINKS = re.compile(
    r"[\s,;(|-]*(?:google[- ]?(?:karte|maps)|karte anzeigen|auf karte (?:an)?zeigen|zur karte"
    r"|in karte anzeigen|anfahrt|lageplan|routenplaner|karte)[\s)|,;.]*$",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"adresse folgt|ort folgt|wird (?:noch )?(?:bekannt|mitgeteilt)|folgt (?:noch|in kuerze)|noch offen"
    r"|n\. ?n\.?$|siehe (?:beschreibung|text|kurstext|termine)|verschiedene orte|wechselnde|unbekannt"
    r"|^folgt$|^-+$|^k\. ?a\.?$|nach absprache|nach vereinbarung|s\. (?:text|beschreibung)"
)
_SEPARATOR = re.compile(r"\s*[,;|•·()]\s*|\s+[-/]\s+")
_POSTCODE = re.compile(r"(?:\b[Dd]-? ?)?\b(?P<code>\d{5})\s+(?P<place>[A-ZÄÖÜ][^\d,;()|]{1,50})$")
_STREET_SUFFIX = (
    r"(?:str\.?|straße|strasse|weg|platz|allee|gasse|ring|damm|ufer|wall|hof|markt|berg|graben"
    r"|steig|pfad|chaussee|tor|kamp|feld|heide|bruch|wiese|brücke|stiege|stieg|promenade|freiheit"
    r"|busch|hagen|horst|garten|gärten|winkel|park|esch|siepen|höhe|kirchhof|driesch)"
)
_HOUSE_NUMBER = r"\d{1,4}(?: ?[a-zA-Z]\b)?(?: ?[-+/] ?\d{1,4}(?: ?[a-zA-Z]\b)?)?"
_STREET_BY_SUFFIX = re.compile(
    rf"(?P<street>[A-ZÄÖÜ0-9][\w.'’-]*(?: [\w.'’-]+){{0,5}}(?<=\w|\.)) (?P<number>{_HOUSE_NUMBER})$"
)
_SUFFIX_END = re.compile(rf"{_STREET_SUFFIX}$", re.IGNORECASE)
_STREET_START = re.compile(
    r"^(?:Am|An|Auf|Im|In|Zum|Zur|Unter|Hinter|Vor|Bei|Beim|Alte[rs]?|Neue[rs]?|Obere|Untere"
    r"|Große|Kleine|Hohe|Lange|Kurze)\b"
)
_ROOM = re.compile(
    r"^(?:(?:raum|r\.|rm\.?|zimmer|zi\.|saal|hoersaal|hs|edv-raum|edv|seminarraum|kursraum"
    r"|gruppenraum|unterrichtsraum|konferenzraum|tagungsraum|besprechungsraum|vortragsraum|mehrzweckraum"
    r"|veranstaltungsraum|ratssaal|sitzungssaal|grosser saal|kleiner saal|sitzungsraum|foyer|aula|mensa"
    r"|atrium|klassenraum|fachraum|kueche|lehrkueche|forum|galerie|plenum|turnhalle|empore)\b"
    r"|(?:\d\. ?|eg\b|erdgeschoss|og\b|ug\b|untergeschoss|obergeschoss|dachgeschoss|dg\b|kg\b|keller)"
    r"(?: ?(?:stock|etage|og|ug|obergeschoss))?|(?:eingang|seiteneingang|haupteingang|nebeneingang)\b)"
)
_ROOM_AT_END = re.compile(r"^(?P<name>.+?) (?P<room>(?:Raum|Zimmer|Saal|R\.) ?[\w./-]{1,12})$")
_BUILDING = re.compile(
    r"haus|schule|zentrum|vhs|forum|bibliothek|buecherei|saal|halle|gymnasium|akademie|kolleg"
    r"|treff|kirche|gemeinde|institut|hochschule|universit|museum|campus|buero|verwaltung|theater"
    r"|kino|cafe|verein|werkstatt|studio|stift|kloster|schloss|burg\b|hotel|gebaeude|turm|bahnhof"
    r"|villa|amt\b|archiv|kita|kindergarten|heim|raum|klinik|hospital|atrium|aula|mensa|foyer"
    r"|station|stelle|lernort|domizil|palais|scheune|hof\b|ag\b|gmbh|e\. ?v|kulturb|pavillon|park"
    r"|eingang|stadt|rat\b|online|zoom|internet|web|digital|extern|ausser|innenhof|platz|tor\b"
)
_PLACE_NAME = re.compile(
    r"(?:Bad |Sankt |St\. )?[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-ZÄÖÜ][a-zäöüß]{2,})*"
    r"(?: (?:an der|am|im|in|auf der|ob der|bei|a\. ?d\.|a\.) ?[A-ZÄÖÜ][a-zäöüß]+)?"
)
_ONLINE_PLACE = re.compile(
    r"^(?:online|zoom|digital|virtuell|internet|web|vhs\.cloud|webinar|live-?stream|ms teams"
    r"|microsoft teams|big ?blue ?button|edudip|webex|home-?office|zuhause|zu hause)\b"
)
_ONLINE = re.compile(
    r"\bonline-?(?:kurs|seminar|veranstaltung|workshop|vortrag|angebot|schulung|modul|format"
    r"|fortbildung|meeting|termin)\w*|\bwebinar|findet (?:\w+ ){0,3}online statt"
    r"|findet (?:\w+ ){0,3}(?:digital|virtuell) statt|(?:per|via|ueber) (?:zoom|videokonferenz|teams)"
    r"|als (?:online|video)-?konferenz|\blive-?stream\b|digitale veranstaltung"
    r"|virtuelle veranstaltung|videokonferenz"
)
_IN_PERSON = re.compile(
    r"\bpraesenz-?(?:veranstaltung|kurs|seminar|workshop|angebot|format|termin|modul)\w*"
    r"|\b(?:in|als) praesenz\b|^praesenz$"
)
_HYBRID = re.compile(
    r"\bhybrid\w*|praesenz (?:und|oder|sowie|/) ?online|online (?:und|oder|sowie|/) ?(?:in )?praesenz"
    r"|wahlweise (?:online|in praesenz)"
)
_NEGATED = re.compile(r"\b(?:nicht|kein|keine|statt|weder|anstatt)\b[^.;]{0,25}$")


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue as far as the text names it. `place` is the municipality or a part of it."""

    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    place: str | None = None
    room: str | None = None


def read_venue(text: str) -> Reading[Venue]:
    """Takes apart the value of a place label. A part that fits no pattern belongs to the name;
    a single word is a place only when nothing marks it as a building, a room or a screen."""
    original = _TRAILING_LINKS.sub("", clean(text)).strip(" ,;-–")
    if (
        not original
        or _UNKNOWN.search(fold(original))
        or read_delivery_mode(original).value == "online"
    ):
        return Reading.absent()
    body = _TRAILING_LINKS.sub("", plain(text)).strip(" ,;-")
    names: list[str] = []
    rooms: list[str] = []
    street = postcode = place = None
    for part in _parts(body):
        if _ROOM.match(fold(part)) and not _POSTCODE.search(part):
            rooms.append(part)
            continue
        if postcode is None and (match := _POSTCODE.search(part)):
            postcode, place = match["code"], match["place"].strip(" .-")
            part = part[: match.start()].strip(" -")
            if not part:
                continue
        if street is None and (found := _split_street(part, is_first=not names and not rooms)):
            before, street = found
            if before:
                names.append(before)
            continue
        if street and place is None and _PLACE_NAME.fullmatch(part):
            place = part
            continue
        if part == place:
            continue
        if match := _ROOM_AT_END.match(part):
            names.append(match["name"])
            rooms.append(match["room"])
            continue
        names.append(part)
    name = ", ".join(dict.fromkeys(names)) or None
    if name and not (street or place or rooms) and len(names) == 1 and _is_place_name(name):
        name, place = None, name
    if name and not any(c.isalpha() for c in name):
        name = None
    venue = Venue(name, street, postcode, place, ", ".join(dict.fromkeys(rooms)) or None)
    if venue == Venue():
        return Reading.absent()
    return Reading.stated(venue, original)


def _parts(body: str) -> list[str]:
    parts = [
        p.strip(" .:") if not p.endswith(("str.", "Str.")) else p.strip(" :")
        for p in _SEPARATOR.split(body)
    ]
    # A dash inside a house number or a split "10 - 12" stays with its street.
    joined: list[str] = []
    for part in parts:
        if not part:
            continue
        if joined and re.fullmatch(rf"{_HOUSE_NUMBER}", part) and re.search(r"\d$", joined[-1]):
            joined[-1] = f"{joined[-1]}-{part}"
        else:
            joined.append(part)
    return [
        part for part in joined if not re.fullmatch(r"(?:nrw|deutschland|germany|d)", fold(part))
    ]


def _split_street(part: str, *, is_first: bool) -> tuple[str, str] | None:
    """("VHS-Haus", "Musterstr. 5") for a part that ends with a street and a house number."""
    match = _STREET_BY_SUFFIX.search(part)
    if not match:
        return None
    street, number = match["street"], match["number"]
    words = street.split(" ")
    has_suffix = bool(_SUFFIX_END.search(words[-1]))
    starts_like_street = bool(_STREET_START.match(street))
    is_building = bool(_BUILDING.search(fold(words[-1]))) and not has_suffix
    if is_building or (is_first and not has_suffix and not starts_like_street):
        return None
    prefix = part[: match.start()].strip()
    if not starts_like_street and has_suffix and len(words) > 1:
        # "VHS-Haus Musterstr. 5": words before a compound street name are the building's.
        compound = len(words[-1]) > 8 or words[-1].lower().endswith(("str.", "straße", "strasse"))
        if compound and words[-1][0].isupper() and _BUILDING.search(fold(" ".join(words[:-1]))):
            prefix = " ".join([prefix, *words[:-1]]).strip()
            street = words[-1]
    return prefix, f"{street} {number}"


def _is_place_name(name: str) -> bool:
    return bool(_PLACE_NAME.fullmatch(name)) and not _BUILDING.search(fold(name))


def read_delivery_mode(text: str) -> Reading[DeliveryMode]:
    """in_person, online or hybrid where the text says so; a text that says both is absent.

    "vor Ort" proves nothing (the series has it in its title), nor does "Online-Anmeldung".
    """
    original, folded = clean(text), fold(text)
    if match := _HYBRID.search(folded):
        if not _NEGATED.search(folded[: match.start()]):
            return Reading.stated("hybrid", original[:200])
    online = bool(_ONLINE_PLACE.match(folded)) and not re.match(
        r"(?:online|digital|web)\w*[- ]?(?:anmeld|buch|beratung|zentrum|haus|labor|sprech|shop)",
        folded,
    )
    if not online:
        online = any(not _NEGATED.search(folded[: m.start()]) for m in _ONLINE.finditer(folded))
    in_person = any(not _NEGATED.search(folded[: m.start()]) for m in _IN_PERSON.finditer(folded))
    if online == in_person:
        return Reading.absent()
    return Reading.stated("online" if online else "in_person", original[:200])
