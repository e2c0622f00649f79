"""Time to read a page with all its fields, against lxml that only parses the same page.

Golden pages hold little but what is read. On the web the same stands in some 60 KB of menus,
styles, scripts and footers, which a reader has to get past; so both are measured: the pages as
they are saved, and in surroundings of that size.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import lxml.html

from scrapers.pages.base import PageError
from scrapers.pages.catalogue_list import CatalogueListPage
from tests.golden.cases import GoldenPage, golden_pages

MOST_RATIO = 1.5
ROUNDS = 7
_TOPICS = (
    *("Politik", "Gesundheit", "Sprachen", "Kultur", "Beruf", "Grundbildung", "Umwelt", "Musik"),
    *("Deutsch", "Yoga", "Kochen", "Englisch", "Tanz", "Geschichte", "Technik", "Familie"),
)


def measure_pages() -> int:
    """Prints the ratios; 0 when reading pages of real size stays within the bar."""
    pages = golden_pages()
    bare = _ratio([(page, page.body) for page in pages], "golden pages as they are")
    real = _ratio([(page, surrounded(page)) for page in pages], "in surroundings of real size")
    verdict = "good" if real <= MOST_RATIO else "too slow"
    print(f"at most {MOST_RATIO} in surroundings of real size: {verdict}")
    return 0 if real <= MOST_RATIO and bare > 0 else 1


def surrounded(page: GoldenPage) -> bytes:
    """The page with a head, a menu and a footer as large as on the web; fragments and JSON have
    none there either and stay as they are."""
    html = page.html
    if "</head>" not in html or "<body" not in html:
        return page.body
    start = html.index(">", html.index("<body")) + 1
    end = html.rindex("</body>") if "</body>" in html else len(html)
    head = html.index("</head>")
    return (
        html[:head] + _STYLES + html[head:start] + _MENU + html[start:end] + _FOOTER + html[end:]
    ).encode()


def _ratio(bodies: list[tuple[GoldenPage, bytes]], name: str) -> float:
    reading = parsing = 0.0
    size = 0
    for page, body in bodies:
        size += len(body)
        reading += _best(lambda page=page, body=body: _read(page, body))
        parsing += _best(lambda body=body: lxml.html.fromstring(body))
    print(
        f"{name}: {len(bodies)} pages, {size / len(bodies) / 1000:.1f} KB each: "
        f"reading {reading / len(bodies) * 1e6:.0f} µs, lxml {parsing / len(bodies) * 1e6:.0f} µs, "
        f"ratio {reading / parsing:.2f}"
    )
    return reading / parsing


def _read(page: GoldenPage, body: bytes) -> None:
    """What a crawl does with a page: all records, or all entries and how the list goes on."""
    try:
        if page.reader != "list":
            page.course_page(body).records()
            return
        listed = page.list_page(body)
        assert isinstance(listed, CatalogueListPage)
        listed.entries()
        listed.unread_rows()
        listed.stated_count()
        listed.stated_page_count()
        listed.next_url()
    except PageError:
        return


def _best(run: Callable[[], object]) -> float:
    """Seconds for one run: the best of several rounds, each long enough to be timed."""
    run()
    began = time.perf_counter()
    run()
    repeat = max(1, int(0.004 / max(time.perf_counter() - began, 1e-9)))
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(repeat):
            run()
        best = min(best, (time.perf_counter() - began) / repeat)
    return best


_STYLES = (
    "<style>"
    + "".join(
        f".teil-{n} .spalte{{margin:0 {n}px;padding:{n % 7}px;color:#{n:06x}}}\n"
        for n in range(220)
    )
    + "</style><script>window.daten=["
    + ",".join(f'{{"id":{n},"name":"eintrag{n}"}}' for n in range(320))
    + "];</script>"
)
_MENU = (
    "<header class='kopf'><div class='marke'><a href='/'>vhs</a></div><nav><ul>"
    + "".join(
        f"<li class='menu-punkt ebene-{n % 3}'><a class='menu-link'"
        f" href='/bereich/{topic.lower()}-{n}/' title='{topic} {n}'>"
        f"<span>{topic} {n}</span></a></li>"
        for n in range(16)
        for topic in _TOPICS
    )
    + "</ul></nav></header>"
)
_FOOTER = (
    "<footer class='fuss'><div class='spalten'>"
    + "".join(
        f"<div class='spalte'><h4>{topic}</h4><ul>"
        + "".join(
            f"<li><a href='/info/{topic.lower()}/{n}'>{topic} und mehr {n}</a></li>"
            for n in range(8)
        )
        + "</ul></div>"
        for topic in _TOPICS[:6]
    )
    + "</div><p>Impressum, Datenschutz, Barrierefreiheit</p></footer>"
)
