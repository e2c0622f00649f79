"""The ways to a course: overview, search, sitemap, walk; their cost, their order, their ends."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from scrapers.records import Course, RereadOrder
from scrapers.reparse import reread
from tests.loopback import Answer, Crawled, Site, crawl, site, source
from tests.pipeline.small_catalogue import (
    AUFBAU,
    BASIS,
    FORM,
    SEARCH,
    catalogue,
    course_page,
    course_path,
    page,
    result_list,
)

XML = {"Content-Type": "application/xml"}
BROKEN = Answer("broken", status=500)
READ_AGAIN_AT = datetime(2026, 3, 15, 3, 0, tzinfo=UTC)


def numbers(crawled: Crawled, source_id: str = "vhs") -> list[str]:
    records = [s.record for s in crawled.sightings if s.source_id == source_id]
    return sorted(r.course_number or "" for r in records if isinstance(r, Course))


def asked(running: Site, path: str) -> int:
    return sum(asked_path.partition("?")[0] == path for asked_path in running.paths)


def overview(*urls: str) -> Answer:
    entries = "".join(
        f"<li>Basismodul, VHS Musterstadt, 18.04.2026, Anmeldung: <a href='{url}'>hier</a></li>"
        for url in urls
    )
    return Answer(
        "<html><body><main><h1>Qualifizierungsreihe: Chancengerechtigkeit und Integration vor Ort."
        " Die Politik in unserer Stadt mitgestalten</h1>"
        f"<h2>Termine</h2><ul>{entries}</ul></main></body></html>"
    )


def test_a_course_that_only_the_overview_names_is_read_on_its_page(tmp_path: Path) -> None:
    answers = catalogue({}, {course_path(BASIS[0]): Answer(course_page(*BASIS))})
    with site(answers) as vhs:
        with site({"/": overview(vhs.origin + course_path(BASIS[0]))}) as association:
            crawled = crawl(
                tmp_path,
                source("vhs", f"{vhs.origin}/", "catalogue"),
                source("reihe", f"{association.origin}/", "overview"),
            )
        report = crawled.reports["vhs"]
        assert numbers(crawled) == [BASIS[0]]
        assert (report.state, report.requests_by_step["overview"]) == ("complete", 1)
        assert report.candidates == 1


def test_a_course_found_twice_is_fetched_once(tmp_path: Path) -> None:
    answers = catalogue({"Integrationsrat": [BASIS, AUFBAU], "Chancengerechtigkeit": [BASIS]})
    with site(answers) as vhs:
        linked = vhs.origin + f"/programm/kurs/{BASIS[0]}"
        both = [linked, vhs.origin + course_path(BASIS[0])]
        with site({"/": overview(both[1])}) as association:
            crawled = crawl(
                tmp_path,
                source("reihe", f"{association.origin}/", "overview"),
                source("vhs", f"{vhs.origin}/", "catalogue"),
            )
        assert asked(vhs, course_path(BASIS[0])) == 1
        assert asked(vhs, course_path(AUFBAU[0])) == 1
        assert numbers(crawled) == [BASIS[0], AUFBAU[0]]
        report = crawled.reports["vhs"]
        assert report.state == "complete"
        assert report.requests_by_step == {
            "robots": 1,
            "home": 1,
            "overview": 1,
            "search": 5,
            "course": 1,
            "calendar": 1,
        }


def test_a_dead_link_of_the_overview_does_not_spoil_a_complete_search(tmp_path: Path) -> None:
    with site(catalogue({"Integrationsrat": [AUFBAU]})) as vhs:
        with site({"/": overview(vhs.origin + course_path("252-9999"))}) as association:
            crawled = crawl(
                tmp_path,
                source("reihe", f"{association.origin}/", "overview"),
                source("vhs", f"{vhs.origin}/", "catalogue"),
            )
        assert asked(vhs, course_path("252-9999")) == 1
    assert crawled.reports["vhs"].state == "complete"
    assert numbers(crawled) == [AUFBAU[0]]


def test_a_complete_search_asks_for_no_sitemap(tmp_path: Path) -> None:
    with site(catalogue({"Integrationsrat": [BASIS]})) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert asked(vhs, "/sitemap.xml") == 0
    assert crawled.reports["vhs"].state == "complete"


def test_the_sitemap_helps_where_the_search_is_broken_but_makes_nothing_complete(
    tmp_path: Path,
) -> None:
    path = "/kurssuche/kurs/Fortbildung-Integrationsraete/252-1031"
    others: dict[str, Answer] = {path: Answer(course_page(*BASIS))}

    def answers(asked_path: str) -> Answer | None:
        if asked_path.startswith(SEARCH):
            return BROKEN
        return others.get(asked_path) or catalogue({})(asked_path)  # type: ignore[operator]

    with site(answers) as vhs:
        index = f"<sitemapindex><sitemap><loc>{vhs.origin}/kurse.xml.gz</loc></sitemap>"
        addresses = (path, "/kurssuche/kurs/Integrationskurs-B1/252-7777", "/impressum")
        locations = "".join(f"<url><loc>{vhs.origin}{a}</loc></url>" for a in addresses)
        robots = f"User-agent: *\nDisallow:\nSitemap: {vhs.origin}/index.xml\n"
        others |= {
            "/robots.txt": Answer(robots, headers={"Content-Type": "text/plain"}),
            "/index.xml": Answer(index + "</sitemapindex>", headers=XML),
            "/kurse.xml.gz": Answer(
                gzip.compress(f"<urlset>{locations}</urlset>".encode()),
                headers={"Content-Type": "application/x-gzip"},
            ),
        }
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert asked(vhs, "/kurssuche/kurs/Integrationskurs-B1/252-7777") == 0
    report = crawled.reports["vhs"]
    assert numbers(crawled) == [BASIS[0]]
    assert (report.state, report.failure_class) == ("partial", "http_5xx")
    assert report.requests_by_step["sitemap"] == 2


def test_where_robots_txt_forbids_the_further_pages_the_sitemap_helps_and_nothing_is_walked(
    tmp_path: Path,
) -> None:
    further = (
        f'<ul class="pagination"><li class="next"><a href="{SEARCH}?cHash=1">weiter</a></li></ul>'
    )
    aufbau = f"/kurssuche/kurs/Aufbaumodul-Integrationsrat/{AUFBAU[0]}"

    def answers(path: str) -> Answer | None:
        if path.startswith(SEARCH):
            return Answer(result_list([BASIS], further, total=2))
        return others.get(path) or whole(path)  # type: ignore[operator]

    home = page(FORM + '<a href="/politik">Politik und Gesellschaft</a>')
    whole = catalogue({"": [BASIS]}, home=home)
    robots = "User-agent: *\nDisallow: /*cHash\n"
    others = {
        "/robots.txt": Answer(robots, headers={"Content-Type": "text/plain"}),
        aufbau: Answer(course_page(*AUFBAU)),
    }
    with site(answers) as vhs:
        sitemap = f"<urlset><url><loc>{vhs.origin}{aufbau}</loc></url></urlset>"
        others["/sitemap.xml"] = Answer(sitemap, headers=XML)
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert asked(vhs, "/politik") == 0
    report = crawled.reports["vhs"]
    assert numbers(crawled) == [BASIS[0], AUFBAU[0]]
    assert (report.state, report.failure_class) == ("partial", "blocked_robots")


def test_a_site_without_search_is_walked_two_levels_deep(tmp_path: Path) -> None:
    def area(name: str, deeper: str) -> str:
        return page(f'<h1>{name}</h1><a href="{deeper}">Kommunalpolitik: mehr</a>')

    second_list = result_list([AUFBAU, ("252-7777", "Aquarellmalen am Fluss")])
    answers = {
        "/": Answer(page('<a href="/b1">Politik, Gesellschaft, Umwelt</a><a href="/x">Yoga</a>')),
        "/b1": Answer(area("Politik", "/b2")),
        "/b2": Answer(second_list.replace("</main>", '<a href="/b3">Politik intern</a></main>')),
        "/b3": Answer(page("<h1>zu tief</h1>")),
        course_path(AUFBAU[0]): Answer(course_page(*AUFBAU)),
    }
    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue", platform="generic"))
        assert asked(vhs, "/b3") == asked(vhs, "/x") == 0
        assert asked(vhs, course_path("252-7777")) == 0
    report = crawled.reports["vhs"]
    assert numbers(crawled) == [AUFBAU[0]]
    assert (report.state, report.failure_class) == ("partial", "unknown_platform")
    assert report.requests_by_step["walk"] == 2


@pytest.mark.parametrize("trap", ["calendar", "session"])
def test_a_list_without_end_ends_by_the_budget_and_keeps_what_it_found(
    tmp_path: Path, trap: str
) -> None:
    pages = count(1)

    def answers(path: str) -> Answer | None:
        if path.startswith(SEARCH):
            n = next(pages)
            way = f"{SEARCH}?tag={n}" if trap == "calendar" else f"{SEARCH}?besuch=a{n}b{n}"
            hits = [BASIS, (f"252-{2000 + n}", f"Rat und Tat im Garten {n}")]
            more = f'<ul class="pagination"><li class="next"><a href="{way}">weiter</a></li></ul>'
            return Answer(result_list(hits, more, total=9999))
        return catalogue({"": [BASIS]})(path)  # type: ignore[operator]

    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue", request_budget=20))
        assert asked(vhs, SEARCH) < 15
        assert asked(vhs, course_path(BASIS[0])) == 1
    report = crawled.reports["vhs"]
    assert (report.state, report.failure_class) == ("partial", "budget_spent")
    assert report.requests <= 20
    assert numbers(crawled) == [BASIS[0]]


def test_a_list_that_repeats_itself_under_new_addresses_is_read_once(tmp_path: Path) -> None:
    pages = count(1)

    def answers(path: str) -> Answer | None:
        if path.startswith(SEARCH):
            way = f"{SEARCH}?seite={next(pages)}"
            more = f'<ul class="pagination"><li class="next"><a href="{way}">weiter</a></li></ul>'
            return Answer(result_list([BASIS], more))
        return catalogue({"": [BASIS]})(path)  # type: ignore[operator]

    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert asked(vhs, SEARCH) == 10, "each of five terms: the list and its first repetition"
    assert crawled.reports["vhs"].state == "complete"


def test_a_site_that_is_of_another_make_than_registered_is_read_and_reported(
    tmp_path: Path,
) -> None:
    with site(catalogue({"Integrationsrat": [BASIS]})) as vhs:
        crawled = crawl(
            tmp_path,
            source("named", f"{vhs.origin}/", "catalogue", platform="itm_connect"),
            source("auto", f"{vhs.origin}/", "catalogue"),
        )
    named, auto = crawled.reports["named"], crawled.reports["auto"]
    assert (named.state, named.failure_class, named.platform) == (
        "partial",
        "markup_changed",
        "kuferweb",
    )
    assert "itm_connect" in (named.detail or "")
    assert (auto.state, auto.platform) == ("complete", "kuferweb")
    assert numbers(crawled, "named") == numbers(crawled, "auto") == [BASIS[0]]


def test_an_export_is_one_request(tmp_path: Path) -> None:
    export = """<kurse><kurs><knr>252-1031</knr><haupttitel>Fortbildung für den Integrationsrat
: Basismodul</haupttitel><beginndat>18.04.2026</beginndat></kurs>
<kurs><knr>252-2</knr><haupttitel>Yoga</haupttitel></kurs></kurse>"""
    with site({"/export.xml": Answer(export, headers=XML)}) as vhs:
        crawled = crawl(
            tmp_path, source("vhs", f"{vhs.origin}/export.xml", "catalogue", platform="openvhs")
        )
    report = crawled.reports["vhs"]
    assert numbers(crawled) == [BASIS[0]]
    assert (report.state, report.stated_count, report.parsed_count) == ("complete", 2, 2)
    assert report.requests_by_step == {"robots": 1, "export": 1}


def test_the_report_says_which_share_of_the_courses_fills_a_field(tmp_path: Path) -> None:
    bare = page(
        "<h1>Aufbaumodul für den Integrationsrat</h1><dl><dt>Kursnummer</dt><dd>252-1032</dd>"
    )
    answers = catalogue(
        {"Integrationsrat": [BASIS, AUFBAU]}, {course_path(AUFBAU[0]): Answer(bare)}
    )
    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    shares = crawled.reports["vhs"].field_shares
    assert (shares["title"], shares["start_date"], shares["places_free"]) == (1.0, 0.5, 0.0)


def test_a_calendar_is_asked_for_where_a_course_leaves_its_end_open(tmp_path: Path) -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTART;TZID=Europe/Berlin:20260418T100000\r\n"
        "DTEND;TZID=Europe/Berlin:20260418T160000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    ends_named = course_page(*AUFBAU).replace("um 10:00 Uhr", "10:00 - 15:00 Uhr")

    def answers(path: str) -> Answer | None:
        if path.startswith("/fileadmin/kuferweb/webbasys/ics.php"):
            return Answer(calendar, headers={"Content-Type": "text/calendar", "ETag": '"c"'})
        others = {course_path(AUFBAU[0]): Answer(ends_named)}
        return catalogue({"Integrationsrat": [BASIS, AUFBAU]}, others)(path)  # type: ignore[operator]

    with site(answers) as vhs:
        spec = source("vhs", f"{vhs.origin}/", "catalogue")
        first = crawl(tmp_path, spec)
        second = crawl(tmp_path, spec, crawl_id="20260315T013000Z-test")
        calendars = [path for path in vhs.paths if "ics.php" in path]
    assert calendars == [f"/fileadmin/kuferweb/webbasys/ics.php?knr={BASIS[0]}"] * 2
    for night in (first, second):
        ends = {
            s.record.course_number: [f"{session.ends:%H:%M}" for session in s.record.sessions]
            for s in night.sightings
            if isinstance(s.record, Course)
        }
        assert ends == {BASIS[0]: ["16:00"], AUFBAU[0]: ["15:00"]}
        assert night.reports["vhs"].state == "complete"
    order = RereadOrder(
        visits={first.landing.name: ("vhs",)}, today=date(2026, 3, 15), started_at=READ_AGAIN_AT
    )
    assert reread(order, tmp_path / "landing", tmp_path / "archive").differences == ()


def test_a_site_without_calendars_is_asked_for_one_only_once(tmp_path: Path) -> None:
    with site(catalogue({"Integrationsrat": [BASIS, AUFBAU]})) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert sum("ics.php" in path for path in vhs.paths) == 1
    assert crawled.reports["vhs"].state == "complete"


def test_a_start_page_without_content_is_named_as_such(tmp_path: Path) -> None:
    parked = "<h1>vhs.example</h1><p>Diese Domain steht zum Verkauf.</p>"
    with site({"/": Answer(parked)}) as sold, site({"/": Answer("")}) as empty:
        crawled = crawl(
            tmp_path,
            source("sold", f"{sold.origin}/", "catalogue"),
            source("empty", f"{empty.origin}/", "catalogue"),
        )
        assert "/sitemap.xml" in sold.paths
    for name in ("sold", "empty"):
        report = crawled.reports[name]
        assert (report.state, report.failure_class, report.pages) == ("failed", "no_site", 0)
