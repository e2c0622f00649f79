"""`atlas sources check`: what the register names, and what is missing for whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console

from pipeline.freeze import GOLDEN_DIR, LIVE_DIR
from pipeline.register import Register
from scrapers.records import is_loopback


@dataclass(frozen=True)
class Gap:
    """Something that the register does not know and a person could find out."""

    subject: str
    message: str


@dataclass(frozen=True)
class SourcesReport:
    """The sources by kind and the gaps of the register. `without_golden_pages`: active live sources
    of which no page is saved; None in an installation without tests."""

    sources_by_kind: dict[str, int]
    inactive: tuple[str, ...]
    gaps: tuple[Gap, ...]
    without_golden_pages: tuple[str, ...] | None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def print_to(self, console: Console) -> None:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.sources_by_kind.items()))
        console.print(f"the register is well formed; active sources: {kinds or 'none'}")
        if self.inactive:
            console.print(f"switched off: {', '.join(self.inactive)}", markup=False)
        if self.without_golden_pages:
            console.print(
                f"{len(self.without_golden_pages)} live sources have no golden pages yet (after a "
                f"crawl: atlas sources freeze ID): {', '.join(self.without_golden_pages)}",
                markup=False,
            )
        for gap in self.gaps:
            console.print(f"{gap.subject}: {gap.message}", markup=False)


def check_sources(register: Register) -> SourcesReport:
    """The register has been read without mistakes; this is about what it does not say."""
    return SourcesReport(
        sources_by_kind=dict(Counter(source.kind for source in register.sources)),
        inactive=tuple(source.source_id for source in register.inactive_sources),
        gaps=(*_councils_without_provider(register), *_providers_without_source(register)),
        without_golden_pages=_without_golden_pages(register) if GOLDEN_DIR.is_dir() else None,
    )


def _without_golden_pages(register: Register) -> tuple[str, ...]:
    live = [s for s in register.sources if not any(map(is_loopback, s.start_urls))]
    return tuple(
        source.source_id for source in live if not any((LIVE_DIR / source.source_id).glob("*.json"))
    )


def _councils_without_provider(register: Register) -> list[Gap]:
    served = {area.ags for area in register.service_areas}
    return [
        Gap(
            f"{council.municipality} ({council.ags})",
            "no provider serves this council; add a row to service_areas.csv",
        )
        for council in register.councils
        if council.counts_as_p27 != "no" and council.ags not in served
    ]


def _providers_without_source(register: Register) -> list[Gap]:
    readable = {source.provider_id for source in register.sources}
    councils = {c.ags: c.municipality for c in register.councils if c.counts_as_p27 != "no"}
    gaps = []
    for provider in register.providers:
        served = [
            councils[area.ags]
            for area in register.service_areas
            if area.provider_id == provider.provider_id and area.ags in councils
        ]
        if served and provider.provider_id not in readable:
            message = (
                "no readable source for the councils of "
                f"{', '.join(sorted(set(served)))}; add its website to providers.csv"
            )
            gaps.append(Gap(f"{provider.name} ({provider.provider_id})", message))
    return gaps
