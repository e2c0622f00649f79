"""Overviews and directories that are printed on several pages are read to their end, or doubted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from scrapers.records import Course, Organisation
from tests.loopback import Answer, crawl, site, source

HEAD = (
    "<h1>Qualifizierungsreihe: Chancengerechtigkeit und Integration vor Ort. Die Politik in "
    "unserer Stadt mitgestalten</h1><h2>Termine</h2>"
)
DAYS = ("18.04.2026", "25.04.2026", "09.05.2026")


def entry(day: str) -> str:
    return f"<ul><li>Basismodul, VHS Musterstadt, {day}, Anmeldung per Telefon</li></ul>"


def body(words: str) -> Answer:
    return Answer(f"<html><body><main>{words}</main></body></html>")


def leafed(path: str) -> Answer | None:
    """Three pages with a link to the next one."""
    number = {"/": 1, "/?seite=2": 2, "/?seite=3": 3}.get(path)
    if number is None:
        return None
    more = f'<p>{number} <a href="/?seite={number + 1}">weiter</a></p>' if number < 3 else ""
    return body(HEAD + entry(DAYS[number - 1]) + more)


def by_script(path: str) -> Answer | None:
    more = '<div class="pagination"><b>1</b> <a href="#" onclick="lade(2)">2</a></div>'
    return body(HEAD + entry(DAYS[0]) + more) if path == "/" else None


def beside_news(path: str) -> Answer | None:
    """The offers stand on each page, only news are leafed through."""
    number = int(path.partition("?news_page=")[2] or 1)
    link = f'<div class="pagination"><a href="/?news_page={number + 1}">ältere</a></div>'
    return body(HEAD + entry(DAYS[0]) + f"<p>Bericht Nummer {number}.</p>{link}")


def without_end(path: str) -> Answer | None:
    number = int(path.partition("?seite=")[2] or 1)
    more = f'<p><a href="/?seite={number + 1}">weiter</a></p>'
    return body(HEAD + entry(f"{number % 28 + 1:02}.{number % 9 + 4:02}.2026") + more)


def nested(path: str) -> Answer | None:
    """Of a page that is nested too deep nobody can tell whether there is another one."""
    deep = "<div>" * 300 + "</div>" * 300
    return body(HEAD + entry(DAYS[0]) + deep) if path == "/" else None


def bodies(path: str) -> Answer | None:
    number = {"/": 1, "/?page=2": 2}.get(path)
    if number is None:
        return None
    names = ("Flüchtlingsrat Musterland e.V.", "Netzwerk Vielfalt e.V.")
    more = '<ul class="pagination"><li><a href="/?page=2">2</a></li></ul>' if number == 1 else ""
    return body(
        f"<h1>Partner</h1><h2>{names[number - 1]}</h2><p>Ringweg {number}<br>48143 Münster<br>"
        f"Tel. 0251/44556{number}</p>{more}"
    )


def test_what_is_printed_on_several_pages_is_read_to_its_end(tmp_path: Path) -> None:
    sites: dict[str, Callable[[str], Answer | None]] = {
        "leafed": leafed,
        "script": by_script,
        "news": beside_news,
        "endless": without_end,
        "nested": nested,
    }
    with ExitStack() as stack:
        origins = {name: stack.enter_context(site(answers)) for name, answers in sites.items()}
        directory = stack.enter_context(site(bodies))
        crawled = crawl(
            tmp_path,
            *(source(name, f"{one.origin}/", "overview") for name, one in origins.items()),
            source("bodies", f"{directory.origin}/", "directory"),
        )
    reports = {name: (r.state, r.failure_class, r.pages) for name, r in crawled.reports.items()}
    assert reports == {
        "leafed": ("complete", None, 3),
        "script": ("partial", "count_mismatch", 1),
        "news": ("complete", None, 2),
        "endless": ("partial", "count_mismatch", 30),
        "nested": ("partial", "too_large", 1),
        "bodies": ("complete", None, 2),
    }
    records = [(s.source_id, s.record) for s in crawled.sightings]
    days = [r.start_date for name, r in records if name == "leafed" and isinstance(r, Course)]
    assert [f"{day:%d.%m.%Y}" for day in days if day] == list(DAYS)
    assert sum(name == "news" and isinstance(r, Course) for name, r in records) == 1
    named = [r.name for _, r in records if isinstance(r, Organisation)]
    assert named == ["Flüchtlingsrat Musterland e.V.", "Netzwerk Vielfalt e.V."]
