"""A register of 850 sources and landings of 100,000 courses, the same on every computer.

The municipalities, councils and totals are the shipped ones; the 849 VHS among them are made up.
The last source is an overview, whose lines partly lead to courses of the VHS.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pipeline.register import load_register
from scrapers.landing import MANIFEST, PLAN, RECORDS, REPORTS, record_hash
from scrapers.records import (
    LANDING_FORMAT,
    Course,
    CrawlPlan,
    LandingFile,
    Manifest,
    Session,
    SourceReport,
    SourceSpec,
)
from warehouse.settings import REFERENCE_DIR

SOURCES = 850
RECORDS_IN_ALL = 100_000
OVERVIEW_LINES = 400
OVERVIEW = "uebersicht"
FIRST_DAY = date(2026, 3, 14)

_SHIPPED = ("municipalities.csv", "councils.csv", "council_totals.csv", "nrw_outline.csv")
_VOCABULARY = """
    Mitglieder Gremium Kommune Integration Teilhabe Verwaltung Rat Ausschuss Sitzung Antrag Stadt
    Gemeinde Satzung Haushalt Beteiligung Vielfalt Demokratie Bildung Sprache Schule Verein
    Netzwerk Arbeit Recht Praxis Übung Austausch Moderation Gespräch Planung Öffentlichkeit
    Grundlagen Beispiele Aufgaben Rolle Zusammenarbeit Fragen Themen Abend Wochenende vor mit
    für und über gemeinsam neue lernen kennen entwickeln besprechen erproben stellen leiten
"""
_WORDS = _VOCABULARY.split()
_STATUS = ("open", "open", "open", "few", "waitlist", "full", "closed", "cancelled", "unknown")
_RELEVANCE = ("series", "council", "council", *("adjacent",) * 9)
_MODULES = {"series": ("basis", "aufbau"), "council": ("other",), "adjacent": ("other",)}


@dataclass(frozen=True)
class Read:
    """One course as it lands: its source, the hash of its words, and the words as JSON."""

    source_id: str
    page_url: str
    record_sha256: str
    record: str


def write_register(folder: Path) -> None:
    """The register of the made-up VHS; each serves its seat and one more municipality."""
    (folder / "sources").mkdir(parents=True)
    for name in _SHIPPED:
        (folder / name).write_bytes((REFERENCE_DIR / name).read_bytes())
    towns = _towns()
    providers: list[tuple[object, ...]] = [
        ("verband", "Landesverband", "association", "", "https://verband.example", "", "", "")
    ]
    areas: list[tuple[object, ...]] = []
    for number in range(SOURCES - 1):
        ags, name = towns[number % len(towns)]
        neighbour, _ = towns[(number + 1) % len(towns)]
        provider_id = f"vhs-{number:03d}"
        providers.append(
            (provider_id, f"VHS {name} {number:03d}", "vhs", ags, _site(number), "", "", "")
        )
        areas += [(provider_id, ags, "seat", ""), (provider_id, neighbour, "joint_vhs", "")]
    _write_csv(
        folder / "providers.csv",
        "provider_id,name,kind,seat_ags,website,platform,evidence_level,source_url",
        providers,
    )
    _write_csv(folder / "service_areas.csv", "provider_id,ags,reason,source_url", areas)
    (folder / "sources" / f"{OVERVIEW}.yaml").write_text(
        f"id: {OVERVIEW}\nprovider: verband\nkind: overview\n"
        "start_urls: [https://verband.example/reihe]\n",
        encoding="utf-8",
    )


def write_landings(register_folder: Path, landing_dir: Path, nights: int) -> int:
    """Landings of successive nights in which all courses stay as they are; returns the bytes of
    one record file."""
    specs = load_register(register_folder).sources
    courses = list(_courses(specs))
    return max(
        _write_landing(landing_dir, specs, courses, FIRST_DAY + timedelta(days=night))
        for night in range(nights)
    )


def _write_landing(
    landing_dir: Path, specs: tuple[SourceSpec, ...], courses: list[Read], day: date
) -> int:
    started = datetime.combine(day, time(1, 30), UTC)
    plan = CrawlPlan(
        crawl_id=f"{started:%Y%m%dT%H%M%SZ}-bench",
        today=day,
        started_at=started,
        is_sample=False,
        user_agent="bench",
        trusted_origins=(),
        sources=specs,
    )
    folder = landing_dir / plan.crawl_id
    folder.mkdir(parents=True)
    (folder / PLAN).write_text(plan.model_dump_json(), encoding="utf-8")
    fetched = {
        spec.source_id: started + timedelta(seconds=number) for number, spec in enumerate(specs)
    }
    records = _write_lines(
        folder / RECORDS,
        (
            json.dumps(
                {
                    "crawl_id": plan.crawl_id,
                    "source_id": read.source_id,
                    "provider_id": read.source_id if read.source_id != OVERVIEW else "verband",
                    "page_url": read.page_url,
                    "fetched_at": fetched[read.source_id].isoformat(),
                    "content_sha256": read.record_sha256[::-1],
                    "extractor": "CoursePage/1",
                    "record_sha256": read.record_sha256,
                }
            )[:-1]
            + f', "record": {read.record}}}'
            for read in courses
        ),
    )
    counts: dict[str, int] = {}
    for read in courses:
        counts[read.source_id] = counts.get(read.source_id, 0) + 1
    reports = _write_lines(
        folder / REPORTS,
        (
            _report(plan, spec, counts.get(spec.source_id, 0), fetched[spec.source_id])
            for spec in specs
        ),
    )
    manifest = Manifest(
        landing_format=LANDING_FORMAT,
        crawl_id=plan.crawl_id,
        today=day,
        is_sample=False,
        started_at=started,
        finished_at=started + timedelta(hours=1),
        sources=tuple(spec.source_id for spec in specs),
        files=(records, reports),
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    return (folder / RECORDS).stat().st_size


def _report(plan: CrawlPlan, spec: SourceSpec, count: int, fetched_at: datetime) -> str:
    return SourceReport(
        crawl_id=plan.crawl_id,
        source_id=spec.source_id,
        provider_id=spec.provider_id,
        kind=spec.kind,
        platform="kuferweb",
        state="complete",
        started_at=fetched_at,
        finished_at=fetched_at + timedelta(seconds=30),
        requests=count + 3,
        pages=count,
        records=count,
        stated_count=count,
        parsed_count=count,
    ).model_dump_json()


def _write_lines(path: Path, lines: Iterator[str]) -> LandingFile:
    digest, count = hashlib.sha256(), 0
    with path.open("wb") as file:
        for line in lines:
            body = f"{line}\n".encode()
            digest.update(body)
            file.write(body)
            count += 1
    return LandingFile(name=path.name, lines=count, sha256=digest.hexdigest())


def _courses(specs: tuple[SourceSpec, ...]) -> Iterator[Read]:
    catalogues = [spec for spec in specs if spec.kind == "catalogue"]
    towns = [name for _, name in _towns()]
    in_catalogues = RECORDS_IN_ALL - OVERVIEW_LINES
    chance = random.Random(850)
    linked: list[Course] = []
    for position in range(in_catalogues):
        number, place = divmod(position, len(catalogues))
        spec = catalogues[place]
        town = towns[(place + chance.randrange(3)) % len(towns)]
        course = _course(chance, spec, number, town)
        if number == 0 and len(linked) < OVERVIEW_LINES // 2:
            linked.append(course)
        yield _read(spec.source_id, str(course.detail_url), course)
    for position in range(OVERVIEW_LINES):
        known = linked[position] if position < len(linked) else None
        line = Course(
            title="Fortbildung für kommunale Gremien",
            module="basis",
            relevance="series",
            position=position,
            places_planned=12,
            start_date=FIRST_DAY + timedelta(days=20 + position % 90),
            registration_url=known.detail_url if known else None,
            registration_email=None if known else f"info@vhs-{position:03d}.example",
            origins={"places_planned": "12 Plätze"},
        )
        yield _read(OVERVIEW, "https://verband.example/reihe", line)


def _course(chance: random.Random, spec: SourceSpec, number: int, town: str) -> Course:
    relevance = chance.choice(_RELEVANCE)
    first = FIRST_DAY + timedelta(days=chance.randrange(-60, 200))
    hour = chance.choice((9, 14, 17, 18))
    days = [first + timedelta(weeks=week) for week in range(chance.choice((1, 1, 1, 2, 4, 8)))]
    room = f"VHS-Haus {chance.randrange(4)}, Raum {chance.randrange(6)}"
    total, taken = chance.choice((10, 12, 16, 20)), chance.randrange(11)
    price = chance.choice(("24.00", "60.00", "120.50", None))
    title = f"{_text(chance, 4)} {number}"
    description = _text(chance, chance.randrange(30, 110))
    when = ", ".join(f"{day:%d.%m.%Y}" for day in days)
    fields: dict[str, Any] = {
        "detail_url": f"{spec.start_urls[0].rstrip('/')}/kurs/{number}",
        "course_number": f"26-{number:05d}" if chance.randrange(50) else None,
        "title": title,
        "description": description,
        "topics": tuple(_text(chance, 3) for _ in range(chance.randrange(4))),
        "target_group": _text(chance, 5),
        "module": chance.choice(_MODULES[relevance]),
        "relevance": relevance,
        "relevance_terms": ("Gremium",),
        "sessions": tuple(
            Session(
                day=day,
                starts=time(hour, 30),
                ends=time(hour + 2),
                venue_name=room,
                venue_place=town,
            )
            for day in days
        ),
        "start_date": days[0],
        "end_date": days[-1],
        "session_count": len(days),
        "venue_name": room,
        "venue_street": f"Marktstraße {chance.randrange(1, 90)}",
        "venue_place": town,
        "delivery_mode": "in_person",
        "places_total": total,
        "places_taken": taken,
        "places_free": total - taken if total > taken else 0,
        "status": chance.choice(_STATUS),
        "price_eur": price,
        "is_free": None if price else True,
        "registration_url": f"{spec.start_urls[0].rstrip('/')}/kurs/{number}/anmelden",
        "origins": {
            "title": title,
            "relevance": "Gremium",
            "start_date": when,
            "end_date": when,
            "sessions": when,
            "session_count": f"{len(days)} Termine",
            "venue_name": f"{room}, {town}",
            "venue_place": f"{room}, {town}",
            "places_total": f"{total} Plätze, {taken} belegt",
            "places_taken": f"{total} Plätze, {taken} belegt",
            "places_free": f"{total} Plätze, {taken} belegt",
            "price_eur": f"Gebühr: {price or 'keine'}",
            "status": "Anmeldung",
            "course_number": f"Kursnummer 26-{number:05d}",
        },
    }
    return Course(**fields)


def _read(source_id: str, page_url: str, course: Course) -> Read:
    return Read(source_id, page_url, record_hash(course), course.model_dump_json())


def _text(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))


def _site(number: int) -> str:
    return f"https://vhs-{number:03d}.example"


def _towns() -> list[tuple[str, str]]:
    with (REFERENCE_DIR / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return [(row["ags"], row["name"]) for row in csv.DictReader(file)]


def _write_csv(path: Path, header: str, rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
