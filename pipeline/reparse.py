"""`atlas reparse`: reads archived pages again with today's page objects.

Which visits are read again is decided here; the reading is a process of the scrapers. A new
landing bears `reparsed_from` in its reports: the warehouse takes its records as new readings of
those visits, with their times, and not as a visit.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.asking import ask_scrapers
from pipeline.crawling import new_crawl_id
from pipeline.landing_reader import Landing, LandingError, list_landings, read_reports
from pipeline.lock import night_lock
from scrapers.records import RereadDifference, RereadOrder, RereadResult
from warehouse.settings import Settings

PAGES = "pages.jsonl"
SHOWN_CHARACTERS = 60
MOST_VISITS = 7
"""So many visits to a source that is never read completely are read again: those of a week."""


class RereadError(Exception):
    """The archive cannot be read again; the message says what to do."""


@dataclass(frozen=True)
class Reread:
    """What reading again gave. `crawl_id` names the new landing, None where none was written."""

    result: RereadResult
    crawl_id: str | None

    def as_dict(self) -> dict[str, Any]:
        shown = self.result.model_dump(mode="json", exclude={"written"})
        counts = [
            {"source_id": source, "kind": kind, "field": name, "count": count}
            for (source, kind, name), count in self.counts().items()
        ]
        return {"crawl_id": self.crawl_id, "counts": counts, **shown}

    def counts(self) -> dict[tuple[str, str, str], int]:
        """How often each field of each source differs."""
        return dict(sorted(Counter(map(_group, self.result.differences)).items()))

    def print_to(self, console: Console) -> None:
        sources = self.result.sources
        pages = sum(source.pages for source in sources)
        console.print(f"{pages} pages of {len(sources)} visits read again", markup=False)
        for sentence in self._sentences():
            console.print(sentence, markup=False)
        if not self.result.differences:
            console.print("today's code reads the same as what is known")
            return
        examples = {_group(difference): difference for difference in self.result.differences}
        rows = [(*group, count, examples[group]) for group, count in self.counts().items()]
        if console.is_terminal:
            table = Table("source", "what", "field", "count", "for example")
            for source_id, kind, name, count, example in rows:
                table.add_row(source_id, kind, name, str(count), Text(_example(example)))
            console.print(table)
            return
        for source_id, kind, name, count, example in rows:
            line = f"{source_id}: {kind} {name}: {count} (for example {_example(example)})"
            console.print(line, markup=False)

    def _sentences(self) -> Iterator[str]:
        for source in self.result.sources:
            for name, count in source.unknown_readers.items():
                yield (
                    f"{source.source_id}: {count} pages were read by {name}, which this version "
                    "does not have; they are left as they are"
                )
            if source.missing_pages:
                yield (
                    f"{source.source_id}: {source.missing_pages} pages are not whole in the "
                    "archive; they are left as they are"
                )
            for failure in source.failures:
                yield f"{source.source_id}: cannot be read today, or not for sure: {failure}"


def _group(difference: RereadDifference) -> tuple[str, str, str]:
    return (difference.source_id, difference.kind, difference.field)


def _example(difference: RereadDifference) -> str:
    def shown(value: object) -> str:
        text = json.dumps(value, ensure_ascii=False)
        return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"

    return f"{shown(difference.before)} → {shown(difference.after)}"


def reread_shadow(
    settings: Settings, crawl_id: str | None, every_landing: bool, sources: Collection[str]
) -> Reread:
    """Compares and changes nothing. Raises RereadError, LandingError and ScrapersRefused.

    Read are the newest visits to each source, or one landing, or all of them; of these, the given
    sources, or all for none.
    """
    landings = list_landings(settings.landing_dir)
    if every_landing:
        layers = [_visits_of(landings)]
    elif crawl_id is not None:
        layers = [_visits_of([_named(landings, crawl_id)])]
    else:
        layers = visits_that_count(landings)
    orders = _orders(settings, landings, layers, sources)
    return Reread(_joined([_read_again(settings, order) for order in orders]), None)


def reread_for_real(settings: Settings, sources: Collection[str]) -> Reread:
    """Reads the newest visits to each source again and leaves a new landing for each layer of
    them in which anything differs, the oldest first.

    Raises RereadError, LandingError, ScrapersRefused and NightRunning.
    """
    results: list[RereadResult] = []
    written: list[str] = []
    with night_lock(settings):
        landings = list_landings(settings.landing_dir)
        layers = visits_that_count(landings)
        for order in reversed(_orders(settings, landings, layers, sources)):
            order = order.model_copy(update={"write_as": new_crawl_id(order.started_at)})
            results.append(_read_again(settings, order))
            if results[-1].written:
                written.append(str(order.write_as))
    return Reread(_joined(results), written[-1] if written else None)


def _orders(
    settings: Settings,
    landings: Sequence[Landing],
    layers: Sequence[dict[str, tuple[str, ...]]],
    sources: Collection[str],
) -> list[RereadOrder]:
    """An order for each layer; pages that a layer before it has fetched are left out of it.

    Raises RereadError where the first layer has nothing of these sources.
    """
    orders = [
        RereadOrder(
            visits=_only(layers[0], sources),
            rereadings=rereadings(landings),
            today=settings.today(),
            started_at=settings.now(),
        )
    ]
    later: dict[str, list[str]] = defaultdict(list)
    for newer, layer in pairwise(layers):
        for crawl_id, source_ids in newer.items():
            for source_id in source_ids:
                later[source_id].append(crawl_id)
        if visits := _of_sources(layer, sources):
            known = {source_id: tuple(crawls) for source_id, crawls in later.items()}
            orders.append(orders[0].model_copy(update={"visits": visits, "later": known}))
    return orders


def _joined(results: Sequence[RereadResult]) -> RereadResult:
    return RereadResult(
        sources=tuple(source for result in results for source in result.sources),
        differences=tuple(found for result in results for found in result.differences),
        written=any(result.written for result in results),
    )


def newest_visits(landings: Sequence[Landing]) -> dict[str, tuple[str, ...]]:
    """Crawl by crawl the sources of which it was the last visit that was complete or left pages.
    A re-reading is no visit."""
    return visits_that_count(landings)[0]


def visits_that_count(landings: Sequence[Landing]) -> list[dict[str, tuple[str, ...]]]:
    """Layers of visits, each with its sources crawl by crawl, from whose pages comes what is known.

    The first layer holds the newest visit to each source; where that is not complete, what it did
    not fetch is known from the one before, which is in the next layer, and so on back to the last
    complete one. The first layer is there even where nothing was visited.
    """
    layers: list[dict[str, list[str]]] = [defaultdict(list)]
    counted: Counter[str] = Counter()
    decided: set[str] = set()
    for landing in reversed(landings):
        paged: set[str] | None = None
        for report in read_reports(landing.folder):
            if report.reparsed_from is not None or report.source_id in decided:
                continue
            if report.state != "complete":
                paged = _sources_with_pages(landing) if paged is None else paged
                if report.source_id not in paged:
                    continue
            depth = counted[report.source_id]
            if depth == len(layers):
                layers.append(defaultdict(list))
            layers[depth][landing.manifest.crawl_id].append(report.source_id)
            counted[report.source_id] += 1
            if report.state == "complete" or counted[report.source_id] == MOST_VISITS:
                decided.add(report.source_id)
    return [{crawl: tuple(ids) for crawl, ids in layer.items()} for layer in layers]


def rereadings(landings: Sequence[Landing]) -> dict[str, tuple[str, ...]]:
    """Which landings, oldest first, hold pages of a crawl read again."""
    found: dict[str, list[str]] = defaultdict(list)
    for landing in landings:
        origins = {report.reparsed_from for report in read_reports(landing.folder)}
        for origin in sorted(origins - {None}, key=str):
            found[str(origin)].append(landing.manifest.crawl_id)
    return {crawl_id: tuple(landings) for crawl_id, landings in found.items()}


def _visits_of(landings: Sequence[Landing]) -> dict[str, tuple[str, ...]]:
    visits = {
        landing.manifest.crawl_id: tuple(
            report.source_id
            for report in read_reports(landing.folder)
            if report.reparsed_from is None
        )
        for landing in landings
    }
    return {crawl_id: sources for crawl_id, sources in visits.items() if sources}


def _sources_with_pages(landing: Landing) -> set[str]:
    path = landing.file(PAGES)
    if not path.exists():
        return set()
    try:
        return {json.loads(line)["source_id"] for line in path.read_bytes().splitlines()}
    except (ValueError, KeyError):
        raise LandingError(
            f"{landing.folder.name}/{PAGES}: a line is not that of a page; put the whole file back"
        ) from None


def _named(landings: Sequence[Landing], crawl_id: str) -> Landing:
    for landing in landings:
        if landing.manifest.crawl_id == crawl_id:
            return landing
    known = ", ".join(landing.manifest.crawl_id for landing in landings[-3:])
    raise RereadError(
        f"--crawl {crawl_id}: there is no whole landing of this crawl; "
        + (f"the newest are {known}" if known else "start `atlas crawl` first")
    )


def _only(
    visits: dict[str, tuple[str, ...]], sources: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The visits to these sources, all for none. Raises RereadError where nothing is left."""
    if not visits:
        raise RereadError("nothing has been visited yet; start `atlas run` or `atlas crawl` first")
    visited = {source for ids in visits.values() for source in ids}
    if unknown := sorted(set(sources) - visited):
        raise RereadError(f"--source {', '.join(unknown)}: not visited in what is read again")
    return _of_sources(visits, sources)


def _of_sources(
    visits: dict[str, tuple[str, ...]], sources: Collection[str]
) -> dict[str, tuple[str, ...]]:
    kept = {
        crawl_id: tuple(source for source in ids if not sources or source in sources)
        for crawl_id, ids in visits.items()
    }
    return {crawl_id: ids for crawl_id, ids in kept.items() if ids}


def _read_again(settings: Settings, order: RereadOrder) -> RereadResult:
    arguments = ["--landing", str(settings.landing_dir), "--archive", str(settings.archive_dir)]
    answer = ask_scrapers("reparse", *arguments, said=order.model_dump_json())
    return RereadResult.model_validate_json(answer)
