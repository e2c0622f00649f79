"""Where a catalogue is searched when the start page does not say; which "nothing found" counts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from scrapers.records import Course
from tests.loopback import Answer, Answers, crawl, site, source
from tests.pipeline.small_catalogue import BASIS, FORM, SEARCH, catalogue, page

FRAMES = '<html><frameset><frame src="/oben"><frame src="/unten"></frameset></html>'
SITE_WIDE = '<form action="/" role="search"><input type="search" name="s"></form>'


def plain(body: str) -> str:
    """A page without the marks of any make."""
    return f"<html><head><title>VHS</title></head><body>{body}</body></html>"


def behind(home: str, path: str, other: str) -> Answers:
    """A catalogue of KuferWEB whose search form stands on another page than the start page."""
    rest = catalogue({"Integrationsrat": [BASIS]}, {path: Answer(other)}, home=home)

    def answers(asked: str) -> Answer | None:
        if asked.startswith("/?s="):
            return Answer(page("<p>Keine Ergebnisse gefunden.</p>"))
        return rest(asked)  # type: ignore[operator]

    return answers


def blog(knows: str) -> Answers:
    """A site whose search finds one page, for one word."""

    def answers(asked: str) -> Answer | None:
        parts = urlsplit(asked)
        if parts.path == "/" and not parts.query:
            return Answer(plain(SITE_WIDE))
        if parts.path == "/":
            hit = '<article><a href="/kurse/yoga-1/">Yoga</a> 02.05.2026</article>'
            is_known = parse_qs(parts.query)["s"] == [knows]
            return Answer(plain(hit if is_known else "<p>Nichts gefunden</p>"))
        return None

    return answers


def test_the_search_is_found_one_link_away_and_a_search_over_the_site_is_not_trusted(
    tmp_path: Path,
) -> None:
    city = plain('<h1>Stadt</h1><a href="/leben">Leben</a><a href="/kurse">Unser Programm</a>')
    with (
        site(behind(city, "/kurse", page(FORM))) as linked,
        site(behind(page(SITE_WIDE), "/nirgends", "")) as usual,
        site(behind(FRAMES, "/unten", page(FORM))) as framed,
        site(blog("")) as blind,
        site(blog("Englisch")) as seeing,
    ):
        sites = {
            "linked": linked,
            "usual": usual,
            "framed": framed,
            "blind": blind,
            "seeing": seeing,
        }
        crawled = crawl(
            tmp_path,
            *(source(name, f"{one.origin}/", "catalogue") for name, one in sites.items()),
        )
        asked = {name: " ".join(one.paths) for name, one in sites.items()}
    found = {
        name: (report.state, report.failure_class, report.platform)
        for name, report in crawled.reports.items()
    }
    assert found == {
        "linked": ("complete", None, "kuferweb"),
        "usual": ("complete", None, "kuferweb"),
        "framed": ("complete", None, "kuferweb"),
        "blind": ("partial", "no_results", "generic"),
        "seeing": ("complete", None, "generic"),
    }
    numbers = [
        (s.source_id, s.record.course_number)
        for s in crawled.sightings
        if isinstance(s.record, Course)
    ]
    assert sorted(numbers) == [(name, BASIS[0]) for name in ("framed", "linked", "usual")]
    assert SEARCH in asked["linked"]
    assert "/leben" not in asked["linked"]
    assert "?s=" not in asked["usual"]
