"""What the map shows, in words: its text alternative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard.data.map_offers import Elsewhere, Venue
from dashboard.formats import counted, listed, number_text
from dashboard.map_states import MapRow


def map_sentence(
    rows: Sequence[MapRow], within_km: int = 0, period: str = "", region: str = ""
) -> str:
    """The states, and in which districts there are offers; presumed councils are not counted.

    `period` and `region` are the filters in words, empty where there are none.
    """
    evidenced = [row for row in rows if not row.presumed]
    where = f"{region}: " if region else ""
    if not evidenced:
        return (
            f"{where}Hier ist kein Gremium belegt."
            if region
            else ("Es ist noch kein Gremium eingetragen.")
        )
    counts = Counter(row.shown for row in evidenced)
    sentences = [where + _offered_sentence(evidenced, counts["offered"], period, bool(region))]
    if counts["reachable"]:
        sentences.append(
            f"Für {counted(counts['reachable'], 'Gremium', 'Gremien')} ohne passendes eigenes "
            f"Angebot ist eines in einer anderen Kommune höchstens {within_km} km entfernt "
            "(Luftlinie)."
        )
    bei, fuer = ("weiteren ", "weitere ") if counts["reachable"] else ("", "")
    if counts["other_time"]:
        councils = counted(counts["other_time"], f"{bei}Gremium", f"{bei}Gremien")
        sentences.append(
            f"Bei {councils} gibt es ein Angebot nur zu anderer Zeit oder ohne Termin."
        )
    if counts["none_found"]:
        councils = counted(counts["none_found"], f"{bei}Gremium", f"{bei}Gremien")
        sentences.append(f"Bei {councils} wurde alles geprüft und kein Angebot gefunden.")
    if counts["unknown"]:
        councils = counted(counts["unknown"], f"{bei}Gremium", f"{bei}Gremien")
        sentences.append(f"Bei {councils} ist das Ergebnis nicht sicher.")
    if counts["not_configured"]:
        one = "weiteres Gremium" if fuer else "Gremium"
        councils = counted(counts["not_configured"], one, f"{fuer}Gremien")
        sentences.append(f"Für {councils} ist noch keine Quelle bekannt.")
    return " ".join(sentences)


def _offered_sentence(
    evidenced: Sequence[MapRow], offered: int, period: str, is_one_region: bool
) -> str:
    when = f" {period}" if period else ""
    if not offered:
        return f"Für kein Gremium ist{when or ' zurzeit'} ein Angebot bekannt."
    verb = "hat" if offered == 1 else "haben"
    sentence = f"{counted(offered, 'Gremium', 'Gremien')} {verb}{when} ein Angebot"
    districts = Counter(
        row.council_state.council.regierungsbezirk
        for row in evidenced
        if row.shown == "offered" and row.council_state.council.regierungsbezirk
    )
    if not districts or is_one_region:
        return f"{sentence}."
    most_first = sorted(districts.items(), key=lambda pair: (-pair[1], pair[0]))
    where = listed([f"{name} ({count})" for name, count in most_first])
    districts_word = "im Regierungsbezirk" if len(districts) == 1 else "in den Regierungsbezirken"
    return f"{sentence}, und zwar {districts_word} {where}."


def venue_sentence(venues: Sequence[Venue], elsewhere: Elsewhere, region: str = "") -> str:
    """In how many municipalities offers take place, and which offers have no point on the map."""
    inside = f" ({region})" if region else ""
    if venues:
        offers = sum(venue.offers for venue in venues)
        sentence = (
            f"{counted(offers, 'Angebot findet', 'Angebote finden')} in "
            f"{counted(len(venues), 'Kommune', 'Kommunen')}{inside} statt; der Ring steht in deren "
            "Mitte."
        )
    else:
        sentence = f"Kein Ort, an dem ein Angebot stattfindet, ist hier bekannt{inside}."
    missing = [
        f"{number_text(count)} {words}"
        for count, words in (
            (elsewhere.online, "nur online"),
            (elsewhere.without_place, "ohne bekannten Ort"),
        )
        if count
    ]
    if not missing:
        return sentence
    total = elsewhere.online + elsewhere.without_place
    verb = "steht" if total == 1 else "stehen"
    things = "weiteres Angebot" if total == 1 else "weitere Angebote"
    return f"{sentence} Nicht auf der Karte {verb} {number_text(total)} {things}: " + (
        f"{listed(missing)}."
    )
