"""The register: councils, municipalities, providers, service areas and the sources to be read.

A register is a folder with the files of `warehouse/reference` and `sources/*.yaml`. A VHS with a
website is a catalogue source without any YAML. All mistakes of a register are collected and
reported together, each as a sentence with file, line and field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import cast

from pydantic import BaseModel

from pipeline.register_files import (
    Located,
    Problems,
    RowT,
    SourceInFile,
    read_csv,
    read_sources,
)
from pipeline.register_rows import (
    CATALOGUE_PROVIDER_KIND,
    CouncilRow,
    CouncilTotalRow,
    MunicipalityRow,
    OutlinePoint,
    ProviderRow,
    ServiceAreaRow,
    one_spelling,
)
from scrapers.records import PlatformName, SourceSpec, is_loopback, origin_of
from warehouse.settings import REFERENCE_DIR

SHIPPED_SOURCES_DIR = REFERENCE_DIR.parents[1] / "scrapers" / "register" / "sources"


SHOWN_SENTENCES = 10


class RegisterError(Exception):
    """A register that cannot be used; `sentences` holds one sentence for each mistake.

    The message shows the first of them: one broken file often causes hundreds.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        shown = list(sentences[:SHOWN_SENTENCES])
        if len(sentences) > len(shown):
            shown.append(f"… and {len(sentences) - len(shown)} more mistakes of this register")
        super().__init__("\n".join(shown))
        self.sentences = tuple(sentences)


class UnknownSources(RegisterError):
    """Sources were chosen that the register does not have: a slip of whoever chose them."""


@dataclass(frozen=True)
class Register:
    """Everything the register says, checked. `inactive_sources` are known but switched off."""

    councils: tuple[CouncilRow, ...]
    council_totals: tuple[CouncilTotalRow, ...]
    municipalities: tuple[MunicipalityRow, ...]
    outline: tuple[OutlinePoint, ...]
    providers: tuple[ProviderRow, ...]
    service_areas: tuple[ServiceAreaRow, ...]
    sources: tuple[SourceSpec, ...]
    inactive_sources: tuple[SourceSpec, ...]

    @cached_property
    def trusted_origins(self) -> tuple[str, ...]:
        """scheme://host:port (port always written) of every address that is to be read."""
        addresses = [row.website for row in self.providers if row.website]
        for source in (*self.sources, *self.inactive_sources):
            addresses.extend(source.start_urls)
            if source.search:
                addresses.append(source.search.replace("{term}", "x"))
        return tuple(sorted({origin_of(address) for address in addresses}))

    @cached_property
    def is_sample(self) -> bool:
        """True when an address is on loopback: then the data say nothing about the real world.

        A source that is switched off counts too: switching off makes no sample real.
        """
        return any(is_loopback(address) for address in self.trusted_origins)

    @cached_property
    def content_hash(self) -> str:
        """Changes with anything the register says."""
        return _digest(
            self.councils,
            self.council_totals,
            self.municipalities,
            self.outline,
            self.providers,
            self.service_areas,
            self.sources,
            self.inactive_sources,
        )

    @cached_property
    def resolution_hash(self) -> str:
        """Changes with what decides who offers a training and in which municipality it is."""
        places = [(row.ags, row.name, row.official_name) for row in self.municipalities]
        who = [(row.provider_id, row.name, row.seat_ags, row.website) for row in self.providers]
        areas = [(row.provider_id, row.ags) for row in self.service_areas]
        hosts = [
            (source.source_id, source.start_urls)
            for source in (*self.sources, *self.inactive_sources)
        ]
        return hashlib.sha256(repr((places, who, areas, hosts)).encode()).hexdigest()

    def select(self, source_ids: Sequence[str]) -> tuple[SourceSpec, ...]:
        """The active sources with these ids, all of them for none; raises UnknownSources."""
        if not source_ids:
            return self.sources
        source_ids = [one_spelling(source_id) for source_id in source_ids]
        known = {source.source_id: source for source in self.sources}
        switched_off = {source.source_id for source in self.inactive_sources}
        problems = []
        for source_id in source_ids:
            if source_id in known:
                continue
            if source_id in switched_off:
                problems.append(
                    f"source {source_id!r} is switched off in the register; "
                    "set active: true in its file under sources/"
                )
                continue
            near = get_close_matches(source_id, known, n=3, cutoff=0.5)
            hint = f"did you mean {', '.join(near)}?" if near else "see `atlas sources check`"
            problems.append(f"source {source_id!r} is not in the register; {hint}")
        if problems:
            raise UnknownSources(problems)
        return tuple(known[source_id] for source_id in dict.fromkeys(source_ids))


def _digest(*groups: Sequence[BaseModel]) -> str:
    digest = hashlib.sha256()
    for group in groups:
        for row in group:
            digest.update(row.model_dump_json().encode())
        digest.update(b"\x00")
    return digest.hexdigest()


def load_register(directory: Path | None) -> Register:
    """Reads and checks a register; None means the shipped one.

    `council_totals.csv` and `nrw_outline.csv` of the shipped register stand in where a register
    has none. Raises RegisterError.
    """
    folder = REFERENCE_DIR if directory is None else directory
    sources_dir = SHIPPED_SOURCES_DIR if directory is None else directory / "sources"
    if not folder.is_dir():
        raise RegisterError(
            [f"{folder}: this folder does not exist; name the folder of a register"]
        )
    problems = Problems()

    def optional(name: str) -> Path:
        return folder if (folder / name).exists() else REFERENCE_DIR

    municipalities = read_csv(folder, "municipalities.csv", MunicipalityRow, ("ags",), problems)
    councils = read_csv(folder, "councils.csv", CouncilRow, ("ags",), problems)
    providers = read_csv(folder, "providers.csv", ProviderRow, ("provider_id",), problems)
    areas = read_csv(
        folder,
        "service_areas.csv",
        ServiceAreaRow,
        ("provider_id", "ags", "reason"),
        problems,
        may_be_empty=True,
    )
    totals = read_csv(
        optional("council_totals.csv"),
        "council_totals.csv",
        CouncilTotalRow,
        ("as_of", "source_url"),
        problems,
    )
    outline = read_csv(
        optional("nrw_outline.csv"), "nrw_outline.csv", OutlinePoint, ("seq",), problems
    )
    files = read_sources(sources_dir, problems)

    _check_references(municipalities, councils, providers, areas, files, problems)
    active, inactive = _sources([row for _, row in providers], files, problems)
    if problems.sentences:
        raise RegisterError(problems.sentences)
    return Register(
        councils=_rows(councils),
        council_totals=_rows(totals),
        municipalities=_rows(municipalities),
        outline=tuple(sorted(_rows(outline), key=lambda point: point.seq)),
        providers=_rows(providers),
        service_areas=_rows(areas),
        sources=active,
        inactive_sources=inactive,
    )


def _rows(located: list[Located[RowT]]) -> tuple[RowT, ...]:
    return tuple(row for _, row in located)


def _check_references(
    municipalities: list[Located[MunicipalityRow]],
    councils: list[Located[CouncilRow]],
    providers: list[Located[ProviderRow]],
    areas: list[Located[ServiceAreaRow]],
    files: list[SourceInFile],
    problems: Problems,
) -> None:
    """What a row refers to must exist. Mistakes in one file are not held against the others: they
    are told already, and what refers to a wrong row may be right."""
    known_ags = {row.ags for _, row in municipalities}
    if problems.of("municipalities.csv"):
        known_ags = set()
    known_providers = {row.provider_id for _, row in providers}
    if problems.of("providers.csv"):
        known_providers = set()

    def check(file: str, line: int, name: str, value: str | None, known: set[str]) -> None:
        if value is None or not known or value in known:
            return
        target = "municipalities.csv" if known is known_ags else "providers.csv"
        near = get_close_matches(value, sorted(known), n=1, cutoff=0.8)
        hint = f" (did you mean {near[0]}?)" if near else ""
        problems.add(
            file, line, name, f"{value!r} is not in {target}{hint}; correct it or add it there"
        )

    for line, council in councils:
        check("councils.csv", line, "ags", council.ags, known_ags)
    for line, provider in providers:
        check("providers.csv", line, "seat_ags", provider.seat_ags, known_ags)
    for line, area in areas:
        check("service_areas.csv", line, "provider_id", area.provider_id, known_providers)
        check("service_areas.csv", line, "ags", area.ags, known_ags)
    for entry in files:
        line = entry.lines["provider"]
        check(entry.file, line, "provider", entry.source.provider, known_providers)


def _sources(
    providers: list[ProviderRow], files: list[SourceInFile], problems: Problems
) -> tuple[tuple[SourceSpec, ...], tuple[SourceSpec, ...]]:
    """Active and inactive sources: the VHS with a website, then those of the YAML files."""
    by_id = {provider.provider_id: provider for provider in providers}
    described = {entry.source.provider for entry in files if entry.source.kind == "catalogue"}
    active: dict[str, SourceSpec] = {}
    inactive: dict[str, SourceSpec] = {}
    origin_of: dict[str, str] = {}
    for provider in providers:
        covered = provider.provider_id in described
        if provider.kind != CATALOGUE_PROVIDER_KIND or not provider.website or covered:
            continue
        active[provider.provider_id] = SourceSpec(
            source_id=provider.provider_id,
            provider_id=provider.provider_id,
            provider_name=provider.name,
            kind="catalogue",
            platform=cast(PlatformName, provider.platform),
            start_urls=(provider.website,),
        )
        origin_of[provider.provider_id] = "providers.csv (a VHS with a website is a source)"
    for entry in files:
        provider_row = by_id.get(entry.source.provider)
        if provider_row is None:
            continue
        spec = _source_spec(entry, provider_row, problems)
        if spec is None:
            continue
        if spec.source_id in origin_of:
            problems.add(
                entry.file,
                entry.lines["id"],
                "id",
                f"{spec.source_id!r} is already used in {origin_of[spec.source_id]}; "
                "give each source its own id",
            )
            continue
        origin_of[spec.source_id] = entry.file
        (active if entry.source.active else inactive)[spec.source_id] = spec
    return tuple(active.values()), tuple(inactive.values())


def _source_spec(
    entry: SourceInFile, provider: ProviderRow, problems: Problems
) -> SourceSpec | None:
    source = entry.source
    start_urls = source.start_urls
    if not start_urls and source.kind == "catalogue" and provider.website:
        start_urls = (provider.website,)
    if not start_urls:
        problems.add(
            entry.file,
            entry.lines.get("start_urls", 1),
            "start_urls",
            "names no address; write at least one, or give the provider a website",
        )
        return None
    low, high = source.expect.min, source.expect.max
    if low is not None and high is not None and low > high:
        problems.add(
            entry.file,
            entry.lines["expect"],
            "expect",
            f"min {low} is larger than max {high}; exchange them",
        )
        return None
    platform = source.platform
    if platform == "auto" and source.kind == "catalogue":
        platform = cast(PlatformName, provider.platform)
    return SourceSpec(
        source_id=source.id,
        provider_id=provider.provider_id,
        provider_name=provider.name,
        kind=source.kind,
        platform=platform,
        start_urls=start_urls,
        search=source.search,
        crawl_delay=source.crawl_delay,
        expected_min=low,
        expected_max=high,
    )
