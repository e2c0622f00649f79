"""`atlas sources probe URL`: a polite first look, and the row that the register needs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.probe import provider_id_of, seat_of
from pipeline.register import load_register
from tests.atlas import Atlas
from tests.loopback import Answer, Site, site
from tests.pipeline.landing_builder import write_register
from warehouse.settings import REFERENCE_DIR

GOLDEN = Path(__file__).parents[1] / "golden" / "catalogues"
HOME = """<html lang="de"><head><title>Kurse finden | VHS Bestadt</title></head><body>
<div class="kw-container"><form action="/kurssuche/suche" method="get">
<input type="text" name="kfs_stichwort_schlagwort"></form></div></body></html>"""
NOTHING = (GOLDEN / "kufer_list_nothing.html").read_bytes()
HITS = (GOLDEN / "kufer_list_table_other_columns.html").read_bytes()
DELAY = Answer("User-agent: *\nCrawl-delay: 0.1\n", headers={"Content-Type": "text/plain"})


def kufer(path: str) -> Answer | None:
    """A Kufer site: one search has hits, all others say that there are none."""
    if path == "/robots.txt":
        return DELAY
    if path.startswith("/kurssuche/suche"):
        return Answer(HITS if path.endswith("=Integrationsrat") else NOTHING)
    return Answer(HOME) if path == "/" else None


@pytest.fixture
def running() -> Iterator[Site]:
    with site(kufer) as running:
        yield running


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    return Atlas(tmp_path / "data")


def test_a_new_site_is_looked_at_and_its_row_can_be_added(
    atlas: Atlas, running: Site, tmp_path: Path
) -> None:
    register = write_register(tmp_path / "register")
    done = atlas.run(
        "sources", "probe", f"{running.origin}/", "--register", str(register), "--json"
    )
    assert done.code == 0, done.out + done.err
    report = done.json
    assert (report["platform"], report["name"]) == ("kuferweb", "VHS Bestadt")
    assert (report["robots_home"], report["robots_search"]) == ("allowed", "allowed")
    assert report["crawl_delay"] == 0.1
    assert report["search_url"].startswith(f"{running.origin}/kurssuche/suche?")
    counts = {s["term"]: (s["stated_count"], s["read_count"]) for s in report["searches"]}
    assert counts["Integrationsrat"] == (5, 2)
    assert counts["Chancengerechtigkeit"][1] == 0
    assert report["searches"][0]["candidates"]
    assert (report["known_as"], report["yaml"], report["missing"]) == (None, None, [])

    # The rows as printed make the site a source of the register.
    for name, row in (
        ("providers.csv", report["provider_row"]),
        ("service_areas.csv", report["service_area_row"]),
    ):
        path = register / name
        path.write_text(path.read_text("utf-8") + row.replace("vhs-bestadt", "vhs-neu") + "\n")
    (added,) = [s for s in load_register(register).sources if s.source_id == "vhs-neu"]
    assert (added.start_urls, added.platform) == ((f"{running.origin}/",), "kuferweb")


def test_the_guest_asks_little_and_says_who_it_is(atlas: Atlas, running: Site) -> None:
    done = atlas.run("sources", "probe", f"{running.origin}/")
    assert done.code == 0, done.err
    assert running.paths.count("/robots.txt") == 1
    assert running.paths[0] == "/robots.txt"
    assert len(running.paths) == 7, "robots.txt, the start page, five searches"
    agents = {headers["User-Agent"] for _, _, headers in running.requests}
    assert all(agent.startswith("QualifizierungsatlasNRW/") for agent in agents)
    assert "Crawl-delay: 0.1 s" in done.out
    assert "Integrationsrat: states 5, 2 on the first page" in done.out
    assert not (atlas.data_dir / "landing").exists()


def test_forbidden_searches_and_unknown_makes_are_said(atlas: Atlas) -> None:
    forbids = Answer("User-agent: *\nDisallow: /kurssuche/", headers={"Content-Type": "text/plain"})
    with site({"/robots.txt": forbids, "/": Answer(HOME)}) as closed:
        done = atlas.run("sources", "probe", f"{closed.origin}/", "--json")
        assert closed.paths == ["/robots.txt", "/"]
    assert done.code == 3
    assert (done.json["robots_home"], done.json["robots_search"]) == ("allowed", "forbidden")
    assert "robots.txt forbids" in done.json["missing"][0]

    plain = Answer("<html><head><title>Volkshochschule X</title></head><body>Hallo</body></html>")
    with site({"/": plain}) as unknown:
        done = atlas.run("sources", "probe", f"{unknown.origin}/", "--json")
    assert done.code == 3
    assert (done.json["platform"], done.json["robots_home"]) == (None, "no robots.txt")
    assert "{term}" in done.json["yaml"]
    assert "auto" in done.json["provider_row"]

    with site({"/robots.txt": Answer("x", status=503)}) as broken:
        done = atlas.run("sources", "probe", f"{broken.origin}/", "--json")
    assert done.code == 3
    assert (done.json["robots_home"], done.json["provider_row"]) == ("unreadable", None)


def test_a_site_that_the_register_has_is_named(atlas: Atlas, running: Site, tmp_path: Path) -> None:
    register = write_register(tmp_path / "register")
    path = register / "providers.csv"
    path.write_text(path.read_text("utf-8").replace("http://127.0.0.1:9002", running.origin))
    done = atlas.run("sources", "probe", f"{running.origin}/", "--register", str(register))
    assert "the register knows this site already, as provider vhs-bestadt" in done.out
    shutil.rmtree(register)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://www.vhs-bestadt.example", "outside production"),
        ("http://10.0.0.1/", "outside production"),
        ("vhs-bestadt.example", "no web address"),
        ("ftp://127.0.0.1/", "no web address"),
        ("http://127.0.0.1:99999/", "no web address"),
    ],
)
def test_a_wrong_url_is_refused_with_a_sentence(atlas: Atlas, url: str, word: str) -> None:
    done = atlas.run("sources", "probe", url)
    assert (done.code, done.out) == (2, "")
    assert word in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("url", "name", "provider_id"),
    [
        ("https://www.vhs-rheine.de/", "VHS", "vhs-rheine"),
        ("https://vhs.duesseldorf.de", "", "vhs-duesseldorf"),
        ("https://www.bildung-minden.de", "VHS Minden", "vhs-bildung-minden"),
        ("http://127.0.0.1:8000/", "VHS Bad Münster", "vhs-bad-muenster"),
    ],
)
def test_the_id_can_be_read(url: str, name: str, provider_id: str) -> None:
    assert provider_id_of(url, name) == provider_id


@pytest.mark.parametrize(
    ("name", "seat"),
    [
        ("VHS Rheine", "Rheine"),
        ("Volkshochschule der Stadt Bad Salzuflen", "Bad Salzuflen"),
        ("VHS Wesel-Hamminkeln-Schermbeck", None),
        ("Volkshochschule", None),
    ],
)
def test_a_seat_is_named_only_where_it_is_clear(name: str, seat: str | None) -> None:
    municipalities = load_register(None).municipalities
    assert REFERENCE_DIR.is_dir()
    found = seat_of(name, municipalities)
    assert (found.name if found else None) == seat
