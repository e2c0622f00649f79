"""What enters and what leaves the room `scrapers`: the crawl plan, the records, the source report.

These models are the contract between the crawl and the pipeline and the format of the landing
files. A change that an old landing file does not satisfy needs a new `LANDING_FORMAT`.
"""

from __future__ import annotations

from scrapers.records.addresses import is_loopback, origin_of
from scrapers.records.base import (
    LANDING_FORMAT,
    Contract,
    DeliveryMode,
    Evidence,
    FailureClass,
    Module,
    OfferStatus,
    PlatformName,
    Relevance,
    SourceKind,
    SourceState,
)
from scrapers.records.offers import (
    AnnouncedEvent,
    Announcement,
    Course,
    Organisation,
    Record,
    Series,
    SeriesModule,
    Session,
)
from scrapers.records.plan import CrawlPlan, SourceSpec
from scrapers.records.probes import ProbedSearch, ProbeResult, RobotsVerdict
from scrapers.records.rereadings import (
    FreezeResult,
    FrozenPage,
    RereadDifference,
    RereadOrder,
    RereadResult,
    RereadSource,
)
from scrapers.records.visits import ArchivedPage, LandingFile, Manifest, Sighting, SourceReport

__all__ = [
    "LANDING_FORMAT",
    "AnnouncedEvent",
    "Announcement",
    "ArchivedPage",
    "Contract",
    "Course",
    "CrawlPlan",
    "DeliveryMode",
    "Evidence",
    "FailureClass",
    "FreezeResult",
    "FrozenPage",
    "LandingFile",
    "Manifest",
    "Module",
    "OfferStatus",
    "Organisation",
    "PlatformName",
    "ProbeResult",
    "ProbedSearch",
    "Record",
    "Relevance",
    "RereadDifference",
    "RereadOrder",
    "RereadResult",
    "RereadSource",
    "RobotsVerdict",
    "Series",
    "SeriesModule",
    "Session",
    "Sighting",
    "SourceKind",
    "SourceReport",
    "SourceSpec",
    "SourceState",
    "is_loopback",
    "origin_of",
]
