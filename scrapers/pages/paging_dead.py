"""Controls of a pager that look as if they led on and cannot, by what stands beside them."""

from __future__ import annotations

import re
from typing import Final

from scrapers.pages.elements import Element
from scrapers.pages.markup import canonical_url, target
from scrapers.pages.paging import names_of
from scrapers.pages.paging_choices import AROUND
from scrapers.pages.paging_links import is_page_of
from scrapers.pages.paging_off import is_passive

# A row of numbers with words for leafing and nothing else.
LEAFING: Final = re.compile(
    r"(?:[\d\s\[\]()|«»‹›<>→←⟨⟩…·.,:/–-]|seiten?\b|blättern\b|zurück|vorwärts|vorherige|vor\b|"
    r"weiter|erste|letzte|nächste|von\b|previous|prev|next|first|last|page|anfang|ende\b)+",
    re.I,
)
LONGEST_ROW_OF_NUMBERS: Final = 200
_BACK: Final = re.compile(
    r"[«<‹←⟨]+|(?:[«<‹←⟨]+\s*)?(?:zurück|zur\s+vorherigen\s+seite|(?:vorherige|vorige)(?:\s+seite)?|"
    r"previous|prev)",
    re.I,
)
_WHICH_WAY: Final = re.compile(
    r"prev\w*|next|back|forward|left|right|zurueck|zurück|weiter|naechste|nächste|vor\w*", re.I
)
_SAYS_NO_MORE: Final = frozenset(
    ["href", "class", "title", "aria-label", "rel", "target", "tabindex"]
)


def leads_nowhere(node: Element, own_url: str, base_url: str, current: int) -> bool:
    """Whether a link to no address has no more to bring, by the others of its row: they have
    addresses; or on the first page, whose number is the only one there, the way back is as the way
    on. Or it leads to the page itself, with all that was asked for. One with a script of its own
    may lead anywhere."""
    if node.tag != "a" or not node.attributes.keys() <= _SAYS_NO_MORE:
        return False
    href = (node.attributes.get("href") or "").strip()
    if href not in ("", "#"):
        own = canonical_url(own_url)
        return "?" in own and canonical_url(target(base_url, href)) == own
    row = node.parent
    while row is not None and len(row.words) <= len(node.words) + 2:
        row = row.parent
    if row is None or len(row.words) > LONGEST_ROW_OF_NUMBERS:
        return False
    if any(name.strip(AROUND).isdigit() for name in names_of(node)):
        return False
    others = [one for one in row.find("a") if one is not node]
    ways = (target(base_url, one.attributes.get("href") or "") for one in others)
    if any(url and is_page_of(url, own_url) for url in ways):
        return True
    if current != 1 or set(re.findall(r"\d+", row.text)) != {"1"}:
        return False
    return LEAFING.fullmatch(row.text) is not None and any(
        any(map(_BACK.fullmatch, names_of(one)))
        and one.attributes.keys() <= _SAYS_NO_MORE
        and (one.attributes.get("href") or "").strip() == href
        and not is_passive(one)
        and _dress(one) == _dress(node)
        for one in others
    )


def _dress(node: Element) -> tuple[str, str]:
    """The classes of a control and of what is around it, but for the way it leads."""
    around = node.parent.attributes.get("class") if node.parent is not None else ""
    return (
        _WHICH_WAY.sub("", node.attributes.get("class") or ""),
        _WHICH_WAY.sub("", around or ""),
    )
