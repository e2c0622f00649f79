"""What the register says of a council and who serves it, in German."""

from __future__ import annotations

import re

from dashboard.data.councils import Council

# Why a provider is assigned to a municipality; the reasons of mart.service_areas.
SERVICE_REASONS: dict[str, str] = {
    "seat": "Die Volkshochschule hat hier ihren Sitz.",
    "joint_vhs": "Gemeinsame Volkshochschule mehrerer Kommunen, zu denen diese gehört.",
    "district_vhs": "Volkshochschule des Kreises, zu dem die Kommune gehört.",
}

# Why an offer belongs to a council; the reasons of mart.council_offers.
OFFER_REASONS: dict[str, str] = {
    "service_area": "Der Anbieter ist für die Kommune zuständig.",
    "venue": "Findet in der Kommune statt.",
}


_ENGLISH = frozenset({"a", "and", "body", "by", "city", "elected", "election", "for", "from", "of"})
_ENGLISH |= {"members", "no", "not", "page", "per", "result", "seats", "term", "the", "voting"}
_GERMAN = frozenset({"am", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein"})
_GERMAN |= {"für", "gewählt", "im", "ist", "kein", "laut", "mit", "nicht", "noch", "seit", "sind"}
_GERMAN |= {"und", "von", "vom", "wahl", "zu", "zum", "zur", "eine", "nach", "oder", "sitze"}


def is_english(note: str) -> bool:
    """True if the little words of a note are rather English than German: for who hears it read."""
    words = re.findall(r"[^\W\d_]+", note.casefold())
    return sum(word in _ENGLISH for word in words) > sum(word in _GERMAN for word in words)


def kreis_text(name: str) -> str:
    """The district with its kind: Kreis Unna, Rhein-Erft-Kreis, Städteregion Aachen."""
    says_its_kind = "kreis" in name.casefold() or name.startswith("Städteregion")
    return name if says_its_kind else f"Kreis {name}"


def kreis_label(council: Council) -> str:
    """The Kreis of a council, or that its city belongs to none."""
    if council.is_kreisfrei:
        return "kreisfreie Stadt"
    return kreis_text(council.kreis) if council.kreis else ""


def members_period(as_of: str | None) -> str | None:
    """For which time a number of members holds, from the register's own words.

    "2025-2030" is a term; anything else only names its years, because the register is not sure.
    """
    if not as_of:
        return None
    term = re.fullmatch(r"(\d{4})-(\d{4})", as_of, re.ASCII)
    if term:
        return f"Wahlzeit {term[1]} bis {term[2]}"
    years = sorted(set(re.findall(r"\b(?:19|20)\d{2}\b", as_of, re.ASCII)))
    if not years:
        return "ohne Datum"
    if len(years) == 1:
        return f"Angabe von {years[0]}"
    return f"Angaben zwischen {years[0]} und {years[-1]}, nicht sicher zuzuordnen"
