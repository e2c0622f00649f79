"""Which Regierungsbezirk and which Kreis: the choices that the councils give, and their inputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard import address
from dashboard.blocks import inputs
from dashboard.council_words import kreis_text
from dashboard.data.councils import Council


@dataclass(frozen=True, slots=True)
class Regions:
    """What is chosen, empty for all, and what there is to choose from, in German words."""

    district: str
    kreis: str
    districts: dict[str, str]
    kreise: dict[str, str]

    def words(self) -> str:
        """The chosen region in words, empty where none is chosen."""
        if self.kreis:
            return self.kreise[self.kreis]
        return f"Regierungsbezirk {self.district}" if self.district else ""

    def district_input(self) -> None:
        inputs.select("Regierungsbezirk", address.DISTRICT, self.districts)

    def kreis_input(self) -> None:
        inputs.select("Kreis oder kreisfreie Stadt", address.KREIS, self.kreise, search=True)


def regions(known: Iterable[Council]) -> Regions:
    """What the address asks for; a region without a council asks for nothing."""
    known = tuple(known)
    names = sorted({row.regierungsbezirk for row in known if row.regierungsbezirk})
    districts = {"": "alle", **{name: name for name in names}}
    district = _one_of(address.DISTRICT.read(), districts)
    labels = {
        row.kreis: f"{row.kreis} (kreisfrei)" if row.is_kreisfrei else kreis_text(row.kreis)
        for row in known
        if row.kreis and district in ("", row.regierungsbezirk)
    }
    kreise = {"": "alle", **dict(sorted(labels.items()))}
    return Regions(district, _one_of(address.KREIS.read(), kreise), districts, kreise)


def _one_of(asked: str, options: dict[str, str]) -> str:
    return asked if asked in options else ""
