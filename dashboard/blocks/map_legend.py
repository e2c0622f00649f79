"""What the areas, points and rings of the map mean."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures.coverage_map import VENUES_NAME
from dashboard.map_words import MAP_WORDS, Shown


def legend(shown: Sequence[Shown], has_presumed: bool) -> str:
    """The marks that can appear under the chosen filters, as HTML."""
    entries = "".join(
        f'<li><span class="qa-swatch qa-swatch-{one}" aria-hidden="true"></span>'
        f'<span class="qa-symbol qa-ink-{one}" aria-hidden="true">'
        f"{MAP_WORDS[one].symbol}</span> {MAP_WORDS[one].label}</li>"
        for one in shown
    )
    open_symbols = " ".join(MAP_WORDS[one].symbol_presumed for one in shown)
    presumed = (
        f'<li><span class="qa-symbol qa-symbols" aria-hidden="true">{open_symbols}</span> '
        "Gremium nur vermutet</li>"
        if has_presumed
        else ""
    )
    return (
        f'<ul class="qa-legend" role="list" aria-label="Zeichen der Karte">{entries}'
        '<li><span class="qa-swatch qa-swatch-none" aria-hidden="true"></span> '
        "Kommune ohne belegtes Gremium</li>"
        '<li><span class="qa-ring" aria-hidden="true"></span> '
        f"{VENUES_NAME}</li>{presumed}</ul>"
    )
