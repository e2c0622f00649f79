"""Time to read a page with all its fields, against lxml that only parses the same page.

Golden pages hold little but what is read. On the web the same stands among menus, styles, scripts,
cards and footers, 40 to 150 KB in all, which a reader has to get past: so they are measured as they
are saved and in surroundings of two sizes (`tests.golden.surroundings`). The target speaks of
pages as they are on the web.

Every reading is the first one of a page whose dates, numbers, sums, titles and sentences no reading
before has seen (`tests.golden.variants`), so nothing that the readers remember of one page serves
for the same page again. What they remember of a site (labels, class names, addresses of the menu)
they remember here as in a crawl. How heavy the pages of real sites are can only be assumed: the
texts this project started from came without their markup.

Golden lists hold few rows, and each row costs; so lists with as many as a page of the sample web
shows are measured beside them.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import TypeVar

import lxml.html
from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.base import ListPage, PageError, RecordPage
from tests.accuracy import sample_courses
from tests.golden.cases import GoldenPage, golden_pages
from tests.golden.surroundings import surrounded
from tests.golden.variants import varied

T = TypeVar("T")

MOST_RATIO = 1.5
ROUNDS = 15
SIZES = {"as saved": 0, "as on the web": 4, "as on the web, large": 7}

_variant = count(1)


def measure_pages() -> int:
    """Prints the ratios; 0 when reading pages as they are on the web stays within the bar."""
    pages = golden_pages()
    ratios = {name: _ratio(pages, name, measures) for name, measures in SIZES.items()}
    _ratio(full_lists(), "full lists of the sample web", 0)
    worst = max(ratio for name, ratio in ratios.items() if SIZES[name])
    verdict = "good" if worst <= MOST_RATIO else "too slow"
    print(f"at most {MOST_RATIO} on pages as on the web: {verdict}")
    return 0 if worst <= MOST_RATIO else 1


def _ratio(pages: list[GoldenPage], name: str, measures: int) -> float:
    reading = [float("inf")] * len(pages)
    parsing = list(reading)
    own_parsing = list(reading)
    size = 0
    for _ in range(ROUNDS):
        fresh = [_fresh(page, measures) for page in pages]
        size = sum(len(page.body) for page in fresh)
        gc.collect()
        gc.disable()
        for position, page in enumerate(fresh):
            ready = page.list_page() if page.reader == "list" else page.course_page()
            reading[position] = min(reading[position], _seconds(_read, ready))
            parsing[position] = min(parsing[position], _seconds(lxml.html.fromstring, page.body))
            own_parsing[position] = min(
                own_parsing[position], _seconds(LexborHTMLParser, page.html)
            )
        gc.enable()
    ratio = sum(reading) / sum(parsing)
    print(
        f"{name}: {len(pages)} pages of {size / len(pages) / 1000:.0f} KB: "
        f"reading {sum(reading) / len(pages) * 1e6:.0f} µs, "
        f"lxml {sum(parsing) / len(pages) * 1e6:.0f} µs, ratio {ratio:.2f} "
        f"(of which parsing {sum(own_parsing) / sum(parsing):.2f})"
    )
    return ratio


def full_lists() -> list[GoldenPage]:
    """The first page of the list of all courses, of each make of the sample web."""
    catalogue = sample_courses.council_courses() + sample_courses.other_courses()
    return [
        GoldenPage(
            name=make,
            platform=make.split(" ")[0],
            reader="list",
            url=(start := sample_courses.list_start(make)),
            body=bytes(sample_courses.Site(make, catalogue).get(start).body),
            result={},
        )
        for make in sample_courses.SKINS
    ]


def _fresh(page: GoldenPage, measures: int) -> GoldenPage:
    variant = next(_variant)
    html = varied(page.html, variant)
    if measures:
        html = surrounded(html, measures)
    return replace(page, url=varied(page.url, variant), body=html.encode())


def _read(page: ListPage | RecordPage) -> None:
    """What a crawl does with a response: all records, or all entries, what the list says of itself
    and how it goes on (`scrapers/spiders/search.py`)."""
    try:
        if isinstance(page, RecordPage):
            page.records()
            return
        page.entries()
        page.unread_rows()
        page.says_more_exists()
        page.stated_count()
        page.stated_page_count()
        if page.next_page(1) is None:
            page.shows_page_after(1)
    except PageError:
        return


def _seconds(run: Callable[[T], object], given: T) -> float:
    began = time.perf_counter()
    run(given)
    return time.perf_counter() - began
