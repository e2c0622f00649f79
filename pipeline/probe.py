"""`atlas sources probe URL`: a first look at a VHS, and what to write into the register for it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console

from pipeline.asking import ask_scrapers
from pipeline.crawling import new_crawl_id, user_agent
from pipeline.exit_codes import ExitCode
from pipeline.register import Register
from pipeline.register_rows import CATALOGUE_PROVIDER_KIND, MunicipalityRow, address_problem
from scrapers.records import (
    CrawlPlan,
    ProbedSearch,
    ProbeResult,
    SourceSpec,
    is_loopback,
    origin_of,
)
from warehouse.settings import Settings

PROVIDER_COLUMNS = (
    "provider_id",
    "name",
    "kind",
    "seat_ags",
    "website",
    "platform",
    "evidence_level",
    "source_url",
)
AREA_COLUMNS = ("provider_id", "ags", "reason", "source_url")
PROBE_BUDGET = 20
# What a page says must not steer the terminal.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class ProbeRefused(Exception):
    """This address cannot or must not be probed; the message says why."""


@dataclass(frozen=True)
class Probe:
    """What the look found, and what is to be added to the register for it.

    `provider_row` and `service_area_row` are lines of the CSV files with all their columns, None
    where the site could not be read, the latter also where the seat is not clear. `yaml` is None
    where no file is needed. `missing` are sentences about what was not found.
    """

    found: ProbeResult
    known_as: str | None
    provider_row: str | None
    service_area_row: str | None
    yaml: str | None
    missing: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        return ExitCode.INCOMPLETE if self.missing else ExitCode.ALL_WELL

    def as_dict(self) -> dict[str, Any]:
        return {
            "exit_code": int(self.exit_code),
            **self.found.model_dump(mode="json"),
            "known_as": self.known_as,
            "provider_row": self.provider_row,
            "service_area_row": self.service_area_row,
            "yaml": self.yaml,
            "missing": list(self.missing),
        }

    def print_to(self, console: Console) -> None:
        for line in (*self._findings(), *self._additions()):
            console.print(_CONTROLS.sub("", line), markup=False)

    def _findings(self) -> Iterator[str]:
        found = self.found
        yield f"{found.url}: {found.name or 'no name found'}"
        yield f"platform: {found.platform or 'not recognised'}"
        search = f", search {found.robots_search}" if found.robots_search else ""
        yield f"robots.txt: home {found.robots_home or 'not asked'}{search}"
        if found.crawl_delay is not None:
            yield f"Crawl-delay: {found.crawl_delay:g} s"
        if found.is_whole_catalogue:
            yield f"the address is a whole catalogue of {found.stated_count} courses"
        else:
            yield f"search: {found.search_url or 'not found'}"
        for search_found in found.searches:
            yield f"{search_found.term}: {_counts(search_found)}"
        for title in self.candidates():
            yield f"candidate: {title}"
        yield f"{found.requests} requests"
        told = {search_found.failure for search_found in found.searches}
        yield from (sentence for sentence in self.missing if sentence not in told)

    def candidates(self) -> list[str]:
        """The titles of all courses that may concern the councils, each once."""
        titles = [title for search in self.found.searches for title in search.candidates]
        return list(dict.fromkeys((*self.found.candidates, *titles)))

    def _additions(self) -> Iterator[str]:
        if self.known_as is not None:
            yield f"the register knows this site already, as provider {self.known_as}"
        if self.provider_row is None:
            return
        yield f"providers.csv ({','.join(PROVIDER_COLUMNS)}):"
        yield self.provider_row
        yield f"service_areas.csv ({','.join(AREA_COLUMNS)}):"
        yield self.service_area_row or "one row for each municipality that this VHS serves"
        if self.yaml:
            yield "sources/<id>.yaml:"
            yield self.yaml.rstrip()


def _counts(search: ProbedSearch) -> str:
    if search.failure:
        return search.failure
    stated = "states no number" if search.stated_count is None else f"states {search.stated_count}"
    return f"{stated}, {search.read_count} on the first page"


def probe(settings: Settings, register: Register, url: str) -> Probe:
    """Looks at the site. Raises ProbeRefused and SettingsError."""
    if problem := address_problem(url):
        raise ProbeRefused(f"URL {url!r} {problem}")
    if settings.environment != "production" and not is_loopback(url):
        raise ProbeRefused(
            f"{url}: outside production only addresses of this computer are probed; set "
            "ATLAS_ENVIRONMENT=production and ATLAS_CONTACT to look at a live site"
        )
    found = _look(settings, url)
    known = [p.provider_id for p in register.providers if p.website and _same_site(p.website, url)]
    known_as = known[0] if known else None
    missing = tuple(_missing(found))
    if found.failures:
        return Probe(found, known_as, None, None, None, missing)
    provider_id = known_as or provider_id_of(found.url, found.name or "")
    seat = seat_of(found.name or "", register.municipalities)
    provider_row = _csv_row(
        provider_id,
        found.name or "",
        CATALOGUE_PROVIDER_KIND,
        seat.ags if seat else "",
        found.url,
        found.platform or "auto",
        "official_or_own_page",
        found.url,
    )
    area_row = _csv_row(provider_id, seat.ags, "seat", found.url) if seat else None
    return Probe(found, known_as, provider_row, area_row, _yaml(provider_id, found), missing)


def _look(settings: Settings, url: str) -> ProbeResult:
    source = SourceSpec(
        source_id="probe",
        provider_id="probe",
        provider_name="",
        kind="catalogue",
        start_urls=(url,),
        request_budget=PROBE_BUDGET,
    )
    plan = CrawlPlan(
        crawl_id=new_crawl_id(settings.now()),
        today=settings.today(),
        started_at=settings.now(),
        is_sample=is_loopback(url),
        user_agent=user_agent(settings, is_sample=is_loopback(url)),
        trusted_origins=(origin_of(url),) if is_loopback(url) else (),
        sources=(source,),
    )
    logs = settings.data_dir / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    answer = ask_scrapers(
        "probe", "--log", str(logs / f"probe-{plan.crawl_id}.log"), said=plan.model_dump_json()
    )
    return ProbeResult.model_validate_json(answer)


def _missing(found: ProbeResult) -> Iterator[str]:
    yield from found.failures
    if found.failures:
        return
    if found.name is None:
        yield "the start page says nowhere what the site is called"
    if found.platform is None:
        yield "the platform was not recognised: the generic reader would be used"
    if not found.searches and not found.is_whole_catalogue:
        yield "no keyword search was found on the start page; name its address in a YAML file"
    yield from (search.failure for search in found.searches if search.failure)


def _yaml(provider_id: str, found: ProbeResult) -> str | None:
    """A file is needed only where the search has to be named by hand."""
    if found.searches or found.is_whole_catalogue:
        return None
    parts = urlsplit(found.url)
    search = f"{parts.scheme}://{parts.netloc}/suche?q={{term}}"
    return (
        f"id: {provider_id}\n"
        f"provider: {provider_id}\n"
        "kind: catalogue\n"
        f"platform: {found.platform or 'auto'}\n"
        "# to be corrected: the address that the site's own search calls, with {term} in it\n"
        f"search: {search}\n"
    )


def provider_id_of(url: str, name: str) -> str:
    """A readable id: from the host (`www.vhs-rheine.de` gives `vhs-rheine`), or from the name of
    the site where the host is a bare address."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    is_name = bool(re.search(r"[a-z]", host)) and "." in host
    words = _folded(host.rpartition(".")[0] if is_name else name).split()
    readable = "-".join(words)
    return readable if {"vhs", "volkshochschule"} & set(words) else f"vhs-{readable or 'neu'}"


def seat_of(name: str, municipalities: Sequence[MunicipalityRow]) -> MunicipalityRow | None:
    """The one municipality that the name names, None where there is none or several.

    Of names within each other ("Bad Salzuflen", "Salzuflen") the longest counts.
    """
    said = f" {_folded(name)} "
    named = [row for row in municipalities if f" {_folded(row.name)} " in said]
    longest = [
        row
        for row in named
        if not any(
            _folded(row.name) != _folded(other.name) and _folded(row.name) in _folded(other.name)
            for other in named
        )
    ]
    return longest[0] if len(longest) == 1 else None


def _folded(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", name.lower().translate(_UMLAUTS)))


def _same_site(website: str, url: str) -> bool:
    def site(address: str) -> str:
        return origin_of(address).partition("://")[2].removeprefix("www.").partition(":")[0]

    if is_loopback(website) or is_loopback(url):
        return origin_of(website) == origin_of(url)
    return site(website) == site(url)


def _csv_row(*values: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()
