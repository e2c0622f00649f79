"""The rows of the register's files, each as a model that knows what a right row looks like."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from scrapers.records import PlatformName, SourceKind

EvidenceLevel = Literal[
    "election_2025_official",
    "election_2025_press",
    "term_2020_2025_or_undated",
    "pre_2020",
    "legal_presumption_only",
]
CATALOGUE_PROVIDER_KIND = "vhs"
LARGEST = 1_000_000_000
"""More than this counts nothing in NRW, and no column of the warehouse holds it."""


def _on_one_line(value: Any) -> Any:
    """White space of any kind becomes one blank: a name may be wrapped in its cell."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _empty_is_none(value: Any) -> Any:
    return _on_one_line(value) or None if isinstance(value, str) else value


def _ags(value: str) -> str:
    if not re.fullmatch(r"05\d{6}", value):
        raise ValueError(
            "is no AGS of NRW; write eight digits that begin with 05 "
            "(spreadsheets drop the leading zero: format the column as text)"
        )
    return value


def one_spelling(identifier: str) -> str:
    """Unicode writes one letter in two ways ("ü", or "u" and two dots); here it is one sign."""
    return unicodedata.normalize("NFC", identifier)


def _identifier(value: str) -> str:
    value = one_spelling(value)
    if not re.fullmatch(r"[^\W_][\w.-]{0,99}", value):
        raise ValueError("is no identifier; write letters, digits, hyphens, dots, underscores only")
    return value


def address_problem(value: str) -> str | None:
    """What is wrong with a web address, as the end of a sentence; None when nothing is."""
    if re.search(r"[\s<>\"\\]|[\x00-\x1f]", value):
        return "contains characters that no web address has; write them percent-encoded"
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").encode("idna")
        port = parts.port
    except ValueError:
        return "is no web address; check host and port"
    if parts.scheme not in ("http", "https") or not host:
        return "is no web address; write it with http:// or https:// and a host"
    if port == 0:
        return "is no web address; check the port"
    if parts.username or parts.password:
        return "contains a user name; remove everything before the @"
    return None


def _url(value: str) -> str:
    if problem := address_problem(value):
        raise ValueError(problem)
    return value


def _evidence(value: str | None) -> str | None:
    """Evidence is an address where there is one; a printed source may stand there as text."""
    if value is not None and "://" in value and (problem := address_problem(value)):
        raise ValueError(problem)
    return value


def _provider_kind(value: str) -> str:
    """Kinds are open, but a VHS must be written as such: its catalogue is read because of it."""
    kind = value.lower()
    means_vhs = sorted(kind) == sorted(CATALOGUE_PROVIDER_KIND) or kind == "volkshochschule"
    if means_vhs and kind != CATALOGUE_PROVIDER_KIND:
        raise ValueError("is not known; write vhs")
    return kind


def _platform(value: str) -> str:
    known = get_args(PlatformName)
    if not value:
        return "auto"
    if value not in known:
        raise ValueError(f"is not known; write one of {', '.join(known)} or leave it empty")
    return value


Text = Annotated[str, BeforeValidator(_on_one_line), Field(min_length=1)]
OptionalText = Annotated[str | None, BeforeValidator(_empty_is_none)]
Ags = Annotated[Text, AfterValidator(_ags)]
Identifier = Annotated[Text, AfterValidator(_identifier)]
Url = Annotated[Text, AfterValidator(_url)]
OptionalUrl = Annotated[Url | None, BeforeValidator(_empty_is_none)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Number = Annotated[float, Field(ge=0, le=LARGEST)]
Share = Annotated[float, Field(ge=0, le=100)]
OptionalCount = Annotated[Count | None, BeforeValidator(_empty_is_none)]
OptionalNumber = Annotated[Number | None, BeforeValidator(_empty_is_none)]
Evidence = Annotated[str | None, BeforeValidator(_empty_is_none), AfterValidator(_evidence)]
OptionalDate = Annotated[date | None, BeforeValidator(_empty_is_none)]


class Row(BaseModel):
    """Base of all rows: further columns of a file are allowed and left aside."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class CouncilRow(Row):
    """A body with its evidence. `counts_as_p27` = no is kept in the file but never counted."""

    ags: Ags
    municipality: Text
    body_name: OptionalText
    body_type: OptionalText
    members_total: Annotated[
        Annotated[Count, Field(ge=1)] | None, BeforeValidator(_empty_is_none)
    ] = None
    members_elected: OptionalCount = None
    members_as_of: OptionalText = None
    website: OptionalUrl = None
    evidence_level: EvidenceLevel
    source_url: Evidence
    counts_as_p27: Literal["yes", "presumed", "no"]
    note: OptionalText = None


class CouncilTotalRow(Row):
    """A published number of bodies, with its day and place of publication."""

    as_of: date
    total: Annotated[Count, Field(ge=1)]
    integrationsraete: OptionalCount = None
    integrationsausschuesse: OptionalCount = None
    meaning: Text
    source_url: Url


class MunicipalityRow(Row):
    """A municipality with the point that stands for it (WGS 84, degrees)."""

    ags: Ags
    name: Text
    official_name: OptionalText = None
    kreis_ags: OptionalText = None
    kreis: OptionalText = None
    regierungsbezirk: OptionalText = None
    type: OptionalText = None
    population: OptionalCount = None
    population_date: OptionalDate = None
    foreign_share_pct: Annotated[Share | None, BeforeValidator(_empty_is_none)] = None
    foreign_residents_est: OptionalCount = None
    lat: Annotated[float, Field(ge=50, le=53)]
    lon: Annotated[float, Field(ge=5, le=10)]
    area_km2: OptionalNumber = None
    website: OptionalUrl = None


class OutlinePoint(Row):
    """A corner of the coarse outline of NRW (WGS 84, degrees)."""

    seq: Annotated[int, Field(ge=0)]
    lon: Annotated[float, Field(ge=5, le=10)]
    lat: Annotated[float, Field(ge=50, le=53)]


class ProviderRow(Row):
    """Who offers trainings. An empty platform is `auto`."""

    provider_id: Identifier
    name: Text
    kind: Annotated[Text, AfterValidator(_provider_kind)]
    seat_ags: Annotated[Ags | None, BeforeValidator(_empty_is_none)]
    website: OptionalUrl
    platform: Annotated[str, BeforeValidator(_on_one_line), AfterValidator(_platform)]
    evidence_level: OptionalText
    source_url: Evidence


class ServiceAreaRow(Row):
    """Which provider serves which municipality, and why we think so."""

    provider_id: Identifier
    ags: Ags
    reason: Text
    source_url: Evidence


StrictCount = Annotated[int, Field(ge=0, le=LARGEST, strict=True)]


class Expectation(BaseModel):
    """How many records a complete visit has; fewer stop the publication, more only warn."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min: StrictCount | None = None
    max: StrictCount | None = None


def _search(value: str | None) -> str | None:
    if value is None:
        return None
    if "{term}" not in value:
        raise ValueError("has no place for the search word; write {term} where it belongs")
    if problem := address_problem(value.replace("{term}", "x")):
        raise ValueError(problem)
    return value


class SourceFile(BaseModel):
    """One YAML file of `sources/`. Unknown keys are refused: a typing error must not go unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    provider: Identifier
    kind: SourceKind
    platform: PlatformName = "auto"
    start_urls: tuple[Url, ...] = ()
    search: Annotated[str | None, AfterValidator(_search)] = None
    crawl_delay: Annotated[float, Field(ge=0, le=120, strict=True)] | None = None
    expect: Expectation = Expectation()
    active: Annotated[bool, Field(strict=True)] = True
    note: str | None = None
    checked_on: date | None = None
