"""Builds registers and landings for tests, through the crawl's own writer.

world = World(tmp_path)
world.night(date(2026, 3, 1), {"vhs-adorf": [course(course_number="1")]})
world.load()
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipeline.load import LoadResult, load_pending
from pipeline.register import Register, load_register
from scrapers.landing import LandingWriter, record_hash, seal
from scrapers.records import (
    Announcement,
    Course,
    CrawlPlan,
    FailureClass,
    Organisation,
    Series,
    Sighting,
    SourceReport,
    SourceSpec,
    SourceState,
)
from warehouse.settings import Settings

AnyRecord = Course | Announcement | Organisation | Series
DAY = date(2026, 3, 10)

MUNICIPALITIES = """\
ags,name,kreis,regierungsbezirk,lat,lon
05111000,Adorf,Kreis A,Bezirk,51.0,7.0
05112000,Bestadt,Kreis B,Bezirk,51.5,7.5
05113000,Celle-Süd,Kreis C,Bezirk,52.0,8.0
05114000,Dorthin,Kreis D,Bezirk,51.2,6.5
"""
COUNCILS = """\
ags,municipality,body_name,body_type,evidence_level,source_url,counts_as_p27
05111000,Adorf,Ausschuss,Integrationsrat,election_2025_official,https://adorf.example,yes
05112000,Bestadt,Ausschuss,Integrationsrat,election_2025_press,https://bestadt.example,yes
05113000,Celle-Süd,,,legal_presumption_only,,presumed
05114000,Dorthin,Beirat,Integrationsbeirat,pre_2020,https://dorthin.example,no
"""
PROVIDERS = """\
provider_id,name,kind,seat_ags,website,platform,evidence_level,source_url
vhs-adorf,VHS Adorf,vhs,05111000,http://127.0.0.1:9001,kuferweb,official_or_own_page,
vhs-bestadt,VHS Bestadt,vhs,05112000,http://127.0.0.1:9002,,official_or_own_page,
vhs-celle,VHS Celle-Süd,vhs,05113000,,,press_or_wikipedia,
verband,Landesverband,association,,http://127.0.0.1:9009,,official_or_own_page,
"""
AREAS = """\
provider_id,ags,reason,source_url
vhs-adorf,05111000,seat,
vhs-bestadt,05112000,seat,
vhs-celle,05113000,seat,
"""
OVERVIEW = """\
id: uebersicht
provider: verband
kind: overview
start_urls: [http://127.0.0.1:9009/reihe]
"""


def write_register(folder: Path, **replaced: str) -> Path:
    """A small register: VHS Adorf and Bestadt are readable, VHS Celle-Süd is not, one overview.

    `replaced` gives other texts for municipalities, councils, providers, service_areas, or for a
    source file by its stem; an empty text leaves the file out.
    """
    files = {
        "municipalities": MUNICIPALITIES,
        "councils": COUNCILS,
        "providers": PROVIDERS,
        "service_areas": AREAS,
        "uebersicht": OVERVIEW,
        **replaced,
    }
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        is_table = name in ("municipalities", "councils", "providers", "service_areas")
        path = folder / (f"{name}.csv" if is_table else f"sources/{name}.yaml")
        if text:
            path.write_text(text, encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
    return folder


def course(**fields: Any) -> Course:
    """A relevant course; every field can be set."""
    given: dict[str, Any] = {"title": "Fortbildung", "module": "basis", "relevance": "series"}
    return Course(**{**given, **fields})


@dataclass
class Outcome:
    """How a visit ends when it is not complete."""

    state: SourceState
    failure_class: FailureClass | None = None
    detail: str | None = None
    records: Sequence[AnyRecord] = ()


@dataclass
class World:
    """One data folder with its register and its nights."""

    folder: Path
    today: date = DAY
    register_texts: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return Settings(
            data_dir=self.folder / "data", environment="sample", fixed_today=self.today, contact=""
        )

    @property
    def register(self) -> Register:
        return load_register(write_register(self.folder / "register", **self.register_texts))

    def night(
        self,
        day: date,
        sources: Mapping[str, Sequence[AnyRecord] | Outcome],
        *,
        crawl_id: str | None = None,
        is_sample: bool = True,
        pages: Mapping[str, str] | None = None,
        at: time = time(1, 30),
    ) -> Path:
        """Writes the landing of one night: the records of complete sources, or other outcomes."""
        started = datetime.combine(day, at, UTC)
        register = self.register
        specs = {s.source_id: s for s in (*register.sources, *register.inactive_sources)}
        plan = CrawlPlan(
            crawl_id=crawl_id or f"{started:%Y%m%dT%H%M%SZ}",
            today=day,
            started_at=started,
            is_sample=is_sample,
            user_agent="test",
            trusted_origins=(),
            sources=tuple(specs[source_id] for source_id in sources),
        )
        writer = LandingWriter.begin(self.settings.landing_dir, self.settings.archive_dir, plan)
        for number, (source_id, given) in enumerate(sources.items()):
            outcome = given if isinstance(given, Outcome) else Outcome("complete", records=given)
            at = started + timedelta(minutes=number)
            report = _report(plan, specs[source_id], outcome, at)
            sightings = [
                _sighting(plan, specs[source_id], record, at, (pages or {}).get(source_id))
                for record in outcome.records
            ]
            writer.add_source(report, sightings, [])
        seal(writer.folder, started + timedelta(hours=1))
        return writer.folder

    def load(self) -> LoadResult:
        """Loads everything that has landed."""
        return load_pending(self.settings, self.register)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The answer of the working database."""
        with duckdb.connect(str(self.settings.work_database)) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.execute(sql).fetchall()


def _report(plan: CrawlPlan, source: SourceSpec, outcome: Outcome, at: datetime) -> SourceReport:
    count = len(outcome.records)
    return SourceReport(
        crawl_id=plan.crawl_id,
        source_id=source.source_id,
        provider_id=source.provider_id,
        kind=source.kind,
        platform=source.platform,
        state=outcome.state,
        failure_class=outcome.failure_class,
        detail=outcome.detail,
        started_at=at,
        finished_at=at + timedelta(seconds=30),
        requests=3,
        pages=count,
        records=count,
    )


def _sighting(
    plan: CrawlPlan, source: SourceSpec, record: AnyRecord, at: datetime, page: str | None
) -> Sighting:
    detail: Literal["detail_url"] = "detail_url"
    digest = record_hash(record)
    return Sighting(
        crawl_id=plan.crawl_id,
        source_id=source.source_id,
        provider_id=source.provider_id,
        page_url=page or getattr(record, detail, None) or source.start_urls[0],
        fetched_at=at,
        content_sha256=digest[::-1],
        extractor="test 1",
        record_sha256=digest,
        record=record,
    )
