"""Whether a labelled text says that there is none, or none yet: "N.N.", "entfällt", "–"."""

from __future__ import annotations

import re
from typing import Final

from scrapers.fields.text import fold

_LONGEST: Final = 80  # a longer text says something beside the none
_THING = (
    "(?:(?:der|die|das|genaue[rs]?|weitere) )*(?:veranstaltungsort|ort|raum|termine?|zeit|uhrzeit"
    "|datum|preis|gebuehr|entgelt|kosten|details?|infos?|informationen|angaben?)"
)
_SUBJECT = f"(?:{_THING}(?: und {_THING})? )?"
_YET = "(?:(?:erst|noch|demnaechst|rechtzeitig|kurzfristig|spaeter|in kuerze) )*"
_NONE: Final = re.compile(
    "|".join(
        (
            r"n ?\.? ?n ?\.?",  # nomen nominandum
            r"k ?\.? ?a ?\.?|(?:noch )?keine angaben?",
            r"[-–—./_*]{1,3}",
            r"tba|tbd|to be (?:announced|defined)",
            rf"{_SUBJECT}(?:ist |sind |steht |stehen )?{_YET}(?:offen|unbekannt|nicht bekannt"
            r"|nicht fest|nicht festgelegt|ungeklaert|in planung|in klaerung|folgt|folgen)",
            rf"{_SUBJECT}(?:wird|werden) {_YET}(?:bekannt ?gegeben|mitgeteilt|angekuendigt"
            r"|veroeffentlicht|festgelegt|abgestimmt)",
            r"(?:nach|auf) (?:vereinbarung|absprache|anfrage)",
            r"entfaellt|keine[rs]?|nicht (?:erforderlich|noetig|notwendig|vorgesehen)",
            r"keine anmeldung(?: (?:erforderlich|noetig|notwendig|moeglich))?",
        )
    )
)


def says_none(text: str) -> bool:
    """True for a text that says nothing but that there is none or none yet; "" is silence."""
    if not text or len(text) > _LONGEST:
        return False
    folded = fold(text).strip(" :;,!()")
    if _NONE.fullmatch(folded):
        return True
    return folded.endswith(".") and _NONE.fullmatch(folded.rstrip(".")) is not None
