"""Where an offer takes place: name, street, postcode, place and room."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scrapers.fields.delivery import read_delivery_mode
from scrapers.fields.reading import Reading
from scrapers.fields.text import clean, fold, plain

__all__ = ["Venue", "read_delivery_mode", "read_venue"]

_LONGEST_VALUE = 300
_TRAILING_LINK = re.compile(
    r"(?:[ ,;(|-]*\b(?:google[- ]?(?:karte|maps)|karte anzeigen|auf karte (?:an)?zeigen|zur karte"
    r"|in karte anzeigen|anfahrt|lageplan|routenplaner|route planen|stadtplan|karte)[ )|,;.]*)"
    r"{1,4}$",
    re.IGNORECASE,
)
_TOWN = re.compile(r"(?<!\d)\d{5}(?= [A-ZÄÖÜ])")
_UNKNOWN = re.compile(
    r"adresse folgt|ort folgt|^folgt$|folgt (?:noch|in kuerze)|wird (?:noch )?(?:bekannt"
    r"|mitgeteilt)"
    r"|noch offen|n\. ?n\.?$|siehe (?:beschreibung|text|kurstext|termine)|verschiedene orte"
    r"|wechselnde|^entfaellt$"
    r"|unbekannt|^-+$|^k\. ?a\.?$|nach absprache|nach vereinbarung|s\. (?:text|beschreibung)"
)
_SEPARATOR = re.compile(r" ?[,;|•·()] ?| [-/] ")
_TELEPHONE = re.compile(r" (?:Tel|Fax|Telefon|E-Mail|Mail|Fon)\b.*$")
_COUNTRY = re.compile(r"nrw|deutschland|germany|nordrhein-westfalen|d")
# What an address says of its house; it belongs to no name.
_ABOUT_THE_HOUSE = re.compile(
    r"(?:nicht |teilweise |weitgehend )?(?:barrierefrei\w*|barrierearm|rollstuhlgerecht)"
    r"(?: zugaenglich|er zugang)?|mit aufzug|aufzug vorhanden|parkplaetze (?:vorhanden|am haus)"
)
_HOW = re.compile(r"hybrid\w*|(?:in )?praesenz(?: (?:und|oder) online)?|vor ort")
_AND_ONLINE = re.compile(
    r"\s*(?:,|/|\+|&|\b(?:und|oder|sowie|bzw\.?))\s*(?:auch )?online\b(?!-).*$", re.I
)
_POSTCODE = re.compile(r"(?:\bD-? ?)?\b(?P<code>\d{5}) (?P<place>[A-ZÄÖÜ][^\d,;()|]{1,50})$")
_ROOM_WORD = (
    r"raum|rm|zimmer|saal|hoersaal|edv-raum|edv|seminarraum|kursraum|gruppenraum|unterrichtsraum"
    r"|konferenzraum|tagungsraum|besprechungsraum|vortragsraum|mehrzweckraum|veranstaltungsraum"
    r"|ratssaal|sitzungssaal|grosser saal|kleiner saal|sitzungsraum|foyer|aula|mensa|atrium"
    r"|klassenraum|fachraum|kueche|lehrkueche|galerie|plenum|turnhalle|empore|eg|erdgeschoss|og|ug"
    r"|untergeschoss|obergeschoss|dachgeschoss|dg|keller|eingang|seiteneingang|haupteingang"
    r"|nebeneingang"
)
_ROOM = re.compile(rf"(?:(?:{_ROOM_WORD})\b|r\. ?\d|\d{{1,2}}\. ?(?:stock|etage|og|ug|obergesch))")
_ROOM_AT_END = re.compile(r"(?P<rest>.+?) (?P<room>(?:Raum|Zimmer|Saal|R\.) ?[\w./-]{1,12})")
_HOUSE_NUMBER = r"\d{1,4}(?: ?[a-zA-Z]\b)?(?: ?[-+/] ?\d{1,4}(?: ?[a-zA-Z]\b)?)?"
_ENDS_WITH_NUMBER = re.compile(rf"(?P<words>.*[^\W\d].*?) (?P<number>{_HOUSE_NUMBER})")
_STREET_WORD = (
    r"(?:str\.?|straße|strasse|weg|platz|allee|gasse|ring|damm|ufer|wall|hof|markt|berg|graben"
    r"|steig|pfad|chaussee|tor|kamp|feld|heide|bruch|wiese|brücke|stiege|stieg|promenade|freiheit"
    r"|busch|hagen|horst|garten|gärten|winkel|park|esch|siepen|höhe|driesch)"
)
_ENDS_AS_STREET = re.compile(rf"(?P<stem>.*){_STREET_WORD}", re.IGNORECASE)
_STREET_BEGINNING = re.compile(
    r"(?:Am|An|Auf|Im|In|Zum|Zur|Unter|Hinter|Vor|Beim?|Alter?|Neuer?|Obere|Untere|Große|Kleine"
    r"|Hohe|Lange|Kurze|Straße|Platz|Allee)"
)
_BUILDING = re.compile(
    r"(?:haus|haeuser|schule|schulen|zentrum|zentrale|forum|saal|halle|kolleg|treff|treffpunkt"
    r"|kirche"
    r"|institut|buero|verein|studio|stift|turm|bahnhof|amt|raum|station|stelle|eingang|rat"
    r"|platz|hof"
    r"|cafe|kino|garten|zimmer|keller|kueche|park|laden|gebaeude|kapelle|wiese|garage|kreis)\b(?!-)"
    r"|\bvhs|volkshochschul|bibliothek|buecherei|gymnasium|akademie|universitaet|museum|campus"
    r"|verwaltung|theater|werkstatt|kloster|schloss|\bburg\b|hotel|villa|archiv|\bkita\b"
    r"|kindergarten|(?:jugend|pfarr|wohn|senioren)heim|klinik|atrium|aula|mensa|foyer|lernort"
    r"|palais|scheune|\bgmbh|\be\. ?v|pavillon|online|zoom|internet|digital|extern|regierung"
    r"|dezernat|verband|netzwerk|galerie|synagoge|moschee|stiftung|gemeinde"
)
_STREET_ALONE = re.compile(r"(?:strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|promenade)$")
_PLACE_NAME = re.compile(
    r"(?:Bad |Sankt |St\. )?[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-ZÄÖÜ][a-zäöüß]{2,})*"
    r"(?: (?:an der|am|im|in|auf der|ob der|bei) [A-ZÄÖÜ][a-zäöüß]+)?"
)


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue as far as the text names it. `place` is the municipality or a part of it."""

    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    place: str | None = None
    room: str | None = None


@lru_cache(maxsize=1024)
def read_venue(text: str) -> Reading[Venue]:
    """Takes apart the value of a place label or a line with an address.

    A part that fits no pattern belongs to the name; a single word is a place only when nothing
    marks it as a building, a room or a screen. Online places, "Adresse folgt" and addresses in two
    towns are absent.
    """
    original = clean(text)
    if len(original) > _LONGEST_VALUE:
        return Reading.absent()
    original, body = _without_link(original), _without_link(plain(original))
    if not body or _UNKNOWN.search(fold(body)):
        return Reading.absent()
    if read_delivery_mode(body).value == "online" or len(set(_TOWN.findall(body))) > 1:
        return Reading.absent()
    draft = _Draft()
    for part in _parts(_AND_ONLINE.sub("", body)):
        draft.take(part)
    venue = draft.venue()
    return Reading.absent() if venue == Venue() else Reading.stated(venue, original)


class _Draft:
    """The parts of an address, sorted one after the other."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.rooms: list[str] = []
        self.street: str | None = None
        self.postcode: str | None = None
        self.place: str | None = None

    def take(self, part: str) -> None:
        if self.postcode is None and (match := _POSTCODE.search(part)):
            self.postcode = match["code"]
            self.place = self._without_room(match["place"]).strip(" .-")
            part = part[: match.start()].strip(" -")
        elif _ROOM.match(fold(part)):
            self.rooms.append(part)
            return
        if not part or part == self.place:
            return
        is_first = not self.names and not self.rooms
        if self.street is None and (found := split_street(part, is_first=is_first)):
            before, self.street = found
            self.names += [before] if before else []
        elif self.street and self.place is None and _is_place_name(part):
            self.place = part
        else:
            self.names.append(self._without_room(part))

    def _without_room(self, part: str) -> str:
        if match := _ROOM_AT_END.fullmatch(part):
            self.rooms.append(match["room"])
            return match["rest"]
        return part

    def venue(self) -> Venue:
        names = [n for n in dict.fromkeys(self.names) if any(c.isalpha() for c in n)]
        room = ", ".join(dict.fromkeys(self.rooms)) or None
        stands_alone = len(names) == 1 and not (self.street or self.place or room)
        if stands_alone and _is_place_name(names[0]):
            return Venue(place=names[0])
        return Venue(", ".join(names) or None, self.street, self.postcode, self.place, room)


def _without_link(text: str) -> str:
    return _TELEPHONE.sub("", _TRAILING_LINK.sub("", text)).strip(" ,;-–")


def _parts(body: str) -> list[str]:
    parts: list[str] = []
    for part in _SEPARATOR.split(body):
        part = part.strip(" :")
        if not part.endswith((".", "V.")) or not re.search(
            r"(?i)(?:str|e\. ?v|westf|rhld)\.$", part
        ):
            part = part.rstrip(".")
        if parts and re.fullmatch(_HOUSE_NUMBER, part) and parts[-1][-1].isdigit():
            parts[-1] += f"-{part}"  # "Markt 10 - 12" was split at its dash
        elif part and not _says_nothing_of_where(fold(part)):
            parts.append(part)
    return parts


def _says_nothing_of_where(folded: str) -> bool:
    return any(words.fullmatch(folded) for words in (_COUNTRY, _ABOUT_THE_HOUSE, _HOW))


def split_street(part: str, *, is_first: bool = False) -> tuple[str, str] | None:
    """("VHS-Haus", "Musterstr. 5") for words that end with a street and a house number.

    The first part of an address is a street only when it looks like one: "Halle 5" may be a name.
    """
    match = _ENDS_WITH_NUMBER.fullmatch(part)
    if not match:
        return None
    words, number = match["words"].split(" "), match["number"]
    as_street = _ENDS_AS_STREET.fullmatch(words[-1])
    for i, word in enumerate(words):
        if _STREET_BEGINNING.fullmatch(word) and i + 1 < len(words):
            return " ".join(words[:i]), " ".join([*words[i:], number])
    if as_street and as_street["stem"].strip("-"):  # one word: "Musterstr."
        return " ".join(words[:-1]), f"{words[-1]} {number}"
    if as_street:  # a word of its own: "Kölner Straße"
        begin = -2 if _BUILDING.search(fold(" ".join(words[:-2]))) else 0
        return " ".join(words[:begin] if begin else []), " ".join([*words[begin:], number])
    if is_first or _BUILDING.search(fold(words[-1])) or not words[0][:1].isupper():
        return None
    return "", " ".join([*words, number])


def _is_place_name(name: str) -> bool:
    folded = fold(name)
    is_something_else = _BUILDING.search(folded) or _STREET_ALONE.search(folded)
    return bool(_PLACE_NAME.fullmatch(name)) and not is_something_else
